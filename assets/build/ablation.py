"""Measure what each gate of the catalogue's models is worth: python -m assets.build.ablation

Every model with each gate clamped, on the tenth of its text that it did not learn from, all of it; the means
are taken over the other nine tenths.  Half a minute on one core; on one machine the same numbers come out
again.
"""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np

from lstm.diagnosis.probes import tables
from lstm.interpret.ablation import ablation
from lstm.network import Network
from lstm.storage.checkpoint import read
from lstm.text import read_text, split

GateLosses = dict[str, dict[str, float]]

ROOT = Path(__file__).parents[2]
FILE, MODELS = ROOT / "assets" / "ablation.json", ROOT / "assets" / "models"
DIGITS = 5  # after the point
EXACT = 0.005  # nats: where float32 and float64 differ by more, rounding decides


def measure(path: Path) -> dict[str, Any]:
    """Measure one entry, losses in nats per character: `lstm.interpret.ablation` of a model's file.

    And what there is to compare with: guess, ln V; table_0, table_1 and table_2, of a table that was
    counted in the nine tenths, of which character follows 0, 1 or 2 others (`lstm.diagnosis.probes.tables`),
    on the same tenth.  float64: the losses of clamped gates that come out otherwise in float64.
    """
    checkpoint = read(path)
    net, text = checkpoint.net, checkpoint.notes["text"]
    ids = checkpoint.vocabulary.encode(read_text(ROOT / "sample_texts" / f"{text}.txt"))
    learned, held_out = split(ids)
    losses = {"guess": math.log(net.output_size)} | tables(ids, net.output_size)
    result = ablation(net, held_out, learned)
    losses |= {"intact": result.intact, "one_character": result.one_character, "clamped": result.gate_losses}
    losses["float64"] = _otherwise(
        result.gate_losses, ablation(_in_float64(net), held_out, learned).gate_losses
    )
    about = {"model": path.stem, "kind": net.kind, "text": text, "characters": len(held_out)}
    return about | rounded(losses)


def _in_float64(net: Network) -> Network:
    """Return a copy of a network that computes in float64, with the same weights."""
    sizes = (net.input_size, net.hidden_size, net.output_size)
    twin = type(net)(*sizes, seed=0, dtype=np.float64, layers=net.layers)
    twin.weights.flat[:] = net.weights.flat
    return twin


def _otherwise(losses: GateLosses, exact: GateLosses) -> GateLosses:
    """Return those of the exact losses from which the others are further than EXACT."""
    differences = {
        gate: {way: loss for way, loss in ways.items() if abs(loss - losses[gate][way]) > EXACT}
        for gate, ways in exact.items()
    }
    return {gate: ways for gate, ways in differences.items() if ways}


def rounded(numbers: dict[str, Any]) -> dict[str, Any]:
    """Round the numbers of a dictionary, and of dictionaries in it, to as many digits as the file has."""
    return {k: rounded(v) if isinstance(v, dict) else round(v, DIGITS) for k, v in numbers.items()}


def build() -> None:
    """Measure all of them and write the file, one line an entry; beside it first, then rename."""
    lines = []
    for path in sorted(MODELS.glob("*.npz")):
        lines.append(json.dumps(measure(path)))
        print(lines[-1], flush=True)
    beside = FILE.with_suffix(".part")
    beside.write_text("[\n{}\n]\n".format(",\n".join(lines)), "utf-8")
    beside.replace(FILE)


if __name__ == "__main__":
    build()
