"""The part *Challenges*: two on gradients that check themselves, on the median of 21 networks."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import streamlit as st

from lesson.frame.glossary import prose
from lesson.frame.parameters import Number
from lesson.frame.style import theme
from lesson.gradients.curves import curves_css, look_of_axes, look_of_curve
from lesson.gradients.parameters import (
    BIAS_FROM,
    BIAS_TO,
    BY_HAND,
    MOVES_LARGER,
    MOVES_WITHOUT,
    RADIUS_FROM,
    RADIUS_TO,
)
from lesson.gradients.windows import STAYS
from lesson.widgets.drawing import sent_value
from lesson.widgets.panel import Control, Panel
from lesson.widgets.solved import mark_solved, solved

_PAGE = "gradients"
_CHECK = Panel("check", "gradients/check", css=curves_css())


@dataclass(frozen=True)
class Challenge:
    """A challenge; show: draws its statement and what checks the visitor's answer."""

    name: str
    title: str
    show: Callable[[], None]


def show() -> None:
    """Draw both challenges, one below the other."""
    for number, challenge in enumerate(CHALLENGES, 1):
        st.subheader(f"{number}: {challenge.title}")
        challenge.show()


def _tenth() -> None:
    """The forget bias that keeps a tenth, by hand, then measured."""
    prose(
        "On the cell-state path each step multiplies the gradient by f. **Work it out:** for which $b_f$ is "
        "a tenth left after 100 steps? Use the half-life or $f^{100}$. Assume that x and h contribute "
        "nothing. Then $f = \\sigma(b_f)$."
    )
    _CHECK.show("check_by_hand", [Control(BY_HAND)], page=_PAGE, fixed={"of": "by_hand"}, look={})
    prose(
        "**Then measure it.** ∂L/∂C comes back on the path through h, too. For which values of "
        "$b_f$ is this whole gradient, 99 steps back, between 0.1 and 10 times as long as at the last step, "
        "in the median of 21 networks? Set this window. Try it out in the part *The race*, with T = 100 and "
        "∂L/∂C under *More to set*: it shows one network for each seed, and the ends differ between them."
    )
    _ask_for_window("tenth", "bias", BIAS_FROM, BIAS_TO, "forget bias", 4)


def _between() -> None:
    """The spectral radii at which an RNN's gradient neither vanishes nor explodes."""
    prose(
        "An RNN reads T = 50 steps of noise with standard deviation 0.5. For which spectral radii is ∂L/∂h, "
        "49 steps back, between 0.1 and 10 times as long as at the last step, in the median of 21 networks? "
        "Set this window. Try it out in the part *The race*, with T = 50 under *More to set*: it shows one "
        "network for each seed, and the ends differ between them."
    )
    _ask_for_window("between", "radius", RADIUS_FROM, RADIUS_TO, "spectral radius", 10)
    prose(
        "**Now change the input.** Does the window move to smaller radii, to larger radii, or does it stay?"
    )
    moves = [Control(MOVES_WITHOUT), Control(MOVES_LARGER)]
    _CHECK.show("check_moves", moves, page=_PAGE, fixed={"of": "moves"}, look={})


def _ask_for_window(name: str, of: str, low: Number, high: Number, title: str, every: int) -> None:
    """Draw the two ends of a window, which a button checks; every: so many positions have their number."""
    key = f"check_{of}"

    def take() -> None:
        if sent_value(key, "solved") == name:
            mark_solved(_PAGE, name)

    cell = "LSTM" if of == "bias" else "RNN"
    ticks = [[k, text] for k, text in enumerate(low.address_values) if k % every == 0]
    names = [f"{title} {text}" for text in low.address_values]
    references = [
        {"name": words, "log": round(100 * np.log10(share))}
        for words, share in zip(("a tenth", "ten times"), STAYS, strict=True)
    ]
    _CHECK.show(
        key,
        [Control(low, along=True), Control(high, along=True)],
        page=_PAGE,
        fixed={"of": of},
        look={
            "name": name,
            "solved": name in solved(_PAGE),
            "axes": {
                **look_of_axes(),
                "references": references,
                "ticks": ticks,
                "names": names,
                "title": title,
            },
            "curve": {"name": f"{cell}, median of 21", **look_of_curve(cell, theme())},
            "ends": [low.name, high.name],
        },
        on_solved_change=take,
    )


CHALLENGES = (
    Challenge("tenth", "A tenth after 100 steps", _tenth),
    Challenge("between", "An RNN between vanishing and exploding", _between),
)
