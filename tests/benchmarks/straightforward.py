"""An LSTM as one would first write it: the textbook's forward pass in float64, one-hot inputs, and its
gradients character by character, gate by gate.

It is the reference for "how much faster", and a test holds its loss and gradients equal to the
library's: it is slow, not wrong.
"""

import numpy as np
from numpy.typing import NDArray

from lstm.readout import softmax
from lstm.textbook_network import one_hot, run_cell


class Network:
    """One sequence at a time; weights under the textbook's names."""

    def __init__(self, input_size: int, hidden_size: int, output_size: int) -> None:
        rng = np.random.default_rng(0)
        H, D, V = hidden_size, input_size, output_size
        self.sizes = H, D, V
        self.weights = {f"W_{gate}": rng.standard_normal((H, H + D)) / np.sqrt(H + D) for gate in "fiCo"}
        self.weights |= {f"b_{gate}": np.zeros(H) for gate in "fiCo"}
        self.weights["b_f"] += 1
        self.readout = {"Wy": rng.standard_normal((V, H)) / np.sqrt(H), "by": np.zeros(V)}

    def loss_and_gradients(self, inputs: NDArray, targets: NDArray) -> tuple[float, dict[str, NDArray]]:
        """Forward and backward through all steps; the loss is summed over steps."""
        H, D, V = self.sizes
        w, Wy, by = self.weights, self.readout["Wy"], self.readout["by"]
        x, y = one_hot(inputs, D), one_hot(targets, V)
        start = np.zeros(H), np.zeros(H)
        steps, loss = list(run_cell("lstm", x, start, w)), 0.0
        gradients = {name: np.zeros_like(value) for name, value in (w | self.readout).items()}
        dh_next, dC_next = np.zeros(H), np.zeros(H)
        for t in reversed(range(len(steps))):
            step, C_prev = steps[t], steps[t - 1].C if t else start[1]
            p = softmax(Wy @ step.h + by)
            loss -= float(np.log(p[targets[t]]))
            dy = p - y[t]
            gradients["Wy"] += np.outer(dy, step.h)
            gradients["by"] += dy
            dh = Wy.T @ dy + dh_next
            dC = dC_next + dh * step.o * (1 - step.tanh_C**2)
            dz = {
                "f": dC * C_prev * step.f * (1 - step.f),
                "i": dC * step.C_tilde * step.i * (1 - step.i),
                "C": dC * step.i * (1 - step.C_tilde**2),
                "o": dh * step.tanh_C * step.o * (1 - step.o),
            }
            d_concat = np.zeros_like(step.concat)
            for gate, d in dz.items():
                gradients[f"W_{gate}"] += np.outer(d, step.concat)
                gradients[f"b_{gate}"] += d
                d_concat += w[f"W_{gate}"].T @ d
            dh_next, dC_next = d_concat[:H], dC * step.f
        return loss, gradients

    def train_step(self, inputs: NDArray, targets: NDArray, learning_rate: float) -> float:
        """One step of gradient descent with clipping by value."""
        loss, gradients = self.loss_and_gradients(inputs, targets)
        for name, gradient in gradients.items():
            weights = self.weights if name in self.weights else self.readout
            weights[name] -= learning_rate * np.clip(gradient, -5, 5)
        return loss
