"""assets/ablation.json is what its script measures, and what is said of it follows from it."""

import json
from collections import Counter

import numpy as np
import pytest

from assets.build.ablation import FILE, MODELS, ROOT, measure
from lesson.sampling.surgery.ablation_sentences import (
    add_up,
    costliest,
    costs,
    gates_agreed_on,
    over_all_models,
    reads_nothing,
    votes,
    which_gate_mattered,
    without_forgetting,
)
from lstm import LSTM, InputError
from lstm.interpret.ablation import CLAMP_VALUES, ablation, gate_means, one_character_loss
from lstm.interpret.surgery import GATES, operate
from lstm.storage.checkpoint import read
from lstm.text import read_text, split
from lstm.training import evaluate
from tests.tiers import every_fast

ENTRIES = json.loads(FILE.read_text("utf-8"))
NAMES = [entry["model"] for entry in ENTRIES]
SHORT = ["places"]  # the shortest text
# With the candidate alone, small differences grow until rounding decides.
ROUNDING_DECIDES = {("fables_gru", "z")}


def entry(name):
    return ENTRIES[NAMES.index(name)]


def test_every_model_was_measured_with_every_gate_held_in_every_way():
    assert sorted(path.stem for path in MODELS.glob("*.npz")) == NAMES
    for e in ENTRIES:
        assert {g: tuple(losses) for g, losses in e["clamped"].items()} == dict.fromkeys(
            GATES[e["kind"]], CLAMP_VALUES
        )


@pytest.mark.parametrize("name", SHORT)
def test_a_model_gives_the_same_numbers_again(name):
    again = measure(MODELS / f"{name}.npz")
    single = {k: v for k, v in again.items() if not isinstance(v, dict)}
    assert single == pytest.approx({k: entry(name)[k] for k in single}, abs=1e-4)
    assert again["float64"] == entry(name)["float64"]
    for gate, losses in again["clamped"].items():
        assert losses == pytest.approx(entry(name)["clamped"][gate], abs=1e-4)


@pytest.mark.slow
@pytest.mark.parametrize("name", every_fast(4, [name for name in NAMES if name not in SHORT]))
def test_the_other_models_give_single_numbers_again(name):
    noted, checkpoint = entry(name), read(MODELS / f"{name}.npz")
    ids = checkpoint.vocabulary.encode(read_text(ROOT / "sample_texts" / f"{noted['text']}.txt"))
    _, asked = split(ids)
    assert len(asked) == noted["characters"]
    assert evaluate(checkpoint.net, asked) == pytest.approx(noted["intact"], abs=1e-4)
    assert one_character_loss(checkpoint.net, asked) == pytest.approx(noted["one_character"], abs=1e-4)
    net = checkpoint.net
    for gate in GATES[noted["kind"]][:1]:
        close = {"rel": 0.02} if (name, gate) in ROUNDING_DECIDES else {"abs": 1e-4}
        for layer in range(net.layers):
            net = operate(net, {gate: 0}, layer=layer)
        loss = evaluate(net, asked)
        assert loss == pytest.approx(noted["clamped"][gate]["0"], **close)


# -- the measuring --


@pytest.fixture
def small():
    net = LSTM(5, 4, 5, seed=1, dtype=np.float64)
    net.weights.flat[:] *= 3  # gates that move
    return net, np.random.default_rng(3).integers(0, 5, 60)


def test_the_mean_of_a_gate_is_taken_unit_by_unit(small):
    net, ids = small
    means, values = gate_means(net, ids), net.run(ids).values
    assert tuple(means) == GATES["lstm"]
    for gate, mean in means.items():
        np.testing.assert_allclose(mean, values[gate].mean((0, 1)), atol=1e-12)
    loss = ablation(net, ids, ids).gate_losses["o"]["mean"]
    assert loss == evaluate(operate(net, {"o": values["o"].mean((0, 1))}), ids)


def test_a_long_text_is_averaged_stretch_by_stretch(small):
    net, _ = small
    ids = np.random.default_rng(4).integers(0, 5, 1_300)
    parts = [net.run(part).values["f"][:, 0] for part in (ids[:650], ids[650:])]
    np.testing.assert_allclose(gate_means(net, ids)["f"], np.concatenate(parts).mean(0), atol=1e-12)


def test_with_its_state_emptied_a_network_sees_one_character(small):
    net, ids = small
    each = [net.forward([a], [b]) for a, b in zip(ids[:-1], ids[1:], strict=True)]
    assert one_character_loss(net, ids) == pytest.approx(np.mean(each), abs=1e-12)
    for measured in (one_character_loss, gate_means):
        with pytest.raises(InputError):
            measured(net, ids[:0])


# -- the words --

