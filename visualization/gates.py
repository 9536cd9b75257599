"""What gates and cell states do along a text."""

import json
from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from visualization.frames import over_time, shown, steps_by_unit
from visualization.palette import GATES, Theme, colour
from visualization.picture import picture_url
from visualization.shades import shades

_SINGLE = 4_000  # values that are drawn as a mark each


def plot_gate_activations(
    gates_dict: Mapping[str, ArrayLike], sequence_text: str, theme: Theme = "light"
) -> alt.LayerChart:
    """The gates f, i and o (of a GRU: z and r) at every character: a line for the mean over the units,
    a band for the middle half of them.

    gates_dict: name to values, (T,) or (T, H); names that are no gates are left out.
    Raises ValueError if there is no gate, or if steps and characters do not match.
    """
    gates = _gates(gates_dict)
    frame = over_time(gates, sequence_text)
    symbols = list(gates)
    colours = alt.Scale(domain=symbols, range=[colour(symbol, theme) for symbol in symbols])
    base = alt.Chart(frame).encode(
        _characters(frame),
        alt.Color("symbol:N", scale=colours, title=None, legend=alt.Legend(orient="top", symbolOpacity=1)),
    )
    band = base.mark_area(opacity=0.1).encode(
        alt.Y("low:Q", scale=alt.Scale(domain=[0, 1]), title="open (1) … closed (0)"), alt.Y2("high:Q")
    )
    line = base.mark_line(strokeWidth=2.5).encode(
        alt.Y("mean:Q"),
        alt.StrokeDash("symbol:N", legend=None),
        tooltip=[
            alt.Tooltip("character:N"),
            alt.Tooltip("symbol:N", title="gate"),
            alt.Tooltip("mean:Q", format=".3f"),
            alt.Tooltip("low:Q", title="a quarter below", format=".3f"),
            alt.Tooltip("high:Q", title="a quarter above", format=".3f"),
        ],
    )
    return band + line


def plot_cell_state_evolution(
    cell_states: ArrayLike, sequence_text: str, theme: Theme = "light"
) -> alt.Chart:
    """The cell state C at every character, one row a unit: colour is the value, its middle is 0.

    cell_states: (T,) or (T, H).  Of more than some thousand values the map is one picture, without a tooltip
    for each of them.  Raises ValueError if steps and characters do not match.
    """
    states = steps_by_unit(cell_states)  # (T, H)
    T, H = states.shape
    if len(sequence_text) != T:
        raise ValueError(f"cell_states has {T} steps and the text {len(sequence_text)} characters")
    if states.size > _SINGLE:
        return _as_picture(states, theme)
    frame = pd.DataFrame(
        {
            "step": np.repeat(np.arange(1, T + 1), H),
            "character": np.repeat([shown(char) for char in sequence_text], H),
            "unit": np.tile(np.arange(H), T),
            "C": states.ravel(),
        }
    )
    limit = float(np.abs(states).max()) or 1.0
    return (
        alt.Chart(frame)
        .mark_rect()
        .encode(
            _characters(frame, ordinal=True),
            alt.Y("unit:O", title="unit", axis=alt.Axis(labelOverlap=True, tickCount=8)),
            alt.Color(
                "C:Q",
                scale=alt.Scale(scheme="purpleorange", domain=[-limit, limit], reverse=theme == "dark"),
                title="C",
            ),
            tooltip=[
                alt.Tooltip("character:N"),
                alt.Tooltip("step:Q"),
                alt.Tooltip("unit:O"),
                alt.Tooltip("C:Q", format=".3f"),
            ],
        )
        .properties(height=min(600, max(80, 12 * H)))
    )


def _as_picture(states: np.ndarray, theme: Theme) -> alt.Chart:
    """A map of (T, H) states as one picture behind axes: a mark for each value would take seconds to draw."""
    limit = float(np.abs(states).max()) or 1.0
    colours = shades("C", theme)
    places = np.rint((len(colours) - 1) * (states + limit) / (2 * limit)).T  # (H, T)
    ends = pd.DataFrame(
        {"step": [0.5, len(states) + 0.5], "unit": [-0.5, states.shape[1] - 0.5], "C": [-limit, limit]}
    )
    across = alt.X("step:Q", title="character", scale=alt.Scale(domain=ends["step"].tolist(), nice=False))
    down = alt.Y("unit:Q", title="unit", scale=alt.Scale(domain=ends["unit"].tolist()[::-1], nice=False))
    picture = (
        alt.Chart(pd.DataFrame({"url": [picture_url(places, colours)]}))
        .mark_image(
            x=0, y=0, width=alt.expr("width"), height=alt.expr("height"), align="left", baseline="top",
            aspect=False, smooth=False,
        )
        .encode(alt.Url("url:N"))
    )  # fmt: skip
    scale = alt.Scale(range=[colours[0], colours[len(colours) // 2], colours[-1]], domain=[-limit, 0, limit])
    axes = (
        alt.Chart(ends).mark_point(opacity=0).encode(across, down, alt.Color("C:Q", scale=scale, title="C"))
    )
    return (picture + axes).properties(height=min(600, max(80, 4 * states.shape[1])))


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
            "character": [shown(char) for char in sequence_text],
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
        f"{first} itself is lowest, {values.min():.2f}, at {shown(sequence_text[int(values.argmin())])!r}."
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


def _characters(frame: pd.DataFrame, ordinal: bool = False) -> alt.X:
    """The text along the axis: steps are the positions, characters the labels."""
    # The label is looked up in the text itself, since the same character comes many times.
    letters = frame.drop_duplicates("step")["character"].tolist()
    label = f"{json.dumps(letters)}[datum.value - 1]" if len(letters) <= 80 else "datum.value"
    return alt.X(
        "step:O" if ordinal or len(letters) <= 80 else "step:Q",
        title="character",
        axis=alt.Axis(labelExpr=label, labelAngle=0, labelOverlap=True),
    )


def steps(value: float) -> str:
    """A number of steps in words, such as a half-life: 5.5 steps."""
    if value > 3000:
        return "more than 3,000 steps"
    return f"{number(float(value), 0 if value >= 100 else 1)} steps"


def number(value: float, digits: int = 2) -> str:
    """A number with a true minus sign and never −0.00.

    A half is rounded to the even digit, as NumPy rounds the tables of the live cell: the same value
    looks the same everywhere.
    """
    scale = 10**digits
    text = f"{round(scale * float(value)) / scale:.{digits}f}"
    return text.lstrip("-") if float(text) == 0 else text.replace("-", "−")
