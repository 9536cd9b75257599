"""Count the words that the fables model invents at each temperature: python -m assets.build.temperatures

For the class that chooses temperatures: at each of them the model writes many texts, and their words are
looked up in the text that it learned from.  Half a minute on one core.
"""

import json
from pathlib import Path

from assets.build.sampling import MODELS, learned_text
from lstm.interpret.imitation import words
from lstm.sampling import beginning
from lstm.storage.checkpoint import Checkpoint, read
from lstm.together import Draws, walk_along

FILE = Path(__file__).parents[1] / "temperatures.json"
MODEL = "fables"
TEMPERATURES = tuple(round(0.1 * k, 1) for k in range(21))
CHARACTERS, SEEDS = 1_000, range(40)  # of each text, and how many are written at each temperature
Counts = list[list[int]]


def count(model: Checkpoint, seed: int) -> Counts:
    """Count the words of one text at each temperature: those that its text has, and all of them."""
    start = model.vocabulary.encode(beginning(model.vocabulary))
    indices, _ = walk_along(model.net, start, TEMPERATURES, Draws(CHARACTERS, seed=seed))
    vocabulary = set(words(learned_text(model)))
    texts = [words(model.vocabulary.decode(column)) for column in indices.T]
    return [[sum(word in vocabulary for word in text), len(text)] for text in texts]


def build() -> None:
    """Count all of it and write the file; beside it first, then rename."""
    model = read(MODELS / f"{MODEL}.npz")
    rows = ",\n".join(json.dumps(count(model, seed)) for seed in SEEDS)
    beside = FILE.with_suffix(".part")
    beside.write_text(f'{{"temperatures": {json.dumps(TEMPERATURES)}, "counts": [\n{rows}\n]}}\n', "utf-8")
    beside.replace(FILE)


if __name__ == "__main__":
    build()
