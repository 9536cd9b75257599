"""The equations of the cells, once, and the notations in which pages and charts write them.

They stand here as Python, in the names of `lstm.equations`: `@` is a matrix times a vector, `*` is ⊙, number
by number, and a list joins vectors.  A test parses `lstm.equations` and holds the two equal.
"""

import ast
from collections.abc import Callable
from typing import NamedTuple

from visualization.symbols import SYMBOLS


class Equation(NamedTuple):
    """What computes a symbol: its id, the right side, and the last step of it alone, from the sum z or tanh C
    on; None where that says nothing more."""

    symbol: str
    right: str
    last_step: str | None = None


EQUATIONS = {
    "lstm": (
        Equation("f", "sigmoid(W_f @ [h_prev, x] + b_f)", "sigmoid(z_f)"),
        Equation("i", "sigmoid(W_i @ [h_prev, x] + b_i)", "sigmoid(z_i)"),
        Equation("C_tilde", "tanh(W_C @ [h_prev, x] + b_C)", "tanh(z_C)"),
        Equation("C", "f * C_prev + i * C_tilde"),
        Equation("o", "sigmoid(W_o @ [h_prev, x] + b_o)", "sigmoid(z_o)"),
        Equation("h", "o * tanh(C)", "o * tanh_C"),
    ),
    "gru": (
        Equation("z", "sigmoid(W_z @ [h_prev, x] + b_z)", "sigmoid(z_z)"),
        Equation("r", "sigmoid(W_r @ [h_prev, x] + b_r)", "sigmoid(z_r)"),
        Equation("h_tilde", "tanh(W_h @ [r * h_prev, x] + b_h)", "tanh(z_h)"),
        Equation("h", "z * h_prev + (1 - z) * h_tilde"),
    ),
    "gru_reset_after": (
        Equation("z", "sigmoid(W_z @ [h_prev, x] + b_z)", "sigmoid(z_z)"),
        Equation("r", "sigmoid(W_r @ [h_prev, x] + b_r)", "sigmoid(z_r)"),
        Equation("h_tilde", "tanh(W_hx @ x + b_h + r * (W_hh @ h_prev + c_h))", "tanh(z_h)"),
        Equation("h", "z * h_prev + (1 - z) * h_tilde"),
    ),
    "rnn": (Equation("h", "tanh(W_h @ [h_prev, x] + b_h)", "tanh(z_h)"),),
    "readout": (Equation("y", "softmax(W_y @ h + b_y)", "softmax(logits)"),),
}


def equation(symbol: str, cell: str = "lstm") -> Equation:
    """The equation of a symbol in a cell.  Raises KeyError if there is none."""
    return {row.symbol: row for row in EQUATIONS[cell]}[symbol]


class Notation:
    """How an expression is written: as plain text, and in subclasses as markup."""

    functions = {"sigmoid": "σ", "tanh": "tanh", "softmax": "softmax"}
    times, matrix_times, minus = " ⊙ ", " · ", "−"

    def write(self, expression: str) -> str:
        """An expression of `EQUATIONS` in this notation."""
        return self._node(ast.parse(expression, mode="eval").body)

    def name(self, name: str) -> str:
        """A value or a weight: C_prev, W_f."""
        return SYMBOLS[name].letter if name in SYMBOLS else name

    def joined(self, vectors: list[str]) -> str:
        """Vectors one below the other."""
        return f"[{', '.join(vectors)}]"

    def call(self, function: str, argument: str) -> str:
        """A function of every number."""
        return f"{self.functions[function]}({argument})"

    def matrix_product(self, matrix: str, vectors: list[str]) -> str:
        """A matrix, by its name, times one vector or several that are joined."""
        vector = vectors[0] if len(vectors) == 1 else self.joined(vectors)
        return f"{self.name(matrix)}{self.matrix_times}{vector}"

    def _node(self, node: ast.expr) -> str:
        match node:
            case ast.Name(id=name):
                return self.name(name)
            case ast.Constant(value=number):
                return str(number)
            case ast.Call(func=ast.Name(id=function), args=[argument]):
                return self.call(function, self._node(argument))
            case ast.BinOp(left=ast.Name(id=matrix), op=ast.MatMult(), right=right):
                vectors = right.elts if isinstance(right, ast.List) else [right]
                return self.matrix_product(matrix, [self._node(vector) for vector in vectors])
            case ast.BinOp(left=left, op=ast.Mult(), right=right):
                return f"{self._factor(left)}{self.times}{self._factor(right)}"
            case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
                sign = "+" if isinstance(op, ast.Add) else self.minus
                return f"{self._node(left)} {sign} {self._node(right)}"
        raise ValueError(f"no equation is written with {ast.unparse(node)}")

    def _factor(self, node: ast.expr) -> str:
        sum_ = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub)
        return f"({self._node(node)})" if sum_ else self._node(node)


class Latex(Notation):
    r"""As a formula between dollars: o \odot \tanh(C)."""

    functions = {"sigmoid": r"\sigma", "tanh": r"\tanh", "softmax": r"\mathrm{softmax}"}
    times, matrix_times, minus = r" \odot ", r" \cdot ", "-"

    def name(self, name: str) -> str:
        letter, index = split_name(name)
        letter = rf"\tilde {letter[0]}" if letter.endswith("\u0303") else letter
        return f"{letter}_{{{index.replace('−', '-')}}}" if index else letter


class Html(Notation):
    """As HTML, with every value at its step: h<sub>t−1</sub>.

    mark(written, name) puts markup around a value, by its name, once it is written; weights stay bare.
    """

    def __init__(self, mark: Callable[[str, str], str] = lambda written, name: written) -> None:
        self.mark = mark

    def name(self, name: str) -> str:
        letter, index = split_name(name)
        written = f"{letter}<sub>{index or 't'}</sub>"
        return written if name.startswith(("W_", "b_", "c_")) else self.mark(written, name)


def split_name(name: str) -> tuple[str, str]:
    """A name as its letter and its index: C̃ and none, C and t−1, W and f."""
    if name in SYMBOLS:
        return SYMBOLS[name].letter, ""
    letter, _, index = name.partition("_")
    return letter, "t−1" if index == "prev" else index
