"""Questions that only this course can ask: other numbers for each, settings, networks that are trained."""

import asyncio
import csv
import io
import json

import pytest

from lesson.classroom import counts
from lesson.classroom.event import Kind
from lesson.classroom.export import as_csv, as_file
from lesson.classroom.question import OTHER, RIGHT, UNSURE, Question, Scale
from lesson.classroom.server import experiments
from lesson.classroom.state import public_state
from tests.browser.class_samples import (
    CURVE_QUESTION,
    DEALT_QUESTION,
    SAMPLES,
    SURFACE_QUESTION,
    SWEEP_QUESTION,
)
from tests.lesson.classroom.server import Server
from tests.lesson.classroom.test_room import Story


def class_of(count, question, **more):
    story = Story()
    for seat in range(count):
        story.happen(Kind.JOINED, f"s{seat}", handle=f"handle {seat}", seat=seat)
    story.ask(question, **more)
    story.stage("vote")
    return story


@pytest.mark.parametrize("question", SAMPLES, ids=lambda question: question.id)
def test_a_question_comes_out_of_the_log_as_it_went_in(question):
    assert Question.from_json(json.loads(json.dumps(question.to_json()))) == question


def test_a_question_of_an_earlier_version_can_be_read():
    table = CURVE_QUESTION.to_json()
    for name in ("again", "deals", "errors", "curve", "settings", "surface", "experiment"):
        del table[name]
    assert Question.from_json(table).curve is None


# -- dealt numbers --


def test_neighbours_have_other_numbers_and_each_gets_new_ones_when_asked_again():
    deal = DEALT_QUESTION.deal
    for seat in range(20):
        assert deal(seat, "1") != deal(seat + 1, "1")
        assert deal(seat, "1") != deal(seat, "2") != deal(seat, "3")
    assert {deal(seat, "1") for seat in range(8)} == set(DEALT_QUESTION.deals)


def test_a_number_counts_as_what_it_comes_from():
    story = class_of(4, DEALT_QUESTION)
    deals = [DEALT_QUESTION.deal(seat, "1") for seat in range(4)]
    assert [len(deal.keys) for deal in deals] == [2, 2, 2, 2]
    story.vote("s0", deals[0].truth + 0.04)
    story.vote("s1", sum(deals[1].keys[1][1:]) / 2)  # the middle of what the mistake leads to
    story.vote("s2", 9.5)
    story.vote("s3", UNSURE)
    (row,) = counts.rounds(story.room.asking)
    errors = row.pop("numbers")
    assert row == {RIGHT: 1, "one_minus": 1, OTHER: 1, UNSURE: 1}
    assert errors == sorted(errors) and len(errors) == 3
    assert errors[-1] == 2  # what lies beyond the scale of errors is drawn at its end
    assert any(abs(error - 0.04) < 1e-9 for error in errors)


def test_moves_and_shares_of_dealt_numbers_are_those_of_their_outcomes():
    story = class_of(6, DEALT_QUESTION)
    for seat in range(6):
        story.vote(f"s{seat}", 9.5)
    story.stage("talk")
    story.stage("vote", 2)
    for seat in range(3):
        story.vote(f"s{seat}", DEALT_QUESTION.deal(seat, "1").truth, round=2)
    story.vote("s3", 9.0, round=2)
    asking = story.room.asking
    assert counts.moves(asking) == [(OTHER, OTHER, 1), (OTHER, RIGHT, 3)]
    assert counts.share_right(asking, 1) == 0
    story.vote("s4", 9.0, round=2)
    assert counts.share_right(story.room.asking, 2) == 60
    assert "discuss" in counts.advice(story.room.asking, 2)


def test_a_ratio_is_one_where_it_is_right():
    question = Question("q", "?", scale=Scale(1, 1e6, True), errors=Scale(0.01, 100, True))
    deal = DEALT_QUESTION.deals[0]._replace(truth=50.0)
    assert [question.error(deal, number) for number in (50, 100, 1, 1e6)] == [1, 2, 0.02, 100]


def test_nothing_of_truths_and_mistakes_is_sent_before_the_reveal():
    story = class_of(1, DEALT_QUESTION)
    for stage in ("waiting", "vote", "talk"):
        asking = public_state(story.stage(stage))["asking"]
        assert asking["answers"] == [] and asking["deals"][0] == ("0.1", "4")
        assert not {"keys", "truths", "errors", "right", "replies"} & set(asking)
        assert "part that stays" not in json.dumps(asking) and "1 − f" not in json.dumps(asking)
    asking = public_state(story.stage("revealed"))["asking"]
    assert [answer["id"] for answer in asking["answers"]] == [RIGHT, "one_minus", OTHER]
    assert len(asking["keys"]) == len(asking["truths"]) == len(asking["deals"])
    assert asking["replies"] == {"one_minus": "f is the part that stays.", UNSURE: "Multiply: f · C_t−1."}


