"""The texts and the trained models that every visitor shares; nobody writes into them."""

from pathlib import Path

from lesson.frame.files import ROOT
from lesson.frame.memo import memo
from lstm.storage.checkpoint import Checkpoint, read
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


@memo(entries=20)
def _read_model(path: Path) -> Checkpoint:
    return read(path)


@memo(entries=20)
def _read_sample(path: Path) -> str:
    return read_text(path)
