"""Questions about many steps: what is left of C and of its gradient, and when half is left."""

from itertools import product

import numpy as np

from lesson.classroom.question import Scale
from lesson.course.variants.cells import cell_with, share_left
from lesson.course.variants.variant import Mistake, Numbers, Tolerance, Variant, written
from lesson.gates import parameters as gates
from lesson.gradients import parameters as gradients
from lstm.gradients import GradientFlow
from lstm.scalar import half_life
from visualization.numbers import number, percent

_GATES, _OVER_TIME = "2_gates.py", {gates.PART.name: "Over time"}
_SHARES = list(product([k / 100 for k in range(60, 99, 2)], range(3, 16)))
_LIVES = [(k / 100,) for k in range(70, 97)]
_TENTHS = (0.5, 0.6, 0.7, 0.8, 0.9)
_STRETCHES = [row for row in product(_TENTHS, range(2, 6), _TENTHS, range(2, 6)) if row[0] != row[2]]


def steps_left() -> Variant:
    """Return the one for the share of C that is left after some steps."""
    return Variant(
        "other_share_left",
        ("keep", "half_life"),
        "The forget gate is $f$ = {0} at each of {1} steps, and the input gate is shut. What share of C is "
        "left in the end, to three digits after the point?",
        Tolerance(0.002, 3),
        Scale(0, 1),
        Scale(-1, 1),
        (
            Mistake(
                "linear",
                "The same amount lost at every step",
                "Here every step takes 1 − f of the C at the beginning. But it takes 1 − f of what is still "
                "there, and that gets less and less.",
            ),
            Mistake("gone", "What is gone", "This share is gone. What is left is 1 minus it."),
            Mistake(
                "one_step_missed",
                "One step too few",
                "The cell multiplies C by f at every step, at the first and at the last one, too.",
            ),
        ),
        "Every step multiplies C by f. After k steps $f^k$ of it is left.",
        _GATES,
        _OVER_TIME,
    ).with_numbers(_SHARES, steps_left_numbers)


def steps_left_numbers(f: float, steps: int) -> Numbers:
    """Run a cell that forgets, and what the mistakes take for it."""
    left = share_left(f, steps)
    lost_first = 1 - float(cell_with(f=f, C_prev=1.0).C)
    return Numbers(
        (written(f), written(steps)),
        left,
        {"linear": 1 - steps * lost_first, "gone": 1 - left, "one_step_missed": share_left(f, steps - 1)},
    )


def steps_to_half() -> Variant:
    """Return the one for the half-life of C."""
    return Variant(
        "other_half_life",
        ("half_life", "number_half_life"),
        "Each step only multiplies C by $f$ = {0}. After how many steps is half of C left, to two digits "
        f"after the point? (ln 0.5 = {number(float(np.log(0.5)), 4)}, ln {{0}} = {{1}}.)",
        Tolerance(0.02, 2),
        Scale(0, 50),
        Scale(0.1, 10, logarithmic=True),
        (
            Mistake(
                "ln_half_forgotten",
                "ln 0.5 forgotten",
                "This is 1 divided by −ln f. After so many steps "
                f"{percent(float(np.exp(-1)))} of C is left, not half: multiply by −ln 0.5.",
            ),
            Mistake(
                "linear",
                "The same amount lost at every step",
                "This is 0.5 divided by 1 − f. But a step takes 1 − f of what is still there, and that gets "
                "less and less.",
            ),
            Mistake(
                "one_over_loss",
                "1 divided by 1 − f",
                "If every step took 1 − f of the C at the beginning, all of it would be gone then. But a "
                "step takes 1 − f of what is still there.",
            ),
        ),
        "After k steps $f^k$ of C is left. Half is left after $\\ln 0.5 / \\ln f$ steps.",
        _GATES,
        _OVER_TIME,
    ).with_numbers(_LIVES, steps_to_half_numbers)


def steps_to_half_numbers(f: float) -> Numbers:
    """Compute a half-life, and what the mistakes take for it."""
    life = float(half_life(f))
    lost_first = 1 - float(cell_with(f=f, C_prev=1.0).C)
    return Numbers(
        (written(f), number(float(np.log(f)), 4)),
        life,
        {
            # With f = 1/e the half-life is ln 2: it is what this mistake leaves out.
            "ln_half_forgotten": life / float(half_life(np.exp(-1))),
            "linear": 0.5 / lost_first,
            "one_over_loss": 1 / lost_first,
        },
    )


def cell_path() -> Variant:
    """Return the one for the gradient along the cell state, with two values of the forget gate."""
    return Variant(
        "other_cell_path",
        ("roads", "gradient_arrives"),
        "Going back, the gradient passes {1} steps with the forget gate at {0}, then {3} steps with the "
        "forget gate at {2}. What share of $∂L/∂C$ is left in the end, along the cell-state path alone? Give "
        "three digits after the point.",
        Tolerance(0.002, 3),
        Scale(0, 1),
        Scale(-1, 1),
        (
            Mistake(
                "mean",
                "The mean gate at every step",
                "This is the mean of the gates, to the power of all steps. But the gradient is multiplied by "
                "each gate in turn, and this product is smaller.",
            ),
            Mistake(
                "second_forgotten",
                "Only the first gates",
                "The gradient is multiplied by the gates of the other steps, too.",
            ),
            Mistake(
                "swapped",
                "The numbers of steps swapped",
                "Each gate is raised to the number of its own steps.",
            ),
            Mistake(
                "mean_of_powers",
                "Mean of two powers",
                "This is the mean of what is left after the first steps and after the others alone. But the "
                "gradient passes both, so the two shares are multiplied.",
            ),
        ),
        "Along the cell-state path $∂C_t / ∂C_{t-1} = f_t$. So the gradient is multiplied by the gate of "
        "every step: one gate to the power of its steps, times the other to the power of its own.",
        "3_gradients.py",
        {gradients.VIEW.name: "Two gradient paths"},
    ).with_numbers(_STRETCHES, cell_path_numbers)


def cell_path_numbers(first: float, steps: int, second: float, further: int) -> Numbers:
    """Send a gradient of 1 back past both stretches, and past what the mistakes take for them."""
    forward = [second] * further + [first] * steps
    alone, other = [first] * steps, [second] * further
    return Numbers(
        (written(first), written(steps), written(second), written(further)),
        _path(forward),
        {
            "mean": _path([float(np.mean(forward))] * len(forward)),
            "second_forgotten": _path(alone),
            "swapped": _path([second] * steps + [first] * further),
            "mean_of_powers": float(np.mean([_path(alone), _path(other)])),
        },
    )


def _path(forget_gates: list[float]) -> float:
    """Return ∂L/∂C before the first of these steps where it is 1 after the last."""
    f = np.array([1.0, *forget_gates])[:, None]  # (T + 1, 1): the first belongs to the step before them
    one = np.ones_like(f)
    return float(GradientFlow(one, one, {"f": f}, ()).cell_path()[0, 0])
