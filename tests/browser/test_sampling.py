"""The sampling page in a browser: it streams, is walked through by pointer and key, shows text as text."""

import re

import pytest
from playwright.sync_api import expect

from lesson.models import model
from lesson.temperature import THREE
from lstm import generate
from tests.browser.test_frame import settled, sideways

NASTY = '<script>document.title = "caught"</script> **bold** $x^2$ [a](http://a.b) \u202eright to left 🦊'


def go(page, address, query):
    page.goto(f"{address}/sampling?{query}")
    settled(page)


def paper(page):
    return page.locator(".paper").first


def visible(page):
    """How many characters of the text can be seen."""
    return page.locator(".paper").first.locator("span:not([hidden])").count()


def test_a_text_streams_stops_at_once_goes_on_and_can_be_skipped(page, address):
    go(page, address, "prompt=The+fox+said&n=1000")
    expect(paper(page)).to_contain_text("The fox said")
    assert visible(page) == 1012
    page.get_by_role("button", name="Write", exact=True).click()
    stop = page.get_by_role("button", name="Stop")
    expect(stop).to_be_visible()
    stop.click()
    seen = visible(page)
    assert 12 <= seen < 900
    page.wait_for_timeout(400)
    assert visible(page) == seen
    page.get_by_role("button", name="Go on").click()
    page.wait_for_timeout(400)
    assert seen < visible(page) < 1012
    page.get_by_role("button", name="Show all").click()
    assert visible(page) == 1012 and sideways(page) <= 0
    expect(page.get_by_role("button", name="Show all")).to_be_hidden()


def test_who_wants_no_motion_sees_the_whole_text_at_once(browser, address):
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    go(page, address, "n=1000")
    expect(paper(page).locator("span")).to_have_count(1000)
    page.get_by_role("button", name="Write", exact=True).click()
    settled(page)
    assert visible(page) == 1000
    context.close()


def test_a_character_is_chosen_by_click_and_key_and_the_link_restores_it(page, address):
    go(page, address, "prompt=The+fox&n=100")
    paper(page).locator("span").nth(30).click()
    expect(page.locator(".panel .head")).to_contain_text("Character 31 of 107")
    paper(page).press("ArrowRight")
    expect(page.locator(".panel .head")).to_contain_text("Character 32 of 107")
    page.wait_for_url(re.compile("at=32"))
    facts, url = page.locator(".panel dl").inner_text(), page.url
    page.goto("about:blank")
    page.goto(url)
    settled(page)
    expect(page.locator(".panel .head")).to_contain_text("Character 32 of 107")
    assert page.locator(".panel dl").inner_text() == facts
    paper(page).press("End")
    expect(page.locator(".panel .head")).to_contain_text("Character 107 of 107")
    paper(page).press("ArrowUp")
    expect(page.locator(".panel .head")).not_to_contain_text("Character 107")
    expect(page.get_by_role("slider", name="Chosen character")).not_to_have_value("107")


def test_the_temperature_slider_moves_the_bars_and_sends_nothing(page, address):
    go(page, address, "n=100&at=30")
    sent = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    slider = page.locator(".temperature input")
    first = page.locator(".temperature .percent").first
    slider.fill("0")
    expect(first).to_have_text("100.0%")
    slider.fill("40")
    expect(first).not_to_have_text("100.0%")
    expect(page.locator(".temperature .head")).to_contain_text("Temperature 2.00")
    assert not sent


def test_three_temperatures_are_written_with_one_seed(page, address):
    go(page, address, "s=9&n=100")
    page.get_by_text("Three temperatures, one luck").click()
    network, vocabulary = model("fables").net, model("fables").vocabulary
    for place, t in enumerate(THREE):
        text = "".join(s.char for s in generate(network, vocabulary, "", 240, t, seed=9))
        expect(page.get_by_test_id("stCode").nth(place)).to_have_text(text.strip(), use_inner_text=True)


@pytest.mark.parametrize("part", ["Write", "Gate surgery"])
def test_what_a_visitor_types_is_text_and_never_markup(page, address, part):
    go(page, address, f"tab={part.replace(' ', '+')}&n=100")
    page.get_by_label("Prompt").fill(NASTY)
    page.keyboard.press("Enter")
    settled(page)
    expect(page.get_by_text("has never seen these")).to_be_visible()
    expect(page.get_by_test_id("stCode").first).to_contain_text("🦊")
    expect(paper(page)).to_contain_text("script")
    assert page.title() != "caught"
    for tag in ("strong:has-text('bold')", ".katex", "a[href*='a.b']", "script:has-text('caught')"):
        assert page.get_by_test_id("stMain").locator(tag).count() == 0
    assert sideways(page) <= 0
