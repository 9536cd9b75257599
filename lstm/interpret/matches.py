"""Where the units that are on in a stretch of a text are on together again, as in LSTMVis.

Strobelt et al. 2018 call a unit on where its state is above a threshold.  Here the threshold counts in
standard deviations of the unit's own values, from its own mean, to either side: in a trained LSTM most units
of C never change their sign, and would be on everywhere.  And a unit that is on in few stretches says more
than one that is on in many, so a stretch is scored in bits, −log₂ of the share of all stretches in which the
unit is on, summed over the units.

A row stands for a unit and a side: rows 0..H−1 are units above their means, rows H..2H−1 those below.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lstm.arrays import Indices, Mask
from lstm.errors import InputError

Levels = NDArray[np.int8]  # (2H, T): how many steps each row is away from the mean of its unit


class Match(NamedTuple):
    """A stretch in which units are on again: where it starts, how many are on, and its score in bits."""

    start: int
    on: int
    bits: float


def levels_of(states: ArrayLike, reference: ArrayLike, step: float, count: int) -> Levels:
    """Return how many steps each unit is away from its mean, to either side: (T, H) to (2H, T), 0 to count.

    reference (T', H): the values over which means and standard deviations are taken; step: in standard
    deviations.  What is not finite, or never changes, is at its mean.
    """
    reference = np.asarray(reference, np.float32)
    with np.errstate(all="ignore"):  # the weights may be an upload's, and huge
        distance = (np.asarray(states, np.float32) - reference.mean(axis=0)) / reference.std(axis=0)
        steps = np.nan_to_num(distance.T / np.float32(step), posinf=0, neginf=0)  # (H, T)
    both = np.concatenate([steps, -steps])
    # A value that is exactly on a threshold counts as reaching it, however it was rounded.
    levels: Levels = np.clip(np.floor(both + 1e-4), 0, count).astype(np.int8)
    return levels


def rows_on(levels: Levels, start: int, end: int, level: int, off_outside: bool = False) -> Indices:
    """Return the rows that are on at every character of a stretch, from start to before end.

    off_outside: only those that are off at the character before it and at the one after it.
    Raises InputError for a stretch that is not in the text.
    """
    T = levels.shape[1]
    if not 0 <= start < end <= T:
        raise InputError(f"A stretch lies in the text, from 0 to {T}.")
    on = (levels[:, start:end] >= level).all(axis=1)
    if off_outside:
        for beside in (start - 1, end):
            if 0 <= beside < T:
                on &= levels[:, beside] < level
    return np.flatnonzero(on)


def window_minimum(levels: Levels, length: int) -> Levels:
    """Return the minimum of each row over every window of so many characters: (R, T) to (R, T − length + 1).

    It takes about log₂ length passes over the rows.
    """
    minimum, width = levels, 1
    while width < length:
        shift = min(width, length - width)
        minimum = np.minimum(minimum[:, : minimum.shape[1] - shift], minimum[:, shift:])
        width += shift
    return minimum


def best_matches(
    minimum: Levels, rows: Indices, level: int, apart: int, allowed: Mask, most: int
) -> list[Match]:
    """Find the stretches in which the rows are on together, best first; no two of them overlap.

    minimum: as `window_minimum` returns it; apart: characters between two starts, at least; allowed: which
    starts may be taken, (T − length + 1,).  Stretches in which no row is on are left out.
    """
    if not len(rows) or not allowed.any():
        return []
    on = minimum[rows] >= level  # (n, starts)
    counts = np.count_nonzero(on[:, allowed], axis=1)
    bits = -np.log2(np.maximum(counts, 1) / allowed.sum()).astype(np.float32)
    score = np.where(allowed, bits @ on.astype(np.float32), -1)
    count = np.count_nonzero(on, axis=0)
    score[count == 0] = -1
    matches: list[Match] = []
    while len(matches) < most:
        start = int(score.argmax())
        if score[start] < 0:
            break
        matches.append(Match(start, int(count[start]), float(score[start])))
        score[max(0, start - apart + 1) : start + apart] = -1
    return matches


def random_rows(units: int, count: int, seed: int) -> Indices:
    """Draw so many different units, each with a side drawn at random."""
    rng = np.random.default_rng(seed)
    chosen = rng.choice(units, count, replace=False)
    rows: Indices = chosen + units * rng.integers(0, 2, count)
    return rows


def unit_and_side(rows: Indices, units: int) -> Sequence[tuple[int, int]]:
    """Return unit and side of each row: +1 above its mean, −1 below."""
    return [(int(row % units), 1 if row < units else -1) for row in rows]


def mean_on(matches: Sequence[Match]) -> float:
    """Return how many units are on in the mean of some stretches; 0 for none."""
    return float(np.mean([match.on for match in matches])) if matches else 0.0
