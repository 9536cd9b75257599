"""A small network that reads a text of the student's: trained on it, run over it, and taken apart.

Every number is the library's: the network is trained by `train`, read by `net.run`, and taken apart by the
textbook's step on the same weights.
"""

import time
import unicodedata

import numpy as np
from numpy.typing import NDArray

from lesson.frame.memo import memo
from lesson.gates.parameters import LETTERS, TRAINED
from lstm import GRU, LSTM, RNN, Vocabulary, lstm_step, train
from lstm.readout import softmax_cross_entropy
from visualization.drawings.vectors import Way

LONGEST = 24  # characters
LONGEST_TYPED = 1_000  # characters of what was typed that are looked at
SEED = 1


def readable_text(typed: str | None) -> tuple[str, str | None]:
    """Return the text to read, and a sentence where it is not what was typed."""
    text = unicodedata.normalize("NFC", (typed or "")[:LONGEST_TYPED])
    spaced = "".join(" " if char.isspace() else char for char in text)
    visible = "".join(char for char in spaced if _visible(char))
    text = visible[:LONGEST]
    if not text:
        return LETTERS.start, f"Type a few characters; until then “{LETTERS.start}” is read."
    if len(set(text)) == 1:
        return LETTERS.start, (
            f"Type at least two different characters among the first {LONGEST}; "
            f"until then “{LETTERS.start}” is read."
        )
    if len(visible) > LONGEST:
        return text, f"Only the first {LONGEST} characters are read."
    if len(visible) < len(spaced):
        return text, "Characters that can't be seen were left out."
    return text, None


def _visible(char: str) -> bool:
    """Return whether a character leaves a mark: no control or format sign, no variation selector."""
    return unicodedata.category(char)[0] != "C" and not "\ufe00" <= char <= "\ufe0f"


def untrained(kind: type, V: int, H: int) -> RNN | GRU | LSTM:
    """Return the network of a kind that reads V characters, the same at every call."""
    # float64: the numbers shown are those of the textbook's equations to every digit.
    return kind(V, H, V, seed=SEED, dtype=np.float64)


@memo(entries=100)
def weights_while_training(text: str, H: int) -> dict[int, NDArray]:
    """Return the weights (P,) of an LSTM after 20, 40, … steps of training on just this text."""
    vocabulary = Vocabulary.from_text(text)
    net = untrained(LSTM, len(vocabulary), H)
    weights = {}
    for progress in train(
        net, vocabulary.encode(text), epochs=TRAINED.values[-1], seq_length=len(text) - 1, batch_size=1,
        learning_rate=0.01, validation_share=0.0,
    ):  # fmt: skip
        if progress.step in TRAINED.values:
            weights[progress.step] = net.weights.flat.copy()
        if progress.step % 10 == 0:
            time.sleep(0.001)  # others wait for this processor as well
    return weights


def read_text(text: str, H: int, steps: int) -> Way:
    """Send a text through an LSTM of H units after some steps of training on it; return all its numbers."""
    vocabulary = Vocabulary.from_text(text)
    net = untrained(LSTM, len(vocabulary), H)
    if steps:
        net.weights.flat[:] = weights_while_training(text, H)[steps]
    ids = vocabulary.encode(text)  # (T,)
    reading = net.run(ids)
    h, C = (reading.values[name][:, 0] for name in ("h", "C"))  # (T, H)
    first = np.zeros((1, H))
    h_prev, C_prev = np.concatenate([first, h[:-1]]), np.concatenate([first, C[:-1]])
    weights = net.equation_arguments()
    one_hot = np.eye(len(vocabulary))[ids]  # (T, D)
    step = lstm_step(one_hot, h_prev, C_prev, **weights)
    losses = [
        softmax_cross_entropy(reading.logits[t : t + 1], ids[t + 1].reshape(1, 1))[0]
        for t in range(len(ids) - 1)
    ]
    logits, y = reading.logits[:, 0], reading.probabilities[:, 0]
    return Way(text, vocabulary.chars, ids, h_prev, C_prev, step, logits, y, losses, weights)
