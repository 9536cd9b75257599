"""The table of equations is the textbook's, and whatever else writes an equation writes that one.

If `lstm/equations.py` changes, these tests name every place that still says the old equation.
"""

import ast
import copy
import inspect
import re
from pathlib import Path

import pytest

from lstm import equations
from lstm.cells import GRUCell, LSTMCell, RNNCell
from visualization.equations import EQUATIONS, Equation, Html, Latex, Notation, equation
from visualization.symbols import SYMBOLS

ROOT = Path(__file__).parents[2]
STEPS = {
    "lstm": equations.lstm_step, "gru": equations.gru_step, "rnn": equations.rnn_step,
    "gru_reset_after": equations.gru_reset_after_step,
}  # fmt: skip
# The fourth cell's docstring names its textbook step: its equations are too long for a line.
CELLS = {"lstm": LSTMCell, "gru": GRUCell, "rnn": RNNCell}
# The two parts of a matrix, as the table names them.
PARTS = {"W_h[..., :H]": "W_hh", "W_h[..., H:]": "W_hx"}


# -- equal to the code --


class Textbook(ast.NodeTransformer):
    """NumPy's calls as the table writes them, and what computes them for values that are no symbols."""

    def __init__(self, computed):
        self.computed = computed

    def visit_Name(self, node):
        return self.computed.get(node.id, node)

    def visit_Subscript(self, node):
        return ast.Name(PARTS[ast.unparse(node)], ast.Load())

    def visit_Call(self, node):
        function = ast.unparse(node.func).removeprefix("np.")
        arguments = [self.visit(argument) for argument in node.args]
        if function == "matvec":
            return ast.BinOp(arguments[0], ast.MatMult(), arguments[1])
        if function == "concatenate":
            return ast.List(arguments, ast.Load())
        return ast.Call(ast.Name(function, ast.Load()), arguments, [])


def as_parsed(source):
    """The equations of a textbook step, from its source: symbol, right side as the table writes it, and its
    last step alone."""
    computed = {}
    for line in ast.parse(source).body[0].body:
        if not isinstance(line, ast.Assign) or ast.unparse(line.value) == "h_prev.shape[-1]":
            continue
        name, last = line.targets[0].id, ast.unparse(Textbook({}).visit(copy.deepcopy(line.value)))
        value = Textbook(computed).visit(line.value)
        if name in SYMBOLS:
            yield name, ast.unparse(value), last
        else:
            computed[name] = value


def same(expression):
    return ast.unparse(ast.parse(expression, mode="eval"))


@pytest.mark.parametrize("cell", STEPS)
def test_the_table_is_the_textbook_as_it_is_parsed(cell):
    textbook = list(as_parsed(inspect.getsource(STEPS[cell])))
    assert [row.symbol for row in EQUATIONS[cell]] == [name for name, *_ in textbook]
    for row, (name, right, last) in zip(EQUATIONS[cell], textbook, strict=True):
        assert same(row.right) == right, f"{name}: visualization/equations.py and lstm/equations.py differ"
        assert row.last_step is None or same(row.last_step) == last, name


@pytest.mark.parametrize(
    ("old", "new", "symbol"),
    [
        ("W_f, concat) + b_f", "W_f, concat) - b_f", "f"),
        ("h = o * tanh_C", "h = o * C", "h"),
        ("i * C_tilde", "(1 - f) * C_tilde", "C"),
    ],
)
def test_another_equation_in_the_textbook_is_noticed(old, new, symbol):
    source = inspect.getsource(equations.lstm_step)
    changed = set(as_parsed(source.replace(old, new))) - set(as_parsed(source))
    assert old in source and [name for name, *_ in changed] == [symbol]


# -- the notations --


def test_the_notations_write_an_equation():
    right = equation("h", "gru").right
    assert Notation().write(right) == "z ⊙ h_prev + (1 − z) ⊙ h̃"
    assert Latex().write(right) == r"z \odot h_{t-1} + (1 - z) \odot \tilde h"
    assert Html().write(right) == ("z<sub>t</sub> ⊙ h<sub>t−1</sub> + (1 − z<sub>t</sub>) ⊙ h̃<sub>t</sub>")
    marked = Html(lambda written, name: f"<b id={name}>{written}</b>").write(equation("C_tilde").right)
    assert marked == (
        "tanh(W<sub>C</sub> · [<b id=h_prev>h<sub>t−1</sub></b>, <b id=x>x<sub>t</sub></b>] + b<sub>C</sub>)"
    )


