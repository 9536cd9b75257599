"""What the gates page asks while it is moved: answers are the textbook, other questions are refused."""

import base64
import json

import numpy as np
import pytest

from lesson.answers import answers
from lesson.frame.query import Query, QueryError
from lesson.gates import answers as gates
from lesson.gates import input_presets, sliders, tables
from lesson.gates.views import ONE_STEP, OVER_TIME
from lstm.equations import LSTMStep
from lstm.errors import InputError
from lstm.scalar import half_life, scalar_rnn_run, scalar_run, scalar_step
from tests.bad_input.doors import is_one_sentence


def ask(name, **values):
    """The answer as it travels."""
    return json.loads(answers()[name].reply(Query(values)))


def numbers(text, *shape):
    """A table of an answer."""
    return np.frombuffer(base64.b64decode(text), "<i2").reshape(shape)


def some_setting(seed):
    rng = np.random.default_rng(seed)
    return {name: float(rng.choice(slider.range)) for name, slider in sliders.SLIDERS.items()}


def whole(values):
    """Values of the textbook as tables have them, but for half-lives."""
    return [np.round(100 * np.asarray(getattr(values, name))) for name in tables.QUANTITIES[:-1]]


@pytest.mark.parametrize("name", sliders.SLIDERS)
def test_one_step_is_answered_along_a_slider(name):
    setting, slider = some_setting(1), sliders.SLIDERS[name]
    table = numbers(
        ask("gates/step", cell=sliders.to_link(setting), along=name)["numbers"], len(tables.QUANTITIES), -1
    )
    assert table.shape[1] == len(slider.range)
    for position, value in enumerate(slider.range):
        assert table[:-1, position].tolist() == whole(scalar_step({**setting, name: value}))


@pytest.mark.parametrize(
    ("query", "x"),
    [
        ({}, input_presets.preset("pulse", 20)),
        ({"input": "step", "steps": "9"}, input_presets.preset("step", 9)),
        ({"input": "noise", "steps": "40", "noise": "7"}, input_presets.preset("noise", 40, 7)),
        ({"input": "my own", "values": "1 −0.5, 3"}, np.array([1, -0.5, 3])),
    ],
)
@pytest.mark.parametrize("rnn", [False, True])
def test_a_run_is_answered_along_a_slider(query, x, rnn):
    setting, slider = some_setting(2), sliders.SLIDERS["b_i"]
    answer = ask("gates/run", cell=sliders.to_link(setting), along="b_i", rnn=str(rnn).lower(), **query)
    T, P = len(x), len(slider.range)
    assert numbers(answer["x"], -1).tolist() == (100 * x).tolist() and answer["complaint"] == ""
    table = numbers(answer["numbers"], len(tables.QUANTITIES), T, P)
    for position in range(0, P, 8):
        moved = {**setting, "b_i": slider.range[position]}
        assert table[:-1, :, position].tolist() == [row.tolist() for row in whole(scalar_run(moved, x))]
        if rnn:
            h = numbers(answer["rnn"], T, P)[:, position]
            assert h.tolist() == tables.hundredths(scalar_rnn_run(moved, x)).tolist()
    assert rnn or answer["rnn"] == ""


def test_what_was_typed_and_is_not_read_as_it_is_gets_a_sentence():
    assert "rounded" in ask("gates/run", input="my own", values="0.3 1")["complaint"]
    with pytest.raises(InputError, match="“spam” is not a number"):
        gates.run(Query({"input": "my own", "values": "1 spam"}))


@pytest.mark.parametrize(
    "query",
    [
        {"cell": "<script>"}, {"cell": "1" + "_-1" * 15}, {"along": "C"}, {"along": "x"}, {"input": "pulses"},
        {"steps": "41"}, {"steps": "5.5"}, {"steps": "nan"}, {"steps": "1e9"},
        {"input": "noise", "noise": "-1"}, {"rnn": "yes"}, {"rnn": ""},
    ],
    ids=str,
)  # fmt: skip
def test_a_question_that_the_page_does_not_ask_is_refused_in_a_sentence(query):
    with pytest.raises(QueryError) as refused:
        gates.run(Query(query))
    assert is_one_sentence(str(refused.value))


def test_a_slow_answer_is_computed_in_the_thread():
    assert {
        name for name, source in answers().items() if name.startswith("gates/") and not source.in_thread
    } == {"gates/step"}


# -- the words: Python's, with gaps that the browser fills from the tables --


def test_the_gaps_of_the_words_are_numbers_that_the_browser_has():
    known = {*LSTMStep._fields, *sliders.SLIDERS, *tables.QUANTITIES}
    for view in (ONE_STEP, OVER_TIME):
        ONE_STEP.words.format_map(dict.fromkeys(known, 0))
        view.words.format_map({**dict.fromkeys(known, 0), "t": 1})
    OVER_TIME.rnn_words.format_map({"rnn": 0, "h": 0})


def test_a_half_life_of_an_open_gate_is_the_largest_number():
    setting = {**sliders.START, "b_f": 8.0, "w_fx": 8.0, "x": 4.0}
    assert half_life(scalar_step(setting).f) > tables.LONGEST_LIFE
    table = numbers(ask("gates/step", cell=sliders.to_link(setting), along="x")["numbers"], 14, -1)
    assert table[-1, -1] == tables.LARGEST
