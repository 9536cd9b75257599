"""Where the same units are on again, compared with the definition, written as loops."""

import math

import numpy as np
import pytest

from lstm import InputError
from lstm.interpret.matches import (
    best_matches,
    levels_of,
    mean_on,
    random_rows,
    rows_on,
    unit_and_side,
    window_minimum,
)

H, T, STEP, COUNT = 6, 200, 0.25, 8


@pytest.fixture
def states():
    """Slow waves, so that units stay on for a while."""
    rng = np.random.default_rng(0)
    waves = np.sin(np.arange(T)[:, None] * rng.uniform(0.05, 0.3, H) + rng.uniform(0, 6, H))
    return waves * rng.uniform(0.1, 5, H) + rng.normal(size=H)


@pytest.fixture
def levels(states):
    return levels_of(states, states, STEP, COUNT)


def test_levels_count_steps_from_the_mean_to_either_side(states, levels):
    mean, deviation = states.mean(axis=0), states.std(axis=0)
    for unit in range(H):
        for t in range(0, T, 7):
            z = (states[t, unit] - mean[unit]) / deviation[unit]
            for row, side in ((unit, 1), (unit + H, -1)):
                assert levels[row, t] == min(COUNT, max(0, math.floor(side * z / STEP + 1e-4)))
    assert levels.max() > 3


def test_what_never_changes_or_is_no_number_is_never_on():
    states = np.tile(np.array([[3.0, np.nan, np.inf, 1.0]]), (20, 1))
    states[5, 3] = 9
    assert levels_of(states, states, STEP, COUNT)[[0, 1, 2, 4, 5, 6]].max() == 0


@pytest.mark.parametrize("length", [1, 2, 3, 7, 8, 50])
def test_a_window_has_the_minimum_of_its_characters(levels, length):
    minimum = window_minimum(levels, length)
    assert minimum.shape == (2 * H, T - length + 1)
    for start in range(0, T - length + 1, 11):
        np.testing.assert_array_equal(minimum[:, start], levels[:, start : start + length].min(axis=1))


@pytest.mark.parametrize("off_outside", [False, True])
def test_units_are_on_during_the_whole_stretch(levels, off_outside):
    hits = 0
    for start in range(0, T - 8, 5):
        end = start + 8
        on = [
            row
            for row in range(2 * H)
            if all(levels[row, t] >= 2 for t in range(start, end))
            and not (
                off_outside
                and ((start > 0 and levels[row, start - 1] >= 2) or (end < T and levels[row, end] >= 2))
            )
        ]
        assert rows_on(levels, start, end, 2, off_outside).tolist() == on
        hits += len(on)
    assert hits


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (5, 5), (6, 5), (T - 2, T + 1)])
def test_a_stretch_lies_in_the_text(levels, start, end):
    with pytest.raises(InputError, match="stretch"):
        rows_on(levels, start, end, 1)


def test_the_best_matches_are_those_of_the_definition(levels):
    length, level, rows = 6, 2, np.array([0, 2, H + 1, H + 3])
    minimum = window_minimum(levels, length)
    allowed = np.ones(minimum.shape[1], bool)
    allowed[40:60] = False
    starts = np.flatnonzero(allowed)
    share = {row: np.mean([minimum[row, start] >= level for start in starts]) for row in rows}
    score = {
        start: sum(-math.log2(share[row]) for row in rows if minimum[row, start] >= level) for start in starts
    }
    matches = best_matches(minimum, rows, level, length, allowed, 5)
    assert len(matches) == 5
    left = dict(score)
    for match in matches:
        assert match.start in left, "it overlaps another one, or may not be taken"
        assert match.bits == pytest.approx(score[match.start], rel=1e-5)
        assert match.bits == pytest.approx(max(left.values()), rel=1e-5)
        assert match.on == sum(minimum[row, match.start] >= level for row in rows) > 0
        left = {start: bits for start, bits in left.items() if abs(start - match.start) >= length}


def test_without_units_or_places_there_is_no_match(levels):
    minimum = window_minimum(levels, 4)
    everywhere = np.ones(minimum.shape[1], bool)
    assert best_matches(minimum, np.array([], int), 1, 4, everywhere, 5) == []
    assert best_matches(minimum, np.array([0]), 1, 4, ~everywhere, 5) == []
    assert best_matches(minimum, np.array([0]), COUNT, 4, everywhere, 5) == []  # never so far from its mean
    assert mean_on([]) == 0


def test_random_units_are_different_ones():
    for seed in range(20):
        rows = random_rows(9, 6, seed)
        assert len({unit for unit, _ in unit_and_side(rows, 9)}) == 6
        assert rows.min() >= 0 and rows.max() < 18
    sides = [side for seed in range(40) for _, side in unit_and_side(random_rows(9, 6, seed), 9)]
    assert 0.3 < np.mean(np.array(sides) > 0) < 0.7
