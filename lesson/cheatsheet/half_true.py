"""Common claims about LSTMs, each with its verdict and the numbers computed for it."""

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from lesson.cheatsheet import recall
from lesson.frame.glossary import prose
from lesson.frame.memo import memo
from lesson.frame.navigation import page_link
from lesson.gradients.windows import SEEDS, medians
from lesson.sampling.surgery.ablation import entries
from lesson.sampling.surgery.ablation_sentences import OF_ALL_LAYERS, over_all_models
from lesson.training.troubles.repetition import PIECE, SPELLED, measured
from lstm import GRU, LSTM, RNN
from lstm.interpret.surgery import GATES
from lstm.network import Network
from visualization.numbers import scientific

TRUE, HALF, FALSE, WORDS = "true here", "half true", "not true here", "a matter of words"
_V, _H = 65, 128  # characters and units for which parameters are counted
_BIASES, _RADIUS = (0.0, 1.0, 3.0, 5.0), 0.9
_T, _BACK = 100, 50  # as in The race; 99 steps back is the first step, where C is still near 0: more is left
_TEMPERATURES = (0.2, 0.5, 0.8, 1.0, 1.5)


class Line(NamedTuple):
    """A line, its verdict, the evidence, and where it can be seen: a page and its state.

    table: numbers that belong to the evidence, as rows of cells; the first row is the head.
    """

    says: str
    verdict: str
    evidence: str
    file: str
    query: dict[str, str]
    table: Sequence[Sequence[str]] = ()


_COLOURS = {TRUE: "green", HALF: "orange", FALSE: "red", WORDS: "gray"}


def show() -> None:
    """Show the part: every line with its verdict."""
    prose(
        "These are common claims about LSTMs. Each has a verdict, and numbers that the program of this "
        "course has computed."
    )
    for line in lines():
        with st.container(border=True):
            badge = f":{_COLOURS[line.verdict]}-badge[{line.verdict}]"
            prose(f"**“{line.says}”** {badge}  \n{line.evidence}")
            if line.table:
                prose(markdown_table(line.table))
            page_link(line.file, "See it", line.query)


def markdown_table(rows: Sequence[Sequence[str]]) -> str:
    """Write rows of cells as a table; the first row is the head."""
    head, *rest = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([head, f"|{'---|' * len(rows[0])}", *rest])


@memo()
def lines() -> list[Line]:
    """Return all lines; they are computed once."""
    with st.spinner("Computed once for everybody …"):
        return [_gates(), _parameters(), _reach(), _preserved(), _ranges(), _removed(), _short_first()]


def _networks() -> dict[str, Network]:
    return {kind.kind: kind(_V, _H, _V, seed=0) for kind in (RNN, GRU, LSTM)}


def _gates() -> Line:
    blocks = {kind: len(net.letters) for kind, net in _networks().items()}
    gates = {kind: len(letters) for kind, letters in GATES.items()}
    return Line(
        "An LSTM has four gates.", WORDS,
        f"It has {gates['lstm']} gates, f, i and o, and a candidate: {blocks['lstm']} blocks of weights. A "
        "gate is a number from 0 to 1 that multiplies another number. C̃ lies between −1 and 1, and gate i "
        f"multiplies it. If the candidate is counted as a gate too, an LSTM has {blocks['lstm']} gates. A "
        f"GRU has {gates['gru']} gates and {blocks['gru']} blocks.",
        "2_gates.py", {"part": "One step"},
    )  # fmt: skip


def _parameters() -> Line:
    nets = _networks()
    cell = {kind: net.weights["W"].size + net.weights["b"].size for kind, net in nets.items()}
    whole = {kind: net.weights.flat.size for kind, net in nets.items()}
    return Line(
        "An LSTM has four times the parameters of an RNN.", HALF,
        f"That is true of the cell. With {_H} units and {_V} characters an LSTM's cell has {cell['lstm']:,} "
        f"parameters and an RNN's {cell['rnn']:,}: {cell['lstm'] / cell['rnn']:.1f} times as many. But the "
        "output layer is the same for both. With it the whole network has "
        f"{whole['lstm'] / whole['rnn']:.1f} times as many. A GRU's cell has "
        f"{cell['gru'] / cell['lstm']:.2f} times as many as an LSTM's.",
        "2_gates.py", {"part": "Vectors"},
    )  # fmt: skip


