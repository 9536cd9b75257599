"""What is a student's own in the browser: as the server deals it, and as the course computes it."""

import dataclasses
import itertools
import json

import pytest

from lesson.catalogue import catalogue
from lesson.classroom.event import Kind
from lesson.classroom.gain import gain
from lesson.classroom.question import DEALT
from lesson.classroom.state import public_state, revealed
from tests.browser.class_samples import (
    DEALT_QUESTION,
    EXPERIMENT_QUESTION,
    SURFACE_QUESTION,
    SWEEP_QUESTION,
)  # fmt: skip
from tests.lesson.classroom.test_room import CHOICE, Story

OWN, SITUATION, SWEEP = "classroom/own.js", "classroom/phone/situation.js", "classroom/sweep.js"


def asking_of(question, stage="revealed", **more):
    """A question's asking as a room sends it."""
    story = Story()
    story.ask(question)
    for each in ("vote", stage):
        story.stage(each)
    return json.loads(json.dumps(public_state(story.room)["asking"])) | more


def dealt_questions():
    return [DEALT_QUESTION, *(question for question in catalogue() if question.kind == DEALT)]


@pytest.mark.slow
def test_each_seat_has_the_numbers_that_the_server_deals(run):
    for question in dealt_questions():
        asking = asking_of(question)
        seats = range(2 * len(question.deals) + 3)
        ids = ["1", "2", "13"]
        function = """({ ownAsking, truthOf }, [asking, seats, ids]) => ids.map((id) => seats.map((seat) => {
          const own = ownAsking({ ...asking, id }, seat)
          return [own.text, own.html, truthOf(own)]
        }))"""
        for id, rows in zip(ids, run(OWN, function, [asking, list(seats), ids]), strict=True):
            for seat, (text, html, truth) in zip(seats, rows, strict=True):
                deal = question.deal(seat, id)
                assert text == _filled(question.text, deal.texts)
                assert html == _filled(question.html, deal.texts)
                assert truth == deal.truth


def _filled(text, numbers):
    for place, number in enumerate(numbers):
        text = text.replace(f"{{{place}}}", number)
    return text


@pytest.mark.slow
def test_an_answer_comes_from_what_the_server_says_for_every_deal(run):
    for question in dealt_questions():
        asking = asking_of(question)
        rows = []
        for seat in range(len(question.deals)):
            keys = question.deal(seat, asking["id"]).keys
            ends = [end for _, low, high in keys for end in (low, high, (low + high) / 2)]
            rows += [[seat, answer] for answer in [*ends, *(end + 1e-6 for end in ends), 0, -1.5, 1e6]]
        function = """({ ownAsking, outcomeOf }, [asking, rows]) =>
          rows.map(([seat, answer]) => outcomeOf(ownAsking(asking, seat), answer))"""
        outcomes = run(OWN, function, [asking, rows])
        assert outcomes == [question.deal(seat, asking["id"]).outcome(answer) for seat, answer in rows]
        assert set(outcomes) >= {"right", "other"} and len(set(outcomes)) > 2


def test_before_the_reveal_nobody_knows_what_an_answer_comes_from(run):
    asking = asking_of(DEALT_QUESTION, "talk")
    function = """({ ownAsking, outcomeOf, truthOf }, asking) => {
      const own = ownAsking(asking, 3)
      return [outcomeOf(own, 0.4), outcomeOf(own, "unsure"), truthOf(own)]
    }"""
    assert run(OWN, function, asking) == [None, "unsure", None]


def test_what_is_not_dealt_stays_as_it_is(run):
    function = "({ ownAsking }, asking) => [ownAsking(asking, 3), ownAsking(asking)]"
    asking = asking_of(CHOICE)
    assert run(OWN, function, asking) == [asking | {"seat": 3}, asking | {"seat": 0}]


def test_thirty_students_train_thirty_networks(run):
    asking = asking_of(EXPERIMENT_QUESTION)
    function = """({ ownAsking, seedOf }, asking) =>
      Array.from({ length: 31 }, (_, seat) => seedOf(ownAsking(asking, seat)))"""
    seeds, first = run(OWN, function, asking), asking["experiment"]["first"]
    assert sorted(seeds[:30]) == list(range(first, first + 30)) and seeds[30] == seeds[0]


