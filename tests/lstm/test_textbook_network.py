"""The textbook's network by known values; that the fast one is equal to it stands in `test_cells.py`."""

import numpy as np
import pytest

from lstm.textbook_network import network_loss, one_hot, run_cell

V, H, T = 4, 3, 5


@pytest.fixture
def problem(kind, make, rng):
    """Everything that `network_loss` takes: a small network and a text."""
    net = make(V, H, V)
    ids = rng.integers(0, V, T + 1)
    x, y = one_hot(ids[:-1], V), one_hot(ids[1:], V)
    state = tuple(rng.standard_normal(H) for _ in net.cell.states)
    return [kind, x, y, state, net.equation_arguments(), net.Wy, net.by]


def test_without_a_readout_every_character_costs_the_logarithm_of_their_number(problem):
    kind, x, y, state, weights, Wy, by = problem
    assert network_loss(kind, x, y, state, weights, 0 * Wy, 0 * by) == pytest.approx(T * np.log(V))


def test_a_certain_readout_costs_nothing(problem):
    kind, x, y, state, weights, Wy, _ = problem
    certain = np.where(y[0] == 1, 1e3, 0.0)
    assert network_loss(kind, x, np.tile(y[0], (T, 1)), state, weights, 0 * Wy, certain) == 0


def test_a_loss_is_the_sum_of_its_steps_and_the_state_goes_on(problem):
    kind, x, y, state, weights, Wy, by = problem
    total = network_loss(kind, x, y, state, weights, Wy, by)
    first = network_loss(kind, x[:2], y[:2], state, weights, Wy, by)
    *_, last = run_cell(kind, x[:2], state, weights)
    carried = (last.h,) if kind != "lstm" else (last.h, last.C)
    assert first + network_loss(kind, x[2:], y[2:], carried, weights, Wy, by) == pytest.approx(total)


def test_where_nothing_is_predicted_nothing_is_lost(problem):
    kind, x, _, state, weights, Wy, by = problem
    assert network_loss(kind, x, one_hot(np.full(T, -1), V), state, weights, Wy, by) == 0


def test_leading_axes_are_a_batch(problem, rng):
    kind, x, y, state, weights, Wy, by = problem
    ids = rng.integers(0, V, (T, 2))
    x2, y2 = np.stack([x, one_hot(ids[:, 0], V)], 1), np.stack([y, one_hot(ids[:, 1], V)], 1)
    both = network_loss(kind, x2, y2, state, weights, Wy, by)
    each = [network_loss(kind, x2[:, b], y2[:, b], state, weights, Wy, by) for b in range(2)]
    np.testing.assert_allclose(both, each, rtol=1e-13)
