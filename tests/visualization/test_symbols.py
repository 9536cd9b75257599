"""The table of symbols, and what repeats it because it can't import it."""

import json
import re
from pathlib import Path

import pytest

from lstm import equations
from lstm.diagnosis import observation
from lstm.interpret.surgery import GATES as GATES_OF_CELL
from lstm.network import NETWORKS
from visualization.equations import EQUATIONS, Notation
from visualization.palette import CELLS, PRIMARY, SYMBOL_TONES, colour
from visualization.symbols import (
    GATES,
    SYMBOLS,
    VALUES_OF_CELL,
    letters_of_cell,
    owner,
    symbol_of_index,
    symbol_of_letter,
)

ROOT = Path(__file__).parents[2]
BLOCKS = [row for row in EQUATIONS["lstm"] if SYMBOLS[row.symbol].index]
STEPS = {"lstm": equations.LSTMStep, "gru": equations.GRUStep, "rnn": equations.RNNStep}


@pytest.mark.parametrize("cell", STEPS)
def test_a_symbol_is_a_value_of_the_textbooks_step(cell):
    assert set(VALUES_OF_CELL[cell]) <= set(STEPS[cell]._fields)
    assert set(VALUES_OF_CELL[cell]) == {row.symbol for row in EQUATIONS[cell]}


@pytest.mark.parametrize("kind", STEPS)
def test_the_library_has_the_same_letters(kind):
    """`lstm` may not import the table: what it repeats is equal."""
    table = [SYMBOLS[name] for name in VALUES_OF_CELL[kind]]
    gates = [symbol.id for symbol in table if symbol.role == "gate"]
    assert sorted(gates) == sorted(GATES_OF_CELL[kind]), "lstm/interpret/surgery.py"
    for symbol in table:
        assert observation.symbol(symbol.id) == symbol.letter, "lstm/diagnosis/observation.py"
    indices = {row.right[row.right.index("W_") + 2] for row in EQUATIONS[kind] if "W_" in row.right}
    assert {letter.lower() for letter in NETWORKS[kind].letters} == {index.lower() for index in indices}
    net = NETWORKS[kind](2, 3, 2, seed=0)
    assert {f"W_{index}" for index in indices} <= set(net.equation_arguments())


def test_every_letter_and_every_index_leads_to_its_symbol():
    assert [symbol_of_letter(symbol.letter) for symbol in SYMBOLS.values()] == list(SYMBOLS.values())
    assert symbol_of_index("C").id == "C_tilde" and symbol_of_index("h", "gru").id == "h_tilde"
    assert letters_of_cell("gru") == ("h", "h̃", "z", "r") and GATES == ("f", "i", "o", "z", "r")
    for wrong in (lambda: symbol_of_index("q"), lambda: symbol_of_letter("q"), lambda: owner("q")):
        with pytest.raises(KeyError):
            wrong()


@pytest.mark.parametrize(
    ("value", "symbol"),
    [
        ("f", "f"),
        ("W_C", "C_tilde"),
        ("w_oh", "o"),
        ("z_i", "i"),
        ("C_prev", "C"),
        ("tanh_C", "C"),
        ("y", "x"),
        ("w_zh", "z"),
        ("b_r", "r"),
        ("z_h", "h_tilde"),
    ],
)
def test_a_value_without_a_letter_has_the_colour_of_its_symbol(value, symbol):
    assert owner(value) == symbol


def test_cells_and_theme_have_the_colours_of_symbols():
    assert colour("LSTM") == colour("C") == PRIMARY["light"] and CELLS["GRU"] == SYMBOL_TONES["z"]
    assert len({*SYMBOL_TONES} & {*CELLS}) == 0


def script(path, constant):
    """What an object of a script says, as JSON would."""
    text = (ROOT / "assets" / path).read_text("utf-8")
    inside = re.search(rf"const {constant} = (\{{.*?\}})", text, re.DOTALL)[1]
    inside = re.sub(r"//[^\n]*", "", inside)
    return json.loads(re.sub(r",(\s*\})", r"\1", re.sub(r"(\w+):", r'"\1":', inside)))


def test_the_scripts_have_the_names_letters_and_owners_of_the_table():
    """JavaScript can't import the table: what it repeats is equal."""
    owners = script("vectors/parts.js", "SYMBOL")
    assert len(owners) > 10 and {name: owner(name) for name in owners} == owners, "assets/vectors/parts.js"
    functions = {row.symbol: Notation().write(row.last_step).partition("(")[0] for row in BLOCKS}
    assert script("vectors/parts.js", "GATES") == {
        name: [SYMBOLS[name].short, SYMBOLS[name].letter, function, SYMBOLS[name].index]
        for name, function in functions.items()
    }, "assets/vectors/parts.js"
    for path, constant, field in (
        ("cell/draw.js", "SPOKEN", "name"),
        ("cell/chart/parts.js", "ROW_NAMES", "letter"),
    ):
        repeated = script(path, constant)
        assert repeated == {name: getattr(SYMBOLS[name], field) for name in repeated}, path


@pytest.mark.parametrize(
    "path", [*ROOT.glob("assets/*/*.html"), *ROOT.glob("assets/*/*.js")], ids=lambda p: p.name
)
def test_a_drawing_asks_for_symbols_that_there_are(path):
    for names in re.findall(r'data-(?:own|symbol)="([\w ]+)"', path.read_text("utf-8")):
        assert {owner(name) for name in names.split()} <= set(SYMBOLS), path


def test_no_other_file_says_a_symbols_colour():
    """The theme's own orange is another thing, though it looks like the cell state's."""
    tones = {tone for row in SYMBOL_TONES.values() for tone in row.values()} - set(PRIMARY.values())
    folders = ("visualization", "lesson", "pages", "lstm", "assets", ".streamlit")
    for folder in folders:
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in (".py", ".js", ".css", ".html", ".toml"):
                name = path.relative_to(ROOT).as_posix()
                text = path.read_text("utf-8").lower()
                copied = [tone for tone in tones if tone in text]
                assert not copied or name == "visualization/symbols.py", f"{name} repeats {copied}"
