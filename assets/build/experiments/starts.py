"""Train LSTMs from several starts, to recall a symbol and on a text: what the part *Where it starts* shows.

The task, the sizes and the settings of recall are those of `assets.build.recall`, whose rows for b_f = 0, 1
and 3 of this course's start are not trained again.  On the text every start has the same updates; the
readout's first weights are the same in all.
"""

from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from assets.build.experiments.table import Row, fill
from assets.build.recall import JUDGED_ON, TRAINING
from lstm import LSTM, Vocabulary, train
from lstm.network.starts import FORGET_BIAS, write_start
from lstm.recall.experiment import HIDDEN_SIZE, recall_accuracy, train_recall
from lstm.recall.task import recall_size
from lstm.text import read_text

NAME = "starts"
GAPS, SEEDS, BIASES = (20, 50, 100), (1, 2, 3, 4, 5), (0.0, 1.0, 3.0, 5.0)
RECALL, READING, TEXT = "recall", "text", "fables"
TEXTS = Path(__file__).parents[3] / "sample_texts"
ON_TEXT: dict[str, Any] = {
    "seq_length": 50, "batch_size": 32, "learning_rate": 0.003, "clip_norm": 5.0, "epochs": 8,
}  # fmt: skip
UNITS = 64
SETTINGS = {
    "recall": {**TRAINING, "hidden_size": HIDDEN_SIZE, "judged_on": JUDGED_ON},
    "text": {"text": TEXT, "hidden_size": UNITS, **ON_TEXT},
}


class Start(NamedTuple):
    """A rule for the first weights, with what is added to b_f, or the T_max of chrono biases."""

    rule: str
    forget_bias: float | None = None
    T_max: int | None = None


def own(rule: str) -> Start:
    """Return a start with the forget bias that it comes with."""
    return Start(rule, FORGET_BIAS[rule])


def measure(
    task: str, rule: str, forget_bias: float | None, T_max: int | None, gap: int | None, seed: int
) -> Row:
    """Train one network and judge it; of recall the share of right answers, of a text the validation loss."""
    start = Start(rule, forget_bias, T_max)
    return _recall(start, gap, seed) if gap else _text(start, seed)


def network(start: Start, size: int, hidden_size: int, seed: int) -> LSTM:
    """Make an LSTM whose cell has a start's first weights."""
    net = LSTM(size, hidden_size, size, seed=seed)
    write_start(net.cell, start.rule, seed, forget_bias=start.forget_bias or 0.0, T_max=start.T_max)
    return net


def _recall(start: Start, gap: int, seed: int) -> Row:
    net = network(start, recall_size(), HIDDEN_SIZE, seed)
    for progress in train_recall(net, gap, seed=seed, **TRAINING):
        last = progress
    return {"accuracy": recall_accuracy(net, gap, seed, JUDGED_ON), "updates": last.step, "losses": None}


def _text(start: Start, seed: int) -> Row:
    """The validation loss after each epoch, nats per character."""
    text = read_text(TEXTS / f"{TEXT}.txt")
    vocabulary = Vocabulary.from_text(text)
    net = network(start, len(vocabulary), UNITS, seed)
    reports = list(train(net, vocabulary.encode(text), seed=seed, **ON_TEXT))
    losses = [round(report.validation_loss, 4) for report in reports if report.validation_loss is not None]
    return {"accuracy": None, "updates": len(reports), "losses": losses}


def tasks() -> list[Row]:
    """List what is trained: for recall over each gap, then on the text."""
    libraries = [own("pytorch"), own("keras"), own("orthogonal")]
    recalling = [
        *product(GAPS, libraries, SEEDS[:3]),
        *((gap, Start("course", T_max=gap), seed) for gap, seed in product(GAPS, SEEDS)),
        *product(GAPS, [Start("course", max(BIASES))], SEEDS),
        *((max(GAPS), Start("course", T_max=min(GAPS)), seed) for seed in SEEDS[:3]),  # too short
    ]
    reading = [
        *(Start("course", bias) for bias in BIASES),
        *libraries,
        *(Start("course", T_max=gap) for gap in (min(GAPS), max(GAPS))),
    ]
    return [
        *(_task(RECALL, start, gap, seed) for gap, start, seed in recalling),
        *(_task(READING, start, None, seed) for start, seed in product(reading, SEEDS[:3])),
    ]


def _task(task: str, start: Start, gap: int | None, seed: int) -> Row:
    return {"task": task, **start._asdict(), "gap": gap, "seed": seed}


def build() -> list[Row]:
    """Train what is missing and write the table."""
    return fill(NAME, SETTINGS, tasks(), measure)
