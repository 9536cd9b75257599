"""SGD and Adam, on one vector of weights and one of gradients; weight decay, apart from both."""

from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from lstm.arrays import Array
from lstm.errors import LARGEST_COUNT, whole_number
from lstm.parameters import Parameters
from lstm.products import aligned


class SGD:
    """Plain gradient descent: weights −= learning_rate · gradient."""

    name: ClassVar[str] = "sgd"

    def __init__(self, size: int, dtype: np.dtype) -> None:
        self._update = np.empty(size, dtype)

    def step(self, weights: Array, gradients: Array, learning_rate: float) -> None:
        """Update the weights in place."""
        np.multiply(gradients, learning_rate, out=self._update)
        weights -= self._update

    def state(self) -> dict[str, Array]:
        """Return what a resumed run needs."""
        return {}

    def restore(self, state: Mapping[str, Array]) -> None:
        """Continue from what `state` returned."""


class Adam:
    """Adam (Kingma & Ba 2015), with the usual β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸.

    m and v are kept without their factors 1 − β, which are multiplied in with the learning rate.
    """

    name: ClassVar[str] = "adam"
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8

    def __init__(self, size: int, dtype: np.dtype) -> None:
        self.steps = 0
        self.m, self.v = aligned((size,), dtype), aligned((size,), dtype)
        self.m[:], self.v[:] = 0, 0

    def step(self, weights: Array, gradients: Array, learning_rate: float) -> None:
        """Update the weights in place."""
        self.steps += 1
        # m and v start at 0 and are too small at first: both are divided by 1 − β^steps.
        m_factor = (1 - self.beta1) / (1 - self.beta1**self.steps)
        v_factor = np.sqrt((1 - self.beta2) / (1 - self.beta2**self.steps))
        # A part at a time that stays in the processor's cache through all ten operations.
        for start in range(0, len(weights), 2**15):
            part = slice(start, start + 2**15)
            g, m, v, w = gradients[part], self.m[part], self.v[part], weights[part]
            m *= self.beta1
            m += g
            update = g * g
            v *= self.beta2
            v += update
            np.sqrt(v, out=update)
            update += self.epsilon / v_factor
            np.divide(m, update, out=update)
            update *= learning_rate * m_factor / v_factor
            w -= update

    def state(self) -> dict[str, Array]:
        """Return what a resumed run needs."""
        return {"steps": np.array(self.steps), "m": self.m.copy(), "v": self.v.copy()}

    def restore(self, state: Mapping[str, Array]) -> None:
        """Continue from what `state` returned."""
        self.steps = whole_number("steps", int(state["steps"]), 0, LARGEST_COUNT)
        self.m[:], self.v[:] = state["m"], state["v"]


OPTIMISERS: dict[str, type[SGD] | type[Adam]] = {"sgd": SGD, "adam": Adam}


def shrink_weights(weights: Parameters, share: float) -> None:
    """Multiply every matrix by 1 − share, in place: weight decay (Loshchilov & Hutter 2019, "AdamW").

    Apart from the optimiser: as a part of the gradient, Adam would divide it by the gradient's size, and
    weights that learn much would decay less.  Biases stay: they are few and hold no text.
    """
    for name in weights.stored:
        if weights[name].ndim > 1:
            np.multiply(weights[name], 1 - share, out=weights[name])