def test_a_seat_is_never_another_students(lasting):
    tokens = [lasting.student() for _ in range(3)]
    seats = [lasting.mine(token)["seat"] for token in tokens]
    lasting.post("forget", {}, tokens[1])
    fourth = lasting.post("join", {}).json
    assert seats == [0, 1, 2] and fourth["seat"] == 3
    lasting.server.restart()
    assert [lasting.mine(token)["seat"] for token in (tokens[0], tokens[2], fourth["token"])] == [0, 2, 3]


def test_votes_on_own_numbers_are_the_same_after_a_restart(lasting):
    ann = lasting.student()
    lasting.ask("other_keep")
    lasting.stage("vote")
    truth = DEALT_QUESTION.deal(0, "1").truth
    assert lasting.vote(ann, truth).json == {"counted": True}
    lasting.server.restart()
    assert lasting.vote(ann, truth).json == {"counted": True}  # it comes again: its reply was lost
    assert lasting.results()["askings"][0]["rounds"][0][RIGHT] == 1


# -- sweeps --


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        (SWEEP_QUESTION, ["0", "24", UNSURE], ["25", "-1", "1.5", "01", "3,4", "", "right", 7, 0.5, None]),
        (SURFACE_QUESTION, ["0,0", "24,24"], ["24", "24,25", "1,2,3", "1, 2", "a,b", "٣,٣", 7, [1, 2]]),
    ],
)
def test_a_setting_is_a_place_of_each_control(question, right, wrong):
    assert all(map(question.has_answer, right))
    assert not any(map(question.has_answer, wrong))


def test_dots_are_counted_and_come_with_the_reveal(room):
    students = [room.student() for _ in range(4)]
    room.ask("sweep_keep")
    room.stage("vote")
    for student, answer in zip(students, ["3,4", "3,4", "0,24", UNSURE], strict=True):
        assert room.vote(student, answer).json["counted"]
    assert room.vote(students[0], "3,99", n=2).status == 422
    assert not {"surface", "rounds"} & set(room.state["asking"])
    room.stage("revealed")
    asking = room.state["asking"]
    assert asking["rounds"] == [{"dots": {"0,24": 1, "3,4": 2}, UNSURE: 1}]
    assert len(asking["surface"]["heights"]) == len(asking["surface"]["words"]) == 25 * 25
    assert asking["moved"] == []


def test_a_spreadsheet_has_settings_outcomes_and_tests():
    story = class_of(1, SURFACE_QUESTION)
    story.vote("s0", "0,24")
    story.ask(DEALT_QUESTION, test=["before", 1, 2])
    story.stage("vote")
    story.vote("s0", 9.5)
    sweep, dealt = csv.DictReader(io.StringIO(as_csv(story.room)))
    assert (sweep["answer"], sweep["answer_text"], sweep["right"]) == ("0,24", "bf=-6&bi=6", "")
    assert (dealt["answer"], dealt["outcome"], dealt["right"]) == ("9.5", "Another number", "False")
    assert (sweep["test"], dealt["test"]) == ("", "before")


def test_files_have_each_student_s_own_numbers():
    story = class_of(3, DEALT_QUESTION)
    deals = [DEALT_QUESTION.deal(seat, "1") for seat in range(3)]
    for seat, deal in enumerate(deals):
        story.vote(f"s{seat}", deal.truth if seat else UNSURE)
    texts = [f"f = {f} and C_t−1 = {C}. How much of C_t−1 is in C_t?" for f, C in (d.texts for d in deals)]
    assert len(set(texts)) == 3
    assert [row["text"] for row in csv.DictReader(io.StringIO(as_csv(story.room)))] == texts
    report = json.loads(json.dumps(as_file(story.room)))
    (asking,) = report["askings"]
    assert [row["text"] for row in asking["own"]] == texts
    assert asking["own"][1] == {
        "round": 1, "text": texts[1], "numbers": list(deals[1].texts), "truth": deals[1].truth,
        "answer": deals[1].truth, "outcome": "right",
    }  # fmt: skip
    assert asking["own"][0]["outcome"] == UNSURE
    assert "{0}" not in json.dumps(report)
    assert asking["text"].startswith("f = … and") and report["asking"]["text"] == asking["text"]


def test_a_brace_that_a_lecturer_types_stays():
    story = class_of(1, Question("typed", "What is {0}?", kind="typed"))
    story.vote("s0", UNSURE)
    assert as_file(story.room)["askings"][0]["text"] == "What is {0}?"
    assert "What is {0}?" in as_csv(story.room)


