"""What two models expect at each character of a text, each from its side, and both together."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lesson.frame.files import ROOT
from lesson.frame.memo import memo
from lesson.frame.query import Query
from lesson.sampling.networks import network_named
from lesson.sampling.parameters import (
    CAT_AND_MOUSE,
    FIRST_SNOW,
    GAP_TEXT,
    HONEST_SCALE,
    LONGEST_GAP_TEXT,
    OWN_TEXT,
)
from lesson.widgets.unknown_characters import known_part
from lstm.interpret.gaps import both_sides, character_frequencies, from_left, from_right, reading_on
from lstm.network import Network
from lstm.storage.checkpoint import read
from lstm.text import Vocabulary

OWN = "own_gap_text"  # in a question: a visitor's own text
SHORTEST = 2  # characters
# How the lines begin, in the part of the fables that no model learned from.
_BEGINNINGS = {
    HONEST_SCALE: "He tried to sell the scale", FIRST_SNOW: "At length, one gray evening",
    CAT_AND_MOUSE: "It was only when he had brought",
}  # fmt: skip


class Filling(NamedTuple):
    """A text (T characters), its indices (T,), and what is expected at each of them, (T, V) each."""

    text: str
    ids: NDArray
    left: NDArray
    right: NDArray
    both: NDArray


class Models(NamedTuple):
    """The model that reads from the left, the one from the right, and the characters with their shares."""

    forward: Network
    backward: Network
    vocabulary: Vocabulary
    frequencies: NDArray


@memo()
def models() -> Models:
    """Return the fables model and the one that reads the fables backwards."""
    fables = network_named("fables")
    vocabulary = fables.checkpoint.vocabulary
    frequencies = character_frequencies(vocabulary.encode(fables.learned or ""), len(vocabulary))
    backward = read(ROOT / "assets" / "gaps" / "fables_backwards.npz")
    return Models(fables.checkpoint.net, backward.net, vocabulary, frequencies)


@memo()
def passages() -> dict[str, str]:
    """Return the texts that can be chosen, by their names."""
    lines = (network_named("fables").held_out or "").split("\n")
    return {
        name: next(line for line in lines if line.startswith(start)) for name, start in _BEGINNINGS.items()
    }


def filling_of(query: Query) -> Filling | None:
    """Return what is expected in the text that a picture asks about; None for a text that is too short.

    A visitor's own text is read and forgotten.
    """
    name = query.choice(GAP_TEXT)
    if name != OWN_TEXT:
        return filling_of_passage(name)
    text = known_part(query.values.get(OWN, "")[:LONGEST_GAP_TEXT], models().vocabulary)
    return fill(text) if len(text) >= SHORTEST else None


@memo(entries=len(_BEGINNINGS))
def filling_of_passage(name: str) -> Filling:
    """Return what is expected in one of the texts of the course."""
    return fill(passages()[name])


def fill(text: str) -> Filling:
    """Return what is expected at every character of a text."""
    forward, backward, _, frequencies = models()
    ids = _between_lines(text)
    left, right = from_left(forward, ids)[:-1], from_right(backward, ids)[1:]
    return Filling(text, ids[1:-1], left, right, both_sides(left, right, frequencies))


def read_on(text: str, at: int) -> NDArray:
    """Return what the model from the left expects at a character, from 0, if it reads on after each, (V,)."""
    return reading_on(models().forward, _between_lines(text), at + 1)


def _between_lines(text: str) -> NDArray:
    """Return a text's indices with a line end before and after it, so that both models have a beginning."""
    return np.asarray(models().vocabulary.encode(f"\n{text}\n"))
