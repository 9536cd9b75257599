"""Keep: keep a number while noise comes in."""

import numpy as np
from numpy.typing import NDArray

from lesson.gates.challenges.challenge import Band, Case, Challenge, Stage
from visualization.numbers import number


def noise(rng: np.random.Generator) -> NDArray:
    """Draw 20 steps of noise, never beyond ±2."""
    return np.clip(rng.normal(size=20), -2, 2)


def sequences(rng: np.random.Generator) -> list[Case]:
    """Take every C_0 with two draws of the noise, and with the loudest of twenty.

    The loud ones see to it that a setting that only just keeps does not pass by a quiet draw.
    """
    cases = []
    for C_0 in (1.0, -1.0, 0.0, 0.5, -0.5):
        loudest = max((noise(rng) for _ in range(20)), key=lambda x: np.abs(x).sum())
        cases += [(noise(rng), C_0), (noise(rng), C_0), (loudest, C_0)]
    return cases


def band(x: NDArray, C_0: float) -> Band:
    """Allow 0.1 around C_0, always."""
    return np.full(len(x), C_0 - 0.1), np.full(len(x), C_0 + 0.1)


def reason(x: NDArray, C_0: float, t: int) -> str:
    """Say where C started."""
    return f"C started at {number(C_0)} and must stay near it"


CHALLENGE = Challenge(
    name="keep",
    title="Keep",
    statement=r"""The cell starts with some $C_0$ and has to keep it for 20 steps while noise comes in:
every $x_t$ is a random number around 0 (standard deviation 1, never beyond ±2).

**Your goal:** $C_t$ stays within 0.1 of $C_0$ at every step. This must hold for $C_0$ = 1, −1, 0, 0.5 and
−0.5.

You can move $b_f$ and $b_i$.""",
    hints=(
        r"Two things change C: one gate throws a part of C away, another lets the noise in. Which "
        r"gate does which?",
        r"You need $f_t$ near 1 and $i_t$ near 0 for every $x_t$. Both gates read the noise, since "
        r"$f_t = \sigma(x_t + b_f)$ and $i_t = \sigma(x_t + b_i)$: at $x_t = -2$ the start keeps only "
        r"$\sigma(-2 + 1) \approx 0.27$.",
        r"Little by little C is lost over 20 steps: keeping $\sigma(5) \approx 0.9933$ each time leaves "
        r"$0.9933^{20} \approx 0.87$. Push $b_f$ above 6.5, and $b_i$ below −6.5.",
    ),
    solution=(
        Stage(
            {"b_f": 7.0},
            r"First make the cell keep $C$. Without noise the cell now keeps $\sigma(7) \approx 0.999$ of C "
            r"at every step, and even at $x_t = -2$ still $\sigma(-2 + 7) \approx 0.993$. But the input gate "
            r"is half open, and the noise is added to $C$.",
        ),
        Stage(
            {"b_i": -7.0},
            r"Now shut the input gate: $\sigma(-7) \approx 0.001$, and at most "
            r"$\sigma(2 - 7) \approx 0.007$. Nearly all of $C_{t-1}$ stays and nearly nothing is added, so "
            r"$C_t \approx C_0$.",
        ),
    ),
    ending=r"You have built the **constant error carousel**, the idea the LSTM started from: with "
    r"$f_t \approx 1$ and $i_t \approx 0$ the cell state passes through time almost unchanged, and so does "
    r"its gradient.",
    unlocked=("b_f", "b_i"),
    quantity="C",
    example_case=(noise(np.random.default_rng(4)), 1.0),
    sequences=sequences,
    band=band,
    reason=reason,
)
