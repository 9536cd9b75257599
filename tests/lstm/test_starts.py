"""First weights by other rules: chrono biases and orthogonal recurrent weights."""

import numpy as np
import pytest

from lstm import LSTM
from lstm.cells import CELLS
from lstm.errors import InputError
from lstm.gradient_ranges import flow_over_bias_sets
from lstm.gradients import gradient_flow, random_cell, random_inputs
from lstm.network.starts import FORGET_BIAS, STARTS, chrono_biases, write_start
from lstm.scalar import half_life


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


@pytest.mark.parametrize("T_max", [2, 3, 20, 100, 1000])
def test_chrono_biases_are_logarithms_of_uniform_numbers(T_max):
    u = np.exp(np.concatenate([chrono_biases(500, T_max, seed) for seed in range(8)]))
    assert u.min() >= 1 - 1e-12 and u.max() <= T_max - 1 + 1e-9
    # Evenly spread: the sorted numbers lie on the line from 1 to T_max − 1.
    line = 1 + (T_max - 2) * (np.arange(len(u)) + 0.5) / len(u)
    np.testing.assert_allclose(np.sort(u), line, atol=0.04 * (T_max - 2) + 1e-12)


def test_chrono_gates_forget_over_a_spread_of_times():
    T_max, b_f = 100, chrono_biases(4000, 100, 0)
    f = sigmoid(b_f)
    np.testing.assert_allclose(1 / (1 - f), 1 + np.exp(b_f))  # the time scale, 2 … T_max steps
    assert half_life(f).min() == pytest.approx(1, abs=0.05)
    assert half_life(f).max() == pytest.approx(np.log(0.5) / np.log(1 - 1 / T_max), rel=0.01)  # 69 steps
    # Half of the units have time scales above T_max / 2; with one bias for all there is one time scale.
    assert (1 / (1 - f) > T_max / 2).mean() == pytest.approx(0.5, abs=0.03)


def test_another_T_max_stretches_the_same_draw():
    near, far = (np.exp(chrono_biases(32, T_max, 7)) - 1 for T_max in (12, 102))
    np.testing.assert_allclose(10 * near, far)
    assert not np.allclose(chrono_biases(32, 12, 7), chrono_biases(32, 12, 8))


@pytest.mark.parametrize("T_max", [1.9, 0, -3, float("nan"), float("inf")])
def test_a_T_max_without_a_time_scale_is_refused(T_max):
    with pytest.raises(InputError, match="T_max must be at least 2"):
        chrono_biases(8, T_max, 0)


def test_a_chrono_cell_has_opposite_input_biases_and_this_courses_weights():
    chrono, ours = random_cell("lstm", 24, 10, T_max=50, seed=3), random_cell("lstm", 24, 10, seed=3)
    f, i = (chrono.gates.index(gate) for gate in "fi")
    np.testing.assert_array_equal(chrono.b[f], chrono_biases(24, 50, 3))
    np.testing.assert_array_equal(chrono.b[i], -chrono.b[f])
    np.testing.assert_allclose(sigmoid(chrono.b[i]), 1 - sigmoid(chrono.b[f]))  # write what is forgotten
    np.testing.assert_array_equal(chrono.W, ours.W)
    others = [k for k in range(4) if k not in (f, i)]
    assert (chrono.b[others] == 0).all()
    with pytest.raises(InputError, match="T_max"):
        random_cell("lstm", T_max=1)


@pytest.mark.parametrize("kind", CELLS)
def test_orthogonal_recurrent_weights_keep_the_length_of_a_vector_in_each_block(kind):
    H, D = 24, 10
    cell, ours = (random_cell(kind, H, D, start=start, seed=5) for start in ("orthogonal", "course"))
    v = np.random.default_rng(0).standard_normal(H)
    for block in cell.W[:, :, :H]:
        np.testing.assert_allclose(block.T @ block, np.eye(H), atol=1e-12)
        assert np.linalg.norm(block @ v) == pytest.approx(np.linalg.norm(v))
    np.testing.assert_array_equal(cell.W[:, :, H:], ours.W[:, :, H:])
    np.testing.assert_array_equal(cell.b, ours.b)
    blocks = {block.tobytes() for block in cell.W[:, :, :H]}
    assert len(blocks) == len(cell.gates)  # each has a matrix of its own


def test_kerass_blocks_together_are_orthonormal_and_each_alone_shortens():
    H = 32
    recurrent = random_cell("lstm", H, 16, start="keras").W[:, :, :H]
    lengths = [np.linalg.norm(block, 2) for block in recurrent]  # the largest factor of a vector's length
    assert max(lengths) < 1 and np.mean([np.linalg.norm(b) ** 2 for b in recurrent]) == pytest.approx(H / 4)


def test_an_orthogonal_rnn_has_a_spectral_radius_of_1():
    W_h = random_cell("rnn", start="orthogonal").W[0, :, :32]
    np.testing.assert_allclose(np.abs(np.linalg.eigvals(W_h)), 1)


@pytest.mark.parametrize("start", STARTS)
def test_a_network_gets_the_weights_of_the_cell_whose_gradients_are_measured(start):
    bias = FORGET_BIAS[start]
    net = LSTM(16, 32, 16, seed=4, dtype=np.float64)
    readout = net.Wy.copy()
    write_start(net.cell, start, 4, forget_bias=bias)
    cell = random_cell("lstm", 32, 16, seed=4, start=start, forget_bias=bias)
    np.testing.assert_array_equal(net.cell.W, cell.W)
    np.testing.assert_array_equal(net.bf, cell.b[cell.gates.index("f")])
    np.testing.assert_array_equal(net.Wf, cell.W[cell.gates.index("f")])
    np.testing.assert_array_equal(net.Wy, readout)
    assert net.bf.mean() == pytest.approx(bias, abs=0.1)


def test_this_courses_start_is_that_of_a_new_network():
    net, twin = (LSTM(9, 32, 9, seed=2, dtype=np.float64) for _ in range(2))
    write_start(twin.cell, "course", 2, forget_bias=1)
    np.testing.assert_array_equal(net.weights.flat, twin.weights.flat)


def test_sets_of_biases_in_one_batch_have_the_flows_of_each_alone():
    H, D, x, seed = 12, 7, random_inputs(30, 7), 3
    base = random_cell("lstm", H, D, forget_bias=0, seed=seed)
    f, i = (base.gates.index(gate) for gate in "fi")
    sets = np.zeros((3, 4, H))
    for each, T_max in zip(sets, (3, 20, 200), strict=True):
        each[f] = chrono_biases(H, T_max, seed)
        each[i] = -each[f]
    flows = flow_over_bias_sets(base, sets, x, seed)
    for k, T_max in enumerate((3, 20, 200)):
        alone = gradient_flow(random_cell("lstm", H, D, T_max=T_max, seed=seed), x, seed=seed)
        np.testing.assert_allclose(flows.flow(k).dh, alone.dh, rtol=1e-9)
        np.testing.assert_allclose(flows.flow(k).dC, alone.dC, rtol=1e-9)
        np.testing.assert_allclose(flows.flow(k).gates["f"], alone.gates["f"], rtol=1e-12)
    with pytest.raises(InputError, match="set of biases"):
        flow_over_bias_sets(base, sets[:, :, 1:], x)
