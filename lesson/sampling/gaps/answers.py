"""What the part *Fill the gaps* asks while the gap is dragged: what could stand there, and how sure it is."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lesson.frame.memo import memo
from lesson.frame.query import Query
from lesson.sampling.gaps import sentences
from lesson.sampling.gaps.challenge import verdict_of
from lesson.sampling.gaps.filling import SHORTEST, Filling, filling_of, models, read_on
from lesson.sampling.gaps.results import BOTH, LEFT, READING_ON, RIGHT, Way, results
from lesson.sampling.parameters import GAP
from lesson.widgets.inline_html import inline_html
from lesson.widgets.source import Answer, Source
from visualization.text import visible

CANDIDATES, _OF_EACH = 8, 3  # rows of the charts, and how many each way has at least
_MISSING = f"A gap needs a text of at least {SHORTEST} characters that the models know."
_LABELS = {
    LEFT: "from the left", RIGHT: "from the right", BOTH: "both together", READING_ON: "left, reading on",
}  # fmt: skip
_MOST_BITS = 2.5  # at the end of the scale


def gaps(query: Query) -> Answer:
    """Answer along the gap's place, or for one: what each side and both together would fill in."""
    filling, queries = filling_of(query), query.positions([GAP])
    if filling is None:
        return {"common": _results(), "frames": [{"missing": _MISSING}] * len(queries)}
    frames = [_frame(filling, at) for at in range(len(filling.text))]
    return {
        "common": {**_results(), "text": filling.text},
        "frames": [frames[min(int(one.number(GAP)), len(frames)) - 1] for one in queries],
    }


def exact(query: Query) -> Answer:
    """Answer for one gap, with what the model from the left expects if it reads on after each candidate."""
    filling = filling_of(query)
    if filling is None:
        return {"frame": None}
    at = min(int(query.number(GAP)), len(filling.text)) - 1
    return {"frame": _frame(filling, at, read_on(filling.text, at))}


def _frame(filling: Filling, at: int, on: NDArray | None = None) -> dict[str, Any]:
    """Return the charts for a gap; on: what is expected by reading on, None where that is not computed."""
    ways = [filling.left[at], filling.right[at], filling.both[at], *([] if on is None else [on])]
    right, chars = int(filling.ids[at]), models().vocabulary.chars
    order = _candidates(ways, right)
    return {
        "at": at,
        "signs": [visible(chars[k]) for k in order],
        "shares": [[max(1, round(10_000 * float(way[k]))) for k in order] for way in ways],
        "right": order.index(right),
        "verdicts": [sentences.verdict(way, right) for way in ways],
        "words": sentences.place_in_words(filling, at),
        "check": verdict_of(filling, at),
        **({} if on is None else {"price": sentences.price(len(filling.text), at)}),
    }


def _candidates(ways: list[NDArray], right: int) -> list[int]:
    """Return whose bars are drawn: the likeliest of each way and the right one, by the product of both."""
    chosen, rank = {right}, 0
    by_rank = [np.argsort(-way, kind="stable") for way in ways]
    while rank < len(ways[0]) and (rank < 1 or len(chosen) < CANDIDATES):
        for order in by_rank:
            if rank < 1 or len(chosen) < CANDIDATES:
                chosen.add(int(order[rank]))
        rank += 1
    return sorted(chosen, key=lambda k: -ways[2][k])


@memo()
def _results() -> Mapping[str, Any]:
    """Return what was measured over many gaps: a row for each way."""
    ways = results().ways
    return {
        "rows": [{"label": label, **_row(ways[name])} for name, label in _LABELS.items()],
        "measured": inline_html(f"{sentences.measured()} {sentences.sides()}"),
    }


def _row(way: Way) -> dict[str, Any]:
    """Return the places of dots and of the ends of their intervals, in ten-thousandths of the scales."""
    bits = way.bits / _MOST_BITS, way.bits_half / _MOST_BITS
    return {
        "tracks": [_interval(way.right, way.right_half), _interval(*bits)],
        "says": [f"{way.right:.0%}", f"{way.bits:.2f}"],
        "alt": f"{way.right:.1%} ± {way.right_half:.1%} right, {way.bits:.2f} ± {way.bits_half:.2f} bits",
    }


def _interval(middle: float, half: float) -> list[int]:
    return [round(10_000 * value) for value in (middle, middle - half, middle + half)]


ANSWERS = {
    "sampling/gaps": Source(gaps, in_thread=True),
    "sampling/gaps_exact": Source(exact, slow=True),
}
