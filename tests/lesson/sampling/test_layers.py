"""Networks of PyTorch on the page: two layers, of which one is looked at, and the GRU that PyTorch has."""

import numpy as np
import pytest

from lesson.sampling.layers import of_layer
from lesson.sampling.networks import UPLOAD, network_named
from lesson.sampling.parameters import MEMORY, SURGERY
from lesson.sampling.surgery.operation import Clamp, Operation, carry_out
from lesson.sampling.unit_search import states_along
from lesson.sampling.write.passages import Draw, gates_and_states, write
from lesson.training.live import own_checkpoint
from lesson.widgets.catalogue import model
from lstm.exchange import read_model
from lstm.exchange.files import dump_safetensors
from lstm.interpret.surgery import operate
from lstm.network import LSTM, ResetAfterGRU
from tests.app import open_page, press, words_of
from tests.lesson.sampling.opening import asked_by, numbers, panel_of

VOCABULARY = model("fables").vocabulary
V = len(VOCABULARY)


def uploaded(net):
    """A network as an upload from PyTorch holds it."""
    return read_model(dump_safetensors(net, VOCABULARY))


TWO_LAYERS = uploaded(LSTM(V, 9, V, seed=3, layers=2))
FROM_PYTORCH = uploaded(ResetAfterGRU(V, 9, V, seed=3))


def open_with(checkpoint, part, **query):
    query = {"task": part, "network": UPLOAD, "n": "100", "order": "by number"} | query
    state = {own_checkpoint.MODEL: checkpoint}
    return open_page("5_sampling.py", query, state)


@pytest.fixture
def network(monkeypatch):
    monkeypatch.setattr("streamlit.session_state", {own_checkpoint.MODEL: TWO_LAYERS}, raising=False)
    return network_named(UPLOAD)


@pytest.mark.parametrize(("layer", "name"), [("1", "f"), ("2", "f_2")])
def test_the_map_shows_the_layer_that_is_chosen(layer, name):
    app = open_with(TWO_LAYERS, MEMORY, layer=layer, symbol="f", unit="4")
    frame = asked_by(app, "memory")
    text = frame["text"]
    f = TWO_LAYERS.net.run(VOCABULARY.encode("\n" + text)).values[name][1:, 0]
    codes = numbers(frame["codes"], "<i2").reshape(9, -1)
    np.testing.assert_array_equal(codes, np.rint(100 * f.astype(float)).T)
    assert frame["words"][4].startswith(f"Layer {layer}. Unit 4 of f: mean")
    assert frame["about"].startswith(f"Layer {layer}. The table covers 100 characters")
    assert frame["rows"][1][:2] == ["f forget", f"{f.mean():.2f}"]


def test_a_network_with_one_layer_offers_no_choice_of_it():
    panel = panel_of(open_with(FROM_PYTORCH, MEMORY), "memory")
    assert "layer" not in [control["name"] for control in panel["controls"]]


def test_a_layer_that_the_network_has_not_is_mended():
    assert "`layer` that does not exist" in words_of(open_with(TWO_LAYERS, MEMORY, layer="3"))


def test_a_layers_values_have_the_names_of_a_single_one():
    values = dict.fromkeys(("f", "C_tilde", "f_2", "C_tilde_2", "f_3", "C_tilde_3"))
    assert [list(of_layer(values, layer, 3)) for layer in range(3)] == [["f", "C_tilde"]] * 3


def test_values_and_states_are_those_of_the_layer(network):
    passage = write(network, Draw(length=100))
    upper = gates_and_states(network, passage, 1)
    assert upper.keys() == {"f", "i", "o", "C_tilde", "C", "h"}
    values = TWO_LAYERS.net.run(VOCABULARY.encode(passage.text)).values
    np.testing.assert_array_equal(states_along(network, passage.text, "C", 1), values["C_2"][:, 0])


def test_an_operation_changes_the_layer_that_is_chosen(network):
    operation = Operation(Clamp("f", 0.0), layer=1)
    outcome = carry_out(network, write(network, Draw(length=100)), 5, Draw(length=100), operation)
    assert (outcome.values[1]["f_2"] == 0).all() and (outcome.values[1]["f"] > 0).all()
    expected = operate(TWO_LAYERS.net, {"f": 0}, layer=1).weights.flat
    np.testing.assert_array_equal(operation.apply(TWO_LAYERS.net).weights.flat, expected)


def test_the_surgery_shows_the_layer_it_operates_on():
    app = open_with(TWO_LAYERS, SURGERY, layer="2", gate="f", clamp="0", symbol="f")
    frame = asked_by(app, "surgery")
    assert (numbers(frame["beforeMap"], "<i2") > 0).any()
    assert (numbers(frame["afterMap"], "<i2") == 0).all()


def test_the_hunt_looks_at_the_layer_that_is_chosen():
    app = open_with(TWO_LAYERS, MEMORY, layer="2", rule="vowel")
    press(app, "Hunt")
    assert "Layer 2. Your unit was" in words_of(app)


@pytest.mark.parametrize("part", [MEMORY, SURGERY])
def test_pytorchs_gru_is_read_and_operated_on(part):
    app = open_with(FROM_PYTORCH, part)
    assert "A GRU with r after the product" in words_of(
        app
    ) and "does not hold the state of its training" in words_of(app)
    if part == SURGERY:
        assert "The operation changes" in asked_by(app, "surgery")["words"]


def test_two_layers_are_described():
    description = own_checkpoint.describe_model(TWO_LAYERS)
    assert description.startswith("**An LSTM** with 2 layers of 9 hidden units each and ")
