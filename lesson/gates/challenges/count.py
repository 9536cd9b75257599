"""Count: add up pulses and pass over distractors."""

import numpy as np
from numpy.typing import NDArray

from lesson.gates.challenges.challenge import ON_THE_INPUT, Band, Case, Challenge, Stage
from lesson.gates.challenges.sequences import counted, placed, pulses, shuffled


def sequences(rng: np.random.Generator) -> list[Case]:
    """Draw 10 pulses and 10 distractors in any order and in blocks; one kind alone; none; a few of each."""
    blocks = [
        np.repeat([1.0, 0.0], [10, 20]),  # the longest wait with the highest count
        np.repeat([1.0, -1.0, 0.0], [10, 10, 10]),
        np.repeat([-1.0, 1.0, 0.0], [10, 10, 10]),
        np.repeat([0.0, -1.0, 1.0], [10, 10, 10]),
        placed(30, {1: [1]}),
        np.zeros(30),
    ]
    full = [shuffled(rng, 30, 10, 10) for _ in range(3)]
    alone = [shuffled(rng, 30, 10, 0), shuffled(rng, 30, 0, 10)]
    few = [shuffled(rng, 30, *rng.integers(1, 10, size=2)) for _ in range(5)]
    return [(x, 0.0) for x in blocks + full + alone + few]


def band(x: NDArray, C_0: float) -> Band:
    """Allow 0.4 around the number of pulses so far."""
    return pulses(x) - 0.4, pulses(x) + 0.4


def reason(x: NDArray, C_0: float, t: int) -> str:
    """Say the number of pulses so far, and that a distractor is none."""
    came = f"{counted(int(pulses(x)[t]))} had come"
    return f"{came} (x = −1 is a distractor)" if x[t] == -1 else came


CHALLENGE = Challenge(
    name="count",
    title="Count",
    statement=r"""For 30 steps the input is 0, a pulse $x_t = 1$ or a distractor $x_t = -1$, at most ten
of each, in any order. The cell starts empty, $C_0 = 0$.

**Your goal:** at every step $C_t$ is within 0.4 of the number of pulses so far. A pulse counts from
its own step on. Distractors do not count.

You can move the four weights on the input and the four biases.""",
    hints=(
        r"To count, the cell must keep C and add 1 at each pulse. Which gate keeps? Which gate decides "
        r"*when* to add? What decides *how much*?",
        r"To keep $C$ always, take a large $b_f$ and no weight on the input. To add about 1 at a pulse, "
        r"$i_t \cdot \tilde{C}_t$ has to be close to 1, so both factors have to be. To add nothing at a "
        r"distractor, shut the input gate there.",
        r"Take $b_f = 8$ and $w_{fx} = 0$, and $w_{Cx} = 5$, so that the candidate is 1 at a pulse. The "
        r"input gate must be open at 1 and shut at 0 and $-1$: this takes a large $w_{ix}$, and a negative "
        r"$b_i$ that only a pulse can overcome.",
    ),
    solution=(
        Stage(
            {"b_f": 8.0, "w_fx": 0.0},
            r"Keep at every input: $f_t = \sigma(8) \approx 0.9997$ at every step. Even ten pulses lose "
            r"little: $0.9997^{30} \approx 0.99$.",
        ),
        Stage(
            {"w_Cx": 5.0},
            r"Make the candidate 1 at a pulse: $\tanh(5) \approx 0.9999$ at a pulse, 0 at 0, and "
            r"$\tanh(-5) \approx -0.9999$ at a distractor. But the input gate adds only "
            r"$\sigma(1) \approx 0.73$ of a pulse, and takes $\sigma(-1) \approx 0.27$ off for a "
            r"distractor.",
        ),
        Stage(
            {"w_ix": 8.0, "b_i": -4.0},
            r"Open the input gate at pulses only: $\sigma(8 - 4) \approx 0.98$ at 1, "
            r"$\sigma(-4) \approx 0.02$ at 0, where there is nothing to add, and "
            r"$\sigma(-8 - 4) \approx 0.00001$ at a distractor. The output gate plays no part: it can only "
            r"hide $C$, not change it.",
        ),
    ),
    ending=r"You have built a **counter**: a cell state that adds up gated inputs. LSTMs learn to count "
    r"like this when they check that $a^n b^n$ has as many $b$ as $a$ (Gers and Schmidhuber 2001).",
    unlocked=ON_THE_INPUT,
    quantity="C",
    example_case=(placed(30, {1: [3, 7, 8, 15, 22, 26], -1: [5, 11, 12, 19]}), 0.0),
    sequences=sequences,
    band=band,
    reason=reason,
)
