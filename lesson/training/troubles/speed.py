"""What costs time in training: a measurement on this server, and what it says."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from lesson.frame.glossary import prose
from lesson.training.engine.recording import Recording
from lesson.training.engine.settings import SPEED, RunSettings
from lesson.training.engine.speed_benchmark import CASES, CHARACTERS, GRID, SEQUENCES, STEPS, UNITS, USUAL
from lesson.training.live.run_request import RunRequest
from lesson.training.live.session import viewer
from lesson.training.live.watch import running, start

_ABOUT = "speed"
Measured = tuple[str, int, float]  # what was changed, to what, and characters a second


def show() -> None:
    """Draw a button, tables that fill, and words when they are full."""
    usual = ", ".join(f"{what} {value}" for what, value in USUAL.items())
    prose(
        "Every number is measured on this server when you press the button. One thing changes at a time; the "
        f"others stay at {usual}. An LSTM, trained with Adam; characters a second, more is better."
    )
    if st.button("Measure it here", type="primary", icon=":material/timer:"):
        start(_ABOUT, [RunRequest(RunSettings(text=SPEED), "")])
    if running(_ABOUT):
        works = _works(viewer().runs[0])
        st.fragment(_look, run_every=0.5 if works else None)(works)


def _works(recording: Recording) -> bool:
    return not (recording.finished or recording.error)


def _look(worked: bool) -> None:
    visitor = viewer()
    recording = visitor.registry.request(visitor.name, visitor.runs[0])
    rows = recording.speed()
    if recording.error:
        st.error(recording.error)
    if len(rows) < len(CASES):
        place = visitor.registry.place(recording)
        waiting = f" · place {place} in the queue" if place else ""
        st.progress(len(rows) / len(CASES), f"{len(rows)} of {len(CASES)} settings measured{waiting}")
    most = max((speed for _, _, speed in rows), default=1.0)
    for column, what in zip(st.columns(len(GRID)), GRID, strict=True):
        column.dataframe(
            _table(what, rows), hide_index=True, key=f"speed_{what}",
            column_config={
                "characters/s": st.column_config.ProgressColumn(
                    format="compact", min_value=0.0, max_value=float(most)
                )
            },
            alt=f"Characters a second by {what}.",
        )  # fmt: skip
    if len(rows) == len(CASES):
        prose(describe_speed(rows))
    if worked and not _works(recording):
        st.rerun()  # only a run of the page stops the clock


def _table(what: str, rows: Sequence[Measured]) -> pd.DataFrame:
    """Return the cases in which one thing was changed; those that are not measured yet are empty."""
    speeds = {value: speed for changed, value, speed in rows if changed == what}
    return pd.DataFrame({what: list(GRID[what]), "characters/s": [speeds.get(value) for value in GRID[what]]})


def describe_speed(rows: Sequence[Measured]) -> str:
    """Say what was measured."""
    by: dict[str, Mapping[int, float]] = {
        what: {value: speed for changed, value, speed in rows if changed == what} for what in GRID
    }
    units, batch = by[UNITS], by[SEQUENCES]
    longest, alphabet = GRID[STEPS][-1], GRID[CHARACTERS][-1]
    many = by[CHARACTERS][60] / by[CHARACTERS][alphabet]
    lines = [
        f"A batch of 32 instead of a single sequence reads **{batch[32] / batch[1]:.1f} times** as many "
        "characters a second: one call then works on 32 rows.",
        f"Twice the units, 128 instead of 64, take **{units[64] / units[128]:.1f} times** as long for a "
        f"character, and 256 instead of 128 {units[128] / units[256]:.1f} times. The weights have quadrupled "
        "each time: with few units the calls cost more than the numbers.",
        f"The sequence length hardly matters for the time of a character: {longest} steps are "
        f"**{by[STEPS][longest] / by[STEPS][50]:.1f} times** as fast as 50. It decides how many updates the "
        "same text gives.",
        f"{alphabet} different characters instead of 60 take **{many:.1f} times** as long: the readout grows "
        "with the alphabet, the cell's own product does not, since a character is a row that is looked up.",
    ]
    return "\n".join(f"- {line}" for line in lines)
