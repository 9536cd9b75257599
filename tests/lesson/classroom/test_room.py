"""The room as a value: what each event does, and what it does not."""

import dataclasses

import pytest

from lesson.classroom.apply import apply, replay
from lesson.classroom.asking import Vote
from lesson.classroom.codes import ALPHABET, hash_of, new_code, new_handle, read_code
from lesson.classroom.event import Event, Kind
from lesson.classroom.question import UNSURE, Question
from lesson.classroom.refusals import MOST_EVENTS, RESERVE, Refused, check_length, check_stage
from lesson.classroom.room import Room
from lesson.classroom.state import own_state, public_state
from tests.lesson.classroom.server import CATALOGUE

CHOICE, NUMBER, _ = CATALOGUE


class Story:
    """Events in their order, and the rooms after each."""

    def __init__(self):
        self.events, self.rooms = [], [Room()]
        self.happen(Kind.OPENED, host="h")

    def happen(self, kind, student="", /, **body):
        self.events.append(Event(len(self.events) + 1, 100.0 + len(self.events), kind, student, body))
        self.rooms.append(apply(self.room, self.events[-1]))
        return self.room

    @property
    def room(self):
        return self.rooms[-1]

    def ask(self, question=CHOICE, **more):
        id = str(len(self.room.askings) + 1)
        return self.happen(Kind.QUESTION, id=id, question=question.to_json(), **more)

    def stage(self, stage, round=1, **more):
        return self.happen(Kind.STAGED, asking=self.room.asking.id, stage=stage, round=round, **more)

    def vote(self, student, answer, n=1, round=1, asking=None):
        asking = asking or self.room.asking.id
        return self.happen(Kind.VOTED, student, asking=asking, round=round, answer=answer, n=n)


@pytest.fixture
def story():
    story = Story()
    for student in "abc":
        story.happen(Kind.JOINED, student, handle=f"handle {student}")
    story.ask()
    story.stage("vote")
    return story


def without_counters(room):
    return dataclasses.replace(room, number=0, used=0.0)


def test_a_log_leads_to_the_same_room_again(story):
    story.vote("a", "keeps")
    story.stage("talk")
    story.stage("vote", 2)
    story.vote("a", "adds", 2, 2)
    story.happen(Kind.COMMITTED, "b", kind="challenge/keep", value={"solved": True}, n=4)
    story.happen(Kind.HANDS, asking="1", round=2, answer="reads", count=4)
    assert replay(story.events) == story.room


def test_counters_grow_only_with_what_they_count(story):
    stage, tally = story.room.stage_version, story.room.tally_version
    room = story.vote("a", "keeps")
    assert (room.stage_version, room.tally_version) == (stage, room.number)
    room = story.happen(Kind.COMMITTED, "a", kind="x", value=1, n=1)
    assert (room.stage_version, room.tally_version) == (stage, room.number - 1)
    room = story.stage("talk")
    assert (room.stage_version, room.tally_version) == (room.number, room.number - 2)
    assert tally < room.tally_version


@pytest.mark.parametrize(
    "late",
    [
        {"student": "z"},  # never joined
        {"asking": "0"},
        {"round": 2},
        {"n": 5},  # the same counter again
        {"n": 4},
    ],
)
def test_a_vote_that_does_not_count_changes_nothing(story, late):
    before = story.vote("a", "keeps", 5)
    after = story.vote(**{"student": "a", "answer": "adds", "n": 6} | late)
    assert without_counters(after) == without_counters(before)
    assert after.number == before.number + 1


def test_an_open_vote_ends_eyes_up_and_nothing_else_does(story):
    story.stage("waiting")
    for stage, ends in (("waiting", False), ("talk", False), ("revealed", False), ("vote", True)):
        story.happen(Kind.FOLLOWED, follow={"eyes_up": True})
        assert (story.stage(stage).follow is None) == ends
    story.happen(Kind.FOLLOWED, follow={"page": "gates", "query": ""})
    assert story.stage("vote", 2).follow == {"page": "gates", "query": ""}


@pytest.mark.parametrize("stage", ["waiting", "talk", "revealed"])
def test_a_vote_counts_in_an_open_round_only(story, stage):
    story.vote("a", "keeps")
    before = story.stage(stage)
    assert without_counters(story.vote("a", "adds", 2)) == without_counters(before)


def test_the_newest_vote_counts_in_whatever_order_they_come(story):
    story.vote("a", "adds", 7)
    story.vote("a", "keeps", 3)
    assert story.room.asking.votes[1]["a"] == Vote("adds", 7)
    story.vote("a", "reads", 8)
    assert story.room.asking.votes[1]["a"].answer == "reads"


def test_asking_the_same_again_is_another_asking(story):
    story.vote("a", "keeps")
    story.ask()
    story.stage("vote")
    story.vote("a", "adds", 2, asking="1")  # late, for the first
    assert [dict(asking.votes) for asking in story.room.askings] == [{1: {"a": Vote("keeps", 1)}}, {}]


def test_nothing_of_who_has_left_stays(story):
    story.vote("a", "keeps")
    story.happen(Kind.COMMITTED, "a", kind="x", value="secret", n=1)
    story.vote("b", "adds")
    room = story.happen(Kind.LEFT, "a")
    assert set(room.students) == {"b", "c"} and room.commits == {} and room.gone == {"a"}
    assert room.asking.votes == {1: {"b": Vote("adds", 1)}}
    room = story.happen(Kind.JOINED, "a", handle="again")  # a retry that comes late
    assert "a" not in room.students
    # The log without what they have done leads to the same room.
    rest = [event for event in story.events if event.student != "a" or event.kind is Kind.LEFT]
    assert without_counters(replay(rest)) == without_counters(room)


