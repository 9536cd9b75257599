"""What can be read off a layer: linear probes, one for each thing about a text that has a name.

A probe is a linear function of the H numbers of a state, fitted by least squares to one column for each class
(Alain & Bengio 2016 put such probes on every layer of a network).  It is fitted on one text and judged on
another.  What it reads is there in the state, in a form that the next layer could use; what it does not read
may still be there in another form.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lstm.arrays import Array, Indices
from lstm.cells import layer_suffix
from lstm.errors import InputError, whole_number
from lstm.interpret.text_rules import RULES
from lstm.network import Network

RIDGE = 1.0  # how much the squares of the weights count beside those of the errors
MOST_BACK = 10  # steps
LONGEST_WORD = 8  # letters: positions in longer words count as this one
_CHUNK = 500  # steps that are read at a time, to bound the memory
_BLOCK = 100  # characters that count as one draw: neighbours resemble each other
_FEWEST_BLOCKS = 5  # of which a spread can be told

NEXT, INSIDE_QUOTES, WORD_POSITION, WORD_END = "next", "quotes", "position", "end"


class Probe(NamedTuple):
    """A linear function of a state for each class: weights (H, K), offsets (K,)."""

    weights: Array
    offsets: Array

    def classes(self, states: Array) -> Indices:
        """Return the class with the largest value at each step, (T,); states (T, H)."""
        chosen: Indices = (states @ self.weights + self.offsets).argmax(axis=-1)
        return chosen


class Difference(NamedTuple):
    """How much larger one share is than another, with half the width of its 95 % interval."""

    mean: float
    half_width: float

    @property
    def is_sure(self) -> bool:
        """Return whether the interval leaves 0 out."""
        return abs(self.mean) > self.half_width


def fit_probe(states: Array, classes: Indices, count: int, ridge: float = RIDGE) -> Probe:
    """Fit a probe: states (T, H), the class of each step (T,), how many classes there are.

    Least squares of one column for each class, 1 where it is the class and 0 elsewhere; ridge times the
    squares of the weights, but not of the offsets, is added to what is made small.
    Raises InputError if there are no steps, or not as many classes as states.
    """
    X = np.asarray(states, np.float64)
    if not len(X) or len(X) != len(classes):
        raise InputError(f"A probe needs a class for each of its {len(X)} states, at least one.")
    Y = np.eye(count)[classes]  # (T, K)
    x_mean, y_mean = X.mean(axis=0), Y.mean(axis=0)
    X = X - x_mean
    weights = np.linalg.solve(X.T @ X + ridge * np.eye(X.shape[1]), X.T @ (Y - y_mean))
    return Probe(weights, y_mean - x_mean @ weights)


def most_frequent(classes: Indices) -> int:
    """Return the class that comes most often: what to say without looking at any state."""
    return int(np.bincount(classes).argmax())


def paired_difference(right: ArrayLike, other: ArrayLike) -> Difference:
    """Return how much more often the first is right than the second, on the same steps (T,) of yes and no.

    The interval takes 100 neighbouring steps as one draw: an error seldom comes alone.  So it is one of the
    t distribution, wider than ±1.96 where there are few draws.
    Raises InputError for fewer than five times 100 steps.
    """
    differences = np.asarray(right, float) - np.asarray(other, float)
    blocks = len(differences) // _BLOCK
    if blocks < _FEWEST_BLOCKS:
        raise InputError(f"An interval needs {_FEWEST_BLOCKS * _BLOCK} steps, not {len(differences)}.")
    means = differences[: blocks * _BLOCK].reshape(blocks, _BLOCK).mean(axis=1)
    error = means.std(ddof=1) / np.sqrt(blocks)
    return Difference(float(differences.mean()), float(_t_of_95_percent(blocks - 1) * error))


def _t_of_95_percent(freedom: int) -> float:
    """Return how many standard errors a 95 % interval of the t distribution reaches, to 0.01 from 4 on.

    The first terms of its series in 1 / freedom around the normal distribution's.
    """
    z, n = 1.959964, 4.0 * freedom
    first, second = (z**3 + z) / n, (5 * z**5 + 16 * z**3 + 3 * z) / (6 * n**2)
    return float(z + first + second + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (6 * n**3))


def layer_states(net: Network, ids: Indices) -> list[Array]:
    """Read a text, ids (T,), from a state of zeros; return the h of each layer, the first first, (T, H)."""
    names = [f"h{layer_suffix(layer)}" for layer in range(net.layers)]
    parts: list[list[Array]] = [[] for _ in names]
    state = None
    for start in range(0, len(ids), _CHUNK):
        reading = net.run(ids[start : start + _CHUNK], state)
        state = reading.state
        for part, name in zip(parts, names, strict=True):
            part.append(reading.values[name][:, 0])
    return [np.concatenate(part) for part in parts]


def back(steps: int) -> str:
    """Return the name of the property: the character so many steps before the last one that was read."""
    return f"back {whole_number('steps', steps, 0, MOST_BACK)}"


def _shifted(steps: int) -> Callable[[str, Indices], Indices]:
    """Return the characters so many steps before; after the last one if −1."""
    return lambda text, ids: np.roll(ids, steps)


def _word_end(text: str, ids: Indices) -> Indices:
    letters = np.array([char.isalpha() for char in text])
    ends: Indices = (letters & ~np.append(letters[1:], False)).astype(np.intp)
    return ends


def _position(text: str, ids: Indices) -> Indices:
    return np.minimum(RULES["position in word"].of(text), LONGEST_WORD).astype(np.intp)


def _quotes(text: str, ids: Indices) -> Indices:
    return RULES["inside quotes"].of(text).astype(np.intp)


# Each property: the class of every character of a text, from the text and its indices.
PROPERTIES: dict[str, Callable[[str, Indices], Indices]] = {
    NEXT: _shifted(-1),
    **{back(steps): _shifted(steps) for steps in range(MOST_BACK + 1)},
    INSIDE_QUOTES: _quotes,
    WORD_POSITION: _position,
    WORD_END: _word_end,
}


def classes_of(name: str, text: str, ids: Indices) -> Indices:
    """Return the class of every character of a text, ids (T,), for a property of `PROPERTIES`.

    A character is its index; yes is 1 and no is 0; a position in a word is 0 between words and at most 8.
    The first MOST_BACK steps have no character so far before them, and the last one no next: what stands
    there says nothing.
    """
    if name not in PROPERTIES:
        raise InputError(f"The property is one of {', '.join(PROPERTIES)}, not {name!r}.")
    return PROPERTIES[name](text, ids)


def class_count(name: str, characters: int) -> int:
    """Return how many classes a property has, with so many characters in the vocabulary."""
    return {INSIDE_QUOTES: 2, WORD_END: 2, WORD_POSITION: LONGEST_WORD + 1}.get(name, characters)
