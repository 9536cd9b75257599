"""The part *Challenges*: two on gradients that check themselves, on the median of 21 networks."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import streamlit as st

from lesson.frame.glossary import note, prose
from lesson.gradients.windows import Window, medians, window
from lesson.widgets.solved import mark_solved, send_solved
from visualization.numbers import scientific

BIASES = tuple(float(b) for b in np.arange(0, 6.01, 0.25))
RADII = tuple(float(r) for r in np.arange(0.5, 3.001, 0.05).round(2))
BIAS_TOLERANCE, RADIUS_TOLERANCE = 0.3, 0.15  # how far an end of a window may be off
_PAGE = "gradients"


@dataclass(frozen=True)
class Challenge:
    """A challenge; show: draws its statement and checks what the visitor answers."""

    name: str
    title: str
    show: Callable[[], None]


def show() -> None:
    """Draw both challenges, one below the other."""
    for number, challenge in enumerate(CHALLENGES, 1):
        st.subheader(f"{number}: {challenge.title}")
        challenge.show()


# -- 1: the forget bias that keeps a tenth --

_TENTH_F = 0.1 ** (1 / 100)  # f¹⁰⁰ = 0.1
_TENTH_BIAS = float(np.log(_TENTH_F / (1 - _TENTH_F)))  # by hand: σ(b_f) = f
_TENTH_HALF_LIFE = float(np.log(0.5) / np.log(0.1) * 100)  # steps
_NEARLY_A_TENTH = (0.07, 0.14)


def _tenth() -> None:
    prose(
        "The road through the cell state alone multiplies by f at every step. **By half-life or by hand:** "
        "at which $b_f$ does it keep a tenth over 100 steps? Take $f = \\sigma(b_f)$, as if nothing else "
        "spoke."
    )
    _check_bias_by_hand()
    prose(
        "**Then measure:** the *whole* dL/dC has another road as well. In which window of $b_f$ does it stay "
        "between a tenth and ten times, over 100 steps? Use *The race* with T = 100 and dL/dC, or guess."
    )
    _check_bias_window()


@st.fragment
def _check_bias_by_hand() -> None:
    bias = st.number_input("Your $b_f$", 0.0, 8.0, value=None, step=0.05, key="by_hand", placeholder="b_f")
    if bias is None:
        return
    left = float(medians("lstm", (round(bias, 2),), 100, what="path")[0])
    low, high = _NEARLY_A_TENTH
    if low <= left <= high:
        st.success(
            f"**Yes.** Measured on 21 networks, the road keeps {scientific(left)}. By hand: f¹⁰⁰ = 0.1 means "
            f"f = {_TENTH_F:.3f}, a half-life of {_TENTH_HALF_LIFE:.0f} steps, so "
            f"b_f = ln(f / (1 − f)) = {_TENTH_BIAS:.2f}.",
            icon=":material/trophy:",
        )
    else:
        much = "too little: f has to be nearer to 1" if left < low else "too much"
        st.warning(
            f"At {bias:g} the road keeps {scientific(left)}, {much}. A tenth after 100 steps is a half-life "
            f"of {_TENTH_HALF_LIFE:.0f} steps.",
            icon=":material/search:",
        )


@st.fragment
def _check_bias_window() -> None:
    guess = st.slider("Window of $b_f$", 0.0, 6.0, (0.0, 6.0), 0.25, key="window_bias")
    if not st.button("Check the window", key="check_bias"):
        return
    measured = window(BIASES, medians("lstm", BIASES, 100, what="C"))
    if not _compare(guess, measured, BIAS_TOLERANCE, "$b_f$"):
        return
    mark_solved(_PAGE, "tenth")
    send_solved(_PAGE)
    if measured[1] < _TENTH_BIAS:
        note(
            f"The value by hand, {_TENTH_BIAS:.2f}, lies above this window: the second road carries so much "
            "that the whole gradient needs a smaller bias, and has grown tenfold where the belt alone "
            "would just do."
        )


# -- 2: the spectral radius at which an RNN neither loses nor explodes --

_MOVES = ("to smaller radii", "it stays", "to larger radii")


def _between() -> None:
    prose(
        "In which window of the spectral radius does an RNN's gradient stay between a tenth and ten times, "
        "over 50 steps, with inputs of size 0.5?"
    )
    _check_radius_window()
    _check_where_it_moves()


@st.fragment
def _check_radius_window() -> None:
    guess = st.slider("Window of the radius", 0.5, 3.0, (0.5, 3.0), 0.05, key="window_radius")
    if not st.button("Check the window", key="check_radius"):
        return
    shares = medians("rnn", RADII, 50)
    if _compare(guess, window(RADII, shares), RADIUS_TOLERANCE, "the radius"):
        mark_solved(_PAGE, "between")
        send_solved(_PAGE)
        at_one = float(shares[RADII.index(1.0)])
        note(f"The textbook's radius 1 leaves {scientific(at_one)} with this input (median of 21).")


@st.fragment
def _check_where_it_moves() -> None:
    prose("**And where does this window move** …")
    columns = st.columns(2)
    without = columns[0].radio("without any input?", _MOVES, index=None, key="moves_without")
    larger = columns[1].radio("with inputs twice as large?", _MOVES, index=None, key="moves_larger")
    if without is None or larger is None:
        return
    windows = [window(RADII, medians("rnn", RADII, 50, scale=scale)) for scale in (0.0, 0.5, 1.0)]
    right = [_direction(windows[1], windows[k]) for k in (0, 2)]
    measured = ", ".join(
        f"{low:g}–{high:g} {name}"
        for (low, high), name in zip(windows, ("without input", "with 0.5", "with 1"), strict=True)
    )
    why = "Input pushes h away from 0, where tanh' is smaller than 1; larger weights have to make up for it."
    if (without, larger) == (_MOVES[right[0] + 1], _MOVES[right[1] + 1]):
        st.success(f"**Yes.** The window is {measured}. {why}", icon=":material/trophy:")
    else:
        st.warning(f"Not quite: the window is {measured}. {why}", icon=":material/search:")


def _direction(before: Window, after: Window) -> int:
    """Return −1, 0 or 1: where the middle of a window has gone."""
    return int(np.sign(round(sum(after) - sum(before), 6)))


# -- both --


def _compare(guess: Window, measured: Window, tolerance: float, name: str) -> bool:
    """Say whether both ends of a window are right, and if not in which direction they are off."""
    errors = [a - b if abs(a - b) > tolerance + 1e-9 else 0 for a, b in zip(guess, measured, strict=True)]
    if not any(errors):
        st.success(
            f"**Yes.** Measured, the window of {name} is {measured[0]:g} to {measured[1]:g} (median of 21 "
            "networks; a single seed may differ).",
            icon=":material/trophy:",
        )
        return True
    hints = [
        f"the {end} end is too {'high' if error > 0 else 'low'}"
        for end, error in zip(("lower", "upper"), errors, strict=True)
        if error
    ]
    st.warning(f"{' and '.join(hints).capitalize()}. Try both ends in the race.", icon=":material/search:")
    return False


CHALLENGES = (
    Challenge("tenth", "A tenth after 100 steps", _tenth),
    Challenge("between", "An RNN in between", _between),
)
