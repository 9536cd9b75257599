"""The start page: the way through the course, a signal carried along, a network unrolled over a word."""

import re
from math import exp, tanh

import numpy as np
import pytest

from exercises.catalogue import EXERCISES
from lesson.frame.lessons import WAY
from lesson.frame.query import Query
from lesson.start.answers import UNITS, UNROLLED, unrolled_answer
from lesson.start.carry import carry_signal
from lesson.start.signal import STEPS, _table
from lesson.widgets.catalogue import model
from tests.app import open_page, panel_of, words_of
from visualization.numbers import percent
from visualization.shades import shades
from visualization.text import visible

START = "1_start.py"


def open_at(file, **query):
    return open_page(file, query)


def test_the_way_through_the_course_names_every_page_and_what_one_can_do_afterwards():
    words = words_of(open_at(START))
    for lesson in WAY:
        assert lesson.afterwards in words and lesson.promise in words


def test_the_first_screen_says_what_to_do_first_and_names_no_long_time():
    app = open_at(START)
    links = [link.proto.label for link in app.get("page_link")]
    assert "Begin here: Gates" in links[0] and "need Python" in words_of(app)
    shortest, *_, longest = sorted(exercise.minutes for exercise in EXERCISES)
    duration = f"{len(EXERCISES)} exercises, each {shortest} minutes to {longest // 60} hours"
    assert longest % 60 == 0 and any(link.endswith(f"Exercises** · {duration}") for link in links)
    assert not re.search(r"about \d{3} minutes", " ".join(links))
    assert not re.search("lectur|teach|class", words_of(app).partition("</style>")[2], re.IGNORECASE)


def test_the_signals_table_is_the_textbooks_at_every_position():
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


def unrolled(word):
    """What is drawn of a word."""
    (frame,) = unrolled_answer(Query({"word": word}))["frames"]
    return frame


def test_a_word_is_read_step_by_step_by_the_network_of_the_fables():
    checkpoint, frame = model("fables"), unrolled("The fox")
    reading = checkpoint.net.run(checkpoint.vocabulary.encode("The fox"))
    assert [step["char"] for step in frame["steps"]] == list("The␣fox")
    for t, step in enumerate(frame["steps"]):
        likely = reading.probabilities[t, 0]
        char = checkpoint.vocabulary.chars[int(likely.argmax())]
        assert step["expects"] == f"{visible(char)} {percent(likely.max())}"
        h = reading.values["h"][t, 0, : len(step["state"])]
        middle = len(shades("h", "dark")) // 2  # of the palette: below it h is negative
        assert len(h) == UNITS and all((at - middle) * x >= 0 for at, x in zip(step["state"], h, strict=True))
        assert max(step["state"]) < len(shades("h", "dark"))
    assert (
        "after x it expects" in frame["alt"]
        and frame["left_out"] == ""
        and "Type a word of your own" in frame["about"]
    )


@pytest.mark.parametrize(
    ("word", "drawn", "named"),
    [
        ("fo狐x", "fox", "狐"), ("<b>", "b", "&lt; &gt;"), ("狐", "", "狐"), ("", "", ""),
        ("ostriches an", "ostriches␣an", ""), ("ostri狐ches an", "ostriches␣an", "狐"),
    ],
)  # fmt: skip
def test_unknown_characters_are_named(word, drawn, named):
    frame = unrolled(word)
    assert "".join(step["char"] for step in frame["steps"]) == drawn
    said = frame["left_out"]
    assert said.endswith(f"left out: <code>{named}</code>") if named else said == ""
    assert frame["about"].startswith("This LSTM was" if drawn else "Type a word. An LSTM")


@pytest.mark.parametrize("word", ["ostriches and", "ostriches and more 狐", "ostriches and more " * 9])
def test_a_word_that_is_too_long_is_cut_and_this_is_said(word):
    frame = unrolled(word)
    assert "".join(step["char"] for step in frame["steps"]) == "ostriches␣an"
    assert frame["left_out"].startswith("Only the first 12 characters are read here.")
    assert ("<code>狐</code>" in frame["left_out"]) == ("狐" in word)


def test_a_link_opens_its_word():
    app = open_at(START, word="fo狐x")
    data = panel_of(app)
    assert data["setting"] == {"word": "fo狐x"} and data["byPost"] and data["answers"] == UNROLLED
    assert not app.warning
