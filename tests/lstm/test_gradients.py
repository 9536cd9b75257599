"""Gradient norms through time: they are slopes, and they show what the course says they show."""

import numpy as np
import pytest

from lstm import InputError
from lstm.gradients import (
    GradientFlow,
    difference,
    digits_of_agreement,
    gradient_flow,
    random_cell,
    random_inputs,
    textbook,
    weight_gradient,
)
from lstm.textbook_network import STATES, run_cell
from tests.lstm.textbook import slopes

SEEDS = 20
STEPS = 50
WEIGHTS = {"rnn": "h", "gru": "hzr", "gru_reset_after": "hzr", "lstm": "Cfio"}


def textbook_weights(kind, cell):
    """The cell's weights under the textbook's names, in the order in which the cell stores them."""
    biases = [f"b_{g}" for g in WEIGHTS[kind]] + ["c_h"] * (kind == "gru_reset_after")
    return {f"W_{g}": W for g, W in zip(WEIGHTS[kind], cell.W, strict=True)} | dict(
        zip(biases, cell.b, strict=True)
    )


def test_the_norms_are_those_of_the_textbooks_slopes(kind):
    T, H = 8, 5
    cell = random_cell(kind, H, 4, seed=1)
    x = random_inputs(T, 4, seed=1)
    flow = gradient_flow(cell, x, seed=3)
    u = np.random.default_rng(3).standard_normal(H)
    u /= np.linalg.norm(u)
    weights = textbook_weights(kind, cell)

    states = [tuple(np.zeros(H) for _ in STATES[kind])]
    states += [tuple(getattr(s, n) for n in STATES[kind]) for s in run_cell(kind, x, states[0], weights)]

    def error_at_the_end(t, state):
        *_, last = run_cell(kind, x[t:], state, weights)
        return last.h @ u

    for t in range(1, T):
        state = states[t]
        dh = slopes(lambda h, t=t, state=state: error_at_the_end(t, (h, *state[1:])), state[0])
        assert flow.dh[t - 1] == pytest.approx(np.linalg.norm(dh), rel=1e-7)
        if kind == "lstm":
            # All paths from C_t: those through later steps, and through its own h_t = o tanh(C_t).
            dC = slopes(lambda C, t=t, state=state: error_at_the_end(t, (state[0], C)), state[1])
            through_h = state[0] / np.tanh(state[1]) * (1 - np.tanh(state[1]) ** 2)
            assert flow.dC[t - 1] == pytest.approx(np.linalg.norm(dC + dh * through_h), rel=1e-7)
    assert flow.dh[-1] == pytest.approx(1)


def test_the_cell_path_is_the_product_of_the_forget_gates():
    flow = gradient_flow(random_cell("lstm", 6, 3, forget_bias=1), random_inputs(9, 3))
    road, f = flow.cell_path(), flow.gates["f"]
    for t in range(1, 10):
        expected = flow.dC_units[-1] * np.prod(f[t:], axis=0)  # f_{t+1} … f_T
        np.testing.assert_allclose(road[t - 1], expected, rtol=1e-12)
    np.testing.assert_array_equal(road[-1], flow.dC_units[-1])
    with pytest.raises(InputError, match="Only an LSTM"):
        gradient_flow(random_cell("gru", 6, 3), random_inputs(9, 3)).cell_path()


def test_with_shut_gates_and_no_way_through_h_the_cell_path_is_the_whole():
    cell = random_cell("lstm", 6, 3, forget_bias=2)
    cell.W[:, :, :6] = 0  # nothing reads h: only the cell-state path is left
    flow = gradient_flow(cell, random_inputs(12, 3))
    np.testing.assert_allclose(flow.cell_path(), flow.dC_units, rtol=1e-12, atol=1e-300)


def test_the_textbooks_step_with_a_cells_weights_is_the_cell(kind):
    cell, x = random_cell(kind, 5, 3, seed=2), random_inputs(4, 3)
    step, state = textbook(cell), tuple(np.zeros(5) for _ in cell.states)
    for x_t in x:
        state = step(x_t, state)
    trace = cell.forward(x[:, None], tuple(np.zeros((1, 5)) for _ in cell.states))
    np.testing.assert_allclose(state[0], trace.h[-1, 0], rtol=1e-12)


