"""Questions through Streamlit's channel: answered by the same functions, and never trusted."""

import pytest

from lesson.frame.query import QueryError
from lesson.widgets import channel
from lesson.widgets.channel import LONGEST_VALUE, MOST_AT_ONCE, MOST_VALUES
from lesson.widgets.source import Source
from lstm.errors import InputError


def refuse(query):
    raise QueryError("Not like this.")


def refuse_input(query):
    raise InputError("No such units.")


SOURCES = {
    "echo": Source(lambda query: {"values": dict(query.values), "own": query.network}),
    "refuse": Source(refuse),
    "input": Source(refuse_input),
}


def one(id=1, name="echo", question=None):
    return {"id": id, "name": name, "question": question or {}}


def replies(sent, monkeypatch, network=None):
    """What a browser gets for what it sends."""
    monkeypatch.setattr(channel, "own_network", lambda: network)
    return {
        id: channel._reply(SOURCES, name, values) for id, name, values in channel._questions(sent)
    }  # fmt: skip


def test_questions_are_answered_by_their_numbers(monkeypatch):
    sent = [one(7, question={"b": "1"}), one(8, "refuse"), one(9, "input"), one(10, "none")]
    assert replies(sent, monkeypatch, network="mine") == {
        7: {"answer": {"values": {"b": "1"}, "own": "mine"}},
        8: {"error": "Not like this."},
        9: {"error": "No such units."},
        10: {"error": "There is no such answer; reload the page."},
    }


@pytest.mark.parametrize(
    "sent",
    [
        None, 3, "x", {}, [None], [[]], [{"id": "1", "name": "echo", "question": {}}],
        [{"id": 1, "name": None, "question": {}}], [{"id": 1, "name": "echo"}],
        [one(question={"a": 1})], [one(question={"a": "x" * (LONGEST_VALUE + 1)})],
        [one(question={str(k): "" for k in range(MOST_VALUES + 1)})],
    ],
)  # fmt: skip
def test_what_is_no_question_is_left_out(sent, monkeypatch):
    assert replies(sent, monkeypatch) == {}


def test_no_more_than_a_few_are_answered_at_once(monkeypatch):
    sent = [one(k) for k in range(MOST_AT_ONCE + 5)]
    assert len(replies(sent, monkeypatch)) == MOST_AT_ONCE
