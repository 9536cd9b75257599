"""An RNN with two hidden units, and what an error meets on its way back through it, step by step."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lesson.frame.memo import memo
from lesson.gradients.flows import Setup
from lesson.gradients.parameters import INPUT_SCALE, PRODUCT_SEED, RADIUS
from lesson.gradients.ranges import flow_along
from lstm.interpret.rnn_factors import step_back, without_slopes

UNITS = 2
STEPS = 50


def network(
    radius: float = RADIUS.start, scale: float = INPUT_SCALE.start, seed: int = int(PRODUCT_SEED.start)
) -> Setup:
    """Return the setup of the network with two units."""
    return Setup(T=STEPS, H=UNITS, radius=radius, scale=scale, seed=seed)


class Walk(NamedTuple):
    """The way of an error from the last step backwards; entry k of a list: k steps back.

    W_h (2, 2).  arrows (T, 2): ∂L/∂h.  slopes, after_slopes (T − 1, 2), matrices (T − 1, 2, 2): of the factor
    that leads from entry k to entry k + 1, and the arrow between its two parts.  alone (T, 2): the arrows if
    there were no tanh.
    """

    W_h: NDArray
    arrows: NDArray
    slopes: NDArray
    after_slopes: NDArray
    matrices: NDArray
    alone: NDArray

    @property
    def lengths(self) -> NDArray:
        """Lengths of the arrows, (T,)."""
        return _lengths(self.arrows)

    @property
    def lengths_after_slopes(self) -> NDArray:
        """Lengths between the two parts of each factor, (T − 1,)."""
        return _lengths(self.after_slopes)

    @property
    def lengths_alone(self) -> NDArray:
        """Lengths without tanh, (T,)."""
        return _lengths(self.alone)


def _lengths(arrows: NDArray) -> NDArray:
    """Return the lengths of arrows, (n, 2); the squares of the shortest would be 0."""
    lengths: NDArray = np.hypot(arrows[:, 0], arrows[:, 1])
    return lengths


@memo(entries=60)
def walk(setup: Setup) -> Walk:
    """Send an error back through one network."""
    return walks(setup, "radius", (setup.radius,))[0]


def walks(setup: Setup, setting: str, values: Sequence[float]) -> list[Walk]:
    """Send an error back through the network for each value of its radius or of its input's size."""
    radii = np.array(values if setting == "radius" else [setup.radius] * len(values))
    flow = flow_along(setup, "rnn", setting, values)  # (T, P, 2)
    h, arrows = flow.gates["h"][:0:-1], flow.dh_units[::-1]
    W_h = setup._replace(radius=1.0).cell("rnn").W[0, :, :UNITS] * radii[:, None, None]  # (P, 2, 2)
    slopes, matrices = step_back(W_h, h)
    alone = without_slopes(W_h, arrows[0], STEPS - 1)
    return [
        Walk(W_h[k], arrows[:, k], slopes[:, k], slopes[:, k] * arrows[:-1, k], matrices[:, k], alone[:, k])
        for k in range(len(values))
    ]


def left_after(setup: Setup, setting: str, values: Sequence[float], back: int) -> NDArray:
    """Return the share of the error's length that is left so many steps back, for each value, (P,)."""
    flow = flow_along(setup._replace(T=back + 1), "rnn", setting, values)
    return flow.dh[0] / flow.dh[-1]
