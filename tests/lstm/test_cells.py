"""The fast kernels are the textbook: forward, backward, in pieces, with used memory, one step at a time."""

import numpy as np
import pytest

from lstm import LSTM
from lstm.cells import CELLS, Stepper
from lstm.equations import sigmoid
from lstm.products import Workspace
from lstm.textbook_network import STATES, one_hot, run_cell
from tests.lstm.textbook import assert_close, dense, gradients, log_softmax, loss, network_loss

# (T, B, D, H).  The kernel cuts its products into blocks of 16 to 32 columns if it can, computes
# slopes for several steps at once (fewer than T in the last but one), and has a path for B = 1.
SHAPES = [
    (1, 1, 1, 1),
    (4, 1, 3, 1),
    (5, 2, 3, 4),
    (6, 1, 3, 32),
    (6, 3, 5, 32),
    (6, 3, 5, 48),
    (5, 3, 2, 97),
    (30, 32, 4, 100),
    (3, 2, 9, 100),
]
SMALL = [(4, 1, 3, 1), (5, 1, 4, 3), (5, 3, 4, 3), (3, 2, 1, 4)]


def problem(rng, kind, shape, dense_inputs=False):
    """Inputs, targets (T, B), some not asked, and states that are not zero."""
    T, B, D, H = shape
    inputs = rng.standard_normal((T, B, D)) if dense_inputs else rng.integers(0, D, (T, B))
    targets = rng.integers(-1, 3, (T, B))
    targets[-1] = 1
    state = tuple(0.5 * rng.standard_normal((B, H)) for _ in STATES[kind])
    return inputs, targets, state


def network(make, shape):
    return make(shape[2], shape[3], 3)


@pytest.fixture(params=[False, True], ids=["indices", "numbers"])
def dense_inputs(request):
    return request.param


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_kernel_is_the_textbook(kind, make, rng, shape, dense_inputs):
    net = network(make, shape)
    inputs, _, state = problem(rng, kind, shape, dense_inputs)
    values = net.cell.values(net.cell.forward(inputs, state))
    steps = list(run_cell(kind, dense(net, inputs), state, net.equation_arguments()))
    assert set(values) >= set(STATES[kind])
    for name, value in values.items():  # gates and states under the textbook's names
        expected = np.array([getattr(step, name) for step in steps])
        np.testing.assert_allclose(value, expected, rtol=0, atol=1e-12, err_msg=name)


def test_values_are_the_textbooks_gates_and_states(kind, make, rng):
    net = network(make, SMALL[1])
    inputs, _, state = problem(rng, kind, SMALL[1])
    gru = {"h_tilde", "z", "r", "h"}
    names = {"rnn": {"h"}, "gru": gru, "gru_reset_after": gru, "lstm": {"f", "i", "C_tilde", "o", "C", "h"}}
    assert set(net.cell.values(net.cell.forward(inputs, state))) == names[kind]


@pytest.mark.parametrize("shape", SMALL, ids=str)
def test_backward_is_the_slope_of_the_textbook(kind, make, rng, shape, dense_inputs):
    net = network(make, shape)
    inputs, targets, state = problem(rng, kind, shape, dense_inputs)
    assert net.forward(inputs, targets, *state) == pytest.approx(
        network_loss(net, inputs, targets, *state), rel=1e-13
    )
    at_states = net.backward(clip=None)
    at_states = at_states if kind == "lstm" else (at_states,)
    expected, expected_at_states = gradients(net, inputs, targets, *state)
    assert set(expected) | {"W", "b"} == set(net.gradients)
    for name, slope in expected.items():
        assert_close(net.gradients[name], slope, 1e-8)
    for d_state, slope in zip(at_states, expected_at_states, strict=True):
        assert_close(d_state, slope, 1e-8)


