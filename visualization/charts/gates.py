"""What gates do along a text."""

import json
from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from lstm.errors import InputError
from visualization.charts.frames import over_time, steps_by_unit, steps_of_text
from visualization.charts.gate_names import Gate, gates_of
from visualization.charts.windows import MOST_ROWS, over_windows
from visualization.palette import colour
from visualization.symbols import GATES, SYMBOLS, Theme
from visualization.text import join_words, visible

_SPREAD = [
    alt.Tooltip("mean:Q", format=".3f"),
    alt.Tooltip("low:Q", title="a quarter of the units below", format=".3f"),
    alt.Tooltip("high:Q", title="a quarter of the units above", format=".3f"),
]
_TOOLTIP = [alt.Tooltip("character:N"), alt.Tooltip("symbol:N", title="gate"), *_SPREAD]
_WINDOW_TOOLTIP = [
    alt.Tooltip("from:Q", title="from character", format=","),
    alt.Tooltip("to:Q", title="to character", format=","),
    alt.Tooltip("symbol:N", title="gate"),
    alt.Tooltip("mean:Q", format=".3f"),
    alt.Tooltip("low:Q", title="lowest character", format=".3f"),
    alt.Tooltip("high:Q", title="highest character", format=".3f"),
]

KEEPS_HALF = 0.5**0.1  # of a gate: after ten steps at this value half is left
# What it means if a gate's mean is unusual: in which direction, and what the cell does then.
_SIGNS = {"f": (-1, "forgets"), "i": (1, "writes"), "o": (1, "shows")}
_GRU_SIGNS = {"z": (-1, "forgets"), "r": (-1, "resets")}


def plot_gate_activations(
    gates_dict: Mapping[str, ArrayLike], sequence_text: str, theme: Theme = "light"
) -> alt.LayerChart:
    """Draw the gates f, i and o (of a GRU: z and r) at every character: a line for the mean over the units,
    a band for the middle half of them.

    gates_dict: name to values, (T,) or (T, H), such as `net.gates`; "forget", "input", "output" are read as
    f, i, o, and f_2 as the second layer's f; states and candidates are left out.
    A text of more than some thousand characters is cut into at most 500 windows: the line is the mean over
    each window, the band reaches from its lowest character to its highest; the chart's title says so.
    Raises InputError if there is no gate, or if steps and characters do not match.
    """
    gates = gates_of(gates_dict)
    if len(gates) * len(sequence_text) > MOST_ROWS:
        return _windows(gates, sequence_text, theme)
    values = {gate.label: steps_of_text(gate.values, sequence_text, gate.label) for gate in gates}
    frame = over_time(values, sequence_text)
    return _lines(frame, character_axis(frame), _colours(gates, theme), _TOOLTIP, opacity=0.1)


def _windows(gates: list[Gate], text: str, theme: Theme) -> alt.LayerChart:
    """Mean, lowest and highest character of every window: what a long text's lines would cover."""
    frames = [
        over_windows(steps_of_text(gate.values, text, gate.label).mean(axis=1), gate.label) for gate in gates
    ]
    length = int(frames[0]["to"][0])
    across = alt.X("step:Q", title="character", scale=alt.Scale(domain=[0, len(text)], nice=False))
    chart = _lines(pd.concat(frames, ignore_index=True), across, _colours(gates, theme), _WINDOW_TOOLTIP, 0.3)
    return chart.properties(
        title=alt.TitleParams(
            f"{len(text):,} characters; each point stands for {length:,}",
            subtitle="line: mean over the units and these characters; band: lowest to highest of them",
            anchor="start",
        )
    )


def _lines(
    frame: pd.DataFrame, across: alt.X, colours: alt.Scale, tooltip: list[alt.Tooltip], opacity: float
) -> alt.LayerChart:
    base = alt.Chart(frame).encode(
        across,
        alt.Color("symbol:N", scale=colours, title=None, legend=alt.Legend(orient="top", symbolOpacity=1)),
    )
    band = base.mark_area(opacity=opacity).encode(
        alt.Y("low:Q", scale=alt.Scale(domain=[0, 1]), title="open (1) … closed (0)"), alt.Y2("high:Q")
    )
    line = base.mark_line(strokeWidth=2.5).encode(
        alt.Y("mean:Q"),
        alt.StrokeDash("symbol:N", legend=None),
        tooltip=tooltip,
    )
    return band + line


