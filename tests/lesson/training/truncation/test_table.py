"""assets/experiments/truncation.json is what its script measures, and the part's sentences hold in it."""

import json

import numpy as np
import pytest

from assets.build.experiments import truncation as script
from assets.build.experiments.table import FOLDER
from assets.build.models import MODELS as RECIPES
from lesson.training.parameters import CUT, CUT_MODEL, LENGTH_TEXT, NEVER, TRAINED_LENGTH
from lesson.training.truncation import measured
from lesson.training.truncation.questions import questions
from lesson.widgets.catalogue import model, sample_text
from lstm.settings import Settings
from lstm.text import split

TABLE = json.loads((FOLDER / "truncation.json").read_text("utf-8"))


def held_out(name):
    checkpoint = model(name)
    return split(checkpoint.vocabulary.encode(sample_text(checkpoint.notes["text"])))[1]


def test_the_table_fits_its_settings_and_what_the_controls_can_ask():
    assert TABLE["settings"] == json.loads(json.dumps(script.SETTINGS))
    tasks = [{name: row[name] for name in ("what", "name", "length", "seed")} for row in TABLE["rows"]]
    assert tasks == script.tasks()
    assert CUT_MODEL.options == script.MODELS and LENGTH_TEXT.options == script.TEXTS
    assert TRAINED_LENGTH.options == tuple(map(str, script.TRAINED))
    assert CUT.options == (*map(str, script.RESETS), NEVER) and set(script.RESETS) <= set(script.LENGTHS)
    assert set(script.TRAINED) <= set(script.CONTEXTS)
    lengths = {name: RECIPES[name].get("seq_length", Settings.seq_length) for name in CUT_MODEL.options}
    assert measured.model_lengths() == lengths


@pytest.mark.slow
@pytest.mark.parametrize("name", ["fables", "fables_rnn"])
def test_losses_are_measured_again(name):
    row = script.measure("state", name, 0, 0)
    cost = measured.state_costs()[name]
    assert row["carried"] == pytest.approx(cost.carried, abs=2e-3)
    assert row["losses"] == pytest.approx(list(cost.by_reset.values()), abs=2e-3)
    context = script.context_losses(model(name).net, held_out(name))
    assert context["losses"] == pytest.approx(list(measured.contexts()[name].by_context.values()), abs=2e-3)


@pytest.mark.slow
def test_cosines_are_measured_again(monkeypatch):
    monkeypatch.setattr(script, "LENGTHS", (5, 400))
    again = script.gradient_quantiles(model("fables").net, held_out("fables"))["blocks"]
    cost = measured.gradient_costs()["fables"]
    assert again.keys() == cost.cosine.keys()
    for name, block in again.items():
        assert block["cosine"][0][2] == pytest.approx(cost.cosine[name][5].median, abs=5e-3)
        assert block["length"][0][2] == pytest.approx(cost.length[name][5].median, abs=5e-3)
        assert np.allclose(block["cosine"][1], 1, atol=1e-4) and np.allclose(block["length"][1], 1, atol=1e-4)


def test_the_whole_gradient_is_the_end_of_every_curve():
    for cost in measured.gradient_costs().values():
        for block in ("cell", *cost.blocks):
            end = cost.cosine[block][script.STRETCH]
            assert (end.low, end.high) == (1, 1)
            assert all(q.low <= q.lower <= q.median <= q.upper <= q.high for q in cost.cosine[block].values())


def test_the_question_about_the_gradient_has_one_right_answer():
    """Not 0.01, not 1, at any place."""
    cosine = measured.gradient_costs()["fables"].cosine["cell"][5]
    assert cosine.low > 0.1 and cosine.high < 0.95
    assert f"About {cosine.median:.1f}" in questions()[0].right_answer.text


def test_networks_use_what_no_error_came_back_to_in_every_seed():
    """What the second question says, of brackets; the other texts too, at a sequence length of 5."""
    for text in LENGTH_TEXT.options:
        assert min(run.gain_beyond(5) for run in measured.trained(text, 5)) > 0.01
    assert min(run.gain_beyond(5) for run in measured.trained("brackets", 5)) > 0.2


def test_every_network_reads_as_many_characters_in_an_update():
    for length in script.TRAINED:
        assert script.UPDATE % length == 0
    assert len(measured.trained("brackets", 5)) == len(script.SEEDS)
