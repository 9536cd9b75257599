"""An LSTM as one would first write it: float64, character by character, gate by gate, one-hot inputs.

It is the reference for "how much faster", and a test holds its loss and gradients equal to the
library's: it is slow, not wrong.
"""

import numpy as np
from numpy.typing import NDArray


def sigmoid(z: NDArray) -> NDArray:
    """1 / (1 + e^−z)."""
    return 1 / (1 + np.exp(-z))


class Network:
    """One sequence at a time; column vectors, as in many introductions."""

    def __init__(self, input_size: int, hidden_size: int, output_size: int) -> None:
        rng = np.random.default_rng(0)
        H, D, V = hidden_size, input_size, output_size
        self.sizes = H, D, V
        self.weights = {f"W{gate}": rng.standard_normal((H, H + D)) / np.sqrt(H + D) for gate in "fico"}
        self.weights |= {f"b{gate}": np.zeros((H, 1)) for gate in "fico"}
        self.weights |= {"Wy": rng.standard_normal((V, H)) / np.sqrt(H), "by": np.zeros((V, 1))}
        self.weights["bf"] += 1

    def loss_and_gradients(self, inputs: NDArray, targets: NDArray) -> tuple[float, dict[str, NDArray]]:
        """Forward and backward through all steps; the loss is summed over steps."""
        H, D, V = self.sizes
        w = self.weights
        h, C, steps, loss = np.zeros((H, 1)), np.zeros((H, 1)), [], 0.0
        for index, target in zip(inputs, targets, strict=True):
            x = np.zeros((D, 1))
            x[index] = 1
            concat = np.vstack([h, x])
            f = sigmoid(w["Wf"] @ concat + w["bf"])
            i = sigmoid(w["Wi"] @ concat + w["bi"])
            c = np.tanh(w["Wc"] @ concat + w["bc"])
            o = sigmoid(w["Wo"] @ concat + w["bo"])
            C_prev, C = C, f * C + i * c
            h = o * np.tanh(C)
            y = w["Wy"] @ h + w["by"]
            p = np.exp(y - y.max())
            p /= p.sum()
            loss -= float(np.log(p[target, 0]))
            steps.append((concat, f, i, c, o, C_prev, C, h, p, target))
        gradients = {name: np.zeros_like(value) for name, value in w.items()}
        dh_next, dC_next = np.zeros((H, 1)), np.zeros((H, 1))
        for concat, f, i, c, o, C_prev, C, h, p, target in reversed(steps):
            dy = p.copy()
            dy[target] -= 1
            gradients["Wy"] += dy @ h.T
            gradients["by"] += dy
            dh = w["Wy"].T @ dy + dh_next
            dC = dC_next + dh * o * (1 - np.tanh(C) ** 2)
            dz = {
                "f": dC * C_prev * f * (1 - f),
                "i": dC * c * i * (1 - i),
                "c": dC * i * (1 - c**2),
                "o": dh * np.tanh(C) * o * (1 - o),
            }
            d_concat = np.zeros_like(concat)
            for gate, d in dz.items():
                gradients[f"W{gate}"] += d @ concat.T
                gradients[f"b{gate}"] += d
                d_concat += w[f"W{gate}"].T @ d
            dh_next, dC_next = d_concat[:H], dC * f
        return loss, gradients

    def train_step(self, inputs: NDArray, targets: NDArray, learning_rate: float) -> float:
        """One step of gradient descent with clipping by value."""
        loss, gradients = self.loss_and_gradients(inputs, targets)
        for name, gradient in gradients.items():
            self.weights[name] -= learning_rate * np.clip(gradient, -5, 5)
        return loss
