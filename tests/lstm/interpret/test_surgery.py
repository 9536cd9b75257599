"""Surgery is held equal to the textbook's equations with a gate written over."""

import numpy as np
import pytest

from lstm import GRU, LSTM, RNN, InputError, ResetAfterGRU
from lstm.equations import sigmoid
from lstm.interpret.surgery import GATES, operate

V, H, T = 5, 4, 30
CELLS = {"lstm": LSTM, "gru": GRU, "gru_reset_after": ResetAfterGRU, "rnn": RNN}
IDS = np.random.default_rng(3).integers(0, V, T)


def network(kind):
    net = CELLS[kind](V, H, V, seed=1, dtype=np.float64)
    net.weights.flat[:] *= 3  # gates that move
    return net


def by_hand(net, clamp, units, ablate=()):
    """States of every step, (T, H), by the equations with some numbers written over."""
    h, C, found = np.zeros(H), np.zeros(H), []

    def gate(letter, vector):
        value = sigmoid(net.weights[f"W{letter}"] @ vector + net.weights[f"b{letter}"])
        if letter in clamp:
            value[units] = clamp[letter]
        return value

    for index in IDS:
        x = np.eye(V)[index]
        both = np.concatenate([h, x])
        if net.kind == "lstm":
            C = gate("f", both) * C + gate("i", both) * np.tanh(net.Wc @ both + net.bc)
            C[list(ablate)] = 0
            h = gate("o", both) * np.tanh(C)
        elif net.kind == "gru":
            z, r = gate("z", both), gate("r", both)
            h = z * h + (1 - z) * np.tanh(net.Wh @ np.concatenate([r * h, x]) + net.bh)
        elif net.kind == "gru_reset_after":
            z, r = gate("z", both), gate("r", both)
            from_h = net.Wh[:, :H] @ h + net.ch
            h = z * h + (1 - z) * np.tanh(net.Wh[:, H:] @ x + net.bh + r * from_h)
        else:
            h = np.tanh(net.Wh @ both + net.bh)
        h[list(ablate)] = 0
        found.append(h)
    return np.array(found)


@pytest.mark.parametrize("value", [0, 0.25, 1, [0.9, 0.1]])
@pytest.mark.parametrize(("kind", "letter"), [(kind, gate) for kind in GATES for gate in GATES[kind]])
def test_a_clamped_gate_is_the_equation_with_that_gate_written_over(kind, letter, value):
    net, units = network(kind), [0, 2]
    values = operate(net, {letter: value}, units).run(IDS).values
    np.testing.assert_allclose(values["h"][:, 0], by_hand(net, {letter: value}, units), atol=1e-12)
    np.testing.assert_allclose(values[letter][:, 0, units], np.broadcast_to(value, (T, 2)), atol=1e-15)


@pytest.mark.parametrize("kind", list(GATES))
def test_an_ablated_unit_is_zero_and_the_others_go_on(kind):
    net = network(kind)
    reading = operate(net, ablate=[1]).run(IDS)
    assert not reading.values["h"][:, 0, 1].any()
    np.testing.assert_allclose(reading.values["h"][:, 0], by_hand(net, {}, [], ablate=[1]), atol=1e-12)


def test_all_units_are_clamped_unless_some_are_named():
    assert (operate(network("lstm"), {"f": 1}).run(IDS).values["f"] == 1).all()
    assert (operate(network("lstm"), {"o": 0}).run(IDS).values["h"] == 0).all()


def test_the_network_itself_is_left_alone():
    net = network("lstm")
    before = net.weights.flat.copy()
    operate(net, {"f": 0, "i": 1}, [1], ablate=[2])
    np.testing.assert_array_equal(net.weights.flat, before)


def test_float32_holds_to_its_own_last_digits():
    net = LSTM(V, H, V, seed=1)
    values = operate(net, {"f": 0.3}).run(IDS).values["f"]
    assert values.dtype == np.float32 and np.abs(values - 0.3).max() < 1e-7


@pytest.mark.parametrize(
    ("kind", "asked", "says"),
    [
        ("lstm", {"clamp": {"z": 1}}, "no gate 'z'; its gates are: f, i, o"),
        ("rnn", {"clamp": {"f": 1}}, "its gates are: none"),
        ("lstm", {"clamp": {"f": 1.5}}, "0 to 1"),
        ("lstm", {"clamp": {"f": float("nan")}}, "0 to 1"),
        ("lstm", {"clamp": {"f": [1, 1]}, "units": [0]}, "One value"),
        ("gru", {"ablate": [H]}, "units 0 to 3"),
        ("gru", {"clamp": {"z": 1}, "units": [-1]}, "units 0 to 3"),
    ],
)
def test_what_cannot_be_clamped_is_refused_in_one_sentence(kind, asked, says):
    with pytest.raises(InputError, match=says):
        operate(network(kind), **asked)
