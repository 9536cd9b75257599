"""The pictures of the reveal: what is on them is what the replies say, and nobody is sent one before."""

import html
import re
import xml.etree.ElementTree as ElementTree
from functools import cache

import pytest

from lesson.catalogue import catalogue
from lesson.classroom.apply import apply
from lesson.classroom.event import Event, Kind
from lesson.classroom.question import Question
from lesson.classroom.refusals import Refused, check_picture
from lesson.classroom.room import Room
from lesson.classroom.state import public_state
from lesson.pictures import picture_of


@cache
def questions():
    return {question.id: question for question in catalogue()}


def texts_of(svg):
    return [
        "".join(node.itertext()) for node in ElementTree.fromstring(svg).iter() if node.tag.endswith("}text")
    ]


def room_at(stage, question):
    rows = [
        (Kind.OPENED, {"host": "h"}),
        (Kind.QUESTION, {"id": "1", "question": question.to_json()}),
        (Kind.STAGED, {"asking": "1", "stage": stage, "round": 1}),
    ]
    room = Room()
    for number, (kind, body) in enumerate(rows, 1):
        room = apply(room, Event(number, 0.0, kind, "", body))
    return room


# What a picture says in words, and what the reply to the right answer says of the same model.
@pytest.mark.parametrize(
    ("id", "words", "reply"),
    [
        ("keep", "C was 2.00 and is 2.00", "still 2.00"),
        ("hide", "C was 3.00 and is 3.00; h is 0.00", "C is still 3.00"),
        ("squash", "h is 1.00", "here h is 1.00"),
        ("constants", "0.05 at x = −4, 0.99 at x = 4", "0.05 at x = −4 and 0.99 at x = 4"),
        ("half_life", "0.53 after 2 steps", "is 2.2 steps"),
        ("when_to_stop", "lowest, 1.13, after 14 epochs", "14"),
    ],
)
def test_a_picture_says_what_the_reply_says(id, words, reply):
    question = questions()[id]
    assert words in question.picture_text
    text = html.unescape(re.sub("</?i>", "", question.reply))
    assert reply in text.replace("\xa0", " ")


def test_every_picture_is_drawn_for_a_phone_and_says_in_words_what_is_on_it():
    pictures = [question for question in questions().values() if question.picture]
    assert len(pictures) >= 9
    for question in pictures:
        root = ElementTree.fromstring(question.picture)
        assert root.get("width") == "340"
        assert len(question.picture) < 6_000
        assert question.picture_text.endswith(".")
        assert "nan" not in question.picture.lower()
    assert picture_of("nothing of the course") is None


def test_the_cell_shows_the_numbers_of_its_words():
    texts = texts_of(questions()["keep"].picture)
    assert [text for text in texts if text[0].isdigit()] == [
        "2.00",
        "2.00",
        "0.70",
        "1.00",
        "0.00",
        "0.76",
        "0.73",
    ]


@pytest.mark.parametrize("stage", ["waiting", "vote", "talk"])
def test_nobody_is_sent_a_picture_before_the_reveal(stage):
    room = room_at(stage, questions()["keep"])
    assert "picture" not in public_state(room)["asking"]
    with pytest.raises(Refused, match="not yet"):
        check_picture(room, "1")


def test_the_picture_comes_with_the_reveal():
    question = questions()["keep"]
    room = room_at("revealed", question)
    assert public_state(room)["asking"]["picture"] == question.picture_text
    assert check_picture(room, "1") == question.picture
    with pytest.raises(Refused):
        check_picture(room, "2")
    room = room_at("revealed", questions()["states"])  # which has none
    assert "picture" not in public_state(room)["asking"]


def test_a_log_of_an_earlier_version_is_read():
    table = {k: v for k, v in questions()["keep"].to_json().items() if not k.startswith("picture")}
    assert Question.from_json(table).picture == ""
    assert Question.from_json(questions()["keep"].to_json()) == questions()["keep"]
