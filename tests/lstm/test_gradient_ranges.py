"""Gradients along a range are those of each value alone, to the rounding of float64."""

import numpy as np
import pytest

from lstm import InputError
from lstm.gradient_ranges import flow_over_biases, flow_over_factors, flow_over_inputs
from lstm.gradients import gradient_flow, random_cell, random_inputs

T, H, SEED = 40, 12, 5


def same_flow(flow, alone):
    """Whether two flows are equal to 12 digits of what is large in them, step by step."""
    pairs = [
        (flow.dh_units, alone.dh_units),
        *((flow.gates[name], alone.gates[name]) for name in alone.gates),
    ]
    if alone.dC_units is not None:
        pairs.append((flow.dC_units, alone.dC_units))
    pairs += [(a[None], b[None]) for a, b in zip(flow.at_start, alone.at_start, strict=True)]
    return all((np.abs(a - b).max(1) <= 1e-12 * np.abs(b).max(1)).all() for a, b in pairs)


@pytest.mark.parametrize(
    ("kind", "gate", "name"),
    [("lstm", "f", "forget_bias"), ("gru", "z", "keep_bias"), ("gru_reset_after", "z", "keep_bias")],
)
def test_a_range_of_biases(kind, gate, name):
    x, biases = random_inputs(T, seed=SEED), (0.0, 0.75, 3.0, 8.0)
    flow = flow_over_biases(random_cell(kind, H, seed=SEED, **{name: 0.0}), gate, biases, x, SEED)
    assert flow.dh_units.shape == (T, len(biases), H) and flow.dh.shape == (T, len(biases))
    for k, bias in enumerate(biases):
        alone = gradient_flow(random_cell(kind, H, seed=SEED, **{name: bias}), x, seed=SEED)
        assert same_flow(flow.flow(k), alone)
    assert not same_flow(flow.flow(0), alone)


def test_what_a_bias_is_by_itself_is_added_to_and_others_stay(rng):
    cell, x = random_cell("lstm", H), random_inputs(T)
    cell.b[:] = rng.standard_normal(cell.b.shape)
    flow = flow_over_biases(cell, "i", (1.5,), x)
    cell.b[cell.gates.index("i")] += 1.5
    assert same_flow(flow.flow(0), gradient_flow(cell, x))


def test_a_range_of_spectral_radii():
    x, radii = random_inputs(T, seed=SEED), (0.1, 0.9, 1.5, 2.0)
    unit = random_cell("rnn", H, seed=SEED, spectral_radius=1.0)
    unit.b[:] = 0.3
    flow = flow_over_factors(unit, radii, x, SEED)
    for k, radius in enumerate(radii):
        cell = random_cell("rnn", H, seed=SEED, spectral_radius=radius)
        cell.b[:] = 0.3
        assert same_flow(flow.flow(k), gradient_flow(cell, x, seed=SEED))


@pytest.mark.parametrize("kind", ["lstm", "gru", "rnn"])
def test_a_range_of_inputs(kind):
    cell, scales = random_cell(kind, H, seed=SEED), (0.0, 0.5, 2.0)
    inputs = np.stack([random_inputs(T, scale=scale, seed=SEED) for scale in scales])
    flow = flow_over_inputs(cell, inputs, SEED)
    for k, x in enumerate(inputs):
        assert same_flow(flow.flow(k), gradient_flow(cell, x, seed=SEED))


def test_norms_and_the_cells_own_path_are_those_of_each_flow():
    flow = flow_over_biases(random_cell("lstm", H), "f", (0.0, 1.0, 5.0), random_inputs(T))
    for k in range(3):
        alone = flow.flow(k)
        np.testing.assert_array_equal(flow.dh[:, k], alone.dh)
        np.testing.assert_array_equal(flow.dC[:, k], alone.dC)
        np.testing.assert_array_equal(flow.cell_path()[:, k], alone.cell_path())


def test_what_cannot_be_is_refused():
    with pytest.raises(InputError, match="C_tilde, f, i, o, not z"):
        flow_over_biases(random_cell("lstm", 4), "z", (1.0,), random_inputs(3))
    with pytest.raises(InputError, match="at least one step"):
        flow_over_inputs(random_cell("lstm", 4), np.zeros((2, 0, 16)))
