"""One unit of each variant over time is its textbook, and what must be the LSTM is the LSTM."""

import numpy as np
import pytest

from lstm.scalar import PARAMETERS, scalar_run
from lstm.variants.networks import VARIANTS
from lstm.variants.scalar import LSTM, PEEPHOLES, parameters_of, variant_run
from lstm.variants.scan import loop, scan

STATES = {"h_prev": 0.2, "C_prev": -0.7}


@pytest.fixture
def setting(rng):
    return {name: float(rng.normal()) for name in (*PARAMETERS, *PEEPHOLES)} | STATES


@pytest.mark.parametrize("kind", VARIANTS)
def test_a_run_is_that_of_a_network_with_one_unit(kind, setting, rng):
    x = rng.standard_normal(9)
    net = VARIANTS[kind](1, 1, 1, seed=0, dtype=np.float64)
    for name in parameters_of(kind):
        gate = name[2].lower()
        if name[0] == "w":
            net.weights[f"W{gate}"][0, -1 if name[3] == "x" else 0] = setting[name]
        else:
            net.weights[f"{name[0]}{gate}"][:] = setting[name]
    states = [np.array([[setting["C_prev" if kind == "min_lstm" else f"{n}_prev"]]]) for n in net.cell.states]
    expected = net.run(x[:, None, None], states).values
    step = variant_run(kind, setting, x)
    for name, value in expected.items():
        np.testing.assert_allclose(getattr(step, name), value[:, 0, 0], atol=1e-13, err_msg=name)


def test_settings_and_inputs_broadcast(setting, rng):
    x = rng.standard_normal((6, 4))
    along = setting | {"b_C": np.linspace(-2, 2, 3)[:, None]}
    for kind in VARIANTS:
        step = variant_run(kind, along, x[:, None])
        assert step.C.shape == step.h.shape == step.i.shape == (6, 3, 4), kind
        one = variant_run(kind, setting | {"b_C": 0.0}, x[:, 2])
        np.testing.assert_allclose(step.C[:, 1, 2], one.C, atol=1e-14)


def test_what_is_the_lstm_is_the_lstm(setting, rng):
    x = rng.standard_normal(12)
    ours = scalar_run(setting, x)
    assert (variant_run(LSTM, setting, x).C == ours.C).all()
    without = variant_run("peephole", setting | dict.fromkeys(PEEPHOLES, 0.0), x)
    np.testing.assert_allclose(without.h, ours.h, atol=1e-15)
    # A forget gate that is as good as open; an input gate that is as good as 1 − f.
    always_open = setting | {"w_fh": 0.0, "w_fx": 0.0, "b_f": 50.0}
    np.testing.assert_allclose(
        variant_run("lstm_1997", setting, x).C, scalar_run(always_open, x).C, atol=1e-12
    )
    mirrored = setting | {"w_ih": -setting["w_fh"], "w_ix": -setting["w_fx"], "b_i": -setting["b_f"]}
    np.testing.assert_allclose(variant_run("coupled", setting, x).C, scalar_run(mirrored, x).C, atol=1e-12)


def test_a_minlstm_is_a_scan_over_its_gates(setting, rng):
    step = variant_run("min_lstm", setting, rng.standard_normal(40))
    for computed in (scan, loop):
        C = computed(step.f_share, step.added_part, np.array(setting["C_prev"]))
        np.testing.assert_allclose(C, step.C, atol=1e-14)
    np.testing.assert_allclose(step.f_share + step.i_share, 1, atol=1e-15)


def test_which_c_a_peephole_reads(setting):
    at_rest = dict.fromkeys(setting, 0.0) | {"C_prev": 2.0, "b_C": 30.0}
    step = variant_run("peephole", at_rest | {"p_f": 1.0, "p_o": 1.0}, [0.0])
    assert step.z_f[0] == 2.0  # the old C
    assert step.z_o[0] == pytest.approx(step.C[0]) != 2.0  # the new C


def test_a_run_needs_a_step(setting):
    with pytest.raises(ValueError, match="at least one step"):
        variant_run("coupled", setting, [])
