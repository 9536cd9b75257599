"""What was measured of the two-layer model; `assets.build.experiments.two_layers` writes the file."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from lesson.frame.experiment_tables import experiment_table
from lstm.interpret.probes import Difference

TWO, ONE, _CLASSES = "fables_two_layers", "fables", "most frequent class"
CATALOGUE_SEED = 1  # of the models that all visitors share


class Knowledge(NamedTuple):
    """How often probes name a property of held-out text, as shares of the judged characters.

    first, second: probes on the h of the two layers; one: a probe on the h of the one-layer model; chance:
    the most frequent class alone; ahead: how much more often the second layer's probe is right.
    """

    first: float
    second: float
    one: float
    chance: float
    ahead: Difference


class Model(NamedTuple):
    """Parameters, hidden units of a layer, loss on held-out text (nats per character).

    readout: how often the likeliest next character is the right one; forgets: the losses with f = 0 in one
    layer; ablated: those with C = 0 in one layer.
    """

    parameters: int
    units: int
    loss: float
    readout: float
    forgets: tuple[float, ...]
    ablated: tuple[float, ...]


def _row(model: str, seed: int) -> dict[str, Any]:
    return next(
        row for row in experiment_table("two_layers")["rows"] if (row["model"], row["seed"]) == (model, seed)
    )


def judged_characters() -> int:
    """Return on how many characters the probes are judged."""
    return int(experiment_table("two_layers")["settings"]["judged"])


def model_of(name: str, seed: int = CATALOGUE_SEED) -> Model:
    """Return what was measured of a model as a whole."""
    row = _row(name, seed)
    return Model(
        *(row[key] for key in ("parameters", "units", "loss", "readout")),
        tuple(row["forgets"]), tuple(row["ablated"]),
    )  # fmt: skip


def seeds() -> list[int]:
    """Return the seeds from which a network of two layers was trained and measured."""
    return [row["seed"] for row in experiment_table("two_layers")["rows"] if row["model"] == TWO]


def knowledge(seed: int = CATALOGUE_SEED) -> Mapping[str, Knowledge]:
    """Return what the layers know, by the name of the property."""
    rows = _row(TWO, seed), _row(ONE, CATALOGUE_SEED), _row(_CLASSES, 0)
    two, one, chance = (row["right"] for row in rows)
    return {
        name: Knowledge(*two[name], *one[name], *chance[name], Difference(*rows[0]["ahead"][name]))
        for name in two
    }
