"""The calculations of the sampling page: softmax at several temperatures, surprise, top k and top p."""

import numpy as np

from lesson.course.worksheets.task import Task, gap, gaps
from lesson.widgets.catalogue import model
from lstm.sampling import distribution
from visualization.drawings.paper import paper_bars
from visualization.numbers import number

LETTERS, LOGITS = ("e", "a", "z"), (2.0, 1.0, 0.0)
TEMPERATURES = (1.0, 0.5, 2.0)
SURPRISING = (0.5, 0.25, 0.125, 0.5)  # probabilities of four characters that came
TOP_P = 0.8


def tasks() -> list[Task]:
    """Return the calculations."""
    return [_softmax(), _cuts(), _surprise()]


def probabilities(temperature: float = 1.0, **cut: float) -> list[str]:
    """Return the three probabilities as they are written."""
    return [number(p) for p in distribution(np.array(LOGITS), temperature, **cut)]


def _softmax() -> Task:
    logits = [f"{logit:g}" for logit in LOGITS]
    exponents = sorted({logit / t for logit in LOGITS for t in TEMPERATURES})
    powers = ", ".join(f"$e^{{{x:g}}}$ = {number(np.exp(x))}" for x in exponents)
    rows = [(f"$τ$ = {t:g}", *gaps(probabilities(t))) for t in TEMPERATURES]
    groups = {f"τ = {t:g}": distribution(np.array(LOGITS), t) for t in TEMPERATURES}
    return Task(
        "Softmax at three temperatures",
        (
            f"A network gives the logits {', '.join(logits)} to the characters {', '.join(LETTERS)}. Divide "
            "each by the temperature $τ$, compute $e$ to the power of the result, and divide by the sum of "
            "the three. Draw the bars.",
            f"{powers}.",
        ),
        (("", *LETTERS), *rows),
        lambda solved: paper_bars(LETTERS, groups, solved),
    )


def _cuts() -> Task:
    return Task(
        "Leave out the unlikely",
        (
            f"At $τ$ = 1: *top k* with $k$ = 2 keeps the two likeliest characters. *Top p* with $p$ = "
            f"{TOP_P} keeps the likeliest ones, one after the other, until their sum reaches $p$. Divide the "
            "kept probabilities by their sum.",
        ),
        (
            ("", *LETTERS),
            ("$k$ = 2", *gaps(probabilities(top_k=2))),
            (f"$p$ = {TOP_P}", *gaps(probabilities(top_p=TOP_P))),
        ),
    )


def _surprise() -> Task:
    bits = [-float(np.log2(p)) for p in SURPRISING]
    loss = float(np.nanmin(model("fables").history["validation_loss"]))
    return Task(
        "Surprise in bits",
        (
            "The surprise at a character is $-\\log_2 p$ bits. A text of four characters had these "
            f"probabilities. Its mean surprise is {gap(number(np.mean(bits)))} bits per character.",
            "One nat is $1 / \\ln 2$ = 1.44 bits. The LSTM of the fables has a validation loss of "
            f"{number(loss)} nats: {gap(number(loss / np.log(2)))} bits per character.",
        ),
        (("$p$", *map(str, SURPRISING)), ("bits", *gaps(number(b, 0) for b in bits))),
    )
