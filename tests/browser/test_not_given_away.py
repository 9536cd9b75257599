"""No question stands beside its answer: its numbers are nowhere on the screen until somebody has committed.

Every question of the course is opened by its link, in the state that its page starts with and in states that
would show its answer.  The cell of the gates page has a test of its own (test_cell_covers.py).
"""

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from lesson.course.decks import all_questions, places
from lesson.frame.lessons import LESSONS
from tests.browser.visit import settle, settled

QUESTIONS, PLACES = all_questions(), places()
ADDRESSES = {lesson.file: lesson.address for lesson in LESSONS}
# States in which the page would show the answers of a part, by the part's place in the address.
STATES = {
    "The race": [{"bf": "3"}, {"bf": "0"}, {"radius": "1"}],
    "Explosion": [{"explode": "3"}],
    "Where it starts": [{"first": "PyTorch", "first_bf": "0"}, {"first": "chrono", "first_T": "200"}],
    "Replay": [{"model": "fables", "moment": "5"}, {"model": "fables_gru", "moment": "11"}],
    "Truncation": [{"cut": "5"}, {"cut_model": "brackets", "cut": "never"}],
    "Write": [{"tau": "0"}, {"tau": "1"}],
    "Gate surgery": [
        {"gate": "f", "hold": "0"}, {"network": "brackets"}, {"gate": "o", "operation": "its own mean"},
    ],
}  # fmt: skip
CASES = [
    (id, state)
    for id, place in PLACES.items()
    if place.file != "2_gates.py"
    for state in [{}, *STATES.get(next(iter(place.query.values())), [])]
]

# Numbers of a reply that are no answer: a threshold, a share of nothing, and what a network does as it is.
NO_ANSWERS = {
    "learns_first": {"75%"},
    "zero_temperature": {"0%"},
    "nothing_kept": {"1.12", "2.20"},
    "one_unit_less": {"97%"},
}

# All that can be seen or heard outside the card with the question, controls left out: of the page, of
# components, of what is drawn; and what is said in their place to those who can't see it.
TEXT = """() => {
  const texts = []
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return texts.push(node.data)
    if (!(node instanceof Element) && !(node instanceof ShadowRoot)) return
    if (node instanceof Element) {
      if (node.matches("[class*=st-key-question_], header, style, script, .controls, .presets, nav")) return
      if (!node.checkVisibility({ visibilityProperty: true, opacityProperty: true })) {
        const inner = [...node.children].some((child) => child.checkVisibility({ visibilityProperty: true }))
        if (!inner) return
      }
      for (const name of ["aria-label", "aria-description", "title", "alt"]) {
        if (node.hasAttribute(name)) texts.push(node.getAttribute(name))
      }
      if (node.shadowRoot) walk(node.shadowRoot)
    }
    node.childNodes.forEach(walk)
    texts.push(" ")
  }
  walk(document.querySelector("[data-testid=stMain]"))
  return texts.join("")
}"""
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?(?: ?· ?10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?%?")


def numbers_in(text):
    """The numbers of a text that say something: not whole ones below a thousand."""
    plain = text.replace("\u00a0", " ")
    found = {match.group().rstrip(",") for match in NUMBER.finditer(plain)}
    return {number for number in found if "." in number or "%" in number or "," in number}


def telling_numbers(question):
    """The numbers of the reply that neither the question nor an answer has."""
    said = " ".join([question.text, *(answer.text for answer in question.answers)])
    return numbers_in(question.right_answer.reply) - numbers_in(said) - NO_ANSWERS.get(question.id, set())


def given_away(page, question):
    return telling_numbers(question) & numbers_in(page.evaluate(TEXT))


@pytest.fixture(scope="module")
def visitor(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 2400})
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def open_question(page, address, id, state):
    file, query = PLACES[id]
    page.goto(f"{address}/{ADDRESSES[file]}?{urlencode({**query, **state})}")
    settled(page)
    expect(page.get_by_role("button", name="Show the answer")).to_be_visible()
    settle(page)


@pytest.mark.parametrize(("id", "state"), CASES, ids=[f"{id}-{urlencode(state)}" for id, state in CASES])
def test_nothing_on_the_screen_has_the_numbers_of_the_answer(visitor, address, id, state):
    open_question(visitor, address, id, state)
    assert not given_away(visitor, QUESTIONS[id])


def test_what_was_covered_comes_with_the_answer(visitor, address):
    """And the test above can fail: what it looks for is there then."""
    open_question(visitor, address, "nothing_kept", {"gate": "f", "hold": "0"})
    visitor.get_by_role("button", name="Show the answer").click()
    expect(visitor.get_by_role("button", name="Show the answer")).to_be_hidden()
    settle(visitor)
    assert given_away(visitor, QUESTIONS["nothing_kept"])
