"""The learning rate over a run."""

import math

import pytest

from lstm.schedule import SCHEDULES, rate_factor


def factors(schedule, warm_up, steps):
    return [rate_factor(schedule, warm_up, step, steps) for step in range(steps)]


def test_a_constant_rate_is_left_as_it_is_to_the_bit():
    assert factors("constant", 0, 5) == [1.0] * 5


def test_a_linear_one_falls_evenly_and_would_reach_0_after_the_last_step():
    assert factors("linear", 0, 5) == pytest.approx([1, 0.8, 0.6, 0.4, 0.2], rel=1e-15)


def test_a_cosine_falls_slowly_at_both_ends_and_is_half_in_the_middle():
    expected = [1, (1 + math.sqrt(0.5)) / 2, 0.5, (1 - math.sqrt(0.5)) / 2]
    assert factors("cosine", 0, 4) == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize("schedule", sorted(SCHEDULES))
def test_a_warm_up_rises_evenly_and_the_schedule_begins_behind_it(schedule):
    assert factors(schedule, 4, 9)[:4] == [0.25, 0.5, 0.75, 1]
    assert factors(schedule, 4, 9)[4:] == factors(schedule, 0, 5)


@pytest.mark.parametrize("schedule", sorted(SCHEDULES))
def test_every_step_of_a_run_moves_something(schedule):
    for warm_up in (0, 1, 20, 50):
        assert all(0 < factor <= 1 for factor in factors(schedule, warm_up, 20))
