"""The training page asks every question of its own, and what shows the answer waits until it is answered."""

import re
from urllib.parse import quote_plus

import pytest

from lesson.training.live.questions import questions as live_questions
from lesson.training.replay.film import film_of
from lesson.training.replay.questions import questions as replay_questions
from lesson.training.troubles.experiments import EXPERIMENTS
from lesson.widgets.questions import COVERED
from tests.browser.visit import settle, settled

expect = pytest.importorskip("playwright.sync_api").expect

# Of each question of Replay: words of the panel that give its answer away.
SHOWN_BY_WORDS = {
    "learns_first": ["overlap with those of its training text"],
    "readable_from": ["it writes is readable", "% of the words that it writes", "2,576"],
    "overfits": ["validation loss is 1", "1.12 (guessing"],
}
TEXT_COVERED = {"learns_first", "readable_from"}
CURVES_COVERED = {"overfits"}


def paths(page):
    """The curves that can be seen: those of losses in a place that is not hidden."""
    lines = page.locator("path.line.dashed").all()
    return [line.get_attribute("d") for line in lines if line.is_visible() and line.get_attribute("d")]


def open_question(page, address, query):
    page.goto(f"{address}/training?{query}")
    settled(page)
    settle(page)
    if "ask" in query and "tab" not in query:
        expect(page.locator("[data-drawing=replay] .about")).not_to_be_empty()


def skip(page):
    page.get_by_role("button", name=re.compile("^(Explore without questions|Skip )")).last.click()
    settled(page)
    settle(page)


def panel_text(page):
    """All that can be read of the panel, what is hidden left out."""
    return page.locator("[data-drawing=replay]").inner_text()


@pytest.mark.parametrize("question", replay_questions(), ids=lambda question: question.id)
def test_replay_hides_what_shows_the_answer(page, address, question):
    open_question(page, address, f"model=fables_gru&moment=5&ask={question.id}")
    page.get_by_text("Compare all models").click()
    assert not [words for words in SHOWN_BY_WORDS[question.id] if words in panel_text(page)]
    text = film_of("fables_gru").texts[5]
    assert (text[:20] in page.locator(".paper").inner_text()) == (question.id not in TEXT_COVERED)
    assert bool(paths(page)) == (question.id not in CURVES_COVERED)
    alt = page.locator(".losses .picture").get_attribute("aria-label")
    assert ("lowest" in alt) == (question.id not in CURVES_COVERED)
    expect(page.get_by_role("slider", name="Go through the training")).to_be_visible()
    page.locator("[data-testid=stPills] button, [data-testid=stButtonGroup] button").filter(
        has_text=question.right_answer.text
    ).first.click()
    settled(page)
    settle(page)
    expect(page.locator(".paper")).to_contain_text(text[:20].strip())
    assert paths(page) and SHOWN_BY_WORDS[question.id][0] in panel_text(page)


def start_run(page, name):
    page.get_by_role("button", name=name).click()
    expect(page.locator(".run .progress").first).to_be_visible()
    page.wait_for_timeout(2_500)


@pytest.mark.parametrize("question", live_questions(), ids=lambda question: question.id)
def test_live_hides_what_shows_the_answer_also_beside_a_run_that_goes_on(page, address, question):
    open_question(page, address, f"tab=Live&hidden=8&budget=2+epochs&run_seed=31&ask={question.id}")
    start_run(page, re.compile("^Start"))
    run = page.locator("[data-drawing=run]")
    for name, place in (("picture", ".picture"), ("verdicts", ".diagnosis"), ("checklist", "details")):
        if name in question.covers:
            expect(run.locator(place).first).not_to_be_visible()
        else:
            expect(run.locator(place).first).to_be_visible()
    if question.id == "first_loss":
        assert "4.08" not in run.inner_text() and "ln 59" not in page.get_by_test_id("stMain").inner_text()
        page.get_by_text("Half a page: what happens in training").click()
        expect(page.get_by_text("evenly among V characters")).not_to_be_visible()
    skip(page)
    for place in (".picture", ".diagnosis", "details"):
        expect(run.locator(place).first).to_be_visible()


@pytest.mark.parametrize("experiment", EXPERIMENTS[:1] + EXPERIMENTS[-1:], ids=lambda e: e.name)
def test_troubles_hide_what_the_runs_show(page, address, experiment):
    """One of those that lose, one of those that are timed; the others are covered in the same way."""
    open_question(page, address, f"tab=Troubles&cause={quote_plus(experiment.title)}")
    start_run(page, re.compile("^Run both"))
    run = page.locator("[data-drawing=run]")
    for place in (".picture", ".beside", ".words", "details"):
        expect(run.locator(place).first).not_to_be_visible()
    said = run.inner_text()
    assert COVERED in said and "nats" not in said
    assert ("characters/s" in said) == ("progress" not in experiment.question.covers)
    skip(page)
    expect(run.locator(".picture")).to_be_visible()
    expect(run.locator(".words")).to_contain_text(re.compile("So far|loss"))
