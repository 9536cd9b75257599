"""The texts and the trained models that every visitor shares; nobody writes into them."""

from pathlib import Path

from lesson.frame.files import ROOT
from lesson.frame.memo import memo
from lstm.storage.checkpoint import Checkpoint, read
from lstm.storage.history import epoch_loss
from lstm.text import read_text

MODELS = ROOT / "assets" / "models"
TEXTS = ROOT / "sample_texts"


def model_names() -> list[str]:
    """Return the names of the trained models, the fables first: they read best."""
    return sorted((path.stem for path in MODELS.glob("*.npz")), key=lambda name: (name != "fables", name))


def text_names() -> list[str]:
    """Return the names of the sample texts, the fables first."""
    return sorted((path.stem for path in TEXTS.glob("*.txt")), key=lambda name: (name != "fables", name))


def model(name: str) -> Checkpoint:
    """Return a trained model by its name."""
    return _read_model(MODELS / f"{name}.npz")


def sample_text(name: str) -> str:
    """Return a sample text by its name."""
    return _read_sample(TEXTS / f"{name}.txt")


def saved_loss(checkpoint: Checkpoint) -> float:
    """Return the validation loss of the weights in a file: the best epoch's, where one is noted."""
    epoch = checkpoint.notes.get("epoch")
    return epoch_loss(checkpoint.history, int(epoch) if epoch else None)


@memo(entries=20)
def _read_model(path: Path) -> Checkpoint:
    return read(path)


@memo(entries=20)
def _read_sample(path: Path) -> str:
    return read_text(path)
