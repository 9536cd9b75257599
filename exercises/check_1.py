"""Exercise 1: forward against the textbook, backward against `lstm.cells` and finite differences."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from exercises.judge import Judge
from exercises.mistakes.backward_1 import BACKWARD
from exercises.mistakes.clipping_1 import CLIPPING
from exercises.mistakes.forward_1 import FORWARD
from exercises.student import Student, Wrong
from lstm.cells import LSTMCell
from lstm.equations import lstm_step

MISTAKES = FORWARD + BACKWARD + CLIPPING
_T, _D, _H = 4, 2, 3
_GATES = "fiCo"
_BLOCKS = "Cfio"  # the order in which LSTMCell stores them
_VALUES = ("f", "i", "C_tilde", "o", "C", "h")
Weights = dict[str, NDArray]


def check(student: Student) -> Iterator[str]:
    """Yield a line for every gap that is right; Wrong at the first that is not."""
    judge = Judge(student, 1, MISTAKES)
    rng = np.random.default_rng(1)
    W = {g: rng.normal(size=(_H, _H + _D)) for g in _GATES}
    b = {g: rng.normal(size=_H) for g in _GATES}
    x, dh_out = rng.normal(size=(_T, _D)), rng.normal(size=(_T, _H))
    h0, C0 = 0.5 * rng.normal(size=_H), rng.normal(size=_H)
    yield from _forward(judge, x, h0, C0, W, b)
    yield from _backward(judge, x, dh_out, h0, C0, W, b)
    sequences = [x, rng.normal(size=(_T - 1, _D)), rng.normal(size=(_T + 1, _D))]
    yield from _several(judge, sequences, h0, C0, W, b)
    yield from _clipping(judge)


def _textbook(x: NDArray, h0: NDArray, C0: NDArray, W: Weights, b: Weights) -> dict[str, NDArray]:
    """f, i, C_tilde, o, C, h of every step, each (T, H)."""
    steps, h, C = [], h0, C0
    for x_t in x:
        step = lstm_step(x_t, h, C, *(W[g] for g in _GATES), *(b[g] for g in _GATES))
        h, C = step.h, step.C
        steps.append(step)
    return {name: np.array([getattr(step, name) for step in steps]) for name in _VALUES}


def _forward(judge: Judge, x, h0, C0, W, b) -> Iterator[str]:
    step = {name: value[0] for name, value in _textbook(x[:1], h0, C0, W, b).items()}
    gates = {name: step[name] for name in _VALUES[:4]}
    judge(1, "gates", (h0, x[0], W, b), gates, axes=("unit",))
    yield "Gap 1: f, i, C̃ and o are those of the textbook."
    judge(2, "new_state", (*gates.values(), C0), {"C": step["C"], "h": step["h"]}, axes=("unit",))
    yield "Gap 2: C and h are those of the textbook."
    judge(3, "lstm_forward", (x, h0, C0, W, b), _textbook(x, h0, C0, W, b), axes=("step", "unit"))
    yield f"Gap 3: all six values agree at each of {_T} steps."


def _back(x, dh_out, h0, C0, W, b, dC_last=0.0):
    """dC after the first step, dz by gate of the first step, and the four results of lstm_backward."""
    cell = LSTMCell(np.concatenate([W[g] for g in _BLOCKS]), np.concatenate([b[g] for g in _BLOCKS]))
    trace = cell.forward(x[:, None], (h0[None], C0[None]))
    last = (np.zeros((1, _H)), np.zeros((1, _H)) + dC_last)
    dz, gradients = cell.backward(trace, dh_out[:, None], last)
    dW, db = np.empty((4 * _H, _H + _D)), np.empty(4 * _H)
    cell.weight_gradients(trace, dz, dW, db)
    named = [dict(zip(_BLOCKS, np.split(d, 4), strict=True)) for d in (dW, db)]
    right = {"dW": named[0], "db": named[1], "dh0": gradients.dh[0, 0], "dC0": gradients.dC[0, 0]}
    return gradients.dC[1, 0], dict(zip(_BLOCKS, dz[0, :, 0], strict=True)), right


def _backward(judge: Judge, x, dh_out, h0, C0, W, b) -> Iterator[str]:
    values = _textbook(x, h0, C0, W, b)
    f, i, C_tilde, o, C, _ = (value[0] for value in values.values())
    dC_next = np.array([0.7, -1.1, 0.4])
    dC, dz, _ = _back(x[:1], dh_out[:1], h0, C0, W, b, dC_next)
    judge(4, "cell_gradient", (dh_out[0], dC_next, o, C), {"dC": dC}, axes=("unit",))
    yield "Gap 4: dL/dC is the sum over both gradient paths."
    dz = {f"dz of {g}": dz[g] for g in _GATES}
    judge(
        5, "before_gates", (dh_out[0], dC, f, i, C_tilde, o, C, C0), dz, axes=("unit",),
        after=lambda got: {f"dz of {g}": d for g, d in got.items()} if isinstance(got, dict) else got,
    )  # fmt: skip
    yield "Gap 5: the gradients before σ and tanh are right for f, i, C̃ and o."
    right = _back(x, dh_out, h0, C0, W, b)[2]
    judge(6, "lstm_backward", (dh_out, values, x, h0, C0, W), right)
    digits = _digits(judge.student, x, dh_out, h0, C0, W, b)
    yield f"Gap 6: all gradients agree with finite differences of your forward pass to {digits:.0f} digits."


def _digits(student: Student, x, dh_out, h0, C0, W, b) -> float:
    """Measure to how many digits the student's backward is the slope of their forward, at most 15."""
    rng = np.random.default_rng(2)
    V, c = ({g: rng.normal(size=part[g].shape) for g in _GATES} for part in (W, b))
    k, K = rng.normal(size=_H), rng.normal(size=_H)

    def loss(e: float) -> float:
        moved = {g: W[g] + e * V[g] for g in _GATES}, {g: b[g] + e * c[g] for g in _GATES}
        return float(np.sum(dh_out * student.call("lstm_forward", x, h0 + e * k, C0 + e * K, *moved)["h"]))

    values = student.call("lstm_forward", x, h0, C0, W, b, gap=3)
    dW, db, dh0, dC0 = student.call("lstm_backward", dh_out.copy(), values, x, h0, C0, W, gap=6)
    exact = sum(np.sum(dW[g] * V[g]) + np.sum(db[g] * c[g]) for g in _GATES) + dh0 @ k + dC0 @ K
    slope = (loss(1e-5) - loss(-1e-5)) / 2e-5
    if abs(slope - exact) > 1e-6 * abs(exact):
        raise Wrong(
            f"Gap 6: finite differences give a slope of {slope:.6g}, your gradients {exact:.6g}.", gap=6
        )
    return float(min(15, -np.log10(max(abs(slope / exact - 1), 1e-15))))


