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
        f"Reading “l”, unit {unit + 1} changes most",
        f"keeps {number(way.step.f[3, unit])} of what it held ({number(way.C_prev[3, unit])})",
        f"adds {number(way.step.added_part[3, unit])};",
        f"“o”, a probability of {way.y[3, way.chars.index('o')]:.3f}: "
        f"a loss of {number(way.losses[3])} nats.",
        "Step 3 reads “l” too, but its target is “l”",
    ):
        assert part in told
    assert "no next character" in describe_step(way, 10) and "“␣”" in describe_step(way, 5)


def test_the_mean_loss_stands_beside_that_of_a_blind_guess():
    way = small_network.read_text("hello hello", 4, 0)
    assert f"10 guesses in this text: {number(np.mean(way.losses))} nats" in describe_text(way)
    assert "ln 5 = 1.61" in describe_text(way)
    assert "the one guess" in describe_text(small_network.read_text("ab", 4, 0))


@pytest.mark.parametrize(
    ("text", "H", "steps"), [("hello hello", 4, 0), ("ab", 2, 300), ("The quick brown fox", 8, 100)]
)
def test_no_number_is_minus_nought(text, H, steps):
    way = small_network.read_text(text, H, steps)
    for t in range(len(text)):
        assert not re.search(r"[-−]0\.0+\b", " ".join(picture(way, t)["texts"].values()))


# -- parameters --


@pytest.mark.parametrize("H", range(2, 9))
@pytest.mark.parametrize("D", [2, 5, 24])
def test_parameters_are_counted_as_they_are(D, H):
    cells, wholes = {}, {}
    for blocks, kind in ((1, RNN), (3, GRU), (4, LSTM)):
        net = small_network.untrained(kind, D, H)
        cells[kind], readout, wholes[kind] = counts(net)
        assert cells[kind] == blocks * (H * (H + D) + H)
        assert readout == D * H + D and wholes[kind] == cells[kind] + readout
        assert ("**cell**", [f"**{cells[kind]:,}**"]) in parameters_rows([net])
    assert cells[LSTM] == 4 * cells[RNN]
    assert wholes[LSTM] < 4 * wholes[RNN]
