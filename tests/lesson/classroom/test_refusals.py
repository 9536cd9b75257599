"""What is refused, with which status and which sentence."""

import asyncio
import json

import pytest

from lesson.classroom import refusals
from lesson.classroom.codes import new_code
from lesson.classroom.server import live_room, rooms

HOST_ROUTES = [
    ("GET", "/questions", None),
    ("POST", "/ask", {"question": "forget"}),
    ("POST", "/stage", {"asking": "1", "stage": "revealed", "round": 1, "after": 3}),
    ("POST", "/follow", {"free": True}),
    ("POST", "/position", {"position": {"f": "1"}}),
    ("POST", "/hands", {"asking": "1", "round": 1, "answer": "keeps", "count": 1}),
    ("POST", "/admission", {"open": True}),
    ("DELETE", "/students/x", None),
    ("GET", "/results", None),
    ("POST", "/pair", {}),
    ("POST", "/host", {}),
    ("GET", "/export.csv", None),
    ("GET", "/export.json", None),
    ("DELETE", "", None),
]
STUDENT_ROUTES = [
    ("GET", "/mine", None),
    ("POST", "/vote", {"asking": "1", "round": 1, "answer": "keeps", "n": 1}),
    ("POST", "/commit", {"kind": "x", "value": 1, "n": 1}),
    ("POST", "/forget", {}),
]


@pytest.fixture(autouse=True)
def at_once(no_pause):
    """Wrong codes are answered at once."""


@pytest.fixture
def vote(room):
    """A room in a vote, one student, and a way to vote."""
    room.ann = room.student()
    room.ask()
    room.stage("vote")
    return room


def test_every_address_of_the_table_is_in_a_list_here(room):
    listed = {(method, f"CODE{path}") for method, path, _ in HOST_ROUTES + STUDENT_ROUTES}
    listed = {(method, pattern.replace("students/x", "students/HANDLE")) for method, pattern in listed}
    open_to_all = {
        ("POST", ""),
        ("POST", "pair"),
        ("GET", "CODE"),
        ("GET", "CODE/events"),
        ("POST", "CODE/join"),
        ("GET", "CODE/qr.svg"),
        ("GET", "CODE/address"),
        ("GET", "CODE/picture/ASKING"),
        ("GET", "CODE/runs/ASKING"),
        ("GET", "CODE/network/ASKING"),
    }
    table = room.server.app._table
    assert {(method, pattern) for pattern, row in table.items() for method in row} == listed | open_to_all


@pytest.mark.parametrize(("method", "path", "body"), HOST_ROUTES)
def test_the_lecturers_routes_are_the_lecturers(room, method, path, body):
    ask, other = room.server.ask, room.server.room()
    before = room.live
    assert ask(method, f"/{room.code}{path}", body).status == 401
    for token in (room.student(), other.host, "x", room.code):
        reply = ask(method, f"/{room.code}{path}", body, token)
        assert (reply.status, reply.sentence) == (403, "This is not the secret of this room's lecturer.")
    assert room.live.hosts == before.hosts and room.live.askings == before.askings


@pytest.mark.parametrize(("method", "path", "body"), STUDENT_ROUTES)
def test_a_students_routes_are_that_students(room, method, path, body):
    ask, other = room.server.ask, room.server.room()
    reply = ask(method, f"/{room.code}{path}", body)
    assert (reply.status, reply.sentence) == (401, "Send your token: Authorization: Bearer …")
    assert reply.headers["www-authenticate"] == "Bearer"
    for token in (room.host, other.student(), "x"):
        reply = ask(method, f"/{room.code}{path}", body, token)
        assert (reply.status, reply.sentence) == (403, "This room does not know you; join it again.")


@pytest.mark.parametrize("path", ["/AAAAAA", "/AAAAAA/events", "/AAAAAA/mine", "/x", "/", "/%00"])
def test_a_code_that_never_was(server, path):
    reply = server.ask("GET", path)
    assert (reply.status, reply.sentence) == (404, "There is no class with this code.")


@pytest.mark.parametrize("path", ["/AAAAAA/none", "/AAAAAA/students/a/b", "/a/b/c/d"])
def test_an_address_that_is_none(server, path):
    assert server.ask("GET", path).sentence == "There is nothing at this address."


def test_another_method(room):
    assert room.get("/vote").sentence == "Ask here by POST."
    assert room.server.ask("PUT", f"/{room.code}", {}).sentence == "Ask here by GET or DELETE."
    assert room.server.ask("OPTIONS", f"/{room.code}").status == 405


