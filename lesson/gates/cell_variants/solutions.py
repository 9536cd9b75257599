"""What each cell can do in the challenges: a setting that passes, or why there is none.

Weights and biases that a setting does not name are 0.  A variant may use all that it has, not only what the
challenge unlocks for the LSTM: here it is asked what the *cell* can do.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lesson.gates.challenges.catalogue import CHALLENGES
from lesson.gates.challenges.challenge import HIGH, Challenge, Setting
from lesson.gates.challenges.checker import Verdict, judge, trials_of_attempt
from lesson.gates.challenges.half_life import CHALLENGE as HALF_LIFE
from lesson.gates.challenges.light_switch import CHALLENGE as LIGHT_SWITCH
from lstm.scalar import PARAMETERS
from lstm.variants.scalar import LSTM, PEEPHOLES, parameters_of, variant_run
from visualization.numbers import number

_COUNT = {"w_ix": 8.0, "b_i": -4.0, "w_Cx": 5.0}
_ERASE = {"w_fx": -8.0, "b_f": 5.0}
# What passes, found by hand: by cell, then by challenge.
PASSING: dict[str, dict[str, Setting]] = {
    "lstm_1997": {
        "keep": {"b_i": -8.0},
        "count": _COUNT,
        "store-hide-show": {**_COUNT, "w_ox": -8.0, "b_o": -4.0},
    },
    "coupled": {
        "keep": {"b_f": 8.0},
        "half-life": {"b_f": 2.0},
        "reset": _ERASE,
        "store-hide-show": {**_ERASE, "w_Cx": 5.0, "w_ox": -8.0, "b_o": -4.0},
        "light-switch": {**_ERASE, "w_Ch": -8.0, "b_C": 2.0, "b_o": 6.0},
    },
    "min_lstm": {
        "keep": {"b_f": 8.0, "b_i": -8.0},
        "half-life": {"b_i": -2.5},
        "reset": {**_ERASE, "w_ix": 8.0, "b_i": -5.0},
    },
}


def solution(kind: str, challenge: str) -> Setting | None:
    """Return all weights and biases of a cell that passes, by name; None if it can't pass.

    The LSTM's are those of the challenge's worked solution, and with its peepholes at 0 it is the LSTM.
    """
    if kind in (LSTM, "peephole"):
        values = CHALLENGES[challenge].solved_setting
        return {name: values.get(name, 0.0) for name in parameters_of(kind)}
    setting = PASSING[kind].get(challenge)
    return None if setting is None else {**dict.fromkeys(parameters_of(kind), 0.0), **setting}


def verdict(kind: str, challenge: str, setting: Mapping[str, float], attempt: int) -> Verdict:
    """Let the challenges' own checker judge a cell with these weights and biases."""
    trials = trials_of_attempt(CHALLENGES[challenge], attempt)
    peepholes = {name: setting.get(name, 0.0) for name in PEEPHOLES}
    return judge(
        free(challenge), setting, trials, lambda values, x: variant_run(kind, {**values, **peepholes}, x)
    )


def free(challenge: str) -> Challenge:
    """Return a challenge that unlocks all weights and biases."""
    return replace(CHALLENGES[challenge], unlocked=PARAMETERS)


def short_reasons() -> dict[tuple[str, str], str]:
    """Return why a cell can't pass, in a few words, by cell and challenge."""
    return {
        ("lstm_1997", "half-life"): "nothing fades",
        ("lstm_1997", "reset"): "nothing is erased",
        ("lstm_1997", "light-switch"): "a step adds less than 1",
        ("coupled", "count"): "C stays below 1",
        ("min_lstm", "count"): "the steps get smaller",
        ("min_lstm", "store-hide-show"): "no output gate",
        ("min_lstm", "light-switch"): "no gate reads h",
    }


def reasons() -> dict[tuple[str, str], str]:
    """Return why a cell can't pass, in a sentence or two with computed numbers, by cell and challenge."""
    lamp = _lamp()
    two, ten, largest, least = _smaller_steps()
    first_drop = 1 - 0.5 ** (1 / 5)
    slack = float(HALF_LIFE.band(np.zeros(1), 1.0)[1][0]) - (1 - first_drop)
    return {
        ("lstm_1997", "half-life"): "At the first step $h_0 = 0$ and x = 0, whatever $C_0$ is. So the same "
        f"number is added to $C_0 = 1$, where it must be about −{number(first_drop)} (±{number(slack)}), and "
        f"to $C_0 = -1$, where it must be about +{number(first_drop)}.",
        ("lstm_1997", "reset"): "If the signal comes at step 1, $h_0 = 0$. So the same number is added to "
        "$C_0 = 1$ and to $C_0 = -1$. They stay 2 apart, and not both can be near 0.",
        ("lstm_1997", "light-switch"): "h can be 0.5 only if C is at least "
        f"{number(lamp)}. So a flip has to change C by {number(2 * lamp)}, and one step adds less than 1.",
        ("coupled", "count"): "$f_t + i_t = 1$, so $C_t$ is a weighted mean of $C_{t-1}$ and a candidate "
        "below 1. It starts at 0 and stays below 1; a 1.00 is rounded. But two pulses ask for at "
        f"least {number(float(CHALLENGES['count'].band(np.ones(2), 0.0)[0][1]), 1)}.",
        ("min_lstm", "count"): "Each pulse takes C the same share of the way to the candidate, which is at "
        f"most {number(largest, 0)} here. So of pulses in a row each adds less than the one before. The "
        f"goal allows at most {number(two, 1)} after two pulses. Then C is at most {number(ten, 1)} after "
        f"ten, and the goal asks for at least {number(least, 1)}. (With far larger weights the steps would "
        "be nearly equal.)",
        ("min_lstm", "store-hide-show"): "h is C. While it waits, C must be within 0.1 of 0, whether "
        "something was stored or not. A show multiplies both by the same f' and adds the same, so they stay "
        "less than 0.2 apart.",
        ("min_lstm", "light-switch"): "At every pulse f', i' and C̃ are the same, and a larger $C_{t-1}$ "
        "never gives a smaller $C_t$. So the pulse that turns the lamp on can't turn it off.",
    }


def _lamp() -> float:
    """Return the least C at which h can be as large as the light switch asks."""
    low, _ = LIGHT_SWITCH.band(np.ones(1), 0.0)
    return float(np.arctanh(low[0]))


def _smaller_steps() -> tuple[float, float, float, float]:
    """Return what two pulses may add, what ten add then, a minLSTM's largest candidate, what ten must reach.

    The second and the third are at most so large.
    """
    low, high = CHALLENGES["count"].band(np.ones(10), 0.0)
    largest, two = 2 * HIGH, float(high[1])
    stays = np.sqrt(1 - two / largest)  # the least share of the distance that a pulse leaves
    ten = float(largest * (1 - stays**10))
    least = float(low[9])
    assert ten < least
    return two, ten, largest, least
