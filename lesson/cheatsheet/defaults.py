"""Where the command line's defaults differ from the sheet's customary values, and what that does."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from lesson.cheatsheet.defaults_sentences import verdicts
from lesson.frame.files import ROOT
from lesson.frame.glossary import note, prose
from lesson.frame.memo import memo
from lesson.frame.style import theme
from lesson.widgets.display import Spec, draw, ready
from lstm.settings import Settings
from visualization.charts.recipe import describe_recipe, plot_recipe, recipe_frame
from visualization.palette import Theme


class Setting(NamedTuple):
    """A setting in words, its option of the command line, and why the default has another value."""

    words: str
    option: str
    why: str


SETTINGS = {
    "learning_rate": Setting("learning rate", "--lr", "faster at first; the schedule makes it small later"),
    "schedule": Setting("schedule", "--schedule", "the last steps are small, so the loss ends lower"),
    "warm_up": Setting("warm-up steps", "--warm-up", "Adam's averages are poor in the first steps"),
    "batch_size": Setting("batch", "--batch-size", "more updates in an epoch"),
    "dropout": Setting("dropout", "--dropout", "the text is harder to memorise"),
    "weight_decay": Setting(
        "weight decay", "--weight-decay", "it made no difference in the three texts that we tried (0 or 0.05)"
    ),
    "input_scale": Setting("first input weights", "", "each character has an effect from the start"),
}
SHEET, FASTER, DEFAULT = "cheat sheet", "rate 0.003, batch 16", "default"  # the names in assets/recipe.json


def show() -> None:
    """Show the part: the curves, what they say, and the settings side by side."""
    results, frame = _results()
    header = results["header"]
    sheet, default = (header["contenders"][name] for name in (SHEET, DEFAULT))
    st.subheader("Why the command lstm train has other default settings than this sheet")
    prose(
        f"We trained an LSTM with {header['hidden_size']} units on the first {header['characters']:,} "
        f"characters of the {header['text']}, for {frame['epoch'].max()} epochs, in three ways: with the "
        "usual values of this sheet; with a higher learning rate and a smaller batch; and with the default "
        f"settings of the command `lstm train`. Each thin line is one of {len(header['seeds'])} seeds. The "
        "thick line is their median, and the dot marks the epoch with the lowest loss."
    )
    draw(*_chart(theme()), key="recipe_chart")
    prose(_verdicts())
    prose(table_of_differences(sheet, default))
    note(
        "The row “first input weights” gives their standard deviation; the command has no option for it. "
        "It has an option for each of the remaining rows. This line trains with the values of the sheet, "
        "except for the first input weights:"
    )
    st.code(sheet_command(sheet), language=None)


@memo()
def _results() -> tuple[dict[str, Any], pd.DataFrame]:
    """Read what was measured (see assets/build/recipe.py)."""
    results = json.loads((ROOT / "assets" / "recipe.json").read_text("utf-8"))
    return results, recipe_frame(results)


@memo(entries=2)
def _chart(tone: Theme) -> tuple[Spec, str]:
    """Return the chart of the losses, and the same in words."""
    _, frame = _results()
    return ready(plot_recipe(frame, tone), tone), describe_recipe(frame)


@memo()
def _verdicts() -> str:
    """Write what the curves say."""
    results, frame = _results()
    faster, default = (results["header"]["contenders"][name] for name in (FASTER, DEFAULT))
    rest = [
        f"{SETTINGS[name].words} ({_value(_of(default, name))} instead of {_value(_of(faster, name))})"
        for name in differences(faster, default)
    ]
    return "\n".join(f"- {sentence}" for sentence in verdicts(frame, SHEET, FASTER, DEFAULT, rest))


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return the names of the settings in which two contenders differ."""
    return [name for name in SETTINGS if _of(before, name) != _of(after, name)]


def table_of_differences(sheet: Mapping[str, Any], default: Mapping[str, Any]) -> str:
    """Write the settings in which two contenders differ: what, each one's value, and why."""
    rows = [
        f"| {SETTINGS[name].words} | {_value(_of(sheet, name))} | {_value(_of(default, name))} | "
        f"{SETTINGS[name].why} |"
        for name in differences(sheet, default)
    ]
    return "\n".join(["| what | cheat sheet | default | why |", "|---|---|---|---|", *rows])


def sheet_command(sheet: Mapping[str, Any]) -> str:
    """Return the line that trains with the customary values."""
    options = [
        f"{setting.option} {_value(_of(sheet, name))}" for name, setting in SETTINGS.items() if setting.option
    ]
    return f"lstm train input.txt {' '.join(options)} --patience 0"


def _of(contender: Mapping[str, Any], name: str) -> Any:
    """Return a contender's value of a setting; what it does not name is as in `train`."""
    return contender.get(name, getattr(Settings(), name, None))


def _value(value: float | str | None) -> str:
    """Write a value; without an input scale the first weights have the size of all others."""
    if value is None:
        return "1/√(H\N{NO-BREAK SPACE}+\N{NO-BREAK SPACE}D)"
    return value if isinstance(value, str) else f"{value:g}"
