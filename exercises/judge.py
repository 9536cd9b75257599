"""A result against the right one; if it is wrong, by how much, and which typical mistake gives the same.

A mistake is the solution with some text replaced.  What it gives is computed then and there and compared
with what the student's function gave, so the student's own way of writing doesn't matter.
"""

import copy
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from exercises.student import Student, Wrong

FOLDER = Path(__file__).parent


class Mistake(NamedTuple):
    """What somebody did, to be read after "if"; and the texts of the solution that this replaces."""

    gap: int
    says: str
    changes: tuple[tuple[str, str], ...]


def mistake(gap: int, says: str, *changes: str) -> Mistake:
    """Describe a mistake.  changes: old, new, old, new, …"""
    return Mistake(gap, says, tuple(zip(changes[::2], changes[1::2], strict=True)))


def solution_path(number: int) -> Path:
    """Return the file with every gap of an exercise filled."""
    return FOLDER / "solutions" / f"solution_{number}.py"


def mistaken(number: int, error: Mistake) -> ModuleType:
    """Run the solution of an exercise with a mistake made in it."""
    path = solution_path(number)
    source = path.read_text("utf-8")
    for old, new in error.changes:
        source = source.replace(old, new)
    module = ModuleType("mistaken")
    exec(compile(source, str(path), "exec"), module.__dict__)
    return module


def _as_it_is(result: Any) -> Any:
    return result


@dataclass(frozen=True)
class Judge:
    """Compares the functions of a student's file, number: of the exercise, with what they should give."""

    student: Student
    number: int
    mistakes: Sequence[Mistake]

    def __call__(
        self,
        gap: int,
        function: str,
        args: Sequence[Any],
        right: Mapping[str, Any],
        *,
        axes: Sequence[str] = (),
        after: Callable[[Any], Any] = _as_it_is,
        tolerance: float = 1e-6,
    ) -> None:
        """Call a function with copies of args; Wrong unless it returns `right`.

        right: the values by name, in the order in which they are returned, or for a dict its entries;
        an entry may be a dict itself.  axes: names of the axes of an array.  after: applied to what the
        function returned before it is compared.
        """
        copies = copy.deepcopy(list(args))
        got = after(self.student.call(function, *copies, gap=gap))
        changed = self._changed(function, args, copies)
        pairs = list(_pairs(gap, function, right, got))
        for k, (name, expected, actual) in enumerate(pairs):
            if not _close(expected, actual, tolerance):
                says = self._recognised(gap, function, args, right, pairs, k, after, tolerance)
                raise Wrong(f"Gap {gap}, {_difference(name, expected, actual, axes)}{says}{changed}", gap=gap)

    def _changed(self, function: str, args: Sequence[Any], copies: Sequence[Any]) -> str:
        """Say which argument the function has written into, if any."""
        names = list(inspect.signature(self.student.function(function, len(args))).parameters)
        for name, before, now in zip(names, args, copies, strict=False):
            if not _same(before, now):
                return f"\n{function} changes its argument {name} in place (+= does); work on a copy."
        return ""

    def _recognised(self, gap, function, args, right, pairs, wrong, after, tolerance) -> str:
        partly = ""
        if not solution_path(self.number).exists():  # a teacher may hand the exercises out without
            return partly
        for candidate in self.mistakes:
            if candidate.gap != gap:
                continue
            with np.errstate(all="ignore"):
                result = after(
                    getattr(mistaken(self.number, candidate), function)(*copy.deepcopy(list(args)))
                )
            same = [
                actual.shape == value.shape and _close(value, actual, tolerance)
                for (_, _, actual), (_, _, value) in zip(
                    pairs, _pairs(gap, function, right, result, any_shape=True), strict=True
                )
            ]
            if all(same):
                return f"\nIt equals what comes out if {candidate.says}."
            if same[wrong] and not partly:
                others = [pair for k, pair in enumerate(pairs) if k != wrong]
                right_else = all(_close(expected, actual, tolerance) for _, expected, actual in others)
                rest = (
                    "the other values are right" if right_else else "the other values differ in another way"
                )
                partly = f"\nIt equals what comes out if {candidate.says}; {rest}."
        return partly