def _several(judge: Judge, sequences, h0, C0, W, b) -> Iterator[str]:
    rng = np.random.default_rng(3)
    errors = [rng.normal(size=(len(x), _H)) for x in sequences]
    each = [_back(x, error, h0, C0, W, b)[2] for x, error in zip(sequences, errors, strict=True)]
    right = {
        name: {g: np.mean([one[name][g] for one in each], axis=0) for g in _GATES} for name in ("dW", "db")
    }
    judge(7, "mean_gradients", (sequences, errors, h0, C0, W, b), right)
    yield f"Gap 7: the mean over {len(sequences)} sequences is right, and each starts from h0 and C0."


def _clipping(judge: Judge) -> Iterator[str]:
    long = [np.array([[3.0, -4.0], [0.5, -0.1]]), np.array([-6.0, 0.2])]
    short = [g / 10 for g in long]
    weights = [np.array([[1.0, 2.0], [-3.0, 0.5]]), np.array([0.1, -0.2])]
    norm = np.sqrt(sum(np.sum(g**2) for g in long))
    _arrays(judge, 8, "clip_by_value", (long, 2.0), [np.clip(g, -2, 2) for g in long])
    yield "Gap 8: every number is clipped on both sides."
    _arrays(judge, 9, "clip_by_norm", (long, 2.0), [g * 2 / norm for g in long])
    _arrays(judge, 9, "clip_by_norm", (short, 2.0), short)
    yield "Gap 9: long gradients get the length `limit`, and short ones do not change."
    right = [w - 0.5 * g * 2 / norm for w, g in zip(weights, long, strict=True)]
    _arrays(judge, 10, "update", (weights, long, 0.5, 2.0), right)
    yield "Gap 10: update clips first, and then takes one step downhill."


def _arrays(judge: Judge, gap: int, function: str, args: tuple, right: list[NDArray]) -> None:
    judge(gap, function, args, {f"array {k}": value for k, value in enumerate(right)})
