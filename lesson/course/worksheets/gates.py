"""The calculations of the gates page: a step by hand, a cell over time, half-lives."""

import numpy as np

from lesson.course.worksheets.task import Task, gap, gaps
from lstm.equations import sigmoid
from lstm.scalar import half_life, scalar_run, scalar_step
from visualization.drawings.paper import Axis, Curve, paper_axes
from visualization.drawings.paper_cell import paper_cell
from visualization.numbers import number

# One step: x, both states, and per gate the weights on h and on x and the bias.
STEP = {"x": 1.0, "h_prev": 0.5, "C_prev": 1.0}
WEIGHTS = {"f": (2.0, 1.0, 0.0), "i": (-2.0, 0.0, 1.0), "C": (0.0, 1.0, 0.0), "o": (2.0, -1.0, 1.0)}
GRID = np.arange(0.0, 2.51, 0.25)  # of the table of σ and tanh
_NAMES = {"f": "f", "i": "i", "C": "C_tilde", "o": "o"}
_LETTERS = {"f": "$f_t$", "i": "$i_t$", "C": r"$\tilde C_t$", "o": "$o_t$"}
LEAKS = (0.5, 0.9, 0.99)  # forget gates whose half-life is asked
KEPT_SHARE = 0.8  # the forget gate of the cell over time
PULSES = (1, 5)  # steps at which a 1 is written into it
STEPS = 8


def tasks() -> list[Task]:
    """Return the calculations."""
    return [_one_step(), _over_time(), _half_lives()]


def one_step() -> dict[str, str]:
    """Compute the step that is done by hand; every value as it is written."""
    setting = dict(STEP)
    for gate, (of_h, of_x, bias) in WEIGHTS.items():
        setting |= {f"w_{gate}h": of_h, f"w_{gate}x": of_x, f"b_{gate}": bias}
    step = scalar_step(setting)._asdict()
    return {name: number(value) for name, value in step.items() if value.ndim == 0}


def run() -> np.ndarray:
    """Compute C over time: the forget gate stays, and the input gate opens for a 1 only."""
    x = np.zeros(STEPS)
    x[[t - 1 for t in PULSES]] = 1
    weights = {f"w_{gate}{of}": 0.0 for gate in WEIGHTS for of in "hx"}
    biases = {"b_f": float(np.log(KEPT_SHARE / (1 - KEPT_SHARE))), "b_i": -30.0, "b_C": 0.0, "b_o": 0.0}
    setting = {**weights, **biases, "w_ix": 60.0, "w_Cx": 30.0, "h_prev": 0.0, "C_prev": 0.0}
    return scalar_run(setting, x).C


def _one_step() -> Task:
    v = one_step()
    rows = [
        (_LETTERS[gate], *(number(value, 0) for value in WEIGHTS[gate]), gap(v[f"z_{gate}"]),
         "tanh" if gate == "C" else "σ", gap(v[_NAMES[gate]]))
        for gate in WEIGHTS
    ]  # fmt: skip
    start = {name: number(value, 1) for name, value in STEP.items()}
    functions = (
        ("z", *(number(z) for z in GRID)),
        ("σ(z)", *(number(value) for value in sigmoid(GRID))),
        ("tanh(z)", *(number(value) for value in np.tanh(GRID))),
    )
    lookup = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in functions)
    return Task(
        "One step of a cell",
        (
            f"Given: $x_t$ = {start['x']}, $h_{{t-1}}$ = {start['h_prev']}, $C_{{t-1}}$ = {start['C_prev']}. "
            "Compute each sum $z = w_h h_{t-1} + w_x x_t + b$. Look up σ(z) or tanh(z) in the small table: "
            "take the nearest column. Write the values into the drawing.",
            rf"$C_t = f_t C_{{t-1}} + i_t \tilde C_t$ = {gap(v['C'])}  and  $h_t = o_t \tanh(C_t)$ = "
            f"{gap(v['h'])}",
        ),
        (("", "$w_h$", "$w_x$", "$b$", "sum $z$", "function", "value"), *rows),
        lambda solved: (
            paper_cell(
                start | ({name: v[name] for name in ("f", "i", "C_tilde", "o", "C", "h")} if solved else {})
            )
            + f'<table class="lookup">{lookup}</table>'
        ),
    )


def _over_time() -> Task:
    C = run()
    steps = np.arange(1, STEPS + 1)
    ticks = [(t, str(t)) for t in steps]
    heights = [(value, number(value, 1)) for value in (0, 0.5, 1, 1.5)]
    return Task(
        "The same cell over time",
        (
            f"The forget gate is {KEPT_SHARE} at every step. A 1 is written into the cell at steps "
            f"{PULSES[0]} and {PULSES[1]}, nothing at the others, and $C_0$ = 0. Compute $C_t$ and draw it.",
        ),
        (("step $t$", *map(str, steps)), ("$C_t$", *gaps(number(c) for c in C))),
        lambda solved: paper_axes(
            Axis("step t", 1, STEPS, ticks), Axis("C", 0, 1.5, heights), [Curve("C", steps, C)], solved, 170
        ),
    )


def _half_lives() -> Task:
    lives = [number(half_life(f), 1) for f in LEAKS]
    return Task(
        "How long does the cell keep its state?",
        (
            r"After $\ln 0.5 / \ln f$ steps half of $C$ is left. Compute this number of steps for three "
            r"forget gates.",
        ),
        (("$f$", *map(str, LEAKS)), ("steps until half is left", *gaps(lives))),
    )
