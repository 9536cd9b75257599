"""Real small trainings, healthy and made to be ill, as the doctor and the checklist see them.

What was observed of each is kept in tests/data/observed_runs.npz, so that most tests need not train.
"""

import dataclasses
import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from lstm.diagnosis.observation import Observed
from lstm.diagnosis.probes import examine, probe
from lstm.network import NETWORKS
from lstm.settings import Settings
from lstm.text import Vocabulary, read_text, split
from lstm.training import Training
from tests.tiers import first_fast

MOST = 161_559  # characters of a text: of more, no epoch ends within 300 steps

HEALTHY = {
    "fables, Adam 0.001": {"learning_rate": 0.001},
    "fables, Adam 0.01": {"learning_rate": 0.01},
    "fables, GRU": {"kind": "gru", "learning_rate": 0.003},
    "fables, RNN": {"kind": "rnn", "learning_rate": 0.01},
    "fables, SGD 1": {"learning_rate": 1.0, "optimiser": "sgd"},
    "fables, SGD 3, not clipped": {
        "kind": "gru", "learning_rate": 3.0, "optimiser": "sgd", "clip_norm": None,
    },
    "fables, b_f = 0": {"bias": 0, "learning_rate": 0.003},
    "fables, b_f = 3": {"bias": 3, "learning_rate": 0.003},
    "fables, b_z = −3": {"kind": "gru", "bias": -3, "learning_rate": 0.003},
    "fables, 64 units": {"H": 64, "batch_size": 32, "learning_rate": 0.01, "steps": 150},
    "fables, T = 100": {"kind": "rnn", "seq_length": 100, "learning_rate": 0.003},
    "brackets": {"name": "brackets", "learning_rate": 0.003},
    "programs": {"name": "programs", "kind": "rnn", "learning_rate": 0.01},
    "recipes": {"name": "recipes", "learning_rate": 0.01, "steps": 200},
    "rhymes": {"name": "rhymes", "learning_rate": 0.003, "batch_size": 8},
    "places": {"name": "places", "kind": "gru", "learning_rate": 0.003, "batch_size": 8},
}  # fmt: skip

# What was done, and what must be found at the end, the gravest first.  (An LSTM with Adam 0.3 is not among
# them: it sometimes recovers.)
SGD = {"optimiser": "sgd", "steps": 150}
OVERFLOW = {
    "scale": 20, "seq_length": 200, "clip_norm": None, "learning_rate": 1.0, "optimiser": "sgd", "steps": 120,
}  # fmt: skip
ILL = {
    "Adam 1": ({"learning_rate": 1.0, "steps": 150}, ["rate_too_high", "saturated"]),
    "RNN, Adam 0.1": (
        {"kind": "rnn", "H": 64, "learning_rate": 0.1, "steps": 150}, ["rate_too_high", "saturated"],
    ),
    "GRU, Adam 0.3": ({"kind": "gru", "learning_rate": 0.3}, ["rate_too_high", "saturated"]),
    "SGD 30, not clipped": (
        {"learning_rate": 30.0, "clip_norm": None, **SGD}, ["rate_too_high", "saturated"],
    ),
    "SGD 30, clipped by value": (
        {"learning_rate": 30.0, "clip_norm": None, "clip_value": 5.0, **SGD}, ["rate_too_high", "saturated"],
    ),
    "RNN, SGD 10": (
        {"kind": "rnn", "learning_rate": 10.0, **SGD}, ["rate_too_high", "saturated", "vanishing"],
    ),
    "Adam 0.00001": ({"learning_rate": 1e-5, "steps": 250}, ["plateau", "rate_too_low"]),
    "GRU, Adam 0.0001": ({"kind": "gru", "learning_rate": 1e-4}, ["rate_too_low"]),
    "RNN, SGD 0.03": ({"kind": "rnn", "learning_rate": 0.03, "optimiser": "sgd"}, ["rate_too_low"]),
    "6,000 characters": (
        {
            "kind": "gru", "characters": 6_000, "batch_size": 8, "seq_length": 25, "learning_rate": 0.02,
            "steps": 500,
        },
        ["overfitting"],
    ),
    "b_f = −5, hardly moving": ({"bias": -5, "learning_rate": 1e-5, "steps": 150}, ["vanishing"]),
    "small weights, hardly moving": (
        {"kind": "rnn", "scale": 0.1, "learning_rate": 1e-5, "steps": 150}, ["vanishing"],
    ),
    "b_f = 8": ({"bias": 8, "learning_rate": 0.003, "steps": 150}, ["saturated", "growing_state"]),
    "b_z = 8": ({"kind": "gru", "bias": 8, "learning_rate": 0.003, "steps": 150}, ["saturated"]),
    "weights times 10": ({"kind": "rnn", "scale": 10, "learning_rate": 0.001, "steps": 150}, ["exploding"]),
    # With weights of the usual size float32 does not overflow within 100 steps of text, at any rate.
    "GRU, weights times 20": ({"kind": "gru", **OVERFLOW}, ["not_a_number"]),
    "RNN, weights times 20": ({"kind": "rnn", **OVERFLOW}, ["not_a_number"]),
    "2 units": ({"H": 2, "learning_rate": 0.01, "steps": 900}, ["too_small"]),
    "3 units": (  # of 161,559 characters its gradient vanishes at the end as well
        {"kind": "rnn", "H": 3, "characters": 150_000, "learning_rate": 0.01, "steps": 2_200}, ["too_small"],
    ),
}  # fmt: skip

