"""The plans as the page Class steps through them."""

import json
from urllib.parse import parse_qs

import pytest

from lesson.catalogue import catalogue
from lesson.class_page.plans import challenges, plans
from lesson.course.challenges import CHALLENGES
from lesson.course.stops import PLANS
from lesson.frame.lessons import LESSONS
from lesson.frame.version import version
from tests.app import open_page

STOPS = [
    pytest.param(stop, id=f"{minutes} {at}")
    for minutes, all_ in plans().items()
    for at, stop in enumerate(all_)
]
PAIRS = [
    pytest.param(stop, row, id=f"{minutes} {at}")
    for minutes, stops in PLANS.items()
    for at, (stop, row) in enumerate(zip(stops, plans()[str(minutes)], strict=True))
]


@pytest.mark.parametrize("stop", STOPS)
def test_a_stop_says_what_to_watch_for_in_short_sentences(stop):
    assert stop["watch"].endswith(".") and 30 < len(stop["watch"]) < 120


@pytest.mark.parametrize(("stop", "row"), PAIRS)
def test_a_stop_names_a_page_and_its_first_question(stop, row):
    assert row["page"] in {lesson.address for lesson in LESSONS}
    asked = parse_qs(row["query"]).get("ask", [])
    assert asked == list(stop.asks[:1]) or (not stop.asks and asked in ([], ["none"]))
    assert row["asks"] == list(stop.room or stop.asks)
    assert row["page"] or parse_qs(row["query"])["section"] == ["Start"]
    assert parse_qs(row["free_query"]).get("ask") == (["none"] if row["page"] else None)
    assert not row["challenge"] or row["challenge"] in challenges()


def test_a_test_has_the_same_items_at_both_ends_which_the_lesson_does_not_ask():
    for stops in plans().values():
        ends = [stop for stop in stops if stop["test"]]
        if not ends:
            continue
        before, after = ends
        assert (before["test"], after["test"]) == ("before", "after")
        assert (stops[0], stops[-1]) == (before, after)
        assert before["asks"] == after["asks"] and 2 <= len(before["asks"]) <= 6
        others = {id for stop in stops if not stop["test"] for id in stop["asks"]}
        assert not others & set(before["asks"])


def test_every_question_of_a_plan_can_be_asked():
    questions = {question.id: question for question in catalogue()}
    asked = {id for stops in PLANS.values() for stop in stops for id in (*stop.asks, *stop.room)}
    assert asked <= set(questions)
    items = {id for stops in PLANS.values() for stop in stops if stop.test for id in stop.room}
    assert items and all(questions[id].is_test for id in items)


def test_a_plan_is_as_long_as_it_says():
    assert all(minutes == sum(stop.minutes for stop in stops) for minutes, stops in PLANS.items())


def test_a_challenge_that_checks_sequences_says_what_fails_on_the_way():
    fails = {name: row["fails"] for name, row in challenges().items() if name.startswith("gates/")}
    assert len(fails) == len(CHALLENGES["gates"]) == 7
    for lines in fails.values():
        assert lines and len(set(lines)) == len(lines)
        # The room takes no longer line, and none with what can't be printed.
        assert all(len(line) <= 200 and line.isprintable() and line.startswith("Sequence ") for line in lines)


def test_the_page_sends_its_screen_once_and_nothing_of_a_room():
    app = open_page("10_class.py")
    (screen,) = [element for element in app.get("bidi_component") if "plans" in element.proto.json]
    (data,) = json.loads(screen.proto.json)
    assert data == {"version": version(), "plans": plans(), "challenges": challenges()}


@pytest.mark.parametrize("stop", STOPS)
def test_a_stop_says_what_happens_in_the_order_of_a_room(stop):
    # Asked first, led there afterwards; a challenge is tried before it is asked about.
    is_asked_first = stop["asks"] and not stop["challenge"]
    assert not (is_asked_first and stop["does"].startswith(("Look at", "Open", "Solve", "Train")))
    assert "in a room" not in stop["does"].lower()  # that is where they are
