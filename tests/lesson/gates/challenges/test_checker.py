"""The challenges: well posed, judged by the library, and every sentence true.

The rules are stated here once more, slowly, one step at a time, and the cell is run by plain calls of the
textbook.
"""

import ast
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lesson.gates.challenges import checker
from lesson.gates.challenges.catalogue import CHALLENGES
from lesson.gates.challenges.challenge import START, example, setting_of
from lesson.gates.challenges.checker import check, judge
from lstm.equations import lstm_step
from lstm.errors import InputError
from lstm.scalar import GATES, PARAMETERS, scalar_run

POSITIONS = np.linspace(-8, 8, 65)  # of every slider
EACH = pytest.mark.parametrize("name", CHALLENGES)


@pytest.fixture
def challenge(name):
    return CHALLENGES[name]


def stages(challenge):
    """The student's values after each stage of the worked solution."""
    values = {}
    for stage in challenge.solution:
        values = {**values, **stage.change}
        yield values


def solved(challenge):
    return list(stages(challenge))[-1]


def hidden(challenge, draw=0):
    return challenge.hidden(np.random.default_rng(draw))


def plain_run(setting, trial):
    """C and h after each step, by plain calls of the textbook, the trial's C_0 first."""
    W = [np.array([[setting[f"w_{gate}h"], setting[f"w_{gate}x"]]]) for gate in GATES]
    b = [np.array([setting[f"b_{gate}"]]) for gate in GATES]
    h, C = np.array([setting["h_prev"]]), np.array([trial.C_0])
    states = {"C": [], "h": []}
    for x in trial.x:
        step = lstm_step(np.array([x]), h, C, *W, *b)
        h, C = step.h, step.C
        states["C"].append(C.item())
        states["h"].append(h.item())
    return states[trial.quantity]


# -- the rules, slowly: is this value allowed after step t, counted from 1? --


def keep_allows(x, C_0, t, value):
    return abs(value - C_0) <= 0.1


def half_life_allows(x, C_0, t, value):
    return abs(value / C_0 - 0.5 ** (t / 5)) <= 0.05


def reset_allows(x, C_0, t, value):
    if 1 in x[:t]:
        return abs(value) <= 0.1
    return abs(value - C_0) <= 0.2


def count_allows(x, C_0, t, value):
    return abs(value - sum(1 for x_t in x[:t] if x_t == 1)) <= 0.4


def store_allows(x, C_0, t, value):
    if x[t - 1] == -1 and 1 in x[: t - 1]:
        return value >= 0.6
    return abs(value) <= 0.1


def switch_allows(x, C_0, t, value):
    pulses = list(x[:t]).count(1)
    if pulses == 0:
        return abs(value) <= 0.3
    return value >= 0.5 if pulses % 2 else value <= -0.5


ALLOWS = {
    "keep": keep_allows,
    "half-life": half_life_allows,
    "reset": reset_allows,
    "count": count_allows,
    "store-hide-show": store_allows,
    "light-switch": switch_allows,
}


def test_the_six_are_there_in_their_order():
    assert list(CHALLENGES) == list(ALLOWS)
    assert all(challenge.name == name for name, challenge in CHALLENGES.items())


@EACH
def test_the_bands_are_the_rules(challenge):
    allows, just = ALLOWS[challenge.name], 1e-9
    for trial in [*hidden(challenge), example(challenge)]:
        assert len(trial.x) == len(trial.low) == len(trial.high)
        for t, (low, high) in enumerate(zip(trial.low, trial.high, strict=True), start=1):
            inside = [low + just if low > -np.inf else -1e6, high - just if high < np.inf else 1e6]
            outside = [bound for bound in (low - just, high + just) if np.isfinite(bound)]
            assert all(allows(trial.x, trial.C_0, t, value) for value in inside), (trial.x, t)
            assert outside
            assert not any(allows(trial.x, trial.C_0, t, value) for value in outside), (trial.x, t)


# -- start and solution --


@EACH
def test_the_start_is_the_same_for_all_but_the_state(challenge):
    start = challenge.start
    for gate in GATES:
        assert (start[f"w_{gate}x"], start[f"w_{gate}h"]) == (1, 0)
        assert start[f"b_{gate}"] == (gate == "f")
    assert start.keys() == {*PARAMETERS, "h_prev", "C_prev"}
    assert (start["h_prev"], start["C_prev"]) == (0, example(challenge).C_0)
    start["b_f"] = 99.0
    assert challenge.start["b_f"] == 1


