"""The scalar cell is the textbook's, alone, over time and broadcast."""

import numpy as np
import pytest

from lstm.equations import gru_step, lstm_step, rnn_step
from lstm.scalar import (
    GATES,
    GRU_GATES,
    GRU_PARAMETERS,
    PARAMETERS,
    half_life,
    parts_of_gru_state,
    scalar_gru_run,
    scalar_gru_step,
    scalar_rnn_run,
    scalar_run,
    scalar_step,
)


@pytest.fixture
def setting(rng):
    return {name: rng.normal() for name in (*PARAMETERS, "x", "h_prev", "C_prev")}


def textbook(s, x, h, C):
    """One plain call of the textbook."""
    W = [np.array([[s[f"w_{gate}h"], s[f"w_{gate}x"]]]) for gate in GATES]
    b = [np.array([s[f"b_{gate}"]]) for gate in GATES]
    return lstm_step(np.array([x]), np.array([h]), np.array([C]), *W, *b)


def test_a_step_is_the_textbook(setting):
    found = scalar_step(setting)
    expected = textbook(setting, setting["x"], setting["h_prev"], setting["C_prev"])
    for name in found._fields[1:]:
        assert getattr(found, name) == getattr(expected, name)[0], name
    assert found.concat.tolist() == expected.concat.tolist()


def test_a_run_is_one_step_after_the_other(setting, rng):
    x = rng.normal(size=12)
    found = scalar_run(setting, x)
    h, C = setting["h_prev"], setting["C_prev"]
    for t in range(12):
        step = textbook(setting, x[t], h, C)
        h, C = step.h[0], step.C[0]
        for name in found._fields[1:]:
            assert getattr(found, name)[t] == getattr(step, name)[0], (t, name)
    assert found.concat.shape == (12, 2)


@pytest.mark.parametrize("name", [*PARAMETERS, "h_prev", "C_prev"])
def test_a_run_along_a_slider_is_a_run_at_every_position(setting, rng, name):
    x, along = rng.normal(size=5), np.linspace(-3, 3, 7)
    together = scalar_run({**setting, name: along}, x)
    for position, value in enumerate(along):
        alone = scalar_run({**setting, name: value}, x)
        for quantity in together._fields[1:]:
            np.testing.assert_allclose(
                getattr(together, quantity)[:, position], getattr(alone, quantity), rtol=1e-13, atol=0
            )


def test_many_settings_on_many_sequences(setting, rng):
    x = rng.normal(size=(6, 1, 4))
    biases = rng.normal(size=(3, 1))
    found = scalar_run({**setting, "b_f": biases}, x)
    assert found.C.shape == found.z_o.shape == (6, 3, 4)
    assert found.concat.shape == (6, 3, 4, 2)
    alone = scalar_run({**setting, "b_f": biases[2, 0]}, x[:, 0, 3])
    np.testing.assert_allclose(found.C[:, 2, 3], alone.C, rtol=1e-13)


def test_the_rnn_has_the_candidates_weights(setting, rng):
    x = rng.normal(size=9)
    found = scalar_rnn_run(setting, x)
    h = np.array([setting["h_prev"]])
    for t in range(9):
        W = np.array([[setting["w_Ch"], setting["w_Cx"]]])
        h = rnn_step(np.array([x[t]]), h, W, np.array([setting["b_C"]])).h
        assert found[t] == h[0]
    along = scalar_rnn_run({**setting, "w_Ch": np.array([0.0, setting["w_Ch"]])}, x)
    np.testing.assert_allclose(along[:, 1], found, rtol=1e-13)
    assert along.shape == (9, 2)


def test_a_run_without_a_step_and_a_missing_name_are_refused(setting):
    for nothing in ([], 3.0):
        with pytest.raises(ValueError, match="at least one step"):
            scalar_run(setting, nothing)
    del setting["b_o"]
    with pytest.raises(KeyError, match="b_o"):
        scalar_run(setting, [1.0])


