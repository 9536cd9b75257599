"""What the comparison of the cheat sheet asks while its controls are moved."""

from lesson.cheatsheet.cells import advice, row_of_times, rows, times_label
from lesson.cheatsheet.parameters import CHARACTERS, FAR, HIDDEN_UNITS, MUCH, WHERE
from lesson.frame.query import Query
from lesson.widgets.inline_html import inline_html
from lesson.widgets.source import Answer, Source

COMPARED, TIMES, ADVICE = "cheatsheet/compared", "cheatsheet/times", "cheatsheet/advice"  # addresses
TIMED_ROW = 2  # of the table


def compared_answer(query: Query) -> Answer:
    """Answer with the table for some units and characters; the row of times is still to be measured."""
    table = rows(*_sizes(query))
    table.insert(TIMED_ROW, [times_label(), *"…" * 3, "not measured here"])
    return {"common": {}, "frames": [{"rows": [list(map(inline_html, row)) for row in table]}]}


def times_answer(query: Query) -> Answer:
    """Answer with the row of times, measured when it is asked for the first time."""
    return {"row": list(map(inline_html, row_of_times(*_sizes(query))))}


def _sizes(query: Query) -> tuple[int, int]:
    """Return hidden units and characters."""
    return int(query.choice(HIDDEN_UNITS)), int(query.choice(CHARACTERS))


def advice_answer(query: Query) -> Answer:
    """Answer with what three answers of the visitor's point to."""
    words = advice(query.choice(FAR), query.choice(WHERE), query.choice(MUCH))
    return {"common": {}, "frames": [{"words": inline_html(f"{words} *The recommendation is an opinion.*")}]}


ANSWERS = {
    COMPARED: Source(compared_answer, in_thread=True),
    TIMES: Source(times_answer, slow=True),
    ADVICE: Source(advice_answer),
}
