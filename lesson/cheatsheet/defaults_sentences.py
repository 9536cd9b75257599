"""What the losses measured with the sheet's and with the command line's settings say, in sentences."""

from collections.abc import Sequence

import pandas as pd

from visualization.charts.recipe import median_curves
from visualization.text import join_words

_DIGITS = 3  # of a loss: differences are those of the numbers that are read
_SAME = 0.005  # nats from which a difference is one
_RISES = 0.02  # nats from which a loss is said to rise


def verdicts(frame: pd.DataFrame, sheet: str, faster: str, default: str, rest: Sequence[str]) -> list[str]:
    """Return what was measured; frame: a `recipe_frame`, sheet, faster, default: names of its contenders.

    sheet has the customary values, faster another rate and batch, default the command line's; rest: the
    settings, in words, in which default differs from faster.
    """
    curves = {name: curve.round(_DIGITS) for name, curve in median_curves(frame).items()}
    lowest = frame.groupby(["contender", "seed"])["loss"].min()
    every_seed = bool(lowest[default].max() < lowest[sheet].min())
    minima = [curves[name].min() for name in (sheet, faster, default)]
    named = {
        sheet: "the settings of the cheat sheet",
        faster: faster.replace(", ", " and "),
        default: "the default settings",
    }
    return [
        f"{_lower(curves[sheet], curves[default], every_seed)} {_crossing(curves[sheet], curves[default])}",
        f"With only {named[faster]} changed, the lowest loss is {_share(*minima, rest)}",
        _ends({named[name]: curve for name, curve in curves.items()}),
    ]


def _lower(sheet: pd.Series, default: pd.Series, every_seed: bool) -> str:
    """Say which of two curves gets lower, and by how much."""
    text = (
        f"With the default settings the lowest validation loss is {default.min():.3f} nats, after "
        f"{default.idxmin()} epochs. With the settings of the cheat sheet it is {sheet.min():.3f}, after "
        f"{sheet.idxmin()} epochs"
    )
    difference = sheet.min() - default.min()
    if abs(difference) < _SAME:
        return f"{text}. So there is no difference."
    if difference < 0:
        return f"{text}. So the loss with the cheat sheet's settings is lower by {-difference:.3f}."
    seeds = " The default settings reach a lower loss with every seed." if every_seed else ""
    return f"{text}. So the loss with the default settings is lower by {difference:.3f}.{seeds}"


def _crossing(sheet: pd.Series, default: pd.Series) -> str:
    """Say when the default is below all that the cheat sheet reaches."""
    below = default.index[default < sheet.min()]
    if not len(below):
        return f"In {len(default)} epochs the default settings never get below the cheat sheet's lowest loss."
    epochs = "1 epoch" if below[0] == 1 else f"{below[0]} epochs"
    return (
        f"The default settings need {epochs} to get below {sheet.min():.3f}, the lowest loss with "
        "the settings of the cheat sheet."
    )


def _share(sheet: float, faster: float, default: float, rest: Sequence[str]) -> str:
    """Say how much of the difference in the lowest loss the rate and the batch make alone."""
    if default > sheet - _SAME or not default < faster < sheet:
        return f"{faster:.3f}."
    share = (sheet - faster) / (sheet - default)
    return (
        f"{faster:.3f}. So these two changes alone give {share:.0%} of the improvement. All other "
        f"settings together give the rest: {join_words(rest)}."
    )


def _ends(curves: dict[str, pd.Series]) -> str:
    """Say with which settings the loss still falls at the end, and with which it rises again."""
    falling = [f"with {name}" for name, curve in curves.items() if curve.idxmin() == curve.index[-1]]
    rising = [
        f"with {name} the loss rises again at the end, from {curve.min():.3f} to {curve.iloc[-1]:.3f}"
        for name, curve in curves.items()
        if curve.iloc[-1] >= curve.min() + _RISES
    ]
    parts = []
    if falling:
        parts.append(f"W{join_words(falling)[1:]} the loss still falls in the last epoch.")
    if rising:
        parts.append(f"W{join_words(rising)[1:]}: a sign of overfitting.")
    return " ".join([*parts, "The command `lstm train` saves the weights of the best epoch, wherever it is."])
