"""What the vectors show: one character's way through a small network, and what is counted of the network."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from lesson.frame.query import Query
from lesson.gates.parameters import CHARACTER, HIDDEN_UNITS, LETTERS, TRAINED
from lesson.gates.small_network import read_text, readable_text, untrained
from lesson.widgets.inline_html import inline_html
from lesson.widgets.source import Answer
from lstm import GRU, LSTM, RNN
from visualization.drawings.vectors import Way, counts, parameters_rows, picture

_KINDS = (RNN, GRU, LSTM)


def vectors(query: Query) -> Answer:
    """Answer along the training steps, along the characters, or for one setting.

    The text is a visitor's own: it is asked for by POST and stored nowhere but in the memory of what was
    trained on it.
    """
    text, complaint = readable_text(query.text(LETTERS))
    T, V, H = len(text), len(set(text)), int(query.number(HIDDEN_UNITS))
    positions = query.positions([TRAINED, CHARACTER.within(1, T, first_character(T))])
    read = cache(lambda steps: read_text(text, H, steps))  # once for all characters
    common, frames = _split([_frame(one, read) for one in positions])
    of_text = {"complaint": complaint or "", "first": first_character(T), "counted": _counted(T, V, H)}
    return {"common": {**common, **of_text}, "frames": frames}


def first_character(T: int) -> int:
    """Return the character, from 1, that is read first in a text of T characters."""
    return min(int(CHARACTER.start), T - 1)


def _frame(query: Query, read: Callable[[int], Way]) -> dict[str, Any]:
    """Return all that is drawn for one setting; a character beyond the text is its last one.

    read: returns the text's way through the network after so many training steps.
    """
    way = read(int(query.number(TRAINED)))
    return picture(way, min(int(query.number(CHARACTER)), len(way.text)) - 1)


def _split(frames: Sequence[dict[str, Any]]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return what all frames have alike, and the rest of each."""
    alike = {name: value for name, value in frames[0].items() if all(f[name] == value for f in frames)}
    return alike, [{n: value for n, value in frame.items() if n not in alike} for frame in frames]


def _counted(T: int, V: int, H: int) -> str:
    """Return what units, time steps, layers and cells are in the student's numbers, and the parameters."""
    networks = [untrained(kind, V, H) for kind in _KINDS]
    rnn, _, rnn_whole = counts(networks[0])
    lstm, _, lstm_whole = counts(networks[-1])
    points = (
        f"**Units**: $H = {H}$, so the gates, the candidate, C and h have {H} numbers each.",
        f"**Time steps**: $T = {T}$. The same weights are used {T} times, once for each character.",
        "**Layers**: 1. A second layer would have weights of its own, and read the $h_t$ of this layer.",
        f"**Cells**: one. It has {H} units and is used {T} times.",
    )
    closing = (
        "Each of the three gates and the candidate has a block of weights as large as the RNN's only one. "
        f"So an LSTM's cell has exactly {lstm / rnn:g} times the parameters of an RNN's cell ({lstm:,} and "
        f"{rnn:,}). The output layer is the same in both, so the whole network has "
        f"{lstm_whole / rnn_whole:.2f} times as many parameters."
    )
    items = "".join(f"<li>{inline_html(point)}</li>" for point in points)
    heading = inline_html(f"**Parameters, counted** for $H = {H}$ and $V = {V}$:")
    return f"<ul>{items}</ul><p>{heading}</p>{_table(networks)}<p>{inline_html(closing)}</p>"


def _table(networks: Sequence[RNN | GRU | LSTM]) -> str:
    head = "".join(f'<th scope="col">{kind.__name__}</th>' for kind in _KINDS)
    rows = ""
    for label, texts in parameters_rows(networks):
        cells = "".join(f"<td>{inline_html(text)}</td>" for text in texts)
        rows += f'<tr><th scope="row">{inline_html(label)}</th>{cells}</tr>'
    return f"<table><thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table>"