MADE_UP = {
    "model": "made up", "kind": "lstm", "guess": 4.0, "table_1": 2.0, "intact": 1.0, "one_character": 3.0,
    "clamped": {
        "f": {"0": 2.04, "1": 4.5, "mean": 1.3},
        "i": {"0": 3.9, "1": 1.2, "mean": 1.27},
        "o": {"0": 3.9, "1": 2.5, "mean": 1.1},
    },
}  # fmt: skip


def test_what_costs_about_as_much_is_named_together():
    assert costs(MADE_UP, "1") == pytest.approx({"f": 3.5, "o": 1.5, "i": 0.2})
    assert list(costs(MADE_UP, "1")) == ["f", "o", "i"]
    assert (costliest(MADE_UP, "mean"), costliest(MADE_UP, "0"), costliest(MADE_UP, "1")) == (
        ["f", "i"],
        ["i", "o"],
        ["f"],
    )
    assert gates_agreed_on(MADE_UP) == []


def test_one_model_in_words():
    words = which_gate_mattered(MADE_UP)
    assert "It is worse than uniform guessing (4.00) when f is clamped at 1." in words
    assert words.endswith("depends on where it is clamped.")
    cheap = {"mean": 0.99, "0": 1.1, "1": 1.1}
    other = MADE_UP | {"clamped": {"f": MADE_UP["clamped"]["f"], "i": cheap, "o": cheap}}
    assert which_gate_mattered(other).endswith("In all three ways f is among the gates that cost most.")


def test_a_model_that_keeps_nothing_in_words():
    words = without_forgetting(MADE_UP)
    assert "2.04 nats per character, about as good as a table of character pairs (2.00)" in words
    assert "and this helps" in words
    changed = without_forgetting(MADE_UP | {"table_1": 1.5, "guess": 1.9, "one_character": 1.8})
    assert "worse than a table" in changed and "does not help" in changed
    assert "worse than uniform guessing (1.90)" in changed
    assert "better than a table" in without_forgetting(MADE_UP | {"table_1": 2.5})


def test_all_models_in_words():
    one = {"f": {"0": 3.0, "1": 3.0, "mean": 3.0}, "i": {"0": 2.0, "1": 2.0, "mean": 2.0}}
    clear = MADE_UP | {"model": "clear", "clamped": one}
    models = [MADE_UP, clear, entry("fables_gru")]
    assert (
        "number of LSTMs. Clamped at its own mean, f costs most in 2 and i in 1; clamped at 0"
        in over_all_models(models)
    )


def test_what_was_measured_can_be_said():
    for e in ENTRIES:
        words = f"{which_gate_mattered(e)} {reads_nothing(e)} {without_forgetting(e)}".strip()
        assert words.endswith(".") and f"{e['intact']:.2f}" in words and "nan" not in words
    assert without_forgetting(entry("fables_rnn")) == reads_nothing(entry("fables_rnn")) == ""
    for by_gate in votes(ENTRIES).values():
        assert set(by_gate) <= set("fio") and max(by_gate.values()) <= 6


def test_where_nothing_is_read_only_the_output_layers_bias_is_left():
    """What the page says of i or o at 0 and z at 1, of every model."""
    for e in ENTRIES:
        places = {"lstm": [("i", "0"), ("o", "0")], "gru": [("z", "1")], "rnn": []}[e["kind"]]
        assert len({e["clamped"][gate][way] for gate, way in places}) == bool(places)


def test_no_model_that_keeps_nothing_is_as_good_as_it_was():
    """What the page says of f = 0: the memory is what the model is better by than a table.

    With two layers h leads through one more step, and more of it is left.
    """
    for e in ENTRIES:
        if e["kind"] == "lstm":
            left = 0.15 if e["model"] == "fables_two_layers" else 0.1
            assert e["intact"] < e["table_1"] and e["clamped"]["f"]["0"] > e["table_1"] - left


def test_in_two_layers_a_gate_is_clamped_in_both():
    net = LSTM(5, 4, 5, seed=1, dtype=np.float64, layers=2)
    ids = np.random.default_rng(3).integers(0, 5, 60)
    result, values = ablation(net, ids, ids), net.run(ids).values
    both = operate(operate(net, {"f": 0}), {"f": 0}, layer=1)
    assert result.gate_losses["f"]["0"] == evaluate(both, ids)
    means = {name: values[name].mean((0, 1)) for name in ("i", "i_2")}
    both = operate(operate(net, {"i": means["i"]}), {"i": means["i_2"]}, layer=1)
    assert result.gate_losses["i"]["mean"] == pytest.approx(evaluate(both, ids), abs=1e-12)
    bias_alone = operate(operate(net, {"o": 0}), {"o": 0}, layer=1)
    assert result.gate_losses["o"]["0"] == result.gate_losses["i"]["0"] == evaluate(bias_alone, ids)


def test_counts_that_add_up_to_more_than_the_networks_say_why():
    assert add_up(Counter(f=2, i=1), 3) == ""
    assert "(The sum is 8, because" in add_up(Counter(o=5, f=2, i=1), 6)
