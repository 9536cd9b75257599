"""Train the models of the catalogue: python -m assets.build.models [name ...]

Without names, all of them, which takes about ten minutes on one core; `--table` prints what the
README says of them.  Every run starts from its seed, so the same machine makes the same models again.
"""

import math
import sys
from pathlib import Path
from typing import Any

from assets.build.measures import MEASURES
from lstm import Vocabulary, generate, save
from lstm.network import NETWORKS
from lstm.settings import Settings
from lstm.storage.checkpoint import Checkpoint, read
from lstm.storage.history import History, epoch_loss
from lstm.storage.snapshots import Recorder, geometric_steps
from lstm.text import read_text
from lstm.training import Training

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "assets" / "models"
HIDDEN_SIZE, SEED, SNAPSHOTS, MEASURED = 128, 1, 12, 20_000

# Each model: its text, its cell, and its training.  Found by trying, for samples worth showing.  The RNN
# reads the fables as often as the LSTM does.  The GRU reads them twice as often, without dropout: its
# moments show what a run does that goes on when it should have been stopped.  Two layers of 81 units have as
# many parameters as one of 128, within a hundredth.
FABLES = {"text": "fables", "epochs": 30, "batch_size": 16}
COSINE = {"schedule": "cosine", "warm_up": 100}
MODELS: dict[str, dict[str, Any]] = {
    "fables": {**FABLES, **COSINE, "learning_rate": 0.006, "dropout": 0.05},
    "fables_gru": {**FABLES, "cell": "gru", "epochs": 60, "learning_rate": 0.006, "decay": 0.96},
    "fables_rnn": {**FABLES, **COSINE, "cell": "rnn", "learning_rate": 0.004},
    "fables_two_layers": {
        **FABLES, **COSINE, "learning_rate": 0.006, "dropout": 0.05, "layers": 2, "hidden_size": 81,
    },
    "brackets": {
        "text": "brackets", "epochs": 40, "learning_rate": 0.004, "decay": 0.91,
        "batch_size": 16, "seq_length": 64,
    },
    "rhymes": {
        "text": "couplets", "epochs": 16, "learning_rate": 0.006, **COSINE, "batch_size": 8, "seq_length": 64,
    },
    "programs": {
        "text": "programs", "epochs": 40, "learning_rate": 0.004, "decay": 0.94,
        "batch_size": 16, "seq_length": 80,
    },
    "recipes": {"text": "recipes", "epochs": 40, "learning_rate": 0.004, "decay": 0.94, "batch_size": 16},
    "places": {"text": "places", "epochs": 60, "learning_rate": 0.003, "decay": 0.94, "batch_size": 8},
}  # fmt: skip


def build(name: str) -> None:
    """Train one model and write it to assets/models: weights of its best epoch, moments of all epochs."""
    recipe = {"cell": "lstm", "layers": 1, "hidden_size": HIDDEN_SIZE, **MODELS[name]}
    text_name, cell, layers, H = (recipe.pop(key) for key in ("text", "cell", "layers", "hidden_size"))
    text = read_text(ROOT / "sample_texts" / f"{text_name}.txt")
    vocabulary = Vocabulary.from_text(text)
    net = NETWORKS[cell](len(vocabulary), H, len(vocabulary), seed=SEED, layers=layers)
    training = Training(net, vocabulary.encode(text), Settings(seed=SEED, **recipe))
    recorder = Recorder(
        training, geometric_steps(training.steps, SNAPSHOTS), first=vocabulary.char_to_idx["\n"]
    )
    history = History()
    recorder.take()
    for progress in training:
        history.append(progress)
        recorder.take(progress.loss)
        if progress.validation_loss is not None and progress.epoch % 10 == 0:
            print(
                f"{name}: epoch {progress.epoch}/{progress.epochs}, loss {progress.loss:.3f}, "
                f"validation {progress.validation_loss:.3f}, {progress.seconds:.0f} s",
                flush=True,
            )
    notes = {
        "text": text_name, "seconds": f"{training.seconds:.0f}", "epoch": str(training.best_epoch),
    }  # fmt: skip
    save(
        FOLDER / f"{name}.npz", training.best_network(), vocabulary, history=history.columns(),
        snapshots=recorder.snapshots(), notes=notes,
    )  # fmt: skip
    print(row(name), flush=True)


def measured(checkpoint: Checkpoint) -> float:
    """Measure the share that tells if a model is good enough, in 20,000 characters at temperature 0.5."""
    text_name = checkpoint.notes["text"]
    written = "".join(
        s.char
        for s in generate(checkpoint.net, checkpoint.vocabulary, length=MEASURED, temperature=0.5, seed=0)
    )
    whole_lines = written[: written.rfind("\n")] if "\n" in written else written
    return MEASURES[text_name][0](whole_lines, read_text(ROOT / "sample_texts" / f"{text_name}.txt"))


def saved_loss(checkpoint: Checkpoint) -> float:
    """Return the validation loss of the saved weights: of the noted epoch, or of the last."""
    epoch = checkpoint.notes.get("epoch")
    return epoch_loss(checkpoint.history, int(epoch) if epoch else None)


def row(name: str) -> str:
    """Write a row of the README's table."""
    checkpoint = read(FOLDER / f"{name}.npz")
    net, text_name = checkpoint.net, checkpoint.notes["text"]
    _, what, threshold = MEASURES[text_name]
    loss = saved_loss(checkpoint)
    # What is asked is asked of the LSTM; the others are there to be compared with it.
    goal = f" (asked: {threshold:.0%})" if threshold and net.kind == "lstm" else ""
    return (
        f"| `{name}` | {net.kind.upper()} | {net.weights.flat.size:,} | {loss:.2f} of "
        f"{math.log(len(checkpoint.vocabulary)):.2f} | {measured(checkpoint):.0%} {what}{goal} |"
    )


def table() -> str:
    """Write the README's table of models."""
    head = "| model | cell | parameters | validation loss, of ln V | what it writes at temperature 0.5 |"
    return "\n".join([head, "|---|---|---|---|---|", *(row(name) for name in MODELS)])


if __name__ == "__main__":
    if sys.argv[1:] == ["--table"]:
        print(table())
        sys.exit()
    names = sys.argv[1:] or list(MODELS)
    if unknown := set(names) - set(MODELS):
        sys.exit(f"There is no model {', '.join(sorted(unknown))}; choose from {', '.join(MODELS)}.")
    for name in names:
        build(name)
