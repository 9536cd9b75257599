"""The numbers of a network: one vector, many names."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike

from lstm.arrays import Array
from lstm.products import aligned


class Parameters(Mapping[str, Array]):
    """All numbers of a network in one vector, `flat`, and arrays by name that are views of it.

    One vector, so that an optimiser, a norm or a checkpoint handles all of them in one go; views, so
    that a name can't drift from the number it stands for.
    """

    def __init__(self, shapes: Mapping[str, tuple[int, ...]], dtype: np.dtype[np.floating[Any]]) -> None:
        sizes = [int(np.prod(shape)) for shape in shapes.values()]
        self.flat = aligned((sum(sizes),), dtype)
        self.flat[:] = 0
        self.stored = tuple(shapes)  # names that share no number; further names only view parts of these
        parts = np.split(self.flat, np.cumsum(sizes)[:-1])
        self._views = {
            name: part.reshape(shape) for (name, shape), part in zip(shapes.items(), parts, strict=True)
        }

    def name_rows(self, stored: str, names: Sequence[str]) -> None:
        """Give each equal part of the rows of a stored array a name of its own."""
        self._views.update(zip(names, np.split(self._views[stored], len(names)), strict=True))

    def __getitem__(self, name: str) -> Array:
        try:
            return self._views[name]
        except KeyError:
            raise KeyError(self._hint(name)) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._views)

    def __len__(self) -> int:
        return len(self._views)

    def _hint(self, name: object) -> str:
        similar = name_of_weight(name, self) if isinstance(name, str) else None
        if similar is None:
            return f"There is no {name!r}; the names are {', '.join(self)}"
        return f"There is no {name!r}; it is called {similar!r}"


# What stands behind W and b in other books and libraries, to the letters of the cells here; of several
# letters the first that a network has.  Wxh and Whh are columns of one matrix, W, or Wh of the RNN.
_LETTERS = {
    "forget": "f", "input": "i", "in": "i", "output": "o", "candidate": "ch", "cell": "ch", "ctilde": "ch",
    "g": "ch", "n": "ch", "c": "ch", "h": "h", "update": "z", "keep": "z", "u": "z", "reset": "r",
    "hy": "y", "ho": "y", "out": "y", "readout": "y", "v": "y", "fc": "y", "dense": "y",
    "xh": "h", "hh": "h", "ih": "h", "hx": "h", "x": "h",
}  # fmt: skip
_WHOLE = {"", "h", "xh", "hh", "ih", "hx", "x", "all"}
_STEM = re.compile(r"(.*?)(_[2-9]\d*)?", re.DOTALL)


def name_of_weight(name: str, names: Iterable[str]) -> str | None:
    """Find the weight that somebody means who types W_f, WC, w_forget, Why or dWf; None if there is none.

    names: those that the network has.  A gradient (dWf, Wf_grad) means the weight that it belongs to.
    """
    names = set(names)
    stem, layer = _STEM.fullmatch(name).groups()  # type: ignore[union-attr]  # it matches every text
    plain = re.sub("^(d(?=[wb])|grad)|grad$|gate|l0$|[.~]", "", stem.lower().replace("_", ""))
    parts = re.fullmatch("(weights?|w|biase?s?|b)(.*)", plain)
    if parts is None:
        return None
    letter, rest = parts[1][0].replace("w", "W"), parts[2]
    kinds = [*_LETTERS.get(rest, rest if len(rest) == 1 else ""), *([""] if rest in _WHOLE else [])]
    candidates = (f"{letter}{kind}{layer or ''}" for kind in kinds)
    return next((candidate for candidate in candidates if candidate in names), None)


class _HasWeights(Protocol):
    weights: Parameters


def weight_attribute(name: str) -> property:
    """An attribute that reads as a weight; assigning to it writes into the weight's own memory."""

    def read(net: _HasWeights) -> Array:
        """The weight, a view of the network's one vector."""
        return net.weights[name]

    def write(net: _HasWeights, value: ArrayLike) -> None:
        net.weights[name][...] = value

    return property(read, write, doc=f"The weight {name}: `weights[{name!r}]`.")
