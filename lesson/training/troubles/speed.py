"""What costs time in training: a measurement on this server, and what it says."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from lesson.frame.glossary import prose
from lesson.training.engine.settings import SPEED, RunRequest, RunSettings
from lesson.training.engine.speed_benchmark import CASES, CHARACTERS, GRID, SEQUENCES, STEPS, UNITS, USUAL
from lesson.training.live.session import viewer
from lesson.training.live.watch import runs_of, start
from lesson.widgets.drawing import Drawing
from lesson.widgets.inline_html import inline_html

_ABOUT = "speed"
_SPEED = Drawing("speed")
Measured = tuple[str, int, float]  # what was changed, to what, and characters a second


def show() -> None:
    """Draw a button, tables that fill, and words when they are full."""
    usual = ", ".join(f"{what} {value}" for what, value in USUAL.items())
    prose(
        "Press *Measure it here*: this server measures how many characters a second an LSTM reads while it "
        f"is trained with Adam. One setting changes at a time; the others stay at {usual}."
    )
    if st.button("Measure it here", type="primary", icon=":material/timer:"):
        start(_ABOUT, [RunRequest(RunSettings(text=SPEED), "")])
    if runs := runs_of(_ABOUT):
        _SPEED.draw({"run": runs[0].id, "watcher": viewer().name}, "speed")


def tables(rows: Sequence[Measured]) -> list[dict[str, Any]]:
    """Return for each thing that is changed a table of its cases; those not measured yet are empty."""
    most = max((speed for _, _, speed in rows), default=1.0)
    return [
        {"what": what, "rows": [_row(value, _speeds(what, rows).get(value), most) for value in values]}
        for what, values in GRID.items()
    ]


def _row(value: int, speed: float | None, most: float) -> dict[str, Any]:
    if speed is None:
        return {"value": str(value), "speed": "", "share": None}
    return {"value": f"{value:,}", "speed": f"{float(f'{speed:.3g}'):,.0f}", "share": round(speed / most, 4)}


def _speeds(what: str, rows: Sequence[Measured]) -> Mapping[int, float]:
    return {value: speed for changed, value, speed in rows if changed == what}


def words(rows: Sequence[Measured]) -> str:
    """Return as HTML what was measured, once all of it is."""
    if len(rows) < len(CASES):
        return ""
    return "".join(f"<li>{inline_html(line)}</li>" for line in describe_speed(rows))


def describe_speed(rows: Sequence[Measured]) -> list[str]:
    """Say what was measured, a sentence or two for each thing that was changed."""
    by = {what: _speeds(what, rows) for what in GRID}
    units, batch = by[UNITS], by[SEQUENCES]
    longest, alphabet = GRID[STEPS][-1], GRID[CHARACTERS][-1]
    many = by[CHARACTERS][60] / by[CHARACTERS][alphabet]
    return [
        f"A batch of 32 instead of a single sequence reads **{batch[32] / batch[1]:.1f} times** as many "
        "characters a second: each call of a NumPy function then works on 32 rows.",
        f"With twice the units, 128 instead of 64, it takes **{units[64] / units[128]:.1f} times** as long "
        f"to read a character; with 256 instead of 128, {units[128] / units[256]:.1f} times. The recurrent "
        "weights have quadrupled each time. With few units the calls take more time than the arithmetic.",
        f"A sequence length of {longest} steps is **{by[STEPS][longest] / by[STEPS][50]:.1f} times** as fast "
        "as one of 50. The sequence length also decides how many updates the same text gives.",
        f"With {alphabet} different characters instead of 60 it takes **{many:.1f} times** as long: the "
        "output layer grows with the alphabet. The work of the cell itself does not grow: for each character "
        "it only looks up one column of its weights.",
    ]
