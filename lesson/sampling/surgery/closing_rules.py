"""How well the bracket model closes a bracket after many letters: what the challenge Close it is judged by.

It reads a bracket and then far more letters than it has ever seen in a row, and has to close the right
bracket.  It still stores which one is open (`lesson.sampling.measured.open_bracket`), but does not show it.
The lines are drawn anew for every check; the operation begins at the first letter.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lesson.sampling.surgery.operation import Operation
from lstm.interpret.brackets import CLOSER
from lstm.network import Network
from lstm.readout import softmax
from lstm.text import Vocabulary

LINES, ENOUGH = 10, 8
LETTERS = (30, 40)  # in a row; in the model's text there are never more than three


class Line(NamedTuple):
    """A judged line: bracket and letters, the likeliest next character and its probability."""

    text: str
    likeliest: str
    probability: float

    @property
    def right(self) -> bool:
        """Return whether the right bracket would be closed."""
        return self.likeliest == CLOSER[self.text[0]]


def hidden_lines(seed: int) -> list[str]:
    """Draw ten lines, three with each kind of bracket and one by chance, in any order."""
    rng = np.random.default_rng(seed)
    openers = rng.permutation([*(list(CLOSER) * 3), rng.choice(list(CLOSER))])
    count = int(rng.integers(*LETTERS, endpoint=True))
    return [opener + "".join(rng.choice(list("abc"), count)) for opener in openers]


def judge_lines(net: Network, vocabulary: Vocabulary, operation: Operation, lines: list[str]) -> list[Line]:
    """Return what the network says after each line, at temperature 0; the lines are of one length."""
    ids = np.stack([vocabulary.encode("\n" + line) for line in lines], axis=1)  # (2 + letters, lines)
    state = net.run(ids[:2]).state
    reading = operation.apply(net).run(ids[2:], state)
    return [
        _line(text, softmax(row), vocabulary) for text, row in zip(lines, reading.logits[-1], strict=True)
    ]


def _line(text: str, probabilities: NDArray, vocabulary: Vocabulary) -> Line:
    likeliest = int(probabilities.argmax())
    return Line(text, vocabulary.chars[likeliest], float(probabilities[likeliest]))
