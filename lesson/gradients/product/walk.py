"""An RNN with two hidden units, and what an error meets on its way back through it, step by step."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lesson.frame.memo import memo
from lesson.gradients.parameters import INPUT_SCALE, PRODUCT_SEED, RADIUS
from lstm.cells import RNNCell
from lstm.gradient_ranges import flow_over_factors, flow_over_inputs
from lstm.gradients import GradientFlow, random_cell, random_inputs
from lstm.interpret.rnn_factors import step_back, without_slopes

UNITS = 2
STEPS = 50


class Setup(NamedTuple):
    """What can be set of the network: its spectral radius, the size of its input, its seed."""

    radius: float = RADIUS.start
    scale: float = INPUT_SCALE.start
    seed: int = int(PRODUCT_SEED.start)

    def cell(self, radius: float | None = None) -> RNNCell:
        """Return the RNN, untrained; radius: in place of what is set."""
        cell = random_cell("rnn", UNITS, seed=self.seed, spectral_radius=radius or self.radius)
        assert isinstance(cell, RNNCell)
        return cell

    def inputs(self, steps: int = STEPS, scale: float | None = None) -> NDArray:
        """Return the noise that it reads, (T, D); scale: in place of what is set."""
        return random_inputs(steps, scale=self.scale if scale is None else scale, seed=self.seed)


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
    flow = _flow(setup, setting, values, STEPS)  # (T, P, 2)
    h, arrows = flow.gates["h"][:0:-1], flow.dh_units[::-1]
    W_h = setup.cell(1.0).W[0, :, :UNITS] * radii[:, None, None]  # (P, 2, 2)
    slopes, matrices = step_back(W_h, h)
    alone = without_slopes(W_h, arrows[0], STEPS - 1)
    return [
        Walk(W_h[k], arrows[:, k], slopes[:, k], slopes[:, k] * arrows[:-1, k], matrices[:, k], alone[:, k])
        for k in range(len(values))
    ]


def _flow(setup: Setup, setting: str, values: Sequence[float], steps: int) -> GradientFlow:
    """Compute the gradients for each value of a setting, by the library's backpropagation."""
    if setting == "radius":
        return flow_over_factors(setup.cell(1.0), values, setup.inputs(steps), setup.seed)
    inputs = np.stack([setup.inputs(steps, value) for value in values])  # (P, T, D)
    return flow_over_inputs(setup.cell(), inputs, setup.seed)


def left_after(setup: Setup, setting: str, values: Sequence[float], back: int) -> NDArray:
    """Return the share of the error's length that is left so many steps back, for each value, (P,)."""
    flow = _flow(setup, setting, values, back + 1)
    return flow.dh[0] / flow.dh[-1]
