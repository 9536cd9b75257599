"""The readout: softmax, loss and its gradient, each as it is defined; no argument is written to."""

import numpy as np
import pytest

from lstm.products import Workspace
from lstm.readout import softmax, softmax_cross_entropy, softmax_minus_one_hot

T, B, V = 4, 3, 5


@pytest.fixture
def logits(rng):
    return 3 * rng.standard_normal((T, B, V))


@pytest.fixture
def targets(rng):
    targets = rng.integers(0, V, (T, B))
    targets[1, 2] = -1
    return targets


def test_the_loss_is_minus_the_logarithm_of_the_targets_probability(logits, targets):
    loss, probabilities = softmax_cross_entropy(logits, targets)
    expected = sum(
        -np.log(softmax(logits[t, b])[targets[t, b]])
        for t in range(T)
        for b in range(B)
        if targets[t, b] >= 0
    )
    assert loss == pytest.approx(expected / B, rel=1e-13)
    np.testing.assert_allclose(probabilities, softmax(logits), rtol=1e-14)


@pytest.mark.parametrize("space", [None, Workspace()], ids=["new memory", "a workspace"])
def test_logits_stay_logits(logits, targets, space):
    before = logits.copy()
    logits.flags.writeable = False
    for _ in range(2):
        _, probabilities = softmax_cross_entropy(logits, targets, space)
        assert not np.shares_memory(probabilities, logits)
    np.testing.assert_array_equal(logits, before)


def test_the_gradient_is_a_finite_difference(logits, targets):
    _, probabilities = softmax_cross_entropy(logits, targets)
    d_logits = softmax_minus_one_hot(probabilities, targets, Workspace())
    for index in np.ndindex(logits.shape):
        nudge = np.zeros_like(logits)
        nudge[index] = 1e-6
        up, down = (softmax_cross_entropy(logits + sign * nudge, targets)[0] for sign in (1, -1))
        assert d_logits[index] == pytest.approx((up - down) / 2e-6, abs=1e-8)


def test_large_logits_do_not_overflow():
    with np.errstate(all="raise", under="ignore"):
        loss, probabilities = softmax_cross_entropy(np.array([[[1e4, 0.0]]]), np.array([[0]]))
    assert loss == 0 and probabilities[0, 0, 0] == 1
