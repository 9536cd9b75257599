"""A lesson led by keyboard alone: all is reached, and the focus is never lost when what had it goes."""

import json

import pytest

from tests.browser.class_room import ClassRoom
from tests.browser.keys import press
from tests.browser.visit import settled

expect = pytest.importorskip("playwright.sync_api").expect
_FOCUSED = """() => {
  let element = document.activeElement
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
  const isThere = element?.closest("[data-host]") && element.checkVisibility() && !element.disabled
  return isThere ? element.textContent.trim() : ""
}"""
TWICE = 700  # milliseconds: quicker is a key that was pressed twice


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def focused(page):
    """The words of what has the focus on the lecturer's screen, when nothing changes any more."""
    page.wait_for_timeout(500)
    return page.evaluate(_FOCUSED)


def reach(page, name):
    """Go on with Tab until something with this name has the focus, at most once around."""
    for _ in range(120):
        if (stop := press(page)) and stop.name.startswith(name):
            return
    raise AssertionError(f"{name} is never reached")


def enter(page, name):
    """Go on to what has this name, and press it."""
    reach(page, name)
    page.keyboard.press("Enter")


def on(page, label):
    """Press the big button, which has the focus and keeps it; label: what it says before."""
    button = page.locator("button.next")
    expect(button).to_contain_text(label)
    page.wait_for_timeout(TWICE)
    page.keyboard.press("Enter")
    expect(button).not_to_contain_text(label)
    assert focused(page) == button.text_content(), label


def test_a_lesson_from_opening_a_room_to_its_end(page, course_with_samples):
    page.goto(f"{course_with_samples}/class")
    settled(page)
    enter(page, "Open a room")
    expect(page.get_by_role("button", name="Open the projector")).to_be_visible()
    assert focused(page)
    kept = json.loads(page.evaluate("localStorage['lstm_room/host']"))
    group = ClassRoom(course_with_samples, kept["code"], kept["host"])
    group.join(5)
    enter(page, "10 minutes")
    expect(page.locator("button.next")).to_contain_text("Take the class")
    assert focused(page)
    reach(page, "Take the class")
    for label in ("Take the class", "Next stop", "Ask the next question", "Open the vote"):
        on(page, label)
    group.vote(["keeps", "keeps", "forgets", "depends", "depends"])
    expect(page.locator(".counts")).to_contain_text("5of 5 answered")

    # What stands beside the big button may go when it is pressed.
    enter(page, "+30 s")
    assert focused(page) == "+30 s"
    enter(page, "More")
    enter(page, "Bars for everybody")
    assert focused(page) == "No"
    page.keyboard.press("Enter")
    assert focused(page) == "Bars for everybody"
    enter(page, "Close the vote: talk")
    expect(page.locator("button.next")).to_contain_text("Vote again")
    assert focused(page)
    enter(page, "Reveal now")
    expect(page.locator(".status")).to_have_text("The answer is revealed.")
    assert focused(page)

    enter(page, "Ask another question")
    enter(page, "Ask")
    expect(page.locator("button.next")).to_contain_text("Open the vote")
    assert focused(page)

    enter(page, "After class")
    enter(page, "Delete this room")
    assert focused(page) == "No"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Open a room")).to_be_visible()
    assert focused(page) == "Open a room"
