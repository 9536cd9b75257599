"""Train with the cheat sheet's settings and with the command line's: python -m assets.build.recipe

The same network reads the same text for 50 epochs with each of three groups of settings, three seeds each:
six and a half minutes on one core.  assets/recipe.json gets the validation loss of every epoch.  Runs that it
holds already, with the same text and settings, stay, so an interrupted build goes on where it was; delete the
file to measure all of it again.  On one machine the losses come out the same again.
"""

import json
import os
import zlib
from pathlib import Path
from typing import Any

if __name__ == "__main__":  # small matrices: threads would wait for each other; read when NumPy is imported
    os.environ.update({f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "MKL", "OMP")})

import numpy as np

from lstm import LSTM, Vocabulary
from lstm.settings import Settings
from lstm.text import read_text, split
from lstm.training import Training
from lstm.training.recipe import INPUT_SCALE, default_recipe

FILE = Path(__file__).parents[1] / "recipe.json"
TEXT, CHARACTERS = "fables", 100_000
HIDDEN_SIZE, SEQ_LENGTH, EPOCHS, SEEDS = 128, 50, 50, (1, 2, 3)
DIGITS = 4  # of a loss
_SHARED = {"seq_length": SEQ_LENGTH, "epochs": EPOCHS, "optimiser": "adam"}
SHEET, FASTER, DEFAULT = "cheat sheet", "rate 0.003, batch 16", "default"


def text() -> str:
    """Return the text that all of them read."""
    return read_text(Path(__file__).parents[2] / "sample_texts" / f"{TEXT}.txt")[:CHARACTERS]


def contenders() -> dict[str, dict[str, Any]]:
    """Return each contender's settings for `train`, and the scale of its first input weights."""
    vocabulary = Vocabulary.from_text(text())
    training, _ = split(vocabulary.encode(text()))
    recipe = default_recipe(len(training), len(vocabulary), HIDDEN_SIZE, seq_length=SEQ_LENGTH, epochs=EPOCHS)
    constant = _SHARED | {"schedule": "constant", "input_scale": None}
    return {
        SHEET: constant | {"learning_rate": 0.001, "batch_size": 32},
        FASTER: constant | {"learning_rate": 0.003, "batch_size": 16},
        # Without patience, so that the curve goes to the end.
        DEFAULT: recipe | {"patience": None, "input_scale": INPUT_SCALE},
    }


def run(contender: str, seed: int, last: int = EPOCHS) -> list[float]:
    """Train one network and return its validation loss after each epoch up to `last`, nats a character."""
    vocabulary = Vocabulary.from_text(text())
    settings = contenders()[contender]
    scale = settings.pop("input_scale")
    net = LSTM(len(vocabulary), HIDDEN_SIZE, len(vocabulary), seed=seed, input_scale=scale)
    training = Training(net, vocabulary.encode(text()), Settings(**settings, seed=seed))
    losses: list[float] = []
    for progress in training:
        if progress.validation_loss is not None:
            losses.append(round(float(progress.validation_loss), DIGITS))
        if len(losses) == last:
            break
    return losses


def build() -> None:
    """Train what is missing, one run after the other, and write the file after each."""
    runs = earlier_runs()
    for contender in contenders():
        for seed in SEEDS:
            if any((r["contender"], r["seed"]) == (contender, seed) for r in runs):
                continue
            losses = run(contender, seed)
            runs = write([*runs, {"contender": contender, "seed": seed, "losses": losses}])
            best = int(np.argmin(losses))
            print(f"{contender}, seed {seed}: {losses[best]:.3f} at epoch {best + 1}", flush=True)


def header() -> dict[str, Any]:
    """Return what the runs share and, of each contender, its settings."""
    return {
        "text": TEXT,
        "characters": CHARACTERS,
        "text_checksum": zlib.crc32(text().encode()),
        "hidden_size": HIDDEN_SIZE,
        "seeds": list(SEEDS),
        "contenders": contenders(),
    }


def earlier_runs() -> list[dict[str, Any]]:
    """Return the runs of the file whose text and settings are the same now."""
    if not FILE.exists():
        return []
    results, now = json.loads(FILE.read_text("utf-8")), header()
    before, settings = results["header"].pop("contenders"), now.pop("contenders")
    if results["header"] != now:
        return []
    return [r for r in results["runs"] if before.get(r["contender"]) == settings.get(r["contender"])]


def write(runs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Write the file, one line a run, in the order of the contenders; beside it first, then rename."""
    order = list(contenders())
    runs = sorted(runs, key=lambda r: (order.index(r["contender"]), r["seed"]))
    lines = ",\n".join(json.dumps(r) for r in runs)
    beside = FILE.with_suffix(".part")
    beside.write_text(f'{{"header": {json.dumps(header())},\n"runs": [\n{lines}\n]}}\n', "utf-8")
    beside.replace(FILE)
    return runs


if __name__ == "__main__":
    build()
