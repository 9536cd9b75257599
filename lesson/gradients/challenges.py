"""Two challenges on gradients that check themselves, on the median of 21 networks."""

import numpy as np
import streamlit as st

from lesson.frame.glossary import note, prose
from lesson.gradients.flows import medians, window
from lesson.widgets.solved import mark_solved
from visualization.numbers import scientific

BIASES = tuple(float(b) for b in np.arange(0, 6.01, 0.25))
RADII = tuple(float(r) for r in np.arange(0.5, 3.001, 0.05).round(2))
_F = 0.1 ** (1 / 100)  # f¹⁰⁰ = 0.1
_BY_HAND = float(np.log(_F / (1 - _F)))
TITLES = {"tenth": "A tenth after 100 steps", "between": "An RNN in between"}
TOLERANCE = {"b": 0.3, "r": 0.15}  # how far an end of a window may be off


def gradient_challenges() -> None:
    """Both, one below the other."""
    st.subheader(f"1: {TITLES['tenth']}")
    prose(
        "The road through the cell state alone multiplies by f at every step. **By half-life or by hand:** "
        "at which $b_f$ does it keep a tenth over 100 steps? Take $f = \\sigma(b_f)$, as if nothing else "
        "spoke."
    )
    _by_hand()
    prose(
        "**Then measure:** the *whole* dL/dC has another road as well. In which window of $b_f$ does it stay "
        "between a tenth and ten times, over 100 steps? Use *The race* with T = 100 and dL/dC, or guess."
    )
    _window_of_bias()
    st.subheader(f"2: {TITLES['between']}")
    prose(
        "In which window of the spectral radius does an RNN's gradient stay between a tenth and ten times, "
        "over 50 steps, with inputs of size 0.5?"
    )
    _window_of_radius()
    _where_it_moves()


@st.fragment
def _by_hand() -> None:
    bias = st.number_input("Your $b_f$", 0.0, 8.0, value=None, step=0.05, key="by_hand", placeholder="b_f")
    if bias is None:
        return
    left = float(medians("lstm", (round(bias, 2),), 100, what="road")[0])
    if 0.07 <= left <= 0.14:
        st.success(
            f"**Yes.** Measured on 21 networks, the road keeps {scientific(left)}. By hand: f¹⁰⁰ = 0.1 means "
            f"f = {_F:.3f}, a half-life of {np.log(0.5) / np.log(0.1) * 100:.0f} steps, so "
            f"b_f = ln(f / (1 − f)) = {_BY_HAND:.2f}.",
            icon=":material/trophy:",
        )
    else:
        much = "too little: f has to be nearer to 1" if left < 0.07 else "too much"
        st.warning(
            f"At {bias:g} the road keeps {scientific(left)}, {much}. A tenth after 100 steps is a half-life "
            f"of {np.log(0.5) / np.log(0.1) * 100:.0f} steps.",
            icon=":material/search:",
        )


@st.fragment
def _window_of_bias() -> None:
    guess = st.slider("Window of $b_f$", 0.0, 6.0, (0.0, 6.0), 0.25, key="window_bias")
    if st.button("Check the window", key="check_bias"):
        found = window(BIASES, medians("lstm", BIASES, 100, what="C"))
        if not _judge(guess, found, TOLERANCE["b"], "$b_f$"):
            return
        mark_solved("gradients", "tenth")
        if found[1] < _BY_HAND:
            note(
                f"The value by hand, {_BY_HAND:.2f}, lies above this window: the second road carries so much "
                "that the whole gradient needs a smaller bias, and has grown tenfold where the belt alone "
                "would just do."
            )


@st.fragment
def _window_of_radius() -> None:
    guess = st.slider("Window of the radius", 0.5, 3.0, (0.5, 3.0), 0.05, key="window_radius")
    if st.button("Check the window", key="check_radius"):
        shares = medians("rnn", RADII, 50)
        if _judge(guess, window(RADII, shares), TOLERANCE["r"], "the radius"):
            mark_solved("gradients", "between")
            at_one = float(shares[RADII.index(1.0)])
            note(f"The textbook's radius 1 leaves {scientific(at_one)} with this input (median of 21).")


def _judge(guess: tuple[float, float], found: tuple[float, float], tolerance: float, what: str) -> bool:
    """Say whether both ends are right, and if not in which direction they are off."""
    far = [a - b if abs(a - b) > tolerance + 1e-9 else 0 for a, b in zip(guess, found, strict=True)]
    if not any(far):
        st.success(
            f"**Yes.** Measured, the window of {what} is {found[0]:g} to {found[1]:g} (median of 21 "
            "networks; a single seed may differ).",
            icon=":material/trophy:",
        )
        return True
    told = [
        f"the {end} end is too {'high' if off > 0 else 'low'}"
        for end, off in zip(("lower", "upper"), far, strict=True)
        if off
    ]
    st.warning(f"{' and '.join(told).capitalize()}. Try both ends in the race.", icon=":material/search:")
    return False


@st.fragment
def _where_it_moves() -> None:
    prose("**And where does this window move** …")
    options = ("to smaller radii", "it stays", "to larger radii")
    columns = st.columns(2)
    without = columns[0].radio("without any input?", options, index=None, key="moves_without")
    larger = columns[1].radio("with inputs twice as large?", options, index=None, key="moves_larger")
    if without is None or larger is None:
        return
    windows = [window(RADII, medians("rnn", RADII, 50, scale=scale)) for scale in (0.0, 0.5, 1.0)]
    right = [_direction(windows[1], windows[k]) for k in (0, 2)]
    told = ", ".join(
        f"{low:g}–{high:g} {name}"
        for (low, high), name in zip(windows, ("without input", "with 0.5", "with 1"), strict=True)
    )
    why = "Input pushes h away from 0, where tanh' is smaller than 1; larger weights have to make up for it."
    if (without, larger) == (options[right[0] + 1], options[right[1] + 1]):
        st.success(f"**Yes.** The window is {told}. {why}", icon=":material/trophy:")
    else:
        st.warning(f"Not quite: the window is {told}. {why}", icon=":material/search:")


def _direction(before: tuple[float, float], after: tuple[float, float]) -> int:
    """−1, 0 or 1: where the middle of a window has gone."""
    return int(np.sign(round(sum(after) - sum(before), 6)))
