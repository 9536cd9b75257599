"""Six challenges with one scalar cell, and their checker.  No user interface.

A challenge unlocks some sliders.  `check` runs the student's setting on hidden input sequences through the
library, all in one call, compares every step with the band that is asked, and names the first step that
leaves it.  What is asked and drawn is in `rules`, what is said in `texts`.

Letters: T steps, N trials.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lesson.gates.challenges import rules, texts
from lesson.gates.challenges.texts import Stage
from lstm.errors import InputError
from lstm.scalar import GATES, PARAMETERS, scalar_run
from visualization.gates import number

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
    shown: the input (T,) and the C_0 of the example.  The three functions are as `rules` has them.
    """

    name: str
    title: str
    statement: str
    hints: tuple[str, str, str]
    solution: tuple[Stage, ...]
    ending: str
    unlocked: tuple[str, ...]
    quantity: Literal["C", "h"]
    shown: rules.Case
    sequences: rules.Sequences
    band: rules.Bands
    reason: rules.Reason

    @property
    def start(self) -> Setting:
        """A new copy of the whole setting at the start; its C_prev is that of the example."""
        return {**START, "C_prev": self.shown[1]}

    def trial(self, x: NDArray, C_0: float) -> Trial:
        """An input sequence (T,) with what this challenge asks on it."""
        return Trial(x, C_0, self.quantity, *self.band(x, C_0))

    def hidden(self, rng: np.random.Generator) -> list[Trial]:
        """A draw of all trials of one check; every kind of case is among them."""
        return [self.trial(x, C_0) for x, C_0 in self.sequences(rng)]

    def draw(self, rng: np.random.Generator) -> Trial:
        """One trial, of any kind."""
        trials = self.hidden(rng)
        return trials[rng.integers(len(trials))]


@dataclass(frozen=True, eq=False)
class Verdict:
    """What a check found; `sentence` says it to the student.

    If `failed` of the `trials` do: the one of them that fails first (and furthest), its first step outside
    the band, counted from 1, and the value there.
    """

    passed: bool
    trials: int
    failed: int
    sentence: str
    trial: Trial | None = None
    step: int | None = None
    value: float | None = None


def setting_of(challenge: Challenge, values: Mapping[str, float]) -> Setting:
    """The start with the student's values at the unlocked sliders; all other names are ignored.

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
    """The one trial that is shown to the student."""
    x, C_0 = challenge.shown
    return challenge.trial(x.copy(), C_0)  # a copy: the challenge is shared between visitors


def check(challenge: Challenge, setting: Mapping[str, float], attempt: int) -> Verdict:
    """The verdict on the student's values at the unlocked sliders, on hidden trials.

    Each attempt (0, 1, 2, …) has its own trials, the same every time.  Raises InputError as `setting_of`.
    """
    rng = np.random.default_rng([attempt, *challenge.name.encode()])
    return judge(challenge, setting, challenge.hidden(rng))


def judge(challenge: Challenge, setting: Mapping[str, float], trials: Sequence[Trial]) -> Verdict:
    """The verdict on the student's values on these trials, such as the example alone."""
    found = run(setting_of(challenge, setting), trials)  # (T, N)
    low, high = _columns(trial.low for trial in trials), _columns(trial.high for trial in trials)
    wrong = ~((low <= found) & (found <= high))
    failing = wrong.any(axis=0)
    if not failing.any():
        return Verdict(True, len(trials), 0, _praise(trials))
    # The first step at which any trial fails, and there the trial that is furthest outside.
    step = int(wrong.any(axis=1).argmax())
    n = int(np.maximum(low - found, found - high)[step].argmax())
    value = float(found[step, n])
    sentence = _complaint(challenge, trials[n], step, value)
    return Verdict(False, len(trials), int(failing.sum()), sentence, trials[n], step + 1, value)


