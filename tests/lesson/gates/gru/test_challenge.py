"""The challenge of the GRU: it can be solved, the count can't, and every word of the proof is true."""

import re
from dataclasses import replace

import numpy as np
import pytest

from lesson.course.challenges import CHALLENGES, first_failures
from lesson.frame.query import Query, QueryError
from lesson.gates.challenges import count
from lesson.gates.challenges.challenge import example
from lesson.gates.challenges.checker import check, judge, trials_of_attempt
from lesson.gates.challenges.sequences import pulses
from lesson.gates.gru import count_answers
from lesson.gates.gru.challenge import CHALLENGE
from lesson.gates.gru.settings import START
from lesson.gates.parameters import GRU_COUNT
from lesson.gates.tables import hundredths
from lstm.equations import gru_step
from lstm.scalar import GRU_PARAMETERS, scalar_gru_run, scalar_run
from tests.lesson.gates.challenges.test_texts import claims, named_values, texts
from visualization.numbers import number

NUMBER = r"−?\d+\.\d\d"
FACTOR = rf"\(?({NUMBER})\)?"
POSITIONS = np.linspace(-8, 8, 65)


def stages():
    """The student's values at the start and after each stage of the worked solution."""
    values = {}
    yield values
    for stage in CHALLENGE.solution:
        values = {**values, **stage.change}
        yield values


def solution():
    return list(stages())[-1]


def query(values, **more):
    return Query({**{GRU_COUNT[name].name: f"{value:g}" for name, value in values.items()}, **more})


def random_settings(count_, seed=0):
    rng = np.random.default_rng(seed)
    for _ in range(count_):
        yield dict(zip(GRU_PARAMETERS, rng.choice(POSITIONS, len(GRU_PARAMETERS)).tolist(), strict=True))


@pytest.mark.parametrize("attempt", range(8))
def test_the_worked_solution_passes_and_no_stage_before_it_does(attempt):
    *before, last = stages()
    assert check(CHALLENGE, last, attempt).passed
    assert not any(check(CHALLENGE, values, attempt).passed for values in before)


def test_the_check_runs_the_textbook_from_h_0():
    values = next(random_settings(1, seed=4))
    trial = example(CHALLENGE)
    W = [np.array([[values[f"w_{gate}h"], values[f"w_{gate}x"]]]) for gate in "zrh"]
    b = [np.array([values[f"b_{gate}"]]) for gate in "zrh"]
    h, states = np.zeros(1), []
    for x in trial.x:
        h = gru_step(np.array([x]), h, *W, *b).h
        states.append(h.item())
    inside = (trial.low <= states) & (states <= trial.high)
    verdict = judge(CHALLENGE, values, [trial])
    assert not inside.all() and verdict.step == 1 + int((~inside).argmax())
    assert verdict.value == pytest.approx(states[verdict.step - 1], rel=1e-12)


def test_until_the_second_pulse_it_asks_what_count_asks_and_then_nothing():
    for attempt in range(3):
        of_count = trials_of_attempt(replace(count.CHALLENGE, name=CHALLENGE.name), attempt)
        for ours, theirs in zip(trials_of_attempt(CHALLENGE, attempt), of_count, strict=True):
            assert ours.x.tolist() == theirs.x.tolist()
            asked = pulses(ours.x) < 2
            assert ours.low[asked].tolist() == theirs.low[asked].tolist()
            assert ours.high[asked].tolist() == theirs.high[asked].tolist()
            assert np.isneginf(ours.low[~asked]).all() and np.isposinf(ours.high[~asked]).all()


def test_it_is_no_luck_to_solve_it():
    settings, trials = list(random_settings(1500)), trials_of_attempt(CHALLENGE, 0)
    x = np.stack([trial.x for trial in trials], axis=1)[:, None]  # (T, 1, N)
    columns = {name: np.array([s[name] for s in settings])[:, None] for name in GRU_PARAMETERS}
    h = scalar_gru_run({**columns, "h_prev": 0.0}, x).h
    low, high = (np.stack([getattr(t, side) for t in trials], axis=1)[:, None] for side in ("low", "high"))
    passed = ((low <= h) & (h <= high)).all(axis=(0, 2))
    assert 0 < passed.mean() < 0.03
    assert judge(CHALLENGE, settings[int(passed.argmax())], trials).passed


