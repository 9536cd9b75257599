"""Every cached model opens, belongs to its text, and has learned something of it."""

import math
from pathlib import Path

import numpy as np
import pytest

from assets.build_models import MODELS
from lstm import Vocabulary, generate
from lstm.checkpoint import read
from lstm.text import read_text, split
from lstm.training import evaluate

ROOT = Path(__file__).parents[1]
each_model = pytest.mark.parametrize(
    "path", sorted((ROOT / "assets/models").glob("*.npz")), ids=lambda path: path.stem
)


def test_there_is_a_model_for_every_recipe_and_a_recipe_for_every_model():
    assert sorted(MODELS) == sorted(path.stem for path in (ROOT / "assets/models").glob("*.npz"))


@each_model
def test_a_model_knows_its_text_and_predicts_it_as_its_history_says(path):
    checkpoint = read(path)
    text = read_text(ROOT / "sample_texts" / f"{checkpoint.notes['text']}.txt")
    assert checkpoint.vocabulary == Vocabulary.from_text(text)
    _, validation = split(checkpoint.vocabulary.encode(text))
    loss = evaluate(checkpoint.net, validation)
    recorded = checkpoint.history["validation_loss"]
    assert loss == pytest.approx(recorded[~np.isnan(recorded)][-1], rel=1e-4)
    assert loss < 0.65 * math.log(len(checkpoint.vocabulary)), "well below guessing"


@each_model
def test_a_model_writes(path):
    checkpoint = read(path)
    written = "".join(
        s.char for s in generate(checkpoint.net, checkpoint.vocabulary, length=300, temperature=0.5, seed=1)
    )
    assert len(written) == 300 and len(set(written)) > 5
