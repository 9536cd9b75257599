"""Stacked cells: each layer is the textbook's cell over the h of the one below."""

import copy
import io
import json

import numpy as np
import pytest

from lstm import InputError, Vocabulary, generate, train
from lstm.cells import Stack
from lstm.interpret.surgery import operate
from lstm.network import NETWORKS
from lstm.readout import softmax
from lstm.settings import Settings
from lstm.storage.checkpoint import dump, read_bytes
from lstm.storage.snapshots import Recorder
from lstm.textbook_network import STATES, one_hot, run_cell
from lstm.training import Training, evaluate
from lstm.training.dropout import dropout_masks
from tests.lstm.textbook import assert_close, log_softmax
from tests.tiers import first_fast

T, B, V, H = 6, 3, 5, 4
TEXT = "a cat sat on a mat and a rat ate the fat hat of that cat. " * 12


@pytest.fixture(params=first_fast(1, [2, 3]))
def layers(request):
    return request.param


@pytest.fixture
def net(kind, layers, rng):
    net = NETWORKS[kind](V, H, V, seed=3, dtype=np.float64, layers=layers)
    net.weights.flat += 0.1 * rng.standard_normal(net.weights.flat.size)
    return net


@pytest.fixture
def text(rng):
    return rng.integers(0, V, (T, B)), rng.integers(-1, V, (T, B))


def first_state(net, rng):
    return tuple(0.5 * rng.standard_normal((net.layers, B, H)) for _ in STATES[net.kind])


def textbook_values(net, inputs, state, masks=()):
    """Every layer's textbook steps, from the bottom up."""
    x, per_layer = one_hot(inputs, V), []
    for layer in range(net.layers):
        first = tuple(of_layers[layer] for of_layers in state)
        steps = list(run_cell(net.kind, x, first, net.equation_arguments(layer)))
        x = np.array([step.h for step in steps])
        if masks:
            x = x * masks[layer]
        per_layer.append(steps)
    return per_layer, x


def textbook_loss(net, inputs, targets, state, masks=()):
    _, outputs = textbook_values(net, inputs, state, masks)
    logs = log_softmax(outputs @ net.Wy.T + net.by)
    return -(logs * one_hot(targets, V)).sum() / B


