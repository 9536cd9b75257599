"""RNN, GRU, LSTM and Transformer beside each other: what can be computed is, the rest is called opinion."""

import time

import numpy as np

from lesson.cheatsheet.recall import advice_for_long_gaps
from lesson.frame.memo import memo
from lesson.gradients.flows import Setup
from lesson.gradients.windows import SEEDS
from lesson.training.engine.settings import RunSettings
from lstm.network import Network
from lstm.training import train
from visualization.charts.gradients import left_after
from visualization.numbers import scientific

BACK = 50  # steps
BIASES = (0, 1, 3)  # with which the gates begin: b_f of the LSTM and b_z of the GRU
KINDS = ("rnn", "gru", "lstm")
COLUMNS = ("", "RNN", "GRU", "LSTM", "Transformer (one block)")
BATCH, STEPS = 32, 50
_TURNS, _ENOUGH = (3, 8), 0.3  # training steps of each that are timed; seconds after which no more are
_GATES = {"rnn": 0, "gru": 2, "lstm": 3}
_BLOCKS = {"rnn": 1, "gru": 3, "lstm": 4}  # of weights, (H, H + D) each


def rows(H: int, V: int) -> list[list[str]]:
    """Compute the table for H units and V characters, row by row, but for the times."""
    nets = {kind: _network(kind, H, V) for kind in KINDS}
    linear, square = block_work(H, STEPS)
    work = {kind: blocks * H * (H + V) * STEPS for kind, blocks in _BLOCKS.items()}
    return [
        ["number of gates", *(str(_GATES[kind]) for kind in KINDS), "none; it uses attention"],
        [
            "parameters without the output layer",
            *(f"{net.weights['W'].size + net.weights['b'].size:,}" for net in nets.values()),
            f"about 12·H² = {12 * H * H:,}, without the embedding",
        ],
        *gradient_rows(),
        [
            "multiplications for T characters", "H·(H + V)·T", "3·H·(H + V)·T", "4·H·(H + V)·T",
            f"12·H²·T + 2·H·T²; the second term is the larger one for T > 6·H = {6 * H:,}",
        ],
        [
            f"the same for T = {STEPS}",
            *(f"{work[kind]:,}" for kind in KINDS),
            f"{linear + square:,}; the second term is {square / (linear + square):.0%} of it",
        ],
        ["order of the work", *["one step after the other"] * 3, "in training all characters side by side"],
        [
            "numbers kept in memory while the network writes", f"H = {H}", f"H = {H}", f"2·H = {2 * H}",
            "2·H for each character so far",
        ],
    ]  # fmt: skip


def gradient_rows() -> list[list[str]]:
    """Return the rows about gradients: one for each bias with which the gates begin."""
    measured = f"share of a gradient left {BACK} steps back, untrained, median of {SEEDS} seeds, "
    return [
        [
            f"{'the same with ' if number else measured}$b_f$ = $b_z$ = {bias}",
            *(scientific(gradients_left(bias)[kind]) for kind in KINDS),
            "the same" if number else "every step is reached directly, without a chain of steps",
        ]
        for number, bias in enumerate(BIASES)
    ]


def block_work(H: int, T: int) -> tuple[int, int]:
    """Count the multiplications of a Transformer's block for T characters: by its weights, and in attention.

    Weights: 4·H² for attention and 8·H² for the layer after it, for each character.  Attention compares every
    character with each, H products a pair, and adds up as many: a whole square, of which a network that looks
    only at earlier characters needs half.
    """
    return 12 * H * H * T, 2 * H * T * T


def row_of_times(H: int, V: int) -> list[str]:
    """Measure the row of the table that takes a while."""
    times = milliseconds(H, V)
    return [times_label(), *(f"{times[kind]:.1f} ms" for kind in KINDS), "not measured here"]


def times_label() -> str:
    """Return what is timed."""
    return f"processor time of a training step, {BATCH} × {STEPS} characters"


def _network(kind: str, H: int, V: int) -> Network:
    return RunSettings(cell=kind, hidden=H, bias=1.0 if kind == "lstm" else 0.0).network(V)


@memo(entries=20)
def milliseconds(H: int, V: int) -> dict[str, float]:
    """Time some training steps of each in turns, and return the fastest of each.

    It is the processor's time: on a clock, a step that waits for other programs takes many times as long.
    """
    ids = np.random.default_rng(0).integers(0, V, BATCH * STEPS * 8)
    runs = {
        kind: train(
            _network(kind, H, V), ids, epochs=5, seq_length=STEPS, batch_size=BATCH, validation_share=0
        )
        for kind in KINDS
    }
    best = dict.fromkeys(KINDS, float("inf"))
    start = time.perf_counter()
    for turn in range(1 + _TURNS[1]):
        if turn > _TURNS[0] and time.perf_counter() - start > _ENOUGH:
            break
        for kind, run in runs.items():
            began = time.thread_time()
            next(run)
            if turn:  # the first step of each also makes its arrays
                best[kind] = min(best[kind], 1000 * (time.thread_time() - began))
    return best


@memo()
def gradients_left(bias: int) -> dict[str, float]:
    """Compute the share of dL/dh that is left, in the networks of the race with this bias of their gates."""
    setups = [Setup(seed=seed, forget_bias=float(bias), update_bias=float(bias)) for seed in range(SEEDS)]
    flows = {kind: [setup.flow(kind) for setup in setups] for kind in KINDS}
    return {kind: float(np.median([left_after(flow.dh, BACK) for flow in flows[kind]])) for kind in KINDS}


def advice(far: str, where: str, much: str) -> str:
    """Return what the answers to three questions point to."""
    if where.startswith("on a large") and much == "a lot":
        return (
            "A **Transformer**: it learns from all characters of a text side by side, and each character "
            "looks directly at all earlier ones."
        )
    if far == "a few steps" and much == "little":
        return "A **plain RNN** may be enough; compare it with a **GRU**."
    if far == "hundreds or more":
        return f"{advice_for_long_gaps()} For longer gaps, consider a Transformer."
    return (
        "A **GRU** or an **LSTM** with $b_f$ = 1: try both. Chung et al. 2014 found them comparable; in "
        "Jozefowicz et al. 2015 it depends on the task and on the forget bias which one is better."
    )
