"""What spans many powers of ten: its axis, and the line that means something on it."""

import altair as alt
import pandas as pd

from visualization.numbers import superscript
from visualization.palette import GREY
from visualization.symbols import Theme


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
    """A dotted line where nothing is lost, with its name."""
    marks = pd.DataFrame({"left": [1.0], "meaning": ["nothing lost"]})
    base = alt.Chart(marks).encode(alt.Y("left:Q", scale=scale(low, high)), color=alt.value(GREY[theme]))
    rules = base.mark_rule(strokeDash=[2, 4], opacity=0.7)
    names = base.mark_text(align="left", dx=6, dy=-8, fontSize=12).encode(
        alt.Text("meaning:N"), x=alt.value(0)
    )
    return rules, names