# -- the model's curve --


def test_the_models_curve_comes_with_the_reveal():
    story = class_of(1, CURVE_QUESTION)
    assert "curve" not in public_state(story.room)["asking"]
    assert public_state(story.stage("revealed"))["asking"]["curve"]["points"][0] == (0.0, 1)


# -- experiments --


@pytest.fixture
def lasting(tmp_path):
    """A room whose server can be started anew."""
    server = Server(f"sqlite:///{tmp_path}/rooms.db")
    yield server.room()
    server.close()


@pytest.fixture
def quick(monkeypatch):
    """Let what is trained be looked at all the time."""
    monkeypatch.setattr(experiments, "LOOK", 0.0)


def reveal(room):
    room.ask("seeds_recall")
    room.stage("vote")
    assert room.get("/runs/1").status == room.get("/network/1?seed=1").status == 409
    assert room.server.trainer.looks == {}  # nothing is trained for a vote
    room.stage("revealed")
    return room.state["asking"]["experiment"]["first"]


def wait_until_done(room):
    for _ in range(2_000):
        if room.state["asking"]["right"] is not None:
            return
        let_time_pass(room)
    raise AssertionError("not done")


def let_time_pass(room):
    """The server works only while it is asked something, and its threads need a moment."""
    room.server.run(asyncio.sleep(0.002))


def test_networks_are_trained_after_the_reveal_and_answer_the_vote(room, quick):
    first = reveal(room)
    assert room.state["asking"]["right"] is None
    wait_until_done(room)
    asking = room.state["asking"]
    assert (asking["right"], asking["replies"][UNSURE][:15]) == (0, "0 of thirty lea")
    table = room.get("/runs/1").json
    assert table["truth"] == 0 and {run["seed"] for run in table["runs"]} == set(range(first, first + 30))
    assert room.server.log_of(room.code).asking.measured["right"] == 0


def test_what_was_measured_is_no_act_of_another_device(room, quick):
    reveal(room)
    before = room.state["stage_version"]
    wait_until_done(room)
    assert room.state["stage_version"] > before
    place = {"page": "gates", "query": "", "after": before}
    assert room.post("follow", place, room.host).status == 200
    refused = room.post("follow", place, room.host)  # the first of these two was one
    assert refused.status == 409 and "Another of your devices" in refused.sentence


def test_a_restart_trains_nothing_again_that_is_stored(lasting, quick):
    reveal(lasting)
    wait_until_done(lasting)
    table = lasting.get("/runs/1").json
    lasting.server.restart()
    looks = dict(lasting.server.trainer.looks)
    assert lasting.get("/runs/1").json == table
    assert lasting.server.trainer.looks == looks


def test_a_restart_in_between_begins_again_for_who_asks(lasting):
    first = reveal(lasting)
    lasting.server.restart()
    lasting.server.trainer.looks.clear()
    assert lasting.get("/runs/1").status == 409
    for _ in range(2_000):
        if lasting.get("/runs/1").status == 200:
            break
        let_time_pass(lasting)
    assert list(lasting.server.trainer.looks) == [("recall", first)]


def test_after_a_restart_networks_are_trained_though_the_class_went_on(lasting, quick):
    reveal(lasting)
    lasting.server.restart()
    lasting.ask(
        "other_keep"
    )  # nobody looks at the networks any more, but the lecturer's report counts on them
    for _ in range(2_000):
        if lasting.get("/results", lasting.host).json["askings"][0]["right"] is not None:
            return
        let_time_pass(lasting)
    raise AssertionError("not done")


def test_a_class_draws_seeds_of_its_own(server):
    firsts = set()
    for _ in range(5):
        room = server.room()
        room.ask("seeds_recall")
        firsts.add(room.state["asking"]["experiment"]["first"])
    assert len(firsts) > 1 and min(firsts) >= 1


def test_a_drawing_is_that_of_a_seed_of_this_experiment(room, quick):
    first = reveal(room)
    wait_until_done(room)
    reply = room.get(f"/network/1?seed={first + 3}")
    assert reply.headers["content-type"] == "image/svg+xml" and f"<title>{first + 3}</title>" in str(
        reply.body
    )
    for seed in (str(first + 30), "", "x", "-1", "9" * 40, "٣"):
        assert room.get(f"/network/1?seed={seed}").status == 422, seed
    assert room.get("/network/2?seed=1").status == room.get("/runs/x").status == 409


