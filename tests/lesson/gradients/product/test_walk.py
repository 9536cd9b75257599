"""The product that is written out is the library's backpropagation, and that is the textbook's derivative."""

import numpy as np
import pytest

from lesson.gradients.parameters import INPUT_SCALE, PRODUCT_SEED, RADIUS
from lesson.gradients.product.walk import STEPS, left_after, network, walk, walks
from lstm.equations import rnn_step
from lstm.gradients import gradient_flow

SETUPS = [
    network(),
    network(1.6, 1.0, 7),
    network(3.0, 0.0, 88),
    network(0.1, 2.0, 40),
    network(2.2, 0.3, 99),
]


@pytest.mark.parametrize("setup", SETUPS)
def test_the_product_of_the_factors_is_the_gradient_of_backpropagation(setup):
    way, flow = walk(setup), gradient_flow(setup.cell("rnn"), setup.inputs(), seed=setup.seed)
    product = np.eye(2)
    for k, matrix in enumerate(way.matrices, 1):
        product = matrix @ product
        np.testing.assert_allclose(product @ flow.dh_units[-1], flow.dh_units[-1 - k], rtol=1e-12, atol=0)
    np.testing.assert_allclose(way.arrows, flow.dh_units[::-1], rtol=1e-12, atol=0)


@pytest.mark.parametrize("setup", SETUPS)
def test_a_factor_is_the_transposed_jacobian_of_the_textbook_step(setup):
    """By finite differences of the textbook's step, unit by unit."""
    cell, way, x = setup.cell("rnn"), walk(setup), setup.inputs()
    W, b, h, nudge = cell.W[0], cell.b[0], np.zeros(2), 1e-6
    states = [h := rnn_step(x_t, h, W, b).h for x_t in x]
    for k in (1, 2, 17, STEPS - 1):
        h_prev, x_t = states[STEPS - k - 1], x[STEPS - k]
        ahead, behind = (
            np.stack([rnn_step(x_t, h_prev + sign * nudge * unit, W, b).h for unit in np.eye(2)])
            for sign in (1, -1)
        )
        # A row for each unit of h_{t−1}: the Jacobian, transposed.
        np.testing.assert_allclose(way.matrices[k - 1], (ahead - behind) / (2 * nudge), atol=1e-7)
        np.testing.assert_allclose(way.slopes[k - 1], 1 - states[STEPS - k] ** 2, rtol=1e-9, atol=1e-15)


@pytest.mark.parametrize("setup", SETUPS)
def test_each_factor_is_the_weights_times_the_slopes_and_the_arrow_between_them(setup):
    way = walk(setup)
    for k in range(STEPS - 1):
        between = np.diag(way.slopes[k]) @ way.arrows[k]
        np.testing.assert_allclose(way.matrices[k], way.W_h.T @ np.diag(way.slopes[k]), rtol=1e-12)
        np.testing.assert_allclose(way.after_slopes[k], between, rtol=1e-12)
        np.testing.assert_allclose(way.arrows[k + 1], way.W_h.T @ between, rtol=1e-9, atol=1e-300)
    assert way.lengths[0] == pytest.approx(1, rel=1e-12)
    assert np.abs(np.linalg.eigvals(way.W_h)).max() == pytest.approx(setup.radius, rel=1e-9)


@pytest.mark.parametrize("setup", SETUPS)
def test_without_tanh_the_weights_alone_are_multiplied(setup):
    way = walk(setup)
    for k in (0, 1, 5, STEPS - 1):
        power = np.linalg.matrix_power(way.W_h.T, k)
        np.testing.assert_allclose(way.alone[k], power @ way.arrows[0], rtol=1e-9)


@pytest.mark.parametrize(("setting", "control"), [("radius", RADIUS), ("scale", INPUT_SCALE)])
def test_along_a_slider_each_walk_is_that_of_its_value(setting, control):
    each = walks(network(1.3, 0.7, 12), setting, control.grid)
    for value, way in list(zip(control.grid, each, strict=True))[::6]:
        single = walk(network(1.3, 0.7, 12)._replace(**{setting: value}))
        for one, other in zip(way, single, strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-300)
    left = left_after(network(1.3, 0.7, 12), setting, control.grid, 20)
    for k, value in list(enumerate(control.grid))[::6]:
        setup = network(1.3, 0.7, 12)._replace(**{setting: value})
        norms = gradient_flow(setup.cell("rnn"), setup._replace(T=21).inputs(), seed=12).dh
        assert left[k] == pytest.approx(norms[0] / norms[-1], rel=1e-9)


@pytest.mark.slow
def test_no_network_loses_its_arrow_altogether():
    """So no sentence has to speak of an arrow of length 0, and no quotient is more than any number."""
    for seed in PRODUCT_SEED.values:
        for scale in (0.0, 0.1, 2.0):
            each = walks(network(scale=scale, seed=seed), "radius", (0.1, 1.0, 2.0, 3.0))
            assert min(one.lengths.min() for one in each) > 1e-140
            assert max(one.lengths.max() for one in each) < 1e140
