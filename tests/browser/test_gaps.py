"""Fill the gaps in a browser: the charts follow the gap, reading on joins when it rests, texts are text."""

import re

import pytest
from playwright.sync_api import expect

from lesson.frame.query import Query
from lesson.sampling.gaps.answers import exact, gaps
from lesson.sampling.gaps.challenge import solves
from lesson.sampling.gaps.filling import filling_of_passage, passages
from lesson.sampling.parameters import GAP
from tests.browser.visit import settle, settled, sideways


def opened(page, address, query=""):
    page.goto(f"{address}/sampling?task=Fill+the+gaps{query}")
    expect(page.locator(".candidates .candidate").first).to_be_attached(timeout=30_000)
    settled(page)


def words(at):
    return gaps(Query({"gap": str(at)}))["frames"][0]["words"]


def test_the_charts_follow_the_gap_and_reading_on_joins_when_it_rests(visitor, address):
    opened(visitor, address)
    slider = visitor.get_by_role("slider", name="Gap at character")
    slider.focus()
    for at in range(GAP.start + 1, GAP.start + 4):
        slider.press("ArrowRight")
        expect(visitor.locator(".words")).to_contain_text(words(at))
        assert (
            visitor.locator(".paper .gap").evaluate("(gap) => [...gap.parentNode.children].indexOf(gap)")
            == at - 1
        )
    frame = exact(Query({"gap": str(GAP.start + 3)}))["frame"]
    expect(visitor.locator(".price")).to_have_text(frame["price"])
    expect(visitor.locator(".verdict").last).to_have_text(frame["verdicts"][-1])
    expect(visitor.locator(".candidates .sign")).to_have_text(frame["signs"])
    expect(visitor.locator(".candidate.right .sign")).to_have_text(frame["signs"][frame["right"]])
    assert sum("gaps?" in url for url in visitor.asked) <= 2
    assert visitor.locator(".paper").text_content().count("?") == 1


def test_a_click_in_the_text_moves_the_gap(visitor, address):
    opened(visitor, address)
    visitor.locator(".paper span").nth(51).click()
    expect(visitor.locator(".words")).to_contain_text(words(52))
    expect(visitor.get_by_role("slider", name="Gap at character")).to_have_value("51")  # its position, from 0


def test_the_gap_in_view_is_checked_and_the_verdict_goes_with_it(visitor, address):
    of = filling_of_passage(next(iter(passages())))
    place = next(at for at in range(len(of.text)) if solves(of, at)) + 1
    opened(visitor, address, f"&gap={place - 1}")
    check, judged = visitor.get_by_role("button", name="Check this gap"), visitor.locator(".judged")
    check.click()
    expect(judged).to_contain_text(f"At character {place - 1} ")
    slider = visitor.get_by_role("slider", name="Gap at character")
    slider.press("ArrowRight")
    expect(judged).to_be_hidden()
    check.click()
    expect(judged).to_contain_text(f"Solved. At character {place} ")
    settle(visitor)
    assert f"gap={place}" in visitor.evaluate("location.href")
    for _ in range(3):
        slider.press("ArrowRight")
        expect(judged).to_be_hidden()
    check.click()
    expect(judged).to_contain_text(f"At character {place + 3} ")


def test_another_text_and_one_of_ones_own(visitor, address):
    name = list(passages())[1]
    opened(visitor, address)
    visitor.get_by_role("radio", name=name).or_(visitor.get_by_role("button", name=name)).first.click()
    expect(visitor.locator(".paper")).to_contain_text(passages()[name][60:])
    visitor.get_by_text("my own text").last.click()
    field = visitor.get_by_role("textbox", name=re.compile("^Your text"))
    field.fill('<b>A hen</b> said "no".')
    field.press("Control+Enter")
    expect(visitor.locator(".paper")).to_contain_text("said")
    settle(visitor)
    assert visitor.locator(".paper b").count() == 0
    assert not any("said" in url for url in visitor.asked), "a visitor's text stands in no address"
    assert "said" not in visitor.evaluate("location.href")


@pytest.mark.parametrize("width", [360, 853])
def test_a_small_screen_shows_all_without_scrolling_sideways(visitor, address, width):
    visitor.set_viewport_size({"width": width, "height": 740 if width == 360 else 480})
    opened(visitor, address)
    assert not sideways(visitor)