# The settings in which the page opens, and those of its controls at which gradients are large and small.
SETTINGS = [
    ("rnn", {"spectral_radius": 0.9}),
    ("gru", {}),
    ("gru", {"keep_bias": 8}),
    ("lstm", {"forget_bias": 0}),
    ("lstm", {}),
    ("lstm", {"forget_bias": 3}),
    ("lstm", {"forget_bias": 8}),
]


@pytest.mark.parametrize(("kind", "how"), SETTINGS)
@pytest.mark.parametrize(("T", "H", "scale"), [(100, 32, 0.5), (200, 64, 0.0), (50, 32, 2.0)])
def test_gradients_agree_with_differences_of_the_textbook_to_6_digits(kind, how, T, H, scale):
    cell, x = random_cell(kind, H, **how), random_inputs(T, scale=scale)
    assert digits_of_agreement(cell, x, gradient_flow(cell, x)) >= 6


def test_a_wrong_gradient_does_not_agree(kind):
    cell, x = random_cell(kind, 8, 3), random_inputs(20, 3)
    other = random_cell(kind, 8, 3)
    other.b += 1e-2
    assert digits_of_agreement(cell, x, gradient_flow(other, x)) < 4
    assert digits_of_agreement(cell, x, gradient_flow(cell, x)) > 8


def test_the_difference_is_the_slope_of_the_error(kind):
    """Where the gradient is large enough, a plain difference of L says the same."""
    cell, x = random_cell(kind, 6, 3), random_inputs(4, 3)
    rng = np.random.default_rng(9)
    direction = tuple(rng.standard_normal(6) for _ in cell.states)
    u = np.random.default_rng(0).standard_normal(6)
    u /= np.linalg.norm(u)

    def error(step):
        state = tuple(step * d for d in direction)
        for x_t in x:
            state = textbook(cell)(x_t, state)
        return state[0] @ u

    assert difference(cell, x, direction) == pytest.approx((error(1e-5) - error(-1e-5)) / 2e-5, rel=1e-7)


def test_weight_gradients_are_slopes(kind):
    cell, x = random_cell(kind, 4, 3), random_inputs(6, 3)
    error, dW, db = weight_gradient(cell, x)
    W, b = cell.W.reshape(dW.shape), cell.b.reshape(db.shape)
    for array, gradient in ((W, dW), (b, db)):
        for index in [tuple(0 for _ in array.shape), tuple(n - 1 for n in array.shape)]:
            array[index] += 1e-6
            above = weight_gradient(cell, x)[0]
            array[index] -= 2e-6
            below = weight_gradient(cell, x)[0]
            array[index] += 1e-6
            assert gradient[index] == pytest.approx((above - below) / 2e-6, rel=1e-5, abs=1e-9)
    assert weight_gradient(cell, x)[0] == pytest.approx(error)


def test_norms_of_the_smallest_and_largest_numbers_are_no_zeros_and_no_infinities():
    flow = GradientFlow(np.array([[3e-200, 4e-200], [3e200, 4e200], [0.0, 0.0]]), None, {}, ())
    np.testing.assert_allclose(flow.dh, [5e-200, 5e200, 0])


@pytest.mark.parametrize("scale", [0.0, 2.0])
@pytest.mark.parametrize(
    ("kind", "how"),
    [
        ("lstm", {"forget_bias": 0}), ("lstm", {"forget_bias": 8}), ("gru", {"keep_bias": 8}),
        ("rnn", {"spectral_radius": 0.1}), ("rnn", {"spectral_radius": 3.0}),
    ],
)  # fmt: skip
def test_extremes_give_numbers_without_a_warning(kind, how, scale):
    with np.errstate(all="raise", under="ignore"):
        flow = gradient_flow(random_cell(kind, 128, **how), random_inputs(200, scale=scale))
    assert not np.isnan(flow.dh).any() and (flow.dh >= 0).all()


def test_drawing_a_cell_again_gives_it_new_weights_to_write_into():
    first = random_cell("rnn", 5, 3, spectral_radius=1.5)
    first.W[:] = 0
    assert random_cell("rnn", 5, 3, spectral_radius=1.5).W.any()


def test_a_flow_has_one_number_a_step(kind):
    flow = gradient_flow(random_cell(kind, 6, 3), random_inputs(9, 3))
    assert isinstance(flow, GradientFlow) and flow.dh.shape == (9,)
    assert (flow.dC is not None and flow.dC.shape == (9,)) == (kind == "lstm")


