"""The comparison of cells in a real browser: it follows its controls, and no script runs."""

import re

import pytest

from lesson.cheatsheet.answers import compared_answer
from lesson.frame.query import Query
from tests.browser.visit import faded_sides, settled, sideways

expect = pytest.importorskip("playwright.sync_api").expect


def test_the_table_and_the_advice_follow_their_controls(page, address):
    sent = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    page.goto(f"{address}/cheatsheet?sheet=Compared&sheet_H=32")
    settled(page)
    rows = page.locator(".compared tbody tr")
    expect(rows.nth(2)).to_contain_text(re.compile(r"[\d.]+ ms.*[\d.]+ ms.*[\d.]+ ms"))
    sent.clear()
    page.locator("[data-control=sheet_H]").get_by_text("64", exact=True).click()
    page.locator("[data-control=sheet_V]").get_by_text("30", exact=True).click()
    (frame,) = compared_answer(Query({"sheet_H": "64", "sheet_V": "30"}))["frames"]
    expect(rows.nth(1).locator("td, th")).to_have_text(frame["rows"][1])
    expect(rows.nth(2)).to_contain_text(re.compile(r"[\d.]+ ms.*[\d.]+ ms.*[\d.]+ ms"))
    expect(page).to_have_url(re.compile("sheet_H=64&sheet_V=30"))
    page.get_by_text("on a large server").click()
    page.get_by_text("a lot", exact=True).click()
    expect(page.locator(".advice-words")).to_contain_text(
        "A Transformer: it learns from all characters of a text"
    )
    assert sent == [] and sideways(page) <= 0


def test_the_table_says_on_which_side_it_goes_on(page, address):
    page.goto(f"{address}/cheatsheet?sheet=Compared")
    settled(page)
    table = page.locator(".compared .table")
    expect(table.locator("tbody tr").first).to_be_visible()
    is_narrow = page.viewport_size["width"] < 500
    assert table.evaluate("box => box.scrollWidth > box.clientWidth") == is_narrow
    assert faded_sides(table) == ({"right"} if is_narrow else set())
    table.evaluate("box => { box.scrollLeft = box.scrollWidth }")
    assert faded_sides(table) == set()  # to the left the first column stays in view, and has a shade
    first = table.locator("tbody th").first
    assert (first.evaluate("cell => getComputedStyle(cell).boxShadow") != "none") == is_narrow
    assert first.bounding_box()["x"] == pytest.approx(table.bounding_box()["x"], abs=0.6)
