"""What one wrong character costs at the next ones, in the mean over many places of text that was held out.

For the three networks that learned the fables: the text is read on from each place twice, once with a wrong
character there.  Which one: the likeliest of the wrong ones, one drawn with the network's own probabilities,
or one drawn from all characters alike.  Places and draws have a seed: those drawn from all alike are the same
characters for all three networks.
"""

import numpy as np

from assets.build.experiments.table import Row, fill
from assets.build.sampling import MODELS, ROOT
from lstm.interpret.mistakes import TextReading, distance_at_random, exchange, read_along, wrong_characters
from lstm.storage.checkpoint import read
from lstm.text import read_text, split

NAME = "own_mistakes"
NETWORKS = ("fables", "fables_gru", "fables_rnn")
LIKELIEST, OWN_DRAW, ANY = "likeliest", "own_draw", "any"
KINDS = (LIKELIEST, OWN_DRAW, ANY)
SETTINGS: Row = {"text": "fables", "places": 2_000, "from": 500, "characters": 60, "seed": 1}
QUARTILES = (0.25, 0.5, 0.75)
SOON = 10  # characters: a mistake helps if it makes the next ones less surprising together


def texts() -> tuple[str, str]:
    """Return the text: what was learned, and what was held out."""
    learned, held_out = split(read_text(ROOT / "sample_texts" / f"{SETTINGS['text']}.txt"))
    return learned, held_out


def places(length: int) -> np.ndarray:
    """Draw the places of the mistakes in a text of so many characters, in rising order."""
    rng = np.random.default_rng(SETTINGS["seed"])
    possible = np.arange(SETTINGS["from"], length - SETTINGS["characters"] - 1)
    return np.sort(rng.choice(possible, SETTINGS["places"], replace=False))


def wrong_at(reading: TextReading, place: int, kind: str, rng: np.random.Generator) -> int:
    """Choose what is read instead of the true character."""
    order = wrong_characters(reading, place)
    if kind == LIKELIEST:
        return int(order[0])
    if kind == ANY:
        return int(rng.choice(np.sort(order)))
    p = reading.probabilities[place - 1][order]
    return int(rng.choice(order, p=p / p.sum()))


def measure(network: str, kind: str) -> Row:
    """Measure one network with one kind of mistake; means over the places, a number for each distance."""
    model = read(MODELS / f"{network}.npz")
    ids = model.vocabulary.encode(texts()[1])
    reading = read_along(model.net, ids)
    at, rng = places(len(ids)), np.random.default_rng(SETTINGS["seed"])
    wrong = [wrong_at(reading, int(place), kind, rng) for place in at]
    both = exchange(model.net, reading, at, wrong, SETTINGS["characters"])
    low, median, high = np.quantile(both.extra, QUARTILES, axis=0)
    total = both.extra.sum(axis=1)
    return {
        "intact": _rounded(both.without.mean()),
        "mean": _rounded(both.extra.mean(axis=0)),
        "low": _rounded(low),
        "median": _rounded(median),
        "high": _rounded(high),
        "error": _rounded(both.extra.std(axis=0) / np.sqrt(len(at))),
        "total": _rounded(total.mean()),
        "total_error": _rounded(total.std() / np.sqrt(len(at))),
        "helps": _rounded((both.extra[:, :SOON].sum(axis=1) < 0).mean()),
        "distance": {
            name: _rounded(np.median(values / distance_at_random(reading.states[name]), axis=0), 5)
            for name, values in both.distances.items()
        },
    }


def build() -> None:
    """Measure all of it and write the file."""
    tasks = [{"network": network, "kind": kind} for network in NETWORKS for kind in KINDS]
    fill(NAME, SETTINGS, tasks, measure, processes=1)


def _rounded(values: np.ndarray, digits: int = 4) -> list[float] | float:
    """Return numbers as the file has them."""
    rounded: list[float] | float = np.round(np.asarray(values, float), digits).tolist()
    return rounded
