"""Measure what it costs to cut a sequence, for the state and for the gradient: tables of the training page.

python -m assets.build.experiments truncation, five minutes on one core.  Four kinds of rows, by `what`:

state: the loss of a model of the catalogue on its held-out text when the state is set to zeros every so many
    characters, for each of RESETS, and carried on.
context: its loss when every character is predicted from the last k alone, for each of CONTEXTS; `length` is
    that of the sequences it was trained with.
gradient: how alike the gradient over STRETCH characters is to the one that is cut every so many characters,
    for each of LENGTHS: quantiles over PLACES places of the held-out text.
memory: networks that were trained with sequences of `length` characters, and the same losses as in context.
"""

from pathlib import Path
from typing import Any

import numpy as np

from assets.build.experiments.table import Row, fill
from assets.build.models import MODELS as RECIPES
from lstm import LSTM, Vocabulary, train
from lstm.arrays import Array, Indices
from lstm.interpret.context import losses_by_context, losses_with_resets
from lstm.interpret.truncated_gradients import alike, truncated_gradient
from lstm.network import Network
from lstm.settings import Settings
from lstm.storage.checkpoint import read
from lstm.text import read_text, split

_ROOT = Path(__file__).parents[3]
MODELS = ("fables", "brackets", "programs", "recipes", "rhymes", "fables_gru", "fables_rnn")
TEXTS, TRAINED, SEEDS = ("brackets", "recipes", "fables"), (5, 10, 25, 50), (1, 2, 3)
RESETS = (1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 400)
LENGTHS = (1, 2, 3, 5, 7, 10, 15, 20, 25, 30, 40, 50, 70, 100, 150, 200, 300, 400)
CONTEXTS = (1, 2, 3, 5, 7, 10, 15, 20, 25, 30, 40, 50, 70, 100, 150, 200)
STRETCH, PLACES, PREDICTED = max(LENGTHS), 25, 4_000
QUANTILES = (0.0, 0.25, 0.5, 0.75, 1.0)
# Every update reads 1,600 characters, whatever the length: as many updates, of as many characters.
UPDATE = 1_600
TRAINING: dict[str, Any] = {
    "hidden": 64, "learning_rate": 0.006, "schedule": "cosine", "warm_up": 50,
    "epochs": {"brackets": 20, "recipes": 20, "fables": 10},
}  # fmt: skip
SETTINGS: Row = {
    "resets": RESETS, "lengths": LENGTHS, "contexts": CONTEXTS, "stretch": STRETCH, "places": PLACES,
    "predicted": PREDICTED, "quantiles": QUANTILES, "update": UPDATE, "training": TRAINING,
}  # fmt: skip


def tasks() -> list[Row]:
    """List what is measured, a row each."""
    models = [_task(what, name) for what in ("state", "gradient") for name in MODELS]
    lengths = {name: RECIPES[name].get("seq_length", Settings.seq_length) for name in MODELS}
    models += [_task("context", name, length) for name, length in lengths.items()]
    trained = [_task("memory", text, length, seed) for text in TEXTS for length in TRAINED for seed in SEEDS]
    return models + trained


def _task(what: str, name: str, length: int = 0, seed: int = 0) -> Row:
    return {"what": what, "name": name, "length": length, "seed": seed}


def measure(what: str, name: str, length: int, seed: int) -> Row:
    """Measure one row."""
    if what == "memory":
        return _trained(name, length, seed)
    checkpoint = read(_ROOT / "assets" / "models" / f"{name}.npz")
    text = read_text(_ROOT / "sample_texts" / f"{checkpoint.notes['text']}.txt")
    held_out = split(checkpoint.vocabulary.encode(text))[1]
    by = {"state": state_losses, "context": context_losses, "gradient": gradient_quantiles}
    return by[what](checkpoint.net, held_out)


def state_losses(net: Network, held_out: Indices) -> Row:
    """Measure the mean loss on the text for each of RESETS, and with the state carried on."""
    losses = [_mean(losses_with_resets(net, held_out, every)) for every in RESETS]
    return {"losses": losses, "carried": _mean(losses_with_resets(net, held_out, None))}


def context_losses(net: Network, held_out: Indices) -> Row:
    """Measure the mean loss of the same characters with the last k known, and with all before them."""
    longest = max(CONTEXTS)
    ids = held_out[: PREDICTED + longest]
    losses = losses_by_context(net, ids, longest)
    whole = losses_with_resets(net, ids, None)[longest - 1 :]
    return {"losses": [round(float(losses[k - 1]), 4) for k in CONTEXTS], "carried": _mean(whole)}


def gradient_quantiles(net: Network, held_out: Indices) -> Row:
    """Compare truncated gradients with whole ones, at PLACES places; the state comes from STRETCH before.

    Returns quantiles for each of LENGTHS by the names of `blocks`: cosines, and lengths as shares of the
    whole gradient's.
    """
    starts = np.linspace(STRETCH, len(held_out) - STRETCH - 1, PLACES).astype(int)
    measured: dict[str, list[list[tuple[float, float]]]] = {}
    for start in starts:
        state = net.run(held_out[start - STRETCH : start]).state
        ids = held_out[start : start + STRETCH + 1]
        whole = blocks(net, truncated_gradient(net, ids, STRETCH, state).flat)
        for k, length in enumerate(LENGTHS):
            cut = blocks(net, truncated_gradient(net, ids, length, state).flat)
            for name in whole:
                rows = measured.setdefault(name, [[] for _ in LENGTHS])
                rows[k].append(alike(cut[name], whole[name]))
    return {"blocks": {name: _quantiles(np.array(rows)) for name, rows in measured.items()}}


def blocks(net: Network, flat: Array) -> dict[str, Array]:
    """Return a gradient's parts by name: the cell's as a whole, and each gate's columns for h and for x.

    flat: all weights, as `Network.weights.flat`.  The readout is left out: its gradient is never cut.
    """
    gradient = net.untrained().gradients
    gradient.flat[:] = flat
    parts = {"cell": np.concatenate([gradient["W"].ravel(), gradient["b"].ravel()])}
    for letter in net.letters:
        W = gradient[f"W{letter}"]
        parts[f"{letter} h"], parts[f"{letter} x"] = W[:, : net.hidden_size], W[:, net.hidden_size :]
    return parts


def _quantiles(values: Array) -> Row:
    """Return quantiles over places of (L, P, 2) cosines and lengths, (L, Q) each."""
    cosines, lengths = np.quantile(values, QUANTILES, axis=1).transpose(2, 1, 0).round(4).tolist()
    return {"cosine": cosines, "length": lengths}


def _trained(text_name: str, length: int, seed: int) -> Row:
    """Train a network with sequences of `length` characters, the state carried on; measure its best epoch."""
    text = read_text(_ROOT / "sample_texts" / f"{text_name}.txt")
    vocabulary = Vocabulary.from_text(text)
    settings = {**TRAINING, "epochs": TRAINING["epochs"][text_name]}
    net = LSTM(len(vocabulary), settings.pop("hidden"), len(vocabulary), seed=seed)
    sizes = {"seq_length": length, "batch_size": UPDATE // length, "seed": seed}
    training = train(net, vocabulary.encode(text), **settings, **sizes)
    for _ in training:
        pass
    return context_losses(training.best_network(), training.batches.validation)


def _mean(losses: Array) -> float:
    return round(float(losses.mean()), 4)


def build() -> None:
    """Measure what is missing in assets/experiments/truncation.json."""
    fill("truncation", SETTINGS, tasks(), measure)
