"""The real app in a real browser: every page, deep links, and a first half minute."""

import re

import pytest

from lesson.frame.files import ROOT
from lesson.frame.lessons import LESSONS
from tests.browser.conftest import running_app
from tests.browser.visit import settled, sideways

expect = pytest.importorskip("playwright.sync_api").expect

FILES = {lesson.address: f"pages/{lesson.file}" for lesson in LESSONS} | {"": "lesson/start/introduction.py"}
PAGES = {
    address: re.search(r'st\.title\("(.+?)"\)', (ROOT / file).read_text("utf-8"))[1]
    for address, file in FILES.items()
}


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
        (
            "gates?part=Over+time&input=noise&steps=30&cell=1_6_20_44_20_32_32_32_34_36_34_36_34_36_34_36&t=7",
            "^step$",
            "7",
        ),
        ("gates?part=Challenges&challenge=reset", "weight on the input", "36"),
        ("gradients?bf=3&T=150", "Forget bias", "12"),
        ("", None, None),
        ("training?model=brackets", None, None),
        ("sampling?tau=1.25", "Temperature", "25"),  # the position of 1.25
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
            expect(page.get_by_text("characters of the text brackets")).to_be_visible()
        assert all(part in page.url for part in link.split("?")[-1].split("&"))
        context.close()


def skip_questions(page):
    """Pass by the questions of a part: what they cover is there then."""
    page.get_by_role("button", name=re.compile("^(Explore without questions|Skip)")).last.press("Enter")
    expect(page.get_by_text("Questions in this part")).to_be_visible()


def test_charts_have_names(page, address):
    page.goto(f"{address}/gradients")
    settled(page)
    skip_questions(page)
    expect(page.locator("svg.picture")).to_have_attribute(
        "aria-label", re.compile("Share of ∂L/∂h that is left 50 steps back")
    )
    page.goto(f"{address}/gradients?view=Two+gradient+paths")
    settled(page)
    skip_questions(page)
    expect(page.locator("svg.picture")).to_have_attribute(
        "aria-label", re.compile("50 steps back ∂L/∂C is .* times as long")
    )


def test_the_race_follows_its_slider_and_says_what_it_shows(page, address):
    page.goto(f"{address}/gradients?T=30")
    settled(page)
    skip_questions(page)
    line = page.locator("polyline.curve").last
    expect(line).to_have_attribute("points", re.compile(r"^[\d., ]+$"))
    before = line.get_attribute("points")
    page.get_by_role("slider").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("1.25 → 0.7")).to_be_visible()
    page.wait_for_url(re.compile("bf=1.25"))
    assert {p.get_attribute("points") for p in page.locator("polyline.curve").all()} != {before}
    assert sideways(page) <= 0
    page.locator("svg.picture").hover()
    expect(page.locator(".tip")).to_contain_text("steps back")
