"""Lines that everybody copies, each with its verdict and the number computed for it."""

from typing import NamedTuple

import streamlit as st

from lesson.frame.glossary import prose
from lesson.frame.memo import memo
from lesson.frame.navigation import page_link
from lesson.gradients.recall_results import results
from lesson.gradients.windows import medians
from lesson.sampling.surgery.ablation import entries
from lesson.sampling.surgery.ablation_sentences import over_all_models
from lesson.training.troubles.repetition import measured
from lstm import GRU, LSTM, RNN
from lstm.interpret.surgery import GATES
from lstm.network import Network
from visualization.charts.recall import recall_panel
from visualization.charts.recall_sentences import reach, recall_verdicts
from visualization.numbers import scientific

TRUE, HALF, FALSE = "true", "half true", "not so here"
_V, _H = 65, 128  # characters and units for which parameters are counted
_BIASES, _STEPS = (0.0, 1.0, 3.0, 5.0), 100
_TEMPERATURES = (0.2, 0.5, 0.8, 1.0, 1.5)


class Line(NamedTuple):
    """A line, its verdict, the evidence, and where it can be seen: a page and its state."""

    says: str
    verdict: str
    evidence: str
    file: str
    query: dict[str, str]


_MARKS = {TRUE: ":green-badge[true]", HALF: ":orange-badge[half true]", FALSE: ":red-badge[not so here]"}


def show() -> None:
    """Show the part: every line with its verdict."""
    prose(
        "Lines that everybody copies. Each stands with its verdict and with numbers that were computed here, "
        "by the library that this course runs on."
    )
    for line in lines():
        with st.container(border=True):
            prose(f"**“{line.says}”** {_MARKS[line.verdict]}  \n{line.evidence}")
            page_link(line.file, "See it", line.query)


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
        "An LSTM has four gates.", HALF,
        f"It has {gates['lstm']} gates, f, i and o, and a candidate: {blocks['lstm']} blocks of weights. A "
        "gate is a number from 0 to 1 that something is multiplied by; C̃ is what is multiplied. The GRU "
        f"has {gates['gru']} gates and {blocks['gru']} blocks.",
        "2_gates.py", {"part": "One step"},
    )  # fmt: skip


def _parameters() -> Line:
    nets = _networks()
    cell = {kind: net.weights["W"].size + net.weights["b"].size for kind, net in nets.items()}
    whole = {kind: net.weights.flat.size for kind, net in nets.items()}
    return Line(
        "An LSTM has four times the parameters of an RNN.", HALF,
        f"The cell has, {cell['lstm'] / cell['rnn']:.1f} times: {cell['lstm']:,} and {cell['rnn']:,} with "
        f"{_H} units and {_V} characters. With the readout, which is the same for both, the network has "
        f"{whole['lstm'] / whole['rnn']:.1f} times as many. A GRU's cell has "
        f"{cell['gru'] / cell['lstm']:.2f} of an LSTM's.",
        "2_gates.py", {"part": "Vectors"},
    )  # fmt: skip


def _reach() -> Line:
    direct = recall_panel(results(), "direct")
    reaches = {row: reach(direct, row) for row in ("RNN", "LSTM, b_f = 0", "LSTM, b_f = 1", "LSTM, b_f = 3")}
    words = ", ".join(f"{row}: {steps}" for row, steps in reaches.items())
    return Line(
        "RNNs remember up to 10 steps, LSTMs 10 to 100, or 100 and more.", HALF,
        "All of these are in print, and each is true of some network. Trained here to recall one symbol, the "
        f"longest gap that they learn, in steps: {words}. The forget bias at the start decides more than the "
        "name.",
        "3_gradients.py", {"view": "Does it matter?"},
    )  # fmt: skip


def _preserved() -> Line:
    left = medians("lstm", _BIASES, _STEPS, what="h")
    rnn = medians("rnn", (0.9,), _STEPS, what="h")
    words = ", ".join(
        f"b_f = {bias:g}: {scientific(float(x))}" for bias, x in zip(_BIASES, left, strict=True)
    )
    return Line(
        "The LSTM preserves gradients.", HALF,
        f"With an open forget gate. Of dL/dh is left after {_STEPS} steps, untrained, 32 units, inputs of "
        f"size 0.5, median of 21 seeds (a single one can be far from it): {words}; RNN with spectral "
        f"radius 0.9: {scientific(float(rnn[0]))}. With b_f = 0 an LSTM forgets like an RNN, and the "
        "usual 1 still loses most.",
        "3_gradients.py", {"bf": "1"},
    )  # fmt: skip


def _ranges() -> Line:
    words = "; ".join(
        f"{row.temperature:g}: {row.share:.0%} said twice, {row.spelled:.0%} spelled as in its text"
        for row in measured("fables").rows
        if row.temperature in _TEMPERATURES
    )
    return Line(
        "Temperature: 0.2 to 0.5, 0.5 to 0.8, 0.8 to 1.0, 1.0 to 1.5.", HALF,
        "Four ranges, all meant for something else. Together: below 0.5 it repeats what is safe, 0.5 to 0.8 "
        f"is coherent, 1.0 to 1.5 creative, above it falls apart. The fables, measured: {words}.",
        "5_sampling.py", {"task": "Write"},
    )  # fmt: skip


def _removed() -> Line:
    return Line(
        "Without the forget gate an LSTM loses most.", HALF,
        f"It depends on what “without” means. {over_all_models(entries())} And the LSTM of 1997 had no "
        "forget gate at all: training without one is another question than holding it.",
        "5_sampling.py", {"task": "Gate surgery", "gate": "f", "hold": "0"},
    )  # fmt: skip


def _short_first() -> Line:
    verdict = next(words for words in recall_verdicts(results()) if words.startswith("“Start with short"))
    return Line(
        "Start with short sequences.", TRUE, verdict.split("”", 1)[1].strip(), "3_gradients.py",
        {"view": "Does it matter?"},
    )  # fmt: skip
