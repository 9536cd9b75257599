"""What is asked of the texts that the networks write on their own: looked up in a table."""

from collections.abc import Iterable
from typing import Any

from lesson.frame.query import Query
from lesson.sampling.own_mistakes.free_sentences import CLEAR, free_in_words
from lesson.sampling.own_mistakes.measured import NETWORKS, Written, ranges, written
from lesson.sampling.parameters import BY_WORDS, FREE_MEASURE, FREE_TEMPERATURE
from lesson.widgets.inline_html import inline_html
from lesson.widgets.source import Answer

TRUE_TEXT = "true text"


def free(query: Query) -> Answer:
    """Answer for every temperature, or for one."""
    measure = query.choice(FREE_MEASURE)
    temperatures = [one.number(FREE_TEMPERATURE) for one in query.positions([FREE_TEMPERATURE])]
    true = {TRUE_TEXT: _values(written()["LSTM", None], measure)}
    top = _top(measure)
    return {
        "common": {"top": top, "ranges": [f"{first}–{last}" for first, last in ranges()], "measure": measure},
        "frames": [
            {
                "curves": true | {name: _values(written()[name, temperature], measure) for name in NETWORKS},
                "words": inline_html(words := free_in_words(temperature, measure)),
                "alt": words.replace("**", ""),
            }
            for temperature in temperatures
        ],
    }


def _values(row: Written, measure: str) -> dict[str, Any]:
    """Return a curve in hundredths of bits, or of per cents, and two standard errors to both sides."""
    scale, values, errors = (
        (100, row.known_words, row.known_error) if measure == BY_WORDS else (1, row.surprise, row.error)
    )
    ends = zip(values, errors, strict=True)
    return {
        "values": _hundredths(scale * value for value in values),
        "errors": [
            _hundredths(scale * (mean + side * CLEAR * one) for side in (-1, 1)) for mean, one in ends
        ],
    }


def _hundredths(values: Iterable[float]) -> list[int]:
    return [round(100 * value) for value in values]


def _top(measure: str) -> int:
    """Return the end of the axis, the same at all temperatures: in bits or per cents."""
    if measure == BY_WORDS:
        return 100
    return 1 + int(max(max(row.surprise) for row in written().values()))
