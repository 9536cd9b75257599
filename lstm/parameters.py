"""The numbers of a network: one vector, many names."""

from collections.abc import Iterator, Mapping, Sequence
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
        return self._views[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._views)

    def __len__(self) -> int:
        return len(self._views)


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