def test_a_server_holds_the_tables_and_drawings_of_few_rooms(room, quick, monkeypatch):
    monkeypatch.setattr(experiments, "MOST", 1)
    other = room.server.room()
    for each in (room, other):
        reveal_again(each)
        wait_until_done(each)
    held = room.server.app._table["CODE/runs/ASKING"]["GET"].__self__._routes.experiments
    assert list(held._tables) == list(held._pictures) == [(other.code, "1")]
    first = room.state["asking"]["experiment"]["first"]
    assert room.get(f"/network/1?seed={first}").status == 200  # from the room's log
    assert list(held._tables) == [(room.code, "1")]


def test_networks_that_had_to_wait_are_begun_once_there_is_room(room, quick, monkeypatch):
    trainer, asked = room.server.trainer, []
    start, table = trainer.start, trainer.table

    def start_late(*runs):
        asked.append(runs)
        if len(asked) > 3:
            start(*runs)

    monkeypatch.setattr(trainer, "start", start_late)
    monkeypatch.setattr(trainer, "table", lambda *runs: table(*runs) if runs in trainer.looks else None)
    reveal(room)
    wait_until_done(room)
    assert len(asked) == 4


@pytest.mark.parametrize("is_done", [True, False], ids=["done", "under way"])
def test_nothing_of_an_experiment_stays_when_its_room_is_deleted(room, quick, is_done):
    reveal(room)
    other = room.server.room()
    reveal_again(other)
    held = room.server.app._table["CODE/runs/ASKING"]["GET"].__self__._routes.experiments
    if is_done:
        wait_until_done(room)
        while (room.code, "1") in held._tasks:  # it looks no more whether the room is over
            let_time_pass(room)
    else:
        while not room.server.trainer.looks:
            let_time_pass(room)
    first = other.state["asking"]["experiment"]["first"]
    assert delete(room).status == 204
    wait_until_done(other)
    assert list(held._tables) == list(held._pictures) == list(held._trained) == [(other.code, "1")]
    assert list(room.server.trainer.looks) == [("recall", first)]
    assert other.get(f"/network/1?seed={first}").status == 200


def test_two_rooms_that_have_drawn_the_same_seeds_share_their_networks(room, quick, monkeypatch):
    monkeypatch.setattr("lesson.classroom.server.host_routes.secrets.randbelow", lambda most: 6)
    other = room.server.room()
    for each in (room, other):
        reveal_again(each)
        wait_until_done(each)
    assert list(room.server.trainer.looks) == [("recall", 7)]
    assert delete(room).status == 204
    assert list(room.server.trainer.looks) == [("recall", 7)]
    assert delete(other).status == 204
    assert room.server.trainer.looks == {}


def delete(room):
    return room.server.ask("DELETE", f"/{room.code}", token=room.host)


def reveal_again(room):
    room.ask("seeds_recall")
    room.stage("vote")
    room.stage("revealed")


def test_a_question_without_networks_has_none(room):
    room.ask("forget")
    room.stage("vote")
    room.stage("revealed")
    assert room.get("/runs/1").status == 409


# -- tests before and after a lesson --


def test_an_item_before_the_lesson_is_not_revealed_and_asked_once(room):
    room.ask(test={"part": "before", "item": 1, "items": 2})
    assert room.state["asking"]["test"] == {"part": "before", "item": 1, "items": 2}
    room.stage("vote")
    assert room.stage("revealed").status == room.stage("vote", 2).status == 409
    assert room.stage("talk").status == 200
    assert not {"right", "rounds"} & set(room.state["asking"])
    room.post("follow", {"page": "gates", "query": ""}, room.host)
    assert room.state["elsewhere"] == "Gates"  # a closed item is over


@pytest.mark.parametrize(
    "test",
    [
        {"part": "between", "item": 1, "items": 2}, {"part": "before", "item": 3, "items": 2}, "before",
        {"part": "after", "item": 1, "items": 7}, {"part": "after", "item": 0, "items": 2}, {"part": "after"},
        {"part": "after", "item": "1", "items": 2},
    ],
)  # fmt: skip
def test_an_item_of_a_test_has_a_form(room, test):
    reply = room.post("ask", {"question": "forget", "test": test}, room.host)
    assert reply.status == 422 and len(reply.sentence) > 10


@pytest.mark.parametrize("question", ["left", "sweep_keep", "number_half", "seeds_recall"])
def test_an_item_of_a_test_says_who_is_right(room, question):
    test = {"part": "before", "item": 1, "items": 1}
    assert room.post("ask", {"question": question, "test": test}, room.host).status == 422
    assert room.post("ask", {"question": "other_keep", "test": test}, room.host).status == 201


def test_the_log_leads_to_the_same_room(room, quick):
    ann = room.student()
    reveal(room)
    wait_until_done(room)
    room.ask("other_keep", test={"part": "before", "item": 1, "items": 1})
    room.stage("vote")
    room.vote(ann, 1.0, asking="2")
    assert room.server.log_of(room.code) == room.live
