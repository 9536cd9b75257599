"""What each layer of the two-layer fables model knows: python -m assets.build.experiments two_layers

Linear probes on the h of each layer, and on that of the one-layer model beside them, fitted on the first half
of the held-out text and judged on the second; and what it costs if one layer's C forgets.  The network of the
catalogue and two more of other seeds, which are trained here and thrown away: four minutes on one core.
"""

from typing import Any

import numpy as np

from assets.build.experiments import table
from assets.build.models import FOLDER, MODELS, ROOT
from lstm import LSTM
from lstm.arrays import Array, Indices
from lstm.interpret.probes import (
    MOST_BACK,
    NEXT,
    PROPERTIES,
    RIDGE,
    Difference,
    class_count,
    classes_of,
    fit_probe,
    layer_states,
    most_frequent,
    paired_difference,
)
from lstm.interpret.surgery import operate
from lstm.network import Network
from lstm.settings import Settings
from lstm.storage.checkpoint import read
from lstm.text import Vocabulary, read_text, split
from lstm.training import Training, evaluate

TWO, ONE, SEEDS, DIGITS = "fables_two_layers", "fables", (1, 2, 3), 4
CLASSES = "most frequent class"  # the row of what is right without looking at any state


def halves(length: int) -> tuple[slice, slice]:
    """Return which steps of a text a probe is fitted on, and which it is judged on."""
    return slice(MOST_BACK, length // 2), slice(length // 2, length - 1)


def measure(model: str, seed: int) -> dict[str, Any]:
    """Measure one network: shares of judged steps at which a probe on each layer is right, and losses."""
    checkpoint = read(FOLDER / f"{ONE if model == CLASSES else model}.npz")
    text, vocabulary = held_out(), checkpoint.vocabulary
    fitted, judged = halves(len(text))
    ids = vocabulary.encode(text)
    properties = {name: classes_of(name, text, ids) for name in PROPERTIES}
    if model == CLASSES:
        return {"right": {n: [_share(c[judged] == most_frequent(c[fitted]))] for n, c in properties.items()}}
    net = checkpoint.net if seed == SEEDS[0] else _trained(vocabulary, seed)
    states = layer_states(net, ids)
    right = {
        name: [_right(h, classes, class_count(name, len(vocabulary)), fitted, judged) for h in states]
        for name, classes in properties.items()
    }
    logits = states[-1] @ net.weights["Wy"].T + net.weights["by"]
    row: dict[str, Any] = {
        "parameters": net.weights.flat.size, "units": net.hidden_size, "loss": _short(evaluate(net, ids)),
        "right": {name: [_share(layer) for layer in layers] for name, layers in right.items()},
        "readout": _share(logits.argmax(axis=1)[judged] == properties[NEXT][judged]),
        "forgets": [_short(evaluate(operate(net, {"f": 0}, layer=k), ids)) for k in range(net.layers)],
        "ablated": [
            _short(evaluate(operate(net, ablate=range(net.hidden_size), layer=k), ids))
            for k in range(net.layers)
        ],
    }  # fmt: skip
    if net.layers > 1:  # how much more often the second layer's probe is right
        row["ahead"] = {name: _rounded(paired_difference(b, a)) for name, (a, b) in right.items()}
    return row


def _right(h: Array, classes: Indices, count: int, fitted: slice, judged: slice) -> Array:
    """Return at which judged steps a probe on a layer is right."""
    chosen = fit_probe(h[fitted], classes[fitted], count).classes(h[judged])
    right: Array = chosen == classes[judged]
    return right


def held_out() -> str:
    """Return the part of the fables that no network learned from."""
    return split(read_text(ROOT / "sample_texts" / "fables.txt"))[1]


def _trained(vocabulary: Vocabulary, seed: int) -> Network:
    """Train the catalogue's network of two layers from another seed."""
    recipe = dict(MODELS[TWO])
    text, layers, H = (recipe.pop(key) for key in ("text", "layers", "hidden_size"))
    net = LSTM(len(vocabulary), H, len(vocabulary), seed=seed, layers=layers)
    ids = vocabulary.encode(read_text(ROOT / "sample_texts" / f"{text}.txt"))
    training = Training(net, ids, Settings(seed=seed, **recipe))
    for _ in training:
        pass
    return training.best_network()


def _share(right: Array) -> float:
    return _short(float(np.mean(right)))


def _short(value: float) -> float:
    return round(float(value), DIGITS)


def _rounded(difference: Difference) -> list[float]:
    return [_short(value) for value in difference]


def build() -> None:
    """Measure all rows."""
    length = len(held_out())
    settings = {
        "text": "fables, held out", "characters": length, "judged": length - 1 - length // 2,
        "ridge": RIDGE, "recipe": MODELS[TWO],
    }  # fmt: skip
    tasks = [
        {"model": CLASSES, "seed": 0}, {"model": ONE, "seed": 1}, *({"model": TWO, "seed": s} for s in SEEDS)
    ]  # fmt: skip
    table.fill("two_layers", settings, tasks, measure, processes=1)
