"""Measure what the sampling page says of the course's models: python -m assets.build.sampling

What they write at each temperature, whether they end in a loop, how far two temperatures agree, what each
unit of the bracket model is worth, and whether it stores a bracket that it does not show.  Half a minute on
one core.
"""

import json
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from assets.build.measures import known_words
from lstm import generate
from lstm.interpret.brackets import CLOSER, LineCount, count_closed_lines
from lstm.interpret.surgery import operate
from lstm.network import Network
from lstm.sampling import beginning
from lstm.storage.checkpoint import Checkpoint, read
from lstm.text import Vocabulary, read_text, split
from lstm.textstats.repetition import loop, repeated_share
from lstm.together import Draws, walk_along

ROOT = Path(__file__).parents[2]
FILE, MODELS = ROOT / "assets" / "sampling.json", ROOT / "assets" / "models"
DIGITS = 4  # after the point
# The temperatures that the course's ranges begin and end at, and how much is written at each.
TEMPERATURES, CHARACTERS, SEEDS = (0.0, 0.2, 0.5, 0.8, 1.0, 1.5, 2.0), 1_000, (0, 1, 2)
NO_WORDS = ("brackets", "places")  # models whose texts have no words that could be known
# Two texts from the same random numbers, compared from their first difference on.
PAIR, PAIR_CHARACTERS, PAIR_SEEDS = (0.8, 1.0), 400, range(1, 21)
LONG = 20  # characters in common: a run as long as that is no chance
BRACKETS, LINES_CHARACTERS, LINES_TEMPERATURE = "brackets", 3_000, 0.5
# Lines of one open bracket and letters: as many as a reading of C is fitted on, and as many new ones.
LETTERS, FITTED, NEW, RIDGE = 35, 400, 200, 0.01


def measure() -> dict[str, Any]:
    """Measure everything; names of models to what was measured."""
    models = {path.stem: read(path) for path in sorted(MODELS.glob("*.npz"))}
    net, vocabulary = models[BRACKETS].net, models[BRACKETS].vocabulary
    units = [list(count_lines(operate(net, ablate=[unit]), vocabulary)) for unit in range(net.hidden_size)]
    return {
        "loops": {name: loop(write(model, 0.0, CHARACTERS, 0)) for name, model in models.items()},
        "temperatures": {name: temperatures(model) for name, model in models.items() if name not in NO_WORDS},
        "pairs": {name: compare_pairs(model)._asdict() for name, model in models.items()},
        "single_units": {"intact": list(count_lines(net, vocabulary)), "ablated": units},
        "open_bracket": open_bracket(net, vocabulary)._asdict(),
    }


def write(model: Checkpoint, temperature: float, length: int, seed: int) -> str:
    """Let a model write from the beginning of a line."""
    steps = generate(model.net, model.vocabulary, "", length, temperature, seed=seed)
    return "".join(step.char for step in steps)


def learned_text(model: Checkpoint) -> str:
    """Return the part of its text that a model learned from."""
    return split(read_text(ROOT / "sample_texts" / f"{model.notes['text']}.txt"))[0]


def temperatures(model: Checkpoint) -> list[list[float]]:
    """Return a row a temperature: it, and the shares of known words and of repeated 20-grams."""
    learned, rows = learned_text(model), []
    for temperature in TEMPERATURES:
        texts = [write(model, temperature, CHARACTERS, seed) for seed in SEEDS]
        words = np.mean([known_words(text, learned) for text in texts])
        repeated = np.mean([repeated_share(text) for text in texts])
        rows.append([temperature, round(float(words), DIGITS), round(float(repeated), DIGITS)])
    return rows


class Pairs(NamedTuple):
    """Pairs of texts that met the same random numbers at two temperatures, from their first difference on.

    first: after how many characters it comes, the median; same: the share of characters in common after it;
    chance: that share if only the frequencies of characters agreed; long_runs: the share of pairs in which
    LONG characters in a row are the same again; longest: the longest such run.
    """

    first: int
    same: float
    chance: float
    long_runs: float
    longest: int


def compare_pairs(model: Checkpoint) -> Pairs:
    """Compare the texts of all seeds."""
    firsts, shares, runs = [], [], []
    for seed in PAIR_SEEDS:
        start = model.vocabulary.encode(beginning(model.vocabulary))
        indices, _ = walk_along(model.net, start, PAIR, Draws(PAIR_CHARACTERS, seed=seed))
        equal = indices[:, 0] == indices[:, 1]
        if not equal.all():
            first = int(equal.argmin())
            firsts.append(first)
            counts = [np.bincount(row, minlength=model.net.output_size) for row in indices[first:].T]
            shares.append((equal[first:].mean(), counts[0] @ counts[1] / (len(equal) - first) ** 2))
            runs.append(longest_run(equal[first:].tolist()))
    long_runs = np.mean([run >= LONG for run in runs])
    rounded = (round(float(share), DIGITS) for share in (*np.mean(shares, axis=0), long_runs))
    return Pairs(sorted(firsts)[len(firsts) // 2], *rounded, max(runs))


def longest_run(equal: list[bool]) -> int:
    """Return the length of the longest run of true."""
    longest = run = 0
    for one in equal:
        run = run + 1 if one else 0
        longest = max(longest, run)
    return longest


def count_lines(net: Network, vocabulary: Vocabulary) -> LineCount:
    """Let a network of the bracket text write, and count the lines that close what they open."""
    steps = generate(net, vocabulary, "", LINES_CHARACTERS, LINES_TEMPERATURE, seed=0)
    return count_closed_lines("".join(step.char for step in steps))


class OpenBracket(NamedTuple):
    """What becomes of an open bracket after many letters, in lines that nothing was fitted on.

    in_C: in how many lines a linear reading of C, fitted on `fitted` other lines, says which bracket is
    open; in_logits: in how many the closing bracket that the network finds likeliest is the right one.
    """

    letters: int
    fitted: int
    new: int
    in_C: int
    in_logits: int


def open_bracket(net: Network, vocabulary: Vocabulary) -> OpenBracket:
    """Read an open bracket and letters; say which bracket it was, from C and from the logits."""
    rng, openers = np.random.default_rng(0), list(CLOSER)
    kinds = rng.integers(len(openers), size=FITTED + NEW)
    lines = [f"\n{openers[kind]}{''.join(rng.choice(list('abc'), LETTERS))}" for kind in kinds]
    reading = net.run(np.stack([vocabulary.encode(line) for line in lines], axis=1))
    C = reading.values["C"][-1].astype(float)
    inputs = np.column_stack([C - C[:FITTED].mean(axis=0), np.ones(len(C))])
    fitted, targets = inputs[:FITTED], np.eye(len(openers))[kinds[:FITTED]]
    weights = np.linalg.solve(fitted.T @ fitted + RIDGE * np.eye(fitted.shape[1]), fitted.T @ targets)
    by_C = (inputs @ weights).argmax(axis=1)
    by_logits = reading.logits[-1][:, vocabulary.encode("".join(CLOSER.values()))].argmax(axis=1)
    right = (int((named == kinds)[FITTED:].sum()) for named in (by_C, by_logits))
    return OpenBracket(LETTERS, FITTED, NEW, *right)


def build() -> None:
    """Measure all of it and write the file; beside it first, then rename."""
    parts = (f"{json.dumps(name)}: {json.dumps(part)}" for name, part in measure().items())
    beside = FILE.with_suffix(".part")
    beside.write_text("{{\n{}\n}}\n".format(",\n".join(parts)), "utf-8")
    beside.replace(FILE)


if __name__ == "__main__":
    build()
