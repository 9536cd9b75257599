"""The start page's two live pictures: a network unrolled over a word, and a signal that is carried along."""

from functools import lru_cache

import numpy as np

from lesson.start.carry import carry_signal
from lesson.widgets.catalogue import model
from lesson.widgets.display import theme
from lesson.widgets.drawing import Drawing
from lesson.widgets.unknown_characters import readable
from visualization.drawings.carry import describe_signal
from visualization.drawings.heat import heat
from visualization.numbers import percent
from visualization.palette import colour
from visualization.text import visible

_BELT, _UNROLLED = Drawing("belt"), Drawing("unrolled")
STEPS = 30
_BIASES = [k / 4 for k in range(33)]  # 0 to 8
_START = 5.0
_UNITS, LONGEST = 16, 12  # units of h that are drawn, characters of a word


def draw_belt() -> None:
    """Draw the signal, with a slider for the forget bias that answers while it moves."""
    tone = theme()
    _BELT.draw(
        {
            **_table(),
            "colours": [colour("LSTM", tone), colour("RNN", tone)],
            "names": ["LSTM: its cell state C", "plain RNN: its hidden state h (dashed)"],
            "label": "Forget bias",
            "start": _BIASES.index(_START),
        },
        key="belt",
    )


@lru_cache(maxsize=1)
def _table() -> dict:
    """Return both curves in thousandths, and what is said of them, at every position of the slider."""
    signals = [carry_signal(STEPS, bias) for bias in _BIASES]
    return {
        "positions": [f"{bias:g}" for bias in _BIASES],
        "lstm": [np.rint(1000 * signal.lstm).astype(int).tolist() for signal in signals],
        "rnn": np.rint(1000 * signals[0].rnn).astype(int).tolist(),
        "says": [describe_signal(signal) for signal in signals],
    }


def draw_unrolled(word: str) -> bool:
    """Draw the LSTM of the fables over a word; characters that it does not know are named and left out.

    Returns whether anything is left to be drawn.
    """
    checkpoint = model("fables")
    vocabulary = checkpoint.vocabulary
    text = readable(word[:LONGEST], vocabulary)
    if not text:
        return False
    reading = checkpoint.net.run(vocabulary.encode(text))
    h, next_ = reading.values["h"][:, 0, :_UNITS], reading.probabilities[:, 0]
    map_ = heat(h, "h", np.arange(h.shape[1]), theme())
    steps = [
        {
            "char": visible(char),
            "state": [map_.palette[np.searchsorted(map_.bounds, code, side="right")] for code in column],
            "expects": f"{visible(vocabulary.chars[int(p.argmax())])} {percent(p.max())}",
        }
        for char, column, p in zip(text, map_.codes.T, next_, strict=True)
    ]
    words = "; ".join(f"after {step['char']} it expects {step['expects']}" for step in steps)
    _UNROLLED.draw({"steps": steps, "alt": f"One network over {len(steps)} steps: {words}."}, key="unrolled")
    return True
