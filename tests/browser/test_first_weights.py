"""The part Where it starts in a real browser: choice, sliders and covers; no move runs a script."""

import re

from playwright.sync_api import expect

from lesson.frame.query import Query
from lesson.gradients.first_weights.answers import ANSWERS
from tests.browser.test_first_screen import LABELS
from tests.browser.visit import arrive, settle, settled, sideways

PART = "gradients?view=Where+it+starts"


def says(page, **values):
    """Wait until the panel says what Python says at a setting."""
    frame = ANSWERS["gradients/starts"].compute(Query(values))["frames"][0]
    text = re.sub("<[^>]+>", "", frame["words"])
    expect(page.locator(".words").first).to_have_text(text)
    expect(page.locator("svg.picture")).to_have_attribute("aria-label", frame["alt"])


def test_a_start_sets_its_bias_and_only_its_own_slider_is_there(visitor, address):
    page = visitor
    page.goto(f"{address}/{PART}&ask=none&first_T=50")
    settled(page)
    says(page, first_T="50")
    page.sent.clear()
    bias, T_max = (page.get_by_role("slider", name=name) for name in ("Forget bias", "T max"))
    rules = page.get_by_role("radiogroup", name="Initial weights and biases")
    expect(bias).to_be_visible()
    expect(T_max).to_be_hidden()
    expect(page.locator("circle")).to_have_count(32)

    rules.get_by_text("PyTorch").click()
    says(page, first="PyTorch", first_bf="0", first_T="50")
    bias.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    says(page, first="PyTorch", first_bf="1", first_T="50")
    rules.get_by_text("orthogonal").click()
    says(page, first="orthogonal", first_bf="1", first_T="50")

    rules.get_by_text("chrono").click()
    expect(bias).to_be_hidden()
    expect(T_max).to_be_visible()
    says(page, first="chrono", first_T="50")
    T_max.focus()
    page.keyboard.press("End")
    says(page, first="chrono", T_max="1000", first_T="50")
    expect(page.locator(".spread")).to_have_count(1)
    expect(page).to_have_url(re.compile("first=chrono.*T_max=1000|T_max=1000.*first=chrono"))
    assert page.sent == []


def test_what_answers_a_question_is_covered_until_then(visitor, address):
    page = visitor
    page.goto(f"{address}/{PART}&first=PyTorch&first_bf=0&ask=two_biases")
    settled(page)
    settle(page)
    expect(page.locator("circle")).to_have_count(0)
    expect(page.locator(".words").first).to_be_hidden()
    expect(page.locator(".rule")).to_be_hidden()
    page.get_by_role("button", name="Show the answer").click()
    expect(page.locator("circle")).to_have_count(32)
    expect(page.locator(".rule")).to_contain_text("two biases")

    page.goto(f"{address}/{PART}&ask=starts_recall")
    settled(page)
    expect(page.get_by_role("button", name="Show the answer")).to_be_visible()
    expect(page.locator(".start_results table")).to_have_count(0)
    page.get_by_role("button", name="Show the answer").click()
    expect(page.locator(".start_results tbody tr")).to_have_count(9)


def test_no_screen_scrolls_sideways(visitor, address):
    visitor.goto(f"{address}/{PART}")
    arrive(visitor)
    visitor.get_by_role("button", name="Show the answer").click()
    for width, height in LABELS:
        visitor.set_viewport_size({"width": width, "height": height})
        settle(visitor)
        assert sideways(visitor) == 0, (width, height)
