"""What is said of gradients in the pictures of this page; every number is measured."""

from collections.abc import Sequence

from lesson.gradients.flows import CLIP_AT, Halving, Setup, Update
from lesson.gradients.windows import STAYS
from lesson.widgets.inline_html import inline_html
from visualization.numbers import number, scientific, steps

_SAME_DIRECTION = 0.995  # a cosine from here on reads as 1.00 or nearly so


def explosion_sentence(setup: Setup, left: float) -> str:
    """Say how much of an RNN's gradient arrives at the first step."""
    return (
        f"{setup.T - 1} steps back the RNN's gradient is {scientific(left)} times what was put in "
        f"(T = {setup.T}, inputs of size {setup.scale:g}, {setup.H} units, seed {setup.seed})."
    )


def clipping_sentences(raw: Update, value: Update, norm: Update) -> str:
    """Return what the three updates show: not clipped, clipped by value, clipped by global norm."""
    if raw.norm <= norm.clipped + 1e-9:
        return f"The norm is {scientific(raw.norm)}: small enough, clipping by norm leaves it as it is."
    by_value = (
        f"By value it is still {scientific(value.moved)}, and the direction is another (cosine "
        f"{number(value.kept_direction)}): every number above {CLIP_AT:g} has become the same {CLIP_AT:g}."
        if value.kept_direction < _SAME_DIRECTION
        else f"By value it is {scientific(value.moved)}: hardly a number is above {CLIP_AT:g}, although the "
        "whole vector is long."
    )
    return (
        f"One update without clipping changes the weights by {scientific(raw.moved)} times their own length. "
        f"{by_value} By global norm it is {scientific(norm.moved)}, in the direction that the gradient had."
    )


def race_settings(setup: Setup) -> str:
    """Say with which networks the race was run."""
    return (
        f"RNN of radius {setup.radius:g}, GRU with keep bias {setup.keep_bias:g}, inputs of size "
        f"{setup.scale:g}, {setup.H} units, T = {setup.T}, seed {setup.seed}; all untrained."
    )


def half_life_cards(half_lives: Halving, forget_bias: float) -> list[str]:
    """Return the forget bias, its half-life and the slopes of both curves, in steps."""
    digits = 3 if half_lives.f < 0.9995 else 5
    whole = "it does not fall" if half_lives.whole == float("inf") else steps(half_lives.whole)
    return [
        f"{forget_bias:g} → {number(half_lives.f, digits)}",
        steps(half_lives.half_life),
        steps(half_lives.path),
        whole,
    ]


_BIAS = inline_html("$b_f$")


def verdict_head(setup: Setup) -> str:
    """Return the heading of the verdicts, HTML."""
    return f"verdict, for {_BIAS} = {setup.forget_bias:g} over {setup.T - 1} steps"


# Two sentences of many cheat sheets.
CLAIMS = (
    "“Gradients flow via **addition** rather than multiplication”",
    "“Gradients **flow freely**”",
)


def verdicts(mean_gate: float, left: float, alone: float) -> Sequence[str]:
    """Return what each of the claims comes to.

    mean_gate: of f.  left: the share of dL/dC that arrives at the first step; alone: along the belt.
    """
    low, high = STAYS
    what = "it stays" if low <= left <= high else "it grows" if left > high else "it shrinks"
    true = "True here" if what == "it stays" else "Not true here"
    return (
        "Half true. The addition passes an error on unchanged, but every step also multiplies it by f, "
        f"{number(mean_gate, 3)} on average: the belt alone leaves {scientific(alone)}.",
        f"{true}: {what}. Of ∂L/∂C {scientific(left)} is left (to stay would be between a tenth and ten "
        "times). It is the open forget gate that lets them flow, not the name LSTM.",
    )


def roads_sentence(back: int, whole: float, alone: float) -> str:
    """Say what is left of dL/dC so many steps back, and what the cell state alone would leave."""
    return (
        f"{back} steps back {scientific(whole)} of dL/dC is left; the cell state alone would leave "
        f"{scientific(alone)}."
    )


def carrier_sentence(unit: int, most: float) -> str:
    """Say which unit carries most of the error to the first step."""
    return f"Unit {unit} carries most to the first step: {scientific(most)}."
