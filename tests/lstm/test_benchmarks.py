"""What the benchmark compares with computes the same numbers: slow, not wrong."""

import numpy as np
import pytest

from lstm.network import LSTM
from tests.benchmarks import story, straightforward

V, H, T, B = 11, 8, 6, 4


@pytest.fixture
def ids(rng):
    return rng.integers(0, V, (T + 1, B))


def library_name(name):
    """The textbook's W_C is the library's Wc."""
    return name.replace("_", "").replace("C", "c")


def test_the_straightforward_network_is_right(ids):
    plain = straightforward.Network(V, H, V)
    net = LSTM(V, H, V, dtype=np.float64)
    for name, value in (plain.weights | plain.readout).items():
        net.weights[library_name(name)][:] = value
    loss, gradients = plain.loss_and_gradients(ids[:-1, 0], ids[1:, 0])
    assert net.forward(ids[:-1, 0], ids[1:, 0]) == pytest.approx(loss, rel=1e-12)
    net.backward(clip=None)
    for name, value in gradients.items():
        np.testing.assert_allclose(net.gradients[library_name(name)], value, atol=1e-12)


@pytest.mark.parametrize("name", story.VERSIONS)
def test_every_version_of_the_story_has_the_same_gradients(name, ids):
    step = story.VERSIONS[name](V, H, ids)
    net = LSTM(V, H, V, dtype=np.float64)
    order = np.r_[3, 0:3]  # the story stores f, i, o, C̃, the library C̃ first
    net.weights["W"][:] = step.weights["W"].reshape(4, H, -1)[order].reshape(4 * H, -1)
    net.weights["b"][:] = step.weights["b"].reshape(4, H)[order].ravel()
    net.Wy, net.by = step.weights["Wy"], step.weights["by"]
    net.forward(ids[:-1], ids[1:])
    net.backward(clip=None)
    gradients = step.gradients()
    expected = net.gradients["W"].reshape(4, H, -1)[[1, 2, 3, 0]].reshape(4 * H, -1)
    np.testing.assert_allclose(gradients["W"], expected, atol=1e-5)
    np.testing.assert_allclose(gradients["Wy"], net.gradients["Wy"], atol=1e-5)
