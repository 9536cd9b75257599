"""The scalar cell is the textbook's, alone, over time and broadcast."""

import numpy as np
import pytest

from lstm.equations import lstm_step, rnn_step
from lstm.scalar import GATES, PARAMETERS, half_life, scalar_rnn_run, scalar_run, scalar_step


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