@pytest.mark.parametrize("shape", SHAPES[3:], ids=str)
def test_backward_of_a_large_cell_is_the_slope_along_random_directions(kind, make, rng, shape):
    net = network(make, shape)
    inputs, targets, state = problem(rng, kind, shape)
    net.forward(inputs, targets, *state)
    net.backward(clip=None)
    start = net.weights.flat.copy()
    for name in ("W", "b", "Wy", "by"):
        direction = np.zeros_like(start)
        offset, size = net.weights[name].ctypes.data - net.weights.flat.ctypes.data, net.weights[name].size
        direction[offset // 8 :][:size] = rng.standard_normal(size) / np.sqrt(size)

        def at(distance, direction=direction):
            net.weights.flat[:] = start + distance * direction
            return network_loss(net, inputs, targets, *state)

        slope = (8 * (at(1e-3) - at(-1e-3)) - (at(2e-3) - at(-2e-3))) / 12e-3
        assert net.gradients.flat @ direction == pytest.approx(slope, rel=1e-7, abs=1e-9), name


def test_gradients_at_every_step_are_slopes_at_that_steps_state(kind, make, rng):
    shape = T, _, D, _ = (5, 2, 4, 3)
    net = network(make, shape)
    inputs, targets, state = problem(rng, kind, shape)
    net.forward(inputs, targets, *state)
    net.backward(clip=None)
    x, weights = one_hot(inputs, D), net.equation_arguments()
    states = [state] + [
        tuple(getattr(step, name) for name in STATES[kind]) for step in run_cell(kind, x, state, weights)
    ]
    for t in range(1, T):
        # The rest of the text as a text of its own, plus what step t's own output adds to dh.
        _, rest = gradients(net, inputs[t:], targets[t:], *states[t])
        p = np.exp(log_softmax(np.matvec(net.Wy, states[t][0]) + net.by))
        d_logits = (p - one_hot(targets[t - 1], 3)) / len(p)
        own = np.where(targets[t - 1][:, None] >= 0, d_logits, 0) @ net.Wy
        assert_close(net.state_gradients.dh[t], rest[0] + own, 1e-8)
        if kind == "lstm":
            # C_t reaches the loss through h_t as well: h_t = o tanh(C_t).
            o, tanh_C = net.gates["o"][t - 1], np.tanh(states[t][1])
            through_h = net.state_gradients.dh[t] * o * (1 - tanh_C**2)
            assert_close(net.state_gradients.dC[t], rest[1] + through_h, 1e-8)


def test_d_last_is_an_error_that_comes_from_beyond(kind, make, rng):
    """L = sum of a · state_T: dL/dstate_0 by finite differences of the textbook."""
    shape = (4, 2, 3, 5)
    net = network(make, shape)
    inputs, _, state = problem(rng, kind, shape)
    d_last = tuple(rng.standard_normal(s.shape) for s in state)
    trace = net.cell.forward(inputs, state)
    _, found = net.cell.backward(trace, np.zeros((4, 2, 5)), d_last)

    def beyond(*nudged):
        *_, last = run_cell(kind, one_hot(inputs, 3), nudged, net.equation_arguments())
        return sum(
            (getattr(last, name) * d).sum(axis=(-2, -1)) for name, d in zip(STATES[kind], d_last, strict=True)
        )

    for k, name in enumerate(STATES[kind]):
        for b, j in [(0, 0), (1, 4)]:
            nudge = np.zeros_like(state[k])
            nudge[b, j] = 1e-5
            up, down = (beyond(*state[:k], state[k] + sign * nudge, *state[k + 1 :]) for sign in (1, -1))
            assert getattr(found, f"d{name}")[0, b, j] == pytest.approx((up - down) / 2e-5, rel=1e-6)


def test_one_long_pass_equals_three_short_ones(kind, make, rng):
    shape = T, B, D, H = (12, 3, 4, 5)
    net = network(make, shape)
    cell = net.cell
    inputs, _, state = problem(rng, kind, shape)
    dh_out = rng.standard_normal((T, B, H))
    trace = cell.forward(inputs, state)
    dz, d_states = cell.backward(trace, dh_out)

    pieces, carried = [], state
    for part in (slice(0, 3), slice(3, 8), slice(8, 12)):
        piece = cell.forward(inputs[part], carried)
        carried = tuple(getattr(piece, name)[-1] for name in cell.states)
        pieces.append((part, piece))
    for part, piece in pieces:
        np.testing.assert_allclose(piece.gates, trace.gates[part], rtol=0, atol=1e-14)

    d_last, total_W, total_b = None, 0, 0
    for part, piece in reversed(pieces):
        dz_part, d_part = cell.backward(piece, dh_out[part], d_last)
        d_last = tuple(getattr(d_part, f"d{name}")[0] for name in cell.states)
        np.testing.assert_allclose(dz_part, dz[part], rtol=0, atol=1e-13)
        dW, db = np.empty((len(cell.gates) * H, H + D)), np.empty(cell.b.size)
        cell.weight_gradients(piece, dz_part, dW, db)
        total_W, total_b = total_W + dW, total_b + db
    for name, d in zip(cell.states, d_last, strict=True):
        np.testing.assert_allclose(d, getattr(d_states, f"d{name}")[0], rtol=0, atol=1e-13)
    dW, db = np.empty_like(total_W), np.empty_like(total_b)
    cell.weight_gradients(trace, dz, dW, db)
    np.testing.assert_allclose(total_W, dW, rtol=0, atol=1e-12)
    np.testing.assert_allclose(total_b, db, rtol=0, atol=1e-12)


def everything(net, inputs, targets, state):
    net.forward(inputs, targets, *state)
    d_states = net.backward(clip=None)
    return np.concatenate([net.gradients.flat, *(np.ravel(d) for d in np.atleast_2d(d_states))])


def test_a_used_workspace_changes_no_result(kind, make, rng):
    net = network(make, (9, 3, 4, 6))
    problems = [
        problem(rng, kind, shape) for shape in [(9, 3, 4, 6), (9, 3, 4, 6), (5, 2, 4, 6), (9, 3, 4, 6)]
    ]
    fresh = [everything(net, *p) for p in problems]
    net.space = Workspace()
    for p, expected in zip(problems, fresh, strict=True):
        np.testing.assert_array_equal(everything(net, *p), expected)


def test_a_workspace_hands_out_the_same_memory_while_the_shape_stays():
    space = Workspace()
    first = space.empty("a", (2, 3), np.float64)
    assert space.empty("a", (2, 3), np.float64) is first
    assert space.empty("b", (2, 3), np.float64) is not first
    assert space.empty("a", (3, 2), np.float64).shape == (3, 2)
    assert space.empty("a", (3, 2), np.float32).dtype == np.float32


def test_without_a_workspace_a_trace_stays_valid(kind, make, rng):
    net = network(make, SMALL[2])
    inputs, _, state = problem(rng, kind, SMALL[2])
    trace = net.cell.forward(inputs, state)
    before = trace.gates.copy(), trace.h.copy()
    net.cell.forward(np.flip(inputs), state)
    np.testing.assert_array_equal(trace.gates, before[0])
    np.testing.assert_array_equal(trace.h, before[1])


def test_forward_and_backward_only_read_the_cell_and_the_states(kind, make, rng):
    """One model serves many: with memory that cannot be written both still work."""
    net = network(make, SMALL[2])
    inputs, _, state = problem(rng, kind, SMALL[2])
    cell = CELLS[kind](net.weights["W"].copy(), net.weights["b"].copy())
    attributes = set(vars(cell))
    for array in (cell.W, cell.b, inputs, *state):
        array.flags.writeable = False
        if array.base is not None:
            array.base.flags.writeable = False
    trace = cell.forward(inputs, state)
    for array in (trace.gates, trace.h):
        array.flags.writeable = False
    cell.backward(trace, np.ones(trace.h[1:].shape))
    assert set(vars(cell)) == attributes


def test_a_stepper_is_the_forward_pass_one_character_at_a_time(kind, make, rng):
    shape = T, _, _, H = (12, 1, 6, 33)
    net = network(make, shape)
    inputs, _, state = problem(rng, kind, shape)
    expected = net.cell.values(net.cell.forward(inputs, state))
    step = Stepper(net.cell, state)
    for t in range(T):
        step(int(inputs[t, 0]))
        values = step.values()
        assert set(values) == set(expected)
        for name, value in values.items():
            np.testing.assert_allclose(value, expected[name][t, 0], rtol=0, atol=1e-13, err_msg=name)
            assert value.shape == (H,)


def test_a_steppers_values_are_copies_and_the_given_state_is_left_alone(kind, make, rng):
    net = network(make, (2, 1, 4, 5))
    _, _, state = problem(rng, kind, (2, 1, 4, 5))
    before = [s.copy() for s in state]
    step = Stepper(net.cell, state)
    step(0)
    first = step.values()
    kept = {name: value.copy() for name, value in first.items()}
    step(1)
    for name, value in first.items():
        np.testing.assert_array_equal(value, kept[name])
    for given, old in zip(state, before, strict=True):
        np.testing.assert_array_equal(given, old)


def test_float32_is_near_float64(kind, make, rng):
    shape = (20, 4, 6, 32)
    inputs, targets, state = problem(rng, kind, shape)
    exact, single = network(make, shape), make(6, 32, 3, dtype=np.float32)
    single.weights.flat[:] = exact.weights.flat
    assert single.forward(inputs, targets, *state) == pytest.approx(
        exact.forward(inputs, targets, *state), rel=1e-5
    )
    exact.backward(clip=None), single.backward(clip=None)
    assert single.gradients.flat.dtype == np.float32
    assert_close(single.gradients.flat, exact.gradients.flat, 1e-5)


def test_saturated_gates_neither_warn_nor_overflow(kind, make):
    net = make(3, 4, 3)
    net.weights["W"][:] *= 1e4
    with np.errstate(all="raise", under="ignore"):
        values = net.cell.values(net.cell.forward(np.zeros((5, 2), int), net.zero_state(2)))
    assert all(np.isfinite(value).all() for value in values.values())


def test_the_loss_used_here_is_the_mean_over_sequences(kind, make, rng):
    """Guards the judge itself: two equal sequences have the loss of one."""
    net = network(make, SMALL[1])
    inputs, targets, state = problem(rng, kind, SMALL[1])
    weights = net.equation_arguments()
    one = loss(kind, one_hot(inputs, 4), targets, state, weights, net.Wy, net.by)
    two = loss(
        kind, one_hot(np.repeat(inputs, 2, 1), 4), np.repeat(targets, 2, 1),
        tuple(np.repeat(s, 2, 0) for s in state), weights, net.Wy, net.by,
    )  # fmt: skip
    assert one == pytest.approx(two, rel=1e-14)


@pytest.mark.parametrize(("dtype", "least"), [(np.float32, 6e-8), (np.float64, 1.2e-16)])
def test_a_gate_is_the_textbooks_to_the_digits_that_half_plus_half_a_tanh_has(dtype, least):
    net = LSTM(1, 1, 1, dtype=dtype)
    for bias in np.linspace(-45, 0, 91):
        net.weights.flat[:] = 0
        net.bf = bias
        net.forward([0], [0])
        gate, true = float(net.gates["f"][0, 0]), float(sigmoid(np.float64(bias)))
        assert gate == pytest.approx(true, abs=least)
        assert gate > 0 or true < least
