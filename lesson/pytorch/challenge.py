"""The challenge of the page: find one unit's weights of one gate among a library's rows."""

from typing import NamedTuple

import streamlit as st

from lesson.frame.glossary import prose
from lesson.widgets.solved import mark_solved, solved
from lstm.exchange import Layout
from visualization.charts.weight_blocks import Stack
from visualization.symbols import SYMBOLS

NAME, TITLE = "find-the-row", "Find the place"  # a row, in Keras a column
UNIT = 5
_WHERE = {
    "PyTorch": "row of `weight_hh_l0`", "Keras": "column of `recurrent_kernel`", "ONNX": "row of `R[0]`",
}  # fmt: skip


class Verdict(NamedTuple):
    """Whether a row is the right one, and what there is to say about it."""

    solved: bool
    sentence: str


def show(stack: Stack, layout: Layout) -> None:
    """Show the challenge for the cell and the library that are chosen, and check an answer."""
    with st.container(border=True):
        letter, where = stack.letters[-1], _WHERE[layout.library]
        done = " :material/check: *solved*" if NAME in solved("pytorch") else ""
        symbol = SYMBOLS[stack.symbols[-1]].letter
        prose(
            f"**Challenge: find the place.**{done} `net.W{letter}[{UNIT}]` holds the weights with which one "
            f"unit computes {symbol}. Which {where} holds this unit's weights for $h$? Count from 0, "
            "as Python does."
        )
        rows = len(stack.letters) * stack.hidden_size
        answer = st.number_input(
            "Its number", 0, rows - 1, None, 1, key=f"pytorch_row_{letter}_{layout.library}", width=160,
        )  # fmt: skip
        if answer is None:
            return
        verdict = check(stack, layout, int(answer))
        if verdict.solved:
            mark_solved("pytorch", NAME)
        (st.success if verdict.solved else st.info)(verdict.sentence)


def check(stack: Stack, layout: Layout, row: int) -> Verdict:
    """Say whose weights a library's row has, and whether it is the one that is asked for."""
    count = len(stack.letters)
    place, unit = divmod(row, stack.hidden_size)
    letter = layout.order[count][place]
    line = "column" if layout.library == "Keras" else "row"
    there = layout.name(count, letter)
    words = (
        f"In {layout.library} {line} {row} is number {unit} in the block of {there}; in this course it is "
        f"`net.W{letter}[{unit}]`."
    )
    if (letter, unit) == (stack.letters[-1], UNIT):
        return Verdict(True, f"Yes. {words}")
    return Verdict(False, f"Not yet. {words} First find the right block, then the number in this block.")