@EACH
def test_the_worked_solution_passes_always(challenge):
    for attempt in range(50):
        verdict = check(challenge, solved(challenge), attempt)
        assert verdict.passed, verdict.sentence
        assert (verdict.failed, verdict.step, verdict.value, verdict.trial) == (0, None, None, None)
    assert judge(challenge, solved(challenge), [example(challenge)]).passed


@EACH
def test_the_start_and_every_stage_but_the_last_fail_always(challenge):
    unfinished = [challenge.start, *list(stages(challenge))[:-1]]
    for attempt in range(20):
        for values in unfinished:
            assert not check(challenge, values, attempt).passed, values
    assert not judge(challenge, challenge.start, [example(challenge)]).passed


@EACH
def test_a_stage_moves_unlocked_sliders_to_positions_they_have(challenge):
    for stage in challenge.solution:
        assert stage.change
        assert set(stage.change) <= set(challenge.unlocked)
        assert set(stage.change.values()) <= set(POSITIONS)


@EACH
def test_what_the_start_has_right_need_not_be_moved(challenge):
    """A solution moves no slider to where it is already."""
    values = challenge.start
    for stage in challenge.solution:
        assert all(values[name] != value for name, value in stage.change.items())
        values |= stage.change


# -- luck --


def shares_that_pass(challenge, settings, trials):
    """Which of many settings, each value (S,), pass all trials; (S,)."""
    x = np.stack([trial.x for trial in trials], axis=1)[:, None]  # (T, 1, N)
    low = np.stack([trial.low for trial in trials], axis=1)[:, None]
    high = np.stack([trial.high for trial in trials], axis=1)[:, None]
    columns = {name: values[:, None] for name, values in settings.items()}  # (S, 1)
    start = {**challenge.start, "C_prev": np.array([trial.C_0 for trial in trials])}
    found = getattr(scalar_run({**start, **columns}, x), trials[0].quantity)  # (T, S, N)
    return ((low <= found) & (found <= high)).all(axis=(0, 2))


def lucky(challenge, tries=2_000, at_once=250):
    """The share of random settings of the unlocked sliders that pass, new trials for every 250."""
    rng = np.random.default_rng(1)
    passed = 0
    for _ in range(tries // at_once):
        settings = {name: rng.choice(POSITIONS, size=at_once) for name in challenge.unlocked}
        passed += shares_that_pass(challenge, settings, challenge.hidden(rng)).sum()
    return passed / tries


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("keep", 0.03),
        ("half-life", 0.03),
        ("reset", 0.005),
        ("count", 0.001),
        ("store-hide-show", 0.001),
        ("light-switch", 0.001),
    ],
)
def test_luck_does_not_pass(challenge, most):
    assert lucky(challenge) <= most


@EACH
def test_luck_is_measured_as_the_checker_measures(challenge):
    """The broadcast above and `judge` agree, on the solution and on settings around it."""
    rng = np.random.default_rng(2)
    around = {
        name: np.clip(
            solved(challenge).get(name, challenge.start[name]) + rng.choice([0, 0, 1, -1], 12), -8, 8
        )
        for name in challenge.unlocked
    }
    trials = hidden(challenge)
    expected = [judge(challenge, {n: v[s] for n, v in around.items()}, trials).passed for s in range(12)]
    assert shares_that_pass(challenge, around, trials).tolist() == expected


def test_one_position_gives_the_half_life():
    challenge = CHALLENGES["half-life"]
    assert [b for b in POSITIONS if check(challenge, {"b_f": b}, 0).passed] == [2.0]


# -- the check --


def some_settings(challenge):
    rng = np.random.default_rng(3)
    yield challenge.start
    yield from stages(challenge)
    for _ in range(15):
        yield {name: rng.choice(POSITIONS) for name in challenge.unlocked}


@EACH
def test_a_verdict_names_the_first_step_that_fails(challenge):
    trials, allows = hidden(challenge), ALLOWS[challenge.name]
    for values in some_settings(challenge):
        verdict = judge(challenge, values, trials)
        first = {}  # the trials that fail: their first wrong step and the value there
        for trial in trials:
            run = plain_run(setting_of(challenge, values), trial)
            wrong = [t for t, value in enumerate(run, start=1) if not allows(trial.x, trial.C_0, t, value)]
            if wrong:
                first[trial] = wrong[0], run[wrong[0] - 1]
        assert (verdict.passed, verdict.trials, verdict.failed) == (not first, len(trials), len(first))
        if first:
            assert verdict.step == min(step for step, _ in first.values()) == first[verdict.trial][0]
            assert verdict.value == pytest.approx(first[verdict.trial][1], rel=1e-12, abs=1e-12)
            assert f"step {verdict.step} " in verdict.sentence


