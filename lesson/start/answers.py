"""What the start page asks: the network of the fables over a word of the visitor's."""

from typing import Any

import numpy as np

from lesson.frame.query import Query
from lesson.start.parameters import WORD
from lesson.widgets.catalogue import model
from lesson.widgets.source import Answer, Source
from lesson.widgets.unknown_characters import known_part, unknown_html
from visualization.drawings.heat import heat
from visualization.numbers import percent
from visualization.text import visible

UNROLLED = "start/unrolled"  # address
UNITS = 16  # of h, that are drawn
BOXES = 12  # that are drawn at most
_ABOUT = (
    "This LSTM was trained on fables. Under each box is the character that the network reads. The box shows "
    f"{UNITS} of the 128 numbers of the state h: numbers below 0 are blue, numbers above 0 are orange. Above "
    "the box is the character that the network expects next, with its probability. Type a word of your own."
)
_NOTHING = "Type a word. An LSTM that was trained on fables then reads it character by character."


def unrolled_answer(query: Query) -> Answer:
    """Answer with the LSTM over a word, step by step; characters that it does not know are named."""
    word, vocabulary = query.text(WORD), model("fables").vocabulary
    text = known_part(word, vocabulary)
    steps = _steps(text[:BOXES])
    too_long = [f"Only the first {BOXES} characters are read here."] if len(text) > BOXES else []
    words = "; ".join(f"after {step['char']} it expects {step['expects']}" for step in steps)
    count = "1 step" if len(steps) == 1 else f"{len(steps)} steps"
    frame = {
        "steps": steps,
        "alt": f"One network over {count}: {words}." if steps else _NOTHING,
        "about": _ABOUT if steps else _NOTHING,
        "left_out": " ".join([*too_long, unknown_html(word, vocabulary)]).strip(),
    }
    return {"common": {}, "frames": [frame]}


def _steps(text: str) -> list[dict[str, Any]]:
    """Return what is drawn of each step: a character, the state as places in a palette, what is expected."""
    if not text:
        return []
    checkpoint = model("fables")
    vocabulary = checkpoint.vocabulary
    reading = checkpoint.net.run(vocabulary.encode(text))
    h, next_ = reading.values["h"][:, 0, :UNITS], reading.probabilities[:, 0]
    map_ = heat(h, "h", np.arange(UNITS), "light")  # the palette is the page's, by its theme
    return [
        {
            "char": visible(char),
            "state": np.searchsorted(map_.bounds, column, side="right").tolist(),
            "expects": f"{visible(vocabulary.chars[int(p.argmax())])} {percent(p.max())}",
        }
        for char, column, p in zip(text, map_.codes.T, next_, strict=True)
    ]


ANSWERS = {UNROLLED: Source(unrolled_answer, in_thread=True)}