def _colours(gates: list[Gate], theme: Theme) -> alt.Scale:
    return alt.Scale(
        domain=[gate.label for gate in gates], range=[colour(gate.symbol, theme) for gate in gates]
    )


def analyze_gate_patterns(gates_dict: Mapping[str, ArrayLike], sequence_text: str) -> pd.DataFrame:
    """Tabulate the gates, one row a character: the means over the units, and what is unusual there.

    Columns: step, character, forget, input, output, keeping, reading.  `keeping` is the share of units whose
    forget gate is at least 0.933: at this value half of C is left after 10 steps or more.  `reading` compares
    the means with those of the whole text: "forgets" where forget is more than one standard deviation below
    its mean over the text, "writes" where input is more than one above, "shows" where output is; "usual"
    where none of them is.
    Of a GRU: step, character, keep, reset, keeping, reading: "forgets" where keep is low, "resets" where
    reset is.  Several layers: a column `layer`, and the rows of one after the other.
    Names as in `plot_gate_activations`.
    Raises InputError if one of the gates is missing, or if steps and characters do not match.
    """
    gates = gates_of(gates_dict)
    layers = sorted({gate.layer for gate in gates})
    tables = [_table([gate for gate in gates if gate.layer == layer], sequence_text) for layer in layers]
    if layers == [1]:
        return tables[0]
    for layer, table in zip(layers, tables, strict=True):
        table.insert(0, "layer", layer)
    return pd.concat(tables, ignore_index=True)


def _table(gates: list[Gate], text: str) -> pd.DataFrame:
    """The rows of one layer's gates."""
    symbols = {gate.symbol for gate in gates}
    needed, signs = (GATES[3:], _GRU_SIGNS) if symbols & set(GATES[3:]) else (GATES[:3], _SIGNS)
    if missing := [f"{name!r} ({SYMBOLS[name].short})" for name in needed if name not in symbols]:
        raise InputError(f"gates_dict has no {join_words(missing)}; all of {join_words(needed)} are needed.")
    values = {
        gate.symbol: steps_of_text(gate.values, text, gate.label) for gate in gates if gate.symbol in needed
    }
    means = {name: array.mean(axis=1) for name, array in values.items()}
    return pd.DataFrame(
        {
            "step": np.arange(1, len(text) + 1),
            "character": [visible(char) for char in text],
            **{SYMBOLS[name].short: mean for name, mean in means.items()},
            "keeping": (values[needed[0]] >= KEEPS_HALF).mean(axis=1),
            "reading": _readings(means, signs),
        }
    )


def _readings(means: Mapping[str, np.ndarray], signs: Mapping[str, tuple[int, str]]) -> list[str]:
    """What is unusual at each character: means more than a standard deviation off, to their gate's side."""
    unusual = {
        word: sign * (means[name] - means[name].mean()) > means[name].std()
        for name, (sign, word) in signs.items()
    }
    rows = zip(*unusual.values(), strict=True)
    return [
        ", ".join(word for word, here in zip(unusual, row, strict=True) if here) or "usual" for row in rows
    ]


def describe_gates(gates_dict: Mapping[str, ArrayLike], sequence_text: str) -> str:
    """What `plot_gate_activations` shows, in words computed from the values."""
    means = {gate.label: steps_by_unit(gate.values).mean(axis=1) for gate in gates_of(gates_dict)}
    first, values = next(iter(means.items()))
    listed = ", ".join(f"{name} {gate.mean():.2f}" for name, gate in means.items())
    return (
        f"Means of the gates over {len(sequence_text)} characters: {listed}. "
        f"The mean of {first} is lowest at {visible(sequence_text[int(values.argmin())])!r}: "
        f"{values.min():.2f}."
    )


def character_axis(frame: pd.DataFrame, ordinal: bool = False) -> alt.X:
    """The text along the axis: steps are the positions, characters the labels."""
    # The label is looked up in the text itself, since the same character comes many times.
    letters = frame.drop_duplicates("step")["character"].tolist()
    label = f"{json.dumps(letters)}[datum.value - 1]" if len(letters) <= 80 else "datum.value"
    return alt.X(
        "step:O" if ordinal or len(letters) <= 80 else "step:Q",
        title="character",
        axis=alt.Axis(labelExpr=label, labelAngle=0, labelOverlap=True),
    )