def test_who_was_the_only_one_to_vote_leaves_no_round(story):
    story.vote("a", "keeps")
    assert story.happen(Kind.LEFT, "a").asking.votes == {}


def test_a_new_secret_ends_all_others(story):
    assert story.happen(Kind.PAIRED, host="second").hosts == {"h", "second"}
    assert story.happen(Kind.RENEWED, host="third").hosts == {"third"}


def test_a_timer_ends_with_its_stage(story):
    assert story.stage("vote", seconds=60).timer == (60, story.room.used)
    assert story.stage("talk").timer is None
    story.stage("vote", 2, seconds=60)
    assert story.ask().timer is None


def test_following_and_the_plan_are_told_together(story):
    stop = {"minutes": 45, "stop": 2}
    room = story.happen(Kind.FOLLOWED, follow={"page": "gates", "query": "f=1"}, plan=stop)
    begun = story.events[-1].at
    plan = {**stop, "since": begun, "begun": begun}
    assert (room.follow, room.plan) == ({"page": "gates", "query": "f=1"}, plan)
    room = story.happen(Kind.FOLLOWED, follow=None)
    assert (room.follow, room.plan) == (None, plan)
    assert story.happen(Kind.FOLLOWED, follow=None, plan=stop).plan == plan  # the stop's clock goes on
    later = story.happen(Kind.FOLLOWED, follow=None, plan={"minutes": 45, "stop": 3}).plan
    assert later["since"] == story.events[-1].at > plan["since"]
    assert later["begun"] == begun  # the lesson's clock goes on
    assert story.room.moved_on
    assert not story.ask().moved_on
    for end in (None, {"minutes": 10, "stop": 3}):  # another plan, or the same again, begins anew
        story.happen(Kind.FOLLOWED, plan=end)
        again = story.happen(Kind.FOLLOWED, plan=stop).plan
        assert again["begun"] == again["since"] == story.events[-1].at


def test_who_has_looked_up_is_back_where_the_class_was(story):
    place = {"page": "gates", "query": "f=1"}
    story.happen(Kind.FOLLOWED, follow=place)
    assert story.happen(Kind.FOLLOWED, follow={"eyes_up": True}).follow == {**place, "eyes_up": True}
    assert story.stage("vote").follow == place
    story.stage("revealed")
    for _ in range(2):  # once more does no harm
        story.happen(Kind.FOLLOWED, follow={"eyes_up": True})
        room = story.happen(Kind.FOLLOWED, follow={"eyes_up": False})
        assert (room.follow, room.led_on) == (place, False)  # and not away from what was revealed
    story.happen(Kind.FOLLOWED, follow=None)
    story.happen(Kind.FOLLOWED, follow={"eyes_up": True})
    assert story.happen(Kind.FOLLOWED, follow={"eyes_up": False}).follow is None


def test_rounds_are_opened_one_after_the_other(story):
    def refusal(stage, round):
        try:
            body = {"asking": "1", "stage": stage, "round": round, "after": story.room.stage_version}
            check_stage(story.room, body)
        except Refused as error:
            return error.status
        return None

    assert refusal("vote", 2) is None  # without talk between them
    assert [refusal("vote", 3), refusal("talk", 2), refusal("vote", 0), refusal("asleep", 1)] == [422] * 4
    story.stage("revealed")
    assert refusal("vote", 2) == 422  # who knows what is right has no second guess
    assert refusal("vote", 1) is None  # a reveal by mistake can be taken back
    story.stage("talk")
    assert refusal("vote", 2) is None


def test_a_log_has_an_end_and_the_lecturer_comes_to_it_last():
    full = Room(number=MOST_EVENTS)
    with pytest.raises(Refused):
        check_length(full, "student")
    check_length(full, "")
    with pytest.raises(Refused):
        check_length(Room(number=MOST_EVENTS + RESERVE), "")


def test_a_room_says_nobody_s_token_or_handle(story):
    story.vote("a", "keeps")
    story.stage("revealed")
    text = repr(public_state(story.room))
    assert "handle a" not in text and "'a'" not in text
    assert own_state(story.room, "a")["answers"] == [{"asking": "1", "round": 1, "answer": "keeps", "n": 1}]


# -- questions --


@pytest.mark.parametrize("question", CATALOGUE, ids=lambda question: question.id)
def test_a_question_in_the_log_is_the_question(question):
    assert Question.from_json(question.to_json()) == question


def test_a_question_has_its_own_answers_and_i_do_not_know():
    assert [CHOICE.has_answer(value) for value in ("keeps", UNSURE, "Keeps", 0, 0.5)] == [
        True, True, False, False, False,
    ]  # fmt: skip
    assert [NUMBER.has_answer(value) for value in (0, 1, 0.5, UNSURE, 1.01, "0.5", True, 10**400)] == [
        True, True, True, True, False, False, False, False,
    ]  # fmt: skip


# -- codes --


def test_a_code_is_read_as_people_write_it():
    code = new_code(())
    assert read_code(f" {code[:3].lower()}-{code[3:]} ") == code
    assert [read_code(text) for text in ("", "OOOOOO", code + "A", "ßßß", "\x00")] == [""] * 5
    assert not set("0O1IL2Z5S8BUV") & set(ALPHABET)


def test_codes_and_handles_are_new():
    class Others:
        def __init__(self):
            self.times = 0

        def __contains__(self, code):
            self.times += 1
            return self.times < 5

    others = Others()
    new_code(others)
    assert others.times == 5
    handles = set()
    for _ in range(1_000):
        handles.add(new_handle(handles))
    assert len(handles) == 1_000


def test_what_is_stored_of_a_secret_is_not_the_secret():
    assert hash_of("secret") != hash_of("Secret") and "secret" not in hash_of("secret")