def test_characters_give_the_flow_of_their_one_hot_vectors(kind):
    cell, ids = random_cell(kind, 6, 3), np.array([0, 2, 1, 1])
    np.testing.assert_allclose(
        gradient_flow(cell, ids).dh, gradient_flow(cell, np.eye(3)[ids]).dh, rtol=1e-12
    )


def test_a_given_state_matters(kind):
    cell, x = random_cell(kind, 6, 3), random_inputs(9, 3)
    state = tuple(np.ones((1, 6)) for _ in cell.states)
    assert not np.allclose(gradient_flow(cell, x, state).dh[:-1], gradient_flow(cell, x).dh[:-1])


def test_tiny_float32_gradients_do_not_become_0():
    cell = random_cell("rnn", 8, 4, spectral_radius=0.3, dtype=np.float32)
    flow = gradient_flow(cell, random_inputs(45, 4))
    assert flow.dh.dtype == np.float64
    assert 0 < flow.dh[0] < 1e-23  # whose square no float32 can hold


def test_seeds_make_cells_inputs_and_directions_repeatable(kind):
    np.testing.assert_array_equal(random_cell(kind, seed=4).W, random_cell(kind, seed=4).W)
    assert not np.array_equal(random_cell(kind, seed=4).W, random_cell(kind, seed=5).W)
    np.testing.assert_array_equal(random_inputs(5, seed=4), random_inputs(5, seed=4))
    assert not np.array_equal(random_inputs(5, seed=4), random_inputs(5, seed=5))


def test_inputs_have_the_asked_size_and_the_recurrent_weights_the_asked_radius():
    assert random_inputs(500, 20, scale=0.5).std() == pytest.approx(0.5, rel=0.03)
    W_h = random_cell("rnn", 32, spectral_radius=1.5).W[0, :, :32]
    assert np.abs(np.linalg.eigvals(W_h)).max() == pytest.approx(1.5)


def test_biases_are_0_but_for_the_one_that_was_chosen():
    lstm = random_cell("lstm", 4, forget_bias=3)
    assert (lstm.b[lstm.gates.index("f")] == 3).all() and lstm.b.sum() == 12
    gru = random_cell("gru", 4, keep_bias=2)
    assert (gru.b[gru.gates.index("z")] == 2).all() and gru.b.sum() == 8
    assert not random_cell("rnn", 4).b.any()


# -- what the course says (H = 32, D = 16, inputs 0.5, 50 steps; medians of 20 seeds) --


def median_ratio(kind, scale=0.5, which="dh", **how):
    """Norm at step 1 divided by that at step T."""
    ratios = []
    for seed in range(SEEDS):
        norms = getattr(
            gradient_flow(
                random_cell(kind, seed=seed, **how), random_inputs(STEPS, scale=scale, seed=seed), seed=seed
            ),
            which,
        )
        ratios.append(norms[0] / norms[-1])
    return np.median(ratios)


@pytest.mark.parametrize(("forget_bias", "expected", "factor"), [(0, 7e-10, 10), (1, 2e-4, 5), (3, 3e-1, 3)])
def test_the_forget_bias_decides_what_an_lstm_keeps(forget_bias, expected, factor):
    assert expected / factor < median_ratio("lstm", forget_bias=forget_bias) < expected * factor


def test_with_a_forget_bias_of_5_the_error_at_the_cell_grows():
    assert 11 / 3 < median_ratio("lstm", which="dC", forget_bias=5) < 11 * 3


def test_more_forget_bias_keeps_more():
    zero, one, three = (median_ratio("lstm", forget_bias=b) for b in (0, 1, 3))
    assert three > 100 * one > 100 * zero


def test_without_forget_bias_an_lstm_loses_far_more_than_an_rnn():
    assert 100 * median_ratio("lstm", forget_bias=0) < median_ratio("rnn", spectral_radius=0.9) < 1e-4


def test_the_update_gate_bias_does_the_same_for_a_gru():
    assert median_ratio("gru", keep_bias=3) > 1e6 * median_ratio("gru", keep_bias=0)


