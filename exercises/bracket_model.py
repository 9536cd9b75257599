"""A small LSTM that has learned to close brackets, trained in a second; exercises 2 and 3 look inside it."""

import copy
from functools import lru_cache

import numpy as np

from lstm import LSTM, Vocabulary, train

HIDDEN_SIZE = 16


def bracket_text(lines: int, seed: int) -> str:
    """Lines of words of a, b, c; about half of the words stand in brackets."""
    rng = np.random.default_rng(seed)
    return "".join(f"{' '.join(_word(rng) for _ in range(rng.integers(2, 5)))}\n" for _ in range(lines))


def _word(rng: np.random.Generator) -> str:
    word = "".join(rng.choice(list("abc"), rng.integers(1, 7)))
    return f"({word})" if rng.random() < 0.5 else word


def bracket_model() -> tuple[LSTM, Vocabulary]:
    """Return a copy of the trained network, and its vocabulary."""
    net, vocabulary = _trained()
    return copy.deepcopy(net), vocabulary


@lru_cache(maxsize=1)
def _trained() -> tuple[LSTM, Vocabulary]:
    text = bracket_text(1_000, seed=0)
    vocabulary = Vocabulary.from_text(text)
    net = LSTM(len(vocabulary), HIDDEN_SIZE, len(vocabulary), seed=1)
    for _ in train(
        net, vocabulary.encode(text), epochs=20, seq_length=40, batch_size=16, learning_rate=0.01, seed=0
    ):
        pass
    return net, vocabulary
