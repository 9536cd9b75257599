"""A network's way through a text as a picture's numbers and words: arrays in, plain lists out.

Letters: T steps, V characters, which are the inputs and the outputs, H hidden units.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray

from lstm.equations import LSTMStep
from lstm.network import Network
from visualization.equations import EQUATIONS, Html, equation, split_name
from visualization.numbers import number, other_units, recomputable
from visualization.symbols import SYMBOLS, owner
from visualization.text import visible

# The three gates and the candidate, as equations compute them, and the index of their W, b and z.
BLOCKS = {row.symbol: SYMBOLS[row.symbol].index for row in EQUATIONS["lstm"] if SYMBOLS[row.symbol].index}
# The sizes of their bars are comparable, so they have one scale.
FAMILIES = (
    ("C", "C_prev", "kept_part"),
    ("z_f", "z_i", "z_C", "z_o"),
    ("b_f", "b_i", "b_C", "b_o"),
    ("logits",),
)


class Way(NamedTuple):
    """What a network made of a text, every vector of every step.

    text: T characters; chars: V characters; ids (T,); h_prev, C_prev (T, H); step: each value (T, H);
    logits, y (T, V); losses: T − 1 numbers in nats, for the last character has no next one;
    weights: W_f (H, H + V), b_f (H,), … by the names of the textbook's arguments.
    """

    text: str
    chars: tuple[str, ...]
    ids: NDArray
    h_prev: NDArray
    C_prev: NDArray
    step: LSTMStep
    logits: NDArray
    y: NDArray
    losses: list[float]
    weights: Mapping[str, NDArray]


def hundredths(values: NDArray) -> list:
    """Numbers of any shape as nested lists of whole hundredths, rounded as `number` rounds."""
    return np.round(100 * np.asarray(values)).astype(int).tolist()


def picture(way: Way, t: int) -> dict[str, Any]:
    """All that is drawn for step t (from 0): numbers in hundredths, scales of the bars, and words."""
    T, H = way.h_prev.shape
    series = _series(way)
    weights = {gate: way.weights[f"W_{index}"] for gate, index in BLOCKS.items()}
    biases = {f"b_{index}": way.weights[f"b_{index}"] for index in BLOCKS.values()}
    right = way.y[np.arange(T - 1), way.ids[1:]]  # (T − 1,): what it gave to the true next characters
    return {
        "t": t,
        "H": H,
        "V": len(way.chars),
        "text": [visible(char) for char in way.text],
        "chars": [visible(char) for char in way.chars],
        "equations": equations(H, len(way.chars)),
        "x": int(way.ids[t]),
        "target": int(way.ids[t + 1]) if t < T - 1 else None,
        "right": hundredths(right),
        "values": {name: hundredths(values[t]) for name, values in series.items()}
        | {name: hundredths(values) for name, values in biases.items()},
        "W": {gate: hundredths(matrix) for gate, matrix in weights.items()},
        "scales": _scales(series | biases | {"W": np.array(list(weights.values()))}),
        "texts": {"say": describe_step(way, t), "mean": describe_text(way), "loss": _loss(way, t)},
    }


class _WithShapes(Html):
    """With the shape below every vector and matrix: a matrix (rows, columns) times a vector, and a bias."""

    def __init__(self, rows: int, columns: int) -> None:
        super().__init__()
        self.rows, self.columns = rows, columns

    def name(self, name: str) -> str:
        letter, index = split_name(name)
        written = f'<i data-symbol="{owner(name)}">{letter}<sub>{index or "t"}</sub></i>'
        return _term(written, self.rows) if name.startswith("b_") else written

    def matrix_product(self, matrix: str, vectors: list[str]) -> str:
        vector = f"<span>{self.joined(vectors)}</span>" if len(vectors) > 1 else vectors[0]
        left = _term(self.name(matrix), self.rows, self.columns)
        return f"{left}{self.matrix_times}{_term(vector, self.columns)}"

    def whole(self, symbol: str, right: str) -> str:
        """Both sides of an equation."""
        return f"{_term(self.name(symbol), self.rows)} = {self.write(right)}"


def _term(written: str, *sizes: int) -> str:
    shape = f"({sizes[0]},)" if len(sizes) == 1 else f"({', '.join(map(str, sizes))})"
    return f'<span class="term">{written}<small>{shape}</small></span>'


def equations(H: int, V: int) -> dict[str, list]:
    """The equations of the gates, the candidate and the prediction y, with the shapes for these sizes.

    Each is a list of texts and elements, [tag, attributes, *children], for the browser makes no markup of
    strings here.
    """
    cell, output = _WithShapes(H, H + V), _WithShapes(V, H)
    written = {name: cell.whole(name, equation(name).right) for name in BLOCKS}
    written["y"] = output.whole("y", equation("y", "readout").right)
    return {name: _children(ElementTree.fromstring(f"<p>{html}</p>")) for name, html in written.items()}


def _children(element: ElementTree.Element) -> list:
    parts: list = [element.text]
    for child in element:
        parts += [[child.tag, child.attrib, *_children(child)], child.tail]
    return [part for part in parts if part]


def describe_step(way: Way, t: int) -> str:
    """What happened at step t, in words computed from the numbers."""
    step, before = way.step, way.C_prev[t]
    unit = int(np.abs(step.C[t] - before).argmax())
    change = (
        f"At “{visible(way.text[t])}” the cell state of unit {unit} changes most: it keeps "
        f"{number(step.f[t, unit])} of its old value {number(before[unit])} and adds "
        f"{number(step.added_part[t, unit])}. "
    )
    if t == len(way.losses):
        return change + "The text ends here, so there is no next character to predict, and no loss."
    right = way.ids[t + 1]
    return change + (
        f"The network gives the right next character, “{visible(way.chars[right])}”, a probability of "
        f"{_probability(way.y[t, right])}: the loss is {number(way.losses[t])} nats.{_twin(way, t)}"
    )


def _twin(way: Way, t: int) -> str:
    """A sentence about a step that reads the same character and has another target, if there is one."""
    same = [s for s in np.flatnonzero(way.ids[:-1] == way.ids[t]) if way.ids[s + 1] != way.ids[t + 1]]
    if not same:
        return ""
    return (
        f" Step {same[0] + 1} reads “{visible(way.text[t])}” too, but the next character there is "
        f"“{visible(way.text[same[0] + 1])}”. Only the old h and C tell the network which of the two it "
        "reads."
    )


def describe_text(way: Way) -> str:
    """The mean loss over the text, beside that of uniform guessing."""
    T, V = len(way.text), len(way.chars)
    loss = float(np.mean(way.losses))
    whose = f"The mean loss over the {T - 1} predictions" if T > 2 else "The loss of the one prediction"
    return (
        f"{whose} in this text is {number(loss)} nats ({other_units(loss)}). Uniform guessing among the "
        f"V = {V} characters has a loss of ln {V} = {number(math.log(V))}."
    )


def _loss(way: Way, t: int) -> str:
    """The loss of step t as an equation with its numbers."""
    if t == len(way.losses):
        return "The last character has no target and no loss."
    right = way.ids[t + 1]
    return (
        f"loss = −ln y[“{visible(way.chars[right])}”] ≈ −ln {_probability(way.y[t, right])} "
        f"≈ {number(way.losses[t])} nats"
    )


def _probability(value: float) -> str:
    """A probability to three digits that count, or as many as it takes to get the loss by its logarithm."""
    least = max(3, 2 - math.floor(math.log10(value)))
    return recomputable([value], lambda one: -math.log(one[0]), least)[0]


def _series(way: Way) -> dict[str, NDArray]:
    """Every vector that changes from step to step, by its name: (T, H), or (T, V)."""
    names = [*BLOCKS, *(f"z_{index}" for index in BLOCKS.values())]
    names += ["kept_part", "added_part", "C", "tanh_C", "h"]
    values = {name: getattr(way.step, name) for name in names}
    return values | {"h_prev": way.h_prev, "C_prev": way.C_prev, "logits": way.logits, "y": way.y}


def _scales(arrays: Mapping[str, NDArray]) -> dict[str, int]:
    """In hundredths, the size at which a bar is full: that of the whole text, but at least 1.

    What is not listed can't be beyond 1.
    """
    scales = {}
    for family in (*FAMILIES, ("W",)):
        most = max(float(np.abs(arrays[name]).max()) for name in family)
        scales |= dict.fromkeys(family, max(100, math.ceil(100 * most)))
    return scales


def parameters_rows(networks: Sequence[Network]) -> list[tuple[str, list[str]]]:
    """The parameters of networks, counted as they are: a name in Markdown, and a text of each network."""
    rows: dict[str, list[str]] = {}
    for net in networks:
        cell, _, whole = counts(net)
        W, b, Wy, by = (net.weights[name] for name in ("W", "b", "Wy", "by"))
        for label, text in (
            ("blocks of weights", f"{len(net.letters)}"),
            ("weights $W$", f"{_shape(W)}: {W.size:,}"),
            ("biases $b$", f"{_shape(b)}: {b.size:,}"),
            ("**cell**", f"**{cell:,}**"),
            ("output layer $W_y$", f"{_shape(Wy)}: {Wy.size:,}"),
            ("output layer $b_y$", f"{_shape(by)}: {by.size:,}"),
            ("**whole network**", f"**{whole:,}**"),
        ):
            rows.setdefault(label, []).append(text)
    return list(rows.items())


def counts(net: Network) -> tuple[int, int, int]:
    """The numbers of parameters of the cell, the output layer, and the whole network."""
    sizes = {name: net.weights[name].size for name in ("W", "b", "Wy", "by")}
    cell, output = sizes["W"] + sizes["b"], sizes["Wy"] + sizes["by"]
    return cell, output, net.weights.flat.size


def _shape(array: NDArray) -> str:
    return f"({', '.join(map(str, array.shape))}{',' * (array.ndim == 1)})"
