"""Questions about other cells than the LSTM: a GRU's state, a cell without a forget gate."""

from itertools import product

import numpy as np

from lesson.classroom.question import Scale
from lesson.course.variants.cells import gru_with
from lesson.course.variants.variant import Mistake, Numbers, Tolerance, Variant, written
from lesson.gates import parameters as gates
from lstm.scalar import PARAMETERS
from lstm.variants.scalar import variant_run

_FILE = "2_gates.py"
_TENTHS = (0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9)
_GRU_STATES = list(product(_TENTHS, (-0.9, -0.8, -0.6, -0.4, 0.4, 0.6, 0.8, 0.9), (-0.8, -0.5, 0.5, 0.7)))
_ADDITIONS = list(
    product((-0.8, -0.5, 0.5, 0.8, 1.2), (3, 4, 5, 6, 8), (0.2, 0.3, 0.4, 0.6), (0.3, 0.5, 0.7, 0.9))
)


def gru_state() -> Variant:
    """Return the one for the new h of a GRU."""
    return Variant(
        "other_gru_state",
        ("gru_keep", "gru_reset"),
        "In a GRU the update gate is $z_t$ = {0}: it is the share of the old state that is kept. The "
        "candidate is $\\tilde{h}_t$ = {1}, and the old state is $h_{t-1}$ = {2}. What is $h_t$, to two "
        "digits after the point?",
        Tolerance(0.01, 2),
        Scale(-2, 2),
        Scale(-2, 2),
        (
            Mistake(
                "swapped",
                "z and 1 − z swapped",
                "Here z multiplies the candidate, as some texts have it. In this course z is the share of "
                "the old state, and the candidate gets 1 − z.",
            ),
            Mistake(
                "coupling_forgotten",
                "The whole candidate added",
                "Here all of the candidate is added, as if it had a gate of its own that is open. A GRU adds "
                "the share 1 − z of it.",
            ),
            Mistake(
                "candidate_forgotten",
                "The candidate forgotten",
                "This is $z_t \\cdot h_{t-1}$ alone, what is kept. The share 1 − z of the candidate "
                "is added.",
            ),
            Mistake(
                "old_forgotten",
                "The old state forgotten",
                "This is the new part alone, (1 − z) times the candidate. The share z of the old state "
                "stays.",
            ),
        ),
        "One gate decides both: z of the old state stays, and 1 − z of the candidate is added: "
        "$h_t = z_t \\cdot h_{t-1} + (1 - z_t) \\cdot \\tilde{h}_t$.",
        _FILE,
        {gates.PART.name: "GRU"},
    ).with_numbers(_GRU_STATES, gru_state_numbers)


def gru_state_numbers(z: float, h_tilde: float, h_prev: float) -> Numbers:
    """Compute a GRU's state, and what comes of it where something is forgotten."""
    step = gru_with(z, h_tilde, h_prev)
    return Numbers(
        tuple(map(written, (z, h_tilde, h_prev))),
        float(step.h),
        {
            "swapped": float(gru_with(1 - z, h_tilde, h_prev).h),
            "coupling_forgotten": float(step.z) * h_prev + float(step.h_tilde),
            "candidate_forgotten": float(gru_with(z, 0.0, h_prev).h),
            "old_forgotten": float(gru_with(z, h_tilde, 0.0).h),
        },
    )


def without_forget_gate() -> Variant:
    """Return the one for a cell of 1997 that adds the same at several steps."""
    return Variant(
        "other_without_forget_gate",
        ("no_forget_gate",),
        "An LSTM of 1997 has no forget gate. Before the first step $C_0$ = {0}. At each of {1} steps the "
        "input gate is {2} and the candidate is {3}. What is C after them, to two digits after the point?",
        Tolerance(0.01, 2),
        Scale(-5, 12),
        Scale(-12, 12),
        (
            Mistake(
                "one_step",
                "One step only",
                "This is C after one step. Each further step adds the same once more.",
            ),
            Mistake(
                "start_forgotten",
                "The old state forgotten",
                "This is only what was added. Without a forget gate all of the old state stays.",
            ),
            Mistake(
                "input_gate_forgotten",
                "The input gate forgotten",
                "Here the whole candidate is added at each step. Only the share i of it is.",
            ),
            Mistake(
                "half_forgotten",
                "As if f were ½",
                "Here the old state is halved at each step, as by a forget gate of ½. This cell has none: "
                "it keeps everything.",
            ),
        ),
        "Nothing is forgotten: each step adds $i \\cdot \\tilde{C}$, so C is $C_0$ plus so many times that.",
        _FILE,
        {gates.PART.name: "Variants"},
    ).with_numbers(_ADDITIONS, without_forget_gate_numbers)


def without_forget_gate_numbers(C_0: float, steps: int, i: float, C_tilde: float) -> Numbers:
    """Compute the state of a cell without a forget gate, and what the mistakes take for it."""
    weights = {**dict.fromkeys(PARAMETERS, 0.0), "h_prev": 0.0}
    biases = {"b_i": float(np.log(i) - np.log1p(-i)), "b_C": float(np.arctanh(C_tilde))}

    def run(kind: str, start: float, **change: float) -> np.ndarray:
        C: np.ndarray = variant_run(kind, {**weights, **biases, "C_prev": start, **change}, np.zeros(steps)).C
        return C

    return Numbers(
        tuple(map(written, (C_0, steps, i, C_tilde))),
        float(run("lstm_1997", C_0)[-1]),
        {
            "one_step": float(run("lstm_1997", C_0)[0]),
            "start_forgotten": float(run("lstm_1997", 0.0)[-1]),
            "input_gate_forgotten": float(run("lstm_1997", C_0, b_i=np.inf)[-1]),
            "half_forgotten": float(run("lstm", C_0)[-1]),
        },
    )
