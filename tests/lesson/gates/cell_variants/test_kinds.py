"""The variants' equations are those of their textbook steps, and their names those of the address."""

import inspect

import pytest

from lesson.gates.cell_variants.kinds import KINDS, LINES, VARIANT_EQUATIONS, equation_lines
from lesson.gates.parameters import VARIANT
from lstm.variants.networks import VARIANTS
from lstm.variants.scalar import LSTM, parameters_of
from lstm.variants.textbook import STEPS
from tests.visualization.test_equations import as_parsed, same


def test_the_address_knows_every_variant():
    assert tuple(KINDS) == VARIANT.options
    assert [kind.name for kind in KINDS.values()] == list(VARIANTS) == list(VARIANT_EQUATIONS)


@pytest.mark.parametrize("kind", VARIANT_EQUATIONS)
def test_an_equation_is_the_textbooks_as_it_is_parsed(kind):
    textbook = [(name, right) for name, right, _ in as_parsed(inspect.getsource(STEPS[kind]))]
    assert [(row.symbol, same(row.right)) for row in VARIANT_EQUATIONS[kind]] == textbook


def test_exactly_the_lines_that_change_are_marked():
    changes = {
        kind.name: "".join(symbol[0] for symbol, line in zip(LINES, equation_lines(kind.name), strict=True)
                           if line["changes"])
        for kind in KINDS.values()
    }  # fmt: skip
    # C also begins C̃.
    assert changes == {"lstm_1997": "fC", "peephole": "fio", "coupled": "i", "min_lstm": "fiCCoh"}


def test_a_line_that_a_cell_does_not_have_is_empty():
    empty = {
        kind.name: [line["cell"] for line in equation_lines(kind.name)].count("") for kind in KINDS.values()
    }
    assert empty == {"lstm_1997": 1, "peephole": 0, "coupled": 0, "min_lstm": 1}


def lacks(kind):
    return [name for name in parameters_of(LSTM) if name not in parameters_of(kind)]


def test_what_a_cell_lacks():
    assert lacks("peephole") == []
    assert "b_i" in lacks("coupled") and "b_f" in lacks("lstm_1997")
    assert [name for name in lacks("min_lstm") if name.startswith("w")] == [
        "w_fh", "w_ih", "w_Ch", "w_oh", "w_ox"
    ]  # fmt: skip
