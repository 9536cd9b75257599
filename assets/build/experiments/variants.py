"""What each variant of the LSTM does to recall and to a text: python -m assets.build.experiments variants

Recall of the first symbol over 20 and 50 steps, and the validation loss on the fables after a fixed number of
updates, three seeds each.  On one machine everything but the milliseconds comes out the same again.
"""

import time
from itertools import product
from pathlib import Path
from typing import Any

from assets.build.experiments import table
from lstm.network import LSTM, Network
from lstm.recall.experiment import HIDDEN_SIZE, recall_accuracy, train_recall
from lstm.recall.task import recall_size
from lstm.settings import Settings
from lstm.text import Vocabulary
from lstm.training import Training
from lstm.variants.networks import VARIANTS

SEEDS, GAPS, BIASES = (1, 2, 3), (20, 50), (1, 3)
CELLS = {"lstm": LSTM, **VARIANTS}
ROWS = [*((cell, 1) for cell in CELLS), ("min_lstm", 2)]  # the cell, and how many layers of it
RECALL = {"steps": 2_000, "batch_size": 64, "learning_rate": 0.003, "clip_norm": 1.0, "symbols": 8}
JUDGED_ON = 1_024  # sequences
TEXT = "fables"
READING = {"seq_length": 50, "batch_size": 32, "learning_rate": 0.003}
TEXT_UNITS, UPDATES = 64, 1_200
SETTINGS = {
    "recall": {"hidden_size": HIDDEN_SIZE, **RECALL, "judged_on": JUDGED_ON},
    "text": {"name": TEXT, "hidden_size": TEXT_UNITS, "updates": UPDATES, **READING},
}


def build() -> list[table.Row]:
    """Train what is missing and write the file."""
    return table.fill("variants", SETTINGS, tasks(), measure)


def tasks() -> list[table.Row]:
    """List what is measured; gap is None where the text is read, bias where a cell has no forget gate."""
    names = ("cell", "layers", "bias", "gap", "seed")
    recall = [
        (*row, bias, gap, seed)
        for row, gap, bias, seed in product(ROWS, GAPS, BIASES, SEEDS)
        if row[0] != "lstm_1997" or bias == BIASES[0]
    ]
    text = [(*row, BIASES[0], None, seed) for row, seed in product(ROWS, SEEDS)]
    return [
        dict(zip(names, (*task[:2], None if task[0] == "lstm_1997" else task[2], *task[3:]), strict=True))
        for task in recall + text
    ]


def measure(cell: str, layers: int, bias: int | None, gap: int | None, seed: int) -> table.Row:
    """Train one network.

    Returns parameters and updates; accuracy, a share, for recall; loss, in nats a character, and milliseconds
    of processor time an update for the text.
    """
    return _text(cell, layers, bias, seed) if gap is None else _recall(cell, layers, bias, gap, seed)


def _recall(cell: str, layers: int, bias: int | None, gap: int, seed: int) -> table.Row:
    net = network(cell, layers, bias, recall_size(), HIDDEN_SIZE, seed)
    for progress in train_recall(net, gap, seed=seed, **RECALL):
        updates = progress.step
    accuracy = recall_accuracy(net, gap, seed, JUDGED_ON)
    return {"parameters": net.weights.flat.size, "updates": updates, "accuracy": accuracy}


def _text(cell: str, layers: int, bias: int | None, seed: int) -> table.Row:
    text = (Path(__file__).parents[3] / "sample_texts" / f"{TEXT}.txt").read_text("utf-8")
    vocabulary = Vocabulary.from_text(text)
    net = network(cell, layers, bias, len(vocabulary), TEXT_UNITS, seed)
    training = Training(net, vocabulary.encode(text), Settings(epochs=100, seed=seed, **READING))
    began = time.process_time()
    for progress in training:
        if progress.step == UPDATES:
            break
    spent = 1_000 * (time.process_time() - began) / UPDATES
    return {
        "parameters": net.weights.flat.size,
        "updates": UPDATES,
        "loss": round(float(training.validate() or 0), 4),
        "milliseconds": round(spent, 2),
    }


def network(cell: str, layers: int, bias: int | None, size: int, hidden_size: int, seed: int) -> Network:
    """Make a new network; bias: b_f at first, None for a cell without a forget gate."""
    more: dict[str, Any] = {} if bias is None else {"forget_bias": bias}
    return CELLS[cell](size, hidden_size, size, seed=seed, layers=layers, **more)
