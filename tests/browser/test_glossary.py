"""Terms in a real browser: their entries are shown where they stand, and nobody has to leave the page."""

import pytest

from lesson.frame.glossary import TERMS
from tests.browser.visit import settled, sideways

expect = pytest.importorskip("playwright.sync_api").expect

MEANINGS = {term.name: term.meaning for term in TERMS}


def open_race(page, address):
    page.goto(f"{address}/gradients")
    settled(page)
    # Before the script that shows entries is there, a term's link opens the list in a tab of its own.
    page.wait_for_function("window.lstmRecord !== undefined")


@pytest.mark.parametrize("size", [(1280, 720), (360, 740)], ids=["screen", "phone"])
def test_a_term_shows_its_entry_in_place_and_gives_it_back(page, address, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_race(page, address)
    url, entry = page.url, page.locator("#lstm-entry")
    link = page.locator('a[href*="sheet=Words&term=gradient"]').first
    link.click()
    expect(entry).to_contain_text(f"gradient: {MEANINGS['gradient']}.")
    box = entry.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= size[0] and sideways(page) <= 0
    assert page.url == url and len(page.context.pages) == 1
    page.keyboard.press("Escape")
    expect(entry).to_have_count(0)
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(entry).to_be_visible()
    page.get_by_role("heading", level=1).click()
    expect(entry).to_have_count(0)


def test_the_entry_leads_to_the_list_of_all_terms(page, address):
    open_race(page, address)
    page.locator('a[href*="sheet=Words&term=gradient"]').first.click()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="All terms").click()
    expect(opened.value.get_by_text(MEANINGS["gradient"]).first).to_be_visible(timeout=30_000)
