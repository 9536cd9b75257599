"""The page Series in a real browser: the picture follows, a run is watched, a cell sets the sliders."""

import re

import pytest

from tests.browser.visit import settled, sideways

expect = pytest.importorskip("playwright.sync_api").expect


def open_series(page, address, query):
    """Open the page and pass over its questions, which cover what was measured."""
    page.goto(f"{address}/series?{query}")
    settled(page)
    page.get_by_role("button", name="Explore without questions").click()
    settled(page)


def test_the_picture_follows_and_a_cell_of_the_map_sets_the_sliders(page, address):
    sent = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    open_series(page, address, "series_length=50&series_bf=1")
    expect(page.locator(".stage .cut")).to_have_count(8)
    expect(page.locator(".words")).to_contain_text("never hold both a spike and its question")
    sent.clear()
    cell = page.get_by_role("button", name=re.compile("b_f = 5, sequences of 200 steps"))
    cell.click()
    expect(cell).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".stage svg .arc.whole")).not_to_have_count(0)
    expect(page.locator(".words")).to_contain_text("50% of the questions")
    expect(page).to_have_url(re.compile("series_bf=5&series_length=200"))
    assert sent == [] and sideways(page) <= 0


def test_a_run_is_watched_paused_and_ends_with_words_and_predictions(page, address):
    open_series(page, address, "series_task=Noisy+sine&series_length=5")
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.locator(".progress")).to_contain_text("update 300 of 300 · done", timeout=60_000)
    expect(page.locator(".stage .guess").last).to_be_visible()
    expect(page.locator(".words")).to_contain_text("After 300 updates the test loss is")
    expect(page.get_by_role("img", name=re.compile("Test loss .* after 300 updates"))).to_be_visible()
    assert sideways(page) <= 0


def test_a_run_is_still_there_when_the_page_is_loaded_again(page, address):
    open_series(page, address, "series_task=Noisy+sine&series_length=5")
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.locator(".words")).to_contain_text("the test loss is", timeout=60_000)
    page.reload()  # its questions stay passed over
    settled(page)
    expect(page.locator(".words")).to_contain_text("the test loss is")
    expect(page.locator(".run h3")).to_contain_text("sequences of 5 steps")


def test_what_was_measured_is_covered_until_the_question_is_answered(page, address):
    page.goto(f"{address}/series")
    settled(page)
    expect(page.locator(".stage svg")).to_be_visible()
    for hidden in (".map table", ".acts .start", ".stage .arc"):
        expect(page.locator(hidden).filter(visible=True)).to_have_count(0)
    expect(page.locator(".cover-note")).not_to_be_empty()


def test_a_run_is_named_when_other_settings_are_chosen_and_an_rnn_has_no_bias(page, address):
    open_series(page, address, "series_task=Noisy+sine&series_length=5")
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.locator(".words")).to_contain_text("the test loss is", timeout=60_000)
    expect(page.locator(".words .last")).to_have_count(0)
    page.get_by_role("button", name=re.compile("b_f = 5, sequences of 10 steps")).click()
    expect(page.locator(".words .last")).to_contain_text("sequences of 5 steps")
    expect(page.locator(".stage.other")).to_be_visible()
    slider = page.get_by_role("slider", name=re.compile("Forget bias"))
    expect(slider).to_be_enabled()
    page.locator("label", has_text=re.compile("^RNN$")).click()
    expect(slider).to_be_disabled()
    expect(page.locator(".map [aria-pressed=true]")).to_have_count(0)