def test_a_setting_is_said_in_the_words_of_its_question(run):
    answers = [[SWEEP_QUESTION, str(k), (k,)] for k in range(25)]
    answers += [[SURFACE_QUESTION, f"{k},{n}", (k, n)] for k in (0, 7, 24) for n in (0, 12, 24)]
    for question, answer, places in answers:
        function = """({ outcomeWords, settingText }, [asking, answer]) =>
          [outcomeWords(asking, answer), settingText(asking.settings, answer, "text")]"""
        outcome, setting = run(SWEEP, function, [asking_of(question), answer])
        columns = len(question.settings[-1].values)
        row = places[0] if len(places) == 1 else places[0] * columns + places[1]
        assert outcome == question.surface.words[row]
        values = [each.values[place] for each, place in zip(question.settings, places, strict=True)]
        names = [each.text for each in question.settings]
        parts = [f"{name}\u00a0=\u00a0{value}" for name, value in zip(names, values, strict=True)]
        assert setting == ", ".join(parts).replace("-", "−")


SEVERAL = SWEEP_QUESTION.surface._replace(heights=(*SWEEP_QUESTION.surface.heights[:22], 1.0, 1.0, 1.0))
SEVERAL_BEST = dataclasses.replace(SWEEP_QUESTION, surface=SEVERAL, right="22")


@pytest.mark.parametrize(
    ("question", "right", "name"),
    [
        (SEVERAL_BEST, {"22", "23", "24"}, "One of the 3 best"),
        (dataclasses.replace(SWEEP_QUESTION, right="10"), {"10"}, "Best"),
        (dataclasses.replace(SURFACE_QUESTION, right="24,0"), {"24,0"}, "Best"),
        (CHOICE, {"keeps"}, None),
    ],
)
def test_every_setting_is_right_that_is_as_good_as_the_best(run, question, right, name):
    answers = [answer.id for answer in question.answers] or [
        ",".join(map(str, places))
        for places in itertools.product(*(range(len(setting.values)) for setting in question.settings))
    ]
    function = """({ isRightAnswer, bestName }, [asking, answers]) =>
      [answers.filter((answer) => isRightAnswer(asking, answer)), asking.surface ? bestName(asking) : null]"""
    row = [asking_of(question), [*answers, "unsure", None]]
    assert run(SWEEP, function, row) == [[answer for answer in answers if answer in right], name]
    hidden = [asking_of(question, "talk"), [*answers, "unsure", None]]
    assert run(SWEEP, function, hidden) == [[], None]


@pytest.mark.parametrize(
    ("question", "answer", "more", "words"),
    [
        (SWEEP_QUESTION, "7", {}, "7 of 24 is left."),
        (SWEEP_QUESTION, "7", {"right": "7"}, "7 of 24 is left. Best."),
        (SEVERAL_BEST, "24", {}, "24 of 24 is left. One of the 3 best."),
        (SEVERAL_BEST, "21", {}, "21 of 24 is left."),
        (SWEEP_QUESTION, "unsure", {}, "Here is the answer."),
        (SWEEP_QUESTION, None, {}, "You did not answer."),
        (EXPERIMENT_QUESTION, 3, {}, "The networks train now."),
        (EXPERIMENT_QUESTION, 3, {"right": 0}, "3 too many."),
        (EXPERIMENT_QUESTION, 3, {"right": 5}, "2 too few."),
        (EXPERIMENT_QUESTION, 5, {"right": 5}, "Exactly right."),
        (DEALT_QUESTION, "unsure", {}, "Here is the answer."),
    ],
)
def test_what_is_said_of_an_answer_of_a_new_kind(run, question, answer, more, words):
    row = [asking_of(question, **more), answer]
    assert run(SITUATION, "({ verdict }, [asking, answer]) => verdict(asking, answer)", row) == words


@pytest.mark.parametrize("seat", range(8))
def test_of_dealt_numbers_the_own_ones_count(run, seat):
    asking = asking_of(DEALT_QUESTION, seat=seat)
    truth = DEALT_QUESTION.deal(seat, asking["id"]).truth
    function = "({ verdict }, [asking, answers]) => answers.map((answer) => verdict(asking, answer))"
    assert run(SITUATION, function, [asking, [truth, truth + 0.06]]) == ["Right.", "Not right."]


@pytest.mark.parametrize("question", [CHOICE, DEALT_QUESTION])
def test_after_both_tests_each_student_is_told_their_own_results(question):
    story = Story()
    for number in range(2):
        story.happen(Kind.JOINED, f"s{number}", handle=f"handle {number}", seat=number)
    for part in ("before", "after"):
        test = [part, 1, 1]
        story.happen(
            Kind.QUESTION, id={"before": "1", "after": "2"}[part], question=question.to_json(), test=test
        )
        story.stage("vote")
        if part == "after":
            (item,) = _items(story)
            assert (item["right"], item["ranges"], item["answer"]) == (None, [], None)
        story.stage("talk")
    (item,) = _items(story)
    assert item["right"] == question.right == revealed(question)["right"]
    assert item["ranges"] == [deal.keys[0][1:] for deal in question.deals]
    assert (item["answer"] is None) == bool(question.deals)


def _items(story):
    return gain(story.room)["items"]
