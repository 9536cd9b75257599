"""The plans as the page Class steps through them."""

import json
from urllib.parse import parse_qs

import pytest

from lesson.catalogue import catalogue
from lesson.class_page.plans import challenges, plans
from lesson.course.stops import PLANS
from lesson.frame.lessons import LESSONS
from tests.app import open_page

STOPS = [
    pytest.param(stop, id=f"{minutes} {at}")
    for minutes, all_ in plans().items()
    for at, stop in enumerate(all_)
]


@pytest.mark.parametrize("stop", STOPS)
def test_a_stop_says_what_to_watch_for_in_short_sentences(stop):
    assert stop["watch"].endswith(".") and 30 < len(stop["watch"]) < 120


@pytest.mark.parametrize("stop", STOPS)
def test_a_stop_names_a_page_and_its_first_question(stop):
    assert stop["page"] in {lesson.address for lesson in LESSONS}
    asked = parse_qs(stop["query"]).get("ask", [])
    assert asked == stop["asks"][:1] or (not stop["asks"] and asked in ([], ["none"]))
    assert stop["page"] or parse_qs(stop["query"])["section"] == ["Start"]
    assert parse_qs(stop["free_query"]).get("ask") == (["none"] if stop["page"] else None)
    assert not stop["challenge"] or stop["challenge"] in challenges()


def test_every_question_of_a_plan_can_be_asked():
    questions = {question.id for question in catalogue()}
    assert {id for stops in PLANS.values() for stop in stops for id in stop.asks} <= questions


def test_a_plan_is_as_long_as_it_says():
    assert all(minutes == sum(stop.minutes for stop in stops) for minutes, stops in PLANS.items())


def test_the_page_sends_its_screen_once_and_nothing_of_a_room():
    app = open_page("9_class.py")
    (screen,) = [element for element in app.get("bidi_component") if "plans" in element.proto.json]
    (data,) = json.loads(screen.proto.json)
    assert data == {"plans": plans(), "challenges": challenges()}
