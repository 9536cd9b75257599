"""Store, hide, show: the input says when to write and when to show."""

import numpy as np
from numpy.typing import NDArray

from lesson.gates.challenges.challenge import ON_THE_INPUT, Band, Case, Challenge, Stage
from lesson.gates.challenges.sequences import placed, pulses, shuffled


def sequences(rng: np.random.Generator) -> list[Case]:
    """Draw the longest wait, many shows or stores, no store, no show, nothing, full noise, a few of each."""
    fixed = [
        placed(20, {1: [1], -1: [20]}),
        placed(20, {1: [1], -1: list(range(2, 21))}),
        placed(20, {1: list(range(1, 20)), -1: [20]}),
        placed(20, {-1: [*range(1, 11), 20], 1: [11]}),  # asked to show before there is anything
        np.tile([1.0, -1.0], 10),
        np.zeros(20),
    ]
    one_kind_missing = [shuffled(rng, 20, 0, 8), shuffled(rng, 20, 8, 0)]
    full = [rng.choice([1.0, 0.0, -1.0], size=20) for _ in range(4)]
    few = [shuffled(rng, 20, int(rng.integers(1, 4)), int(rng.integers(1, 6))) for _ in range(4)]
    return [(x, 0.0) for x in fixed + one_kind_missing + full + few]


def band(x: NDArray, C_0: float) -> Band:
    """Ask for an h of at least 0.6 at every show after a store, within 0.1 of 0 at every other step."""
    show = (x == -1) & (pulses(x) > 0)
    return np.where(show, 0.6, -0.1), np.where(show, np.inf, 0.1)


def reason(x: NDArray, C_0: float, t: int) -> str:
    """Say what the input asks at this step, and what was stored."""
    if x[t] == 1:
        return "x = 1 stores and does not show"
    if x[t] == 0:
        return "x = 0 means wait, and nothing is shown"
    if not pulses(x)[t]:
        return "x = −1 asks the cell to show, but nothing had been stored yet"
    last = t - int((x[t::-1] == 1).argmax())
    return f"x = −1 asks the cell to show what was stored at step {last + 1}"


CHALLENGE = Challenge(
    name="store-hide-show",
    title="Store, hide, show",
    statement=r"""For 20 steps the input is a command: $x_t = 1$ means store, $x_t = 0$ means wait, and
$x_t = -1$ means show. The commands come in any order and number. The cell starts empty, $C_0 = 0$.

**Your goal:** $h_t$ is at least 0.6 at every show that comes after a store. At every other step $h_t$ lies
between −0.1 and 0.1: while storing, while waiting, and at a show before anything was stored.

You can move the four weights on the input and the four biases.""",
    hints=(
        r"The check looks at $h$, not at $C$. One gate decides what gets into $C$, another how much of it is "
        r"shown. Which command has to open which gate?",
        r"Store: the input gate opens at $x_t = 1$ only, and the candidate is large there. Show: the "
        r"output gate opens at $x_t = -1$ only. Shutting the output gate erases nothing: $C$ stays in the "
        r"cell as long as $f$ is near 1.",
        r"Storing works as counting does: $w_{ix} = 8$, $b_i = -4$, $w_{Cx} = 5$, with $w_{fx} = 0$ and a "
        r"large $b_f$. The output gate works the other way round: to be open at $-1$ it needs a *negative* "
        r"$w_{ox}$, and to be shut at 0 a negative $b_o$.",
    ),
    solution=(
        Stage(
            {"b_f": 6.0, "w_fx": 0.0},
            r"Keep at every input: $f_t = \sigma(6) \approx 0.9975$, after 19 steps "
            r"$0.9975^{19} \approx 0.95$.",
        ),
        Stage(
            {"w_ix": 8.0, "b_i": -4.0, "w_Cx": 5.0},
            r"Write at store only: the input gate is $\sigma(8 - 4) \approx 0.98$ at 1, but "
            r"$\sigma(-4) \approx 0.02$ at 0 and $\sigma(-8 - 4) \approx 0.00001$ at $-1$; the candidate "
            r"is $\tanh(5) \approx 0.9999$. Now $C$ is right, and $h$ is not: the output gate shows the "
            r"store itself, $\sigma(1) \approx 0.73$.",
        ),
        Stage(
            {"w_ox": -8.0, "b_o": -4.0},
            r"Open the output gate at show only: $\sigma(8 - 4) \approx 0.98$ at $-1$, "
            r"$\sigma(-4) \approx 0.02$ at 0, $\sigma(-8 - 4) \approx 0.00001$ at 1. More than "
            r"$\tanh(1) \approx 0.76$ can't be shown of a $C$ of 1; that is why 0.6 is asked, and not 0.9.",
        ),
    ),
    ending=r"You have built a **memory cell with write and read access**: the input gate is the write enable "
    r"of a register, the output gate its read enable, and what is hidden is not lost.",
    unlocked=ON_THE_INPUT,
    quantity="h",
    # Asked to show too early, then after a short and a long wait, then a second store.
    example_case=(placed(20, {1: [4, 15], -1: [2, 6, 13, 18]}), 0.0),
    sequences=sequences,
    band=band,
    reason=reason,
)
