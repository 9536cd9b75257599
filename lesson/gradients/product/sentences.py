"""What is said of one step back through the RNN, and of all steps until there; every number is measured."""

from lesson.gradients.product.walk import STEPS, Walk
from lstm.equations import sigmoid
from visualization.numbers import factor, number, scientific, superscript


def title(back: int) -> str:
    """Return which step is in view, HTML."""
    if back == 0:
        return f"The last step, t = {STEPS}: the error comes in"
    t = STEPS - back + 1
    return f"Step {back} back: from h<sub>{t}</sub> to h<sub>{t - 1}</sub>"


def step_sentence(walk: Walk, back: int) -> str:
    """Say by how much one step back has changed the arrow's length, and what is left of it; Markdown."""
    if back == 0:
        return (
            "**At the last step the error comes in:** ∂L/∂h is an arrow of length 1. Drag *Steps back* and "
            "send it back through time."
        )
    lengths, between = walk.lengths, walk.lengths_after_slopes
    before, after = float(lengths[back - 1]), float(lengths[back])
    left = f"{_left(back)} {three_digits(after / float(lengths[0]))}"
    slopes = float(between[back - 1]) / before
    return (
        f"**This step makes the arrow {times(after / before)} as long:** the slopes {times(slopes)}, then "
        f"$W_h^T$ {times(after / float(between[back - 1]))}. **{left} of the arrow is left.**"
    )


def share(walk: Walk, back: int) -> str:
    """Return the share of the arrow that is left."""
    return scientific(float(walk.lengths[back] / walk.lengths[0]))


def three_digits(value: float) -> str:
    """Return a positive number with one digit more than `scientific` writes: 0.154, or 2.04 · 10⁻⁴."""
    mantissa, exponent = f"{value:.2e}".split("e")
    power = int(exponent)
    if -2 <= power <= 2:
        return f"{float(f'{value:.2e}'):.{2 - power}f}"
    return f"{mantissa} · 10{superscript(power)}"


def _left(back: int) -> str:
    return f"After {back} {'step' if back == 1 else 'steps'}"


def times(ratio: float) -> str:
    """Return a ratio of lengths, such as 0.62 times; one that is not 1 does not read as 1."""
    digits = next((digits for digits in (2, 3, 4) if round(ratio, digits) != 1), 2)
    return f"{number(ratio, digits) if 0.05 <= ratio < 100 else scientific(ratio)} times"


def slopes_sentence(walk: Walk, back: int) -> str:
    """Say what would be left without tanh, and what the slopes have cost until there; Markdown."""
    if back == 0:
        return ""
    alone, left = (float(each[back] / walk.lengths[0]) for each in (walk.lengths_alone, walk.lengths))
    without = f"Without tanh (all slopes 1) {three_digits(alone)} would be left."
    if alone > 1.05 * left:
        # The ratio of the numbers as they stand there: a reader who divides them gets the same.
        ratio = float(f"{alone:.2e}") / float(f"{left:.2e}")
        return f"{without} So the slopes have made the arrow {factor(ratio)} times shorter."
    if left > 1.05 * alone:
        return (
            f"{without} That is less: the slopes shorten the arrow, but they also turn it, here into "
            "directions that $W_h^T$ stretches more."
        )
    return f"{without} So up to here the slopes have hardly mattered."


def gate_sentence(forget_bias: float, back: int) -> str:
    """Say what an LSTM's cell-state path multiplies by, and what is left after as many steps."""
    f = float(sigmoid(forget_bias))
    digits = 3 if f < 0.9995 else 5
    each = f"f = σ($b_f$) = σ({forget_bias:g}) = {number(f, digits)}"
    if back == 0:
        return f"{each} at every step."
    return f"{each} at every step. {_left(back)} $f^{{{back}}}$ = {scientific(f**back)} is left."


def curves_sentence(walk: Walk, forget_bias: float, back: int) -> str:
    """Say where the three curves are at the step in view."""
    alone, path = (
        scientific(float(value)) for value in (walk.lengths_alone[back], sigmoid(forget_bias) ** back)
    )
    return (
        f"Left {_back(back)}: RNN {share(walk, back)}, without tanh {alone}, LSTM’s cell-state path {path}."
    )


def picture_words(walk: Walk, back: int) -> str:
    """Say what the plane shows, for those who do not see it."""
    x, y = (signed(float(value)) for value in walk.arrows[back])
    return f"The arrow ∂L/∂h {_back(back)}: unit 1 {x}, unit 2 {y}."


def _back(back: int) -> str:
    return f"{back} {'step' if back == 1 else 'steps'} back"


def signed(value: float) -> str:
    """Return a number of any size with its sign."""
    return f"{'−' if value < 0 else ''}{scientific(abs(value))}"
