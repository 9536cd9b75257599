"""A recurrence without a nonlinearity, C_t = a_t C_{t−1} + b_t, by a loop and by a scan.

Two steps one after the other are again one such step:
a_2 (a_1 C + b_1) + b_2 = (a_2 a_1) C + (a_2 b_1 + b_2).
This joining is associative, so the steps can be joined in any grouping, and many pairs at a time: a parallel
prefix (Hillis & Steele 1986; for such recurrences Blelloch 1990).

Letters: T steps; any shape (...) after it.
"""

from typing import NamedTuple

import numpy as np

from lstm.arrays import Array


class Steps(NamedTuple):
    """Steps C ↦ a C + b, each (T, ...)."""

    a: Array
    b: Array


def joined(earlier: Steps, later: Steps) -> Steps:
    """Return the one step that does what two do, the earlier one first."""
    return Steps(later.a * earlier.a, later.a * earlier.b + later.b)


def rounds_of(T: int) -> int:
    """Count the rounds of a scan over T steps: ⌈log₂ T⌉."""
    return (T - 1).bit_length()


def scan_rounds(a: Array, b: Array) -> list[Steps]:
    """Return the steps as they are, then after each round of the scan: ⌈log₂ T⌉ + 1 entries.

    In round k every entry from 2^(k−1) on is joined with the one that many places before it, all at once; it
    then stands for 2^k steps, or for all from the first one on.  After the last round entry t stands for all
    steps up to t.
    Raises ValueError if there is no step, or if a and b differ in shape.
    """
    if a.shape != b.shape or not a.ndim or not len(a):
        raise ValueError("a scan needs a and b of one shape, with at least one step")
    rounds = [Steps(a, b)]
    for k in range(rounds_of(len(a))):
        before, apart = rounds[-1], 2**k
        pairs = joined(Steps(*(v[:-apart] for v in before)), Steps(*(v[apart:] for v in before)))
        rounds.append(
            Steps(*(np.concatenate([v[:apart], new]) for v, new in zip(before, pairs, strict=True)))
        )
    return rounds


def scan(a: Array, b: Array, C_0: Array) -> Array:
    """Compute C_1 … C_T, (T, ...), by a parallel prefix: in ⌈log₂ T⌉ rounds.

    a, b (T, ...); C_0 (...), the state before the first step.
    """
    last = scan_rounds(a, b)[-1]
    C: Array = last.a * C_0 + last.b
    return C


def loop(a: Array, b: Array, C_0: Array) -> Array:
    """Compute C_1 … C_T, (T, ...), one step after the other; arguments as in `scan`."""
    C, states = C_0, []
    for a_t, b_t in zip(a, b, strict=True):
        C = a_t * C + b_t
        states.append(C)
    return np.stack(states)
