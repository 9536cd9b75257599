"""An outside reference: PyTorch's numbers in tests/data/golden.npz, made by make_golden.py beside it."""

from pathlib import Path

import numpy as np
import pytest

from lstm.cells import CELLS
from lstm.network import NETWORKS
from lstm.optimisers import Adam

GOLDEN = Path(__file__).parents[1] / "data" / "golden.npz"


@pytest.fixture(scope="module")
def arrays():
    with np.load(GOLDEN) as file:
        return dict(file)


@pytest.fixture(params=["rnn", "gru", "lstm"])
def kind(request):
    """Those that the file has; PyTorch's own GRU is among the networks of tests/lstm/exchange."""
    return request.param


@pytest.fixture
def golden(arrays, kind):
    """The numbers of one cell by name, and its inputs and targets."""
    own = {name.removeprefix(f"{kind}/"): a for name, a in arrays.items() if name.startswith(f"{kind}/")}
    return own | {name: arrays[name] for name in ("inputs", "targets", "learning_rate")}


@pytest.fixture
def net(kind, golden):
    """The network with PyTorch's initial weights."""
    H = len(golden["first/h"].T)
    V = len(golden["initial/by"])
    net = NETWORKS[kind](V, H, V, dtype=np.float64)
    for name, value in part(golden, "initial").items():
        net.weights[name][:] = value
    return net


def part(golden, prefix):
    return {n.removeprefix(prefix + "/"): a for n, a in golden.items() if n.startswith(prefix + "/")}


def first_state(golden, kind):
    return [golden[f"first/{name}"] for name in CELLS[kind].states]


def assert_equal(actual, expected, name=""):
    np.testing.assert_allclose(actual, expected, rtol=1e-10, atol=1e-11, err_msg=name)


def test_forward_is_pytorchs(net, golden, kind):
    loss = net.forward(golden["inputs"], golden["targets"], *first_state(golden, kind))
    assert_equal(loss, golden["loss"])
    assert_equal(net.run(golden["inputs"], first_state(golden, kind)).logits, golden["logits"])
    for name, state in zip(CELLS[kind].states, net.state, strict=True):
        assert_equal(state, golden[f"last/{name}"], name)


def test_every_gradient_is_pytorchs(net, golden, kind):
    net.forward(golden["inputs"], golden["targets"], *first_state(golden, kind))
    at_states = net.backward(clip=None)
    at_states = dict(zip("hC", at_states if kind == "lstm" else [at_states], strict=False))
    expected = part(golden, "gradient")
    assert set(expected) == set(at_states) | set(net.gradients) - {"W", "b"}
    for name, value in expected.items():
        assert_equal(at_states[name] if name in at_states else net.gradients[name], value, name)


def test_weights_after_ten_steps_of_adam_are_pytorchs(net, golden, kind):
    adam = Adam(net.weights.flat.size, net.dtype)
    for _ in range(10):
        net.forward(golden["inputs"], golden["targets"], *first_state(golden, kind))
        net.backward(clip=None)
        adam.step(net.weights.flat, net.gradients.flat, float(golden["learning_rate"]))
    for name, value in part(golden, "trained").items():
        assert_equal(net.weights[name], value, name)


def test_the_golden_file_stays_small():
    assert GOLDEN.stat().st_size < 300_000
