"""What the experiments of this part measured; `assets.build.experiments` writes the files."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from lesson.frame.experiment_tables import experiment_table
from lesson.frame.memo import memo
from lesson.sampling.parameters import MISTAKE_NETWORK

LIKELIEST, ANY = "likeliest", "any"  # which wrong character was read
NETWORKS = dict(zip(MISTAKE_NETWORK.options, ("fables", "fables_gru", "fables_rnn"), strict=True))
# The network that judges what another one wrote.
JUDGES = {"LSTM": "GRU", "GRU": "LSTM", "RNN": "LSTM"}
_TRUE = -1.0  # in the file in place of a temperature: the true continuation


class Mean(NamedTuple):
    """Means over many places, a number for each distance; of the extra surprise, bits.

    intact: the surprise without the mistake; low, high: quartiles; total: the sum, with its standard error;
    helps: in which share of the places the next ten characters together surprise less with the mistake;
    distance: medians by state, from the wrong character itself on, as shares of the distance between states
    at random places.
    """

    intact: float
    mean: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]
    total: float
    total_error: float
    helps: float
    distance: Mapping[str, Sequence[float]]


class Written(NamedTuple):
    """What was written, by the range of the distance, with standard errors.

    surprise: of the judge, bits per character; known_words: the share of words that the learned text has.
    """

    surprise: Sequence[float]
    error: Sequence[float]
    known_words: Sequence[float]
    known_error: Sequence[float]


@memo()
def mistakes() -> dict[tuple[str, str], Mean]:
    """Return the means by network and kind of mistake."""
    return {
        (name, kind): Mean(**{field: row[field] for field in Mean._fields})
        for name, file in NETWORKS.items()
        for kind in (LIKELIEST, ANY)
        for row in experiment_table("own_mistakes")["rows"]
        if (row["network"], row["kind"]) == (file, kind)
    }


def count_of_places() -> int:
    """Return over how many places the means are taken."""
    return int(experiment_table("own_mistakes")["settings"]["places"])


@memo()
def written() -> dict[tuple[str, float | None], Written]:
    """Return what was written by network and temperature; None: the true continuation, same judge."""
    names = {file: name for name, file in NETWORKS.items()}
    return {
        (names[row["network"]], None if row["temperature"] == _TRUE else row["temperature"]): Written(
            **{field: row[field] for field in Written._fields}
        )
        for row in experiment_table("free_running")["rows"]
    }


def ranges() -> list[tuple[int, int]]:
    """Return the ranges of characters, counted from 1: the first and the last of each."""
    return [(start + 1, end) for start, end in experiment_table("free_running")["settings"]["ranges"]]


def count_of_texts() -> int:
    """Return how many texts each network wrote at each temperature."""
    return int(experiment_table("free_running")["settings"]["passages"])
