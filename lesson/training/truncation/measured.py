"""What was measured of cut sequences (assets/build/experiments/truncation.py), as the part reads it."""

from dataclasses import dataclass
from typing import Any

from lesson.frame.experiment_tables import experiment_table
from lesson.frame.memo import memo
from lesson.training.parameters import CUT_MODEL, LENGTH_TEXT, NEVER, TRAINED_LENGTH


@dataclass(frozen=True)
class Quantiles:
    """A number at many places: the smallest, the quartiles and the largest."""

    low: float
    lower: float
    median: float
    upper: float
    high: float


@dataclass(frozen=True)
class StateCost:
    """The loss of a model on its held-out text, by characters between two resets; carried: without any."""

    by_reset: dict[int, float]
    carried: float

    def at(self, cut: str) -> float:
        """Return the loss for a position of the slider."""
        return self.carried if cut == NEVER else self.by_reset[int(cut)]


@dataclass(frozen=True)
class GradientCost:
    """The cut gradient beside the whole one, by characters between two cuts, for each block of weights.

    cosine, length: by block, then by cut; length is the cut gradient's as a share of the whole one's.
    """

    cosine: dict[str, dict[int, Quantiles]]
    length: dict[str, dict[int, Quantiles]]

    @property
    def blocks(self) -> list[str]:
        """The names of the blocks: a gate's letter and "h" or "x", for its columns."""
        return sorted((name for name in self.cosine if name != "cell"), key=_in_textbook_order)


def _in_textbook_order(block: str) -> tuple[int, str]:
    """Return the place of a block of weights: of the LSTM f, i, C, o, of the GRU z, r, h."""
    letter, columns = block.split()
    return "ficzroh".index(letter), columns


@dataclass(frozen=True)
class ContextLosses:
    """The loss when only the last k characters can be seen, by k; whole: when all before can be."""

    by_context: dict[int, float]
    whole: float

    def gain_beyond(self, length: int) -> float:
        """Return how much lower the loss is if more than so many characters can be seen."""
        return self.by_context[length] - self.whole


def settings() -> dict[str, Any]:
    """Return how the table was measured."""
    return dict(experiment_table("truncation")["settings"])


@memo()
def state_costs() -> dict[str, StateCost]:
    """Return what a reset of the state costs, by model."""
    resets = settings()["resets"]
    return {
        row["name"]: StateCost(dict(zip(resets, row["losses"], strict=True)), row["carried"])
        for row in _rows("state")
    }


@memo()
def gradient_costs() -> dict[str, GradientCost]:
    """Return what a cut of the gradient changes, by model."""
    return {row["name"]: _gradient_cost(row["blocks"]) for row in _rows("gradient")}


def _gradient_cost(blocks: dict[str, Any]) -> GradientCost:
    lengths = settings()["lengths"]
    cosine, length = (
        {
            name: {cut: Quantiles(*row) for cut, row in zip(lengths, block[what], strict=True)}
            for name, block in blocks.items()
        }
        for what in ("cosine", "length")
    )
    return GradientCost(cosine, length)


@memo()
def contexts() -> dict[str, ContextLosses]:
    """Return what the models of the catalogue need of the text before, by model."""
    return {row["name"]: _context(row) for row in _rows("context")}


@memo()
def trained(text: str, length: int) -> list[ContextLosses]:
    """Return the same of networks that were trained with sequences of a length, one for each seed."""
    rows = [row for row in _rows("memory") if (row["name"], row["length"]) == (text, length)]
    return [_context(row) for row in rows]


@memo()
def model_lengths() -> dict[str, int]:
    """Return the sequence length that each model of the catalogue was trained with."""
    return {row["name"]: row["length"] for row in _rows("context")}


def _context(row: dict[str, Any]) -> ContextLosses:
    return ContextLosses(dict(zip(settings()["contexts"], row["losses"], strict=True)), row["carried"])


def _rows(what: str) -> list[dict[str, Any]]:
    return [row for row in experiment_table("truncation")["rows"] if row["what"] == what]


MODELS, TEXTS = CUT_MODEL.options, LENGTH_TEXT.options
TRAINED = tuple(int(length) for length in TRAINED_LENGTH.options)
