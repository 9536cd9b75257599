"""Light switch: every pulse flips what is shown."""

import numpy as np
from numpy.typing import NDArray

from lesson.gates.challenges.challenge import Band, Case, Challenge, Stage
from lesson.gates.challenges.sequences import counted, placed, pulses
from lstm.scalar import PARAMETERS


def sequences(rng: np.random.Generator) -> list[Case]:
    """Draw the longest waits (off before the first pulse, on, off again), the fastest pulses, and noise."""
    fixed = [
        placed(30, {1: steps}) for steps in ([], [1], [1, 2], [30], list(range(1, 31)), list(range(1, 31, 2)))
    ]
    late = [placed(30, {1: [int(rng.integers(15, 30))]})]
    random = [(rng.random(30) < share).astype(float) for share in (0.1, 0.1, 0.2, 0.2, 0.4, 0.4, 0.7)]
    return [(x, 0.0) for x in fixed + late + random]


def band(x: NDArray, C_0: float) -> Band:
    """Ask for |h| ≤ 0.3 before the first pulse, then h ≥ 0.5 after odd numbers and h ≤ −0.5 after even."""
    before, odd = pulses(x) == 0, pulses(x) % 2 == 1
    low = np.where(before, -0.3, np.where(odd, 0.5, -np.inf))
    return low, np.where(before, 0.3, np.where(odd, np.inf, -0.5))


def reason(x: NDArray, C_0: float, t: int) -> str:
    """Say the number of pulses so far, and what the lamp does then."""
    count = int(pulses(x)[t])
    if not count:
        return "no pulse had come"
    parity, lamp = ("odd", "on") if count % 2 else ("even", "off")
    return f"after {counted(count)}, an {parity} number, the lamp must be {lamp}"


CHALLENGE = Challenge(
    name="light-switch",
    title="Light switch",
    statement=r"""For 30 steps the input is 0 or a pulse $x_t = 1$, and $h_t$ is the lamp: it is on
when $h_t$ is positive and off when $h_t$ is negative. Every pulse flips the lamp; a 0 leaves it as it is. The
cell starts with $C_0 = 0$.

**Your goal:** before the first pulse $h_t$ lies between −0.3 and 0.3. From then on $h_t$ is at least 0.5
after an odd number of pulses and at most −0.5 after an even number. A pulse counts from its own step on.

You can move all eight weights and all four biases.""",
    hints=(
        r"The same pulse must turn the lamp on when it is off, and off when it is on. So the cell has to "
        r"know whether the lamp is on. What does every gate and the candidate read besides $x_t$?",
        r"Without $h_{t-1}$ it can't be done: $f_t$, $i_t$ and $\tilde{C}_t$ would be the same at every "
        r"pulse, and a larger $C_{t-1}$ could never give a smaller $C_t$. Let the *candidate* propose the "
        r"opposite of $h_{t-1}$, and let a pulse replace the old value by it.",
        r"Replace at a pulse, keep at 0: a forget gate that a pulse shuts ($w_{fx} = -8$, $b_f = 5$) and "
        r"an input gate that a pulse opens (the same numbers, with the other sign). To show always, "
        r"take a large $b_o$. The candidate needs $w_{Ch} = -8$, and a positive $b_C$ for the first pulse, "
        r"when $h$ is still 0.",
    ),
    solution=(
        Stage(
            {"w_fx": -8.0, "b_f": 5.0},
            r"Keep at 0, erase at a pulse, as in *Reset on a signal*: $\sigma(5) \approx 0.993$ and "
            r"$\sigma(-8 + 5) \approx 0.047$.",
        ),
        Stage(
            {"w_ix": 8.0, "b_i": -5.0},
            r"Write at a pulse only: $\sigma(8 - 5) \approx 0.953$, but $\sigma(-5) \approx 0.007$ at 0. "
            r"Now a pulse *replaces* $C$ by the candidate, which is $\tanh(1) \approx 0.76$ at every "
            r"pulse.",
        ),
        Stage(
            {"w_ox": 0.0, "b_o": 6.0},
            r"Always show: $o_t = \sigma(6) \approx 0.998$, so $h_t \approx \tanh(C_t)$. The first pulse "
            r"turns the lamp on. The second pulse turns it on, too: the candidate does not know that it is "
            r"on already.",
        ),
        Stage(
            {"w_Ch": -8.0, "w_Cx": 0.0, "b_C": 2.0},
            r"Let the candidate be the opposite of $h$. At the start, $h = 0$: $\tanh(2) \approx 0.96$, on. "
            r"When it is on, $h \approx 0.7$: $\tanh(2 - 8 \cdot 0.7) \approx -1.00$, off. When it is off: "
            r"$\tanh(2 + 8 \cdot 0.7) \approx 1.00$, on again.",
        ),
    ),
    ending=r"You have built a **toggle flip-flop**, a machine with two states that computes the **parity** "
    r"of the pulses. It needs a recurrent weight: the cell has to read its own $h_{t-1}$.",
    unlocked=PARAMETERS,
    quantity="h",
    example_case=(placed(30, {1: [4, 10, 11, 22]}), 0.0),
    sequences=sequences,
    band=band,
    reason=reason,
)
