"""The calculations of the gradients page: what is left along the cell-state path, and a clipped vector."""

import numpy as np

from lesson.course.worksheets.task import Task, gap, gaps
from lesson.gradients.flows import Setup
from lstm.equations import sigmoid
from lstm.scalar import scalar_run
from lstm.training.clipping import clip, length
from visualization.drawings.paper import Axis, Curve, paper_axes, paper_path
from visualization.numbers import number, scientific, superscript

GATES = (0.9, 0.5, 0.8)  # f at three steps of the cell-state path
BIASES = (0.0, 1.0, 3.0)
VECTOR = (3.0, 4.0, 12.0)
LIMIT = 5.0
BACK = 50  # steps that the race goes back
LOWEST = -12  # of its axis, as a power of ten


def tasks() -> list[Task]:
    """Return the calculations."""
    return [_path(), _biases(), _race(), _clipping()]


def left_along(forget_sums: np.ndarray) -> np.ndarray:
    """Return what is left of 1 behind each step of the cell-state path; the sums z_f are given, (T,)."""
    shut = {f"w_{gate}{of}": 0.0 for gate in "fiCo" for of in "hx"} | {f"b_{gate}": 0.0 for gate in "fCo"}
    return scalar_run({**shut, "w_fx": 1.0, "b_i": -50.0, "h_prev": 0.0, "C_prev": 1.0}, forget_sums).C


def clipped(by_value: bool) -> tuple[np.ndarray, float]:
    """Return the vector after clipping, and the cosine with what it was."""
    raw, vector = np.array(VECTOR), np.array(VECTOR)
    clip(vector, None if by_value else LIMIT, LIMIT if by_value else None)
    return vector, float(raw @ vector / (length(raw) * length(vector)))


def _path() -> Task:
    left = [number(C) for C in left_along(np.log(np.divide(GATES, np.subtract(1, GATES))))]
    return Task(
        "Three steps along the cell-state path",
        (
            r"Along the cell-state path $\partial C_t / \partial C_{t-1} = f_t$: each step multiplies the "
            "gradient by its forget gate. Fill in what is left after each step.",
        ),
        drawing=lambda solved: paper_path([f"{f:g}" for f in GATES], left, solved),
    )


def _biases() -> Task:
    gates = [float(sigmoid(bias)) for bias in BIASES]
    return Task(
        "What the forget bias does",
        (
            "If $x$ and $h$ contribute nothing, $f = σ(b_f)$. Compute $f$, and what is left along the "
            f"cell-state path after 10 and after {BACK} steps (a calculator helps).",
        ),
        (
            ("$b_f$", *(number(bias, 0) for bias in BIASES)),
            ("$f$", *gaps(number(f) for f in gates)),
            *(
                (
                    f"$f^{{{steps}}}$",
                    *gaps(scientific(left_along(np.full(steps, bias))[-1]) for bias in BIASES),
                )
                for steps in (10, BACK)
            ),
        ),
    )


def _race() -> Task:
    curves = {
        "LSTM, b_f = 1": Setup().norms(Setup().flow("lstm")),
        "LSTM, b_f = 3": (high := Setup(forget_bias=3.0)).norms(high.flow("lstm")),
        "RNN, radius 0.9": Setup().norms(Setup().flow("rnn")),
    }
    back = np.arange(BACK + 1)
    logs = {
        name: np.maximum(np.log10(np.maximum(norms[::-1][: BACK + 1], 10.0**LOWEST)), LOWEST)
        for name, norms in curves.items()
    }
    powers = [(power, f"10{superscript(power)}") for power in range(LOWEST, 1, 3)]
    steps = [(t, str(t)) for t in range(0, BACK + 1, 10)]
    return Task(
        "The race",
        (
            "Draw your guess before you open the page: how much of the gradient is left at each step back? "
            "Draw a curve for an untrained LSTM with $b_f$ = 1, one for $b_f$ = 3, and one for an RNN of "
            "spectral radius 0.9.",
        ),
        drawing=lambda solved: paper_axes(
            Axis("steps back in time", 0, BACK, steps),
            Axis("share of the gradient that is left", LOWEST, 0, powers),
            [Curve(name, back, values) for name, values in logs.items()], solved,
        ),
    )  # fmt: skip


def _clipping() -> Task:
    rows = []
    for name, by_value in ((f"by value, ±{LIMIT:g}", True), (f"by global norm, {LIMIT:g}", False)):
        vector, cosine = clipped(by_value)
        numbers = ", ".join(number(value) for value in vector)
        rows.append((name, gap(f"({numbers})"), gap(number(length(vector))), gap(number(cosine))))
    raw = ", ".join(f"{value:g}" for value in VECTOR)
    return Task(
        "Clip a gradient",
        (
            f"A gradient is ({raw}). Its norm is {gap(number(length(np.array(VECTOR))))}. Clip it in both "
            "ways. The cosine of two vectors $a$, $b$ is $a · b / (|a| |b|)$; it is 1 if they have the same "
            "direction.",
        ),
        (("clipped", "vector", "its norm", "cosine with the gradient"), *rows),
    )
