"""A passage of held-out text, and how much each of its characters surprises a model, for every cut."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lesson.frame.memo import memo
from lesson.training.parameters import CUT, NEVER
from lesson.widgets.catalogue import model, sample_text
from lstm.interpret.context import losses_with_resets
from lstm.text import split

LENGTH = 400  # characters that are shown
BEFORE = 400  # characters of held-out text, at least, that come before them


@dataclass(frozen=True)
class Passage:
    """Some held-out text: what is shown of it, and the loss at each character (LENGTH,) by cut."""

    text: str
    losses: dict[str, NDArray]

    def mean(self, cut: str) -> float:
        """Return the mean loss of the passage, nats."""
        return float(self.losses[cut].mean())


@memo(entries=20)
def passage_of(name: str) -> Passage:
    """Return the passage of a model of the catalogue, read for every position of the slider."""
    checkpoint = model(name)
    held_out = split(checkpoint.vocabulary.encode(sample_text(checkpoint.notes["text"])))[1]
    start = _line_from(checkpoint.vocabulary.decode(held_out[: 2 * BEFORE]), BEFORE)
    # With the character before it, from which its first one is predicted.
    ids = held_out[start - 1 : start + LENGTH]
    state = checkpoint.net.run(held_out[: start - 1]).state
    losses = {cut: losses_with_resets(checkpoint.net, ids, int(cut)) for cut in CUT.options if cut != NEVER}
    losses[NEVER] = losses_with_resets(checkpoint.net, ids, None, state)
    return Passage(checkpoint.vocabulary.decode(ids[1:]), losses)


def _line_from(text: str, at: int) -> int:
    """Return where the first line begins from a place on, or the place if none does."""
    return text.find("\n", at - 1) + 1 or at


def resets(cut: str) -> list[int]:
    """Return before which characters of the passage the state is set to zeros.

    Before the first of them the character before the passage is read from zeros as well.
    """
    if cut == NEVER:
        return []
    return [int(at) - 1 for at in np.arange(int(cut), LENGTH, int(cut))]
