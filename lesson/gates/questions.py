"""The questions of the gates page: the confusions that are known to happen, one each.

Numbers in a reply are computed by the textbook, for the case that the question sets the cell to.  Texts and
replies may be reworded freely, ids stay; the old wording of an answer goes to its `former`.
"""

from collections.abc import Mapping

from lesson.gates.covers import CURVES, EQUATIONS, LABELS
from lesson.gates.sliders import START
from lesson.widgets.question import Answer, Question
from lesson.widgets.questions import WORDS
from lstm.scalar import PARAMETERS, half_life, scalar_step
from visualization.equations import Latex, equation
from visualization.numbers import number

SHUT, OPEN = -8.0, 8.0  # biases that shut a gate and open it, as far as the sliders go
KEEP = {"b_f": OPEN, "b_i": SHUT, "C_prev": 2.0}
HIDE = {"b_f": OPEN, "b_i": SHUT, "b_o": SHUT, "C_prev": 3.0}
LARGE = {"b_f": OPEN, "b_i": SHUT, "b_o": OPEN, "C_prev": 4.0}
FADE = {"x": 0.0, "b_i": SHUT, "w_fh": 0.0, "w_fx": 0.0, "C_prev": 1.0}


def _written_values(change: Mapping[str, float]) -> dict[str, str]:
    """Return the values of a cell as they are written."""
    step = scalar_step({**START, **change})
    return {name: number(value) for name, value in step._asdict().items() if value.ndim == 0}


def one_step() -> list[Question]:
    """Return those about one cell and one step."""
    return [_keep(), _hide(), _constants(), _squash(), _states()]


def over_time() -> list[Question]:
    """Return those about the cell over time."""
    return [_half_life(), _time_steps()]


def _keep() -> Question:
    v = _written_values(KEEP)
    return Question(
        "keep",
        "the forget gate is $f_t = 1$. What happens to the old state $C_{t-1}$?",
        (
            Answer(
                "forgets",
                "The cell forgets it",
                "The name is misleading: $f_t$ is the share that is **kept**. At 1 all of $C_{t-1}$ stays; "
                "at 0 all of it is gone.",
                former=("It forgets it",),
            ),
            Answer(
                "keeps",
                "The cell keeps it",
                "$f_t \\odot C_{t-1}$ with $f_t = 1$ is $C_{t-1}$. For example, if C was "
                f"{number(KEEP['C_prev'])} before the step, it is still {v['C']} after it. The input gate "
                "can still add something to C.",
                former=("It keeps it",),
            ),
            Answer(
                "depends",
                "It depends on $x_t$",
                "Here $f_t$ is already 1, so all of $C_{t-1}$ is kept, whatever $x_t$ is. Only what the "
                "input gate adds can still change C.",
            ),
        ),
        right="keeps",
        setting=KEEP,
        covers=(WORDS, EQUATIONS, LABELS, "keep_numbers"),
    )


def _hide() -> Question:
    v = _written_values(HIDE)
    return Question(
        "hide",
        f"$C_t = {HIDE['C_prev']:g}$ and the output gate is shut: $o_t = 0$. What is lost?",
        (
            Answer(
                "state",
                "The whole cell state",
                f"The output gate **hides** C, but it erases nothing: h is {v['h']}, and C is still "
                f"{v['C']}. If the gate opens at a later step, C can be seen in h again.",
                former=("What it held",),
            ),
            Answer(
                "nothing",
                "Nothing",
                f"h is {v['h']}, but C is still {v['C']}. If the gate opens at a later step, C can be seen "
                "in h again.",
            ),
            Answer(
                "half",
                "Half of the cell state",
                f"Nothing is halved: C is still {v['C']}. The output gate changes h, not C.",
                former=("Half of it",),
            ),
        ),
        right="nothing",
        setting=HIDE,
        covers=(WORDS, EQUATIONS, "hide_numbers"),
    )


