"""The variants' kernels are their textbook steps, forward and backward."""

import numpy as np
import pytest

from lstm.cells import Stepper
from lstm.variants.networks import VARIANTS
from lstm.variants.textbook import STATES, run_variant
from tests.lstm.textbook import assert_close
from tests.lstm.variants.judge import dense, gradients, loss

# (T, B, D, H)
SHAPES = [(1, 1, 1, 1), (4, 1, 3, 1), (6, 1, 3, 32), (5, 3, 2, 97), (6, 3, 5, 48)]
SMALL = [(4, 1, 3, 1), (5, 1, 4, 3), (5, 3, 4, 3), (3, 2, 1, 4)]


@pytest.fixture(params=list(VARIANTS))
def kind(request):
    return request.param


@pytest.fixture(params=[False, True], ids=["indices", "numbers"])
def dense_inputs(request):
    return request.param


@pytest.fixture
def make(kind):
    """A network of this kind, in float64, with biases and peepholes that are not 0."""

    def make(D=5, H=7, V=3, *, dtype=np.float64, layers=1):
        net = VARIANTS[kind](D, H, V, seed=1, dtype=dtype, layers=layers)
        noise = np.random.default_rng(1)
        for name in net.weights.stored:
            if "b" in name:
                net.weights[name][:] += 0.4 * noise.standard_normal(net.weights[name].shape)
        return net

    return make


def problem(rng, kind, shape, dense_inputs=False):
    T, B, D, H = shape
    inputs = rng.standard_normal((T, B, D)) if dense_inputs else rng.integers(0, D, (T, B))
    targets = rng.integers(-1, 3, (T, B))
    targets[-1] = 1
    return inputs, targets, tuple(0.5 * rng.standard_normal((B, H)) for _ in STATES[kind])


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_kernel_is_the_textbook(kind, make, rng, shape, dense_inputs):
    net = make(shape[2], shape[3])
    inputs, _, state = problem(rng, kind, shape, dense_inputs)
    values = net.cell.values(net.cell.forward(inputs, state))
    steps = list(run_variant(kind, dense(net, inputs), state, net.equation_arguments()))
    assert set(values) >= {"h", "C_tilde"}
    for name, value in values.items():
        expected = np.array([getattr(step, name) for step in steps])
        np.testing.assert_allclose(value, expected, rtol=0, atol=1e-12, err_msg=name)


@pytest.mark.parametrize("shape", SMALL, ids=str)
def test_backward_is_the_slope_of_the_textbook(kind, make, rng, shape, dense_inputs):
    net = make(shape[2], shape[3])
    inputs, targets, state = problem(rng, kind, shape, dense_inputs)
    x = dense(net, inputs)
    expected_loss = loss(kind, x, targets, state, net.equation_arguments(), net.Wy, net.by)
    assert net._forward(inputs, targets, *state) == pytest.approx(expected_loss, rel=1e-13)
    at_states = net.backward(clip=None)
    at_states = at_states if isinstance(at_states, tuple) else (at_states,)
    expected, expected_at_states = gradients(net, inputs, targets, *state)
    assert set(expected) | {"W", "b", "Wy", "by"} == set(net.gradients)
    for name, slope in expected.items():
        assert_close(net.gradients[name], slope, 1e-8)
    for d_state, slope in zip(at_states, expected_at_states, strict=True):
        assert_close(d_state, slope, 1e-8)