@pytest.mark.slow
def test_a_right_code_works_while_a_thousand_wrong_ones_are_tried(room, monkeypatch):
    waiting = asyncio.Event()

    async def wait(_):
        await waiting.wait()

    monkeypatch.setattr(room.server.app._guesses, "wait", lambda: wait(None))

    async def guess():
        guesses = [
            asyncio.create_task(room.server.request("POST", f"/{new_code(room.code)}/join", {}))
            for _ in range(1_000)
        ]
        await asyncio.sleep(0)
        join = await room.server.request("POST", f"/{room.code}/join", {})
        state = await room.server.request("GET", f"/{room.code}")
        assert not any(task.done() for task in guesses)
        waiting.set()
        return join.status, state.status, {reply.status for reply in await asyncio.gather(*guesses)}

    assert room.server.run(guess()) == (201, 200, {404})


def test_who_guesses_waits_the_longer_the_more_do(room, monkeypatch):
    pauses = []

    async def sleep(seconds):
        pauses.append(seconds)
        await yield_once()

    async def yield_once():
        for _ in range(2_000):
            await real_sleep(0)

    from lesson.classroom.server import requests

    real_sleep = asyncio.sleep
    monkeypatch.setattr(requests, "PAUSE", 0.02)
    monkeypatch.setattr(requests.asyncio, "sleep", sleep)

    async def guess():
        await asyncio.gather(*(room.server.app._guesses.wait() for _ in range(150)))

    room.server.run(guess())
    assert pauses[:2] == [0.02, 0.04] and max(pauses) == 2.0


# -- votes and stages --


@pytest.mark.parametrize(
    ("change", "status", "sentence"),
    [
        ({"asking": "2"}, 409, "This question is no longer open."),
        ({"round": 2}, 409, "This question is no longer open."),
        ({"answer": "none"}, 422, "The question does not have this answer."),
        ({"answer": 1}, 422, "The question does not have this answer."),
    ],
)
def test_a_vote_outside_the_round(vote, change, status, sentence):
    body = {"asking": "1", "round": 1, "answer": "keeps", "n": 1} | change
    reply = vote.post("vote", body, vote.ann)
    assert (reply.status, reply.sentence) == (status, sentence)
    assert vote.state["voted"] == 0


@pytest.mark.parametrize("stage", ["waiting", "talk", "revealed"])
def test_a_vote_that_is_closed(vote, stage):
    vote.stage(stage)
    assert vote.vote(vote.ann, "keeps").sentence == "The vote is closed."


def test_a_stage_of_what_is_no_longer_asked(vote):
    after = vote.state["stage_version"]
    body = {"asking": "0", "stage": "talk", "round": 1, "after": after}
    assert vote.post("stage", body, vote.host).sentence == "This question is no longer asked."
    body = {"asking": "1", "stage": "vote", "round": 3, "after": after}
    assert vote.post("stage", body, vote.host).sentence == "Round 3 can't follow round 1 at this stage."


# -- bodies --

GOOD = {"asking": "1", "round": 1, "answer": "keeps", "n": 1}


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"{", b"[]", b"1", b"null", b'"x"', b"\xff\xfe", b'{"n": 1} x',
        b'{"asking": "1", "round": 1, "answer": 1e999, "n": 1}',
        b'{"asking": "1", "round": 1, "answer": -1e999, "n": 1}',
        b'{"asking": "1", "round": 1, "answer": NaN, "n": 1}',
        b'{"asking": "1", "round": 1, "answer": Infinity, "n": 1}',
        b'{"asking": "1", "round": 1, "answer": "keeps", "n": 9007199254740993}',
        b'{"asking": "1", "round": 1, "answer": ' + b"9" * 5_000 + b', "n": 1}',
        b'{"asking": "1", "round": 1, "answer": "\\ud800", "n": 1}',
        b'{"asking": "1", "round": 1, "answer": "a\\u0000b", "n": 1}',
        b'{"asking": "1", "round": 1, "answer": "\\u202ekeeps", "n": 1}',
        b'{"asking": "1", "round": 1, "answer": ' + b"[" * 7_000 + b"]" * 7_000 + b', "n": 1}',
        b'{"asking": "1", "round": 1, "answer": ' + b"[" * 8 + b"]" * 8 + b', "n": 1}',
    ],
    ids=range(19),
)  # fmt: skip
def test_a_body_that_not_every_program_reads(vote, raw):
    reply = vote.post("vote", None, vote.ann, raw=raw)
    assert reply.status == 422 and reply.sentence
    assert vote.state["voted"] == 0


@pytest.mark.parametrize(
    "change",
    [
        {"asking": None}, {"asking": ""}, {"asking": "x" * 61}, {"asking": 1}, {"round": "1"}, {"round": -1},
        {"round": True}, {"round": 1.0}, {"round": 100}, {"answer": None}, {"answer": ["keeps"]},
        {"answer": True}, {"answer": ""}, {"n": None}, {"n": -1}, {"n": 0.5}, {"extra": 1},
        {"": 1}, {"\ud800": 1},
    ],
)  # fmt: skip
def test_a_vote_not_of_the_form(vote, change):
    reply = vote.post("vote", GOOD | change, vote.ann)
    assert reply.status == 422 and reply.sentence.endswith(".")


