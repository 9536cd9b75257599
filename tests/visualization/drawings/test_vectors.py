"""What the part 'Vectors' says in words, and how it counts parameters."""

import re

import numpy as np
import pytest

from lesson.gates import small_network
from lstm import GRU, LSTM, RNN
from visualization.drawings.vectors import counts, describe_step, describe_text, parameters_rows, picture
from visualization.numbers import number


def test_the_sentence_says_what_the_numbers_say():
    way = small_network.read_text("hello hello", 4, 20)
    unit = int(np.abs(way.step.C[3] - way.C_prev[3]).argmax())
    told = describe_step(way, 3)
    for part in (
        f"At “l” the cell state of unit {unit} changes most",
        f"keeps {number(way.step.f[3, unit])} of its old value {number(way.C_prev[3, unit])} and",
        f"adds {number(way.step.added_part[3, unit])}.",
        f"“o”, a probability of {way.y[3, way.chars.index('o')]:.3f}: "
        f"the loss is {number(way.losses[3])} nats.",
        "Step 3 reads “l” too, but the next character there is “l”.",
    ):
        assert part in told
    assert "no next character" in describe_step(way, 10) and "“␣”" in describe_step(way, 5)


def test_the_mean_loss_stands_beside_that_of_a_blind_guess():
    way = small_network.read_text("hello hello", 4, 0)
    assert f"10 predictions in this text is {number(np.mean(way.losses))} nats" in describe_text(way)
    assert "ln 5 = 1.61" in describe_text(way)
    assert "the one prediction" in describe_text(small_network.read_text("ab", 4, 0))


@pytest.mark.parametrize("H", [2, 4, 8])
@pytest.mark.parametrize("text", ["hello hello", "ab", "aaaaab", "The quick brown fox jum", "Zürich 42"])
@pytest.mark.parametrize("steps", [0, 20, 160, 300])
def test_every_sentence_agrees_with_the_numbers_beside_it(text, H, steps):
    way = small_network.read_text(text, H, steps)
    for t in range(len(text)):
        words = picture(way, t)["texts"]
        unit, f, old, added = re.search(
            r"unit (\d+) changes most: it keeps (\S+) of its old value (\S+) and adds (\S+)\. ", words["say"]
        ).groups()
        k, (f, old, added) = int(unit), (float(n.replace("−", "-")) for n in (f, old, added))
        assert np.abs(way.step.C[t] - way.C_prev[t]).argmax() == k
        assert abs(f * old + added - way.step.C[t, k]) < 0.03
        if t + 1 == len(text):
            assert words["loss"] == "The last character has no target and no loss."
            continue
        p, loss = re.search(r"−ln (\S+) ≈ (\S+) nats", words["loss"]).groups()
        assert number(-np.log(float(p))) == loss  # who computes it with the written p gets the same
        assert f"a probability of {p}: the loss is {loss} nats" in words["say"]
        if twin := re.search(r"Step (\d+) reads", words["say"]):
            s = int(twin[1]) - 1
            assert text[s] == text[t] and text[s + 1] != text[t + 1]
            assert not np.array_equal(way.h_prev[s], way.h_prev[t])


@pytest.mark.parametrize(
    ("text", "H", "steps"), [("hello hello", 4, 0), ("ab", 2, 300), ("The quick brown fox", 8, 100)]
)
def test_no_number_is_minus_nought(text, H, steps):
    way = small_network.read_text(text, H, steps)
    for t in range(len(text)):
        assert not re.search(r"[-−]0\.0+\b", " ".join(picture(way, t)["texts"].values()))


# -- parameters --


@pytest.mark.parametrize("H", range(2, 9))
@pytest.mark.parametrize("V", [2, 5, 24])
def test_parameters_are_counted_as_they_are(V, H):
    cells, wholes = {}, {}
    for blocks, kind in ((1, RNN), (3, GRU), (4, LSTM)):
        net = small_network.untrained(kind, V, H)
        cells[kind], readout, wholes[kind] = counts(net)
        assert cells[kind] == blocks * (H * (H + V) + H)
        assert readout == V * H + V and wholes[kind] == cells[kind] + readout
        assert ("**cell**", [f"**{cells[kind]:,}**"]) in parameters_rows([net])
    assert cells[LSTM] == 4 * cells[RNN]
    assert wholes[LSTM] < 4 * wholes[RNN]