def test_every_value_of_every_layer_is_the_textbooks(net, text, rng):
    state = first_state(net, rng)
    reading = net.run(text[0], state)
    per_layer, _ = textbook_values(net, text[0], state)
    for layer, steps in enumerate(per_layer):
        end = f"_{layer + 1}" if layer else ""
        for name in (*net.cell.gates, *net.cell.states):
            expected = np.array([getattr(step, name) for step in steps])
            np.testing.assert_allclose(reading.values[name + end], expected, rtol=0, atol=1e-12)
    for name, last in zip(STATES[net.kind], reading.state, strict=True):
        expected = [getattr(steps[-1], name) for steps in per_layer]
        np.testing.assert_allclose(last, expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize("dropout", [False, True], ids=["plain", "dropout"])
def test_gradients_are_the_slopes_of_the_textbook(net, text, rng, dropout):
    state = first_state(net, rng)
    masks = dropout_masks(0.4, (T, B, H), net.layers, 1, 1, net.dtype) if dropout else ()
    net.dropout_masks = masks
    assert net.forward(*text, *state) == pytest.approx(textbook_loss(net, *text, state, masks), rel=1e-12)
    at_states = net.backward(clip=None)
    at_states = at_states if net.kind == "lstm" else (at_states,)

    def slope(array):
        """The slope of the textbook's loss along each number of an array, which is put back."""
        slopes = np.empty(array.size)
        flat = array.reshape(-1)
        assert np.shares_memory(flat, array)
        for k in range(array.size):
            middle, losses = flat[k], []
            for flat[k] in (middle + 1e-5, middle - 1e-5):
                losses.append(textbook_loss(net, *text, state, masks))
            flat[k] = middle
            slopes[k] = (losses[0] - losses[1]) / 2e-5
        return slopes.reshape(array.shape)

    for name in (*net.weights,):
        if name[:2] in ("Wc", "Wf", "Wo", "Wz", "Wr"):  # the rows of W, which is tried whole
            continue
        assert_close(net.gradients[name], slope(net.weights[name]), 1e-7)
    for gradient, value in zip(at_states, state, strict=True):
        assert_close(gradient, slope(value), 1e-7)


@pytest.mark.parametrize("layers", [1, 2], indirect=True)
def test_backward_goes_through_the_masks_of_its_forward(net, text):
    net.dropout_masks = dropout_masks(0.4, (T, B, H), net.layers, 1, 1, net.dtype)
    net.forward(*text)
    net.backward(clip=None)
    expected = net.gradients.flat.copy()
    net.forward(*text)
    net.dropout_masks = ()
    net.backward(clip=None)
    np.testing.assert_array_equal(net.gradients.flat, expected)


def test_one_layer_is_the_cell_itself(kind):
    one, two = (NETWORKS[kind](V, H, V, seed=1, layers=layers) for layers in (1, 2))
    assert not isinstance(one.cell, Stack) and isinstance(two.cell, Stack)
    plain = NETWORKS[kind](V, H, V, seed=1)
    assert (one.weights.flat == plain.weights.flat).all()
    assert (two.weights["W"] == plain.weights["W"]).all() and (two.Wy == plain.Wy).all()
    large = NETWORKS[kind](V, 64, V, seed=1, layers=2)
    assert large.weights["W_2"].std() == pytest.approx(1 / np.sqrt(128), rel=0.05), "the same rule"


def test_the_bias_of_every_layer_begins_as_asked():
    assert (NETWORKS["lstm"](V, H, V, forget_bias=3, layers=2).weights["bf_2"] == 3).all()
    assert (NETWORKS["gru"](V, H, V, keep_bias=2, layers=2).weights["bz_2"] == 2).all()


def test_states_come_as_one_for_all_sequences_or_one_for_each(net, text, rng):
    state = tuple(0.5 * rng.standard_normal((net.layers, H)) for _ in STATES[net.kind])
    spread = tuple(np.repeat(s[:, None], B, axis=1) for s in state)
    assert net.forward(*text, *state) == net.forward(*text, *spread)
    net.forward(*text, *state)
    gradient = net.backward(clip=None)
    assert (gradient[0] if net.kind == "lstm" else gradient).shape == (net.layers, H)
    with pytest.raises(InputError, match=rf"\({net.layers}, {H}\), or \({net.layers}, {B}, {H}\)"):
        net.forward(*text, np.zeros(H))


def test_a_character_at_a_time_is_the_whole_text_at_once(net, rng):
    vocabulary = Vocabulary("abcde")
    written = list(generate(net, vocabulary, "ab", length=30, seed=1, gates=True))
    text = "ab" + "".join(sampled.char for sampled in written)
    reading = net.run(vocabulary.encode(text))
    for t, sampled in enumerate(written):
        np.testing.assert_allclose(sampled.logits, reading.logits[t + 1, 0], rtol=0, atol=1e-10)
        assert sampled.gates.keys() == reading.values.keys()
        for name, value in sampled.gates.items():
            np.testing.assert_allclose(value, reading.values[name][t + 1, 0], rtol=0, atol=1e-10)
    assert softmax(reading.logits).sum(axis=-1) == pytest.approx(1)


def test_training_learns_and_goes_on_to_the_bit(kind, layers):
    vocabulary = Vocabulary.from_text(TEXT)
    ids, size = vocabulary.encode(TEXT), len(vocabulary)
    settings = {"epochs": 6, "seq_length": 10, "batch_size": 4, "learning_rate": 0.01, "seed": 2}

    def network():
        return NETWORKS[kind](size, 8, size, seed=1, layers=layers)

    whole = train(network(), ids, **settings)
    reports = list(whole)
    assert reports[-1].validation_loss < 0.8 * np.log(size)

    first = train(network(), ids, **settings)
    for _ in range(7):
        next(first)
    checkpoint = read_bytes(dump(first.net, vocabulary, first))
    assert checkpoint.net.layers == layers and type(checkpoint.net) is NETWORKS[kind]
    second = Training(checkpoint.net, ids, checkpoint.settings)
    second.restore(checkpoint.training)
    rest = list(second)
    assert [r.loss for r in rest] == [r.loss for r in reports[7:]]
    assert (second.net.weights.flat == whole.net.weights.flat).all()
    assert evaluate(second.net, ids) == evaluate(whole.net, ids)


def test_a_twin_and_a_snapshot_have_the_layers(net):
    twin = copy.deepcopy(net)
    assert (twin.weights.flat == net.weights.flat).all() and twin.layers == net.layers
    assert not np.shares_memory(twin.weights.flat, net.weights.flat)
    ids = np.tile(np.arange(V), 40)
    training = Training(net, ids, Settings(epochs=1, seq_length=10, batch_size=2))
    recorder = Recorder(training, {0}, length=5)
    recorder.take()
    moment = recorder.snapshots().network(net, 0)
    np.testing.assert_allclose(moment.weights.flat, net.weights.flat, atol=2e-3)


def test_a_gate_of_either_layer_can_be_clamped(text):
    net = NETWORKS["lstm"](V, H, V, seed=1, dtype=np.float64, layers=2)
    for layer, end in enumerate(("", "_2")):
        values = operate(net, {"f": 0.25}, layer=layer).run(text[0]).values
        assert values[f"f{end}"] == pytest.approx(0.25)
        assert np.ptp(values["f" if layer else "f_2"]) > 0.01, "the other layer's gates are its own"
        ablated = operate(net, ablate=[1], layer=layer).run(text[0]).values
        assert (ablated[f"C{end}"][..., 1] == 0).all() and (ablated[f"h{end}"][..., 1] == 0).all()
    with pytest.raises(InputError, match="layer must be a whole number from 0 to 1"):
        operate(net, {"f": 0.5}, layer=2)


@pytest.mark.parametrize("cell", ["gru", "gru_reset_after", "rnn"])
def test_a_unit_that_is_ablated_is_zero_in_every_cell(cell, text):
    net = NETWORKS[cell](V, H, V, seed=1, dtype=np.float64, layers=2)
    assert (operate(net, ablate=[2], layer=1).run(text[0]).values["h_2"][..., 2] == 0).all()


@pytest.mark.parametrize("number", [0, -1, 9, 10**9, 1.0, "2", True, None])
def test_a_number_of_layers_that_is_none(number):
    with pytest.raises(InputError, match="layers must be a whole number from 1 to 8"):
        NETWORKS["lstm"](V, H, V, layers=number)


@pytest.mark.parametrize("claimed", [0, -1, 1, 3, 10**9, 2.0, "2", True, None, [2]])
def test_a_file_that_lies_about_its_layers_is_refused(claimed):
    vocabulary = Vocabulary("abcde")
    data = dump(NETWORKS["lstm"](V, H, V, seed=1, layers=2), vocabulary)
    arrays = dict(np.load(io.BytesIO(data)))
    header = json.loads(arrays["header"].tobytes())
    assert header["layers"] == 2
    arrays["header"] = np.frombuffer(json.dumps(header | {"layers": claimed}).encode(), np.uint8)
    file = io.BytesIO()
    np.savez(file, **arrays)
    with pytest.raises(InputError, match="not a checkpoint|damaged|does not fit|foreign"):
        read_bytes(file.getvalue())
