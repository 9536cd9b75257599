"""The part Truncation in a real browser: one slider moves both cuts, and what gives an answer away waits."""

from playwright.sync_api import expect

from lesson.frame.query import Query
from lesson.training.truncation.answers import cuts, lengths
from lesson.training.truncation.questions import questions
from lesson.widgets.questions import COVERED
from tests.browser.visit import settle, settled, sideways


def opened(page, url):
    page.goto(url)
    expect(page.locator(".chart svg").first).to_be_attached(timeout=30_000)
    settled(page)
    settle(page)


def colours(page):
    return page.locator(".paper span").evaluate_all("spans => spans.map((one) => one.style.backgroundColor)")


def test_one_slider_moves_both_cuts_and_nothing_is_sent(visitor, address):
    page = visitor
    opened(page, f"{address}/training?tab=Truncation&ask=none&cut=10&cut_model=recipes")
    handle = page.get_by_role("slider", name="Cut every")
    before, page.sent[:] = colours(page), []
    assert page.locator(".paper .reset").count() == 39
    handle.focus()
    expect(page.locator(".waiting")).to_have_count(0)
    for _ in range(4):
        handle.press("ArrowRight")
    frame = cuts(Query({"cut_model": "recipes", "cut": "50"}))["frames"][0]
    for section, alt in zip(("state", "gradient"), frame["alts"], strict=True):
        expect(page.locator(f".{section} .words")).to_contain_text(alt.split(" Farthest")[0])
        expect(page.locator(f".{section} .chart svg")).to_have_attribute("aria-label", alt)
    assert page.locator(".paper .reset").count() == len(frame["resets"]) == 7
    assert colours(page) != before
    assert page.locator(".blocks tbody tr").count() == len(frame["rows"]) == 8
    handle.press("End")
    expect(page.locator(".state .words")).to_contain_text("State carried on")
    assert page.locator(".paper .reset").count() == 0 and not page.sent
    expect(page.get_by_role("heading", name="Training")).to_be_visible()
    page.wait_for_url("**cut=never**")


def test_each_question_covers_its_answer_until_it_is_passed(visitor, address):
    page = visitor
    opened(page, f"{address}/training?tab=Truncation")
    gradient, memory = page.locator(".gradient"), page.locator("[data-drawing=lengths]")
    expect(page.locator(".state .chart .line")).to_have_count(1)
    for place in (gradient, memory):
        expect(place.locator(".chart .cover")).to_have_text(COVERED)
        expect(place.locator(".line")).to_have_count(0)
    page.get_by_role("radio", name=questions()[0].right_answer.text).click()
    expect(gradient.locator(".line")).to_have_count(1)
    page.get_by_role("button", name="Next question").click()
    expect(memory.locator(".chart .cover")).to_have_text(COVERED)
    expect(memory.locator(".line")).to_have_count(0)
    page.get_by_role("radio", name=questions()[1].right_answer.text).click()
    frame = lengths(Query({}))["frames"][0]
    expect(memory.locator(".words")).to_have_text(frame["alt"])


def test_it_fits_a_phone(browser, address):
    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme="dark")
    page = context.new_page()
    opened(page, f"{address}/training?tab=Truncation&ask=none&cut=20&cut_model=programs&length_text=fables")
    assert not sideways(page)
    context.close()