def _pairs(
    gap: int, function: str, right: Mapping[str, Any], got: Any, prefix: str = "", any_shape: bool = False
) -> Iterator[tuple[str, NDArray, NDArray]]:
    """Yield (name, right, actual) of every array, each actual one of the right shape and free of NaN."""
    names = ", ".join(map(_key, right))
    if isinstance(got, Mapping):
        parts = got
    elif len(right) == 1 and not prefix:
        parts = dict(zip(right, [got], strict=True))
    elif isinstance(got, (tuple, list)) and len(got) == len(right) and not prefix:
        parts = dict(zip(right, got, strict=True))
    else:
        parts = None
    if parts is None or any(name not in parts for name in right):
        what = prefix or function
        description = "nothing (is a return missing?)" if got is None else _described(got)
        raise Wrong(f"Gap {gap}: {what} must give {names}, but gives {description}.", gap=gap)
    for name, expected in right.items():
        label = f"{prefix}[{name!r}]" if prefix else str(name)
        if isinstance(expected, Mapping):
            yield from _pairs(gap, function, expected, parts[name], label, any_shape)
        else:
            expected = np.asarray(expected, np.float64)
            yield label, expected, _array(gap, label, parts[name], None if any_shape else expected.shape)


def _array(gap: int, name: str, value: Any, shape: tuple[int, ...] | None) -> NDArray:
    if value is None:
        raise Wrong(f"Gap {gap}, {name}: it is None (is a return missing?).", gap=gap)
    try:
        array = np.asarray(value, np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise Wrong(f"Gap {gap}, {name}: numbers are expected, not {_described(value)}.", gap=gap) from error
    if shape is None:
        return array
    if array.shape != shape:
        says = f"its shape must be {_shape(shape)}, but it is {_shape(array.shape)}"
        raise Wrong(f"Gap {gap}, {name}: {says}.", gap=gap)
    if np.isnan(array).any():
        says = f"{int(np.isnan(array).sum())} of its {array.size} numbers are NaN"
        raise Wrong(f"Gap {gap}, {name}: {says}.", gap=gap)
    return array


def _same(before: Any, now: Any) -> bool:
    """Return whether an argument's numbers are what they were; what is no number may change (a network)."""
    if isinstance(before, (np.ndarray, Mapping, tuple, list)) and type(now) is not type(before):
        return False
    if isinstance(before, np.ndarray):
        return before.shape == now.shape and np.array_equal(before, now)
    if isinstance(before, Mapping):
        return before.keys() == now.keys() and all(_same(value, now[name]) for name, value in before.items())
    if isinstance(before, (tuple, list)):
        return len(before) == len(now) and all(map(_same, before, now))
    return True


def _key(name: Any) -> str:
    """Write a name as it is, but in quotes if it is blank or looks like a number."""
    return name if isinstance(name, str) and name.strip() and not name.isdigit() else repr(name)


def _described(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"a dict of {', '.join(map(_key, value)) or 'nothing'}"
    if isinstance(value, (tuple, list)):
        return f"a {type(value).__name__} of {len(value)}"
    if isinstance(value, np.ndarray):
        return f"{type(value).__name__} of shape {value.shape}"
    return f"{value!r:.80}"


def _shape(shape: tuple[int, ...]) -> str:
    return str(shape) if shape else "that of a single number"


def _close(right: NDArray, actual: NDArray, tolerance: float) -> bool:
    return np.allclose(actual, right, rtol=tolerance, atol=tolerance * 1e-3)


def _difference(name: str, right: NDArray, actual: NDArray, axes: Sequence[str]) -> str:
    """Say by how much, and where it is worst: "i: differs by up to 0.31, at step 1, unit 0: …"."""
    with np.errstate(invalid="ignore"):
        apart = np.abs(np.where(actual == right, 0, actual - right))
    worst = np.unravel_index(np.argmax(apart), apart.shape)
    values = f"{actual[worst]:.4g} instead of {right[worst]:.4g}"
    if not right.shape:
        return f"{name}: it is {values}."
    if len(axes) == right.ndim:
        where = ", ".join(f"{axis} {k}" for axis, k in zip(axes, worst, strict=True))
    else:
        where = f"[{', '.join(map(str, worst))}]"
    return f"{name}: it differs by up to {apart[worst]:.3g}, most at {where}: {values}."
