"""Texts that visitors bring along: kept, or refused in one sentence."""

import numpy as np
import pytest

from lesson.training.live.own_text import (
    MOST_CHARACTERS,
    OWN,
    OWN_TEXT,
    checked_text,
    does_not_fit,
    fitting_batch,
)
from lstm import LSTM, InputError, train
from lstm.training.recipe import default_recipe
from tests.app import open_page, open_script, words_of
from tests.files import GOOD, MB
from tests.lesson.training.live.recording import give, is_a_sentence

# -- a text brought along --


def a_page_with_a_text():
    import streamlit as st

    from lesson.training.live.own_text import choose_own_text

    if st.toggle("elsewhere"):
        st.stop()
    text = choose_own_text(seq=10, batch=4)
    st.session_state["found"] = text


@pytest.fixture
def writing():
    return open_script(a_page_with_a_text)


def paste(app, text):
    app.text_area[0].set_value(text)
    app.button[0].click().run()
    assert not app.exception, app.exception[0].value
    return [error.value for error in app.error]


LONG = "The quick brown fox. " * 20


def test_a_pasted_text_is_taken_shown_and_kept(writing):
    assert writing.session_state["found"] is None and writing.info
    assert paste(writing, LONG) == []
    assert writing.session_state["found"] == LONG and writing.text_area[0].value == ""
    assert "420 characters" in writing.caption[0].value and writing.code[0].value == LONG[:200]
    writing.toggle[0].set_value(True).run()
    writing.toggle[0].set_value(False).run()
    assert writing.session_state["found"] == LONG


def test_a_text_file_is_taken_in_its_place(writing):
    paste(writing, LONG)
    assert give(writing, b"\xef\xbb\xbf" + "Über\r\n".encode() * 100, "t.txt") == []
    assert writing.session_state["found"] == "Über\n" * 100
    assert paste(writing, LONG) == [] and writing.session_state["found"] == LONG


BAD_TEXTS = {
    "empty": b"",
    "only spaces": b" \n\t \r\n" * 100,
    "a mark and nothing": b"\xef\xbb\xbf",
    "binary": bytes(range(256)) * 10,
    "a zero": LONG.encode() + b"\0",
    "UTF-16 cut in the middle": LONG.encode("utf-16")[:-1],
    "UTF-16 without a mark": LONG.encode("utf-16-le"),
    "UTF-32": LONG.encode("utf-32"),
    "Latin-1": ("Größe " * 100).encode("latin-1"),
    "half a surrogate": b"abc \xed\xa0\x80" * 100,
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(1_000),
    "a checkpoint": GOOD,
    "larger than a megabyte": b"abcd" * (MB // 4) + b"x",
    "much larger": b"abcd" * 2 * MB,
    "2,001 characters": "".join(chr(0x4E00 + k) for k in range(MOST_CHARACTERS + 1)).encode(),
}


@pytest.mark.parametrize("name", BAD_TEXTS)
def test_a_text_that_is_none_is_refused_and_nothing_is_lost(writing, name):
    paste(writing, LONG)
    said = give(writing, BAD_TEXTS[name], f"**{name}**.txt")
    assert len(said) == 1 and is_a_sentence(said[0])
    assert writing.session_state["found"] == LONG
    assert paste(writing, LONG) == []


@pytest.mark.parametrize("text", [" \n ", "a\0b" * 300, "a" * (MB + 1), "é" * (MB // 2 + 1)], ids=len)
def test_a_pasted_text_that_is_refused_stays_where_it_was_pasted(writing, text):
    said = paste(writing, text)
    assert len(said) == 1 and is_a_sentence(said[0]) and writing.text_area[0].value == text
    writing.toggle[0].set_value(True).run()
    writing.toggle[0].set_value(False).run()
    assert writing.text_area[0].value == text and writing.session_state["found"] is None


def test_exactly_a_megabyte_is_taken():
    assert len(checked_text(b"ab" * (MB // 2), "The file")) == MB


def test_a_text_too_short_for_the_settings_is_kept_and_said(writing):
    said = paste(writing, "abc" * 14)
    assert (
        len(said) == 1
        and said[0].startswith("Your text is too short: the network can learn from 38 ")
        and said[0].endswith(".")
    )
    assert "needs 41" in said[0] and writing.session_state["found"] is None
    assert writing.code[0].value == "abc" * 14


@pytest.mark.slow
@pytest.mark.parametrize(("seq", "batch"), [(10, 4), (50, 32), (1, 1), (5, 1)])
def test_a_text_fits_exactly_if_training_takes_it(seq, batch):
    for length in range(1, 2_000, 1 if seq < 50 else 7):
        text = ("ab" * length)[:length]
        net = LSTM(2, 2, 2, seed=0)
        try:
            train(net, np.arange(length) % 2, seq_length=seq, batch_size=batch)
            taken = True
        except InputError:
            taken = False
        assert taken == (does_not_fit(text, seq, batch) == "")


def test_many_characters_in_a_large_batch_are_more_than_a_step_can_hold():
    text = "".join(chr(0x4E00 + k % 2_000) for k in range(500_000))
    assert does_not_fit(text, 50, 32) == ""
    assert "2,000 different characters, too many" in does_not_fit(text, 100, 64)


# -- the batch of a short text --


@pytest.mark.parametrize("length", [300, 1_500, 6_000, 40_000, 400_000])
def test_a_short_text_gets_the_command_lines_batch(length):
    text = (LONG * (length // len(LONG) + 1))[:length]
    learned = length - int(0.1 * length)
    recipe = default_recipe(learned, len(set(text)), 64, seq_length=50)
    assert fitting_batch(text, 64, 50) == recipe["batch_size"]
    assert does_not_fit(text, 50, fitting_batch(text, 64, 50)) == ""


def test_the_page_says_which_batch_it_takes_and_leaves_a_chosen_one():
    text = LONG * 4
    query, state = {"tab": "Live", "text": OWN}, {OWN_TEXT: text}
    app = open_page("4_training.py", query, state)
    assert f"Batch {fitting_batch(text, 64, 50)} instead of 32" in words_of(app) and not app.error
    chosen = open_page("4_training.py", query | {"batch": "64"}, state)
    assert "instead of" not in words_of(chosen) and "too short" in chosen.error[0].value
    sample = open_page("4_training.py", {"tab": "Live", "text": "places"}, state)
    assert "instead of 32" not in words_of(sample)


def test_nobody_is_advised_to_take_less_than_one_sequence():
    assert "smaller batch" in does_not_fit(LONG, 50, 32) and "smaller batch" not in does_not_fit("ab", 50, 1)
