"""The question of the part *Variants*."""

from lesson.gates.cell_variants.solutions import PASSING
from lesson.widgets.question import Answer, Question
from lesson.widgets.questions import WORDS
from lstm.equations import sigmoid
from visualization.numbers import number

TABLE = "challenges"  # what the table of challenges, and a challenge in the picture, give away


def questions() -> list[Question]:
    """Return the questions of this part."""
    bias = PASSING["lstm_1997"]["keep"]["b_i"]
    return [
        Question(
            "no_forget_gate",
            "the LSTM of 1997 has no forget gate: $f_t = 1$ at every step. Which challenge can it no "
            "longer pass?",
            (
                Answer(
                    "keep",
                    "Keep: hold C through noise",
                    "$f_t = 1$ keeps all of C, better than any forget gate can. But the input gate must stay "
                    f"shut: $b_i = {bias:g}$ lets {number(float(sigmoid(bias)), 4)} of $\\tilde C_t$ in.",
                ),
                Answer(
                    "count",
                    "Count: add up the pulses",
                    "A counter needs exactly this: keep all of C, and add 1 at each pulse. The LSTM of 1997 "
                    "passes with the input gate and the candidate alone.",
                ),
                Answer(
                    "reset",
                    "Reset: erase C at a signal",
                    "Without a forget gate a step can only *add* to C. What it adds depends on x and h. If "
                    "the signal comes at the first step, h is 0 for every C. So C = 1 and C = −1 can't both "
                    "become 0. The forget gate was invented for this (Gers, Schmidhuber & Cummins 2000).",
                ),
            ),
            right="reset",
            covers=(WORDS, TABLE),
        )
    ]
