"""Common sentences about LSTMs, each with its verdict and the numbers computed for it."""

from typing import NamedTuple

import streamlit as st
from numpy.typing import NDArray

from lesson.cheatsheet.recall import named, reaches, seeds_at, short_sequences_first
from lesson.frame.glossary import prose
from lesson.frame.memo import memo
from lesson.frame.navigation import page_link
from lesson.gradients.windows import SEEDS, medians
from lesson.sampling.surgery.ablation import entries
from lesson.sampling.surgery.ablation_sentences import over_all_models
from lesson.training.troubles.repetition import PIECE, SPELLED, measured
from lstm import GRU, LSTM, RNN
from lstm.interpret.surgery import GATES
from lstm.network import Network
from visualization.numbers import scientific

TRUE, HALF, FALSE = "true", "half true", "not true here"
_V, _H = 65, 128  # characters and units for which parameters are counted
_BIASES, _RADIUS, _T = (0.0, 1.0, 3.0, 5.0), 0.9, 100
_TEMPERATURES = (0.2, 0.5, 0.8, 1.0, 1.5)


class Line(NamedTuple):
    """A line, its verdict, the evidence, and where it can be seen: a page and its state."""

    says: str
    verdict: str
    evidence: str
    file: str
    query: dict[str, str]


_MARKS = {TRUE: ":green-badge[true]", HALF: ":orange-badge[half true]", FALSE: ":red-badge[not true here]"}


def show() -> None:
    """Show the part: every line with its verdict."""
    prose(
        "Common sentences about LSTMs. Each has a verdict, and numbers that the library of this course has "
        "computed."
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
        "gate is a number from 0 to 1 that something is multiplied by. C̃ is what is multiplied. A GRU "
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
        f"{_H} units and {_V} characters. With the output layer, which is the same for both, the network has "
        f"{whole['lstm'] / whole['rnn']:.1f} times as many. A GRU's cell has "
        f"{cell['gru'] / cell['lstm']:.2f} of an LSTM's.",
        "2_gates.py", {"part": "Vectors"},
    )  # fmt: skip


def _reach() -> Line:
    words = "; ".join(
        f"{named(row)}: {steps} ({seeds_at(row, steps)})" if steps else f"{named(row)}: none"
        for row, steps in reaches().items()
    )
    return Line(
        "RNNs remember up to 10 steps, LSTMs up to 100 or more.", HALF,
        "It depends on the bias that the gates begin with. Small networks were trained here to recall one "
        f"symbol. The longest gap over which most seeds do, in steps: {words}. So the bias at the start "
        "decides more than the name of the cell.",
        "3_gradients.py", {"view": "Does it matter?"},
    )  # fmt: skip


def _preserved() -> Line:
    of_h, of_C = (medians("lstm", _BIASES, _T, what=what) for what in ("h", "C"))
    rnn = float(medians("rnn", (_RADIUS,), _T, what="h")[0])
    closed = float(of_h[0])
    compared = "far less" if closed < rnn / 10 else "far more" if closed > 10 * rnn else "about as much"
    return Line(
        "The LSTM preserves gradients.", HALF,
        f"Only with an open forget gate. The share of dL/dh that is left after {_T - 1} steps: "
        f"{_listed(of_h)}; RNN of spectral radius {_RADIUS:g}: {scientific(rnn)}. So with b_f = 0, close to "
        f"where PyTorch begins, {compared} is left in an LSTM than in this RNN. With b_f = 1, where Keras "
        "and this course begin, most is still lost. An open gate can also make a gradient grow. The same "
        f"for dL/dC: {_listed(of_C)}. All are medians of {SEEDS} untrained networks with 32 units and "
        "inputs of size 0.5; a single network can be far from them. Why gradients vanish: Hochreiter 1991; "
        "Bengio et al. 1994.",
        "3_gradients.py", {"bf": "1"},
    )  # fmt: skip


def _listed(shares: NDArray) -> str:
    """Write the share at each forget bias."""
    pairs = zip(_BIASES, shares, strict=True)
    return ", ".join(f"b_f = {bias:g}: {scientific(float(share))}" for bias, share in pairs)


def _ranges() -> Line:
    rows = [row for row in measured("fables").rows if row.temperature in _TEMPERATURES]
    words = "; ".join(f"{row.temperature:g}: {row.share:.0%}, {row.spelled:.0%}" for row in rows)
    return Line(
        "Temperature 0.5 to 0.8 is coherent, 1.0 to 1.5 is creative.", HALF,
        "There is no border between the two: with the temperature, errors increase as well. Texts of the "
        f"fables model; first the share of their {PIECE}-grams that are repeated, then the share of their "
        f"{SPELLED}-grams that occur in its training text: {words}.",
        "5_sampling.py", {"task": "Write"},
    )  # fmt: skip


def _removed() -> Line:
    return Line(
        "Without the forget gate an LSTM loses most.", HALF,
        f"It depends on what “without” means. {over_all_models(entries())} The first LSTM had no forget "
        "gate at all (Hochreiter & Schmidhuber 1997). Training a network without a gate is another "
        "experiment than clamping the gate of a trained one.",
        "5_sampling.py", {"task": "Gate surgery", "gate": "f", "hold": "0"},
    )  # fmt: skip


def _short_first() -> Line:
    return Line(
        "Start with short sequences.", HALF, short_sequences_first(), "3_gradients.py",
        {"view": "Does it matter?"},
    )  # fmt: skip