def _reach() -> Line:
    seeds = recall.seeds_of_each()
    return Line(
        "RNNs remember up to 10 steps, LSTMs up to 100 or more.", HALF,
        "It depends on the bias that the gates begin with. Small networks were trained here to recall a "
        f"symbol after a gap. The table shows the longest gap over which at least {seeds // 2 + 1} of "
        f"{seeds} networks recall it; they differ only in their seed. The bias at the start decides more "
        "than the kind of cell.",
        "3_gradients.py", {"view": "Does it matter?"}, recall.table_of_reaches(),
    )  # fmt: skip


def _preserved() -> Line:
    of_h, of_C = (medians("lstm", _BIASES, _T, what=what, back=_BACK) for what in ("h", "C"))
    rnn = float(medians("rnn", (_RADIUS,), _T, what="h", back=_BACK)[0])
    closed = float(of_h[0])
    compared = "far less" if closed < rnn / 10 else "far more" if closed > 10 * rnn else "about as much"
    names = [*(f"LSTM, $b_f = {bias:g}$" for bias in _BIASES), f"RNN, radius {_RADIUS:g}"]
    shares = zip((*of_h, rnn), (*map(float, of_C), None), strict=True)
    return Line(
        "The LSTM preserves gradients.", HALF,
        f"It depends on the forget gate. With $b_f = 0$, {compared} is left {_BACK} steps back in an LSTM "
        f"than in an RNN of spectral radius {_RADIUS:g}. With $b_f = 1$, almost all is still lost. An open "
        "gate keeps more, and can also make ∂L/∂C grow. "
        f"The table shows medians of {SEEDS} untrained networks with 32 units, T = {_T} and inputs of size "
        "0.5 (random numbers with this standard deviation); a single network can be far from them. All rows "
        "have this course's initial weights. Those of PyTorch and Keras are others (page Gradients, part "
        "Where it starts). Why gradients vanish is explained in Hochreiter 1991 and Bengio et al. 1994.",
        "3_gradients.py", {"bf": "1"},
        [
            (f"share left {_BACK} steps back", "of ∂L/∂h", "of ∂L/∂C"),
            *(
                (name, scientific(float(h)), "no C" if C is None else scientific(C))
                for name, (h, C) in zip(names, shares, strict=True)
            ),
        ],
    )  # fmt: skip


def _ranges() -> Line:
    rows = [row for row in measured("fables").rows if row.temperature in _TEMPERATURES]
    return Line(
        "Temperature 0.5 to 0.8 gives coherent text, 1.0 to 1.5 gives creative text.", HALF,
        "There is no border between the two. At a higher temperature the text repeats itself less, and it "
        "contains more errors: fewer of its short pieces occur in the training text. We measured this in "
        "texts that the fables model wrote.",
        "5_sampling.py", {"task": "Write"},
        [
            ("temperature", f"repeated {PIECE}-grams", f"{SPELLED}-grams that occur in its training text"),
            *((f"{row.temperature:g}", f"{row.share:.0%}", f"{row.spelled:.0%}") for row in rows),
        ],
    )  # fmt: skip


def _removed() -> Line:
    return Line(
        "The forget gate is the most important gate of an LSTM.", HALF,
        "It depends on how you take a gate away. We clamped each gate of trained networks and measured how "
        f"much the loss rises. {OF_ALL_LAYERS} {over_all_models(entries())} The first LSTM had no forget "
        "gate at all (Hochreiter & Schmidhuber 1997). But training a network without a gate is another "
        "experiment than clamping a gate of a trained network.",
        "5_sampling.py", {"task": "Gate surgery", "gate": "f", "clamp": "0"},
    )  # fmt: skip


def _short_first() -> Line:
    return Line(
        "Start with short sequences.", TRUE if recall.short_first_always_helps() else HALF,
        recall.short_sequences_first(), "3_gradients.py",
        {"view": "Does it matter?"}, recall.table_of_short_first(),
    )  # fmt: skip
