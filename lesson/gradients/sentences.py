"""What is said of gradients in the pictures of this page; every number is measured."""

from collections.abc import Sequence

from lesson.gradients.flows import CLIP_AT, Halving, Setup, Update
from lesson.gradients.windows import STAYS
from lesson.widgets.inline_html import inline_html
from visualization.numbers import number, scientific, steps

JUDGED_FROM = 50  # steps: over fewer, a tenth and ten times mean little
BIAS = inline_html("$b_f$")


def explosion_sentence(setup: Setup, left: float) -> str:
    """Say how much of an RNN's gradient arrives at the first step."""
    return (
        f"{setup.T - 1} steps back the RNN's ∂L/∂h is {scientific(left)} times what was put in "
        f"(T = {setup.T}, inputs of size {setup.scale:g}, {setup.H} units, seed {setup.seed})."
    )


def clipping_sentences(raw: Update, value: Update, norm: Update) -> str:
    """Return what the three updates show: not clipped, clipped by value, clipped by global norm."""
    if raw.norm <= CLIP_AT:
        return (
            f"The gradient's norm is {scientific(raw.norm)}, not above {CLIP_AT:g}: neither kind of clipping "
            "changes it."
        )
    by_value = (
        f"By value it is {scientific(value.moved)}. {raw.cut:,} of {raw.count:,} numbers were beyond "
        f"±{CLIP_AT:g} and are {CLIP_AT:g} or −{CLIP_AT:g} now, so the direction has changed (cosine "
        f"{cosine(value.kept_direction)})."
        if raw.cut
        else f"By value nothing changes: no number is beyond ±{CLIP_AT:g}, although the norm is "
        f"{scientific(raw.norm)}."
    )
    return (
        f"One update without clipping changes the weights by {scientific(raw.moved)} times their own length. "
        f"{by_value} By global norm it is {scientific(norm.moved)}, in the direction of the gradient."
    )


def cosine(value: float) -> str:
    """Return a cosine; one that is below 1 by a millionth or more does not read as 1."""
    return number(value, next((digits for digits in (2, 4, 6) if round(value, digits) != 1), 2))


def race_settings(setup: Setup) -> str:
    """Say with which networks the race was run."""
    return (
        f"One untrained network of each kind: RNN with radius {setup.radius:g}, GRU with "
        f"{inline_html('$b_z$')} = {setup.update_bias:g}, inputs of size {setup.scale:g}, {setup.H} units, "
        f"T = {setup.T}, seed {setup.seed}."
    )


_RULES = {
    "course": "All three cells draw every weight alike: from a normal distribution with standard deviation "
    "1/√(H + D). Then the RNN's recurrent weights are scaled to its spectral radius. Biases are 0, except "
    "$b_f$ and $b_z$.",
    "pytorch": "As in PyTorch, all three cells draw every weight and both biases alike: uniformly between "
    "−1/√H and 1/√H. The sliders add $b_f$ and $b_z$ to the random biases (PyTorch itself: 0) and scale the "
    "RNN to its radius (PyTorch itself: about 0.6).",
    "keras": "As in Keras, all three cells draw input weights uniformly (Glorot) and recurrent weights "
    "orthogonally. Biases are 0, except $b_f$ (Keras itself: 1) and $b_z$ (0). The RNN is scaled to its "
    "radius (Keras itself: 1).",
}


def start_rule(setup: Setup) -> str:
    """Say by which rule the weights of all cells are drawn, HTML."""
    return inline_html(_RULES[setup.start])


def half_life_cards(half_lives: Halving, setup: Setup) -> list[str]:
    """Return the forget bias, its half-life, and where two curves come down to half, in steps."""
    return [
        f"{setup.forget_bias:g} → {gate(half_lives.f)}",
        steps(half_lives.half_life),
        _first_half(half_lives.path, setup.T),
        _first_half(half_lives.curve, setup.T),
    ]


def gate(mean: float) -> str:
    """Return a mean gate; what is not 0 or 1 does not read so."""
    return number(mean, 3 if 0.0005 <= mean < 0.9995 else 5)


def _first_half(back: float, T: int) -> str:
    return f"not within {T - 1} steps" if back == float("inf") else steps(back)


def verdict_head(setup: Setup) -> str:
    """Return the heading of the verdicts, HTML."""
    return f"in this LSTM ({BIAS} = {setup.forget_bias:g}, seed {setup.seed}), over {setup.T - 1} steps"


# Two sentences to be tested.
CLAIMS = (
    "“Gradients flow via **addition** rather than multiplication”",
    "“Gradients **flow freely**”",
)


def verdicts(
    setup: Setup, mean_gate: float, left: float, whole: float, alone: float, rest: float
) -> Sequence[str]:
    """Return what each of the claims comes to.

    mean_gate: of f.  left: the share of what is drawn that arrives at the first step.  whole, alone, rest:
    the shares of ∂L/∂C: all of it, along the cell-state path, through the gates and h.
    """
    path, other = "along the cell-state path", "through the gates and h"
    more, less = (path, other) if alone >= rest else (other, path)
    return (
        f"Half true. The addition passes an error on unchanged, but each step also multiplies it by f, "
        f"{gate(mean_gate)} on average. Along the cell-state path alone {scientific(alone)} of ∂L/∂C is "
        f"left. The whole is {scientific(whole)}: more comes {more} than {less}.",
        _flows_freely(setup, left),
    )


def _flows_freely(setup: Setup, left: float) -> str:
    low, high = STAYS
    back = setup.T - 1
    of_what = f"{scientific(left)} of ∂L/∂{setup.measured} (the curve *LSTM*) is left {back} steps back"
    if back < JUDGED_FROM:
        return inline_html(f"Too few steps to judge: {of_what}. Set T to {JUDGED_FROM + 1} or more.")
    if low <= left <= high:
        return inline_html(f"True here: {of_what}. That is between a tenth and ten times.")
    what = "it grows" if left > high else "it shrinks"
    return inline_html(
        f"Not true here, {what}: {of_what}. To flow freely means between a tenth and ten times."
    )


def paths_sentence(back: int, whole: float, alone: float) -> str:
    """Say what is left of ∂L/∂C so many steps back, and what the cell state alone would leave."""
    return (
        f"{back} steps back {scientific(whole)} of ∂L/∂C is left; along the cell-state path alone it is "
        f"{scientific(alone)}."
    )


def carrier_sentence(unit: int, most: float, back: int) -> str:
    """Say at which unit most of the error arrives at the first step."""
    return f"{back} steps back most of ∂L/∂h arrives at unit {unit}: {scientific(most)} of what was put in."
