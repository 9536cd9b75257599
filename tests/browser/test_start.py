"""The start page in a real browser: a word is read while it is typed, and the server runs no script."""

import re

import pytest

from lesson.frame.query import Query
from lesson.start.answers import unrolled_answer
from tests.browser.visit import settled, sideways

expect = pytest.importorskip("playwright.sync_api").expect


def test_a_word_is_read_while_it_is_typed_and_is_text(page, address):
    sent = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    page.goto(address)
    settled(page)
    picture, field = page.locator(".steps"), page.get_by_role("textbox", name="A word")
    expect(picture.locator(".char")).to_have_text(list("The␣fox"))
    sent.clear()
    field.fill("<i>狐")
    (frame,) = unrolled_answer(Query({"word": "<i>狐"}))["frames"]
    expect(picture).to_have_attribute("aria-label", frame["alt"])
    expect(picture.locator(".expects")).to_have_text([step["expects"] for step in frame["steps"]])
    expect(page.locator(".left-out")).to_contain_text("they are left out: < > 狐")
    expect(page).to_have_url(re.compile(r"word=%3Ci%3E"))
    page.get_by_role("slider", name=re.compile("Forget bias")).press("ArrowLeft")
    expect(page.locator(".signal .head")).to_contain_text("Forget bias 4.75")
    assert sent == [] and sideways(page) <= 0
    page.reload()
    expect(picture).to_have_attribute("aria-label", frame["alt"])


def test_every_box_of_a_long_word_is_in_the_picture_and_what_is_cut_is_said(page, address):
    page.goto(address)
    settled(page)
    page.get_by_role("textbox", name="A word").fill("ostriches and more")
    boxes = page.locator(".steps .box")
    expect(boxes).to_have_count(12)
    expect(page.locator(".left-out")).to_have_text("Only the first 12 characters are read here.")
    edges = page.locator(".steps").bounding_box()
    for box in (boxes.nth(k).bounding_box() for k in range(12)):
        assert edges["x"] <= box["x"] and box["x"] + box["width"] <= edges["x"] + edges["width"]
    assert sideways(page) <= 0
