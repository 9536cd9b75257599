"""Many curves in three: a quarter of them lies below the first, half below the second."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from lesson.training.engine.seeds.plan import Point

DIGITS = 3
_SHARES = 0.25, 0.5, 0.75


class Curve(NamedTuple):
    """Points; stays: whether its last value holds for all later steps, since it ended by having learned."""

    points: Sequence[Point]
    stays: bool


def quantiles(curves: Sequence[Curve]) -> list[list[float]]:
    """Return step, lower quartile, median and upper quartile wherever half of the curves have a value."""
    begun = [(dict(curve.points), curve) for curve in curves if curve.points]
    rows = []
    for step in sorted({step for values, _ in begun for step in values}):
        heights = [height for values, curve in begun if (height := _height(values, curve, step)) is not None]
        if 2 * len(heights) >= len(begun):
            rows.append([step, *(round(float(q), DIGITS) for q in np.quantile(heights, _SHARES))])
    return rows


def _height(values: dict[int, float], curve: Curve, step: int) -> float | None:
    last, height = curve.points[-1]
    return height if curve.stays and step > last else values.get(step)
