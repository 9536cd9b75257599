"""RNN, GRU, LSTM and Transformer beside each other: what can be computed is, the rest is called opinion."""

import time

import numpy as np

from lesson.frame.memo import memo
from lesson.gradients.flows import Setup
from lesson.training.engine.settings import RunSettings
from lstm.network import Network
from lstm.training import train
from visualization.charts.gradients import left_after
from visualization.numbers import scientific

BACK = 50  # steps
KINDS = ("rnn", "gru", "lstm")
COLUMNS = ("", "RNN", "GRU", "LSTM", "Transformer (one block)")
BATCH, STEPS = 32, 50
_TURNS, _ENOUGH = (1, 8), 0.3  # training steps of each that are timed; seconds after which no more are
_GATES = {"rnn": 0, "gru": 2, "lstm": 3}


def rows(H: int, D: int) -> list[list[str]]:
    """Compute the table for H units and D characters, row by row, but for the times."""
    gradient = _left()
    nets = {kind: _network(kind, H, D) for kind in KINDS}
    attention = 12 * H * H  # a block: 4 H² for attention, 8 H² for the layer after it
    return [
        ["gates", *(str(_GATES[kind]) for kind in KINDS), "none: attention"],
        [
            "parameters without readout",
            *(f"{net.weights['W'].size + net.weights['b'].size:,}" for net in nets.values()),
            f"about 12·H² = {attention:,}, without the embedding",
        ],
        [
            f"of an error is left {BACK} steps back, untrained",
            *(scientific(gradient[kind]) for kind in KINDS),
            "reached directly: no chain of steps",
        ],
        ["work for T characters", "T", "T", "T", "T², but side by side"],
        ["memory while writing", "one state", "one state", "two states", "all T characters so far"],
    ]


def row_of_times(H: int, D: int) -> list[str]:
    """Measure the row of the table that takes a while."""
    times = milliseconds(H, D)
    return [times_label(), *(f"{times[kind]:.1f} ms" for kind in KINDS), "not measured here"]


def times_label() -> str:
    """Return what is timed."""
    return f"a training step here, {BATCH} × {STEPS} characters"


def _network(kind: str, H: int, D: int) -> Network:
    return RunSettings(cell=kind, hidden=H, bias=1.0 if kind == "lstm" else 0.0).network(D)


@memo(entries=20)
def milliseconds(H: int, D: int) -> dict[str, float]:
    """Time some training steps of each in turns, so that other work meets all alike; return the best.

    About a third of a second, a second for the largest: others wait for it.
    """
    ids = np.random.default_rng(0).integers(0, D, BATCH * STEPS * 8)
    runs = {
        kind: train(
            _network(kind, H, D), ids, epochs=5, seq_length=STEPS, batch_size=BATCH, validation_share=0
        )
        for kind in KINDS
    }
    best = dict.fromkeys(KINDS, float("inf"))
    start = time.perf_counter()
    for turn in range(_TURNS[1]):
        if turn > _TURNS[0] and time.perf_counter() - start > _ENOUGH:
            break
        for kind, run in runs.items():
            began = time.perf_counter()
            next(run)
            if turn:  # the first step of each also makes its arrays
                best[kind] = min(best[kind], 1000 * (time.perf_counter() - began))
    return best


@memo()
def _left() -> dict[str, float]:
    """Compute the share of dL/dh that is left, by backpropagation, as the race shows it when it opens."""
    return {kind: float(left_after(Setup().flow(kind).dh, BACK)) for kind in KINDS}


def advice(far: str, where: str, much: str) -> str:
    """Return what the answers to three questions point to; opinion, not measured."""
    if where.startswith("on a large") and much == "a lot":
        return "A **Transformer**: it learns from whole texts side by side, and reaches back directly."
    if far == "a few steps" and much == "little":
        return "A **plain RNN** may do; measure it against a **GRU**."
    if far == "hundreds or more":
        return (
            "An **LSTM** with a forget bias of about 3, trained on short sequences first. Beyond some "
            "hundred steps, think of attention."
        )
    return "A **GRU** or an **LSTM** with b_f = 1: try both, they rarely differ by much (Greff et al. 2017)."