@EACH
def test_of_the_trials_that_fail_first_the_plainest_is_named(challenge):
    for values in some_settings(challenge):
        verdict = judge(challenge, values, trials := hidden(challenge))
        if not verdict.passed:
            at = verdict.step - 1
            runs = [(plain_run(setting_of(challenge, values), trial)[at], trial) for trial in trials]
            off = [max(trial.low[at] - value, value - trial.high[at]) for value, trial in runs]
            named = max(verdict.trial.low[at] - verdict.value, verdict.value - verdict.trial.high[at])
            assert named == pytest.approx(max(off), abs=1e-12)


@EACH
def test_a_locked_slider_has_no_effect(challenge):
    locked = {*START} - {*challenge.unlocked}
    forged = dict.fromkeys(locked, -7.5) | {"x": 3.0, "b_x": math.nan}
    for values in some_settings(challenge):
        honest = {name: values[name] for name in challenge.unlocked if name in values}
        for attempt in (0, 1):
            plain, other = check(challenge, honest, attempt), check(challenge, {**honest, **forged}, attempt)
            assert (plain.sentence, plain.failed, plain.value) == (other.sentence, other.failed, other.value)


@EACH
def test_a_check_is_one_call_of_the_library(challenge):
    calls = []
    cell = replace(challenge.cell, run=lambda *args: calls.append(args) or scalar_run(*args))
    check(replace(challenge, cell=cell), challenge.start, 0)
    assert len(calls) == 1


@EACH
@pytest.mark.parametrize("value", [math.nan, math.inf, -8.25, 8.0001, "7", None, [7]])
def test_a_value_no_slider_has_is_refused(challenge, value):
    for name in challenge.unlocked:
        with pytest.raises(
            InputError, match=f"^{name} must be a number from −8 to 8, not .*; move its slider.$"
        ):
            setting_of(challenge, {name: value})


def test_a_huge_value_is_not_repeated_whole():
    with pytest.raises(InputError) as error:
        setting_of(CHALLENGES["keep"], {"b_f": "9" * 10_000})
    assert len(str(error.value)) < 120


@EACH
def test_the_ends_of_a_slider_are_taken(challenge):
    for value in (-8, 8, np.float64(-8), np.int64(8)):
        setting = setting_of(challenge, dict.fromkeys(challenge.unlocked, value))
        assert {setting[name] for name in challenge.unlocked} == {float(value)}
        assert all(setting[name] == challenge.start[name] for name in setting.keys() - {*challenge.unlocked})


# -- the trials --


def keys(trials):
    return [(*trial.x, trial.C_0) for trial in trials]


@EACH
def test_an_attempt_has_its_own_trials_the_same_every_time(challenge, monkeypatch):
    seen = []
    monkeypatch.setattr(checker, "judge", lambda challenge, setting, trials: seen.append(keys(trials)))
    for attempt in (0, 0, 1, 2, 3):
        check(challenge, challenge.start, attempt)
    assert seen[0] == seen[1]
    assert (
        len({tuple(trials) for trials in seen}) >= 3
    )  # half-life: three trials, of which only the order is drawn
    if challenge.name != "half-life":
        assert len({frozenset(trials) for trials in seen}) == 4


def ones(trial):
    return [int(step) + 1 for step in np.flatnonzero(trial.x == 1)]


def minus_ones(trial):
    return [int(step) + 1 for step in np.flatnonzero(trial.x == -1)]


def keep_cases(trials):
    assert all(len(trial.x) == 20 and np.abs(trial.x).max() <= 2 for trial in trials)
    for C_0 in (1, -1, 0, 0.5, -0.5):
        loudness = [np.abs(trial.x).sum() for trial in trials if trial.C_0 == C_0]
        assert len(loudness) == 3
        assert max(loudness) > 17  # 15.5 is usual, 20 the loudest of twenty
    x = np.concatenate([trial.x for trial in trials])
    assert abs(x.mean()) < 0.25
    assert len(set(x)) > 150


