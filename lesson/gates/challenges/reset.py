"""Reset on a signal: keep a number until the input says erase."""

import numpy as np
from numpy.typing import NDArray

from lesson.gates.challenges.challenge import Band, Case, Challenge, Stage
from lesson.gates.challenges.sequences import placed, pulses
from visualization.numbers import number


def sequences(rng: np.random.Generator) -> list[Case]:
    """Take every C_0 with the signal at step 5, 12, 19, 3-4-5 and never; one more for each, at any step."""
    cases = []
    for C_0 in (1.0, -1.0, 0.5):
        anywhere = [int(rng.integers(1, 21))]
        for steps in ([5], [12], [19], [3, 4, 5], [], anywhere):
            cases.append((placed(20, {1: steps}), C_0))
    return cases


def band(x: NDArray, C_0: float) -> Band:
    """Allow 0.2 around C_0 before the signal, 0.1 around 0 from its step on."""
    erased = pulses(x) > 0
    return np.where(erased, -0.1, C_0 - 0.2), np.where(erased, 0.1, C_0 + 0.2)


def reason(x: NDArray, C_0: float, t: int) -> str:
    """Say where C started, or when the signal came."""
    if not pulses(x)[t]:
        return f"C started at {number(C_0)} and no signal had come"
    return f"the signal to erase came at step {int((x == 1).argmax()) + 1}"


CHALLENGE = Challenge(
    name="reset",
    title="Reset on a signal",
    statement=r"""The cell starts with $C_0$. The input is 0, except for a signal $x_t = 1$: it tells the
cell to erase $C$. In 20 steps the signal comes once, three times in a row, or never.

**Your goal:** before the signal $C_t$ stays within 0.2 of $C_0$. From the step of the signal on, $C_t$ lies
between −0.1 and 0.1. $C_0$ is 1, −1 or 0.5.

You can move $w_{fx}$, $b_f$ and $b_i$.""",
    hints=(
        r"The forget gate has to do two things: stay open at $x_t = 0$ and shut at $x_t = 1$. Which of "
        r"your sliders acts only when there is a signal?",
        r"At $x_t = 0$ the gate is $\sigma(b_f)$, at the signal it is $\sigma(w_{fx} + b_f)$. So $b_f$ must "
        r"be large, and $w_{fx}$ so negative that their sum is far below 0. And what does the input gate "
        r"write when the signal comes?",
        r"Keeping 0.8 of $C_0$ over 20 steps takes a $b_f$ of 4.5 or more: $\sigma(4.5) \approx 0.9890$ "
        r"and $0.9890^{20} \approx 0.80$. With $w_{fx} = -8$ a signal then leaves only "
        r"$\sigma(-8 + 4.5) \approx 0.03$. Shut the input gate with a strongly negative $b_i$.",
    ),
    solution=(
        Stage(
            {"b_f": 5.0},
            r"Keep $C$ while no signal comes: $\sigma(5) \approx 0.9933$ at every step, after 20 steps "
            r"$0.9933^{20} \approx 0.87$. But at the signal the gate opens even wider, "
            r"$\sigma(1 + 5) \approx 0.998$: nothing is erased.",
        ),
        Stage(
            {"w_fx": -8.0},
            r"Let the signal shut the gate: at $x_t = 1$ it is $\sigma(-8 + 5) \approx 0.047$, at "
            r"$x_t = 0$ as before, since $w_{fx}$ is multiplied by 0. The old value is gone. But the "
            r"signal itself is written: the input gate lets $\sigma(1) \approx 0.73$ of "
            r"$\tanh(1) \approx 0.76$ in.",
        ),
        Stage(
            {"b_i": -8.0},
            r"Shut the input gate: $\sigma(1 - 8) \approx 0.0009$ at the signal. Now the signal only "
            r"erases.",
        ),
    ),
    ending=r"You have built a **resettable memory**. For this job the forget gate was added to the LSTM "
    r"(Gers, Schmidhuber and Cummins 2000, *Learning to forget*).",
    unlocked=("w_fx", "b_f", "b_i"),
    quantity="C",
    example_case=(placed(20, {1: [12]}), 1.0),
    sequences=sequences,
    band=band,
    reason=reason,
)
