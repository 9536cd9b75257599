"""Half-life five: let the cell state fade at a given pace."""

import numpy as np
from numpy.typing import NDArray

from lesson.gates.challenges.challenge import Band, Case, Challenge, Stage
from visualization.numbers import number


def sequences(rng: np.random.Generator) -> list[Case]:
    """Take the three C_0 with no input: all there is, so only their order is drawn."""
    return [(np.zeros(15), C_0) for C_0 in rng.permutation([1.0, 2.0, -1.0]).tolist()]


def band(x: NDArray, C_0: float) -> Band:
    """Allow 5 % of C_0 around C_0 · 0.5^(t / 5).

    5 % of C_0, not of what is left: with the latter no position of the slider would do, since at step 15
    an f that is 1 % too large is 16 % off.
    """
    target = C_0 * 0.5 ** (np.arange(1, len(x) + 1) / 5)  # (T,)
    return target - 0.05 * abs(C_0), target + 0.05 * abs(C_0)


def reason(x: NDArray, C_0: float, t: int) -> str:
    """Say what should be left."""
    target = number(C_0 * 0.5 ** ((t + 1) / 5))
    return f"C started at {number(C_0)}, and with a half-life of five steps {target} is left"


CHALLENGE = Challenge(
    name="half-life",
    title="Half-life five",
    statement=r"""The input is $x_t = 0$ for 15 steps. The cell state has to fade: half of it is left
after five steps, a quarter after ten, an eighth after fifteen.

**Your goal:** at every step $C_t$ differs from $C_0 \cdot 0.5^{t/5}$ by at most 5 % of $C_0$, for $C_0$ = 1,
2 and −1.

You can move only $b_f$.""",
    hints=(
        r"With $x_t = 0$ the candidate is $\tanh(0) = 0$ and nothing is ever added. What is the one number "
        r"that $C_{t-1}$ is multiplied by at every step?",
        r"$C_t = f^t \cdot C_0$ with the same $f = \sigma(b_f)$ at every step. Half is left after five "
        r"steps if $f^5 = 0.5$, that is $f = 0.5^{1/5} \approx 0.871$.",
        r"So $b_f$ has to give $\sigma(b_f) = 0.871$. A bias of 1.5 is too small: $\sigma(1.5) \approx "
        r"0.818$. A bias of 2.5 is too large: $\sigma(2.5) \approx 0.924$.",
    ),
    solution=(
        Stage(
            {"b_f": 1.75},
            r"Only $f$ matters: $C_t = f^t \cdot C_0$, and five steps halve it if "
            r"$f = 0.5^{1/5} \approx 0.871$. That is $b_f = \ln(0.871 / 0.129) \approx 1.91$, between two "
            r"positions of the slider. The lower one gives $\sigma(1.75) \approx 0.852$, a half-life of "
            r"$\ln 0.5 / \ln 0.852 \approx 4.3$ steps. That is just too short: after five steps "
            r"$0.852^{5} \approx 0.449$ of $C_0$ is left, and 0.45 is the least that is allowed.",
        ),
        Stage(
            {"b_f": 2.0},
            r"The upper one gives $\sigma(2) \approx 0.881$, a half-life of $\ln 0.5 / \ln 0.881 \approx "
            r"5.5$ steps. After five steps $0.881^{5} \approx 0.531$ is left, close enough to 0.5. An f of "
            r"0.88 looks as if it kept nearly everything, but half of C is gone after 5.5 steps.",
        ),
    ),
    ending=r"You have built the memory of a **leaky integrator**, an exponential decay whose time constant "
    r"is set by the forget bias. Its half-life is $\ln 0.5 / \ln f$ steps.",
    unlocked=("b_f",),
    quantity="C",
    example_case=(np.zeros(15), 1.0),
    sequences=sequences,
    band=band,
    reason=reason,
)
