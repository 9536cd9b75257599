"""The challenge of the GRU: count as far as it can, on the sequences of the LSTM's challenge *Count*."""

import numpy as np
from numpy.typing import NDArray

from lesson.gates.challenges import count
from lesson.gates.challenges.challenge import Band, Challenge, Stage
from lesson.gates.challenges.sequences import pulses
from lesson.gates.gru.settings import GRU_CELL_OF_CHALLENGE
from lstm.scalar import GRU_PARAMETERS


def band(x: NDArray, C_0: float) -> Band:
    """Allow what *Count* allows until the second pulse; from then on nothing is asked."""
    low, high = count.band(x, C_0)
    is_asked = pulses(x) < 2
    return np.where(is_asked, low, -np.inf), np.where(is_asked, high, np.inf)


CHALLENGE = Challenge(
    name="count-gru",
    title="Count with a GRU",
    statement=r"""The task of the LSTM's challenge *Count* (part *Challenges*): 30 steps of 0, pulses
($x_t = 1$) and distractors ($x_t = -1$), at most ten of each. The GRU starts with $h_0 = 0$.

**Your goal:** until the second pulse arrives, $h_t$ is within 0.4 of the number of pulses so far.
Distractors do not count. The check ends at the second pulse. Try to follow the count further!""",
    hints=(
        r"Between two pulses the cell must keep h, and at a pulse it must write. Which gate does both? At "
        r"which inputs should it be open?",
        r"z near 1 keeps h, z near 0 writes the candidate. So z must be open at $x_t = 0$ and at $x_t = -1$, "
        r"and shut at $x_t = 1$: this takes a *negative* $w_{zx}$, and a $b_z$ that only a pulse can "
        r"overcome.",
        r"The first pulse may have to be kept for 29 steps, and $\sigma(4) \approx 0.982$ is too little for "
        r"that: $0.982^{29} \approx 0.59$. Take a larger $b_z$, and $w_{zx} = -8$, so that a pulse still "
        r"shuts the gate. And at a pulse the candidate must be near 1: take a large $w_{hx}$.",
    ),
    solution=(
        Stage(
            {"b_z": 6.0},
            r"Keep while nothing comes: $z = \sigma(6) \approx 0.9975$ at $x_t = 0$, after 29 steps "
            r"$0.9975^{29} \approx 0.93$. But at a pulse z is open as well, $\sigma(1 + 6) \approx 0.999$: "
            r"nothing is written.",
        ),
        Stage(
            {"w_hx": 5.0},
            r"Make the candidate 1 at a pulse: $\tanh(5) \approx 0.9999$. It can't get in yet.",
        ),
        Stage(
            {"w_zx": -8.0},
            r"Let the pulse shut the gate: $z = \sigma(-8 + 6) \approx 0.12$ at a pulse, so 0.88 of the "
            r"candidate is written. At a distractor z is $\sigma(8 + 6) \approx 0.999999$: nothing is "
            r"written. The first pulse is counted. The second one writes the same candidate over it, and h "
            r"stays at 1. r plays no part, because the candidate does not read h ($w_{hh} = 0$).",
        ),
    ),
    ending=r"Your GRU remembers *that* a pulse came, as a **switch** does. It does not count.",
    unlocked=GRU_PARAMETERS,
    quantity="h",
    example_case=(count.CHALLENGE.example_case[0], 0.0),
    sequences=count.sequences,
    band=band,
    reason=count.reason,
    cell=GRU_CELL_OF_CHALLENGE,
)
