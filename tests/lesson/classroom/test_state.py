"""What a room sends, and when; advice, moves, progress, and what a lecturer takes away."""

import csv
import dataclasses
import io
import json

import pytest

from lesson.classroom.counts import advice, moves, rounds
from lesson.classroom.event import Kind
from lesson.classroom.export import as_csv, as_report
from lesson.classroom.progress import STUCK, progress
from lesson.classroom.question import TYPED, Answer, Question
from lesson.classroom.state import public_state, revealed, shows_votes
from tests.lesson.classroom.server import CATALOGUE
from tests.lesson.classroom.test_room import CHOICE, NUMBER, Story

SECRET = {"right", "replies", "rounds", "moved"}


def class_of(count, question=CHOICE):
    story = Story()
    for number in range(count):
        story.happen(Kind.JOINED, f"s{number}", handle=f"handle {number}")
    story.ask(question)
    story.stage("vote")
    return story


@pytest.mark.parametrize("question", CATALOGUE, ids=lambda question: question.id)
def test_what_is_right_comes_with_the_reveal(question):
    story = Story()
    story.ask(question)
    for stage, round in (("waiting", 1), ("vote", 1), ("talk", 1), ("vote", 2), ("talk", 2)):
        state = public_state(story.stage(stage, round))
        assert not SECRET & set(state["asking"]), stage
        assert "REPLY" not in json.dumps(state) and "0.7251" not in json.dumps(state)
    state = public_state(story.stage("revealed", 2))
    assert set(state["asking"]) >= SECRET and state["asking"]["right"] == question.right
    assert not SECRET & set(public_state(story.stage("vote", 2))["asking"])  # taken back


def test_bars_are_shown_if_the_lecturer_wants_them_and_do_not_say_what_is_right():
    story = class_of(2)
    story.vote("s0", "adds")
    assert not shows_votes(story.room)
    story.stage("talk", bars=True)
    state = public_state(story.room)["asking"]
    assert shows_votes(story.room)
    assert state["rounds"] == [{"keeps": 0, "adds": 1, "reads": 0, "unsure": 0}] and "right" not in state
    assert "rounds" not in public_state(story.stage("vote", 2))["asking"]  # for one stage


def test_a_reply_for_each_answer_and_for_i_do_not_know():
    story = class_of(0)
    replies = public_state(story.stage("revealed"))["asking"]["replies"]
    assert replies == {
        "keeps": "REPLY keeps", "adds": "REPLY adds", "reads": "REPLY reads", "unsure": "REPLY unsure",
    }  # fmt: skip


def test_moves_are_of_those_who_voted_in_both_rounds():
    story = class_of(4)
    for student, answer in (("s0", "adds"), ("s1", "adds"), ("s2", "keeps")):
        story.vote(student, answer)
    story.stage("vote", 2)
    for student, answer in (("s0", "keeps"), ("s1", "adds"), ("s3", "reads")):
        story.vote(student, answer, 2, 2)
    moved = [("adds", "adds", 1), ("adds", "keeps", 1)]
    assert moves(story.room.asking) == moved
    assert rounds(story.room.asking) == [
        {"keeps": 1, "adds": 2, "reads": 0, "unsure": 0},
        {"keeps": 1, "adds": 1, "reads": 1, "unsure": 0},
    ]
    assert moves(story.stage("vote", 3).asking) == moved  # a round that nobody answers hides nothing


def test_a_last_vote_that_nobody_answered_is_left_out():
    story = class_of(2)
    story.vote("s0", "adds")
    story.stage("vote", 2)
    assert story.room.voted() == 0
    state = public_state(story.stage("revealed", 2))
    assert state["asking"]["rounds"] == [{"keeps": 0, "adds": 1, "reads": 0, "unsure": 0}]
    assert state["voted"] == 1
    story.happen(Kind.HANDS, asking="1", round=2, answer="keeps", count=1)
    assert len(rounds(story.room.asking)) == 2


@pytest.mark.parametrize(
    ("general", "other", "opening"),
    [
        ("We measured it (T = 10, 0.5). It is 2.1. So few.", "We measured it (T = 10, 0.5). It is 2.1. Many.",
         "We measured it (T = 10, 0.5). It is 2.1. "),
        ("It is 2.1. So few.", "It is 2.2. So few.", None), ("It is 2.1.", "It is 2.1.", None),
    ],
)  # fmt: skip
def test_with_what_two_replies_begin_is_told(general, other, opening):
    answers = (Answer("a", "A", reply=general), Answer("b", "B", reply=other))
    question = dataclasses.replace(CHOICE, answers=answers, right="a", reply=general)
    assert revealed(question).get("opening") == opening


