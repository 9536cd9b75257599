"""*Its own mistakes* and the marked stretch, in a browser: dragged, clicked, by keyboard."""

import re

from playwright.sync_api import expect

from tests.browser.visit import settled
from tests.waiting import wait_until

SKIP = re.compile("Skip|Explore without questions")


def go(page, address, query):
    """Open the page by a link that asks no question."""
    page.goto(f"{address}/sampling?{query}&ask=none")
    settled(page)
    expect(page.get_by_text("Questions in this part")).to_be_visible()


def slider(page, name):
    return page.locator(f"[data-control={name}] input")


def test_the_mistake_moves_with_its_slider_and_with_a_click(page, address):
    go(page, address, "task=Its+own+mistakes&place=61")
    words, wrong = page.locator(".panel .words").first, page.locator(".reading .wrong")
    before, char = words.inner_text(), wrong.text_content()
    slider(page, "place").focus()
    wait_until(lambda: page.locator(".waiting").count() == 0)
    slider(page, "place").press("ArrowRight")
    expect(words).not_to_have_text(before)
    page.wait_for_url(re.compile("place=62"))
    slider(page, "wrong").press("End")
    expect(wrong).not_to_have_text(char)
    page.wait_for_url(re.compile("wrong=58"))
    box = page.locator(".reading svg").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.6, box["y"] + 20)
    page.wait_for_url(re.compile(r"place=(69|[78]\d)"))
    page.keyboard.type("Q" if wrong.text_content() != "Q" else "Z")
    expect(wrong).to_have_text(re.compile("Q|Z"))


def test_the_bars_are_hidden_until_the_question_is_answered(page, address):
    page.goto(f"{address}/sampling?task=Its+own+mistakes")
    settled(page)
    expect(page.locator(".reading .char").first).to_be_visible()
    assert page.locator(".reading :is(.with, .without, .mean)").count() == 0
    assert page.locator(".ranges circle").count() == 0
    page.get_by_role("button", name=SKIP).last.click()
    expect(page.locator(".reading .mean").first).to_be_attached()
    expect(page.locator(".ranges circle").first).to_be_attached()


def test_the_temperature_of_free_running_is_looked_up_while_it_moves(page, address):
    go(page, address, "task=Its+own+mistakes&free=1")
    words = page.locator(".panel .words").last
    expect(words).to_contain_text("At temperature 1,")
    slider(page, "free").press("ArrowRight")
    expect(words).to_contain_text("At temperature 1.1,")
    page.wait_for_url(re.compile("free=1.1"))


def test_a_stretch_is_marked_by_dragging_and_by_keys(page, address):
    go(page, address, "task=Read+its+memory&reads=held-out+text&at=5&unit=1")
    marked, verdict = page.locator(".paper .marked"), page.locator(".verdict")
    expect(marked).to_have_count(10)
    expect(verdict).to_contain_text("Your stretch is inside quotes")
    spans = page.locator(".paper span")
    spans.nth(60).scroll_into_view_if_needed()
    start, end = spans.nth(55).bounding_box(), spans.nth(60).bounding_box()
    page.mouse.move(start["x"] + 3, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(end["x"] + 3, end["y"] + 8, steps=4)
    page.mouse.up()
    expect(marked).to_have_count(6)
    page.wait_for_url(re.compile("from=56&to=61"))
    expect(verdict).not_to_contain_text("inside quotes")
    page.locator(".paper").press("Shift+ArrowRight")
    page.locator(".paper").press("Shift+ArrowRight")
    expect(marked).to_have_count(3)
    page.wait_for_url(re.compile("from=5&to=7"))
    count = page.locator(".lines li").count()
    assert 0 < count <= 10


def test_the_threshold_is_looked_up_in_one_answer(page, address):
    sent = []
    page.on("request", lambda request: sent.append(request.url) if "/api/" in request.url else None)
    go(page, address, "task=Read+its+memory&reads=held-out+text&from=130&to=139")
    verdict = page.locator(".verdict")
    expect(verdict).to_contain_text("units")
    assert any("sampling/matches" in url for url in sent)
    before = verdict.inner_text()
    sent.clear()
    slider(page, "on").press("Home")
    expect(verdict).not_to_have_text(before)
    page.wait_for_url(re.compile("on=0.1"))
    assert [url for url in sent if "sampling/" in url] == []


def test_a_character_that_is_typed_before_the_new_place_is_shown_is_the_one_that_is_read(page, address):
    go(page, address, "task=Its+own+mistakes&place=61")
    wrong, bars = page.locator(".reading .wrong"), page.locator(".reading svg")
    slider(page, "place").focus()
    wait_until(lambda: page.locator(".waiting").count() == 0)
    slider(page, "place").press("ArrowRight")
    page.wait_for_url(re.compile("place=62"))
    page.evaluate("""() => {
        const real = window.fetch
        window.fetch = (...all) => new Promise((go) => setTimeout(() => go(real(...all)), 800))
    }""")
    bars.click(position={"x": bars.bounding_box()["width"] * 0.6, "y": 20})
    page.wait_for_url(re.compile(r"place=(?!62)\d"))
    page.keyboard.type("Q")
    expect(wrong).to_have_text("Q")
    page.wait_for_url(re.compile(r"wrong=\d+"))
