"""The projector at 1280 × 720 and 150 %: every question fits one screen, and a clicker leads through all."""

import re

import pytest
from playwright.sync_api import expect

from lesson.course.decks import DECKS
from tests.browser.visit import settle, settled

WIDTH, HEIGHT = 853, 480
# What does not fit the screen, and the smallest sizes of text, in pixels of a screen that is 720 high.
LOOK = """() => {
  const text = document.querySelector(".st-key-projector_text"), wrong = []
  const scale = 720 / innerHeight
  if (text.scrollHeight > text.clientHeight + 1) wrong.push("the text has to be scrolled")
  const bar = document.querySelector(".st-key-projector_bar").getBoundingClientRect()
  const buttons = document.querySelectorAll(".st-key-projector_bar button")
  const shown = [...text.querySelectorAll("h1, p"), ...buttons]
  for (const element of shown) {
    const box = element.getBoundingClientRect(), name = element.textContent.slice(0, 40)
    const bottom = element.closest(".st-key-projector_bar") ? innerHeight : bar.top
    if (box.top < 0 || box.left < 0 || box.right > innerWidth || box.bottom > bottom + 1) wrong.push(name)
    if (element.scrollWidth > element.clientWidth + 1) wrong.push(`cut: ${name}`)
  }
  const main = document.querySelector("[data-testid=stMain]")
  if (main.scrollHeight > main.clientHeight) wrong.push("the page has to be scrolled")
  const sizes = (selector) => [...text.querySelectorAll(selector)]
    .map((element) => parseFloat(getComputedStyle(element).fontSize) * scale)
  const smallest = Math.min(...sizes("h1, [class*=st-key-projector_answer] p"))
  return { wrong, smallest, reply: Math.min(99, ...sizes(".st-key-projector_reply p")) }
}"""


@pytest.fixture
def screen(browser):
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=1.5)
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def open_deck(screen, address, deck, number=1):
    screen.goto(f"{address}/?section=Projector&deck={deck.replace(' ', '+')}&q={number}")
    settled(screen)
    expect(screen.get_by_role("button", name="Reveal")).to_be_visible()
    settle(screen)


def look(screen):
    settle(screen)
    screen.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return screen.evaluate(LOOK)


def press(screen, key, shows):
    screen.keyboard.press(key)
    expect(screen.get_by_role("button", name=shows)).to_be_visible()


@pytest.mark.parametrize("deck", DECKS)
def test_every_question_fits_the_screen_before_and_after_its_answer(screen, address, deck):
    questions = DECKS[deck]()
    open_deck(screen, address, deck)
    for number, question in enumerate(questions, 1):
        where = screen.get_by_text(f"question {number} of {len(questions)}")
        expect(where).to_be_visible()
        for shows in ("Next", "Skip"):
            seen = look(screen)
            assert not seen["wrong"], (question.id, seen)
            assert seen["smallest"] >= 28 - 0.01 and seen["reply"] >= 24 - 0.01, (question.id, seen)
            press(screen, "PageDown", shows)
    expect(screen.get_by_text(f"question 1 of {len(questions)}")).to_be_visible()


@pytest.mark.parametrize("forward", ["PageDown", "ArrowRight", "Space", "Enter"])
@pytest.mark.parametrize("back", ["PageUp", "ArrowLeft"])
def test_a_clicker_s_keys_reveal_go_on_and_go_back(screen, address, forward, back):
    open_deck(screen, address, "Gates")
    press(screen, forward, "Next")
    expect(screen.get_by_text("question 1 of")).to_be_visible()
    press(screen, forward, "Reveal")
    expect(screen.get_by_text("question 2 of")).to_be_visible()
    screen.keyboard.press(back)
    expect(screen.get_by_text("question 1 of")).to_be_visible()


def test_keys_work_after_a_button_and_a_question_were_clicked(screen, address):
    open_deck(screen, address, "Gates")
    screen.get_by_role("button", name="Reveal").click()
    screen.get_by_role("button", name="Next").click()
    expect(screen.get_by_text("question 2 of")).to_be_visible()
    press(screen, "Space", "Next")
    screen.get_by_role("button", name="All questions").click()
    screen.get_by_test_id("stPopoverBody").get_by_text("4", exact=True).click()
    expect(screen.get_by_text("question 4 of")).to_be_visible()
    screen.keyboard.press("Escape")
    expect(screen.get_by_test_id("stPopoverBody")).to_have_count(0)
    settle(screen)
    press(screen, "PageDown", "Next")
    screen.wait_for_url(re.compile("q=4"))


@pytest.mark.parametrize("key", [".", "b"])
def test_a_key_makes_the_screen_black_until_the_next_one(screen, address, key):
    open_deck(screen, address, "Gates")
    root = screen.locator("html")
    screen.keyboard.press(key)
    expect(root).to_have_attribute("data-projector-blank", "")
    screen.keyboard.press(key)
    expect(root).not_to_have_attribute("data-projector-blank", "")
    screen.keyboard.press(key)
    press(screen, "PageDown", "Next")
    expect(root).not_to_have_attribute("data-projector-blank", "")


def test_closing_leads_back_to_the_plans(screen, address):
    open_deck(screen, address, "Gates")
    screen.get_by_role("button", name="Close").click()
    expect(screen.get_by_role("heading", name="Plan a lesson")).to_be_visible()
    expect(screen.get_by_test_id("stTopNavLink").first).to_be_visible()
