"""What the gradients page computes: curves, half-lives, clipping, the windows of its challenges."""

import numpy as np
import pytest

from lesson.gradients import questions as gradient_questions
from lesson.gradients.flows import (
    GHOSTS,
    Setup,
    best_carrier,
    digits,
    halvings,
    paths,
    runners,
    updates,
)
from lstm.gradients import gradient_flow, random_cell, random_inputs
from lstm.scalar import half_life


def test_the_page_opens_with_what_lstm_gives():
    setup = Setup()
    assert (setup.forget_bias, setup.T, setup.radius, setup.scale, setup.H) == (1, 100, 0.9, 0.5, 32)
    expected = gradient_flow(random_cell("lstm", forget_bias=1), random_inputs(100))
    np.testing.assert_array_equal(setup.flow("lstm").dh, expected.dh)
    assert list(runners(setup)) == ["LSTM, b_f = 0", "LSTM, b_f = 3", "LSTM", "GRU", "RNN"]
    for bias, (kind, ghost) in zip(GHOSTS, runners(setup).values(), strict=False):
        assert kind == "lstm" and ghost == setup._replace(forget_bias=bias)


def test_what_is_measured_is_h_or_C():
    setup = Setup(T=12, measured="C")
    flow = setup.flow("lstm")
    np.testing.assert_array_equal(setup.norms(flow), flow.dC)
    np.testing.assert_array_equal(setup._replace(measured="h").norms(flow), flow.dh)
    np.testing.assert_array_equal(setup.norms(setup.flow("rnn")), setup.flow("rnn").dh)


def halving(**change):
    flow = Setup()._replace(**change).flow("lstm")
    return halvings(flow, paths(flow))[0]


def test_the_half_lives_are_in_steps():
    half_lives = halving(forget_bias=2)
    assert half_lives.half_life == pytest.approx(float(half_life(half_lives.f)))
    alone = paths(Setup(forget_bias=2).flow("lstm")).alone
    assert alone[-1] * 0.5 ** (99 / half_lives.path) == pytest.approx(alone[0], rel=1e-6)
    assert halving(forget_bias=8).whole == np.inf  # it does not fall
    assert halving(T=5, forget_bias=0).whole > 0


def test_the_best_carrier_carries_most():
    flow = Setup(T=30).flow("lstm")
    unit, most = best_carrier(flow)
    assert most == np.abs(flow.dh_units[0]).max() == abs(flow.dh_units[0, unit - 1])


def test_the_badge_counts_at_least_six_digits():
    assert digits(Setup()) >= 6


def test_clipping_by_norm_keeps_the_direction_and_by_value_does_not():
    raw, value, norm = updates(Setup(T=50, radius=3.0), 0.1)
    assert raw.norm == value.norm == norm.norm > 1e4
    assert norm.clipped == pytest.approx(5) and norm.kept_direction == pytest.approx(1)
    assert value.kept_direction < 0.9 and value.clipped < raw.clipped
    assert raw.moved / norm.moved == pytest.approx(raw.norm / 5)
    small = updates(Setup(T=50, radius=0.5), 0.1)
    assert small[0].clipped == pytest.approx(small[2].clipped)


def test_questions_are_answered_with_measured_numbers():
    questions = [
        *gradient_questions.about_the_race(), *gradient_questions.about_the_paths(),
        *gradient_questions.about_clipping(), *gradient_questions.about_learning(),
    ]  # fmt: skip
    assert len(questions) >= 4 and len({q.id for q in questions}) == len(questions)
    for question in questions:
        assert question.right_answer in question.answers and len(question.answers) >= 3
    setup = Setup()
    one, three = (setup._replace(forget_bias=b).flow("lstm").dh for b in (1.0, 3.0))
    # What the first question calls right is so.
    assert 100 < (three[-51] / three[-1]) / (one[-51] / one[-1]) < 10_000
    rnn = setup.flow("rnn").dh
    without = setup._replace(forget_bias=0.0).flow("lstm").dh
    assert 0.01 < (without[-51] / without[-1]) / (rnn[-51] / rnn[-1]) < 100  # about as little
    assert setup._replace(radius=1.0).flow("rnn").dh[-51] < 1e-3
