"""Every sentence of the sampling page holds in every state: each is judged by a rule of its own here."""

import math
import re
from itertools import product

import numpy as np
import pytest

from lesson.sampling.networks import network_named
from lesson.sampling.surgery.ablation import entries
from lesson.sampling.surgery.ablation_sentences import which_gate_mattered, without_forgetting
from lesson.widgets.catalogue import model_names
from lstm.interpret.surgery import operate
from lstm.training import evaluate
from tests.lesson.sampling.opening import ask, frame_of
from tests.tiers import every_fast, first_fast

PROMPTS = ("", "The fox 狐 said", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
# Extremes and what lies between, of each network.
TEXTS = [
    {"network": name, "tau": tau, "prompt": prompt} | cut
    for name, tau, prompt, cut in product(
        model_names(), ("0", "0.2", "0.8", "2"), PROMPTS, ({}, {"k": "1"}, {"p": "0.05"})
    )
]
OPERATIONS = [
    {"network": name, "tau": tau} | operation
    for name in model_names()
    for tau in ("0", "0.8", "2")
    for operation in (
        *(
            {"gate": gate, "clamp": value, "units": units}
            for gate in {"lstm": "fio", "gru": "zr", "rnn": ""}[network_named(name).checkpoint.net.kind]
            for value in ("0", "0.5", "1")
            for units in ("all", "0, 5-8")
        ),
        {"operation": "ablate units", "units": "0"},
        {"operation": "ablate units", "units": "0-49"},
        {"operation": "swap the memory", "other": "a"},
    )
]


def number_in(pattern, words):
    """The one number that a pattern finds, in parentheses."""
    (found,) = re.findall(pattern, words)
    return float(found.replace(",", ""))


def repeats(text, n=20):
    """The pieces of a text that stood there before, by looking for each."""
    pieces = [text[k : k + n] for k in range(len(text) - n + 1)]
    return sum(piece in pieces[:k] for k, piece in enumerate(pieces)) / len(pieces)


@pytest.mark.parametrize("query", every_fast(19, TEXTS), ids=str)
def test_what_is_said_of_a_text_holds(query):
    query = query | {"n": "200", "s": "3"}
    frame, network = frame_of("write", **query), network_named(query["network"])
    text, words = frame["text"], frame["words"]
    net, vocabulary = network.checkpoint.net, network.checkpoint.vocabulary
    new = text[frame["start"] :]
    assert len(new) == 200 and set(text) <= set(vocabulary.chars)
    first = vocabulary.encode("" if frame["start"] else "\n" if "\n" in vocabulary else text[0])
    ids = np.concatenate([first, vocabulary.encode(text)]).astype(int)
    p = net.run(ids[:-1]).probabilities[:, 0].astype(float)
    bits = -np.log2(p[np.arange(len(p)), ids[1:]])[-200:]
    mean = number_in(r"own text is ([\d.]+) bits", words)
    assert mean == pytest.approx(bits.mean(), abs=0.006)
    perplexity = re.search(r"\(perplexity ([^)]+)\)", words)[1]
    if "billion" not in perplexity:
        assert float(perplexity.replace(",", "")) == pytest.approx(2 ** bits.mean(), rel=0.02)
    place = int(number_in(r"is number (\d+), ", words))
    assert bits[place - 1 - frame["start"]] == pytest.approx(bits.max(), abs=0.01)
    assert number_in(r"(\d+)% of the 20-grams \(", words) == pytest.approx(100 * repeats(new), abs=0.51)
    if loop := re.search(r"ends in a loop of (\d+) characters", words):
        period = int(loop[1])
        assert new.endswith(new[-period:] * 3) and "The text repeats itself" not in words
    else:
        assert ("The text repeats itself" in words) == (repeats(new) >= 0.2)
    copied = [new[k : k + 20] in network.learned for k in range(181)]
    assert number_in(r"(\d+)% of the 20-grams also", words) == pytest.approx(100 * np.mean(copied), abs=0.51)


@pytest.mark.parametrize("query", every_fast(13, OPERATIONS), ids=str)
def test_what_is_said_of_an_outcome_holds(query):
    frame = frame_of("surgery", n="100", at="40", **query)
    before, after, words = frame["before"], frame["after"], frame["words"]
    differences = [k for k, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]
    if not differences:
        assert "With this seed both continuations are the same" in words and frame["first"] == -1
        return
    assert int(number_in(r"for the first time at character (\d+)", words)) == differences[0] == frame["first"]
    rest = [a == b for a, b in zip(before[differences[0] :], after[differences[0] :], strict=True)]
    assert number_in(r"character at (\d+)% of the places", words) == pytest.approx(
        100 * np.mean(rest), abs=0.51
    )


LOSSES = [
    query
    for query in OPERATIONS
    if query["tau"] == "0" and query["network"] in ("places", "recipes", "fables_gru", "fables_rnn")
]


@pytest.mark.parametrize(
    "query", first_fast(12, sorted(LOSSES, key=lambda q: q["network"] != "places")), ids=str
)
def test_what_is_said_of_a_loss_holds(query):
    words, network = ask("loss", **query)["words"], network_named(query["network"])
    if query.get("operation") == "swap the memory":
        assert words == ""
        return
    net, ids = network.checkpoint.net, network.checkpoint.vocabulary.encode(network.held_out)
    units = {"all": None, "0, 5-8": [0, 5, 6, 7, 8], "0": [0], "0-49": list(range(50))}[query["units"]]
    twin = (
        operate(net, {query["gate"]: float(query["clamp"])}, units)
        if "gate" in query
        else operate(net, ablate=units)
    )
    without, with_it = evaluate(net, ids), evaluate(twin, ids)
    assert "The operation was also carried out at every character" in words
    if "rounding errors" in words:
        return  # then the numbers are those of the file, and the sentence says so
    if "the same without" in words:
        assert abs(with_it - without) < 0.006
        assert f"{with_it:.2f} nats" in words
        return
    verb, old, new = re.search(r"loss (rises|falls) from ([\d.]+) to ([\d.]+) nats", words).groups()
    assert (verb == "rises") == (with_it > without)
    assert [float(old), float(new)] == pytest.approx([without, with_it], abs=0.012)
    bits = [float(x) for x in re.search(r"\(([\d.]+) to ([\d.]+) bits", words).groups()]
    assert bits == pytest.approx([without / math.log(2), with_it / math.log(2)], abs=0.02)
    guess = number_in(r"uniform guessing has a loss of ([\d.]+\d)", words)
    assert guess == pytest.approx(math.log(net.output_size), abs=0.006)


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry["model"])
def test_what_is_said_of_the_stored_losses_holds(entry):
    words = f"{which_gate_mattered(entry)} {without_forgetting(entry)}"
    if not entry["clamped"]:
        assert "no gate to clamp" in words
        return
    losses = entry["clamped"]["f" if "f" in entry["clamped"] else "z"]["0"], entry["table_1"]
    far = losses[0] - losses[1]
    compared = "about as good as" if abs(far) <= 0.05 else "better than" if far < 0 else "worse than"
    assert f"{compared} a table" in words
    assert ("and worse than uniform guessing" in words) == (losses[0] > entry["guess"])
    assert ("and this helps" in words) == (entry["one_character"] > losses[0] + 0.05)
    for gate, ways in entry["clamped"].items():
        for way, name in (("mean", "at its own mean"), ("0", "at 0"), ("1", "at 1")):
            worse = re.search(r"is worse than uniform guessing \([\d.]+\) when ([^.]*)\.", words)
            assert (ways[way] > entry["guess"]) == bool(worse and f"{gate} is clamped {name}" in worse[1])
