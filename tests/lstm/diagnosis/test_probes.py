"""Probes: each number against another way to find it; nothing in the network moves."""

import copy
import warnings

import numpy as np
import pytest

from lstm import LSTM, InputError, train
from lstm.diagnosis.probes import STEPS_BACK, examine, probe, tables
from lstm.network import NETWORKS
from lstm.readout import softmax_cross_entropy
from lstm.settings import Settings
from lstm.training import Training, evaluate
from tests.lstm.diagnosis.observing import text

V = 6
IDS = np.random.default_rng(0).integers(0, V, 700)


@pytest.fixture
def net(make):
    return make(V, 8, V)


def sequences(ids, T=100, B=8):
    """What `probe` reads of a text, written in another way: (T + 1, B)."""
    B = min(B, len(ids) // T)
    return np.stack([ids[s : s + T + 1] for s in np.linspace(0, len(ids) - T - 1, B).astype(int)], axis=1)


def test_loss_and_weights(net):
    read, found = sequences(IDS), probe(net, IDS)
    reading = net.run(read[:-1])
    assert found["loss"] == pytest.approx(softmax_cross_entropy(reading.logits, read[1:])[0] / 100)
    assert found["weights"] == pytest.approx(np.sqrt(np.sum(net.weights.flat**2)))
    assert probe(net, IDS[:101])["loss"] == pytest.approx(evaluate(net, IDS[:101]))


def test_gates(net):
    net.weights["W"][:] *= 6  # so that gates reach their ends
    values, found = net.run(sequences(IDS)[:-1]).values, probe(net, IDS)
    candidate, *gates = net.cell.gates
    assert found[f"{candidate}_slope"] == pytest.approx(np.mean(1 - values[candidate] ** 2))
    for name in gates:
        gate = values[name]
        assert found[f"{name}_mean"] == pytest.approx(gate.mean())
        assert found[f"{name}_open"] == pytest.approx(np.mean(gate > 0.9)) and found[f"{name}_open"] > 0
        assert found[f"{name}_closed"] == pytest.approx(np.mean(gate < 0.1)) and found[f"{name}_closed"] > 0
        assert found[f"{name}_slope"] == pytest.approx(np.mean(4 * gate * (1 - gate)))
    assert found["h_saturated"] == pytest.approx(np.mean(np.abs(values["h"]) > 0.97))


def test_units_that_never_leave_an_end_are_stuck():
    net = LSTM(V, 8, V, seed=1)
    net.bi[:3], net.bi[3:5] = 30, -30
    assert probe(net, IDS)["i_stuck"] == 5 / 8
    assert probe(net, IDS)["o_stuck"] == 0
    net.Wi[:, 8:] = np.where(np.arange(V) % 2, 90, -90)  # now wide open, now closed: not stuck
    found = probe(net, IDS)
    assert found["i_stuck"] == 0 and found["i_open"] + found["i_closed"] > 0.99


def test_a_cell_state_that_grows_and_one_that_does_not():
    net = LSTM(V, 8, V, seed=1)
    net.bf, net.bi, net.bc = 30, 30, 30  # C grows by 1 with every step
    found = probe(net, IDS)
    assert found["C_max"] == pytest.approx(100) and found["C_growth"] == pytest.approx(95.5 / 50.5, rel=0.02)
    net.bf = -30  # and here it is what comes in, and nothing else
    assert probe(net, IDS)["C_growth"] == pytest.approx(1)


@pytest.mark.parametrize("steps", [5, 10])
def test_what_is_left_of_an_error_is_a_finite_difference(net, steps):
    """The last step's loss against h and C `steps` before, each number of them nudged by itself."""
    ids, nudge = IDS[:41], 1e-6
    found = probe(net, ids)

    def loss(name, back, change):
        """With `change` added to h, or to C before h is made of it, `back` steps before the end."""
        reading = net.run(ids[: 40 - back])
        state = [s.copy() for s in reading.state]
        state[net.cell.states.index(name)] += change
        if name == "C":
            state[0] = reading.values["o"][-1] * np.tanh(state[1])
        h = net.run(ids[40 - back : 40], state).state[0] if back else state[0]
        return softmax_cross_entropy((h @ net.Wy.T + net.by)[None], ids[40:, None])[0]

    def slope(name, back):
        units = nudge * np.eye(net.hidden_size)
        return np.linalg.norm([loss(name, back, unit) - loss(name, back, -unit) for unit in units])

    for name in net.cell.states:
        expected = slope(name, steps) / slope(name, 0)
        assert found[f"d{name}_{steps}"] == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("length", [4, 41, 700])
@pytest.mark.parametrize("layers", [2, 3])
def test_units_of_all_layers_count(kind, layers, length):
    net = NETWORKS[kind](V, 8, V, seed=1, layers=layers, dtype=np.float64)
    read = sequences(IDS[:length], min(100, length - 1))
    values, found = net.run(read[:-1]).values, probe(net, IDS[:length])
    ends = ["", "_2", "_3"][:layers]
    candidate, *gates = net.cell.gates
    for name in gates:
        assert found[f"{name}_mean"] == pytest.approx(np.mean([values[name + end] for end in ends]))
    if kind == "lstm":
        assert found["C_max"] == pytest.approx(max(np.abs(values[f"C{end}"]).max() for end in ends))
    targets = np.full_like(read[1:], -1)
    targets[-1] = read[-1]  # the last step's loss alone
    net.forward(read[:-1], targets)
    net.backward(clip=None)
    for name in net.cell.states:
        at_state = getattr(net.state_gradients, f"d{name}")  # (T + 1, L, B, H)
        lengths = np.linalg.norm(at_state.transpose(0, 2, 1, 3).reshape(len(read), read.shape[1], -1), axis=2)
        for k in STEPS_BACK:
            if k < length:
                assert found[f"d{name}_{k}"] == pytest.approx(np.median(lengths[-1 - k] / lengths[-1]))
            else:
                assert f"d{name}_{k}" not in found


def test_it_is_the_median_of_the_sequences(net):
    read = sequences(IDS)
    alone = [probe(net, read[:, b])["dh_5"] for b in range(read.shape[1])]
    assert probe(net, IDS)["dh_5"] == pytest.approx(np.median(alone))


def test_of_nothing_nothing_is_left(net):
    net.Wy = 0  # no error enters
    found = probe(net, IDS)
    assert [found[f"dh_{k}"] for k in STEPS_BACK] == [0, 0, 0, 0]


@pytest.mark.slow
def test_training_notices_nothing(kind):
    vocabulary, ids = text("brackets", 3_000)
    settings = {"epochs": 2, "batch_size": 4, "seq_length": 20, "learning_rate": 0.01}
    plain, watched = (NETWORKS[kind](len(vocabulary), 12, len(vocabulary), seed=1) for _ in range(2))
    expected = [report.loss for report in train(plain, ids, **settings)]
    training, losses = train(watched, ids, **settings), []
    for report in training:
        losses.append(report.loss)
        before = [watched.weights.flat.copy(), watched.gradients.flat.copy(), *watched.state]
        probe(watched, ids[-300:])
        if report.step == 10:
            examine(watched, ids, training.settings)
        after = [watched.weights.flat, watched.gradients.flat, *watched.state]
        for one, other in zip(before, after, strict=True):
            np.testing.assert_array_equal(one, other)
    assert losses == expected


@pytest.mark.parametrize("length", [2, 3, 6, 21, 101, 250])
def test_short_texts_leave_out_what_they_are_too_short_for(net, length):
    found = probe(net, IDS[:length])
    assert all(np.isfinite(value) for value in found.values())
    assert [k for k in STEPS_BACK if f"dh_{k}" in found] == [k for k in STEPS_BACK if k <= length - 1]
    assert ("C_growth" in found) == (net.kind == "lstm" and length > 20)


@pytest.mark.parametrize("look", [probe, lambda net, ids: examine(net, ids, Settings())])
def test_less_than_two_characters_or_unknown_ones_are_refused(net, look):
    for ids in (IDS[:1], IDS[:0], IDS + 1, np.array([0.5, 1.0])):
        with pytest.raises(InputError):
            look(net, ids)


def test_after_a_nan_all_is_nan_and_nothing_warns(net):
    net.weights["W"][0, 0] = np.nan
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found, examined = probe(net, IDS), examine(net, IDS, Settings(batch_size=2))
    assert all(np.isnan(value) for value in found.values())
    assert np.isnan(examined["first_loss"]) and np.isnan(examined["memory_after"])


def test_plain_numbers(net):
    for found in (probe(net, IDS), examine(net, IDS, Settings(batch_size=2))):
        assert all(type(value) is float for value in found.values())


# -- examine --


@pytest.mark.parametrize("optimiser", ["adam", "sgd"])
@pytest.mark.parametrize("hidden_size", [8, 40])
def test_a_new_network_passes(kind, optimiser, hidden_size):
    vocabulary, ids = text("programs", 20_000)
    net = NETWORKS[kind](len(vocabulary), hidden_size, len(vocabulary), seed=2)
    found = examine(net, ids, Settings(optimiser=optimiser))
    assert found["parameters"] == net.weights.flat.size
    assert found["characters"] == len(vocabulary)
    assert found["follows"] == 1
    assert found["digits"] > 7
    assert found["first_loss"] == pytest.approx(np.log(len(vocabulary)), rel=0.03)
    assert found["memory_before"] == pytest.approx(np.log(len(vocabulary)), rel=0.1)
    assert found["memory_after"] < 0.1 * found["memory_before"]
    keep = {"keep_bias": 0.0}
    biases = {"lstm": {"forget_bias": 1.0}, "gru": keep, "gru_reset_after": keep, "rnn": {}}[kind]
    assert {name: value for name, value in found.items() if name.endswith("_bias")} == biases


def test_a_wrong_gradient_is_noticed(kind):
    class Wrong(NETWORKS[kind]):
        def backward(self, clip=5.0):
            result = super().backward(clip)
            self.gradients["b"][0] *= 1.01  # one number of all, by one part in a hundred
            return result

    assert examine(Wrong(V, 8, V, seed=1), IDS, Settings(batch_size=2))["digits"] < 5


def test_a_wrong_gradient_of_the_second_layer_is_noticed(kind):
    class Wrong(NETWORKS[kind]):
        def backward(self, clip=5.0):
            result = super().backward(clip)
            if self.layers > 1:
                self.gradients["b_2"][0] *= 1.01
            return result

    one, two = (
        examine(Wrong(V, 8, V, seed=1, layers=layers), IDS, Settings(batch_size=2)) for layers in (1, 2)
    )
    assert one["digits"] > 7 and two["digits"] < 5


def test_what_can_not_learn_is_noticed(kind):
    class Uphill(NETWORKS[kind]):
        def backward(self, clip=5.0):
            result = super().backward(clip)
            self.gradients.flat[:] *= -1
            return result

    found = examine(Uphill(V, 8, V, seed=1), IDS, Settings(batch_size=2))
    assert found["memory_after"] > found["memory_before"] and found["digits"] < 1


def test_targets_that_are_not_the_next_character_are_noticed(net, monkeypatch):
    class Unshifted(Training):
        def batch(self, epoch, chunk):
            inputs, _ = super().batch(epoch, chunk)
            return inputs, inputs

    monkeypatch.setattr("lstm.diagnosis.probes.Training", Unshifted)
    assert examine(net, IDS, Settings(batch_size=2))["follows"] == pytest.approx(1 / V, abs=0.1)


def test_a_piece_too_short_for_a_batch_leaves_it_out(net):
    found = examine(net, IDS[:12], Settings())
    assert "follows" not in found and "table_0" not in found and found["digits"] > 7


def test_examining_writes_nothing(net):
    before = copy.deepcopy(net)
    examine(net, IDS, Settings(batch_size=2))
    np.testing.assert_array_equal(net.weights.flat, before.weights.flat)
    with pytest.raises(RuntimeError):
        net.backward()  # no pass has been left behind


# -- tables --


def test_tables_count():
    """Counted by hand: abab… with one c at the end, of which the table has never heard."""
    ids = np.array([0, 1] * 9 + [0, 1, 0, 2])
    found = tables(ids, 3, validation_share=4 / 22)  # counts the first 18, asks for the last two
    a_or_b, c = (9 + 2 / 3) / 20, 2 / 3 / 20
    assert found["table_0"] == pytest.approx(-np.log(a_or_b * c) / 2)
    # After b (8 times, always a), and after a (9 times, always b).
    after_b, after_a = (8 + a_or_b) / 9, c / 10
    assert found["table_1"] == pytest.approx(-np.log(after_b * after_a) / 2)


def test_longer_contexts_know_more_and_probabilities_sum_to_one():
    vocabulary, ids = text()
    found = tables(ids, len(vocabulary))
    assert (
        found["table_2"] < 0.8 * found["table_1"] < 0.64 * found["table_0"] < 0.64 * np.log(len(vocabulary))
    )
    frequencies = np.bincount(ids) / len(ids)
    assert found["table_0"] == pytest.approx(-(frequencies * np.log(frequencies)).sum(), rel=0.01)
    learned = ids[:500]
    for n in range(3):
        each = [tables(np.r_[learned, learned[-2:], k], len(vocabulary), 3 / 503) for k in range(5)]
        assert sum(np.exp(-found[f"table_{n}"]) for found in each) < 1


def test_tables_that_would_be_too_large_are_left_out():
    ids = np.random.default_rng(1).integers(0, 1_000, 5_000)
    assert set(tables(ids, 1_000)) == {"table_0", "table_1"}
