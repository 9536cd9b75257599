"""Train the models of the catalogue: python -m assets.build_models [name ...]

Without names, all of them.  Every run starts from its seed, so the same machine makes the same
models again.
"""

import sys
from pathlib import Path
from typing import Any

from lstm import Vocabulary, generate, save, train
from lstm.history import History
from lstm.network import NETWORKS
from lstm.text import read_text

ROOT = Path(__file__).parents[1]

# The text, the cell and what `train` is given: found by trying, for samples worth showing.
MODELS: dict[str, dict[str, Any]] = {
    "fables": {
        "text": "fables", "cell": "lstm", "epochs": 80, "learning_rate": 0.004, "decay": 0.965,
        "batch_size": 16,
    },
    "brackets": {
        "text": "brackets", "cell": "lstm", "epochs": 40, "learning_rate": 0.003, "decay": 0.92,
        "batch_size": 16, "seq_length": 64,
    },
}  # fmt: skip


def build(name: str) -> None:
    """Train one model and write it to assets/models."""
    settings = dict(MODELS[name])
    text_name, cell = settings.pop("text"), settings.pop("cell")
    text = read_text(ROOT / "sample_texts" / f"{text_name}.txt")
    vocabulary = Vocabulary.from_text(text)
    net = NETWORKS[cell](len(vocabulary), 128, len(vocabulary), seed=1)
    history = History()
    for progress in train(net, vocabulary.encode(text), seed=1, **settings):
        history.append(progress)
        if progress.validation_loss is not None:
            print(
                f"{name}: epoch {progress.epoch}/{progress.epochs}, loss {progress.loss:.3f}, "
                f"validation {progress.validation_loss:.3f}, {progress.seconds:.0f} s",
                flush=True,
            )
    path = ROOT / "assets" / "models" / f"{name}.npz"
    save(path, net, vocabulary, history=history.columns(), notes={"text": text_name})
    print("".join(s.char for s in generate(net, vocabulary, length=300, temperature=0.5, seed=0)))
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    names = sys.argv[1:] or list(MODELS)
    if unknown := set(names) - set(MODELS):
        sys.exit(f"There is no model {', '.join(sorted(unknown))}; choose from {', '.join(MODELS)}.")
    for name in names:
        build(name)