@pytest.mark.parametrize(
    "body",
    [
        {}, {"kind": "x", "n": 1}, {"kind": "x", "value": None, "n": 1}, {"kind": "", "value": 1, "n": 1},
        {"kind": "x", "value": "y" * 2_000, "n": 1}, {"kind": "x", "value": 1, "n": 1, "asking": ""},
        {"kind": "x", "value": {"a": "\ud800"}, "n": 1},
    ],
)  # fmt: skip
def test_a_commit_not_of_the_form(vote, body):
    assert vote.post("commit", body, vote.ann).status == 422
    assert vote.get("/results", vote.host).status == 200 and vote.mine(vote.ann)["commits"] == {}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("ask", {}), ("ask", {"question": "none"}), ("ask", {"question": "forget", "typed": {}}),
        ("ask", {"question": "forget", "after": "3"}), ("ask", {"question": "forget", "plan": 3}),
        ("stage", {}), ("stage", {"asking": "1", "stage": "vote", "round": 1}),
        ("stage", {"asking": "1", "stage": "vote", "round": 1, "after": 3, "bars": 1}),
        ("stage", {"asking": "1", "stage": "vote", "round": 1, "after": 3, "seconds": 3_601}),
        ("follow", {}), ("follow", {"page": "../x"}), ("follow", {"page": "gates", "query": 1}),
        ("follow", {"eyes_up": 1}), ("follow", {"free": True, "more": 1}),
        ("follow", {"page": "javascript:x"}), ("ask", {"question": "forget", "plan": None}),
        ("follow", {"page": "gates", "query": "x" * 2_001}), ("follow", {"plan": {"minutes": 0, "stop": 0}}),
        ("follow", {"page": "class"}), ("follow", {"page": "class", "query": "x=1"}),
        ("position", {}), ("position", {"position": {"f": 1}}), ("position", {"position": {"f": "x" * 101}}),
        ("position", {"position": {str(n): "" for n in range(41)}}), ("position", {"position": {}, "x": 1}),
        ("hands", {"asking": "1", "round": 1, "answer": "keeps", "count": -1}),
        ("hands", {"asking": "1", "round": 1, "answer": 1, "count": 1}),
        ("admission", {}), ("admission", {"open": "yes"}),
    ],
)  # fmt: skip
def test_what_the_lecturer_sends_not_of_the_form(vote, path, body):
    before = vote.live
    reply = vote.post(path, body, vote.host)
    assert reply.status == 422 and reply.sentence.endswith(".")
    assert vote.live == before


@pytest.mark.parametrize(
    "typed",
    [
        None, {}, {"text": "x"}, {"text": "x", "answers": ["a"]}, {"text": "x", "answers": list("abcdef")},
        {"text": "", "answers": ["a", "b"]}, {"text": "x" * 301, "answers": ["a", "b"]},
        {"text": "x", "answers": ["a", " a "]}, {"text": "x", "answers": ["a", 1]},
        {"text": "x", "answers": ["a", "b"], "right": 2}, {"text": "x", "answers": ["a", "b"], "right": "a"},
        {"text": "x", "answers": ["a", "b"], "html": "<b>x</b>"}, {"text": "x\u202ey", "answers": ["a", "b"]},
        {"text": "x", "answers": ["a\u2066", "b"]}, {"text": "\u200d", "answers": ["a", "b"]},
        {"text": "x\u0000", "answers": ["a", "b"]}, {"text": "x\u200bx", "answers": ["a", "b"]},
        {"text": "\u0301", "answers": ["a", "b"]}, {"text": "\ue000", "answers": ["a", "b"]},
    ],
)  # fmt: skip
def test_a_typed_question_not_of_the_form(room, typed):
    assert room.post("ask", {"typed": typed}, room.host).status == 422
    assert room.state["asking"] is None


@pytest.mark.parametrize("text", ["f<sub>t</sub> & <script>", "שער השכחה", "می‌خواهم", "👩‍🔬 ?", "f̃ₜ = 0,5"])
def test_typed_text_in_any_language_stays_text(room, text):
    assert room.post("ask", {"typed": {"text": text, "answers": ["a", "b"]}}, room.host).status == 201
    assert room.state["asking"]["text"] == text and room.state["asking"]["html"] == ""


def test_a_body_too_large(vote):
    raw = json.dumps(GOOD | {"answer": "x" * 16_400}).encode()
    reply = vote.post("vote", None, vote.ann, raw=raw)
    assert (reply.status, reply.sentence) == (413, "A request has at most 16,384 bytes.")


