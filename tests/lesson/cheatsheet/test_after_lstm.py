"""The part *After the LSTM*: every topic opens, is half a page at most, and its numbers are counted."""

import math

import numpy as np
import pytest

from lesson.cheatsheet import after_lstm
from lesson.cheatsheet.parameters import TOPIC
from lesson.frame.files import ROOT
from lesson.widgets.catalogue import model
from lstm import LSTM
from tests.app import open_page, words_of

HALF_A_PAGE = 300  # words


@pytest.mark.parametrize("topic", TOPIC.options)
def test_a_topic_is_half_a_page_with_its_sources(topic):
    words = words_of(open_page("8_cheatsheet.py", {"sheet": "After the LSTM", "topic": topic}))
    text = after_lstm._TOPICS[topic][0]()
    assert text.split("**")[1] in words
    assert 100 < len(text.split()) <= HALF_A_PAGE
    assert "20" in text and "(" in text


def test_every_topic_leads_to_a_place_of_the_course_that_shows_something_of_it():
    assert tuple(after_lstm._TOPICS) == TOPIC.options
    for _, (file, _, query) in after_lstm._TOPICS.values():
        assert not open_page(file, query).warning


def test_the_state_that_is_kept_is_that_of_a_network():
    net = LSTM(65, 128, 65, seed=0)
    net.forward([1], [2])
    assert sum(np.size(state) for state in net.state) == 256
    assert "With 128 units it is\n256 numbers" in after_lstm._today()
    assert f"{2 * 128 * 1000:,} numbers a layer" in after_lstm._today()


def test_the_counts_are_those_of_the_fables():
    text = (ROOT / "sample_texts" / "fables.txt").read_text("utf-8")
    words = text.split()
    said = after_lstm._tokens()
    assert f"{len(text):,} characters, but only {len(set(text))} different ones" in said.replace("\n", " ")
    assert f"{len(words):,} words, and {len(set(words)):,} different ones" in said.replace("\n", " ")
    assert f"about {math.floor(100 * len(words) / len(text) + 0.5)} words" in said.replace("\n", " ")


def test_the_output_layer_is_as_large_as_it_is_said():
    assert (
        model("fables").net.Wy.size == len(set((ROOT / "sample_texts/fables.txt").read_text("utf-8"))) * 128
    )
    assert f"they are\n{model('fables').net.Wy.size:,}." in after_lstm._tokens()
