"""The truncated gradient is the slope of the loss with each sequence's first state held fast."""

import numpy as np
import pytest

from lstm import GRU, LSTM, RNN
from lstm.interpret.truncated_gradients import alike, truncated_gradient

rng = np.random.default_rng(3)
IDS = rng.integers(0, 4, 13)  # 12 are predicted


def network(kind=LSTM):
    net = kind(4, 3, 4, seed=2, dtype=np.float64)
    net.weights.flat *= 3
    return net


def loss(net, first_states, every):
    """The loss per character; every sequence starts from the state that is given for it."""
    total = 0.0
    for start, state in first_states.items():
        stop = min(start + every, len(IDS) - 1)
        total += net.forward(IDS[start:stop], IDS[start + 1 : stop + 1], *state)
    return total / (len(IDS) - 1)


@pytest.mark.parametrize("kind", [LSTM, GRU, RNN])
@pytest.mark.parametrize("every", [1, 3, 5, 12, 40])
def test_it_is_the_slope_of_the_loss_with_the_carried_state_held_fast(kind, every):
    """Finite differences: the states at the cuts are numbers of the unchanged network."""
    net = network(kind)
    before = tuple(rng.standard_normal((1, 3)) for _ in net.cell.states)
    states = {
        start: net.run(IDS[:start], before).state if start else before
        for start in range(0, len(IDS) - 1, every)
    }
    gradient = truncated_gradient(net, IDS, every, before).flat
    for k in rng.choice(len(gradient), 12, replace=False):
        slopes = []
        for step in (1e-6, -1e-6):
            net.weights.flat[k] += step
            slopes.append(loss(net, states, every))
            net.weights.flat[k] -= step
        assert gradient[k] == pytest.approx((slopes[0] - slopes[1]) / 2e-6, abs=1e-8)


def test_without_a_cut_it_is_the_gradient_of_backward():
    net = network()
    net.forward(IDS[:-1], IDS[1:])
    net.backward(clip=None)
    whole = net.gradients.flat / 12
    assert truncated_gradient(net, IDS, 12).flat == pytest.approx(whole, abs=1e-15)
    assert np.abs(truncated_gradient(net, IDS, 4).flat - whole).max() > 1e-3


def test_the_gradient_of_the_readout_is_not_changed_by_a_cut():
    """The error that stays within a step reaches the readout whole; so only the cell is compared."""
    net = network()
    one, other = truncated_gradient(net, IDS, 1), truncated_gradient(net, IDS, 12)
    for name in ("Wy", "by"):
        assert one[name] == pytest.approx(other[name], abs=1e-15)


def test_cosine_and_length_of_two_gradients():
    assert alike(np.array([3.0, 4.0]), np.array([6.0, 8.0])) == pytest.approx((1.0, 0.5))
    assert alike(np.array([1.0, 0.0]), np.array([0.0, 2.0])) == pytest.approx((0.0, 0.5))
    assert alike(np.array([1.0, 0.0]), np.array([-1.0, 0.0])) == pytest.approx((-1.0, 1.0))
    assert np.isnan(alike(np.zeros(2), np.ones(2))).all()
