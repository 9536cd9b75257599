"""How often gaps are filled right; `assets.build.experiments.gaps` writes the file."""

from collections.abc import Mapping
from typing import NamedTuple

from lesson.frame.experiment_tables import experiment_table
from lesson.frame.memo import memo

LEFT, RIGHT, BOTH, UNDIVIDED, READING_ON = "left", "right", "both", "undivided", "reading_on"


class Way(NamedTuple):
    """A way to fill gaps: the share that is right, the mean surprise at the right character in bits.

    Both with half the width of their 95 % intervals.
    """

    right: float
    right_half: float
    bits: float
    bits_half: float


class Results(NamedTuple):
    """What was measured on the same gaps: by the way they are filled.

    gain: by how much the share of both together is above that of the left alone, and half its interval;
    mended: gaps that the left alone fills wrong and both together right; spoilt: the other way round.
    """

    gaps: int
    context: int
    ways: Mapping[str, Way]
    gain: tuple[float, float]
    mended: int
    spoilt: int


@memo()
def results() -> Results:
    """Return the results."""
    table = experiment_table("gaps")
    (row,) = table["rows"]
    return Results(
        row["gaps"], table["settings"]["context"], {name: Way(*way) for name, way in row["ways"].items()},
        tuple(row["gain"]), row["mended"], row["spoilt"],
    )  # fmt: skip
