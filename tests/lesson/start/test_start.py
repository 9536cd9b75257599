"""The start page: the way through the course, the belt, a network unrolled over a word."""

import json
from math import exp, tanh

import numpy as np
import pytest

from lesson.frame.lessons import LESSONS
from lesson.start.belt import STEPS, _table
from lesson.start.carry import carry_signal
from tests.app import open_page, without_error, words_of

START = "1_start.py"


def open_at(file, **query):
    return open_page(file, query)


def test_the_way_through_the_course_names_every_page_and_what_one_can_do_afterwards():
    words = words_of(open_at(START))
    for lesson in LESSONS[1:]:
        assert lesson.minutes and lesson.afterwards in words and lesson.promise in words


def test_the_belts_table_is_the_textbooks_at_every_position():
    table = _table()
    for position, values, says in zip(table["positions"], table["lstm"], table["says"], strict=True):
        signal = carry_signal(STEPS, float(position))
        np.testing.assert_allclose(values, 1000 * signal.lstm, atol=0.51)
        assert f"{signal.lstm[-1]:.2f}" in says


def test_the_lstm_takes_the_signal_in_once_and_forgets_as_f_lets_it_while_the_rnn_feeds_it_back():
    signal, f, rnn = carry_signal(5, 2.0), 1 / (1 + exp(-2)), [tanh(2)]
    for _ in range(4):
        rnn.append(tanh(0.9 * rnn[-1]))
    taken_in = tanh(2) / (1 + exp(-6))  # the candidate, through an input gate of σ(12 − 6)
    assert signal.lstm == pytest.approx([taken_in * f**t for t in range(5)])
    assert signal.rnn == pytest.approx(rnn)


def test_a_word_is_unrolled_and_unknown_characters_are_named():
    app = open_at(START, word="fo狐x")
    (feed,) = (e.proto for e in app.get("bidi_component") if e.proto.component_name == "unrolled")
    steps = json.loads(feed.json)[0]["steps"]
    assert [step["char"] for step in steps] == list("fox") and len(steps[0]["state"]) == 16
    assert "狐" in app.code[0].value
    without_error(open_at(START, word="狐"))