def run(setting: Mapping[str, float], trials: Sequence[Trial]) -> NDArray:
    """The judged quantity of one cell on all trials, (T, N); each trial brings its own C_0."""
    states = {**setting, "C_prev": np.array([trial.C_0 for trial in trials])}
    return getattr(scalar_run(states, _columns(trial.x for trial in trials)), trials[0].quantity)


def _columns(rows: Iterable[NDArray]) -> NDArray:
    return np.stack(list(rows), axis=1)  # (T, N)


def _praise(trials: Sequence[Trial]) -> str:
    steps = len(trials[0].x)
    which = f"On all {len(trials)} sequences" if len(trials) > 1 else "On this sequence"
    return f"{which} {trials[0].quantity} is what was asked, at every one of the {steps} steps."


def _complaint(challenge: Challenge, trial: Trial, step: int, value: float) -> str:
    """The step (from 0) that leaves the band, in one sentence."""
    low, high = float(trial.low[step]), float(trial.high[step])
    digits = _telling_digits(value, low if value < low else high)
    found, asked = number(value, digits), _asked(low, high, digits)
    reason = challenge.reason(trial.x, trial.C_0, step)
    return f"At step {step + 1} {trial.quantity} is {found}; it should have been {asked}, for {reason}."


def _asked(low: float, high: float, digits: int) -> str:
    if high == np.inf:
        return f"at least {number(low, digits)}"
    if low == -np.inf:
        return f"at most {number(high, digits)}"
    return f"between {number(low, digits)} and {number(high, digits)}"


def _telling_digits(value: float, bound: float) -> int:
    """Two, or as many as it takes to see that the value is beyond the bound."""
    return next((d for d in range(2, 9) if number(value, d) != number(bound, d)), 9)


_ON_THE_INPUT = tuple(f"w_{gate}x" for gate in GATES) + tuple(f"b_{gate}" for gate in GATES)

_ALL = (
    Challenge(
        "keep", **vars(texts.KEEP), unlocked=("b_f", "b_i"), quantity="C",
        shown=(rules.noise(np.random.default_rng(4)), 1.0),
        sequences=rules.keep_sequences, band=rules.keep_band, reason=rules.keep_reason,
    ),
    Challenge(
        "half-life", **vars(texts.HALF_LIFE), unlocked=("b_f",), quantity="C",
        shown=(np.zeros(15), 1.0),
        sequences=rules.half_life_sequences, band=rules.half_life_band, reason=rules.half_life_reason,
    ),
    Challenge(
        "reset", **vars(texts.RESET), unlocked=("w_fx", "b_f", "b_i"), quantity="C",
        shown=(rules.placed(20, {1: [12]}), 1.0),
        sequences=rules.reset_sequences, band=rules.reset_band, reason=rules.reset_reason,
    ),
    Challenge(
        "count", **vars(texts.COUNT), unlocked=_ON_THE_INPUT, quantity="C",
        shown=(rules.placed(30, {1: [3, 7, 8, 15, 22, 26], -1: [5, 11, 12, 19]}), 0.0),
        sequences=rules.count_sequences, band=rules.count_band, reason=rules.count_reason,
    ),
    Challenge(
        "store-hide-show", **vars(texts.STORE), unlocked=_ON_THE_INPUT, quantity="h",
        # Asked to show too early, then after a short and a long wait, then a second store.
        shown=(rules.placed(20, {1: [4, 15], -1: [2, 6, 13, 18]}), 0.0),
        sequences=rules.store_sequences, band=rules.store_band, reason=rules.store_reason,
    ),
    Challenge(
        "light-switch", **vars(texts.SWITCH), unlocked=PARAMETERS, quantity="h",
        shown=(rules.placed(30, {1: [4, 10, 11, 22]}), 0.0),
        sequences=rules.switch_sequences, band=rules.switch_band, reason=rules.switch_reason,
    ),
)  # fmt: skip
CHALLENGES: dict[str, Challenge] = {challenge.name: challenge for challenge in _ALL}