def test_every_body_is_json(vote):
    """A form of another site can send text, but no JSON."""
    rows = [(f"/{vote.code}{path}", vote.host) for method, path, _ in HOST_ROUTES if method == "POST"]
    rows += [(f"/{vote.code}{path}", vote.ann) for method, path, _ in STUDENT_ROUTES if method == "POST"]
    before = vote.live
    for path, token in [*rows, ("", ""), ("/pair", ""), (f"/{vote.code}/join", "")]:
        plain = {"content-type": "text/plain"}
        assert vote.server.ask("POST", path, {}, token, headers=plain).status == 415, path
    assert vote.live == before


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonx"])
def test_a_body_that_is_no_json(vote, kind):
    reply = vote.post("vote", GOOD, vote.ann, headers={"content-type": kind})
    assert (reply.status, reply.sentence) == (415, "Send JSON, with content-type: application/json.")


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "https://elsewhere"},
        {"origin": "null"}, {"sec-fetch-site": "cross-site", "origin": "http://course"},
    ],
)  # fmt: skip
def test_a_request_from_another_site(vote, headers):
    for method, path, token in (
        ("POST", f"/{vote.code}/vote", vote.ann), ("POST", "", ""), ("DELETE", f"/{vote.code}", vote.host),
    ):  # fmt: skip
        reply = vote.server.ask(method, path, GOOD, token, headers=headers)
        assert (reply.status, reply.sentence) == (403, "This comes from another site.")
    assert vote.state["voted"] == 0
    own = {"sec-fetch-site": "same-origin"} if "sec-fetch-site" in headers else {"origin": "https://course"}
    reply = vote.post("vote", GOOD, vote.ann, headers=own)
    assert reply.status == 200 and not any(name.startswith("access-control") for name in reply.headers)


def test_a_followed_address_holds_no_secret(room):
    for path, body in (
        ("follow", {"page": "gates", "query": f"host={room.host}"}),
        ("position", {"position": {"host": room.host}}),
    ):
        assert room.post(path, body, room.host).sentence == "An address that is followed holds no secret."
    assert room.state["follow"] is None


# -- too many --


def test_a_full_room_lets_those_go_first_who_never_listened(room, monkeypatch):
    for module in (refusals, rooms):
        monkeypatch.setattr(module, "MOST_STUDENTS", 3)
    first, second, third = (room.student() for _ in range(3))
    room.mine(first)
    fourth = room.student()  # in place of the second, who has never been heard of since
    assert [room.get("/mine", token).status for token in (first, second, third, fourth)] == [
        200,
        403,
        200,
        200,
    ]
    refused = room.post("join", {})
    assert (refused.status, refused.sentence) == (409, "This room is full: it holds 3 students.")
    assert room.state["joined"] == 3


def test_nobody_has_to_go_where_nobody_is_let_in(room, monkeypatch):
    for module in (refusals, rooms):
        monkeypatch.setattr(module, "MOST_STUDENTS", 1)
    room.student()
    room.post("admission", {"open": False}, room.host)
    assert room.post("join", {}).status == 409 and room.state["joined"] == 1


@pytest.mark.slow
def test_a_room_holds_a_thousand(room):
    tokens = [room.student() for _ in range(1_000)]
    for token in tokens:
        room.get("", token)  # to ask for the state is to be heard of
    assert room.post("join", {}).sentence == "This room is full: it holds 1,000 students."
    assert room.get("/mine", tokens[0]).status == room.get("/mine", tokens[-1]).status == 200


def test_a_server_holds_two_hundred_rooms_and_those_that_nobody_joined_make_way(server):
    classes = [server.room() for _ in range(200)]
    for room in classes[1:]:
        room.student()
    server.room().student()  # in place of the first
    assert classes[0].get().status == 410 and classes[1].get().status == 200
    reply = server.ask("POST", "", {})
    assert (reply.status, reply.sentence) == (503, "This server holds 200 rooms; try again later.")
    assert reply.headers["retry-after"] == "1"


@pytest.mark.parametrize("limit", ["MOST_ASKINGS", "MOST_COMMITS", "MOST_EVENTS", "MOST_OF_STUDENT"])
def test_what_a_room_stores_has_an_end(vote, limit, monkeypatch):
    module = live_room if limit == "MOST_OF_STUDENT" else refusals
    monkeypatch.setattr(module, limit, 1)
    body = {"value": 1, "n": 1}
    replies = [vote.post("commit", body | {"kind": kind}, vote.ann) for kind in "ab"]
    asked = vote.post("ask", {"question": "second"}, vote.host)
    assert asked.status == (409 if limit == "MOST_ASKINGS" else 201)
    assert replies[-1].status == (200 if limit == "MOST_ASKINGS" else 409)
