"""The way from a naive batch implementation to the library, one idea at a time.

Each version is a whole training step with Adam; they share everything but the idea they add.  A test
holds their gradients equal.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray


class Step:
    """One training step of an LSTM, with the ideas switched on by arguments."""

    def __init__(
        self, V: int, H: int, ids: NDArray,
        *, dtype: type = np.float64, gather: bool = False, after: bool = False,
    ) -> None:  # fmt: skip
        rng = np.random.default_rng(0)
        self.H, self.V, self.ids = H, V, ids  # ids (T + 1, B)
        self.gather, self.after, self.dtype = gather, after, dtype
        self.weights = {
            "W": (rng.standard_normal((4 * H, H + V)) / np.sqrt(H + V)).astype(dtype),  # f, i, o, C̃
            "b": np.zeros(4 * H, dtype),
            "Wy": (rng.standard_normal((V, H)) / np.sqrt(H)).astype(dtype),
            "by": np.zeros(V, dtype),
        }
        self.weights["b"][:H] = 1
        self.moments = {name: (np.zeros_like(w), np.zeros_like(w)) for name, w in self.weights.items()}
        self.steps = 0

    def __call__(self) -> None:
        """One step: gradients, then Adam on each array."""
        self.steps += 1
        for name, gradient in self.gradients().items():
            m, v = self.moments[name]
            m[:] = 0.9 * m + 0.1 * gradient
            v[:] = 0.999 * v + 0.001 * gradient**2
            m_hat, v_hat = m / (1 - 0.9**self.steps), v / (1 - 0.999**self.steps)
            self.weights[name] -= (0.001 * m_hat / (np.sqrt(v_hat) + 1e-8)).astype(self.dtype)

    def gradients(self) -> dict[str, NDArray]:
        """Gradients of the loss, summed over steps, mean over sequences."""
        steps = self._forward()
        return self._backward(steps)

    def _forward(self) -> list[tuple]:
        H, W, b = self.H, self.weights["W"], self.weights["b"]
        B = self.ids.shape[1]
        h, C = np.zeros((B, H), self.dtype), np.zeros((B, H), self.dtype)
        table = W[:, H:].T + b if self.gather else None  # (V, 4H)
        steps = []
        for ids in self.ids[:-1]:
            x = None
            if self.gather:
                z = table[ids] + h @ W[:, :H].T  # (B, 4H)
            else:
                x = np.eye(self.V, dtype=self.dtype)[ids]  # (B, V)
                z = np.concatenate([h, x], axis=1) @ W.T + b
            f, i, o = (1 / (1 + np.exp(-z[:, k * H : (k + 1) * H])) for k in range(3))
            c = np.tanh(z[:, 3 * H :])
            h_prev, C_prev = h, C
            C = f * C + i * c
            h = o * np.tanh(C)
            steps.append((ids, x, h_prev, C_prev, f, i, o, c, C, h))
        return steps

    def _backward(self, steps: list[tuple]) -> dict[str, NDArray]:
        H, W, Wy = self.H, self.weights["W"], self.weights["Wy"]
        B = self.ids.shape[1]
        total = {name: np.zeros_like(w) for name, w in self.weights.items()}
        dh_next, dC_next = np.zeros((B, H), self.dtype), np.zeros((B, H), self.dtype)
        kept = []
        for (ids, x, h_prev, C_prev, f, i, o, c, C, h), target in zip(
            reversed(steps), self.ids[:0:-1], strict=True
        ):
            y = h @ Wy.T + self.weights["by"]
            p = np.exp(y - y.max(axis=1, keepdims=True))
            p /= p.sum(axis=1, keepdims=True)
            p[np.arange(B), target] -= 1
            p /= B
            dh = p @ Wy + dh_next
            tanh_C = np.tanh(C)
            dC = dC_next + dh * o * (1 - tanh_C**2)
            dz = np.concatenate(
                [
                    dC * C_prev * f * (1 - f),
                    dC * c * i * (1 - i),
                    dh * tanh_C * o * (1 - o),
                    dC * i * (1 - c**2),
                ],
                axis=1,
            )  # (B, 4H)
            dh_next, dC_next = dz @ W[:, :H], dC * f
            if self.after:
                kept.append((ids, x, h_prev, h, p, dz))
            else:
                self._add(total, ids, x, h_prev, h, p, dz)
        if self.after:
            self._add(total, *(None if a[0] is None else np.concatenate(a) for a in zip(*kept, strict=True)))
        return total

    def _add(self, total: dict[str, NDArray], ids, x, h_prev, h, p, dz) -> None:
        """Add the weights' gradients of one step, or of all of them."""
        H = self.H
        total["Wy"] += p.T @ h
        total["by"] += p.sum(axis=0)
        total["b"] += dz.sum(axis=0)
        if not self.gather:
            total["W"] += dz.T @ np.concatenate([h_prev, x], axis=1)
            return
        total["W"][:, :H] += dz.T @ h_prev
        order = np.argsort(ids, kind="stable")
        characters, starts = np.unique(ids[order], return_index=True)
        for character, rows in zip(characters, np.split(dz[order], starts[1:]), strict=True):
            total["W"][:, H + character] += rows.sum(axis=0)


def version(**ideas: object) -> Callable[[int, int, NDArray], Step]:
    """A step with these ideas."""
    return lambda V, H, ids: Step(V, H, ids, **ideas)


VERSIONS: dict[str, Callable[[int, int, NDArray], Step]] = {
    "naive, float64": version(),
    "float32": version(dtype=np.float32),
    "one product after the loop": version(dtype=np.float32, after=True),
    "look up instead of one-hot": version(dtype=np.float32, after=True, gather=True),
}
