"""The part GRU in a browser: it follows the hand, gives nothing away, and its challenge can be solved."""

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from lesson.gates.gru.challenge import CHALLENGE
from lesson.gates.gru.covers import hidden_numbers
from lesson.gates.gru.questions import questions
from lesson.gates.parameters import GRU_COUNT
from tests.browser.test_not_given_away import given_away
from tests.browser.visit import settle, settled

SOLUTION = {name: value for stage in CHALLENGE.solution for name, value in stage.change.items()}
QUESTIONS = {question.id: question for question in questions()}
# Numbers of a reply that are no answer: none.
IN_VIEW: dict[str, set[str]] = {"gru_keep": set(), "gru_reset": set()}


@pytest.fixture
def visitor(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 2400})
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def open_view(page, address, **query):
    page.goto(f"{address}/gates?{urlencode({'part': 'GRU', **query})}")
    settled(page)
    settle(page)


def test_everything_follows_the_update_bias(visitor, address):
    open_view(visitor, address, ask="none")
    cell = visitor.locator(".gru")
    h, line = cell.locator("svg.wide .state [data-value=h]"), cell.locator(".line .current [data-value=h]")
    kept_wire, curve = (
        cell.locator("svg.wide [data-width=kept_h]"),
        cell.locator(".run .picture .curve-line").first,
    )
    before = (h.text_content(), kept_wire.evaluate("e => e.style.getPropertyValue('--width')"))
    path = curve.get_attribute("d")
    visitor.get_by_role("slider", name="update bias").press("End")
    expect(h).to_have_text("0.80")
    expect(line).to_have_text("0.80")
    expect(cell.locator(".words")).to_contain_text(
        "The update gate keeps 1.00 of the old h (0.80 becomes 0.80)"
    )
    expect(cell.locator(".same tr[data-symbol=z] [data-value=one_minus_z]")).to_have_text("0.00")
    assert (h.text_content(), kept_wire.evaluate("e => e.style.getPropertyValue('--width')")) != before
    assert curve.get_attribute("d") != path
    expect(cell.locator(".same tr.in-hand")).to_have_count(2)  # z and 1 − z
    expect(visitor).to_have_url(re.compile("gru_bz=8"))


@pytest.mark.parametrize(
    ("id", "state"),
    [("gru_keep", {}), ("gru_keep", {"gru_bz": "8"}), ("gru_reset", {}), ("gru_reset", {"gru_br": "-8"})],
    ids=lambda value: value if isinstance(value, str) else urlencode(value),
)
def test_nothing_on_the_screen_has_the_numbers_of_the_answer(visitor, address, id, state):
    question = QUESTIONS[id]
    open_view(visitor, address, ask=id, **state)
    expect(visitor.get_by_role("button", name="Show the answer")).to_be_visible()
    assert given_away(visitor, question) <= IN_VIEW[id]
    for name in set(hidden_numbers(question.covers)) - {"minus"}:
        texts = visitor.locator(f".gru svg.wide [data-value={name}]").all_text_contents()
        assert set(texts) <= {"?"}, name
    for label in visitor.locator(".gru [aria-label]").evaluate_all("all => all.map((e) => e.ariaLabel)"):
        assert "hidden state" not in label or "?" in label or "old" in label, label


def test_what_was_covered_comes_with_the_answer(visitor, address):
    """And the test above can fail: what it looks for is there then."""
    question = questions()[1]
    open_view(visitor, address, ask=question.id, gru_br="-8")
    visitor.get_by_role("button", name="Show the answer").click()
    expect(visitor.get_by_role("button", name="Show the answer")).to_be_hidden()
    settle(visitor)
    assert not given_away(visitor, question) <= IN_VIEW["gru_reset"]


def test_a_failed_check_shows_where_and_a_solved_one_shows_why_it_goes_no_further(visitor, address):
    open_view(visitor, address, gru="Count")
    panel = visitor.locator(".gru_count")
    assert panel.locator(".proof li").count() == 0
    panel.get_by_role("button", name="Check").click()
    expect(panel.locator(".verdict")).to_contain_text("must be between 0.60 and 1.40")
    expect(panel.locator(".run .ring")).to_have_count(1)
    expect(panel.get_by_role("button", name="Back to the first sequence")).to_be_visible()
    panel.get_by_role("button", name="Start again").click()
    expect(panel.locator(".verdict")).to_be_hidden()
    query = {GRU_COUNT[name].name: f"{value:g}" for name, value in SOLUTION.items()}
    open_view(visitor, address, gru="Count", **query)
    panel.get_by_role("button", name="Check").click()
    expect(panel.locator(".verdict.passed")).to_contain_text("It does not count")
    expect(panel.locator(".proof li")).to_have_count(3)
    expect(visitor.get_by_role("heading", name=f"✓ {CHALLENGE.title}")).to_be_visible()
    expect(panel.locator(".run .legend")).to_contain_text("C of the LSTM that counts")
    visitor.get_by_role("slider", name="candidate: weight on x").press("Home")
    expect(panel.locator(".aside")).to_have_text("The sliders have moved since the last check.")
    expect(panel.locator(".proof li").first).to_contain_text("(−1.00)")
