"""The questions of the gates page: the confusions that are known to happen, one each.

Numbers in a reply are computed by the textbook, for the case that the question sets the cell to.  Texts and
replies may be reworded freely, ids stay; whoever rewords an answer adds its old wording to its `former`.
"""

from collections.abc import Mapping

from lesson.gates.sliders import START
from lesson.widgets.questions import Answer, Question
from lstm.scalar import PARAMETERS, half_life, scalar_step
from visualization.equations import Latex, equation
from visualization.numbers import number

SHUT, OPEN = -8.0, 8.0  # biases that shut a gate and open it, as far as the sliders go
KEEP = {"b_f": OPEN, "b_i": SHUT, "C_prev": 2.0}
HIDE = {"b_f": OPEN, "b_i": SHUT, "b_o": SHUT, "C_prev": 3.0}
LARGE = {"b_f": OPEN, "b_i": SHUT, "b_o": OPEN, "C_prev": 4.0}
FADE = {"x": 0.0, "b_i": SHUT, "w_fh": 0.0, "w_fx": 0.0}


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
        "the forget gate is $f_t = 1$. What does the cell do with what it held?",
        (
            Answer(
                "forgets",
                "It forgets it",
                "The name misleads most people once: $f_t$ is the share that is **kept**. "
                "At 1 all of $C_{t-1}$ stays; at 0 it is gone.",
            ),
            Answer(
                "keeps",
                "It keeps it",
                "$f_t \\odot C_{t-1}$ with $f_t = 1$ is $C_{t-1}$: a cell that held "
                f"{number(KEEP['C_prev'])} holds {v['C']}. What the input gate adds would come on top.",
            ),
            Answer(
                "depends",
                "It depends on $x_t$",
                "$f_t$ depends on $x_t$, but once it *is* 1, all of $C_{t-1}$ is kept. "
                "What may still change $C_t$ is what the input gate adds.",
            ),
        ),
        right="keeps",
        setting=KEEP,
    )


def _hide() -> Question:
    v = _written_values(HIDE)
    return Question(
        "hide",
        f"the cell holds $C_t = {HIDE['C_prev']:g}$ and the output gate is shut, $o_t = 0$. What is lost?",
        (
            Answer(
                "state",
                "What it held",
                f"The output gate **hides**, it does not erase: h is {v['h']}, and C is still "
                f"{v['C']}. Open the gate at any later step and it is there. Only the forget gate erases.",
            ),
            Answer(
                "nothing",
                "Nothing",
                f"h is {v['h']}, so the rest of the network sees nothing; C is still {v['C']}, and a "
                "later step can show it.",
            ),
            Answer(
                "half",
                "Half of it",
                f"Nothing is halved: C stays {v['C']}. Only what is *shown* is multiplied by o.",
            ),
        ),
        right="nothing",
        setting=HIDE,
    )


def _constants() -> Question:
    low, high = _written_values({"x": -4}), _written_values({"x": 4})
    return Question(
        "constants",
        "weights and biases stay as they are, and x goes from −4 to 4. What does the forget gate do?",
        (
            Answer(
                "stays",
                "It stays: it was learned",
                "What was learned are the weights. The gate is computed anew at "
                f"every step from x and h: here {low['f']} at x = −4 and {high['f']} at x = 4.",
            ),
            Answer(
                "changes",
                "It changes",
                f"A gate is a function of x and h: here {low['f']} at x = −4 and {high['f']} at "
                "x = 4. That is how a network keeps or forgets by what it reads.",
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
    )


def _squash() -> Question:
    v = _written_values(LARGE)
    return Question(
        "squash",
        f"the cell holds C = {LARGE['C_prev']:g} and the output gate is wide open. About how large is h?",
        (
            Answer(
                "as_large_as_C",
                f"{LARGE['C_prev']:g}",
                f"h is ${Latex().write(equation('h').right)}$, and tanh never leaves −1 … 1: here tanh C is "
                f"{v['tanh_C']} and h is {v['h']}. C may grow; what is shown may not.",
            ),
            Answer(
                "one",
                "1",
                f"tanh presses every C into −1 … 1: here h is {v['h']}. Twice the C would show hardly more: "
                "a large C is held, but it is not seen as larger.",
            ),
            Answer("zero", "0", f"tanh of a large number is near 1, not near 0: h is {v['h']}."),
        ),
        right="one",
        setting=LARGE,
    )


def _states() -> Question:
    return Question(
        "states",
        "which of the two states does the layer above, or the readout, get to see: C or h?",
        (
            Answer(
                "C",
                "C",
                "C goes along the belt to the next step of the same cell, and to nobody else. What the "
                "layer above gets is h.",
            ),
            Answer(
                "h",
                "h",
                "h goes up to the next layer and on to the next step's gates. C stays inside: it only goes "
                "along the belt.",
            ),
            Answer(
                "both",
                "Both",
                "Both reach the next *step*, but C never leaves the cell: the layer above sees only h.",
            ),
        ),
        right="h",
    )


def _half_life() -> Question:
    f = scalar_step({**START, **FADE}).f.item()
    life = number(half_life(f), 1)
    left = number(f**20, 3)
    enough = number(0.5 ** (1 / 20), 3)
    return Question(
        "half_life",
        f"with $b_f = 1$ and x = 0 the forget gate is {number(f)}. After how many steps is half of C gone?",
        (
            Answer(
                "half_life",
                f"About {life}",
                f"$\\ln 0.5 / \\ln f$ is {life} steps: at its usual start an LSTM forgets "
                f"quickly. With f = 0.99 it would be {number(half_life(0.99), 0)} steps.",
            ),
            Answer(
                "twenty",
                "About 20",
                f"{number(f)} is taken again at *every* step, and {life} of them are enough. For 20 "
                f"steps f would have to be {enough}.",
            ),
            Answer(
                "never",
                f"Never: {number(f)} is kept",
                f"{number(f)} of what is *left* is kept at every step: after "
                f"{life} steps half is gone, after 20 steps {left} is left.",
            ),
        ),
        right="half_life",
        setting=FADE,
    )


def _time_steps() -> Question:
    return Question(
        "time_steps",
        "the cell runs over 20 steps. How many sets of weights and biases does it have?",
        (
            Answer(
                "one_a_step",
                "20, one a step",
                "Then it could not read a text of 21 characters. The same set is used at every "
                "step; what differs are x and what the cell holds.",
            ),
            Answer(
                "one",
                "One",
                f"The same {len(PARAMETERS)} numbers at every step. A time step is a use of the cell, not "
                "another cell.",
            ),
            Answer(
                "four",
                "4",
                "Three gates and a candidate have four blocks of weights; together they are *one* set, used "
                "at every step.",
            ),
        ),
        right="one",
    )
