"""Questions about one step of the cell: a gate, C and h."""

from itertools import product

import numpy as np

from lesson.classroom.question import Scale
from lesson.course.variants.cells import cell_with
from lesson.course.variants.variant import Mistake, Numbers, Tolerance, Variant, written
from lesson.gates import parameters as gates
from lstm.equations import sigmoid
from lstm.scalar import PARAMETERS, scalar_step
from visualization.numbers import number

_TENTHS = [k / 10 for k in range(1, 10)]
_FILE, _QUERY = "2_gates.py", {gates.PART.name: "One step"}
_GATE_SETTINGS = list(
    product((-2.0, -1.0, 1.0, 2.0), (-0.5, 0.5, 1.0), (-1.0, 0.5, 1.0), (-0.4, 0.3, 0.5), (-1.0, 1.0, 2.0))
)
_CELL_STATE_SETTINGS = [
    (f, i, sign * C_tilde, C_prev)
    for f, i, C_tilde, sign, C_prev in product(
        _TENTHS, _TENTHS, _TENTHS, (-1, 1), (-3.0, -2.0, -1.5, 1.5, 2.0, 3.0)
    )
]
_HIDDEN_STATE_SETTINGS = [(o, sign * k / 10) for o, k, sign in product(_TENTHS, range(4, 26), (-1, 1))]


def gate() -> Variant:
    """Return the one for a gate from its weights; values of σ and tanh stand in its text."""
    return Variant(
        "other_gate",
        ("constants",),
        "A cell has one input and one unit. Its forget gate has the weights {0} for $h_{t-1}$ and {1} for "
        "$x_t$, and the bias {2}. Now $h_{t-1}$ = {3} and $x_t$ = {4}. What is $f_t$, to two digits after "
        "the point? ({5}.)",
        Tolerance(0.01, 2),
        Scale(-10, 10),
        Scale(-5, 5),
        (
            Mistake(
                "sum",
                "σ forgotten",
                "This is the sum alone. σ makes a gate of it: a number between 0 and 1.",
            ),
            Mistake(
                "tanh",
                "tanh in place of σ",
                "This is the tanh of the right sum. tanh makes the candidate C̃. A gate takes σ, which is "
                "always between 0 and 1.",
            ),
            Mistake(
                "bias_forgotten",
                "The bias forgotten",
                "This is σ of the two products alone. The bias is a part of the sum, too.",
            ),
            Mistake(
                "h_forgotten",
                "$h_{t-1}$ forgotten",
                "This is σ of the input's product and the bias. A gate reads $h_{t-1}$, too.",
            ),
            Mistake(
                "minus",
                "σ(−z) in place of σ(z)",
                "This is σ of minus the right sum z, or 1 − f. $\\sigma(z) = 1 / (1 + e^{-z})$ is above 0.5 "
                "where z is above 0.",
            ),
        ),
        "Add the two products and the bias. The gate is σ of this sum: $f_t = \\sigma(W_f \\cdot [h_{t-1}, "
        "x_t] + b_f)$.",
        _FILE,
        _QUERY,
    ).with_numbers(_GATE_SETTINGS, gate_numbers)


def gate_numbers(w_h: float, w_x: float, bias: float, h: float, x: float) -> Numbers:
    """Compute a gate, and what comes of it where something is forgotten."""
    weights = {**dict.fromkeys(PARAMETERS, 0.0), "w_fh": w_h, "w_fx": w_x, "b_f": bias}
    setting = {**weights, "h_prev": h, "x": x, "C_prev": 0.0}
    step = scalar_step(setting)
    without_bias, without_h = scalar_step({**setting, "b_f": 0.0}), scalar_step({**setting, "h_prev": 0.0})
    sums = sorted({round(float(z), 9) for z in (step.z_f, without_bias.z_f, without_h.z_f, -step.z_f)})
    table = [f"σ({written(z)}) = {number(float(sigmoid(z)))}" for z in sums]
    table += [f"tanh({written(z)}) = {number(float(np.tanh(z)))}" for z in sums]
    return Numbers(
        (*map(written, (w_h, w_x, bias, h, x)), ", ".join(table)),
        float(step.f),
        {
            "sum": float(step.z_f),
            "tanh": float(np.tanh(step.z_f)),
            "bias_forgotten": float(without_bias.f),
            "h_forgotten": float(without_h.f),
            "minus": float(sigmoid(-step.z_f)),
        },
    )


