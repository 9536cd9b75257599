"""What the cell state does along a text, unit by unit."""

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from visualization.charts.frames import steps_of_text
from visualization.charts.gates import character_axis
from visualization.charts.picture import picture_url
from visualization.charts.windows import window_means
from visualization.numbers import number
from visualization.shades import shades, two_signs
from visualization.symbols import Theme
from visualization.text import visible

_SINGLE = 4_000  # values that are drawn as a mark each
# Of a picture: larger ones are megabytes in a notebook, and browsers refuse what is too wide or too high.
_MOST_POINTS, _MOST_ACROSS, _MOST_UNITS = 400_000, 8_000, 1_000
_TOOLTIP = [
    alt.Tooltip("character:N"),
    alt.Tooltip("step:Q"),
    alt.Tooltip("unit:O"),
    alt.Tooltip("C:Q", format=".3f"),
]


def plot_cell_state_evolution(
    cell_states: ArrayLike, sequence_text: str, theme: Theme = "light"
) -> alt.Chart | alt.LayerChart:
    """Draw the cell state C at every character, one row a unit: colour is the value, its middle is 0.

    cell_states: (T,) or (T, H).  Of more than some thousand values the map is one picture, without a tooltip
    for each of them; beyond 400,000 values or 8,000 characters a point of it is the mean over several
    characters (of more than 1,000 units: several units, too), and the chart's title says so.
    Raises InputError if steps and characters do not match.
    """
    states = steps_of_text(cell_states, sequence_text, "cell_states")  # (T, H)
    if states.size > _SINGLE:
        return _as_picture(states, theme).properties(height=_height(4 * states.shape[1]))
    return _as_marks(states, sequence_text, theme).properties(height=_height(12 * states.shape[1]))


def _as_marks(states: np.ndarray, text: str, theme: Theme) -> alt.Chart:
    """A map of (T, H) states with a mark for each."""
    T, H = states.shape
    frame = pd.DataFrame(
        {
            "step": np.repeat(np.arange(1, T + 1), H),
            "character": np.repeat([visible(char) for char in text], H),
            "unit": np.tile(np.arange(H), T),
            "C": states.ravel(),
        }
    )
    down = alt.Y("unit:O", title="unit", axis=alt.Axis(labelOverlap=True, tickCount=8))
    marks = alt.Chart(frame).mark_rect()
    return marks.encode(
        character_axis(frame, ordinal=True), down, _colour(_limit(states), theme), tooltip=_TOOLTIP
    )


def _as_picture(states: np.ndarray, theme: Theme) -> alt.LayerChart:
    """A map of (T, H) states as one picture behind axes: a mark for each value would take seconds to draw."""
    T, H = states.shape
    points = window_means(states, min(H, _MOST_UNITS), axis=1)
    points = window_means(points, min(_MOST_ACROSS, _MOST_POINTS // points.shape[1]))
    limit, colours = _limit(points), shades("C", theme)
    places = np.rint((len(colours) - 1) * (points + limit) / (2 * limit)).T  # units down, characters across
    picture = (
        alt.Chart(pd.DataFrame({"url": [picture_url(places, colours)]}))
        .mark_image(
            x=0, y=0, width=alt.expr("width"), height=alt.expr("height"), align="left", baseline="top",
            aspect=False, smooth=False,
        )
        .encode(alt.Url("url:N"))
    )  # fmt: skip
    ends = pd.DataFrame({"step": [0.5, T + 0.5], "unit": [-0.5, H - 0.5], "C": [-limit, limit]})
    across = alt.X("step:Q", title="character", scale=alt.Scale(domain=ends["step"].tolist(), nice=False))
    down = alt.Y("unit:Q", title="unit", scale=alt.Scale(domain=ends["unit"].tolist()[::-1], nice=False))
    axes = alt.Chart(ends).mark_point(opacity=0).encode(across, down, _colour(limit, theme))
    chart = picture + axes
    return chart if points.size == states.size else chart.properties(title=_title(states, points))


def _title(states: np.ndarray, points: np.ndarray) -> alt.TitleParams:
    """What a point of a picture is that has fewer of them than the map has values."""
    (T, H), (across, down) = states.shape, points.shape
    units = "" if down == H else f" and {-(-H // down):,} of {H:,} units"
    return alt.TitleParams(
        f"{T:,} characters; each point stands for {-(-T // across):,} of them{units}",
        subtitle=f"colour: their mean; single values from {number(states.min())} to {number(states.max())}",
        anchor="start",
    )


def _colour(limit: float, theme: Theme) -> alt.Color:
    """Colours from −limit over 0 to limit, those of `shades`."""
    return alt.Color(
        "C:Q", title="C", scale=alt.Scale(range=list(two_signs(theme)), domain=[-limit, 0, limit])
    )


def _limit(states: np.ndarray) -> float:
    return float(np.abs(states).max()) or 1.0


def _height(pixels: int) -> int:
    return min(600, max(80, pixels))
