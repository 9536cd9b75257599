"""Every cached model opens, belongs to its text, and has learned something of it."""

import math
from pathlib import Path

import numpy as np
import pytest

from assets.build.measures import MEASURES
from assets.build.models import MODELS, measured, saved_loss
from lstm import Vocabulary, generate
from lstm.storage.checkpoint import read
from lstm.storage.history import epoch_loss
from lstm.text import read_text, split
from lstm.training import evaluate
from tests.tiers import every_fast

ROOT = Path(__file__).parents[1]
PATHS = sorted((ROOT / "assets/models").glob("*.npz"))
each_model = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def test_there_is_a_model_for_every_recipe_and_a_recipe_for_every_model():
    assert sorted(MODELS) == sorted(path.stem for path in (ROOT / "assets/models").glob("*.npz"))


@each_model
def test_a_model_knows_its_text_and_predicts_it_as_its_history_says(path):
    checkpoint = read(path)
    text = read_text(ROOT / "sample_texts" / f"{checkpoint.notes['text']}.txt")
    assert checkpoint.vocabulary == Vocabulary.from_text(text)
    _, validation = split(checkpoint.vocabulary.encode(text))
    loss = evaluate(checkpoint.net, validation)
    assert loss == pytest.approx(saved_loss(checkpoint), rel=1e-4)
    assert loss < 0.65 * math.log(len(checkpoint.vocabulary)), "well below guessing"


@pytest.mark.parametrize("name", ["fables", "fables_gru", "fables_rnn", "fables_two_layers", "rhymes"])
def test_the_saved_weights_are_the_best_epochs(name):
    """The other models were made before there was a best epoch to save, and theirs is the last."""
    checkpoint = read(ROOT / "assets/models" / f"{name}.npz")
    assert saved_loss(checkpoint) == np.nanmin(checkpoint.history["validation_loss"])


@each_model
def test_a_model_writes(path):
    checkpoint = read(path)
    written = "".join(
        s.char for s in generate(checkpoint.net, checkpoint.vocabulary, length=300, temperature=0.5, seed=1)
    )
    assert len(written) == 300 and len(set(written)) > 5


@pytest.mark.parametrize("path", every_fast(4, PATHS), ids=lambda path: path.stem)
def test_a_model_can_be_leafed_through(path):
    """Ten moments or more; the weights of each give the loss and the text that were noted."""
    checkpoint = read(path)
    snapshots, vocabulary = checkpoint.snapshots, checkpoint.vocabulary
    assert len(snapshots) >= 10 and snapshots.step[0] == 0
    assert (np.diff(snapshots.step) > 0).all()
    text = read_text(ROOT / "sample_texts" / f"{checkpoint.notes['text']}.txt")
    _, validation = split(vocabulary.encode(text))
    for moment in (0, len(snapshots) // 2, len(snapshots) - 1):
        net = snapshots.network(checkpoint.net, moment)
        assert evaluate(net, validation) == pytest.approx(snapshots.validation_loss[moment], rel=2e-3)
    if saved_loss(checkpoint) == epoch_loss(checkpoint.history):
        assert np.allclose(net.weights.flat, checkpoint.net.weights.flat, atol=4e-3), "float16 of the last"
    assert snapshots.validation_loss[-1] < 0.8 * snapshots.validation_loss[0]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["fables", "rhymes", "brackets", "programs"])
def test_a_model_is_as_good_as_asked(name):
    """The same measure as in the README, over 20,000 characters."""
    checkpoint = read(ROOT / "assets/models" / f"{name}.npz")
    _, _, asked = MEASURES[checkpoint.notes["text"]]
    assert measured(checkpoint) >= asked


def test_the_catalogue_is_small():
    assert sum(path.stat().st_size for path in (ROOT / "assets/models").glob("*.npz")) < 25e6
