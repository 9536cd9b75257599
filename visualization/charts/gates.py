"""What gates do along a text."""

import json
from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from visualization.charts.frames import over_time, steps_by_unit
from visualization.palette import colour
from visualization.symbols import GATES, Theme
from visualization.text import visible

_TOOLTIP = [
    alt.Tooltip("character:N"),
    alt.Tooltip("symbol:N", title="gate"),
    alt.Tooltip("mean:Q", format=".3f"),
    alt.Tooltip("low:Q", title="a quarter below", format=".3f"),
    alt.Tooltip("high:Q", title="a quarter above", format=".3f"),
]


def plot_gate_activations(
    gates_dict: Mapping[str, ArrayLike], sequence_text: str, theme: Theme = "light"
) -> alt.LayerChart:
    """The gates f, i and o (of a GRU: z and r) at every character: a line for the mean over the units,
    a band for the middle half of them.

    gates_dict: name to values, (T,) or (T, H); names that are no gates are left out.
    Raises ValueError if there is no gate, or if steps and characters do not match.
    """
    gates = _gates(gates_dict)
    frame, symbols = over_time(gates, sequence_text), list(gates)
    colours = alt.Scale(domain=symbols, range=[colour(symbol, theme) for symbol in symbols])
    base = alt.Chart(frame).encode(
        character_axis(frame),
        alt.Color("symbol:N", scale=colours, title=None, legend=alt.Legend(orient="top", symbolOpacity=1)),
    )
    band = base.mark_area(opacity=0.1).encode(
        alt.Y("low:Q", scale=alt.Scale(domain=[0, 1]), title="open (1) … closed (0)"), alt.Y2("high:Q")
    )
    line = base.mark_line(strokeWidth=2.5).encode(
        alt.Y("mean:Q"),
        alt.StrokeDash("symbol:N", legend=None),
        tooltip=_TOOLTIP,
    )
    return band + line


def analyze_gate_patterns(gates_dict: Mapping[str, ArrayLike], sequence_text: str) -> pd.DataFrame:
    """One row a character: the mean of f, i and o over the units, and what that does to the memory.

    Columns: step, character, forget, input, output, reading.  `reading` names what the unit on
    average does: keeping (f at least 0.5, i below), replacing (i at least 0.5, f below), accumulating
    (both), clearing (neither); "showing" is added where o is at least 0.5.
    Raises ValueError if one of the three is missing, or if steps and characters do not match.
    """
    if missing := [name for name in GATES[:3] if name not in gates_dict]:
        raise ValueError(f"gates_dict has no {', '.join(missing)}")
    gates = {name: steps_by_unit(gates_dict[name]).mean(axis=1) for name in GATES[:3]}
    if any(len(values) != len(sequence_text) for values in gates.values()):
        raise ValueError(f"the gates do not have {len(sequence_text)} steps, one for each character")
    return pd.DataFrame(
        {
            "step": np.arange(1, len(sequence_text) + 1),
            "character": [visible(char) for char in sequence_text],
            "forget": gates["f"],
            "input": gates["i"],
            "output": gates["o"],
            "reading": [_reading(f, i, o) for f, i, o in zip(*gates.values(), strict=True)],
        }
    )


def describe_gates(gates_dict: Mapping[str, ArrayLike], sequence_text: str) -> str:
    """What `plot_gate_activations` shows, in words computed from the values."""
    means = {name: steps_by_unit(values).mean(axis=1) for name, values in _gates(gates_dict).items()}
    first, values = next(iter(means.items()))
    listed = ", ".join(f"{name} {gate.mean():.2f}" for name, gate in means.items())
    return (
        f"Gates over {len(sequence_text)} characters, open on average: {listed}; "
        f"{first} itself is lowest, {values.min():.2f}, at {visible(sequence_text[int(values.argmin())])!r}."
    )


def _gates(gates_dict: Mapping[str, ArrayLike]) -> dict[str, ArrayLike]:
    gates = {name: gates_dict[name] for name in GATES if name in gates_dict}
    if not gates:
        raise ValueError(f"gates_dict has none of {', '.join(GATES)}")
    return gates


def _reading(f: float, i: float, o: float) -> str:
    memory = {
        (True, False): "keeping",
        (False, True): "replacing",
        (True, True): "accumulating",
        (False, False): "clearing",
    }[f >= 0.5, i >= 0.5]
    return f"{memory}, showing" if o >= 0.5 else memory


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
