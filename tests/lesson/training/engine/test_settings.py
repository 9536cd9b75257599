"""Settings of a run: equal ones have one key, impossible ones a sentence."""

import dataclasses

import pytest

from lesson.training.engine.settings import RECALL, RunSettings, digest, from_json
from lstm import GRU, LSTM, RNN, InputError


def test_equal_settings_have_one_key_and_every_difference_another():
    start = RunSettings()
    others = {
        "text": "brackets", "digest": "x", "cell": "gru", "hidden": 32, "seq": 25, "batch": 16, "rate": 0.1,
        "bias": 3.0, "clip": "value", "clip_at": 1.0, "optimiser": "sgd", "seed": 2, "amount": 3,
        "budget": "seconds", "temperature": 0.5, "resumed": "x", "dropout": 0.5, "decay": 0.1,
    }  # fmt: skip
    assert others.keys() == {f.name for f in dataclasses.fields(RunSettings)}
    changed = [start.but(**{name: value}) for name, value in others.items()]
    assert len({one.key for one in [start, *changed]}) == len(others) + 1
    assert [one.differs(start) for one in changed] == [(name,) for name in others]
    assert all(from_json(one.key) == one for one in changed)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"hidden": 0}, "hidden must be a whole number"),
        ({"hidden": 513}, "hidden must be a whole number"),
        ({"seq": 500, "batch": 256, "hidden": 256}, "more memory than this server has"),
        ({"rate": 0.0}, "learning_rate must be above 0"),
        ({"rate": float("nan")}, "learning_rate must be above 0"),
        ({"cell": "transformer"}, "cell must be one of"),
        ({"clip": "perhaps"}, "clip must be one of"),
        ({"clip_at": -1.0}, "clip_norm must be above 0"),
        ({"optimiser": "magic"}, "optimiser must be one of"),
        ({"bias": float("nan")}, "The bias must lie"),
        ({"temperature": 9.0}, "The bias must lie"),
        ({"amount": 0}, "amount must be a whole number"),
        ({"seed": -1}, "seed must be a whole number"),
    ],
)
def test_what_cannot_be_run_is_refused_in_one_sentence(changes, says):
    with pytest.raises(InputError, match=says) as refused:
        RunSettings(**changes)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(("cell", "kind"), [("lstm", LSTM), ("gru", GRU), ("rnn", RNN)])
def test_the_network_is_the_one_that_was_asked_for(cell, kind):
    net = RunSettings(cell=cell, hidden=8, bias=3.0).network(5)
    assert type(net) is kind and (net.input_size, net.hidden_size, net.output_size) == (5, 8, 5)
    if cell == "lstm":
        assert (net.bf == 3).all()
    if cell == "gru":
        assert (net.bz == 3).all()


def test_clipping_is_by_norm_by_value_or_not_at_all():
    norm, value, off = (RunSettings(clip=clip, clip_at=2.0).training() for clip in ("norm", "value", "off"))
    assert (norm.clip_norm, norm.clip_value) == (2, None)
    assert (value.clip_norm, value.clip_value) == (None, 2)
    assert (off.clip_norm, off.clip_value) == (None, None)


def test_a_recall_network_has_the_bias_asked_for():
    net = RunSettings(text=RECALL, hidden=32, bias=3.0).network(0)
    assert (net.bf == 3).all()


def test_digests_tell_texts_apart_whatever_is_in_them():
    assert len({digest(text) for text in ("a", "b", "", "\ud800", "a ")}) == 5
