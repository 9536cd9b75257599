"""What a challenge asks while its cell is moved, and when it is checked."""

from typing import Any

from lesson.frame.query import Query, QueryError
from lesson.gates import sliders
from lesson.gates.answers import run_answer
from lesson.gates.challenges.catalogue import CHALLENGES
from lesson.gates.challenges.challenge import Challenge, Trial, example, setting_of
from lesson.gates.challenges.checker import Verdict, check, trials_of_attempt
from lesson.gates.parameters import CHALLENGE
from lesson.gates.sliders import SLIDERS, setting_of_query, slider_of_query
from lesson.gates.tables import band_edges, run_along
from lesson.widgets.inline_html import inline_html, plain_text
from lesson.widgets.source import Answer, Source

MOST_ATTEMPTS = 100_000


def trial(query: Query) -> Answer:
    """Answer with a run of the cell along one of the challenge's sequences, and what is asked of it.

    sequence: its number among those of the attempt, from 1; 0 is the example.
    """
    challenge = _challenge(query)
    slider = slider_of_query(query, over_time=True)
    if slider.name not in challenge.unlocked:
        raise QueryError("along is a slider that this challenge has.")
    sequence = _sequence(query, challenge)
    setting = setting_of(challenge, setting_of_query(query))
    along = run_along({**sliders.START, **setting, "C_prev": sequence.C_0}, slider, sequence.x)
    return {**run_answer(along), "complaint": "", "target": band_of(sequence)}


def verdict(query: Query) -> Answer:
    """Answer with what a check of the setting says, in words and as the sequence that fails."""
    challenge = _challenge(query)
    setting = setting_of(challenge, setting_of_query(query))
    result = check(challenge, setting, _attempt(query))
    if result.trial is None:
        words = f"{result.sentence} {challenge.ending}"
        return {"passed": True, "words": inline_html(words)}
    return {
        "passed": False,
        "words": failure_words(result),
        "sequence": result.number,
        "step": result.step,
        "fails": failure(result),
        "C_prev": SLIDERS["C_prev"].position(result.trial.C_0),
    }


def failure_words(result: Verdict) -> str:
    """Return how many sequences fail, and what is wrong with the first of them, HTML."""
    fail = "fails" if result.failed == 1 else "fail"
    return inline_html(f"{result.failed} of {result.trials} sequences {fail}. {result.sentence}")


def failure(result: Verdict) -> str:
    """Return what fails first, in a line for the class; "" where nothing does."""
    if result.trial is None:
        return ""
    return plain_text(
        f"Sequence {result.number}, step {result.step}: {result.trial.quantity} {result.demand}"
    )


def _challenge(query: Query) -> Challenge:
    return CHALLENGES[query.choice(CHALLENGE)]


def _attempt(query: Query) -> int:
    return query.whole("attempt", 0, MOST_ATTEMPTS, 0)


def _sequence(query: Query, challenge: Challenge) -> Trial:
    number = query.whole("sequence", 0, 100, 0)
    if number == 0:
        return example(challenge)
    trials = trials_of_attempt(challenge, _attempt(query))
    if number > len(trials):
        raise QueryError(f"This challenge has {len(trials)} sequences.")
    return trials[number - 1]


def band_of(sequence: Trial) -> dict[str, Any]:
    """Return the quantity that is asked for and its band, as `band_edges` has it."""
    return {"quantity": sequence.quantity, **band_edges(sequence.low, sequence.high)}


ANSWERS = {"gates/trial": Source(trial, in_thread=True), "gates/check": Source(verdict, in_thread=True)}
