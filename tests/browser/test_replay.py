"""The replay in a real browser: a key moves the film, and a prompt is text."""

import re

import pytest

from lesson.training.replay.film import film_of
from tests.browser.visit import settled, sideways

expect = pytest.importorskip("playwright.sync_api").expect


def test_a_key_moves_the_film_and_a_prompt_is_shown_as_text(page, address):
    page.goto(f"{address}/training?model=rhymes&prompt=%3Cimg+src%3Dx%3E")
    settled(page)
    paper = page.get_by_test_id("stCode").first
    slider = page.get_by_role("slider", name=re.compile("Moment of the training"))
    shown = film_of("rhymes")
    expect(paper).to_contain_text(shown.texts[0].split("\n")[0])
    tall = paper.bounding_box()["height"]
    slider.focus()
    for moment in (1, 2):
        page.keyboard.press("ArrowRight")
        expect(paper).to_contain_text(shown.texts[moment].split("\n")[0])
        expect(page).to_have_url(re.compile(f"moment={moment}"))
        assert paper.bounding_box()["height"] == tall
    page.keyboard.press("End")
    expect(page.get_by_text(f"Step {shown.checkpoint.snapshots.step[-1]:,}", exact=True)).to_be_visible()
    assert page.locator("img[src=x]").count() == 0
    expect(page.get_by_text("they are left out")).to_be_visible()
    assert sideways(page) <= 0


def test_the_film_plays_by_itself_until_it_is_stopped(page, address):
    third = film_of("rhymes").checkpoint.snapshots.step[2]
    page.goto(f"{address}/training?model=rhymes")
    settled(page)
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_text(re.compile(rf"^Step {third}$"))).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("button", name="Play").wait_for()
    written = page.get_by_test_id("stCode").first.inner_text()
    page.wait_for_timeout(1200)
    assert page.get_by_test_id("stCode").first.inner_text() == written