def _constants() -> Question:
    low, high = _written_values({"x": -4}), _written_values({"x": 4})
    return Question(
        "constants",
        "all weights and biases stay fixed, and x changes from −4 to 4. What does the forget gate do?",
        (
            Answer(
                "stays",
                "It stays the same, because it was learned",
                "Only the weights and biases were learned. The gate is computed at every step from x and h: "
                f"here f is {low['f']} at x = −4 and {high['f']} at x = 4.",
                former=("It stays: it was learned",),
            ),
            Answer(
                "changes",
                "It changes",
                f"A gate is a function of x and h: here f is {low['f']} at x = −4 and {high['f']} at x = 4. "
                "So what a network reads decides what it keeps.",
            ),
            Answer(
                "input_gate_only",
                "Only the input gate changes",
                "All three gates and the candidate read the same "
                f"$[h_{{t-1}}, x_t]$: f goes from {low['f']} to {high['f']}, i from {low['i']} "
                f"to {high['i']}.",
            ),
        ),
        right="changes",
        setting={"x": 4.0},
        covers=(EQUATIONS,),
    )


def _squash() -> Question:
    v = _written_values(LARGE)
    return Question(
        "squash",
        f"$C_t = {LARGE['C_prev']:g}$ and the output gate is fully open. About how large is $h_t$?",
        (
            Answer(
                "as_large_as_C",
                f"{LARGE['C_prev']:g}",
                f"h is ${Latex().write(equation('h').right)}$, and tanh is always between −1 and 1. Here "
                f"tanh C is {v['tanh_C']} and h is {v['h']}. C can grow without limit; h can't.",
            ),
            Answer(
                "one",
                "1",
                f"tanh maps every C to a number between −1 and 1: here h is {v['h']}. With twice this C, h "
                "would be almost the same.",
            ),
            Answer("zero", "0", f"tanh of a large number is near 1, not near 0: here h is {v['h']}."),
        ),
        right="one",
        setting=LARGE,
        covers=(WORDS, EQUATIONS, "squash_numbers"),
    )


def _states() -> Question:
    return Question(
        "states",
        "which of the two states does the next layer (or the output layer) read: C or h?",
        (
            Answer(
                "C",
                "C",
                "C goes only to the next step of the same cell. The next layer reads h, which is computed "
                "from C.",
            ),
            Answer(
                "h",
                "h",
                "h goes to the next layer, and to the gates and the candidate of the next step. C stays "
                "inside the cell: it goes only to the next step.",
            ),
            Answer(
                "both",
                "Both",
                "Both go to the next *step*. But C stays inside the cell: the next layer reads only h.",
            ),
        ),
        right="h",
        covers=(WORDS,),
    )


def _half_life() -> Question:
    f = scalar_step({**START, **FADE}).f.item()
    life = number(half_life(f), 1)
    left = number(f**20, 3)
    enough = number(0.5 ** (1 / 20), 3)
    return Question(
        "half_life",
        f"with $b_f = 1$ and no weights, f is {number(f)} at every step. After how many steps is half of C "
        "gone?",
        (
            Answer(
                "half_life",
                f"About {life}",
                f"$\\ln 0.5 / \\ln f$ is {life} steps. So an LSTM that starts with $b_f = 1$, as here and in "
                f"Keras, forgets quickly at first. With f = 0.99 it would be {number(half_life(0.99), 0)} "
                "steps.",
            ),
            Answer(
                "twenty",
                "About 20",
                f"C is multiplied by {number(f)} at *every* step, and after {life} steps half of it is gone. "
                f"For 20 steps f would have to be {enough}.",
            ),
            Answer(
                "never",
                f"Never: {number(f)} of C stays for ever",
                f"Every step keeps {number(f)} of what is *left*. After {life} steps half is gone; after 20 "
                f"steps only {left} of C is left.",
                former=(f"Never: {number(f)} is kept", f"Never: {number(f)} stays for ever"),
            ),
        ),
        right="half_life",
        setting=FADE,
        covers=(WORDS, EQUATIONS, CURVES, "half_life_numbers"),
    )


def _time_steps() -> Question:
    return Question(
        "time_steps",
        "the cell runs over 20 steps. How many sets of weights and biases does it have?",
        (
            Answer(
                "one_a_step",
                "20, one for each step",
                "Then the cell could not read a text of 21 characters. Every step uses the same set; only x, "
                "h and C differ from step to step.",
                former=("20, one a step",),
            ),
            Answer(
                "one",
                "One",
                f"Every step uses the same {len(PARAMETERS)} numbers. A time step is one more use of the "
                "same cell, not another cell.",
            ),
            Answer(
                "four",
                "4",
                "Three gates and the candidate have four blocks of weights. Together these are *one* set, "
                "and every step uses it.",
            ),
        ),
        right="one",
    )