def cell_state() -> Variant:
    """Return the one for the new C."""
    return Variant(
        "other_cell_state",
        ("keep",),
        "The forget gate is $f_t$ = {0}, the input gate is $i_t$ = {1}, the candidate is $\\tilde{C}_t$ = "
        "{2}, and the old state is $C_{t-1}$ = {3}. What is $C_t$, to two digits after the point?",
        Tolerance(0.01, 2),
        Scale(-5, 5),
        Scale(-4, 4),
        (
            Mistake(
                "C_prev_forgotten",
                "The old state forgotten",
                "This is $i_t \\cdot \\tilde{C}_t$ alone, the new part. The old state stays, too: "
                "$f_t \\cdot C_{t-1}$ is added.",
            ),
            Mistake(
                "swapped",
                "f and i swapped",
                "Here i multiplies the old state and f the candidate. It is the other way round: f says what "
                "share of the old state is kept, i what share of the candidate is added.",
            ),
            Mistake(
                "sign_lost",
                "The candidate with the wrong sign",
                "The candidate $\\tilde{C}_t$ keeps its sign: a negative one makes C smaller, a positive one "
                "makes it larger.",
            ),
            Mistake(
                "i_forgotten",
                "The input gate forgotten",
                "Here all of the candidate is added. Only the share $i_t$ of it is.",
            ),
            Mistake(
                "f_forgotten",
                "The forget gate forgotten",
                "Here all of the old state is kept. Only the share $f_t$ of it is.",
            ),
            Mistake(
                "one_minus_f",
                "1 − f in place of f",
                "The name is misleading: $f_t$ is the share that is kept, not the share that is forgotten.",
            ),
        ),
        "The share $f_t$ of the old state is kept, and the share $i_t$ of the candidate is added: "
        "$C_t = f_t \\odot C_{t-1} + i_t \\odot \\tilde{C}_t$.",
        _FILE,
        _QUERY,
    ).with_numbers(_CELL_STATE_SETTINGS, cell_state_numbers)


def cell_state_numbers(f: float, i: float, C_tilde: float, C_prev: float) -> Numbers:
    """Compute C, and what comes of it with one of the four numbers at a wrong place."""
    setting = {"f": f, "i": i, "C_tilde": C_tilde, "C_prev": C_prev}
    wrong = {
        "C_prev_forgotten": {"C_prev": 0.0},
        "swapped": {"f": i, "i": f},
        "sign_lost": {"C_tilde": -C_tilde},
        "i_forgotten": {"i": 1.0},
        "f_forgotten": {"f": 1.0},
        "one_minus_f": {"f": 1 - f},
    }
    return Numbers(
        tuple(map(written, setting.values())),
        float(cell_with(**setting).C),
        {id: float(cell_with(**{**setting, **change}).C) for id, change in wrong.items()},
    )


def hidden_state() -> Variant:
    """Return the one for h from o and C."""
    return Variant(
        "other_hidden_state",
        ("hide", "squash"),
        "The output gate is $o_t$ = {0}, and the new cell state is $C_t$ = {1}. What is $h_t$, to two digits "
        "after the point? (tanh({1}) = {2}, σ({1}) = {3}.)",
        Tolerance(0.01, 2),
        Scale(-3, 3),
        Scale(-3, 3),
        (
            Mistake(
                "tanh_forgotten",
                "tanh forgotten",
                "This is $o_t \\cdot C_t$. Before the output gate, C goes through tanh.",
            ),
            Mistake(
                "sigma",
                "σ in place of tanh",
                "This is $o_t \\cdot \\sigma(C_t)$. C goes through tanh, which keeps its sign; σ is for the "
                "gates.",
            ),
            Mistake(
                "o_forgotten",
                "The output gate forgotten",
                "This is $\\tanh(C_t)$. The output gate lets only the share $o_t$ of it through.",
            ),
            Mistake(
                "one_minus_o",
                "1 − o in place of o",
                "$o_t$ is the share that is let through, not the share that is hidden.",
            ),
        ),
        "The output gate multiplies the tanh of C: $h_t = o_t \\odot \\tanh(C_t)$.",
        _FILE,
        _QUERY,
    ).with_numbers(_HIDDEN_STATE_SETTINGS, hidden_state_numbers)


def hidden_state_numbers(o: float, C: float) -> Numbers:
    """Compute h, and what comes of it without tanh, with σ, without o, and with 1 − o."""
    step = cell_with(o=o, C_prev=C)
    return Numbers(
        (written(o), written(C), number(float(step.tanh_C), 3), number(float(sigmoid(C)), 3)),
        float(step.h),
        {
            "tanh_forgotten": float(step.o * step.C),
            "sigma": float(step.o * sigmoid(step.C)),
            "o_forgotten": float(cell_with(C_prev=C).h),
            "one_minus_o": float(cell_with(o=1 - o, C_prev=C).h),
        },
    )
