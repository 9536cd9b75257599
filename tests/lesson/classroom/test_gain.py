"""What a class has learned: who counts, shares, the gain, its interval."""

import random
from statistics import fmean

import pytest

from lesson.classroom.event import Kind
from lesson.classroom.gain import ENOUGH, LEVEL, gain, interval
from lesson.classroom.question import Answer, Question
from lesson.classroom.state import public_state
from tests.lesson.classroom.test_kinds import class_of

ITEMS = [
    Question(id, f"{id}?", answers=(Answer("yes", "Yes"), Answer("no", "No")), right="yes")
    for id in ("one", "two")
]


def lesson(rows, students=None):
    """A class that has answered: rows of (one before, two before, one after, two after) for each student,
    None where somebody did not answer."""
    story = class_of(students or len(rows), ITEMS[0], test=["before", 1, 2])
    for at, (part, item) in enumerate([("before", 0), ("before", 1), ("after", 0), ("after", 1)]):
        if at:
            story.ask(ITEMS[item], test=[part, item + 1, 2])
            story.stage("vote")
        for student, row in enumerate(rows):
            if row[at] is not None:
                story.vote(f"s{student}", row[at], asking=str(at + 1))
        story.stage("talk")
    return story


def test_shares_and_the_gain_are_those_of_who_answered_everything():
    rows = (
        [("no", "no", "yes", "yes")] * 6 + [("yes", "no", "yes", "yes")] * 4 + [("no", "no", "no", None)] * 5
    )
    table = gain(lesson(rows).room)
    assert (table["n"], table["share_before"], table["share_after"]) == (10, 0.2, 1.0)
    assert table["gain"] == pytest.approx(0.8)
    one, two = table["items"]
    assert (one["n"], two["n"]) == (15, 10)
    assert one["share_before"] == pytest.approx(4 / 15) and one["share_after"] == pytest.approx(10 / 15)
    assert (one["before"], one["after"]) == (["1", 1], ["3", 1])


def test_with_few_students_there_is_no_number():
    table = gain(lesson([("no", "no", "yes", "yes")] * (ENOUGH - 1)).room)
    assert table["n"] == ENOUGH - 1 and table["gain"] is table["interval"] is table["share_after"] is None
    assert gain(lesson([("no", "no", "yes", "yes")] * ENOUGH).room)["gain"] == 1


def test_i_do_not_know_is_not_right_and_counts():
    table = gain(lesson([("unsure", "unsure", "yes", "unsure")] * 10).room)
    assert (table["share_before"], table["share_after"]) == (0, 0.5)


def test_before_the_end_there_is_nothing_to_compare():
    story = class_of(12, ITEMS[0], test=["before", 1, 2])
    assert gain(story.room) == {
        "n": 0, "share_before": None, "share_after": None, "gain": None, "interval": None, "items": [],
    }  # fmt: skip


def test_an_item_that_is_asked_again_counts_with_its_last_asking():
    story = lesson([("no", "no", "no", "no")] * 10)
    story.ask(ITEMS[0], test=["after", 1, 2])
    story.stage("vote")
    for student in range(10):
        story.vote(f"s{student}", "yes")
    assert gain(story.room)["items"][0]["share_after"] == 1


def test_who_leaves_is_in_no_number():
    story = lesson([("no", "no", "yes", "yes")] * 11)
    story.happen(Kind.LEFT, "s0")
    assert gain(story.room)["n"] == 10


def test_the_reveal_shows_both_ends():
    story = lesson([("no", "no", "yes", "yes")] * 10)
    asking = public_state(story.stage("revealed"))["asking"]
    assert asking["gain"]["gain"] == 1
    assert [row["yes"] for row in asking["rounds"]] == [0, 10] and asking["moved"] == [("no", "yes", 10)]
    assert "gain" not in public_state(story.stage("talk"))["asking"]


def test_the_last_item_s_reveal_says_what_was_right_in_each():
    # The desk goes from item to item and closes none: what is asked next closes the vote before it.
    story = class_of(1, ITEMS[0], test=["before", 1, 2])
    for part, item in [("before", 1), ("after", 0), ("after", 1)]:
        story.stage("vote")
        story.ask(ITEMS[item], test=[part, item + 1, 2])
    story.stage("vote")
    assert [item["right"] for item in gain(story.room)["items"]] == ["yes", None]
    story.stage("revealed")
    items = public_state(story.room)["asking"]["gain"]["items"]
    assert [item["answer"] for item in items] == [{"id": "yes", "text": "Yes"}] * 2


@pytest.mark.parametrize(
    ("gained", "lost", "same", "ends"),
    [(12, 3, 15, (0.0483, 0.5142)), (0, 0, 10, (-0.2310, 0.2310)), (10, 0, 0, (0.5206, 1.0))],
)
def test_the_interval_of_one_item_is_that_of_bonett_and_price(gained, lost, same, ends):
    n = gained + lost + same
    more, less = (gained + 1) / (n + 2), (lost + 1) / (n + 2)  # the formula of their paper
    reach = 1.959964 * ((more + less - (more - less) ** 2) / (n + 2)) ** 0.5
    assert interval([1.0] * gained + [-1.0] * lost + [0.0] * same) == pytest.approx(
        (more - less - reach, min(1.0, more - less + reach)), abs=1e-6
    )
    assert interval([1.0] * gained + [-1.0] * lost + [0.0] * same) == pytest.approx(ends, abs=1e-4)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "after", "items", "n"),
    [(0.4, 0.7, 1, 10), (0.4, 0.7, 2, 12), (0.2, 0.9, 1, 30), (0.5, 0.5, 3, 54)],
)
def test_the_interval_holds_the_true_gain_as_often_as_it_says(before, after, items, n):
    rng, held = random.Random(0), 0
    for _ in range(4_000):
        differences = [
            fmean((rng.random() < after) - (rng.random() < before) for _ in range(items)) for _ in range(n)
        ]
        low, high = interval(differences)
        held += low <= after - before <= high
    assert held / 4_000 > LEVEL - 0.015