def test_the_half_life_is_where_half_is_left():
    f = np.array([0.3, 0.73, 0.95, 0.99])
    np.testing.assert_allclose(f ** half_life(f), 0.5)
    assert half_life([0, 1]).tolist() == [0, np.inf]
    assert half_life(0.95) == pytest.approx(13.5, abs=0.05)
    assert np.isfinite(half_life(np.nextafter(1, 0)))


@pytest.fixture
def gru_setting(rng):
    return {name: rng.normal() for name in (*GRU_PARAMETERS, "x", "h_prev")}


def textbook_gru(s, x, h):
    """One plain call of the textbook."""
    W = [np.array([[s[f"w_{gate}h"], s[f"w_{gate}x"]]]) for gate in GRU_GATES]
    return gru_step(np.array([x]), np.array([h]), *W, *(np.array([s[f"b_{gate}"]]) for gate in GRU_GATES))


def test_a_step_of_a_gru_is_the_textbook_and_its_equations_by_hand(gru_setting):
    s = gru_setting
    found, expected = scalar_gru_step(s), textbook_gru(s, s["x"], s["h_prev"])
    for name, value in expected._asdict().items():
        plain = value if name.startswith("concat") else value[0]
        assert getattr(found, name).tolist() == plain.tolist(), name
    z = 1 / (1 + np.exp(-(s["w_zh"] * s["h_prev"] + s["w_zx"] * s["x"] + s["b_z"])))
    r = 1 / (1 + np.exp(-(s["w_rh"] * s["h_prev"] + s["w_rx"] * s["x"] + s["b_r"])))
    h_tilde = np.tanh(s["w_hh"] * r * s["h_prev"] + s["w_hx"] * s["x"] + s["b_h"])
    assert found.h == pytest.approx(z * s["h_prev"] + (1 - z) * h_tilde, rel=1e-12)
    old, new = parts_of_gru_state(found, s["h_prev"])
    assert (old, new) == (pytest.approx(z * s["h_prev"]), pytest.approx((1 - z) * h_tilde))
    assert old + new == pytest.approx(float(found.h), rel=1e-12)


def test_a_run_of_a_gru_is_one_step_after_the_other(gru_setting, rng):
    x = rng.normal(size=12)
    found, h = scalar_gru_run(gru_setting, x), gru_setting["h_prev"]
    for t in range(12):
        step = textbook_gru(gru_setting, x[t], h)
        h = step.h[0]
        for name in ("z_z", "z_r", "z", "r", "z_h", "h_tilde", "h"):
            assert getattr(found, name)[t] == getattr(step, name)[0], (t, name)
        assert found.concat_r[t].tolist() == step.concat_r.tolist()
    assert found.concat.shape == found.concat_r.shape == (12, 2)


@pytest.mark.parametrize("name", [*GRU_PARAMETERS, "h_prev"])
def test_a_run_of_a_gru_along_a_slider_is_a_run_at_every_position(gru_setting, rng, name):
    x, along = rng.normal(size=5), np.linspace(-3, 3, 7)
    together = scalar_gru_run({**gru_setting, name: along}, x[:, None])
    assert {value.shape[:2] for value in together} == {(5, 7)}
    for position, value in enumerate(along):
        alone = scalar_gru_run({**gru_setting, name: value}, x)
        for quantity in together._fields:
            np.testing.assert_allclose(
                getattr(together, quantity)[:, position], getattr(alone, quantity), rtol=1e-13, atol=0
            )


def test_a_gru_without_a_step_or_with_a_missing_name_is_refused(gru_setting):
    for nothing in ([], 3.0):
        with pytest.raises(ValueError, match="at least one step"):
            scalar_gru_run(gru_setting, nothing)
    del gru_setting["b_r"]
    with pytest.raises(KeyError, match="b_r"):
        scalar_gru_run(gru_setting, [1.0])
