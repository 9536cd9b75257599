"""The sentences about how far back networks look, judged by a rule of the test's own."""

import re

import pytest

from lesson.training.parameters import CUT, CUT_MODEL, NEVER
from lesson.training.truncation import sentences
from lesson.training.truncation.measured import ContextLosses, contexts, model_lengths, state_costs
from lesson.training.truncation.passage import passage_of
from lesson.training.truncation.sentences import of_lengths, of_model, of_state, reach_of


def losses(*values, whole):
    return ContextLosses(dict(zip((1, 2, 5, 10), values, strict=True)), whole)


@pytest.mark.parametrize(
    ("context", "reach"),
    [
        (losses(3.0, 2.0, 1.005, 1.0, whole=1.0), 5),
        (losses(3.0, 1.001, 1.1, 1.0, whole=1.0), 10),  # not 2: at 5 it is worse again
        (losses(3.0, 2.0, 1.5, 1.2, whole=1.0), None),
        (losses(0.9, 0.9, 0.9, 1.0, whole=1.0), 1),
    ],
)
def test_the_reach_is_where_more_hardly_matters_from_there_on(context, reach):
    assert reach_of(context) == reach


@pytest.mark.parametrize("name", CUT_MODEL.options)
def test_what_is_said_of_a_model_holds_in_its_numbers(name):
    context, length, words = contexts()[name], model_lengths()[name], of_model(name)
    assert f"trained with sequences of {length} characters" in words
    if "Even with k" in words:
        assert list(context.by_context.values())[-1] > context.whole + 0.01
        return
    reach = int(re.search(r"From k = (\d+) on", words)[1])
    for k, loss in context.by_context.items():
        if k >= reach:
            assert loss <= context.whole + 0.01
    before = [loss for k, loss in context.by_context.items() if k < reach]
    assert not before or before[-1] > context.whole + 0.01
    side = "more than" if reach > length else "fewer than" if reach < length else "as many as"
    assert f"That is {side} the {length} of its training. A reset every k is harder" in words


def test_models_whose_reach_does_not_come_are_said_so(monkeypatch):
    monkeypatch.setattr(sentences, "contexts", lambda: {"m": losses(3.0, 2.0, 1.5, 1.2, whole=1.0)})
    monkeypatch.setattr(sentences, "model_lengths", lambda: {"m": 50})
    assert "Even with k = 10 its loss is more than 0.01 nats above" in of_model("m")


@pytest.mark.parametrize(
    ("gains", "says"),
    [
        ((0.2, 0.3), "further back lowers the loss by 0.20 to 0.30 nats."),
        ((0.001, -0.002), "changes the loss by at most 0.01 nats"),
        ((0.005, 0.02), "not in every seed"),
        ((-0.05, 0.0), "not in every seed"),
    ],
)
def test_a_gain_is_claimed_only_where_every_seed_has_it(gains, says):
    runs = [losses(3.0, 2.0, 1.0 + gain, 1.0, whole=1.0) for gain in gains]
    assert says in of_lengths("brackets", 5, runs)


def test_what_a_reset_costs_is_the_difference_of_the_losses_that_stand_before_it():
    for cut in set(CUT.options) - {NEVER}:
        words = of_state(state_costs()["fables"], passage_of("fables"), cut)
        with_it, without, more = map(
            float, re.search(r"is (\S+) instead of (\S+) nats per character, (\S+) more", words).groups()
        )
        assert more == pytest.approx(with_it - without, abs=1e-9)
