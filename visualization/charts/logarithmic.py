"""What spans many powers of ten: axes, numbers in words, and what to do with 0 and infinity."""

import altair as alt
import numpy as np
import pandas as pd

from visualization.numbers import CEILING, FLOOR, superscript
from visualization.palette import GREY
from visualization.symbols import Theme

# Smaller than this, relative to a weight, an update in float32 changes nothing.
FLOAT32_STEP = float(np.finfo(np.float32).eps)


def decades(values: np.ndarray) -> tuple[int, int]:
    """Exponents of the axis' ends, in steps of five decades so that it rests while values move."""
    in_range = values[(values >= FLOOR) & (values <= CEILING)]
    smallest = min(float(in_range.min(initial=1.0)), FLOAT32_STEP)
    largest = max(float(in_range.max(initial=1.0)), 1.0)
    return 5 * int(np.floor((np.log10(smallest) - 0.3) / 5)), max(3, 5 * int(np.ceil(np.log10(largest) / 5)))


def scale(low: int, high: int) -> alt.Scale:
    """A logarithmic axis between two powers of ten."""
    return alt.Scale(type="log", domain=[10.0**low, 10.0**high], clamp=True, nice=False)


def axis(low: int, high: int) -> alt.Axis:
    """Powers of ten, at most nine of them, written as powers."""
    every = max(1, -(-(high - low) // 8))
    exponents = [e for e in range(low, high + 1) if e % every == 0]
    labels = {str(e): "1" if e == 0 else f"10{superscript(e)}" for e in exponents}
    return alt.Axis(
        values=[10.0**e for e in exponents], labelExpr=f"{labels}[round(log(datum.value) / LN10)]"
    )


def references(low: int, high: int, theme: Theme) -> tuple[alt.Chart, alt.Chart]:
    """Dotted lines where nothing is lost and where float32 loses an update beside a weight of 1."""
    marks = pd.DataFrame(
        {"left": [1.0, FLOAT32_STEP], "meaning": ["nothing lost", "too small beside 1 in float32"]}
    )
    base = alt.Chart(marks).encode(alt.Y("left:Q", scale=scale(low, high)), color=alt.value(GREY[theme]))
    rules = base.mark_rule(strokeDash=[2, 4], opacity=0.7)
    names = base.mark_text(align="left", dx=6, dy=-8, fontSize=12).encode(
        alt.Text("meaning:N"), x=alt.value(0)
    )
    return rules, names
