"""assets/sampling.json is what its script measures, and what is said of it follows from it."""

import json
from itertools import pairwise

import pytest

from assets.build.sampling import (
    BRACKETS,
    CHARACTERS,
    FILE,
    LONG,
    MODELS,
    NO_WORDS,
    PAIR_SEEDS,
    TEMPERATURES,
    compare_pairs,
    count_lines,
    open_bracket,
    temperatures,
    write,
)
from lesson.sampling import measured as page
from lesson.sampling.surgery.closing_challenge import CLOSE_IT
from lesson.sampling.surgery.closing_rules import LETTERS
from lesson.sampling.write.questions import loops_in_words
from lesson.widgets.temperatures import RANGES, measured, ranges_in_words, ranges_table
from lstm.interpret.brackets import CLOSER
from lstm.interpret.surgery import operate
from lstm.storage.checkpoint import read
from lstm.textstats.repetition import loop
from tests.tiers import every_fast

RESULTS = json.loads(FILE.read_text("utf-8"))
NAMES = sorted(path.stem for path in MODELS.glob("*.npz"))


def test_every_model_was_measured():
    assert sorted(RESULTS["loops"]) == sorted(RESULTS["pairs"]) == NAMES
    assert sorted(RESULTS["temperatures"]) == [name for name in NAMES if name not in NO_WORDS]
    assert len(RESULTS["single_units"]["ablated"]) == read(MODELS / f"{BRACKETS}.npz").net.hidden_size


def test_the_page_reads_what_the_script_measured():
    assert (LONG, len(PAIR_SEEDS), CHARACTERS) == (page.LONG_RUN, page.PAIR_SEEDS, page.LOOP_LENGTH)
    assert page.pairs()["fables"]._asdict() == RESULTS["pairs"]["fables"]


@pytest.mark.parametrize("name", NAMES)
def test_a_models_loop_is_found_again(name):
    assert loop(write(read(MODELS / f"{name}.npz"), 0.0, CHARACTERS, 0)) == RESULTS["loops"][name]


@pytest.mark.slow
@pytest.mark.parametrize("name", every_fast(4, NAMES))
def test_pairs_come_out_again(name):
    assert compare_pairs(read(MODELS / f"{name}.npz"))._asdict() == pytest.approx(RESULTS["pairs"][name])


def test_temperatures_come_out_again():
    rows = temperatures(read(MODELS / "recipes.npz"))
    for row, stored in zip(rows, RESULTS["temperatures"]["recipes"], strict=True):
        assert row == pytest.approx(stored, abs=1e-4)


def test_single_units_come_out_again():
    model, stored = read(MODELS / f"{BRACKETS}.npz"), RESULTS["single_units"]
    assert list(count_lines(model.net, model.vocabulary)) == stored["intact"]
    for unit in (12, 45, 63, 64, 98):
        ablated = operate(model.net, ablate=[unit])
        assert list(count_lines(ablated, model.vocabulary)) == stored["ablated"][unit]


def test_the_open_bracket_comes_out_again_stored_but_not_shown():
    model, stored = read(MODELS / f"{BRACKETS}.npz"), page.open_bracket()
    assert open_bracket(model.net, model.vocabulary)._asdict() == stored._asdict()
    chance = stored.new / len(CLOSER)
    assert stored.in_C > 0.95 * stored.new and abs(stored.in_logits - chance) < 0.1 * stored.new
    assert LETTERS[0] <= stored.letters <= LETTERS[1]
    assert f"in {stored.in_logits} of these {stored.new} lines" in CLOSE_IT.statement
    assert f"names it in {stored.in_C} of {stored.new} other lines" in CLOSE_IT.statement


# -- the words --


def test_which_models_end_in_a_loop_is_counted(monkeypatch):
    count = sum(bool(text) for text in RESULTS["loops"].values())
    assert f"{count} " in loops_in_words()
    module = "lesson.sampling.write.questions.loops"
    for found, words in (
        ({"a": "x", "b": "y"}, "All 2 models of the course end in a loop within 1,000 characters."),
        ({"a": "x", "b": ""}, "1 of 2 models end in a loop within 1,000 characters; b does not."),
    ):
        monkeypatch.setattr(module, lambda found=found: found)
        assert loops_in_words() == words


def test_the_ranges_leave_no_temperature_out():
    assert (RANGES[0].low, RANGES[-1].high) == (TEMPERATURES[0], TEMPERATURES[-1])
    for one, following in pairwise(RANGES):
        assert one.high == following.low
    assert all(f"{one.low:g} to {one.high:g}: {one.words}" in ranges_in_words() for one in RANGES)
    assert len(ranges_table()[1]) == len(RANGES)


def test_what_is_said_of_each_range_is_what_was_measured():
    """Every word of the ranges has a rule; a word without one fails."""
    at = measured()
    rules = {
        "hardly any word is invented; at 0 the text ends in a loop": lambda low, high: (
            low.words > 0.95 < high.words
            and low.repeated > 0.5
            and all(RESULTS["loops"][name] for name in NAMES if name not in NO_WORDS)
        ),
        "few words are invented, and little is repeated": lambda low, high: (
            low.words > 0.9 < high.words and low.repeated < 0.05 > high.repeated
        ),
        "some words are invented": lambda low, high: 0.8 < high.words < 0.9 and low.words < 0.95,
        "many words are invented": lambda low, high: 0.6 < high.words < 0.8,
        "at 2 most words are invented": lambda low, high: high.words < 0.5 < low.words,
    }
    for one in RANGES:
        low, high = at[one.low], at[one.high]
        assert low.words > high.words and low.repeated >= high.repeated
        assert rules[one.words](low, high), one