def test_no_gru_leaves_the_box_and_the_second_pulse_is_outside_of_it():
    x = count.CHALLENGE.example_case[0]
    settings = list(random_settings(3000, seed=1))
    columns = {name: np.array([s[name] for s in settings]) for name in GRU_PARAMETERS}
    run = scalar_gru_run({**columns, "h_prev": 0.0}, x[:, None])
    before = np.vstack([np.zeros(len(settings)), run.h[:-1]])
    assert (np.abs(run.h) <= 1).all()
    assert (np.minimum(before, run.h_tilde) - 1e-12 <= run.h).all()
    assert (run.h <= np.maximum(before, run.h_tilde) + 1e-12).all()
    low, _ = count.band(x, 0.0)
    assert low[pulses(x) == 2].min() == pytest.approx(1.6)


def test_the_lstm_beside_it_counts():
    assert check(count.CHALLENGE, count.CHALLENGE.solved_setting, 0).passed


# -- words --


@pytest.mark.parametrize("text", texts(CHALLENGE))
def test_every_number_is_computed_again(text):
    for formula, value, claimed in claims(text):
        assert number(value, len(claimed.partition(".")[2])).replace("−", "-") == claimed, formula


def test_the_numbers_are_found_and_hints_agree_with_the_solution():
    assert sum(len(list(claims(text))) for text in texts(CHALLENGE)) >= 5
    *first, last = (named_values(hint) for hint in CHALLENGE.hints)
    assert not any(first) and last == [("w_zx", solution()["w_zx"])]  # values are given away only at the end


def test_the_bias_of_the_last_hint_is_too_small_and_a_larger_one_is_not():
    verdict = check(CHALLENGE, solution() | {"b_z": 4.0, "w_hx": 8.0}, 0)
    assert not verdict.passed and "between 0.60 and 1.40, because one pulse had come" in verdict.sentence
    assert check(CHALLENGE, solution() | {"b_z": 4.5, "w_hx": 8.0}, 0).passed


WRONG = [
    ({}, r"At step 1 h is 0\.09\. It must be between 0\.60 and 1\.40, because one pulse had come\."),
    ({"w_zx": -8.0, "w_hx": 8.0, "b_z": 0.0}, r"It must be between 0\.60 and 1\.40, because one pulse"),
    ({"w_zx": 0.0, "b_z": -8.0, "b_h": 8.0}, r"between −0\.40 and 0\.40, because no pulse had come"),
    ({"w_zx": -8.0, "b_z": 6.0, "w_hx": -8.0}, r"between 0\.60 and 1\.40, because one pulse had come\."),
]


@pytest.mark.parametrize(("values", "sentence"), WRONG)
def test_a_typical_wrong_attempt_is_told_what_is_wrong(values, sentence):
    verdict = check(CHALLENGE, values, 0)
    assert not verdict.passed and re.search(sentence, verdict.sentence), verdict.sentence


def proof_of(values, x):
    setting = {**START, **values}
    gru, lstm = scalar_gru_run(setting, x), scalar_run(count.CHALLENGE.solved_setting, x)
    return gru, [re.sub(r"<[^>]+>", "", line) for line in count_answers.proof(x, gru, lstm)]


@pytest.mark.parametrize("values", [*stages(), *random_settings(150, seed=2)])
def test_the_proof_has_the_students_numbers_and_is_true(values):
    x = count.CHALLENGE.example_case[0]
    gru, lines = proof_of(values, x)
    first = re.search(
        rf"At the second pulse \(step (\d+)\) your cell has z = ({NUMBER}): ({NUMBER}) · {FACTOR} \+ "
        rf"({NUMBER}) · {FACTOR} = ({NUMBER})\.", lines[0],
    )  # fmt: skip
    t = int(first[1]) - 1
    assert pulses(x)[t] == 2 and x[t] == 1
    z, again, old, share, h_tilde, h = (float(n.replace("−", "-")) for n in first.groups()[1:])
    expected = (gru.z[t], gru.z[t], gru.h[t - 1], 1 - gru.z[t], gru.h_tilde[t], gru.h[t])
    assert (z, again, old, share, h_tilde, h) == pytest.approx(expected, abs=0.00501)
    assert z * old + share * h_tilde == pytest.approx(h, abs=0.02)
    assert min(old, h_tilde) - 0.011 <= h <= max(old, h_tilde) + 0.011
    most = float(re.search(rf"at most ({NUMBER}) away from 0", lines[1])[1])
    assert most == pytest.approx(np.abs(gru.h).max(), abs=0.00501) and most <= 1
    assert "asks for at least 1.6" in lines[2] and "= 1.96." in lines[2]


