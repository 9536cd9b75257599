"""The command line's defaults beside the sheet's values: what is said follows from what was measured."""

import pytest

from lesson.cheatsheet import defaults
from lesson.cheatsheet.defaults import (
    DEFAULT,
    FASTER,
    SHEET,
    differences,
    sheet_command,
    table_of_differences,
)
from lesson.cheatsheet.defaults_sentences import verdicts
from lstm.settings import Settings
from lstm.terminal.options import command_parser
from lstm.terminal.program import INSTALLED
from tests.app import open_page, words_of
from visualization.charts.recipe import recipe_frame

SLOW = {"learning_rate": 0.001, "batch_size": 32, "schedule": "constant", "input_scale": None}
QUICK = {
    "learning_rate": 0.004, "batch_size": 32, "schedule": "cosine", "dropout": 0.0, "patience": None,
    "input_scale": 1.0,
}  # fmt: skip
FALLING = [3.0, 2.5, 2.2, 2.0004]


def said(default, faster=(2.0, 1.9, 1.8, 1.7), shift=0.1):
    """What is said of three seeds whose medians are these curves, with the others `shift` above and below."""
    curves = {SHEET: FALLING, FASTER: faster, DEFAULT: default}
    runs = [
        {"contender": name, "seed": seed, "losses": [loss + shift * (seed - 2) for loss in losses]}
        for name, losses in curves.items()
        for seed in (1, 2, 3)
    ]
    return verdicts(recipe_frame({"runs": runs}), SHEET, FASTER, DEFAULT, ["schedule cosine", "dropout 0.4"])


def test_a_lower_default_in_words():
    lower, share, ends = said([2.4, 1.6, 1.4, 1.5])
    assert lower == (
        "With the default settings the lowest validation loss is 1.400 nats, after 3 epochs. With the "
        "settings of the cheat sheet it is 2.000, after 4 epochs. So the loss with the default "
        "settings is lower by 0.600. The default settings reach a lower loss with every seed. The "
        "default settings need 2 epochs to get below 2.000, the lowest loss with the settings of the cheat "
        "sheet."
    )
    assert share == (
        "With only rate 0.003 and batch 16 changed, the lowest loss is 1.700. So these two changes alone "
        "give 50% of the improvement. All other settings together give the rest: schedule cosine and dropout "
        "0.4."
    )
    assert (
        "With the settings of the cheat sheet and with rate 0.003 and batch 16 the loss still falls in the "
        "last epoch. With the default settings the loss rises again at the end, from 1.400 to 1.500: a sign "
        "of overfitting." in ends
    )


def test_a_difference_is_that_of_the_numbers_beside_it():
    """2.0004 and 1.3946 differ by 0.6058, but who reads 2.000 and 1.395 expects 0.605."""
    assert "is 1.395 nats" in (lower := said([2.4, 1.3946, 1.5, 1.5])[0])
    assert "is 2.000" in lower and "by 0.605" in lower


def test_seeds_that_overlap_are_not_said_to_agree():
    assert "every seed" not in said([2.4, 1.6, 1.4, 1.5], shift=0.4)[0]


@pytest.mark.parametrize(
    ("default", "words"),
    [
        (
            [3.0, 2.6, 2.4, 2.3],
            "the loss with the cheat sheet's settings is lower by 0.300. In 4 epochs the default "
            "settings never get below",
        ),
        ([3.0, 2.6, 2.4, 2.001], "after 4 epochs. So there is no difference."),
    ],
)
def test_a_default_that_is_no_better_in_words(default, words):
    lower, share, ends = said(default)
    assert words in lower and share == "With only rate 0.003 and batch 16 changed, the lowest loss is 1.700."
    assert "overfitting" not in ends


def test_the_table_has_what_differs_and_the_values_of_both():
    assert differences(SLOW, QUICK) == ["learning_rate", "schedule", "input_scale"]
    rows = table_of_differences(SLOW, QUICK).splitlines()[2:]
    assert [row.split(" | ")[1:3] for row in rows] == [
        ["0.001", "0.004"],
        ["constant", "cosine"],
        ["1/√(H\N{NO-BREAK SPACE}+\N{NO-BREAK SPACE}D)", "1"],
    ]


def test_the_line_to_type_asks_for_the_sheets_values():
    program, *words = sheet_command(SLOW).split()
    options = command_parser(INSTALLED).parse_args(words)
    assert program == INSTALLED.name and options.patience == 0
    expected = vars(Settings(learning_rate=0.001, batch_size=32))
    names = [name for name, setting in defaults.SETTINGS.items() if setting.option]
    assert {name: getattr(options, name) for name in names} == {name: expected[name] for name in names}


def test_the_page_shows_the_curves_what_they_say_and_the_table():
    app = open_page("8_cheatsheet.py")
    results, frame = defaults._results()
    words, code = words_of(app), [block.value for block in app.code]
    sheet, default = (results["header"]["contenders"][name] for name in (SHEET, DEFAULT))
    assert table_of_differences(sheet, default) in [block.value for block in app.markdown]
    assert sheet_command(sheet) in code
    assert f"{frame[frame['contender'] == DEFAULT]['median'].min():.3f} nats" in words
