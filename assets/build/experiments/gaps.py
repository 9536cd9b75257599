"""How often a gap of one character is filled right: python -m assets.build.experiments gaps

By the model that reads from the left, by the one that reads from the right, by both together, and by the
first one reading on after each candidate; gaps spread over the held-out text.  Half a minute on one core.
"""

from typing import Any

import numpy as np

from assets.build.backwards import FILE
from assets.build.experiments import table
from assets.build.models import FOLDER, ROOT
from lstm.arrays import Array, Indices
from lstm.interpret.gaps import both_sides, character_frequencies, from_left, from_right, reading_on
from lstm.network import Network
from lstm.storage.checkpoint import read
from lstm.text import read_text, split

GAPS, CONTEXT, DIGITS = 1_000, 100, 4  # gaps, and characters that are read on each side


def measure(gaps: int) -> dict[str, Any]:
    """Measure all ways on the same gaps: shares that are right and mean surprise in bits, with intervals."""
    forward, backward = read(FOLDER / "fables.npz"), read(FILE)
    vocabulary = forward.vocabulary
    learned, ids = split(vocabulary.encode(read_text(ROOT / "sample_texts" / "fables.txt")))
    frequencies = character_frequencies(learned, len(vocabulary))
    places = np.linspace(CONTEXT, len(ids) - CONTEXT - 1, gaps).astype(int)
    expected = [
        _expected(forward.net, backward.net, ids[at - CONTEXT : at + CONTEXT + 1], frequencies)
        for at in places
    ]
    right = {way: np.array([one[way].argmax() for one in expected]) == ids[places] for way in expected[0]}
    bits = {
        way: np.array([-np.log2(one[way][ids[at]]) for one, at in zip(expected, places, strict=True)])
        for way in expected[0]
    }
    return {
        "ways": {way: _mean(right[way]) + _mean(bits[way]) for way in right},
        "gain": _mean(right["both"] * 1.0 - right["left"]),
        "mended": int((right["both"] & ~right["left"]).sum()),
        "spoilt": int((~right["both"] & right["left"]).sum()),
    }


def _expected(forward: Network, backward: Network, ids: Indices, frequencies: Array) -> dict[str, Array]:
    """Return what each way expects in the middle of a text."""
    left = from_left(forward, ids[: CONTEXT + 1])[-1]
    right = from_right(backward, ids[CONTEXT:])[0]
    return {
        "left": left,
        "right": right,
        "both": both_sides(left, right, frequencies),
        "undivided": both_sides(left, right, np.ones(len(left))),
        "reading_on": reading_on(forward, ids, CONTEXT),
    }


def _mean(values: Array) -> list[float]:
    """Return a mean and half the width of its 95 % interval."""
    half_width = 1.96 * np.std(values, ddof=1) / np.sqrt(len(values))
    return [round(float(np.mean(values)), DIGITS), round(float(half_width), DIGITS)]


def build() -> None:
    """Measure the one row."""
    settings = {"text": "fables, held out", "context": CONTEXT}
    table.fill("gaps", settings, [{"gaps": GAPS}], measure, processes=1)
