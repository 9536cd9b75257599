"""Every view of a lesson in a frame of course notes: the picture and its controls, and nothing to scroll."""

import pytest
from playwright.sync_api import expect

from lesson.course.embedding import WIDTH, frame_html, views
from tests.browser.visit import settle, settled

VIEWS = list(views())
_KINDS = ("Heading", "Expander", "PageLink", "Markdown", "CaptionContainer")
OTHERS = [
    "header", "h1", *(f"[data-testid=st{kind}]" for kind in _KINDS), "[class*=st-key-question_]",
    ".st-key-part", ".st-key-view", ".st-key-tab", ".st-key-task", ".words", ".hint", ".drawers",
]  # fmt: skip
# What can be seen of a page in a frame, by the kinds that do not belong there; and what has to be there.
LOOK = """(OTHERS) => {
  const every = (root) => [...root.querySelectorAll("*")]
    .flatMap((element) => [element, ...(element.shadowRoot ? every(element.shadowRoot) : [])])
  const shown = every(document.body)
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height > 1)
  const is = (selector) => shown.filter((element) => element.matches(selector))
  const main = document.querySelector("[data-testid=stMain]")
  return {
    others: is(OTHERS).map((element) => element.outerHTML.slice(0, 80)),
    picture: is("svg, canvas, .place, [data-testid=stFullScreenFrame]").length,
    control: is("input, select, button").length,
    covered: is("[data-covered]:not([data-covered=''])").length,
    scrolls: main.scrollHeight - main.clientHeight,
    sideways: main.scrollWidth - main.clientWidth,
  }
}"""


@pytest.fixture(scope="module")
def notes(browser):
    """A page of course notes with a column for the frame."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def embed(notes, html):
    """Put a frame into the notes; return what is in it."""
    notes.set_content(f'<div style="width: {WIDTH}px">{html}</div>')
    frame = notes.frames[-1]
    expect(notes.frame_locator("iframe").get_by_test_id("stMain")).to_be_visible()
    settled(frame)
    settle(frame)
    return frame


@pytest.mark.parametrize("view", VIEWS, ids=[view.name for view in VIEWS])
def test_a_frame_holds_a_picture_and_its_controls_and_needs_no_scrolling(notes, address, view):
    frame = embed(notes, frame_html(view, address))
    look = frame.evaluate(LOOK, ", ".join(OTHERS))
    assert look["others"] == [] and look["covered"] == 0
    assert look["control"] and (look["picture"] or frame.get_by_role("button", name="Run").count())
    assert look["scrolls"] <= 0, view
    assert look["sideways"] <= 0, view
    notes.set_content("")


def test_a_picture_in_a_frame_answers_while_it_is_dragged(notes, address):
    view = next(view for view in VIEWS if "Over time" in view.name)
    frame = embed(notes, frame_html(view, address))
    slider = frame.get_by_role("slider", name="forget bias")
    before = frame.locator(".chart, .time").first.inner_html()
    slider.fill("0")
    expect(frame.locator(".chart, .time").first).not_to_have_js_property("innerHTML", before)
    notes.set_content("")
