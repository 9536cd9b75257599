"""The textbook itself: known values, shapes, broadcasting."""

import inspect
import warnings

import numpy as np
import pytest

from lstm.equations import (
    GRUStep,
    LSTMStep,
    ResetAfterGRUStep,
    RNNStep,
    concatenate,
    gru_reset_after_step,
    gru_step,
    lstm_step,
    rnn_step,
    sigmoid,
)  # fmt: skip
from lstm.textbook_network import STEPS

TUPLES = {"rnn": RNNStep, "gru": GRUStep, "gru_reset_after": ResetAfterGRUStep, "lstm": LSTMStep}
D, H = 3, 2


def arguments(kind, rng, lead=()):
    """Random arguments of a step by name, each with the leading axes `lead`."""
    shapes = {"x": (D,), "h_prev": (H,), "C_prev": (H,), "W": (H, H + D), "b": (H,), "c": (H,)}
    names = inspect.signature(STEPS[kind]).parameters
    return {name: rng.standard_normal(lead + shapes[name if name in shapes else name[0]]) for name in names}


def test_sigmoid_of_huge_numbers_is_0_and_1_without_a_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        low, middle, high = sigmoid([-1000.0, 0.0, 1000.0])
    assert (low, middle, high) == (0, 0.5, 1)


def test_sigmoid_keeps_the_digits_of_a_nearly_closed_gate():
    assert sigmoid(-40.0) == pytest.approx(np.exp(-40), rel=1e-12)


def test_sigmoid_is_one_over_one_plus_exp(rng):
    z = rng.uniform(-30, 30, (4, 5))
    np.testing.assert_allclose(sigmoid(z), 1 / (1 + np.exp(-z)), rtol=1e-14)


def test_concatenation_has_the_state_first():
    np.testing.assert_array_equal(concatenate([1.0, 2.0], [3.0]), [1, 2, 3])


def test_rnn_by_hand():
    step = rnn_step([2.0], [0.5], [[0.4, 0.3]], [0.1])
    assert step.z_h[0] == pytest.approx(0.4 * 0.5 + 0.3 * 2 + 0.1)
    assert step.h[0] == pytest.approx(np.tanh(0.9))


def test_gru_by_hand():
    zero = [[0.0, 0.0]]
    step = gru_step([2.0], [0.8], zero, zero, [[1.0, 0.25]], [np.log(3)], [0.0], [0.0])
    assert step.z[0] == pytest.approx(0.75)
    assert step.r[0] == pytest.approx(0.5)
    np.testing.assert_allclose(step.concat_r, [0.4, 2.0])  # r acts on h_prev before the product
    assert step.h_tilde[0] == pytest.approx(np.tanh(0.9))
    assert step.h[0] == pytest.approx(0.75 * 0.8 + 0.25 * np.tanh(0.9))  # z keeps the old state


def test_gru_with_r_after_the_product_by_hand():
    zero = [[0.0, 0.0]]
    step = gru_reset_after_step(
        np.array([2.0]), np.array([0.8]), zero, zero, np.array([[1.0, 0.25]]),
        [np.log(3)], [0.0], [0.1], [0.2],
    )  # fmt: skip
    assert step.from_h[0] == pytest.approx(0.8 + 0.2)  # the product and the second bias, before r
    assert step.h_tilde[0] == pytest.approx(np.tanh(0.25 * 2 + 0.1 + 0.5 * 1.0))
    assert step.h[0] == pytest.approx(0.75 * 0.8 + 0.25 * np.tanh(1.1))


def test_lstm_by_hand():
    zero, log3 = [[0.0, 0.0]], [np.log(3)]
    step = lstm_step([2.0], [0.5], [1.5], zero, zero, [[0.4, 0.3]], zero, log3, [0.0], [0.1], log3)
    assert step.f[0] == pytest.approx(0.75)
    assert step.i[0] == pytest.approx(0.5)
    assert step.o[0] == pytest.approx(0.75)
    assert step.C_tilde[0] == pytest.approx(np.tanh(0.9))
    assert step.kept_part[0] == pytest.approx(0.75 * 1.5)
    assert step.added_part[0] == pytest.approx(0.5 * np.tanh(0.9))
    C = 0.75 * 1.5 + 0.5 * np.tanh(0.9)
    assert step.C[0] == pytest.approx(C)
    assert step.tanh_C[0] == pytest.approx(np.tanh(C))
    assert step.h[0] == pytest.approx(0.75 * np.tanh(C))


