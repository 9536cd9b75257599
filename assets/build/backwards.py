"""Train the model that reads the fables backwards: python -m assets.build.backwards

Its recipe is that of the fables model, its text the same one from the last character to the first; of this
the part that the fables model learned from, so that both learned from the same characters and both never saw
the others.  It lies beside the drawing that it is for and not in assets/models: no list offers it for
writing. A minute on one core.
"""

import numpy as np

from assets.build.models import HIDDEN_SIZE, MODELS, ROOT, SEED
from lstm import LSTM, Vocabulary, save
from lstm.arrays import Indices
from lstm.settings import Settings
from lstm.storage.history import History
from lstm.text import read_text, split
from lstm.training import Training

FILE = ROOT / "assets" / "gaps" / "fables_backwards.npz"


def backwards(ids: Indices) -> Indices:
    """Turn a text (T,) round, its training part and its validation part each by itself."""
    return np.concatenate([part[::-1] for part in split(ids)])


def build() -> None:
    """Train it and write the weights of its best epoch."""
    recipe = dict(MODELS["fables"])
    text_name = recipe.pop("text")
    text = read_text(ROOT / "sample_texts" / f"{text_name}.txt")
    vocabulary = Vocabulary.from_text(text)
    net = LSTM(len(vocabulary), HIDDEN_SIZE, len(vocabulary), seed=SEED)
    training = Training(net, backwards(vocabulary.encode(text)), Settings(seed=SEED, **recipe))
    history = History()
    for progress in training:
        history.append(progress)
    notes = {"text": f"{text_name}, backwards", "seconds": f"{training.seconds:.0f}"}
    notes["epoch"] = str(training.best_epoch)
    FILE.parent.mkdir(exist_ok=True)
    save(FILE, training.best_network(), vocabulary, history=history.columns(), notes=notes)
    print(f"validation loss {training.best_loss:.3f}, of epoch {training.best_epoch}", flush=True)


if __name__ == "__main__":
    build()