def test_a_revealed_answer_is_over_once_all_were_led_on():
    question = dataclasses.replace(CHOICE, link="gates?part=One+step&ask=keep")
    story = class_of(1, question)

    def lead(**follow):
        return public_state(story.happen(Kind.FOLLOWED, follow=follow))["elsewhere"]

    assert not lead(page="gates", query="part=Challenges")
    assert not public_state(story.stage("revealed"))["elsewhere"]  # led there before, and not since
    assert lead(page="gates", query="part=One+step&ask=none&x=1") == "Gates: One step"  # its own stop
    assert lead(eyes_up=True) == "Gates: One step"
    assert lead(page="gates", query="part=Challenges&ask=none") == "Gates: Challenges"
    assert not story.happen(Kind.FOLLOWED, follow=None).follow
    assert public_state(story.room)["elsewhere"] == "Gates: Challenges"  # they work there on their own
    assert lead(page="gates", query="part=Challenges&challenge=half-life") == "Gates: Challenges (Half life)"
    assert lead(page="", query="") == "Start"
    assert lead(page="", query="section=Start") == "Start"
    assert lead(page="training", query="ask=none") == "Training"
    assert lead(page="gradients", query="bf=1") == "Gradients"
    assert lead(page="pytorch", query="") == "To PyTorch"
    assert lead(page="cheatsheet", query="sheet=Sources") == "Cheat sheet: Sources"
    story.ask(question)
    assert not public_state(story.stage("revealed"))["elsewhere"]


def test_hands_are_counted_with_the_votes_and_again_in_place_of_before():
    story = class_of(1)
    story.vote("s0", "keeps")
    story.happen(Kind.HANDS, asking="1", round=1, answer="keeps", count=9)
    story.happen(Kind.HANDS, asking="1", round=1, answer="keeps", count=3)
    assert rounds(story.room.asking)[0]["keeps"] == 4
    assert [row["student"] for row in csv.DictReader(io.StringIO(as_csv(story.room)))] == ["1", *["hand"] * 3]
    assert (story.room.voted(), story.room.present()) == (4, 4)  # one who has joined, three without a phone


def test_numbers_are_sent_as_numbers():
    story = class_of(3, NUMBER)
    story.vote("s0", 0.75)
    story.vote("s1", 0)
    story.vote("s2", "unsure")
    story.happen(Kind.HANDS, asking="1", round=1, answer="unsure", count=2)
    assert rounds(story.room.asking) == [{"numbers": [0, 0.75], "unsure": 3}]
    assert advice(story.room.asking, 1) == "" and moves(story.room.asking) == []


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [(4, 0, ""), (1, 4, "explain"), (7, 13, "discuss"), (7, 3, "discuss"), (5, 2, "go on"), (5, 0, "go on")],
)
def test_advice_follows_the_share_of_right_answers(right, wrong, words):
    story = class_of(right + wrong)
    for number in range(right + wrong):
        story.vote(f"s{number}", "keeps" if number < right else "adds")
    sentence = advice(story.room.asking, 1)
    assert words in sentence and bool(words) == bool(sentence)


def test_without_a_right_answer_there_is_no_advice():
    story = class_of(9, Question("", "Tea?", kind=TYPED, answers=(Answer("a", "Yes"), Answer("b", "No"))))
    for number in range(9):
        story.vote(f"s{number}", "a")
    assert advice(story.room.asking, 1) == ""


# -- challenges --


def test_a_class_on_its_challenges():
    story = class_of(6)
    tried = {"solved": False, "tries": 2, "fails": "Step 3 forgets.", "query": "f=1"}
    for student, value in {
        "s0": {"solved": True, "tries": 3},
        "s1": tried,
        "s2": tried | {"tries": STUCK},
        "s3": {"solved": "yes", "tries": True, "fails": "\u202egnorw", "query": ["x"]},
        "s4": "no table",
        "s5": {"tries": -5},
    }.items():
        story.happen(Kind.COMMITTED, student, kind="challenge/keep", value=value, n=1)
    story.happen(Kind.COMMITTED, "s0", kind="settings", value={"solved": True}, n=2)
    assert progress(story.room) == {
        "keep": {
            "solved": 1, "trying": 3, "stuck": 1, "not_begun": 1, "tries": [0, 0, 2, 3, 5],
            "fails": [("Step 3 forgets.", 2)], "attempts": ["f=1", "f=1"],
        }
    }  # fmt: skip


# -- what a lecturer takes away --


@pytest.fixture
def answered():
    story = class_of(2, Question("q", "=1+1", kind=TYPED, answers=(Answer("a", " @evil"), Answer("b", "B"))))
    story.vote("s0", "a")
    story.vote("s1", "b")
    story.ask(NUMBER)
    story.stage("vote")
    story.vote("s0", 0.5, 2)
    return story.room


def test_the_table_has_a_row_for_each_vote_and_nobody_s_name(answered):
    rows = list(csv.DictReader(io.StringIO(as_csv(answered))))
    assert [(row["asking"], row["answer"], row["right"]) for row in rows] == [
        ("1", "a", ""), ("1", "b", ""), ("2", "0.5", ""),
    ]  # fmt: skip
    assert {row["student"] for row in rows} == {"1", "2"}
    assert "handle" not in as_csv(answered) and "s0" not in as_csv(answered)
    assert "handle 0" in as_csv(answered, with_handles=True)


def test_a_spreadsheet_computes_nothing_of_the_table(answered):
    rows = list(csv.reader(io.StringIO(as_csv(answered))))
    assert [row for row in rows if any(cell.strip().startswith(tuple("=+-@\t\r＝")) for cell in row)] == []
    assert "'=1+1" in rows[1]


def test_the_report_has_no_token_and_no_handle(answered):
    text = json.dumps(as_report(answered))
    assert "handle" not in text and "s0" not in text
    assert [asking["stage"] for asking in as_report(answered)["askings"]] == ["vote", "vote"]
