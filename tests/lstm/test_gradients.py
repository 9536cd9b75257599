"""Gradient norms through time: they are slopes, and they show what the course says they show."""

import numpy as np
import pytest

from lstm.gradients import GradientFlow, gradient_flow, random_cell, random_inputs
from tests.lstm.textbook import STATES, slopes, walk

SEEDS = 20
STEPS = 50
WEIGHTS = {"rnn": "h", "gru": "hzr", "lstm": "Cfio"}


def textbook_weights(kind, cell):
    """The cell's weights under the textbook's names, in the order in which the cell stores them."""
    return {f"W_{g}": W for g, W in zip(WEIGHTS[kind], cell.W, strict=True)} | {
        f"b_{g}": b for g, b in zip(WEIGHTS[kind], cell.b, strict=True)
    }


def test_the_norms_are_those_of_the_textbooks_slopes(kind):
    T, H = 8, 5
    cell = random_cell(kind, H, 4, seed=1)
    x = random_inputs(T, 4, seed=1)
    flow = gradient_flow(cell, x, seed=3)
    u = np.random.default_rng(3).standard_normal(H)
    u /= np.linalg.norm(u)
    weights = textbook_weights(kind, cell)

    states = [tuple(np.zeros(H) for _ in STATES[kind])]
    states += [tuple(getattr(s, n) for n in STATES[kind]) for s in walk(kind, x, states[0], weights)]

    def error_at_the_end(t, state):
        *_, last = walk(kind, x[t:], state, weights)
        return last.h @ u

    for t in range(1, T):
        state = states[t]
        dh = slopes(lambda h, t=t, state=state: error_at_the_end(t, (h, *state[1:])), state[0])
        assert flow.dh[t - 1] == pytest.approx(np.linalg.norm(dh), rel=1e-7)
        if kind == "lstm":
            # All roads from C_t: those through later steps, and through its own h_t = o tanh(C_t).
            dC = slopes(lambda C, t=t, state=state: error_at_the_end(t, (state[0], C)), state[1])
            through_h = state[0] / np.tanh(state[1]) * (1 - np.tanh(state[1]) ** 2)
            assert flow.dC[t - 1] == pytest.approx(np.linalg.norm(dC + dh * through_h), rel=1e-7)
    assert flow.dh[-1] == pytest.approx(1)


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


def test_without_forget_bias_an_lstm_forgets_like_an_rnn():
    assert median_ratio("lstm", forget_bias=0) < median_ratio("rnn", spectral_radius=0.9) < 1e-4


def test_the_keep_bias_does_the_same_for_a_gru():
    assert median_ratio("gru", keep_bias=3) > 1e6 * median_ratio("gru", keep_bias=0)


@pytest.mark.parametrize(("radius", "expected"), [(0.9, 2e-9), (1.5, 2e-2)])
def test_an_rnn_keeps_what_its_spectral_radius_lets_it(radius, expected):
    assert expected / 5 < median_ratio("rnn", spectral_radius=radius) < expected * 5


def test_a_tanh_rnn_explodes_only_if_its_input_leaves_it_room():
    """The same weights: with small inputs the error grows, with large ones tanh holds it down."""
    small, large = (median_ratio("rnn", scale, spectral_radius=1.5) for scale in (0.1, 2.0))
    assert small > 1e3 * large


def test_a_radius_of_1_does_not_keep_the_gradient():
    assert median_ratio("rnn", spectral_radius=1.0) < 1e-3


def test_the_product_of_the_forget_gates_understates_what_arrives():
    """dC_t/dC_{t-1} = f is one of two roads."""
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
