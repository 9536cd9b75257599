"""What the GRU's challenge asks while its sliders are moved, and when it is checked.

Letters: T steps, P positions of the slider in hand.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lesson.frame.query import Query
from lesson.gates.challenges import count
from lesson.gates.challenges.answers import MOST_ATTEMPTS, failure, failure_words
from lesson.gates.challenges.challenge import Trial, example
from lesson.gates.challenges.checker import check, trials_of_attempt
from lesson.gates.challenges.sequences import pulses
from lesson.gates.gru.challenge import CHALLENGE
from lesson.gates.gru.settings import START, look_of_sliders, setting_along
from lesson.gates.parameters import GRU_COUNT, GRU_SEQUENCE
from lesson.gates.tables import band_edges, hundredths
from lesson.widgets.inline_html import inline_html
from lesson.widgets.source import Answer
from lstm.equations import GRUStep, LSTMStep
from lstm.scalar import scalar_gru_run, scalar_run
from visualization.numbers import number
from visualization.symbols import SYMBOLS

ROWS = ("z", "r", "h_tilde")  # over time, below h
SECOND = 2  # the pulse that no GRU can count


def run(query: Query) -> Answer:
    """Answer with runs of the GRU along a sequence, for every position of a slider or for what is set."""
    queries = query.positions(GRU_COUNT.values())
    setting = {**START, **setting_along(queries, GRU_COUNT)}
    trial, name = _sequence(query)
    x = trial.x
    step = scalar_gru_run({**setting, "h_prev": 0.0}, x[:, None])
    lstm = scalar_run(count.CHALLENGE.solved_setting, x)
    return {
        "common": {
            "x": hundredths(x).tolist(),
            "sequence": name,
            "asked": band_edges(trial.low, trial.high),
            "count": band_edges(*count.band(x, 0.0)),
            "C": hundredths(lstm.C).tolist(),
        },
        "frames": [
            {
                "h": hundredths(step.h[:, p]).tolist(),
                "rows": {name: hundredths(getattr(step, name)[:, p]).tolist() for name in ROWS},
                "proof": proof(x, _at(step, p), lstm),
                "alt": run_words(x, step.h[:, p], lstm.C),
            }
            for p in range(len(queries))
        ],
    }


def verdict(query: Query) -> Answer:
    """Answer with what a check of the setting says, in words and as the sequence that fails."""
    attempt = query.whole("attempt", 0, MOST_ATTEMPTS, 0)
    result = check(CHALLENGE, setting_of_query(query), attempt)
    if result.trial is None:
        words = f"**Solved.** {result.sentence} {CHALLENGE.ending}"
        return {"passed": True, "words": inline_html(words), "fails": ""}
    return {
        "passed": False,
        "words": failure_words(result),
        "fails": failure(result),
        "sequence": f"{attempt}-{result.number}",
        "step": result.step,
    }


def setting_of_query(query: Query) -> dict[str, float]:
    """Return what the sliders are set to; raises QueryError for what they can't be."""
    return {name: query.number(slider) for name, slider in GRU_COUNT.items()}


def proof(x: NDArray, gru: GRUStep, lstm: LSTMStep) -> list[str]:
    """Say in three lines, with the numbers of this run, why no GRU counts further; none without two pulses.

    gru, lstm: a run of each on the input x (T,), every value (T,).
    """
    if pulses(x)[-1] < SECOND:
        return []
    t = int((pulses(x) == SECOND).argmax())
    old, z, share, h_tilde, h = (
        number(float(value)) for value in (gru.h[t - 1], gru.z[t], 1 - gru.z[t], gru.h_tilde[t], gru.h[t])
    )
    most = number(float(np.abs(gru.h).max()))
    least = float(count.band(x, 0.0)[0][t])
    f, C_prev, i, C_tilde, C = (
        number(float(value)) for value in (lstm.f[t], lstm.C[t - 1], lstm.i[t], lstm.C_tilde[t], lstm.C[t])
    )
    lines = (
        f"**The new h lies between the old h and $\\tilde h$**, because z and 1 − z add up to 1. At the "
        f"second pulse (step {t + 1}) your cell has z = {z}: "
        f"{z} · {_signed(old)} + {share} · {_signed(h_tilde)} = {h}.",
        f"**$\\tilde h$ is a tanh, so it lies between −1 and 1, and $h_0$ is 0.** So h lies there at every "
        f"step, whatever the weights are. In this run h is at most {most} away from 0.",
        f"**But the second pulse asks for at least {number(least, 1)}.** The LSTM gets there, because f "
        f"and i are two gates, and both can be near 1: {f} · {_signed(C_prev)} + {i} · {_signed(C_tilde)} = "
        f"{C}.",
    )
    return [inline_html(line) for line in lines]


def run_words(x: NDArray, h: NDArray, C: NDArray) -> str:
    """Say where a run ends; h of the GRU and C of the LSTM that counts, each (T,)."""
    came = int(pulses(x)[-1])
    return (
        f"After {len(x)} steps {came or 'no'} pulse{'' if came == 1 else 's'} had come, and h is "
        f"{number(float(h[-1]))}. C of the LSTM that counts is {number(float(C[-1]))}."
    )


def _signed(text: str) -> str:
    """Return a number as a factor: a negative one in brackets."""
    return f"({text})" if text.startswith("−") else text


def _at(step: GRUStep, p: int) -> GRUStep:
    return GRUStep(*(value[:, p] for value in step))


def _sequence(query: Query) -> tuple[Trial, str]:
    """Return the sequence in view and its name; the example where a link names none that there is."""
    attempt, _, which = query.text(GRU_SEQUENCE).partition("-")
    if (
        all(part.isascii() and part.isdecimal() for part in (attempt, which))
        and int(attempt) <= MOST_ATTEMPTS
    ):
        trials = trials_of_attempt(CHALLENGE, int(attempt))
        if 1 <= int(which) <= len(trials):
            return trials[int(which) - 1], f"{int(attempt)}-{int(which)}"
    return example(CHALLENGE), ""


def look() -> dict[str, Any]:
    """Return what the browser needs besides the answers."""
    return {
        "rows": ROWS,
        "letters": {name: SYMBOLS[name].letter for name in ROWS},
        **look_of_sliders(GRU_COUNT),
    }
