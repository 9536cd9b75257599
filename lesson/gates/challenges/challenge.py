r"""What a challenge is: a task for one scalar cell, with everything that is said about it.

Each stands in a file of its own: the words, the input sequences, what is asked of the cell on them.  Texts
are Markdown with maths between `$`; numbers are written as `\sigma(7) \approx 0.999` or
`0.9933^{20} \approx 0.87`, and a test computes each again.

Letters: T steps, N trials.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lstm.equations import GRUStep, LSTMStep
from lstm.errors import InputError
from lstm.scalar import GATES, PARAMETERS, scalar_run

Setting = dict[str, float]
LOW, HIGH = -8.0, 8.0  # of every slider that a challenge unlocks

# Every weight on the input 1, every weight on h 0, the forget bias 1 as in training, all else 0.
START: Setting = {
    **dict.fromkeys(PARAMETERS, 0.0),
    **{f"w_{gate}x": 1.0 for gate in GATES},
    "b_f": 1.0,
    "h_prev": 0.0,
    "C_prev": 0.0,
}
Case = tuple[NDArray, float]  # x (T,) and C_0
Band = tuple[NDArray, NDArray]  # lowest and highest allowed, each (T,)
Sequences = Callable[[np.random.Generator], list[Case]]
Bands = Callable[[NDArray, float], Band]
Reason = Callable[[NDArray, float, int], str]
# The sliders of a challenge in which the cell does not read its own h.
ON_THE_INPUT = (*(f"w_{gate}x" for gate in GATES), *(f"b_{gate}" for gate in GATES))


@dataclass(frozen=True, eq=False)
class Cell:
    """A kind of scalar cell.

    start: where all that it is set by stands at first.  run(setting, x): every value of each step over the
    input x (T, ...), each (T, ...).
    """

    start: Mapping[str, float]
    run: Callable[[Mapping[str, ArrayLike], ArrayLike], LSTMStep | GRUStep]


LSTM_CELL = Cell(START, scalar_run)


@dataclass(frozen=True)
class Stage:
    """One step of a worked solution: the sliders it moves, and why."""

    change: dict[str, float]
    why: str


@dataclass(frozen=True, eq=False)
class Trial:
    """One input sequence and what is asked of the cell on it.

    x: the input, (T,).  C_0: the cell state before the first step.  quantity: which state is judged.
    low, high: the least and the greatest allowed after each step, (T,); infinite where nothing is asked.
    """

    x: NDArray
    C_0: float
    quantity: Literal["C", "h"]
    low: NDArray
    high: NDArray


@dataclass(frozen=True, eq=False)
class Challenge:
    """A task for one cell, with everything that is said about it.

    name: its address in a link.  statement: what is asked, with the tolerance and what the input looks like.
    hints: from a nudge to almost the answer.  solution: worked; after its last stage the challenge is passed.
    ending: what the student has then built, in the field's terms.  unlocked: the sliders the student has.
    example_case: the input (T,) and the C_0 of the example.  sequences(rng): the hidden cases, drawn anew,
    with every kind of case always among them.  band(x, C_0): the least and the greatest value allowed after
    each step.  reason(x, C_0, t): why the band after step t (from 0) is what it is, as the end of a sentence.
    cell: the kind of cell that it is a task for.
    """

    name: str
    title: str
    statement: str
    hints: tuple[str, str, str]
    solution: tuple[Stage, ...]
    ending: str
    unlocked: tuple[str, ...]
    quantity: Literal["C", "h"]
    example_case: Case
    sequences: Sequences
    band: Bands
    reason: Reason
    cell: Cell = LSTM_CELL

    @property
    def start(self) -> Setting:
        """Return a new copy of the whole setting at the start; its C_prev is that of the example."""
        return {**self.cell.start, "C_prev": self.example_case[1]}

    def setting_after(self, stages: int) -> Setting:
        """Return the whole setting after so many stages of the worked solution."""
        setting = self.start
        for stage in self.solution[:stages]:
            setting |= stage.change
        return setting

    @property
    def solved_setting(self) -> Setting:
        """Return the whole setting at the end of the worked solution."""
        return self.setting_after(len(self.solution))

    def trial(self, x: NDArray, C_0: float) -> Trial:
        """Return an input sequence (T,) with what this challenge asks on it."""
        return Trial(x, C_0, self.quantity, *self.band(x, C_0))

    def hidden(self, rng: np.random.Generator) -> list[Trial]:
        """Draw all trials of one check; every kind of case is among them."""
        return [self.trial(x, C_0) for x, C_0 in self.sequences(rng)]

    def draw(self, rng: np.random.Generator) -> Trial:
        """Draw one trial, of any kind."""
        trials = self.hidden(rng)
        return trials[rng.integers(len(trials))]


def setting_of(challenge: Challenge, values: Mapping[str, float]) -> Setting:
    """Return the start with the student's values at the unlocked sliders; all other names are ignored.

    Raises InputError if one of these values is no number from −8 to 8.
    """
    setting = challenge.start
    for name in challenge.unlocked:
        value = values.get(name, setting[name])
        if not isinstance(value, Real) or not LOW <= value <= HIGH:
            raise InputError(f"{name} must be a number from −8 to 8, not {value!r:.40}; move its slider.")
        setting[name] = float(value)
    return setting


def example(challenge: Challenge) -> Trial:
    """Return the one trial that is shown to the student."""
    x, C_0 = challenge.example_case
    return challenge.trial(x.copy(), C_0)  # a copy: the challenge is shared between visitors
