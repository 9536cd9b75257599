"""The sampling page in a browser: it streams, is walked through by pointer and key, shows text as text."""

import re

import pytest
from playwright.sync_api import expect

from lesson.sampling.networks import network_named
from lesson.sampling.write.passages import Draw, gates_and_states, write
from lesson.sampling.write.temperature import THREE
from lesson.widgets.catalogue import model
from lstm import generate
from tests.browser.visit import settled, sideways
from visualization.numbers import number

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


@pytest.mark.parametrize(("pause", "steps"), [(0, 25), (120, 12), (350, 6), (700, 4)])
def test_a_walk_through_the_text_arrives_at_the_slider_and_the_address(page, address, pause, steps):
    go(page, address, "n=300&at=6")
    paper(page).locator("span").nth(5).click()
    page.wait_for_timeout(400)
    for _ in range(steps):
        paper(page).press("ArrowRight")
        page.wait_for_timeout(pause)
    expect(page.locator(".panel .head")).to_contain_text(f"Character {6 + steps} of 300")
    expect(page.get_by_role("slider", name="Chosen character")).to_have_value(f"{6 + steps}")
    page.wait_for_url(re.compile(f"at={6 + steps}"))
    page.wait_for_timeout(600)
    expect(page.locator(".panel .head")).to_contain_text(f"Character {6 + steps} of 300")


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


def no_markup(page):
    """None of NASTY has become an element or was run."""
    assert page.title() != "caught"
    for tag in ("strong:has-text('bold')", ".katex", "a[href*='a.b']", "script:has-text('caught')"):
        assert page.get_by_test_id("stMain").locator(tag).count() == 0
    assert sideways(page) <= 0


def test_a_text_to_be_read_and_an_expression_are_text_and_never_markup(page, address):
    go(page, address, "task=Read+its+memory&reads=my+own+text&rule=regular+expression")
    page.get_by_label(re.compile("^Your text")).fill(NASTY)
    page.get_by_label(re.compile("^Your text")).press("Control+Enter")
    expect(paper(page)).to_contain_text("bold")
    expect(page.get_by_test_id("stCode").first).to_contain_text("🦊")
    expect(page.locator("canvas")).to_have_count(1)
    page.get_by_label("Expression").fill("(?P<**bold**>$x^2$)")
    page.keyboard.press("Enter")
    page.get_by_test_id("stBaseButton-primary").get_by_text("Hunt").click()
    expect(page.get_by_text("nothing to hunt for")).to_be_visible()
    expect(page.get_by_text("**bold**", exact=False).last).to_be_visible()
    no_markup(page)


@pytest.mark.parametrize("part", ["Write", "Gate surgery"])
def test_what_a_visitor_types_is_text_and_never_markup(page, address, part):
    go(page, address, f"task={part.replace(' ', '+')}&n=100")
    page.get_by_label("Prompt").fill(NASTY)
    page.keyboard.press("Enter")
    settled(page)
    expect(page.get_by_text("has never seen these")).to_be_visible()
    expect(page.get_by_test_id("stCode").first).to_contain_text("🦊")
    expect(paper(page)).to_contain_text("script")
    no_markup(page)


def test_the_map_is_walked_by_pointer_and_key_and_the_text_takes_its_colours(page, address):
    go(page, address, "task=Read+its+memory&network=brackets&n=300&unit=5&at=10&order=by+number")
    frame, status = page.locator(".frame"), page.locator(".maps .status")
    expect(status).to_contain_text("unit 5, character 10")
    tints = "(spans) => spans.map((span) => span.style.backgroundColor).join()"
    before = page.locator(".paper span").evaluate_all(tints)
    frame.press("ArrowDown")
    expect(status).to_contain_text("unit 6, character 10")
    frame.press("ArrowRight")
    expect(status).to_contain_text("unit 6, character 11")
    assert page.locator(".paper span").evaluate_all(tints) != before
    page.wait_for_url(re.compile("unit=6"))
    expect(page.get_by_text("Unit 6 of C: mean")).to_be_visible()
    size = frame.bounding_box()
    frame.click(position={"x": size["width"] * 0.5, "y": 2})
    expect(status).to_contain_text("unit 0, character 15")
    page.wait_for_url(re.compile("unit=0"))


def test_the_readout_is_the_librarys_number(page, address):
    chosen = network_named("brackets")
    C = gates_and_states(chosen, write(chosen, Draw(length=100)))["C"]
    for unit, at in ((0, 1), (64, 50), (127, 100)):
        go(page, address, f"task=Read+its+memory&network=brackets&n=100&unit={unit}&at={at}")
        expect(page.locator(".maps .status")).to_contain_text(f"C = {number(C[at - 1, unit])}")


def test_a_found_unit_is_looked_at_and_cut_out(page, address):
    go(page, address, "task=Read+its+memory&network=brackets&n=100&rule=bracket+depth&by=h")
    hunt = page.get_by_test_id("stBaseButton-primary").get_by_text("Hunt")
    hunt.click()
    expect(page.get_by_text("Unit 64 of h follows it")).to_be_visible()
    page.get_by_role("radio", name="43", exact=True).or_(
        page.get_by_role("button", name="43", exact=True)
    ).click()
    expect(page.locator(".maps .status")).to_contain_text("unit 43")
    page.get_by_role("button", name="Cut unit 64 out").click()
    expect(page.get_by_role("textbox", name="Units")).to_have_value("64")
    expect(page.get_by_text("close every bracket")).to_be_visible()
    page.wait_for_url(re.compile("task=Gate"))


def test_surgery_shows_both_continuations_and_the_link_restores_it(page, address):
    link = "task=Gate+surgery&network=brackets&gate=o&hold=0.5&units=3%2C+8&at=20&n=100"
    go(page, address, link)
    expect(page.locator("canvas")).to_have_count(2)
    expect(page.locator(".first")).to_have_count(2)
    texts = page.locator(".two .paper").all_inner_texts()
    page.get_by_role("button", name="f = 1: nothing is forgotten").click()
    page.wait_for_url(re.compile("hold=1"))
    expect(page.locator(".two .paper").nth(1)).not_to_have_text(texts[1], use_inner_text=True)
    url = page.url
    page.goto("about:blank")
    page.goto(url)
    settled(page)
    expect(page.get_by_role("textbox", name="Units")).to_have_value("all")
    expect(page.get_by_role("slider", name="Held at")).to_have_value("1")
    assert sideways(page) <= 0
