"""How good the text is after a minute: python -m tests.benchmarks.quality TEXT … [--seconds 60] [--seeds 3]

Each text is learned by the command line's defaults (an LSTM of 128 units) and, where it is installed, by
PyTorch with each of six settings, the best of which counts; seeds and contenders in turn, one thread, as
long as the processor has worked for so many seconds, validation apart.  What counts is the lowest validation
loss until then, which is what the command line saves.  A list, whose lines are in order, is put in another
order for both.  At last the cheat sheet's command, all of its epochs, and how many words it writes are known.
"""

import argparse
import os
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from assets.build.measures import known_words
from lstm import LSTM, Vocabulary, generate
from lstm.settings import Settings
from lstm.text import looks_like_list, read_text, split
from lstm.training import Training, evaluate
from lstm.training.recipe import INPUT_SCALE, default_recipe
from tests.benchmarks.race import table

try:
    from tests.benchmarks import pytorch
except ImportError:
    pytorch = None

H, T, EPOCHS, WRITTEN = 128, 50, 50, 20_000
SIZE = 103_000  # characters of each of the README's texts
SIX = [(B, rate) for B in (16, 32) for rate in (0.001, 0.003, 0.006)]


def new_training(text: str, seed: int) -> tuple[Training, Vocabulary]:
    """Return the training that the command line begins where nothing is asked."""
    vocabulary = Vocabulary.from_text(text)
    ids, V = vocabulary.encode(text), len(vocabulary)
    line_end = vocabulary.char_to_idx["\n"] if looks_like_list(text) else None
    recipe = default_recipe(len(split(ids)[0]), V, H, seq_length=T, epochs=EPOCHS)
    net = LSTM(V, H, V, seed=seed, input_scale=INPUT_SCALE)
    return Training(net, ids, Settings(**recipe, seed=seed, line_end=line_end)), vocabulary


def losses(training: Training) -> Iterator[tuple[float, float]]:
    """Train; yield after each epoch the seconds that the processor worked, and the validation loss."""
    worked, measured = 0.0, training.validate
    validation = 0.0

    def validate() -> float | None:
        nonlocal validation
        began = time.process_time()
        loss = measured()
        validation += time.process_time() - began
        return loss

    training.validate = validate  # type: ignore[method-assign]
    began = time.process_time()
    for progress in training:
        if progress.validation_loss is not None:
            worked = time.process_time() - began - validation
            yield worked, progress.validation_loss


def best(curve: Iterator[tuple[float, float]], seconds: float) -> float:
    """Return the lowest loss until the processor has worked for so many seconds."""
    lowest = np.inf
    for worked, loss in curve:
        if worked > seconds:
            break
        lowest = min(lowest, loss)
    return lowest


def of_pytorch(text: str, seconds: float, seeds: int) -> tuple[list[float], tuple[int, float]]:
    """Return PyTorch's losses, one a seed, with the best setting of six for seed 1, and which it is."""
    training, _ = new_training(text, 1)
    batches = training.batches
    sizes = training.net.output_size, H, T
    one = {
        setting: best(
            pytorch.validation_losses(batches.train, batches.validation, *sizes, *setting, 1), seconds
        )
        for setting in SIX
    }
    B, rate = setting = min(one, key=one.__getitem__)
    rest = [
        best(pytorch.validation_losses(batches.train, batches.validation, *sizes, B, rate, seed), seconds)
        for seed in range(2, seeds + 1)
    ]
    return [one[setting], *rest], setting


def sheets_command(text: str) -> tuple[float, float, float]:
    """Run the cheat sheet's command.  Returns known words' share, the best loss, the saved model's."""
    training, vocabulary = new_training(text, 0)
    for _ in training:
        pass
    net = training.best_network()
    written = "".join(s.char for s in generate(net, vocabulary, length=WRITTEN, temperature=0.8, seed=0))
    _, validation = split(vocabulary.encode(text))
    if training.settings.line_end is not None:
        validation = training.batches.validation
    return known_words(written, text), float(training.best_loss or np.nan), evaluate(net, validation)


def own_texts(folder: str) -> dict[str, str]:
    """Return the README's texts: beginnings of plays.txt and names.txt in a folder, and of argparse.py."""
    paths = {name: Path(folder, f"{name}.txt") for name in ("plays", "names")}
    if not all(path.is_file() for path in paths.values()):
        raise LookupError("Which folder has plays.txt and names.txt? Say it with --texts FOLDER.")
    texts = {name: read_text(str(path))[:SIZE] for name, path in paths.items()}
    return texts | {"code": read_text(argparse.__file__)[:SIZE]}


def figures(is_quick: bool) -> dict[str, float]:
    """Measure what the README says of texts."""
    if pytorch is None:
        raise LookupError("It is compared with PyTorch, which is not installed.")
    seconds, seeds, length = (0.3, 1, 5_000) if is_quick else (60.0, 3, SIZE)
    values: dict[str, float] = {}
    for name, text in own_texts(os.environ.get("FIGURES_TEXTS", "")).items():
        figures, cells, _ = measure(text[:length], seconds, seeds)
        print(name, *cells, flush=True)
        values |= {f"{name}_{key}": value for key, value in figures.items()}
    return values


def measure(text: str, seconds: float, seeds: int) -> tuple[dict[str, float], list[str], list[str]]:
    """Learn a text in all ways; figures by name, the cells of the first table and of the second."""
    ours = [best(losses(new_training(text, seed)[0]), seconds) for seed in range(1, seeds + 1)]
    cells = [f"{np.mean(ours):.3f} ({min(ours):.3f} to {max(ours):.3f})"]
    figures = {"lstm": float(np.mean(ours))}
    if pytorch is not None:
        theirs, (B, rate) = of_pytorch(text, seconds, seeds)
        cells += [f"{np.mean(theirs):.3f} ({min(theirs):.3f} to {max(theirs):.3f})", f"B {B}, rate {rate}"]
        gap = float(np.mean(ours) - np.mean(theirs))
        figures |= {"pytorch": float(np.mean(theirs)), "gap": gap, "batch": B, "rate": rate}
    share, lowest, saved = sheets_command(text)
    figures |= {"words": 100 * share, "saved": saved - lowest}
    return figures, cells, [f"{share:.0%}", f"{lowest:.3f}", f"{saved:.3f}"]


def main() -> None:
    """Measure and print two tables in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("texts", nargs="+")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seeds", type=int, default=3)
    options = parser.parse_args()
    rows, written = [], []
    for path in options.texts:
        _, first, second = measure(read_text(path), options.seconds, options.seeds)
        name = path.rsplit("/", 1)[-1]
        rows.append([name, *first])
        written.append([name, *second])
    head = ["text", "lstm", "PyTorch", "its best of six"][: len(rows[0])]
    table(f"Validation loss after {options.seconds:.0f} s, {options.seeds} seeds", head, rows)
    head = ["text", "known words at temperature 0.8", "best epoch", "the saved model"]
    table("The cheat sheet's command, from beginning to end", head, written)


if __name__ == "__main__":
    main()
