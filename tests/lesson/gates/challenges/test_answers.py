"""What a challenge asks: the run along each of its sequences, and what a check says."""

import base64
import json
import re

import numpy as np
import pytest

from lesson.frame.query import Query, QueryError
from lesson.gates import sliders, tables
from lesson.gates.challenges import answers
from lesson.gates.challenges.catalogue import CHALLENGES
from lesson.gates.challenges.challenge import example
from lesson.gates.challenges.checker import check, trials_of_attempt
from lstm.scalar import scalar_run
from tests.bad_input.doors import is_one_sentence

EACH = pytest.mark.parametrize("name", CHALLENGES)


def solved(challenge):
    return {name: value for stage in challenge.solution for name, value in stage.change.items()}


def cell(challenge, change):
    return sliders.to_link({**sliders.START, **challenge.start, **change})


def ask(function, **values):
    return json.loads(json.dumps(function(Query({name: str(value) for name, value in values.items()}))))


@EACH
@pytest.mark.parametrize(("attempt", "number"), [(0, 0), (0, 1), (3, 2)])
def test_a_sequence_is_run_along_a_slider_with_what_is_asked_of_it(name, attempt, number):
    challenge = CHALLENGES[name]
    trial = trials_of_attempt(challenge, attempt)[number - 1] if number else example(challenge)
    text = cell(challenge, solved(challenge))
    answer = ask(answers.trial, challenge=name, attempt=attempt, sequence=number, cell=text, along="b_f")
    x, T = np.frombuffer(base64.b64decode(answer["x"]), "<i2"), len(trial.x)
    assert x.tolist() == tables.hundredths(trial.x).tolist()
    table = np.frombuffer(base64.b64decode(answer["numbers"]), "<i2").reshape(len(tables.QUANTITIES), T, -1)
    for position in (0, 30, 64):
        b_f = sliders.SLIDERS["b_f"].range[position]
        run = scalar_run({**challenge.start, **solved(challenge), "C_prev": trial.C_0, "b_f": b_f}, trial.x)
        shown = table[tables.QUANTITIES.index("C"), :, position]
        assert shown.tolist() == tables.hundredths(run.C).tolist()
    target = answer["target"]
    assert target["quantity"] == trial.quantity
    for side in ("low", "high"):
        edges = [None if np.isinf(edge) else round(100 * edge) for edge in getattr(trial, side)]
        assert target[side] == edges


@EACH
def test_what_the_challenge_does_not_have_stands_as_at_its_start(name):
    challenge = CHALLENGES[name]
    other = {"x": 4.0, "C_prev": -3.0, "h_prev": 1.0}
    asked = {"challenge": name, "along": "b_f"}
    plain, moved = (ask(answers.trial, **asked, cell=cell(challenge, change)) for change in ({}, other))
    assert plain == moved


@EACH
def test_a_check_says_what_the_checker_says(name):
    challenge = CHALLENGES[name]
    for attempt in (0, 5):
        verdict = check(challenge, {}, attempt)
        answer = ask(answers.verdict, challenge=name, attempt=attempt, cell=cell(challenge, {}))
        assert not answer["passed"] and verdict.sentence.replace("*", "") in re.sub(
            "<.*?>", "", answer["words"]
        )
        assert answer["words"].startswith(f"{verdict.failed} of {verdict.trials} sequences fail.")
        failing = trials_of_attempt(challenge, attempt)[answer["sequence"] - 1]
        assert failing.x.tolist() == verdict.trial.x.tolist() and answer["step"] == verdict.step
        assert sliders.SLIDERS["C_prev"].range[answer["C_prev"]] == failing.C_0
        where = f"Sequence {answer['sequence']}, step {answer['step']}: {verdict.trial.quantity} must be "
        assert answer["fails"].startswith(where) and len(answer["fails"]) <= 200
    answer = ask(answers.verdict, challenge=name, attempt=1, cell=cell(challenge, solved(challenge)))
    assert answer["passed"] and "You have built" in answer["words"] and "$" not in answer["words"]


@EACH
def test_where_c_starts_is_a_position_of_its_slider(name):
    for trial in [example(CHALLENGES[name]), *trials_of_attempt(CHALLENGES[name], 0)]:
        assert trial.C_0 in sliders.SLIDERS["C_prev"].range


@pytest.mark.parametrize(
    "query",
    [
        {"challenge": "fly"}, {"attempt": "-1"}, {"attempt": "1.5"}, {"attempt": "9" * 400}, {"cell": "1_1"},
        {"sequence": "99"}, {"sequence": "101"}, {"sequence": "x"}, {"along": "w_fx"}, {"along": "x"},
    ],
    ids=str,
)  # fmt: skip
def test_a_question_that_the_page_does_not_ask_is_refused_in_a_sentence(query):
    with pytest.raises(QueryError) as refused:
        answers.trial(Query({"sequence": "1", **query}))
    assert is_one_sentence(str(refused.value))