# What only one test asks for.
OTHERS = {
    "Adam 0.01": {"learning_rate": 0.01},
    "no validation": {"kind": "rnn", "learning_rate": 0.01, "steps": 120, "validation_share": 0},
    "clipped to 0.01": {"kind": "rnn", "learning_rate": 0.01, "steps": 120, "clip_norm": 0.01},
    "not clipped": {"kind": "rnn", "learning_rate": 0.01, "steps": 120, "clip_norm": None},
    "T = 5": {"bias": 3, "seq_length": 5, "learning_rate": 1e-5, "steps": 60},
}
RUNS = HEALTHY | {name: made for name, (made, _) in ILL.items()} | OTHERS
RECORDED = Path(__file__).parents[2] / "data" / "observed_runs.npz"
TEXTS = Path(__file__).parents[3] / "sample_texts"
PROBE_EVERY = 50


@cache
def text(name="fables", characters=None):
    """Vocabulary and indices of a sample text, or of its beginning."""
    words = read_text(TEXTS / f"{name}.txt")[: characters or MOST]
    vocabulary = Vocabulary.from_text(words)
    return vocabulary, vocabulary.encode(words)


@cache  # the same run serves several tests; nobody writes into it
def trained(kind="lstm", steps=300, H=32, name="fables", characters=None, bias=None, scale=None, **settings):
    """What was observed of a training.  bias: b_f or b_z at first; scale: of the cell's weights."""
    vocabulary, ids = text(name, characters)
    net = NETWORKS[kind](len(vocabulary), H, len(vocabulary), seed=1)
    if bias is not None:
        net.weights["bf" if kind == "lstm" else "bz"][:] = bias
    if scale is not None:
        net.W = scale * net.W
    training = Training(net, ids, Settings(**{"epochs": 10**5, "batch_size": 16, **settings}))
    _, piece = split(ids, training.settings.validation_share)
    probes, reports, examined = [], [], examine(net, ids, training.settings)
    while training.step < steps:
        reports.append(next(training))
        if training.step % PROBE_EVERY == 0 and len(piece):
            probes.append({"step": training.step, **probe(net, piece[:600])})
    validated = [report for report in reports if report.validation_loss is not None]
    return Observed(
        kind, H, len(vocabulary), training.settings, training.chunks, len(ids) - len(piece), len(piece),
        np.array([report.loss for report in reports]),
        np.array([report.gradient_norm for report in reports]),
        np.array([report.step for report in validated], int),
        np.array([report.validation_loss for report in validated]),
        probes, examined,
    )  # fmt: skip


COLUMNS = {"loss": float, "gradient_norm": float, "validation_step": int, "validation_loss": float}


def record(runs, path):
    """Write what was observed of runs into a file: columns as arrays, everything else as JSON."""
    arrays = {}
    for name, run in runs.items():
        rest = dataclasses.asdict(run) | dict.fromkeys(COLUMNS)
        arrays[f"{name}/rest"] = np.array(json.dumps(rest, default=float))
        columns = {column: getattr(run, column) for column in COLUMNS}
        arrays |= {
            f"{name}/{column}": values.astype(np.float32 if values.dtype == float else np.int32)
            for column, values in columns.items()
        }
    np.savez_compressed(path, **arrays)


@cache
def recorded(name):
    """Return what was observed of the training of this name when the file was written."""
    with np.load(RECORDED) as arrays:
        rest = json.loads(str(arrays[f"{name}/rest"]))
        columns = {column: arrays[f"{name}/{column}"].astype(kind) for column, kind in COLUMNS.items()}
    return Observed(**rest | columns | {"settings": Settings(**rest["settings"])})


def anew(name):
    """Return what is observed of the training of this name now."""
    return trained(**RUNS[name])


# Every run as it was recorded; in the slow tier trained anew as well.
recorded_and_anew = pytest.mark.parametrize("run_of", first_fast(1, [recorded, anew]))


def until(run, step):
    """What was known of a run after an earlier step."""
    seen = run.validation_step <= step
    return Observed(
        run.kind, run.hidden_size, run.vocabulary_size, run.settings, run.chunks,
        run.train_characters, run.validation_characters, run.loss[:step], run.gradient_norm[:step],
        run.validation_step[seen], run.validation_loss[seen],
        [found for found in run.probes if found["step"] <= step], run.examined,
    )  # fmt: skip