def test_one_long_pass_equals_three_short_ones(kind, make, rng):
    shape = T, B, D, H = (12, 3, 4, 5)
    cell = make(D, H).cell
    inputs, _, state = problem(rng, kind, shape)
    dh_out = rng.standard_normal((T, B, H))
    trace = cell.forward(inputs, state)
    dz, d_states = cell.backward(trace, dh_out)
    pieces, carried = [], state
    for part in (slice(0, 3), slice(3, 8), slice(8, 12)):
        piece = cell.forward(inputs[part], carried)
        carried = tuple(getattr(piece, name)[-1] for name in cell.states)
        pieces.append((part, piece))
    d_last, total_W, total_b = None, 0, 0
    for part, piece in reversed(pieces):
        np.testing.assert_allclose(piece.gates, trace.gates[part], rtol=0, atol=1e-14)
        dz_part, d_part = cell.backward(piece, dh_out[part], d_last)
        d_last = tuple(getattr(d_part, f"d{name}")[0] for name in cell.states)
        np.testing.assert_allclose(dz_part, dz[part], rtol=0, atol=1e-13)
        dW, db = np.empty((len(cell.gates) * H, cell.W.shape[2])), np.empty(cell.b.size)
        cell.weight_gradients(piece, dz_part, dW, db)
        total_W, total_b = total_W + dW, total_b + db
    for name, d in zip(cell.states, d_last, strict=True):
        np.testing.assert_allclose(d, getattr(d_states, f"d{name}")[0], rtol=0, atol=1e-13)
    cell.weight_gradients(trace, dz, dW, db)
    np.testing.assert_allclose(total_W, dW, rtol=0, atol=1e-12)
    np.testing.assert_allclose(total_b, db, rtol=0, atol=1e-12)


def test_two_layers_have_the_slopes_of_their_own_loss(kind, make, rng):
    net = make(4, 3, layers=2)
    inputs, targets = rng.integers(0, 4, (5, 2)), rng.integers(0, 3, (5, 2))
    net.forward(inputs, targets)
    net.backward(clip=None)
    start, gradient = net.weights.flat.copy(), net.gradients.flat.copy()

    def at(distance, direction):
        net.weights.flat[:] = start + distance * direction
        return net.forward(inputs, targets)

    for _ in range(4):
        direction = rng.standard_normal(start.size) / np.sqrt(start.size)
        near, far = (at(d, direction) - at(-d, direction) for d in (1e-3, 2e-3))
        assert gradient @ direction == pytest.approx((8 * near - far) / 12e-3, rel=1e-7, abs=1e-9)


def test_a_stepper_is_the_forward_pass_one_character_at_a_time(kind, make, rng):
    net = make(6, 33)
    inputs, _, state = problem(rng, kind, (12, 1, 6, 33))
    expected = net.cell.values(net.cell.forward(inputs, state))
    step = Stepper(net.cell, state)
    for t in range(12):
        step(int(inputs[t, 0]))
        for name, value in step.values().items():
            np.testing.assert_allclose(value, expected[name][t, 0], rtol=0, atol=1e-13, err_msg=name)


def test_float32_is_near_float64(kind, make, rng):
    inputs, targets, _ = problem(rng, kind, (20, 4, 6, 32))
    exact, single = make(6, 32), make(6, 32, dtype=np.float32)
    single.weights.flat[:] = exact.weights.flat
    assert single.forward(inputs, targets) == pytest.approx(exact.forward(inputs, targets), rel=1e-5)
    exact.backward(clip=None), single.backward(clip=None)
    assert single.gradients.flat.dtype == np.float32
    assert_close(single.gradients.flat, exact.gradients.flat, 1e-5)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_saturated_gates_neither_warn_nor_overflow(kind, make, dtype):
    net = make(3, 4, dtype=dtype)
    net.weights["W"][:] *= 1e4
    with np.errstate(all="raise", under="ignore"):
        net.forward(np.zeros((5, 2), int), np.ones((5, 2), int))
        net.backward(clip=None)
    assert np.isfinite(net.gradients.flat).all()


def test_a_used_workspace_changes_no_result(kind, make, rng):
    from lstm.products import Workspace

    net, inputs = make(4, 6), rng.integers(0, 4, (9, 3))
    targets = rng.integers(0, 3, (9, 3))

    def everything():
        net.forward(inputs, targets)
        net.backward(clip=None)
        return net.gradients.flat.copy()

    fresh = everything()
    net.space = Workspace()
    for _ in range(2):
        np.testing.assert_array_equal(everything(), fresh)
