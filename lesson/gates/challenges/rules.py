"""What the challenges ask of the cell: input sequences, the band at every step, and the reason for it.

Per challenge three functions.  `…_sequences(rng)`: the hidden sequences, drawn anew, but with every kind of
case always among them.  `…_band(x, C_0)`: the least and the greatest value allowed after each step.
`…_reason(x, C_0, t)`: why the band after step t (from 0) is what it is, as the end of a sentence.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from visualization.gates import number

Case = tuple[NDArray, float]  # x (T,) and C_0
Band = tuple[NDArray, NDArray]  # lowest and highest allowed, each (T,)
Sequences = Callable[[np.random.Generator], list[Case]]
Bands = Callable[[NDArray, float], Band]
Reason = Callable[[NDArray, float, int], str]

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def placed(T: int, at: dict[float, list[int]]) -> NDArray:
    """T steps of 0, with each value at its steps, counted from 1."""
    x = np.zeros(T)
    for value, steps in at.items():
        x[[step - 1 for step in steps]] = value
    return x


def _pulses(x: NDArray) -> NDArray:
    """How many 1s have come, the step itself included; (T,)."""
    return np.cumsum(x == 1)


def _counted(count: int) -> str:
    word = _WORDS[count] if count < len(_WORDS) else str(count)
    return f"{word} pulse{'s' if count > 1 else ''}"


# -- keep --


def noise(rng: np.random.Generator) -> NDArray:
    """20 steps of noise, never beyond ±2."""
    return np.clip(rng.normal(size=20), -2, 2)


def keep_sequences(rng: np.random.Generator) -> list[Case]:
    """Every C_0 with two draws of the noise, and with the loudest of twenty.

    The loud ones see to it that a setting that only just keeps does not pass by a quiet draw.
    """
    found = []
    for C_0 in (1.0, -1.0, 0.0, 0.5, -0.5):
        loudest = max((noise(rng) for _ in range(20)), key=lambda x: np.abs(x).sum())
        found += [(noise(rng), C_0), (noise(rng), C_0), (loudest, C_0)]
    return found


def keep_band(x: NDArray, C_0: float) -> Band:
    """Within 0.1 of C_0, always."""
    return np.full(len(x), C_0 - 0.1), np.full(len(x), C_0 + 0.1)


def keep_reason(x: NDArray, C_0: float, t: int) -> str:
    """Where it started."""
    return f"it started at {number(C_0)} and nothing was to be stored"


# -- half-life --


def half_life_sequences(rng: np.random.Generator) -> list[Case]:
    """The three C_0 with no input: all there is, so only their order is drawn."""
    return [(np.zeros(15), C_0) for C_0 in rng.permutation([1.0, 2.0, -1.0]).tolist()]


def half_life_band(x: NDArray, C_0: float) -> Band:
    """Within 5 % of C_0 around C_0 · 0.5^(t / 5).

    5 % of C_0, not of what is left: with the latter no position of the slider would do, since at step 15
    an f that is 1 % too large is 16 % off.
    """
    wanted = C_0 * 0.5 ** (np.arange(1, len(x) + 1) / 5)  # (T,)
    return wanted - 0.05 * abs(C_0), wanted + 0.05 * abs(C_0)


def half_life_reason(x: NDArray, C_0: float, t: int) -> str:
    """What should be left."""
    wanted = number(C_0 * 0.5 ** ((t + 1) / 5))
    return f"a half-life of five steps leaves {wanted} of the {number(C_0)} it started with"


# -- reset --


def reset_sequences(rng: np.random.Generator) -> list[Case]:
    """Every C_0 with the signal at step 5, 12, 19, 3-4-5 and never; one more for each, at any step."""
    found = []
    for C_0 in (1.0, -1.0, 0.5):
        anywhere = [int(rng.integers(1, 21))]
        for steps in ([5], [12], [19], [3, 4, 5], [], anywhere):
            found.append((placed(20, {1: steps}), C_0))
    return found


def reset_band(x: NDArray, C_0: float) -> Band:
    """Within 0.2 of C_0 before the signal, within 0.1 of 0 from its step on."""
    erased = _pulses(x) > 0
    return np.where(erased, -0.1, C_0 - 0.2), np.where(erased, 0.1, C_0 + 0.2)


def reset_reason(x: NDArray, C_0: float, t: int) -> str:
    """Where it started, or when the signal came."""
    if not _pulses(x)[t]:
        return f"it started at {number(C_0)} and no signal had come"
    return f"the signal to erase came at step {int((x == 1).argmax()) + 1}"


# -- count --


def shuffled(rng: np.random.Generator, T: int, ones: int, minus_ones: int) -> NDArray:
    """T steps with so many 1 and so many −1 at random places, 0 elsewhere."""
    return rng.permutation(np.repeat([1.0, -1.0, 0.0], [ones, minus_ones, T - ones - minus_ones]))


def count_sequences(rng: np.random.Generator) -> list[Case]:
    """All 10 pulses and 10 distractors in any order and in blocks; one kind alone; none; a few of each."""
    blocks = [
        np.repeat([1.0, 0.0], [10, 20]),  # the longest wait with the highest count
        np.repeat([1.0, -1.0, 0.0], [10, 10, 10]),
        np.repeat([-1.0, 1.0, 0.0], [10, 10, 10]),
        np.repeat([0.0, -1.0, 1.0], [10, 10, 10]),
        placed(30, {1: [1]}),
        np.zeros(30),
    ]
    full = [shuffled(rng, 30, 10, 10) for _ in range(3)]
    alone = [shuffled(rng, 30, 10, 0), shuffled(rng, 30, 0, 10)]
    few = [shuffled(rng, 30, *rng.integers(1, 10, size=2)) for _ in range(5)]
    return [(x, 0.0) for x in blocks + full + alone + few]


def count_band(x: NDArray, C_0: float) -> Band:
    """Within 0.4 of the number of pulses so far."""
    return _pulses(x) - 0.4, _pulses(x) + 0.4


def count_reason(x: NDArray, C_0: float, t: int) -> str:
    """The number of pulses so far, and that a distractor is none."""
    came = f"{_counted(int(_pulses(x)[t]))} had come"
    return f"{came} (x = −1 is a distractor)" if x[t] == -1 else came


# -- store, hide, show --


def store_sequences(rng: np.random.Generator) -> list[Case]:
    """The longest wait, many shows, many stores, no store, no show, nothing, full noise, a few of each."""
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


def store_band(x: NDArray, C_0: float) -> Band:
    """h at least 0.6 at every show after a store, within 0.1 of 0 at every other step."""
    show = (x == -1) & (_pulses(x) > 0)
    return np.where(show, 0.6, -0.1), np.where(show, np.inf, 0.1)


def store_reason(x: NDArray, C_0: float, t: int) -> str:
    """What the input asks at this step, and what was stored."""
    if x[t] == 1:
        return "x = 1 stores and does not show"
    if x[t] == 0:
        return "at x = 0 it waits and hides what it holds"
    if not _pulses(x)[t]:
        return "x = −1 asks it to show, but nothing had been stored yet"
    last = t - int((x[t::-1] == 1).argmax())
    return f"x = −1 asks it to show what was stored at step {last + 1}"


# -- light switch --


def switch_sequences(rng: np.random.Generator) -> list[Case]:
    """The longest waits (off before the first pulse, on, and off again), the fastest pulses, and noise."""
    fixed = [
        placed(30, {1: steps}) for steps in ([], [1], [1, 2], [30], list(range(1, 31)), list(range(1, 31, 2)))
    ]
    late = [placed(30, {1: [int(rng.integers(15, 30))]})]
    random = [(rng.random(30) < share).astype(float) for share in (0.1, 0.1, 0.2, 0.2, 0.4, 0.4, 0.7)]
    return [(x, 0.0) for x in fixed + late + random]


def switch_band(x: NDArray, C_0: float) -> Band:
    """h within 0.3 of 0 before the first pulse; at least 0.5 after odd, at most −0.5 after even numbers."""
    before, odd = _pulses(x) == 0, _pulses(x) % 2 == 1
    low = np.where(before, -0.3, np.where(odd, 0.5, -np.inf))
    return low, np.where(before, 0.3, np.where(odd, np.inf, -0.5))


def switch_reason(x: NDArray, C_0: float, t: int) -> str:
    """The number of pulses so far, and what the lamp does then."""
    count = int(_pulses(x)[t])
    if not count:
        return "no pulse had come"
    parity, lamp = ("odd", "on") if count % 2 else ("even", "off")
    return f"after {_counted(count)}, an {parity} number, the lamp is to be {lamp}"
