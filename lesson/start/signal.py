"""The start page's second picture: a signal that is carried along."""

from functools import lru_cache

import numpy as np

from lesson.frame.style import theme
from lesson.start.carry import carry_signal
from lesson.widgets.drawing import Drawing
from visualization.drawings.carry import describe_signal
from visualization.palette import colour

_DRAWING = Drawing("signal")
STEPS = 30
_BIASES = [k / 4 for k in range(33)]  # 0 to 8
_START = 5.0


def draw_signal() -> None:
    """Draw the signal, with a slider for the forget bias that answers while it moves."""
    tone = theme()
    _DRAWING.draw(
        {
            **_table(),
            "colours": [colour("LSTM", tone), colour("RNN", tone)],
            "names": ["LSTM: cell state C", "plain RNN: hidden state h (dashed)"],
            "label": "Forget bias",
            "start": _BIASES.index(_START),
        },
        key="signal",
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
