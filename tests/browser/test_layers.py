"""Two layers in a browser: one column in both maps, what the probes name is looked up, no script runs."""

import re

import pytest
from playwright.sync_api import expect

from lesson.frame.query import Query
from lesson.sampling.two_layers.answers import two_layers
from lesson.widgets.questions import COVERED
from tests.browser.visit import settle, settled, sideways


def opened(page, address, query=""):
    page.goto(f"{address}/sampling?task=Two+layers&ask=none{query}")
    expect(page.locator(".signs[data-row=text] span").first).to_be_attached(timeout=30_000)
    settled(page)
    explore(page)
    page.asked.clear()


def explore(page):
    button = page.get_by_role("button", name=re.compile("^(Explore without questions|Skip)"))
    while button.count():
        button.last.press("Enter")
        settle(page)


def sentence(at, **query):
    """What Python's answer says of a character, its gaps filled."""
    (frame,) = two_layers(Query(query))["frames"]
    first, second = (layer[at - 1] for layer in frame["layers"])
    classes = frame["classes"]
    return frame["template"].format(
        right=classes[frame["right"][at - 1]], first=classes[first], second=classes[second]
    )


def test_both_maps_and_the_sentence_follow_the_slider_without_a_question(visitor, address):
    opened(visitor, address)
    slider, column = visitor.get_by_role("slider", name="Character"), visitor.locator(".column")
    expect(visitor.locator(".here")).to_contain_text(sentence(64))
    before = column.bounding_box()
    for _ in range(3):
        slider.press("ArrowRight")
    expect(visitor.locator(".here")).to_contain_text(sentence(67))
    assert visitor.asked == []
    visitor.wait_for_url(re.compile("layers_at=67"))
    # The tape has moved below the column, which stays in the middle of what is in view.
    assert abs(column.bounding_box()["x"] - before["x"]) < 2
    boxes = [canvas.bounding_box() for canvas in visitor.locator(".strip canvas").all()]
    assert len(boxes) == 2 and boxes[0]["width"] == boxes[1]["width"] > 2000


def test_the_steps_back_are_looked_up_in_one_answer(visitor, address):
    opened(visitor, address)
    slider = visitor.get_by_role("slider", name="Steps back")
    slider.focus()
    for steps in (1, 2, 3):
        slider.press("ArrowRight")
        expect(visitor.locator(".here")).to_contain_text(sentence(64, steps_back=str(steps)))
    assert len(visitor.asked) <= 2
    expect(visitor.locator(".result.chosen button")).to_have_text("3 characters before")


_PLACES = """(results) => {
  const ends = (element) => [element.getBoundingClientRect().top, element.getBoundingClientRect().bottom]
  const rows = [...results.querySelectorAll(".rows .result")].map((row) =>
    [row, row.querySelector("button"), row.querySelector(".says")].map(ends))
  const { left, width: all } = results.querySelector(".rows .track").getBoundingClientRect()
  const ticks = [...results.querySelectorAll(".ticks span")].flatMap((tick) => {
    const { x, width } = tick.getBoundingClientRect()
    return width ? [[parseFloat(tick.textContent), 100 * (x + width / 2 - left) / all]] : []
  })
  return { rows, ticks }
}"""


@pytest.mark.parametrize(("width", "touch"), [(360, True), (768, True), (1280, False)])
def test_rows_of_the_results_lie_below_each_other_and_the_scale_is_that_of_the_dots(
    browser, address, width, touch
):
    context = browser.new_context(viewport={"width": width, "height": 900}, has_touch=touch, is_mobile=touch)
    page = context.new_page()
    page.asked = []
    opened(page, address)
    places = page.locator(".results").evaluate(_PLACES)
    for row, button, words in places["rows"]:
        assert row[0] - 1 <= button[0] and button[1] <= row[1] + 1
        assert abs(sum(words) - sum(row)) < 4, "on the row's middle"
    ends = [row for row, *_ in places["rows"]]
    assert all(above[1] <= below[0] + 1 for above, below in zip(ends, ends[1:], strict=False))
    assert {0, 50, 100} <= {percent for percent, _ in places["ticks"]}
    assert all(abs(percent - at) < 3 for percent, at in places["ticks"])
    context.close()


def test_a_row_of_the_results_chooses_what_the_probes_name(visitor, address):
    opened(visitor, address)
    visitor.get_by_role("button", name=re.compile("^end of word")).click()
    expect(visitor.locator(".here")).to_contain_text(sentence(64, read_off="end of word"))
    expect(visitor.get_by_role("radio", name="end of word")).to_be_checked()
    expect(visitor.locator("[data-control=steps_back]")).to_be_hidden()


def test_what_a_probe_gets_wrong_is_marked(visitor, address):
    opened(visitor, address, "&steps_back=2")
    frame = two_layers(Query({"steps_back": "2"}))["frames"][0]
    settle(visitor)
    for layer in (1, 2):
        wrong = visitor.locator(f".signs[data-row='layer {layer}'] .wrong")
        expected = sum(a != b for a, b in zip(frame["layers"][layer - 1], frame["right"], strict=True))
        expect(wrong).to_have_count(expected)


def test_what_the_layers_know_is_covered_until_the_question_is_answered(visitor, address):
    visitor.goto(f"{address}/sampling?task=Two+layers")
    expect(visitor.locator(".signs[data-row=text] span").first).to_be_attached(timeout=30_000)
    settled(visitor)
    expect(visitor.locator(".strip canvas").first).to_be_visible()
    expect(visitor.locator(".signs.of-probe").first).to_be_hidden()
    expect(visitor.locator(".verdict")).to_be_hidden()
    assert visitor.locator(".here").text_content() == ""
    assert visitor.locator(".knowledge").get_attribute("data-cover") == COVERED
    visitor.get_by_role("button", name="Show the answer").click()
    expect(visitor.locator(".verdict")).to_be_visible()
    expect(visitor.locator(".signs.of-probe").first).to_be_visible()


@pytest.mark.parametrize("width", [360, 853])
def test_a_small_screen_shows_all_without_scrolling_sideways(visitor, address, width):
    visitor.set_viewport_size({"width": width, "height": 740 if width == 360 else 480})
    opened(visitor, address)
    assert not sideways(visitor)
