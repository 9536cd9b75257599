"""The calculations of the page Series: baselines, a sequence length, a forget bias."""

import numpy as np

from lesson.course.worksheets.task import Task, gap, gaps
from lesson.series.parameters import LENGTH
from lstm.series.baselines import last_value_loss, mean_loss
from lstm.series.reach import left_of_state, share_together
from lstm.series.streams import GAP
from visualization.numbers import number, scientific

SERIES = (1.0, 3.0, 2.0, 2.0, 4.0, 3.0)  # what is predicted from the second value on
BIASES = (1, 3, 5)


def tasks() -> list[Task]:
    """Return the calculations."""
    return [_baselines(), _lengths(), _biases()]


def losses() -> tuple[float, float]:
    """Compute the losses of predicting the mean, and of predicting the last value, on the small series."""
    values = np.array(SERIES)[:, None]
    return mean_loss(values[1:]), last_value_loss(values[:-1, :, None], values[1:])


def _baselines() -> Task:
    values = [number(value, 0) for value in SERIES]
    errors = np.diff(SERIES)
    mean, last = losses()
    return Task(
        "Baselines first",
        (
            f"A series: {', '.join(values)}. Each value but the first is predicted. The first method: the "
            "value before it comes again.",
            f"Its loss, the mean of the squared errors: {gap(number(last))}. The mean of the five values is "
            f"{gap(number(float(np.mean(SERIES[1:]))))}; to predict it always has a loss of "
            f"{gap(number(mean))}. A network must do better than {gap(number(min(mean, last)))}.",
        ),
        (
            ("value", *values[1:]),
            ("the last value", *values[:-1]),
            ("squared error", *gaps(number(error**2, 0) for error in errors)),
        ),
    )


def _lengths() -> Task:
    lengths = [int(option) for option in LENGTH.options if int(option) >= GAP // 2]
    return Task(
        "How long a sequence?",
        (
            f"A spike is asked for {GAP} steps later. Series are cut into sequences of $L$ steps, wherever a "
            f"spike stands. Of $L$ places for a question, how many have the spike {GAP} steps earlier in the "
            "same sequence? As a share:",
        ),
        (
            ("$L$", *map(str, lengths)),
            ("share of the questions", *gaps(number(share_together("spike", length)) for length in lengths)),
        ),
    )


def _biases() -> Task:
    return Task(
        "How much is left?",
        (f"Without other inputs $f$ = σ($b_f$). What is left of C after {GAP} steps, $f^{{{GAP}}}$?",),
        (
            ("$b_f$", *map(str, BIASES)),
            ("$f$", *(f"{float(left_of_state(bias, 1)[-1]):.4f}" for bias in BIASES)),
            ("left", *gaps(scientific(float(left_of_state(bias, GAP)[-1])) for bias in BIASES)),
        ),
    )
