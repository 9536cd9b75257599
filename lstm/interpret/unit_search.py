"""The hunt: which unit of a network follows a rule about the text, and whether that is more than chance.

Among a hundred units there is always one that seems to follow a rule.  So the units are ranked on the first
half of a text and scored on the second, and the whole procedure is repeated with the rule shifted along the
text: that is as regular as the rule itself, and has nothing to do with the units.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lstm.arrays import Array, Indices, Mask
from lstm.errors import InputError

LEAST = 40  # characters
SHIFTS = 200  # controls: the rule shifted along the text
FEW = 0.01  # the share of chance that is allowed if a unit is to be called found
SELDOM = 10  # changes of a rule along the text: of fewer, chance is too often right


@dataclass(frozen=True)
class Hunt:
    """The units of a network, ranked by how well they follow a rule.

    order (H,): the units, best first, by the first half; sign (H,): +1, or −1 where a unit is low when the
    rule is high; score (H,): each unit's correlation with the rule on the second half, times its sign on
    the first, so that a unit that changes sides is negative; baseline (n,): scores on the second half of the
    best unit of the first, of n shifted rules, rising.
    """

    order: Indices
    sign: Indices
    score: Array
    baseline: Array

    @property
    def best(self) -> int:
        """The unit that the first half puts first."""
        return int(self.order[0])

    @property
    def chance(self) -> float:
        """How often chance does at least as well.

        Of the shifted rules and the rule itself, the share whose best unit comes as high (Phipson and Smyth
        2010: it is never 0).
        """
        as_well = int((self.baseline >= self.score[self.best]).sum())
        return (1 + as_well) / (1 + len(self.baseline))

    @property
    def most_by_chance(self) -> int:
        """How many of the shifted rules may do as well if a unit is found; −1 if they are too few."""
        return most_by_chance(len(self.baseline))

    @property
    def is_significant(self) -> bool:
        """Whether the best unit is better than chance."""
        return bool(self.chance <= FEW and self.score[self.best] > 0)

    def place(self, unit: int) -> int:
        """Return the place of a unit among all, from 1."""
        return 1 + int(np.flatnonzero(self.order == unit)[0])


def most_by_chance(controls: int) -> int:
    """Return how many of so many shifted rules may do as well: with the rule, FEW of all of them."""
    return int(FEW * (1 + controls)) - 1


def hunt(states: ArrayLike, rule: ArrayLike, shifts: int = SHIFTS, seed: int = 0) -> Hunt:
    """Compare units with a rule; states (T, H) of one text, rule (T,) a number for each character.

    Of a text of less than 125 characters or so there are too few shifts for anything to be found.
    Raises InputError if the text is too short, a number is none, or the rule hardly ever changes.
    """
    states, rule = np.asarray(states, np.float64), np.asarray(rule, np.float64)
    T = len(rule)
    if T < LEAST or len(states) != T:
        raise InputError(f"A hunt for a unit needs a text of at least {LEAST} characters, not {T}.")
    if not (np.isfinite(states).all() and np.isfinite(rule).all()):
        raise InputError("Some of the network's values are not finite, so units cannot be compared.")
    half = T // 2
    # Shifts of less than a tenth of the text would leave much of the rule where it is.
    distances = np.random.default_rng(seed).permutation(np.arange(T // 10, T - T // 10 + 1))[:shifts]
    rules = np.stack([rule, *(np.roll(rule, distance) for distance in distances)], axis=1)  # (T, 1 + n)
    if not all(np.ptp(part) > 0 for part in (rule[:half], rule[half:])):
        raise InputError("The rule never changes in one half of the text, so no unit can follow it there.")
    if (changes := np.count_nonzero(np.diff(rule))) < SELDOM:
        raise InputError(
            f"The rule changes only {changes} times in this text: a unit could follow it by chance."
        )
    first, second = (_correlations(states[part], rules[part]) for part in (slice(half), slice(half, T)))
    sign = np.where(first < 0, -1, 1)  # (H, 1 + n)
    score = second * sign
    best = np.abs(first).argmax(axis=0)
    baseline = np.sort(score[best, np.arange(score.shape[1])][1:])
    order = np.argsort(-np.abs(first[:, 0]), kind="stable")
    return Hunt(order, sign[:, 0], score[:, 0], baseline)


def _correlations(states: Array, rules: Array) -> Array:
    """Correlate each unit with each rule, (H, n); 0 for what never changes."""
    correlations: Array = _unit_length(states).T @ _unit_length(rules)
    return correlations


def _unit_length(columns: Array) -> Array:
    largest = np.abs(columns).max(axis=0)
    columns = columns / np.where(largest > 0, largest, 1)  # or the squares of large numbers would be infinite
    columns -= columns.mean(axis=0)
    size = np.sqrt((columns**2).sum(axis=0))
    flat = size <= 1e-9 * np.sqrt(len(columns))  # of float32's own noise there is nothing to follow
    scaled: Array = np.divide(columns, size, out=np.zeros_like(columns), where=~flat)
    return scaled


class Detector(NamedTuple):
    """A yes-or-no rule recognised from one unit: yes above the threshold, or below it if `upside_down`."""

    threshold: float
    upside_down: bool

    def says(self, values: ArrayLike) -> Mask:
        """Return yes or no for each value, of any shape."""
        yes: Mask = (np.asarray(values, np.float64) > self.threshold) != self.upside_down
        return yes


def detector(values: ArrayLike, rule: ArrayLike) -> Detector:
    """Find the threshold on a unit that recognises a rule best; values (T,), rule (T,), above 0 for yes.

    Best is the largest mean of the shares of yes and of no that are recognised.
    """
    values, yes = np.asarray(values, np.float64), np.asarray(rule) > 0
    order = np.argsort(values, kind="stable")
    rising, yes = values[order], yes[order]
    # With the threshold after the k lowest: of the no's so many are below it, of the yes's so many above.
    no_below = np.concatenate([[0], np.cumsum(~yes)]) / max(1, (~yes).sum())
    yes_above = 1 - np.concatenate([[0], np.cumsum(yes)]) / max(1, yes.sum())
    right = (no_below + yes_above) / 2  # (T + 1,); turned upside down it is 1 − right
    apart = np.concatenate([[True], np.diff(rising) > 0, [True]])  # no threshold lies between equal values
    upside_down = bool(1 - right[apart].min() > right[apart].max())
    places = np.where(apart, 1 - right if upside_down else right, -1.0)
    ends = np.concatenate([[rising[0] - 1], rising, [rising[-1] + 1]])
    place = int(places.argmax())
    return Detector(float(ends[place] + ends[place + 1]) / 2, upside_down)


def balanced_accuracy(says: ArrayLike, rule: ArrayLike) -> float:
    """Return the mean of the shares of yes and of no that were recognised, (T,) each: ½ is chance.

    NaN if the rule is all yes or all no.
    """
    says, yes = np.asarray(says, bool), np.asarray(rule) > 0
    if yes.all() or not yes.any():
        return float("nan")
    return float(says[yes].mean() + (~says[~yes]).mean()) / 2
