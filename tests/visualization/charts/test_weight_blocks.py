"""The picture of a cell's weights: every block once, where the library has it."""

import pytest

from lstm.exchange import KERAS, LAYOUTS, ONNX, PYTORCH
from visualization.charts.weight_blocks import Stack, describe_weight_blocks, plot_weight_blocks

LSTM = Stack(("c", "f", "i", "o"), ("C_tilde", "f", "i", "o"), 128, 59)
GRU = Stack(("h", "z", "r"), ("h_tilde", "z", "r"), 8, 5)
RNN = Stack(("h",), ("h",), 8, 5)


def blocks(stack, layout, gate=""):
    """The rectangles that are drawn, below our own."""
    chart = plot_weight_blocks(stack, layout, gate)
    frame = chart.layer[0].data
    return frame[len(stack.letters) * 3 :]


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("stack", [LSTM, GRU, RNN])
def test_no_two_blocks_lie_upon_each_other(stack, layout):
    frame = plot_weight_blocks(stack, layout).layer[0].data
    places = [(row.x, row.x2, row.y, row.y2) for row in frame.itertuples()]
    for k, (x, x2, y, y2) in enumerate(places):
        assert 0 <= x < x2 <= 100 and y < y2
        others = places[k + 1 :]
        assert not any(x < b2 and b < x2 and y < d2 and d < y2 for b, b2, d, d2 in others)


@pytest.mark.parametrize(
    ("stack", "layout", "labels"),
    [
        (LSTM, PYTORCH, ["i", "f", "g", "o"]),
        (LSTM, ONNX, ["i", "o", "f", "c"]),
        (GRU, PYTORCH, ["r", "z", "n"]),
        (GRU, KERAS, ["z", "r", "h"]),
    ],
)
def test_the_blocks_are_in_the_librarys_order(stack, layout, labels):
    first = [row.label for row in blocks(stack, layout).itertuples() if "[:, " in row.where]
    in_x = first[: len(labels)] if layout is KERAS else first[::2]
    assert in_x == labels


def test_the_chosen_gate_is_marked_in_both():
    frame = plot_weight_blocks(LSTM, PYTORCH, "f").layer[0].data
    assert set(frame[frame.chosen].symbol) == {"f"} and len(frame[frame.chosen]) == 7
    assert plot_weight_blocks(LSTM, PYTORCH).layer[0].data.chosen.all()


def test_the_words_say_both_orders_and_the_rows_of_the_gate():
    assert describe_weight_blocks(LSTM, PYTORCH, "C_tilde") == (
        "The rows of W are those of C̃, f, i, o here; the rows in PyTorch are those of i, f, g, o. "
        "C̃: rows 0–127 here, rows 256–383 there."
    )
    assert "the columns in Keras are those of z, r, h" in describe_weight_blocks(GRU, KERAS)
