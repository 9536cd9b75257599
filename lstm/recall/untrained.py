"""What comes back to the first symbol in networks that have not learned the recall task yet."""

from collections.abc import Sequence

import numpy as np

from lstm.arrays import Array
from lstm.gradients import gradient_flow
from lstm.recall.experiment import HIDDEN_SIZE, ROWS
from lstm.recall.task import recall, recall_size


def left_at_first_symbol(row: str, gap: int, seeds: Sequence[int]) -> Array:
    """Measure |∂L/∂h_1| ÷ |∂L/∂h_T|, T = gap + 2, in an untrained network of each seed, (seeds,).

    row: a name of `lstm.recall.experiment.ROWS`.  L = u · h_T, as in `lstm.gradients`: the error at the
    question mark.  Each network reads a sequence of its own.
    """
    size = recall_size()
    left = []
    for seed in seeds:
        net = ROWS[row](size, HIDDEN_SIZE, size, seed=seed, dtype=np.float64)
        sequence = recall(np.random.default_rng([seed, 1]), 1, gap).inputs[:, 0]
        norms = gradient_flow(net.cell, sequence, seed=seed).dh
        left.append(norms[0] / norms[-1])
    return np.array(left)
