"""The real app in a real browser: every page, deep links, and a first half minute."""

import re

import numpy as np
import pytest

from lesson import cell
from lesson.frame import LESSONS, ROOT
from tests.browser.conftest import running_app
from visualization.gates import number

expect = pytest.importorskip("playwright.sync_api").expect

PAGES = {
    lesson.address: re.search(r'st\.title\("(.+?)"\)', (ROOT / "pages" / lesson.file).read_text("utf-8"))[1]
    for lesson in LESSONS
}


def settled(page):
    """Wait until the page has been run and drawn."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def sideways(page):
    """By how many pixels the page can be scrolled sideways."""
    return page.evaluate(
        """() => {
            const main = document.querySelector("[data-testid=stMain]")
            return main.scrollWidth - main.clientWidth
        }"""
    )


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_without_an_error_and_fits(page, address, path):
    page.goto(f"{address}/{path}")
    expect(page.get_by_role("heading", level=1)).to_have_text(PAGES[path])
    settled(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert sideways(page) <= 0


@pytest.mark.parametrize(
    ("link", "slider", "value"),
    [
        ("gates?cell=1_6_20_44_20_32_32_32_34_36_34_36_34_36_34_36", "forget bias", "44"),
        ("gradients?bf=3&T=150", "Forget bias", "3"),
        ("", None, None),
        ("training?model=brackets", None, None),
        ("sampling?t=1.25", "Temperature", "1.25"),
    ],
)
def test_a_deep_link_is_right_as_the_very_first_request(browser, link, slider, value):
    with running_app() as address:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{address}/{link}")
        expect(page.get_by_role("heading", level=1)).to_have_text(PAGES[link.split("?")[0]], timeout=30_000)
        settled(page)
        expect(page.get_by_test_id("stTopNavLink")).to_have_count(len(PAGES))
        if slider:
            thumb = page.get_by_role("slider", name=re.compile(slider)).first
            expect(thumb).to_have_value(value)
        if "model=brackets" in link:
            expect(page.get_by_text("trained on brackets")).to_be_visible()
        assert all(part in page.url for part in link.split("?")[-1].split("&"))
        context.close()


def shown(page, name):
    """A number of the live cell."""
    return page.locator(f"[data-value={name}]").first.text_content()


def test_the_cell_shows_what_the_textbook_computes_over_a_grid_of_settings(page, address):
    rng = np.random.default_rng(0)
    for _ in range(6):
        setting = {name: float(rng.choice(slider.range)) for name, slider in cell.SLIDERS.items()}
        page.goto(f"{address}/gates?cell={cell.link(setting)}")
        expected = {name: number(value.item()) for name, value in cell.values(setting).items()}
        expect(page.locator("text[data-value=C]")).to_have_text(expected["C"])
        assert {name: shown(page, name) for name in expected} == expected
        assert "−0.00" not in expected.values()


def test_dragging_updates_the_cell_and_sends_nothing_until_the_slider_rests(browser, address):
    context = browser.new_context(viewport={"width": 1280, "height": 1400})
    page = context.new_page()
    sent = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append(1)))
    page.goto(f"{address}/gates")
    settled(page)
    slider = page.get_by_role("slider", name="forget bias")
    expect(page.locator("text[data-value=f]")).to_have_text("0.88")
    box = slider.bounding_box()
    start, height = box["x"] + box["width"] * 9 / 16, box["y"] + box["height"] / 2
    page.mouse.move(start, height)
    page.mouse.down()
    before, seen = len(sent), set()
    for step in range(0, 120, 4):
        page.mouse.move(start + step, height)
        seen.add(shown(page, "f"))
    assert len(seen) > 5 and len(sent) == before
    page.mouse.up()
    expect(page.get_by_text(re.compile(r"It keeps (0\.9\d|1\.00) of"))).to_be_visible()
    assert len(sent) > before
    page.wait_for_url(re.compile("cell=1_"))
    value, link = shown(page, "C"), page.url
    page.reload()
    expect(page.locator("text[data-value=C]")).to_have_text(value)
    assert page.url == link
    context.close()


def test_the_cell_can_be_moved_with_the_keyboard_and_says_its_values(page, address):
    page.goto(f"{address}/gates")
    settled(page)
    slider = page.get_by_role("slider", name="forget bias")
    slider.focus()
    for _ in range(8):
        slider.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuetext", "forget bias −1.00")
    expect(page.get_by_text(re.compile(r"It keeps 0\.50 of"))).to_be_visible()
    page.get_by_text("The eight weights").click()
    weight = page.get_by_role("slider", name="forget gate, weight on the input")
    weight.focus()
    weight.press("ArrowRight")
    expect(page.get_by_text(re.compile(r"It keeps 0\.56 of"))).to_be_visible()


def test_the_cell_is_as_it_was_left_after_a_look_at_another_page(browser, address):
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{address}/gates")
    settled(page)
    slider = page.get_by_role("slider", name="forget bias")
    slider.focus()
    for _ in range(8):
        slider.press("ArrowLeft")
    told = page.get_by_text(re.compile(r"It keeps 0\.50 of"))
    expect(told).to_be_visible()
    page.get_by_role("link", name="Next: what this is good for").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(PAGES["gradients"])
    page.get_by_test_id("stTopNavLink").filter(has_text="Gates").click()  # an address without a setting
    expect(told).to_be_visible()
    expect(page.locator("text[data-value=f]")).to_have_text("0.50")
    context.close()


def test_charts_have_names(page, address):
    page.goto(f"{address}/gradients")
    settled(page)
    chart = page.get_by_test_id("stVegaLiteChart").first
    expect(chart).to_have_attribute(
        "aria-label", re.compile("Share of the gradient that is left 50 steps back")
    )


def test_training_can_be_started_and_paused_and_shows_a_text(page, address):
    page.goto(f"{address}/training?part=Train+one+now")
    settled(page)
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_text(re.compile(r"Epoch \d+ of 20"))).to_be_visible()
    expect(page.get_by_text("What it writes now")).to_be_visible()
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Go on").wait_for()
    told = page.get_by_text(re.compile(r"Epoch \d+ of 20")).inner_text()
    page.wait_for_timeout(700)
    assert page.get_by_text(re.compile(r"Epoch \d+ of 20")).inner_text() == told


def test_writing_streams_can_be_stopped_and_is_shown_as_text(page, address):
    page.goto(f"{address}/sampling?prompt=The+fox+said&n=1000")
    settled(page)
    page.get_by_role("button", name="Write").click()
    paper = page.get_by_test_id("stCode").first
    expect(paper).to_contain_text("The fox said")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("What the gates did")).to_be_visible()
    assert 12 < len(paper.inner_text()) < 1000