def test_an_lstm_with_open_forget_and_closed_input_gate_keeps_its_cell(rng):
    given = arguments("lstm", rng) | {"b_f": np.full(H, 50.0), "b_i": np.full(H, -50.0)}
    np.testing.assert_allclose(lstm_step(**given).C, given["C_prev"], rtol=1e-12)


def test_a_gru_with_open_update_gate_keeps_its_state(rng):
    given = arguments("gru", rng) | {"b_z": np.full(H, 50.0)}
    np.testing.assert_allclose(gru_step(**given).h, given["h_prev"], rtol=1e-12)


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("rnn", "concat z_h h"),
        ("gru", "concat z_z z_r z r concat_r z_h h_tilde h"),
        ("gru_reset_after", "concat z_z z_r z r from_h z_h h_tilde h"),
        ("lstm", "concat z_f z_i z_C z_o f i C_tilde kept_part added_part C o tanh_C h"),
    ],
)
def test_every_intermediate_has_its_name_and_shape(kind, names, rng):
    step = STEPS[kind](**arguments(kind, rng, lead=(6,)))
    assert isinstance(step, TUPLES[kind])
    assert step._fields == tuple(names.split())
    for name, value in step._asdict().items():
        assert value.shape == (6, H + D if name.startswith("concat") else H), name


def test_pre_activations_are_the_products_of_their_own_weights(rng):
    given = arguments("lstm", rng)
    step = lstm_step(**given)
    for gate in "fiCo":
        expected = given[f"W_{gate}"] @ np.concatenate([given["h_prev"], given["x"]]) + given[f"b_{gate}"]
        np.testing.assert_allclose(getattr(step, f"z_{gate}"), expected, rtol=1e-12)


def test_any_argument_may_carry_a_slider_range(kind, rng):
    """One call along a range of one argument equals a loop over it, for every argument."""
    given = arguments(kind, rng)
    for name, value in given.items():
        positions = value + np.linspace(-2, 2, 9).reshape(9, *np.ones(value.ndim, int))
        together = STEPS[kind](**given | {name: positions})
        for field in together._fields:  # what the argument does not touch has no range
            values = getattr(together, field)
            values = np.broadcast_to(values, (9, values.shape[-1]))
            alone = [getattr(STEPS[kind](**given | {name: position}), field) for position in positions]
            np.testing.assert_allclose(values, alone, rtol=1e-12, atol=1e-15, err_msg=f"{name}: {field}")


def test_leading_axes_of_different_arguments_broadcast_to_a_grid(kind, rng):
    given = arguments(kind, rng)
    given["x"] = rng.standard_normal((4, 1, D))
    given["h_prev"] = rng.standard_normal((1, 5, H))
    step = STEPS[kind](**given)
    assert step.h.shape == (4, 5, H)
    corner = STEPS[kind](**given | {"x": given["x"][3, 0], "h_prev": given["h_prev"][0, 2]})
    np.testing.assert_allclose(step.h[3, 2], corner.h, rtol=1e-12)


def test_shapes_that_do_not_fit_raise_value_error(kind, rng):
    given = arguments(kind, rng)
    with pytest.raises(ValueError):
        STEPS[kind](**given | {"x": np.zeros(D + 1)})


def test_a_step_does_not_write_into_its_arguments(kind, rng):
    given = arguments(kind, rng, lead=(2,))
    before = {name: value.copy() for name, value in given.items()}
    STEPS[kind](**given)
    for name, value in given.items():
        np.testing.assert_array_equal(value, before[name], err_msg=name)