def half_life_cases(trials):
    assert sorted(trial.C_0 for trial in trials) == [-1, 1, 2]
    assert all(not trial.x.any() and len(trial.x) == 15 for trial in trials)


def reset_cases(trials):
    for C_0 in (1, -1, 0.5):
        places = [ones(trial) for trial in trials if trial.C_0 == C_0]
        assert all(place in places for place in ([5], [12], [19], [3, 4, 5], []))
        assert len(places) == 6
        assert len(places[-1]) == 1
    assert all(len(trial.x) == 20 and set(trial.x) <= {0, 1} for trial in trials)


def count_cases(trials):
    assert all(len(trial.x) == 30 and trial.C_0 == 0 and set(trial.x) <= {-1, 0, 1} for trial in trials)
    numbers = [(len(ones(trial)), len(minus_ones(trial))) for trial in trials]
    assert all(pulses <= 10 and distractors <= 10 for pulses, distractors in numbers)
    assert {(10, 10), (10, 0), (0, 10), (0, 0), (1, 0)} <= set(numbers)
    assert numbers.count((10, 10)) >= 5
    assert [1] in [ones(trial) for trial in trials]


def store_cases(trials):
    assert all(len(trial.x) == 20 and trial.C_0 == 0 and set(trial.x) <= {-1, 0, 1} for trial in trials)
    commands = [(ones(trial), minus_ones(trial)) for trial in trials]
    assert ([1], [20]) in commands  # the longest wait
    assert any(stores and shows and shows[0] < stores[0] for stores, shows in commands)
    assert any(not stores and shows for stores, shows in commands)
    assert any(stores and not shows for stores, shows in commands)
    assert ([], []) in commands
    assert sum(len(stores) + len(shows) > 9 for stores, shows in commands) >= 5  # noise without a pause


def switch_cases(trials):
    assert all(len(trial.x) == 30 and trial.C_0 == 0 and set(trial.x) <= {0, 1} for trial in trials)
    pulses = [ones(trial) for trial in trials]
    assert all(case in pulses for case in ([], [1], [1, 2], [30], list(range(1, 31))))
    assert any(len(case) == 1 and 15 <= case[0] < 30 for case in pulses)
    assert len({len(case) for case in pulses}) > 5


CASES = {
    "keep": keep_cases,
    "half-life": half_life_cases,
    "reset": reset_cases,
    "count": count_cases,
    "store-hide-show": store_cases,
    "light-switch": switch_cases,
}


@EACH
@pytest.mark.parametrize("draw", range(10))
def test_every_kind_of_case_is_among_the_trials(challenge, draw):
    CASES[challenge.name](hidden(challenge, draw))


@EACH
def test_one_draw_is_one_of_the_trials(challenge):
    drawn = [challenge.draw(np.random.default_rng(seed)) for seed in range(20)]
    assert keys([drawn[3]])[0] in keys(hidden(challenge, 3))
    assert len({*keys(drawn)}) > 2


def test_what_is_judged():
    judged = {name: example(challenge).quantity for name, challenge in CHALLENGES.items()}
    assert [name for name, quantity in judged.items() if quantity == "h"] == [
        "store-hide-show",
        "light-switch",
    ]
    assert set(judged.values()) == {"C", "h"}


def test_the_examples_show_what_matters():
    shown = {name: example(challenge) for name, challenge in CHALLENGES.items()}
    assert min(shown["keep"].x) < -1.5 and max(shown["keep"].x) > 1.5
    assert ones(shown["reset"]) == [12]
    assert set(shown["count"].x) == {-1, 0, 1}
    stores, shows = ones(shown["store-hide-show"]), minus_ones(shown["store-hide-show"])
    assert shows[0] < stores[0] < shows[1] < stores[1] < shows[-1]
    assert len(ones(shown["light-switch"])) >= 3


@EACH
def test_an_example_can_be_written_to(challenge):
    example(challenge).x[:] = 99
    assert example(challenge).x.max() < 99


def test_the_engine_knows_no_streamlit():
    for path in Path(checker.__file__).parent.glob("*.py"):
        if path.name in ("part.py", "help.py"):  # what a page shows
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module] if isinstance(node, ast.ImportFrom) else []
            assert not any(module.split(".")[0] == "streamlit" for module in modules), path.name
            ours = [module for module in modules if module.startswith("lesson.")]
            if path.name != "answers.py":
                assert all(module.startswith("lesson.gates.challenges") for module in ours), path.name
