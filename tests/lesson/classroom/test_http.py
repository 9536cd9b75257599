"""A lesson over HTTP, and what does not change for who comes late, twice, or at the same moment."""

import asyncio

import pytest

from lesson.classroom.codes import hash_of
from tests.browser.class_samples import SAMPLES
from tests.lesson.classroom.server import CATALOGUE


def test_a_lesson(room):
    ann, bob = room.student(), room.student()
    assert room.state["asking"] is None and room.state["joined"] == 2
    asking = room.ask()
    assert room.stage("vote", seconds=60).status == 200
    assert room.vote(ann, "adds").json == {"counted": True}
    assert room.vote(bob, "unsure").json == {"counted": True}
    assert room.state["voted"] == 2 and room.state["timer"] == {"seconds": 60, "since": room.server.now}
    room.stage("talk")
    room.stage("vote", 2)
    assert room.state["voted"] == 0
    room.vote(ann, "keeps", 2, 2)
    assert room.mine(ann)["answers"] == [
        {"asking": asking, "round": 1, "answer": "adds", "n": 1},
        {"asking": asking, "round": 2, "answer": "keeps", "n": 2},
    ]
    room.stage("revealed", 2)
    state = room.state["asking"]
    assert state["right"] == "keeps" and state["moved"] == [["adds", "keeps", 1]]
    (result,) = room.results()["askings"]
    assert result["rounds"][0] == {"keeps": 0, "adds": 1, "reads": 0, "unsure": 1}
    assert "text/csv" in room.get("/export.csv", room.host).headers["content-type"]
    assert room.get("/export.json", room.host).json["askings"] == [result]
    handle = room.mine(ann)["handle"]
    assert handle not in room.get("/export.csv", room.host).body.decode()
    assert handle in room.get("/export.csv?handles=1", room.host).body.decode()


def test_everything_is_there_below_a_base_path_and_the_rest_is_passed_on(server):
    reply = server.ask("POST", "", {}, folder="/course/api/rooms")
    assert server.ask("GET", f"/{reply.json['code']}", folder="/course/api/rooms").status == 200
    for path in ("/api/roomsx", "/", "/api/gate", "/jj/ABCDEF"):
        assert server.ask("GET", "", folder=path).status == 299


def test_the_questions_with_what_is_right_are_the_lecturers(room):
    rows = room.get("/questions", room.host).json
    assert [row["id"] for row in rows] == [question.id for question in [*CATALOGUE, *SAMPLES]]
    assert rows[0]["right"] == "keeps" and rows[1]["scale"]["high"] == 1.0


def test_a_typed_question(room):
    typed = {"text": " Which  is <b>it</b>? ", "answers": ["A & B", "C"], "right": 1}
    assert room.post("ask", {"typed": typed}, room.host).status == 201
    asking = room.state["asking"]
    assert (asking["text"], asking["html"], asking["kind"]) == ("Which is <b>it</b>?", "", "typed")
    assert [answer["text"] for answer in asking["answers"]] == ["A & B", "C"]
    room.stage("revealed")
    assert room.state["asking"]["right"] == "b"


def test_a_number(room):
    ann = room.student()
    room.ask("left")
    room.stage("vote")
    assert room.state["asking"]["scale"] == {"low": 0.0, "high": 1.0, "logarithmic": False, "unit": ""}
    assert room.vote(ann, 0.25).json == {"counted": True}
    assert room.vote(ann, 1.5, 2).status == 422
    room.stage("revealed")
    assert room.state["asking"]["rounds"] == [{"numbers": [0.25], "unsure": 0}]


# -- late, twice, at the same moment --


def test_a_retry_that_comes_late_undoes_nothing(room):
    ann = room.student()
    room.ask()
    room.stage("vote")
    room.vote(ann, "adds", 1)
    room.vote(ann, "keeps", 2)
    assert room.vote(ann, "adds", 1).json == {"counted": False}
    assert room.mine(ann)["answers"][0]["answer"] == "keeps"