@pytest.mark.parametrize("expression", ["f / C", "-f", "f(x, h)", "W_f @ x @ h", "q[0]"])
def test_what_no_equation_needs_has_no_notation(expression):
    with pytest.raises(ValueError, match="no equation"):
        Notation().write(expression)


# -- whatever else writes an equation --


def written_equations(text):
    """Equations in a text of plain letters, as (symbol, right side): those with a product, and no slopes."""
    left = "|".join(sorted({s.letter for s in SYMBOLS.values()}, key=len, reverse=True))
    return re.findall(rf"(?<![\w.∂])({left}) = ([^\n;:\"]*?[⊙·][^\n;:\"]*)", text)


def known(letter):
    """How plain text may write the equation of a letter: with ⊙ or with ·, of gates alike without index.

    z is also the sum that goes into a gate.
    """
    rows = [row for cell in EQUATIONS.values() for row in cell if Notation().name(row.symbol) == letter]
    texts = {Notation().write(row.right) for row in rows}
    texts |= {text.partition("(")[2].removesuffix(")") for text in texts if letter == "z"}
    texts |= {shortened(text) for text in texts}
    return texts | {text.replace("⊙", "·") for text in texts} | {without_index(text) for text in texts}


def shortened(text):
    """As the kernel writes it, which has the GRU's product with h under a name of its own."""
    return text.replace(f"({FROM_H})", "from_h").replace("W_hx", "W_h")


FROM_H = "W_hh · h_prev + c_h"


def without_index(text):
    return re.sub(r"(?<=[Wb])_\w", "", text)


def value(text):
    """What a right side comes to for some numbers; None if it is more than products and sums of them."""
    plain = text.replace("C̃", "C_tilde").replace("h̃", "h_tilde").replace("−", "-")
    plain = re.sub(r"[⊙·]", "*", plain).rstrip(" .")
    numbers = {name: 1.1 + 0.13 * k for k, name in enumerate([*SYMBOLS, "h_prev", "C_prev"])}
    if not set(re.findall(r"[^\W\d]\w*", plain)) <= set(numbers):
        return None
    try:
        return round(eval(plain, {"__builtins__": {}}, numbers), 9)
    except SyntaxError:
        return None


def outside(letter, right):
    """Whether a right side is none of the equations of its letter, in whole, in part (…) or rearranged."""
    if "…" in right:
        pieces = [piece.strip(" +.") for piece in right.split("…")]
        return not any(all(piece in text for piece in pieces) for text in known(letter))
    if any(right.startswith(text) for text in known(letter)):
        return False
    return value(right) is None or value(right) not in {value(text) for text in known(letter)}


PLAIN = [
    path
    for folder in ("lstm", "exercises", "lesson", "pages", "visualization")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if written_equations(path.read_text("utf-8"))
]


@pytest.mark.parametrize("path", PLAIN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_an_equation_in_a_comment_or_a_sentence_is_the_textbooks(path):
    wrong = [f"{a} = {b}" for a, b in written_equations(path.read_text("utf-8")) if outside(a, b)]
    assert wrong == [], f"{path.relative_to(ROOT)} says something else than visualization/equations.py"


def test_equations_in_comments_are_found():
    assert {"lstm/cells/lstm.py", "lstm/interpret/surgery.py", "exercises/catalogue.py"} <= {
        path.relative_to(ROOT).as_posix() for path in PLAIN
    }
    right = Notation().write(equation("C").right)
    assert outside("C", right.replace("+", "−")) and not outside("C", f"{right}.")
    assert not outside("h", "h̃ + z ⊙ (h_prev − h̃)") and outside("h", "h_prev + z ⊙ (h_prev − h̃)")
    assert not outside("C", "f ⊙ C_prev + …") and outside("C", "… + i ⊙ C_prev")


@pytest.mark.parametrize("kind", CELLS)
def test_a_cells_docstring_has_its_equations(kind):
    """Gates alike are written once, without their index: f, i, o = σ(W · [h_prev, x] + b)."""
    said = {}
    for part in CELLS[kind].__doc__.splitlines()[0].rstrip(".").split("; "):
        left, _, right = part.partition(" = ")
        said |= dict.fromkeys(left.split(", "), right)
    for row in EQUATIONS[kind]:
        letter, right = Notation().name(row.symbol), Notation().write(row.right)
        assert said.pop(letter) in (right, without_index(right), f"{right.partition('(')[0]}(…)")
    assert said == {}


def test_every_equation_has_two_sides():
    for rows in EQUATIONS.values():
        for row in rows:
            assert isinstance(row, Equation) and ast.parse(row.right, mode="eval")
