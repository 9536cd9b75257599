"""How fast training is on this machine, one setting changed at a time."""

import time

import numpy as np

from lstm.network import LSTM
from lstm.training import Training, train

UNITS, STEPS, SEQUENCES, CHARACTERS = "hidden units", "sequence length", "batch", "characters"
# What the others are while one changes.
USUAL = {UNITS: 64, STEPS: 50, SEQUENCES: 32, CHARACTERS: 60}
GRID = {
    UNITS: (16, 32, 64, 128, 256),
    STEPS: (5, 10, 25, 50, 100, 200),
    SEQUENCES: (1, 4, 16, 32, 64, 128),
    CHARACTERS: (10, 30, 60, 120, 240),
}
CASES = tuple((what, value) for what, values in GRID.items() for value in values)
_SECONDS = 0.12  # of steps that a case is measured over, after the first of them


def measure(what: str, value: int) -> float:
    """Characters a second of training an LSTM with Adam: the usual sizes, but `what` is `value`.

    The best of the steps that fit into a good tenth of a second: whatever else the machine does can only
    make a step slower.
    """
    run = _run({**USUAL, what: value})
    next(run)  # takes the memory that the next ones use again
    best, until = np.inf, time.perf_counter() + _SECONDS
    while True:
        began = time.perf_counter()
        next(run)
        ended = time.perf_counter()
        best = min(best, ended - began)
        if ended >= until:
            break
    return run.settings.seq_length * run.settings.batch_size / best


def _run(sizes: dict[str, int]) -> Training:
    """Train on a text of random characters; what it learns does not matter here."""
    V, H = sizes[CHARACTERS], sizes[UNITS]
    T, B = sizes[STEPS], sizes[SEQUENCES]
    text = np.random.default_rng(0).integers(0, V, 2 * T * B + 1)
    net = LSTM(V, H, V, seed=0)
    return train(net, text, seq_length=T, batch_size=B, epochs=10**6, validation_share=0)
