"""A count that saturates: what pulse after pulse makes of a GRU's h, and how many of them can be told apart.

At every step a pulse comes, the candidate is 1 and z is σ(b_z), so h after n pulses is 1 − zⁿ.
Letters: N pulses, P positions of the slider.
"""

import numpy as np
from numpy.typing import NDArray

from lesson.frame.query import Query
from lesson.gates.challenges import count
from lesson.gates.gru.settings import START
from lesson.gates.parameters import GRU_PULSES
from lesson.gates.tables import hundredths
from lesson.widgets.inline_html import inline_html
from lesson.widgets.source import Answer
from lstm.equations import GRUStep
from lstm.scalar import scalar_gru_run, scalar_run
from visualization.numbers import number

PULSES = 12
APART = 0.05  # from one count to the next, so that both can be told apart
_CANDIDATE = 8.0  # the weight on x that makes the candidate 1 at a pulse


def pulse_run(biases: NDArray) -> GRUStep:
    """Run a GRU along pulses at every step, for every update bias (P,); every value is (N, P)."""
    x = np.ones(PULSES)
    return scalar_gru_run({**START, "w_zx": 0.0, "w_hx": _CANDIDATE, "b_z": biases}, x[:, None])


def distances(h: NDArray) -> NDArray:
    """Return how far h moves at each pulse, from 0 on; h: (N, P)."""
    return np.diff(h, axis=0, prepend=0.0)


def counts_apart(h: NDArray) -> NDArray:
    """Return how many pulses in a row move h by `APART` or more, from the first on; (P,)."""
    return np.cumprod(distances(h) >= APART, axis=0).sum(axis=0)


def saturation(query: Query) -> Answer:
    """Answer for every update bias, or for the one that is set."""
    grid = np.array(GRU_PULSES.grid)
    run = pulse_run(grid)
    z, h, moved = run.z, run.h, distances(run.h)
    apart = counts_apart(h)
    lstm = scalar_run(count.CHALLENGE.solved_setting, np.ones(PULSES))
    at = [GRU_PULSES.grid.index(one.number(GRU_PULSES)) for one in query.positions([GRU_PULSES])]
    return {
        "common": {
            "apart": apart.tolist(),
            "biases": GRU_PULSES.address_values,
            "C": hundredths(lstm.C).tolist(),
        },
        "frames": [
            {
                "at": p,
                "h": hundredths(h[:, p]).tolist(),
                "counted": int(apart[p]),
                "words": inline_html(words(float(z[0, p]), h[:, p], moved[:, p], int(apart[p]))),
                "alt": alt(h[:, p], int(apart[p])),
            }
            for p in at
        ],
    }


def words(z: float, h: NDArray, moved: NDArray, apart: int) -> str:
    """Say how far h moves at each pulse, and how many pulses can be told apart; h, moved: (N,)."""
    first = f"Each pulse takes h {number(1 - z, 3)} of the way that is left to 1, since z = {number(z, 3)}."
    if apart == 0:
        return f"{first} Even the first pulse moves h by only {_small(moved[0])}, less than {APART:g}."
    how = "only the first pulse moves" if apart == 1 else f"pulses 1 to {apart} each move"
    if apart == len(h):
        return f"{first} All {apart} pulses move h by {APART:g} or more."
    next_step = _small(moved[apart])
    return (
        f"{first} So {how} h by {APART:g} or more; pulse {apart + 1} moves it by only {next_step}. "
        f"Whoever reads h to {APART:g} can count **{apart} pulse{'' if apart == 1 else 's'}**, no more."
    )


def _small(step: float) -> str:
    """Write a step that is too small with as many digits as it takes to see that, and that it is not 0."""
    texts = (number(step, digits) for digits in range(3, 17))
    return next(text for text in texts if 0 < float(text) < APART)


def alt(h: NDArray, apart: int) -> str:
    """Describe the picture; h: (N,)."""
    ends = ", ".join(number(value) for value in h)
    return f"h after 1 to {len(h)} pulses: {ends}. {apart} of these steps are {APART:g} or more."


def best() -> tuple[int, list[float]]:
    """Return the largest number of pulses that can be told apart, and the update biases that reach it."""
    apart = counts_apart(pulse_run(np.array(GRU_PULSES.grid)).h)
    return int(apart.max()), [
        bias for bias, n in zip(GRU_PULSES.grid, apart, strict=True) if n == apart.max()
    ]
