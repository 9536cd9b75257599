"""What each cell can do in the challenges: solutions pass, arguments hold, and the table says so."""

import numpy as np
import pytest

from assets.build.experiments import variant_challenges as script
from lesson.gates.cell_variants.challenge_table import (
    challenge_table,
    how_it_was_found,
    settings,
    what_a_press_loads,
)
from lesson.gates.cell_variants.kinds import KINDS
from lesson.gates.cell_variants.solutions import reasons, short_reasons, solution, verdict
from lesson.gates.cell_variants.tables import challenge_row, table
from lesson.gates.challenges.catalogue import CHALLENGES
from lesson.gates.parameters import NO_CHALLENGE, VARIANT_BIASES
from lstm.variants.networks import VARIANTS
from lstm.variants.scalar import LSTM, parameters_of, variant_run

CELLS = (LSTM, *VARIANTS)
PASSES = [(cell, name) for cell in CELLS for name in CHALLENGES if solution(cell, name) is not None]


def test_the_table_is_of_this_script():
    measured = table("variant_challenges")
    assert measured["settings"] == script.SETTINGS
    assert [(row["cell"], row["challenge"]) for row in measured["rows"]] == [
        (task["cell"], task["challenge"]) for task in script.tasks()
    ]


@pytest.mark.parametrize(("cell", "name"), PASSES)
def test_a_solution_passes_on_sequences_that_the_table_has_not_seen(cell, name):
    row = challenge_row(cell, name)
    assert row["passes"] and row["setting"] == solution(cell, name)
    for attempt in range(100, 105):
        result = verdict(cell, name, row["setting"], attempt)
        assert result.passed, result.sentence


def test_every_failure_has_a_reason_and_a_search():
    fails = {
        (row["cell"], row["challenge"]): row
        for row in table("variant_challenges")["rows"]
        if not row["passes"]
    }
    assert set(fails) == set(reasons()) == set(short_reasons())
    assert set(fails) | set(PASSES) == {(cell, name) for cell in CELLS for name in CHALLENGES}
    for (cell, name), row in fails.items():
        assert row["tried"] >= 20_000 and row["outside"] > 0
        assert set(row["setting"]) == set(parameters_of(cell))
        assert not all(
            verdict(cell, name, row["setting"], attempt).passed for attempt in range(script.ATTEMPTS)
        )


def test_each_cell_of_the_table_loads_a_setting_that_the_sliders_can_have():
    html = challenge_table()
    assert html.count("<button") == len(KINDS) * len(CHALLENGES)
    for option in KINDS:
        for name in (NO_CHALLENGE, *CHALLENGES):
            sliders = settings()[option][name]
            for parameter in VARIANT_BIASES.values():
                assert sliders[parameter.name] in parameter.address_values, (option, name)


def test_the_sentence_counts_what_was_tried():
    settings_ = script.SETTINGS
    tried = settings_["random"] + settings_["climbers"] * settings_["rounds"] * settings_["tries"]
    assert f"{tried:,}" in how_it_was_found()
    outside = [row["outside"] for row in table("variant_challenges")["rows"] if not row["passes"]]
    assert f"{min(outside):.2f} to {max(outside):.2f} outside" in what_a_press_loads()
    assert min(outside) >= 0.01


# -- the arguments, on random cells --


def random_cells(kind, rng, count=300):
    return {name: rng.uniform(-8, 8, count) for name in parameters_of(kind)} | {"h_prev": 0.0, "C_prev": 0.0}


def test_without_a_forget_gate_the_first_step_adds_the_same_to_every_c(rng):
    cells = random_cells("lstm_1997", rng)
    for x in (0.0, 1.0):
        added = [variant_run("lstm_1997", cells | {"C_prev": C}, [x]).C[0] - C for C in (1.0, -1.0, 2.0)]
        np.testing.assert_allclose(added, np.broadcast_to(added[0], (3, 300)), atol=1e-12)


def test_without_a_forget_gate_a_step_adds_less_than_one(rng):
    step = variant_run("lstm_1997", random_cells("lstm_1997", rng), rng.standard_normal(30)[:, None])
    assert np.abs(step.added_part).max() <= 1
    flip = 2 * np.arctanh(0.5)
    assert flip > 1 and f"{flip:.2f}" in reasons()["lstm_1997", "light-switch"]


def test_coupled_gates_keep_c_below_one(rng):
    step = variant_run("coupled", random_cells("coupled", rng), rng.choice([-1.0, 0, 1], 30)[:, None])
    assert np.abs(step.C).max() <= 1
    low, _ = CHALLENGES["count"].band(np.ones(2), 0.0)
    assert low[1] > 1 and f"at least {low[1]:.1f}" in reasons()["coupled", "count"]


def test_a_minlstm_adds_less_at_each_pulse_in_a_row(rng):
    step = variant_run("min_lstm", random_cells("min_lstm", rng), np.ones((10, 1)))
    added = np.abs(np.diff(step.C, axis=0, prepend=0))
    assert (np.diff(added, axis=0) <= 1e-12).all()
    low, high = CHALLENGES["count"].band(np.ones(10), 0.0)
    assert not ((low[:, None] <= step.C) & (high[:, None] >= step.C)).all(axis=0).any()
    assert f"asks for at least {low[9]:.1f}" in reasons()["min_lstm", "count"]


def test_a_larger_c_never_gives_a_minlstm_a_smaller_one(rng):
    cells = random_cells("min_lstm", rng)
    low, high = (variant_run("min_lstm", cells | {"C_prev": C}, np.ones((1, 1))).C[0] for C in (-0.5, 0.5))
    assert (high >= low).all()


def test_a_wrong_solution_is_noticed():
    setting = solution("coupled", "reset")
    assert not verdict("coupled", "reset", setting | {"w_fx": 0.0}, 0).passed
    assert not verdict("lstm_1997", "count", solution("lstm_1997", "count") | {"w_ix": 0.0}, 0).passed


def test_the_search_measures_how_far_a_setting_is_outside():
    good = solution("min_lstm", "keep")
    trials = [CHALLENGES["keep"].trial(np.zeros(20), 1.0)]
    values = np.array([[good[name] for name in parameters_of("min_lstm")]] * 2)
    values[1, parameters_of("min_lstm").index("b_f")] = -8
    inside, outside = script._outside("min_lstm", "keep", values, trials)
    assert inside == 0
    # C goes from 1 to 0 where 0.9 is the least allowed.
    assert outside == pytest.approx(0.9, abs=0.01)
