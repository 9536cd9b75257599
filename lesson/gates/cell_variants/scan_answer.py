"""What the scan asks: the minLSTM's steps (a, b), joined round by round, and the loop beside it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lesson.frame.query import Query
from lesson.gates.input_presets import preset
from lesson.gates.parameters import SCAN_BIAS, SCAN_INPUT, SCAN_STEPS
from lesson.gates.sliders import START
from lesson.gates.tables import hundredths, packed
from lesson.widgets.inline_html import inline_html
from lesson.widgets.source import Answer
from lstm.variants.scalar import variant_run
from lstm.variants.scan import Steps, loop, rounds_of, scan_rounds
from visualization.numbers import number, recomputable, scientific


def scan_picture(query: Query) -> Answer:
    """Answer with all rounds of a scan and with the loop, along the forget bias or for one setting.

    numbers of a frame: (R + 1, 2, T), a and b after each round, then (T,) of the loop, in hundredths.
    words: for each round, with gaps; gaps: what each frame puts there.
    """
    T = int(query.choice(SCAN_STEPS))
    x = preset(query.choice(SCAN_INPUT), T)
    biases = np.array([one.number(SCAN_BIAS) for one in query.positions([SCAN_BIAS])])
    step = variant_run("min_lstm", {**START, "b_f": biases, "C_prev": 0.0}, x[:, None])
    rounds = scan_rounds(step.f_share, step.added_part)  # each (T, P)
    states = loop(step.f_share, step.added_part, np.zeros(len(biases)))
    pairs = [pairs_of_round(k, T) for k in range(rounds_of(T) + 1)]
    frames = []
    for k in range(len(biases)):
        of_rounds = [Steps(one.a[:, k], one.b[:, k]) for one in rounds]
        whole = hundredths([[one.a, one.b] for one in of_rounds])
        frames.append(
            {
                "rounds": packed(whole),
                "loop": packed(hundredths(states[:, k])),
                "gaps": [gaps(r, of_rounds, states[:, k]) for r in range(len(rounds))],
            }
        )
    words = [round_words(k, T) for k in range(len(pairs))]
    return {"common": {"T": T, "pairs": pairs, "words": words}, "frames": frames}


def pairs_of_round(k: int, T: int) -> dict[str, Any]:
    """Return what round k joins: how far apart, which entries are joined, and which are finished after it.

    joined: the later one of each pair, from 0.  finished: how many entries stand for all steps from 1 on.
    """
    apart = 2 ** (k - 1) if k else 0
    return {"apart": apart, "joined": list(range(apart, T)) if k else [], "finished": min(T, 2**k)}


def round_words(k: int, T: int) -> str:
    """Say as HTML what has happened up to a round, with gaps {0}, {1}, … for the numbers of `gaps`."""
    last = rounds_of(T)
    if k == 0:
        text = (
            "**Before the first round:** every entry is one step, $C_t = a_t \\cdot C_{t-1} + b_t$. All "
            f"{T} are known at once, because they depend on x alone."
        )
        return inline_html(text)
    apart, finished = 2 ** (k - 1), min(T, 2**k)
    with_which = "its left neighbour, the one before it" if k == 1 else f"the one {apart} before it"
    text = (
        f"**Round {k} of {last}:** each entry from {apart + 1} on is joined with {with_which}, "
        f"all at the same time. Entry {finished}: a ≈ {{0}} · {{1}} ≈ {{2}} and "
        "b ≈ {3} · {4} + {5} ≈ {6}. "
    )
    if k < last:
        text += (
            f"Entries 1 to {finished} now stand for all steps from the first on: their b is $C_t$. After {k} "
            f"{'step' if k == 1 else 'steps'} the loop has come only to $C_{k}$."
        )
    else:
        text += f"All b are now $C_t$: **{last} rounds instead of {T} steps.** The loop's numbers are {{7}}."
    return inline_html(text)


def gaps(k: int, rounds: list[Steps], states: NDArray) -> list[str]:
    """Return the numbers that the words of a round have gaps for."""
    if k == 0:
        return []
    apart, t = 2 ** (k - 1), min(len(states), 2**k) - 1
    now, before = rounds[k], rounds[k - 1]
    of_a = recomputable([before.a[t], before.a[t - apart]], lambda two: two[0] * two[1])
    later, *of_b = recomputable(
        [before.a[t], before.b[t - apart], before.b[t]], lambda three: three[0] * three[1] + three[2]
    )
    error = float(np.abs(now.b - states).max())
    same = "exactly the same" if error == 0 else f"the same up to {scientific(error)}, which is rounding"
    sums = [*of_a, number(now.a[t]), later, *map(_bracket, of_b), number(now.b[t])]
    return [*sums, *([same] if k == len(rounds) - 1 else [])]


def _bracket(text: str) -> str:
    return f"({text})" if text.startswith("−") else text
