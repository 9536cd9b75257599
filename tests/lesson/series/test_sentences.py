"""What is said of a setting and of a run is true in every state that the controls can reach."""

import math
import re
from itertools import product

import pytest

from lesson.series import sentences
from lesson.series.parameters import LENGTH, SERIES_BIAS, SERIES_CELL
from lesson.series.settings import NAMES, Setting

LENGTHS = [int(option) for option in LENGTH.options]
ALL = [
    Setting(task, cell, bias, length, 1)
    for task, cell, bias, length in product(
        NAMES.values(), SERIES_CELL.options, SERIES_BIAS.grid, LENGTHS
    )
]  # fmt: skip
GATED = [setting for setting in ALL if setting.task in ("spike", "adding")]


@pytest.mark.parametrize("task", NAMES.values())
def test_before_training(task):
    for setting in (each for each in ALL if each.task == task):
        words = sentences.before(setting)
        assert "  " not in words and (words[0].isupper() or words[0].isdigit()) and words.endswith(".")
        if task == "spike":
            # A spike at step t and its question at t + 100 lie in one sequence at L − 100 of L places.
            places = max(0, setting.length - 100)
            if places:
                assert words.startswith(f"{round(100 * places / setting.length)}% of the questions")
            else:
                assert "never hold" in words
        if task == "sine":
            held = "1 period" if setting.length == 25 else f"{setting.length / 25:g} periods"
            assert words.endswith(f" Each of the 32 sequences holds {held} of the sine.")
        if task == "adding":
            assert ("holds a whole problem" in words) == (setting.length >= 100)
            assert ("change nothing" in words) == (setting.length > 100)
            assert f"reads 32 × {min(100, setting.length)} = " in words
        if task in ("spike", "adding") and setting.cell != "RNN":
            left = (1 / (1 + math.exp(-setting.bias))) ** 100
            number = re.search(r"\*\*(.+?)\*\* of ([Ch])", words)
            assert number[2] == ("C" if setting.cell == "LSTM" else "h")
            mantissa, *exponent = number[1].replace("⁻", "-").split(" · 10")
            power = int(exponent[0].translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))) if exponent else 0
            assert float(mantissa) * 10.0**power == pytest.approx(left, rel=0.1)


@pytest.mark.parametrize("cell", ["LSTM", "GRU", "RNN"])
def test_an_input_gate_that_is_almost_shut_is_named_wherever_the_state_is_said_to_keep_enough(cell):
    for bias in SERIES_BIAS.grid:
        setting = Setting("spike", cell, bias, 150, 1)
        is_shut = cell != "RNN" and 1 / (1 + math.exp(bias)) < 0.001
        assert is_shut == (cell != "RNN" and bias >= 7)
        for words in (
            sentences.before(setting),
            sentences.verdict(setting, 200, 0.95, False, None),
            sentences.verdict(setting, 600, 0.95, True, None),
        ):
            assert (f"σ(−{bias})" in words) == is_shut


def test_a_loss_just_below_the_mean_is_not_called_as_high():
    words = sentences.verdict(Setting("own", "LSTM", 1, 50, 1), 300, 0.998, True, None)
    assert "just under 100%" in words


@pytest.mark.parametrize("share", [0.003, 0.05, 0.5, 0.95, 1.02, 40.0])
@pytest.mark.parametrize(("update", "finished"), [(0, False), (60, False), (300, False), (600, True)])
def test_after_some_updates(share, update, finished):
    for setting in GATED:
        learned = 40 if share < 0.04 else None
        words = sentences.verdict(setting, update, share, finished, learned)
        assert ("Learned" in words) == (learned is not None)
        is_high = share > 0.9 and learned is None and (finished or update >= 100)
        kept = 0 if setting.cell == "RNN" else (1 / (1 + math.exp(-setting.bias))) ** 100
        may_fall = setting.length >= (101 if setting.task == "spike" else 100) and kept >= 0.01
        assert ("**Still " in words) == (is_high and not finished and may_fall)
        nothing = is_high and (finished or not may_fall)
        assert ("has learned next to nothing" in words) == nothing
        if is_high:
            assert ("ear the variance (" in words) == (share < 1.1) != ("bove the variance (" in words)
        if nothing:
            is_short = setting.length <= 100 if setting.task == "spike" else setting.length < 100
            assert ("no error ever goes back" in words) == is_short
            if not is_short and setting.cell != "RNN":
                left = (1 / (1 + math.exp(-setting.bias))) ** 100
                assert ("of a state is left" in words) == (left < 0.01)
        assert str(update) in words


def test_a_series_without_a_threshold_is_never_learned():
    for task in ("sine", "own"):
        words = sentences.verdict(Setting(task, "LSTM", 1, 50, 1), 300, 0.18, True, None)
        assert words == "After 300 updates the test loss is 18% of the loss of always predicting the mean."


@pytest.mark.parametrize(
    ("share", "text"), [(0.0123, "1.2%"), (0.099, "9.9%"), (0.5, "50%"), (1.5, "150%"), (30, "far")]
)
def test_shares_are_written_to_two_digits(share, text):
    assert text in sentences.verdict(Setting("sine", "LSTM", 1, 50, 1), 300, share, True, None)
