"""What becomes of a text the longer a network reads what it wrote itself.

Each network reads the beginning of a passage of held-out text, and then writes on, at several temperatures.
What it wrote is measured by ranges of the distance from the true beginning: how much another network, which
learned the same text, is surprised by it, and how many of its words the text has that they learned from.  The
true continuations of the same passages are measured in the same way.
"""

import re

import numpy as np

from assets.build.experiments.own_mistakes import texts
from assets.build.experiments.table import Row, fill
from assets.build.sampling import MODELS
from lstm.cells import stepper
from lstm.interpret.imitation import words
from lstm.network import Network
from lstm.readout import softmax
from lstm.storage.checkpoint import Checkpoint, read
from lstm.textstats.surprise import surprise

NAME = "free_running"
# Each network, and the one that judges it: another one, and as good.
JUDGES = {"fables": "fables_gru", "fables_gru": "fables", "fables_rnn": "fables"}
TEMPERATURES = tuple(round(0.1 * k, 1) for k in range(21))
TRUE = -1.0  # in place of a temperature: the true continuation
RANGES = ((0, 20), (20, 50), (50, 100), (100, 200), (200, 400), (400, 800))  # characters, from 0
SETTINGS: Row = {
    "passages": 120, "beginning": 200, "seed": 1, "ranges": RANGES, "judges": JUDGES,
}  # fmt: skip
LENGTH = RANGES[-1][1]
_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)*")


def beginnings(ids: np.ndarray) -> np.ndarray:
    """Draw passages of a text, ids (T,): (beginning + LENGTH, N), one a column."""
    rng = np.random.default_rng(SETTINGS["seed"])
    length = SETTINGS["beginning"] + LENGTH
    starts = rng.integers(0, len(ids) - length, SETTINGS["passages"])
    return np.stack([ids[start : start + length] for start in starts], axis=1)


def write_on(net: Network, begun: np.ndarray, temperature: float) -> np.ndarray:
    """Write on after N texts, begun (T, N), each with random numbers of its own: (LENGTH, N)."""
    ready = stepper(net.cell, net.run(begun[:-1]).state)
    Wy, by, h = np.ascontiguousarray(net.weights["Wy"].T), net.weights["by"], ready.states["h"]
    rng, index, written = np.random.default_rng(SETTINGS["seed"]), begun[-1], []
    for _ in range(LENGTH):
        ready.read_each(index)
        logits = h @ Wy + by
        index = (logits + temperature * rng.gumbel(size=logits.shape)).argmax(axis=1)
        written.append(index)
    return np.stack(written)


def measure(network: str, temperature: float) -> Row:
    """Measure one network at one temperature; a number for each range."""
    model, judge = (read(MODELS / f"{name}.npz") for name in (network, JUDGES[network]))
    learned, held_out = texts()
    passages = beginnings(np.asarray(model.vocabulary.encode(held_out)))
    begun, written = np.split(passages, [SETTINGS["beginning"]])
    if temperature != TRUE:
        written = write_on(model.net, begun, temperature)
    bits = _surprise(judge.net, np.concatenate([begun, written]))[-LENGTH:]
    means = [bits[start:end].mean(axis=0) for start, end in RANGES]  # of each text
    in_text, total = _count_words(model, written, set(words(learned)))
    share = in_text.sum(axis=0) / total.sum(axis=0)
    # Of a ratio of sums over texts; words of one text are no independent draws.
    error = np.sqrt(((in_text - share * total) ** 2).sum(axis=0)) / total.sum(axis=0)
    return {
        "surprise": [round(float(mean.mean()), 4) for mean in means],
        "error": [round(float(mean.std() / np.sqrt(len(mean))), 4) for mean in means],
        "known_words": np.round(share, 4).tolist(),
        "known_error": np.round(error, 4).tolist(),
    }


def _surprise(net: Network, ids: np.ndarray) -> np.ndarray:
    """Return a network's surprise at the characters of texts but the first, ids (T, N): bits, (T − 1, N)."""
    logits = net.run(ids[:-1]).logits
    return surprise(softmax(logits.astype(np.float64)), ids[1:])


def _count_words(model: Checkpoint, written: np.ndarray, learned: set[str]) -> tuple[np.ndarray, np.ndarray]:
    """Count whole words by text and by the range in which they begin: those of the learned text, and all."""
    in_text, total = (np.zeros((written.shape[1], len(RANGES)), int) for _ in range(2))
    for row, column in enumerate(written.T):
        text = model.vocabulary.decode(column)
        for match in _WORD.finditer(text):
            if match.start() == 0 or match.end() == len(text):
                continue  # perhaps only a part of a word
            k = next(k for k, (_, end) in enumerate(RANGES) if match.start() < end)
            total[row, k] += 1
            in_text[row, k] += match[0].lower() in learned
    return in_text, total


def build() -> None:
    """Measure all of it and write the file."""
    temperatures = (TRUE, *TEMPERATURES)
    tasks = [{"network": network, "temperature": t} for network in JUDGES for t in temperatures]
    fill(NAME, SETTINGS, tasks, measure, processes=1)
