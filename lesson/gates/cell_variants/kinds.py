"""The four cells of the part *Variants*: names, equations, and what can be said of each in a line."""

import ast
from collections.abc import Mapping
from typing import NamedTuple

from lstm.variants.scalar import LSTM, PEEPHOLES
from visualization.equations import EQUATIONS, Equation, Html
from visualization.symbols import owner


class Kind(NamedTuple):
    """A variant: its name in `lstm.variants`, what it is called in a sentence, and what it changes."""

    name: str
    spoken: str
    change: str


KINDS: dict[str, Kind] = {
    "LSTM of 1997": Kind(
        "lstm_1997",
        "the LSTM of 1997",
        "**No forget gate:** $f_t = 1$ at every step. All else is as in the course's LSTM.",
    ),
    "peepholes": Kind(
        "peephole",
        "the LSTM with peepholes",
        "**The gates read C, too:** f and i read $C_{t-1}$, o reads the new $C_t$. Each gate has one more "
        "weight for each unit: $p_f$, $p_i$, $p_o$. With all three at 0 it is the course's LSTM.",
    ),
    "coupled f and i": Kind(
        "coupled",
        "the LSTM with coupled gates",
        "**One gate for both:** $i_t = 1 - f_t$. What is written takes the place of what is forgotten.",
    ),
    "minLSTM": Kind(
        "min_lstm",
        "the minLSTM",
        "**Nothing reads h:** gates and candidate read only $x_t$. f and i are divided by their sum, the "
        "candidate has no tanh, and there is no output gate: $h_t = C_t$.",
    ),
}
VARIANT_EQUATIONS: dict[str, tuple[Equation, ...]] = {
    "lstm_1997": (
        Equation("i", "sigmoid(W_i @ [h_prev, x] + b_i)"),
        Equation("C_tilde", "tanh(W_C @ [h_prev, x] + b_C)"),
        Equation("C", "C_prev + i * C_tilde"),
        Equation("o", "sigmoid(W_o @ [h_prev, x] + b_o)"),
        Equation("h", "o * tanh(C)"),
    ),
    "peephole": (
        Equation("f", "sigmoid(W_f @ [h_prev, x] + p_f * C_prev + b_f)"),
        Equation("i", "sigmoid(W_i @ [h_prev, x] + p_i * C_prev + b_i)"),
        Equation("C_tilde", "tanh(W_C @ [h_prev, x] + b_C)"),
        Equation("C", "f * C_prev + i * C_tilde"),
        Equation("o", "sigmoid(W_o @ [h_prev, x] + p_o * C + b_o)"),
        Equation("h", "o * tanh(C)"),
    ),
    "coupled": (
        Equation("f", "sigmoid(W_f @ [h_prev, x] + b_f)"),
        Equation("i", "1 - f"),
        Equation("C_tilde", "tanh(W_C @ [h_prev, x] + b_C)"),
        Equation("C", "f * C_prev + i * C_tilde"),
        Equation("o", "sigmoid(W_o @ [h_prev, x] + b_o)"),
        Equation("h", "o * tanh(C)"),
    ),
    "min_lstm": (
        Equation("f", "sigmoid(W_f @ x + b_f)"),
        Equation("i", "sigmoid(W_i @ x + b_i)"),
        Equation("C_tilde", "W_C @ x + b_C"),
        Equation("C", "f / (f + i) * C_prev + i / (f + i) * C_tilde"),
        Equation("h", "C"),
    ),
}
LINES = tuple(row.symbol for row in EQUATIONS[LSTM])  # f, i, C̃, C, o, h


class _Lines(Html):
    """The notation of the live cell, with fractions and peepholes."""

    def __init__(self) -> None:
        super().__init__(lambda written, name: f'<i style="color:var(--{owner(name)})">{written}</i>')

    def name(self, name: str) -> str:
        if name in PEEPHOLES:
            return f"{name[0]}<sub>{name[2:]}</sub>"
        return super().name(name)

    def _node(self, node: ast.expr) -> str:
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            return f"{self._factor(node.left)} / {self._factor(node.right)}"
        return super()._node(node)


def equation_lines(kind: str) -> list[dict[str, str | bool]]:
    """Return a row for each line of the LSTM: its symbol, both equations as HTML, and whether it changes.

    cell is "" where a variant has no such line.
    """
    ours: Mapping[str, str] = {row.symbol: row.right for row in EQUATIONS[LSTM]}
    theirs = {row.symbol: row.right for row in VARIANT_EQUATIONS[kind]}
    write = _Lines()
    return [
        {
            "symbol": write.write(symbol),
            "lstm": write.write(ours[symbol]),
            "cell": write.write(theirs[symbol]) if symbol in theirs else "",
            "changes": theirs.get(symbol) != ours[symbol],
        }
        for symbol in LINES
    ]