def test_a_retry_whose_reply_was_lost_is_told_that_it_counts_after_the_close_too(room):
    ann = room.student()
    room.ask()
    room.stage("vote")
    room.vote(ann, "adds", 1)
    room.stage("talk")
    number = room.live.number
    assert room.vote(ann, "adds", 1).json == {"counted": True}
    assert room.live.number == number
    assert room.vote(ann, "adds", 2).status == 409


def test_a_commit_counts_by_its_counter(room):
    ann = room.student()

    def commit(value, n):
        return room.post("commit", {"kind": "challenge/keep", "value": value, "n": n, "asking": None}, ann)

    assert commit({"tries": 2}, 2).json == {"counted": True}
    assert commit({"tries": 1}, 1).json == {"counted": False}
    assert commit({"tries": 2}, 2).json == {"counted": True}
    assert room.mine(ann)["commits"] == {"challenge/keep": {"value": {"tries": 2}, "n": 2}}
    assert room.results()["progress"]["keep"]["tries"] == [2]


def two_at_once(room, path, *bodies):
    """Ask the same from two devices before either has a reply; returns the statuses in order."""

    async def both():
        path_of_room = f"/{room.code}/{path}"
        asks = [room.server.request("POST", path_of_room, body, room.host) for body in bodies]
        return await asyncio.gather(*asks)

    return sorted(reply.status for reply in room.server.run(both()))


def test_of_two_devices_that_act_at_the_same_moment_one_wins(room):
    room.ask()
    body = {"asking": "1", "round": 1, "after": room.state["stage_version"]}
    assert two_at_once(room, "stage", body | {"stage": "vote"}, body | {"stage": "revealed"}) == [200, 409]
    after = {"after": room.state["stage_version"]}
    ask = [{"question": id} | after for id in ("forget", "second")]
    assert two_at_once(room, "ask", *ask) == [201, 409]
    after = {"after": room.state["stage_version"]}
    assert two_at_once(room, "follow", {"free": True} | after, {"eyes_up": True} | after) == [200, 409]
    refused = room.post("stage", body | {"stage": "talk"}, room.host)
    assert "Another of your devices has acted" in refused.sentence


def test_two_questions_that_say_nothing_of_what_they_have_seen_are_both_asked(room):
    assert two_at_once(room, "ask", {"question": "forget"}, {"question": "second"}) == [201, 201]
    assert [asking["id"] for asking in room.results()["askings"]] == ["1", "2"]


def test_a_plan_that_was_begun_can_be_left(room):
    room.post("follow", {"page": "gates"}, room.host)
    room.post("follow", {"plan": {"minutes": 45, "stop": 2}}, room.host)
    assert room.state["plan"].items() >= {"minutes": 45, "stop": 2}.items()
    before = room.state["stage_version"]
    assert room.post("follow", {"plan": None}, room.host).status == 200
    state = room.state
    assert state["plan"] is None and state["follow"] == {"page": "gates", "query": ""}
    assert state["stage_version"] > before


def test_a_question_is_asked_with_the_plan_as_the_state_has_it(room):
    room.post("follow", {"plan": {"minutes": 45, "stop": 2}}, room.host)
    plan = room.state["plan"]
    assert {"since", "begun"} < set(plan)
    assert room.post("ask", {"question": "forget", "plan": plan}, room.host).status == 201
    assert room.state["plan"] == plan
    wrong = plan | {"until": 3}
    assert room.post("ask", {"question": "second", "plan": wrong}, room.host).status == 422


# -- the lecturer's devices --


def test_a_pairing_code_works_once_and_for_a_minute(room):
    once = room.post("pair", {}, room.host).json["once"]
    typed = f"{once[:4].lower()}-{once[4:]}"
    reply = room.server.ask("POST", "/pair", {"once": typed})
    assert reply.json["code"] == room.code and reply.json["host"] != room.host
    assert room.get("/results", reply.json["host"]).status == 200
    assert room.get("/results", room.host).json["devices"] == 2
    assert room.server.ask("POST", "/pair", {"once": once}).status == 403
    late = room.post("pair", {}, room.host).json["once"]
    room.server.now += 61
    refused = room.server.ask("POST", "/pair", {"once": late})
    assert (refused.status, refused.sentence) == (403, "This code has been used, or its minute is over.")