def test_without_a_second_pulse_there_is_no_proof():
    for x in (np.zeros(30), np.eye(30)[3], -np.ones(30)):
        assert proof_of({}, x)[1] == []


# -- what the browser asks --


@pytest.mark.parametrize("name", ["b_z", "w_hx", "w_rh"])
def test_a_run_along_a_slider_is_a_run_at_every_position(name):
    answer = count_answers.run(query(solution(), along=GRU_COUNT[name].name))
    x = example(CHALLENGE).x
    assert answer["common"]["x"] == hundredths(x).tolist() and len(answer["frames"]) == 65
    for position in (0, 20, 64):
        run = scalar_gru_run({**START, **solution(), name: POSITIONS[position]}, x)
        frame = answer["frames"][position]
        assert frame["h"] == hundredths(run.h).tolist()
        for row in count_answers.ROWS:
            assert frame["rows"][row] == hundredths(getattr(run, row)).tolist()
    of_count, ours = count.band(x, 0.0), answer["common"]["asked"]
    assert answer["common"]["count"]["low"] == hundredths(of_count[0]).tolist()
    asked = pulses(x) < 2
    assert [edge is not None for edge in ours["low"]] == asked.tolist()
    C = scalar_run(count.CHALLENGE.solved_setting, x).C
    assert answer["common"]["C"] == hundredths(C).tolist()


@pytest.mark.parametrize(("attempt", "number_"), [(0, 1), (2, 16), (100_000, 3)])
def test_a_sequence_of_an_attempt_can_be_looked_at(attempt, number_):
    answer = count_answers.run(query({}, count_sequence=f"{attempt}-{number_}"))["common"]
    assert answer["sequence"] == f"{attempt}-{number_}"
    assert answer["x"] == hundredths(trials_of_attempt(CHALLENGE, attempt)[number_ - 1].x).tolist()


@pytest.mark.parametrize("text", ["", "0-0", "0-17", "x", "1", "-1-2", "²-1", "999999-1", "1-1-1", "0-1 "])
def test_a_sequence_that_there_is_not_is_the_example(text):
    assert count_answers.run(query({}, count_sequence=text))["common"]["sequence"] == ""


@pytest.mark.parametrize("attempt", [0, 7])
def test_a_check_says_what_the_checker_says(attempt):
    answer = count_answers.verdict(query(solution(), attempt=str(attempt)))
    assert answer["passed"] and answer["fails"] == "" and "It does not count" in answer["words"]
    answer, result = count_answers.verdict(query({}, attempt=str(attempt))), check(CHALLENGE, {}, attempt)
    assert not answer["passed"] and result.sentence in answer["words"]
    assert answer["words"].startswith(f"{result.failed} of {result.trials} sequences fail. ")
    assert (answer["sequence"], answer["step"]) == (f"{attempt}-{result.number}", result.step)
    assert answer["fails"].startswith(f"Sequence {result.number}, step {result.step}: h must be")


@pytest.mark.parametrize("wrong", [{"attempt": "-1"}, {"attempt": "100001"}, {"count_bz": "8.1"}])
def test_what_no_page_asks_is_refused(wrong):
    with pytest.raises(QueryError):
        count_answers.verdict(Query(wrong))


def test_the_course_lists_it_with_what_fails_first():
    assert CHALLENGES["gates"][CHALLENGE.name] == CHALLENGE.title
    assert all("h must be" in line for line in first_failures()["gates"][CHALLENGE.name])
    assert first_failures()["gates"][CHALLENGE.name]
