"""The plane of the two units as a drawing has it: whole thousandths of the arrow's length before the step."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lesson.gradients.product.walk import Walk

_TRAIL = 6  # steps before and after the one in view
_BEYOND = 6.0  # times the ring: a trail ends there, outside the picture


def plane(walk: Walk, back: int) -> dict[str, Any]:
    """Return what is drawn around the step in view.

    reach: of the picture, the same at all steps, and wide enough for each arrow.  before, between, after:
    tips of the arrow before the step, after the slopes and after W_hᵀ.
    ellipse: where the step takes the ring: half axes, and degrees.  earlier, later: tips at steps nearer to
    the error, and further back, away from the one in view.  Null is what there is not.
    """
    unit = float(walk.lengths[max(0, back - 1)])
    longest = float((walk.lengths[1:] / walk.lengths[:-1]).max())
    data = {
        "reach": _thousandths(1.12 * max(1.0, longest)),
        "after": _thousandths(walk.arrows[back] / unit),
        "earlier": _trail(walk.arrows[back::-1] / unit),
        "later": _trail(walk.arrows[back:] / unit),
    }
    if back == 0:
        return data | {"before": None, "between": None, "ellipse": None}
    return data | {
        "before": _thousandths(walk.arrows[back - 1] / unit),
        "between": _thousandths(walk.after_slopes[back - 1] / unit),
        "ellipse": _ellipse(walk.matrices[back - 1]),
    }


def _thousandths(values: NDArray | float) -> Any:
    return np.rint(1000 * np.asarray(values)).astype(int).tolist()


def _ellipse(matrix: NDArray) -> list[float]:
    """Return the half axes of the ring's image, in thousandths, and the first one's angle in degrees."""
    directions, axes, _ = np.linalg.svd(matrix)
    angle = float(np.degrees(np.arctan2(directions[1, 0], directions[0, 0])))
    return [*_thousandths(axes), round(angle, 1)]


def _trail(tips: NDArray) -> list[list[int]]:
    """Return tips up to the first that lies outside of the picture, at most so many."""
    near = tips[: _TRAIL + 1]
    outside = np.flatnonzero(np.linalg.norm(near, axis=-1) > _BEYOND)
    if len(outside):  # the last one only says where the line leaves the picture
        near = near[: outside[0] + 1]
        near = near * np.minimum(1, 100 / np.maximum(1, np.linalg.norm(near, axis=-1)))[:, None]
    points: list[list[int]] = _thousandths(near)
    return points
