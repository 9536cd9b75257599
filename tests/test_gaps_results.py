"""assets/experiments/gaps.json is what its script measures, and what the sampling page says of it."""

import json

import numpy as np
import pytest

from assets.build.backwards import FILE, backwards
from assets.build.experiments import gaps
from assets.build.experiments.table import FOLDER
from assets.build.models import FOLDER as MODELS
from assets.build.models import ROOT
from lesson.sampling.gaps.questions import questions
from lesson.sampling.gaps.results import BOTH, LEFT, READING_ON, RIGHT, UNDIVIDED, results
from lesson.sampling.gaps.sentences import measured, sides, undivided
from lstm.storage.checkpoint import read
from lstm.storage.history import epoch_loss
from lstm.text import read_text, split
from lstm.training import evaluate


@pytest.fixture(scope="module")
def table():
    return json.loads((FOLDER / "gaps.json").read_text("utf-8"))


def test_the_table_has_the_settings_of_its_script(table):
    assert table["settings"] == {"text": "fables, held out", "context": gaps.CONTEXT}
    (row,) = table["rows"]
    assert row["gaps"] == gaps.GAPS and list(row["ways"]) == [LEFT, RIGHT, BOTH, UNDIVIDED, READING_ON]
    assert row["mended"] - row["spoilt"] == round(row["gain"][0] * gaps.GAPS)
    for share, half, _, _ in row["ways"].values():  # an interval is that of a share
        assert half == pytest.approx(1.96 * np.sqrt(share * (1 - share) / gaps.GAPS), rel=0.01)


@pytest.mark.slow
def test_the_stored_models_give_the_same_again(table):
    again, (row,) = gaps.measure(gaps.GAPS), table["rows"]
    for way, numbers in row["ways"].items():
        assert again["ways"][way] == pytest.approx(numbers, abs=0.004)
    assert again["mended"] == pytest.approx(row["mended"], abs=3)


def test_the_model_reads_backwards_and_has_learned_what_the_other_has():
    checkpoint, fables = read(FILE), read(MODELS / "fables.npz")
    assert checkpoint.vocabulary == fables.vocabulary
    assert checkpoint.net.weights.flat.size == fables.net.weights.flat.size
    text = read_text(ROOT / "sample_texts" / "fables.txt")
    ids = checkpoint.vocabulary.encode(text)
    learned, held_out = split(backwards(ids))
    assert checkpoint.vocabulary.decode(held_out) == split(text)[1][::-1]
    assert checkpoint.vocabulary.decode(learned) == split(text)[0][::-1]
    loss = evaluate(checkpoint.net, held_out)
    assert loss == pytest.approx(epoch_loss(checkpoint.history, int(checkpoint.notes["epoch"])), rel=1e-4)
    assert loss < 1.2 and evaluate(checkpoint.net, held_out[::-1]) > 2 * loss


def test_the_sentences_say_what_the_table_has():
    ways = results().ways
    assert ways[LEFT].right + 0.1 < ways[BOTH].right < ways[READING_ON].right
    assert f"**{ways[LEFT].right:.0%}**" in measured() and f"**{ways[BOTH].right:.0%}**" in measured()
    # Reading on is really better than the product: their intervals leave each other out.
    assert ways[READING_ON].right - ways[BOTH].right > ways[READING_ON].right_half + ways[BOTH].right_half
    assert ("about as well" in sides()) == (abs(ways[LEFT].right - ways[RIGHT].right) < 0.02)
    assert ("hardly matters" in undivided()) == (abs(ways[BOTH].right - ways[UNDIVIDED].right) < 0.02)


def test_the_right_answer_is_the_one_that_was_measured():
    (question,) = questions()
    shares = results().ways[LEFT].right, results().ways[BOTH].right
    texts = {answer.id: answer.text.split(":")[0] for answer in question.answers}
    distances = {
        id: sum(abs(int(n.strip("% ")) / 100 - s) for n, s in zip(text.split("and"), shares, strict=True))
        for id, text in texts.items()
    }
    assert min(distances, key=distances.__getitem__) == question.right
    assert sorted(distances.values())[1] > 0.1 > 0.05 > min(distances.values())
