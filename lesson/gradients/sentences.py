"""What is said of gradients in the pictures of this page; every number is measured."""

from collections.abc import Sequence

from numpy.typing import NDArray

from lesson.gradients.flows import CLIP_AT, Halving, Setup, Update
from lesson.gradients.windows import STAYS
from lesson.widgets.inline_html import inline_html
from visualization.numbers import number, scientific, steps

JUDGED_FROM = 50  # steps: over fewer, a tenth and ten times mean little
BIAS = inline_html("$b_f$")


def input_noise(setup: Setup) -> str:
    """Say what all networks read."""
    return f"The input is noise with standard deviation {setup.scale:g}" if setup.scale else "The input is 0"


def explosion_sentence(setup: Setup, left: float) -> str:
    """Say how much of an RNN's gradient arrives at the first step."""
    return (
        f"{setup.T - 1} steps back the RNN's ∂L/∂h is {scientific(left)} times as long as at the last step "
        f"(T = {setup.T}, {setup.H} units, seed {setup.seed}). {input_noise(setup)}."
    )


def clipping_sentences(raw: Update, value: Update, norm: Update) -> str:
    """Return what the three updates show: not clipped, clipped by value, clipped by global norm."""
    if raw.norm <= CLIP_AT:
        return (
            f"The gradient's norm is {scientific(raw.norm)}, which is not above {CLIP_AT:g}. So neither kind "
            "of clipping changes it."
        )
    by_value = (
        f"Clipped by value, the update changes the weights by {scientific(value.moved)} times their length. "
        f"In the gradient {raw.cut:,} of {raw.count:,} numbers were beyond ±{CLIP_AT:g}. Now they are "
        f"{CLIP_AT:g} or −{CLIP_AT:g}, so the direction has changed (cosine {cosine(value.kept_direction)})."
        if raw.cut
        else f"Clipping by value changes nothing: no number is beyond ±{CLIP_AT:g}, although the norm is "
        f"{scientific(raw.norm)}."
    )
    return (
        f"One update without clipping changes the weights by {scientific(raw.moved)} times their length. "
        f"{by_value} Clipped by global norm, the update changes the weights by {scientific(norm.moved)} "
        "times their length, and its direction stays the same."
    )


def cosine(value: float) -> str:
    """Return a cosine; one that is below 1 by a millionth or more does not read as 1."""
    return number(value, next((digits for digits in (2, 4, 6) if round(value, digits) != 1), 2))


def race_settings(setup: Setup) -> str:
    """Say with which networks the race was run."""
    return (
        f"One untrained network of each kind: RNN with radius {setup.radius:g}, GRU with "
        f"{inline_html('$b_z$')} = {setup.update_bias:g}, {setup.H} units, T = {setup.T}, seed {setup.seed}. "
        f"{input_noise(setup)}."
    )


_RULES = {
    "course": "In all three cells every weight is a random number from the same normal distribution. Its "
    "standard deviation is 1/√(H + D), with H units and D inputs. Then the RNN's recurrent weights are "
    "multiplied by a factor that gives them the spectral radius of the slider. Biases are 0, "
    "except $b_f$ and $b_z$.",
    "pytorch": "As in PyTorch, in all three cells every weight and both biases are random numbers from the "
    "same uniform distribution, between −1/√H and 1/√H. The sliders $b_f$ and $b_z$ are added to the random "
    "biases, and the RNN's recurrent weights are multiplied by a factor that gives them the spectral radius "
    "of the slider. PyTorch itself adds 0, and its RNN has a radius of about 0.6.",
    "keras": "As in Keras, all three cells have random input weights from a uniform distribution (Glorot) "
    "and one random matrix of all recurrent weights, with columns of length 1 at right angles. (In an RNN it "
    "is orthogonal, in the others it is tall.) Biases are 0, except $b_f$ and $b_z$. The RNN's "
    "recurrent weights are multiplied by a factor that gives them the spectral radius of the slider. Keras "
    "itself has $b_f$ = 1, $b_z$ = 0 and radius 1.",
    "orthogonal": "As in this course, but in all three cells each matrix of recurrent weights (one for each "
    "gate and one for the candidate) is a random orthogonal matrix. The RNN's weights are multiplied by a "
    "factor that gives them the spectral radius of the slider; an orthogonal matrix has radius 1. Biases "
    "are 0, except $b_f$ and $b_z$.",
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


# Two common claims.
CLAIMS = (
    "“Gradients flow via **addition** rather than multiplication”",
    "“Gradients **flow freely**”",
)


def verdicts(setup: Setup, mean_gate: float, shares: NDArray, alone: float) -> Sequence[str]:
    """Return what each of the claims comes to.

    mean_gate: of f.  shares (T,): of what is drawn, from the last step back to the first.  alone: the share
    of ∂L/∂C that arrives at the first step along the cell-state path; what comes through h the part *Two
    gradient paths* asks for.
    """
    return (
        f"Half true. The addition passes a gradient on unchanged, but each step also multiplies it by f, "
        f"{gate(mean_gate)} on average. Along the cell-state path alone ∂L/∂C would be "
        f"{scientific(alone)} times as long as at the last step.",
        _flows_freely(setup, shares),
    )


def _flows_freely(setup: Setup, shares: NDArray) -> str:
    low, high = STAYS
    back, left = setup.T - 1, float(shares[-1])
    of_what = (
        f"{back} steps back ∂L/∂{setup.measured} (the LSTM's curve) is {scientific(left)} times as long as "
        "at the last step."
    )
    if back < JUDGED_FROM:
        return f"These are too few steps to judge. {of_what} Set T to {JUDGED_FROM + 1} or more."
    freely = (
        f"We call it free if the gradient is at every step {low:g} to {high:g} times as long as at the last "
        "step."
    )
    if not low <= left <= high:
        what = "grows" if left > high else "shrinks"
        return f"{freely} Not true here: the gradient {what}. {of_what}"
    # Near the first step C is small and more gets into it: what was lost on the way can seem to be back.
    least, most = int(shares.argmin()), int(shares.argmax())
    for what, there in (("shrinks", least), ("grows", most)):
        if not low <= shares[there] <= high:
            on_the_way = f"{there} steps back it is {scientific(float(shares[there]))} times as long"
            return f"{freely} Not true here: on the way the gradient {what}, {on_the_way}. {of_what}"
    return f"{freely} True here. {of_what}"


def paths_sentence(back: int, whole: float, alone: float) -> str:
    """Say what is left of ∂L/∂C so many steps back, and what the cell state alone would leave."""
    return (
        f"{back} steps back ∂L/∂C is {scientific(whole)} times as long as at the last step. Along the "
        f"cell-state path alone it would be {scientific(alone)} times as long."
    )


def carrier_sentence(unit: int, most: float, back: int) -> str:
    """Say at which unit the largest number of the error, without its sign, arrives at the first step."""
    return (
        f"{back} steps back the largest absolute value in ∂L/∂h is {scientific(most)}, at unit {unit}. "
        "At the last step, ∂L/∂h has length 1."
    )