@pytest.mark.parametrize(("radius", "expected"), [(0.9, 1.2e-6), (1.5, 0.58)])
def test_an_rnn_keeps_what_its_spectral_radius_lets_it(radius, expected):
    assert expected / 5 < median_ratio("rnn", spectral_radius=radius) < expected * 5


def test_a_tanh_rnn_explodes_only_if_its_input_leaves_it_room():
    """The same weights: with small inputs the error grows, with large ones tanh holds it down."""
    small, large = (median_ratio("rnn", scale, spectral_radius=1.5) for scale in (0.1, 2.0))
    assert small > 1e3 * large


def test_a_radius_of_1_does_not_keep_the_gradient():
    assert median_ratio("rnn", spectral_radius=1.0) < 1e-3


def test_the_product_of_the_forget_gates_understates_what_arrives():
    """dC_t/dC_{t-1} = f is one of two gradient paths."""
    understated = []
    for seed in range(SEEDS):
        cell, x = random_cell("lstm", seed=seed), random_inputs(STEPS, seed=seed)
        dC = gradient_flow(cell, x, seed=seed).dC
        trace = cell.forward(x[:, None], tuple(np.zeros((1, 32)) for _ in "hC"))
        f = cell.values(trace)["f"][1:, 0]
        # What f alone hands back of the error at the last cell.
        u = np.random.default_rng(seed).standard_normal(32)
        last = u / np.linalg.norm(u) * cell.values(trace)["o"][-1, 0] * (1 - np.tanh(trace.C[-1, 0]) ** 2)
        assert np.linalg.norm(last) == pytest.approx(dC[-1])
        understated.append(dC[0] / np.linalg.norm(last * f.prod(axis=0)))
    assert 500 < np.median(understated) < 50_000


# -- what other libraries start with --

STARTING = [("lstm", "f"), ("gru", "z"), ("rnn", "h"), ("gru_reset_after", "z")]


@pytest.mark.parametrize(("kind", "gate"), STARTING)
def test_pytorchs_start_is_uniform_in_one_over_the_root_of_h_biases_too(kind, gate):
    cell = random_cell(kind, 64, 16, start="pytorch", forget_bias=0)
    end = 1 / 8  # 1 / √64
    assert 0.95 * end < np.abs(cell.W).max() <= end
    assert cell.W.std() == pytest.approx(end / np.sqrt(3), rel=0.02)
    b = cell.b[: len(cell.gates)]
    assert end < np.abs(b).max() <= 2 * end and abs(b.mean()) < end / 4  # two biases are added
    if kind == "gru_reset_after":
        assert np.abs(cell.b[[cell.gates.index("h_tilde"), -1]]).max() <= end  # these two are not


def test_kerass_start_is_orthogonal_and_glorot_with_a_forget_bias_of_1():
    H, D = 24, 10
    cell = random_cell("lstm", H, D, start="keras")
    recurrent = cell.W[:, :, :H].reshape(4 * H, H)
    np.testing.assert_allclose(recurrent.T @ recurrent, np.eye(H), atol=1e-12)
    end = np.sqrt(6 / (D + 4 * H))
    assert 0.95 * end < np.abs(cell.W[:, :, H:]).max() <= end
    assert (cell.b[cell.gates.index("f")] == 1).all() and cell.b.sum() == H
    np.testing.assert_allclose(
        np.abs(np.linalg.eigvals(random_cell("rnn", H, D, start="keras").W[0, :, :H])), 1
    )


@pytest.mark.parametrize("start", ["pytorch", "keras"])
def test_a_slider_still_moves_what_a_library_starts_with(start):
    apart = [random_cell("lstm", start=start, forget_bias=bias).b for bias in (0, 2)]
    assert (apart[1] - apart[0]).sum() == pytest.approx(2 * 32)
    W_h = random_cell("rnn", start=start, spectral_radius=0.7).W[0, :, :32]
    assert np.abs(np.linalg.eigvals(W_h)).max() == pytest.approx(0.7)


def test_pytorchs_start_loses_far_more_than_a_forget_bias_of_1():
    pytorch = median_ratio("lstm", start="pytorch", forget_bias=0)
    assert 1e-12 < pytorch < 1e-10 < 1e-4 < median_ratio("lstm", forget_bias=1) < 1e-3


def test_a_start_that_is_none_is_refused():
    with pytest.raises(InputError, match="course, pytorch, keras"):
        random_cell("rnn", start="jax")