def test_another_secret_ends_the_other_devices_and_codes_on_their_way(room):
    once = room.post("pair", {}, room.host).json["once"]
    renewed = room.post("host", {}, room.host).json["host"]
    assert room.get("/results", room.host).status == 403
    assert room.get("/results", renewed).status == 200
    assert room.server.ask("POST", "/pair", {"once": once}).status == 403


def test_admission_and_removal(room):
    ann = room.student()
    handle = room.mine(ann)["handle"]
    assert room.post("admission", {"open": False}, room.host).json == {"open": False}
    assert room.post("join", {}).sentence == "The lecturer lets nobody in at present."
    assert room.post("admission", {"open": True}, room.host).json == {"open": True}
    path = f"/{room.code}/students/{handle.replace(' ', '%20')}"
    assert room.server.ask("DELETE", path, token=room.host).status == 204
    assert room.get("/mine", ann).status == 403
    assert room.server.ask("DELETE", path, token=room.host).status == 422


def test_hands_of_rounds_that_were(room):
    room.ask()
    room.stage("vote")
    body = {"asking": "1", "round": 1, "answer": "keeps", "count": 12}
    assert room.post("hands", body, room.host).status == 200
    assert room.results()["askings"][0]["hands"] == [[1, "keeps", 12]]
    assert room.post("hands", body | {"round": 2}, room.host).status == 409
    assert room.post("hands", body | {"asking": "2"}, room.host).status == 409
    assert room.post("hands", body | {"answer": "none"}, room.host).status == 422


# -- forgetting, ending, expiring --


def test_who_is_forgotten_leaves_the_counts(room):
    ann, bob = room.student(), room.student()
    room.ask()
    room.stage("vote")
    room.vote(ann, "adds")
    room.vote(bob, "keeps")
    assert room.post("forget", {}, ann).status == 204
    assert (room.state["joined"], room.state["voted"]) == (1, 1)
    assert room.results()["askings"][0]["rounds"] == [{"keeps": 1, "adds": 0, "reads": 0, "unsure": 0}]
    assert room.vote(ann, "adds", 2).status == 403
    assert hash_of(ann) not in room.live.students


def test_a_room_that_is_deleted_is_over(room):
    assert room.server.ask("DELETE", f"/{room.code}", token=room.host).status == 204
    for reply in (room.get(), room.post("join", {}), room.get("/results", room.host), room.get("/events")):
        assert (reply.status, reply.sentence) == (410, "This room is over.")


@pytest.mark.parametrize("is_loaded", [True, False])
def test_a_room_is_over_twelve_hours_after_its_last_use(room, is_loaded):
    room.server.now += 11.9 * 3600
    room.student()
    room.server.now += 11.9 * 3600
    if not is_loaded:
        room.server.rooms._live.clear()
    assert room.get().status == 200
    room.server.now += 0.2 * 3600
    if not is_loaded:
        room.server.rooms._live.clear()
    assert room.get().status == 410
    assert room.server.run(room.server.rooms.log.events(room.code)) == []


def test_rooms_that_nobody_asks_for_are_deleted_too(server):
    old = server.room()
    server.now += 12.1 * 3600
    new = server.room()
    server.rooms._live.clear()

    async def sweep():
        server.rooms.start()
        await server.rooms.log.ask(server.rooms.log.store.codes)  # behind what the sweep asks
        await asyncio.sleep(0.01)
        await server.rooms.log.ask(server.rooms.log.store.codes)

    server.run(sweep())
    assert list(server.run(server.rooms.log.ask(server.rooms.log.store.codes))) == [new.code]
    assert old.get().status == 410
