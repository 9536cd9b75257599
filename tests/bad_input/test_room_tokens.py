"""Tokens altered, others' or of before, and votes that come again: refused, and nobody loses theirs."""

import base64
import string

import pytest

from lesson.classroom.codes import hash_of, new_secret
from tests.bad_input.doors import is_one_sentence
from tests.bad_input.room_routes import HOST, ROUTES, STUDENT
from tests.lesson.classroom.server import Server
from tests.tiers import every_fast

OF_HOST = {name: route for name, route in ROUTES.items() if route.whose == HOST}
OF_STUDENT = {name: route for name, route in ROUTES.items() if route.whose == STUDENT}


def begin(server):
    """A room in a vote with two students, and another room."""
    room = server.room()
    room.ann, room.bob, room.n = room.student(), room.student(), 0
    room.ask()
    room.stage("vote")
    room.other = server.room()
    room.stranger = room.other.student()
    return room


@pytest.fixture(autouse=True)
def no_pause(monkeypatch):
    """Wrong tokens are answered at once."""
    monkeypatch.setattr("lesson.classroom.server.requests.PAUSE", 0.0)


@pytest.fixture
def lesson():
    """Rooms for what changes them."""
    server = Server()
    yield begin(server)
    server.close()


@pytest.fixture(scope="module")
def crowd():
    """Rooms for all that is refused."""
    server = Server()
    yield begin(server)
    server.close()


def send(room, route, token="", **how):
    path = route.path.replace("CODE", room.code)
    return room.server.ask(route.method, path, route.body, token, **how)


def is_refused(room, table, *statuses, **how):
    """Whether every route of a table refuses, in a sentence, and nothing has changed."""
    before = room.live
    for name, route in table.items():
        reply = send(room, route, **how)
        assert reply.status in statuses, (name, reply.status, reply.body[:99])
        assert reply.status == 401 or is_one_sentence(reply.sentence)
    assert room.live is before
    room.n += 1
    assert room.vote(room.bob, "keeps", room.n).json == {"counted": True}
    return True


def flipped(token, place):
    """A token with the last bit of a letter turned, as a letter that tokens may have."""
    letters = string.ascii_letters + string.digits + "-_"
    return token[:place] + letters[letters.index(token[place]) ^ 1] + token[place + 1 :]


def first_bit(token):
    data = bytearray(base64.urlsafe_b64decode(token + "=="))
    data[0] ^= 1
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


ALTERED = {
    "a bit of the first byte": first_bit,
    **{f"letter {place}": lambda token, place=place: flipped(token, place) for place in (0, 1, 10, 20, 21)},
    "a letter less": lambda token: token[:-1],
    "a letter more": lambda token: token + "A",
    "no first letter": lambda token: token[1:],
    "backwards": lambda token: token[::-1],
    "the other case": str.swapcase,
    "twice": lambda token: token * 2,
    "a space within": lambda token: f"{token[:9]} {token[9:]}",
    "a comma behind": lambda token: f"{token},",
    "a quote around": lambda token: f'"{token}"',
    "its padding": lambda token: f"{token}==",
    "NUL behind": lambda token: f"{token}\0",
    "packed": lambda token: base64.b64encode(token.encode()).decode(),
    "its hash": hash_of,
    "half of its hash": lambda token: hash_of(token)[:16],
    "the hash in capitals": lambda token: hash_of(token).upper(),
    "another": lambda token: new_secret(),
    "very long": lambda token: token + "A" * 100_000,
    "letters like it": lambda token: token + "\u00e9",
    "a star": lambda token: "*",
    "undefined": lambda token: "undefined",
    "null": lambda token: "null",
    "a question of SQL": lambda token: f"{token}' OR '1'='1",
}


@pytest.mark.parametrize("name", every_fast(4, ALTERED))
def test_a_token_that_is_altered(crowd, name):
    change = ALTERED[name]
    assert is_refused(crowd, OF_STUDENT, 403, token=change(crowd.ann))
    assert is_refused(crowd, OF_HOST, 403, token=change(crowd.host))


HEADERS = {
    "none": lambda token: {},
    "nothing behind Bearer": lambda token: {"authorization": "Bearer"},
    "a space behind Bearer": lambda token: {"authorization": "Bearer   "},
    "no Bearer": lambda token: {"authorization": token},
    "Basic": lambda token: {"authorization": f"Basic {base64.b64encode(f'a:{token}'.encode()).decode()}"},
    "Digest": lambda token: {"authorization": f'Digest username="a", response="{token}"'},
    "a tab for a space": lambda token: {"authorization": f"Bearer\t{token}"},
    "Bearer twice": lambda token: {"authorization": f"BearerBearer {token}"},
    "a cookie": lambda token: {"cookie": f"token={token}; authorization=Bearer {token}"},
    "another header": lambda token: {"x-authorization": f"Bearer {token}", "token": token},
    "of a proxy": lambda token: {"proxy-authorization": f"Bearer {token}"},
    "an odd hyphen": lambda token: {"authorization": f"Bearer\u00a0{token}"},
}


@pytest.mark.parametrize("name", every_fast(3, HEADERS))
def test_a_token_that_stands_elsewhere(crowd, name):
    make = HEADERS[name]
    assert is_refused(crowd, OF_STUDENT, 401, headers=make(crowd.ann))
    assert is_refused(crowd, OF_HOST, 401, headers=make(crowd.host))


def test_a_token_in_an_address_or_in_a_body_says_nothing(crowd):
    for name, route in {**OF_HOST, **OF_STUDENT}.items():
        token = crowd.host if route.whose == HOST else crowd.ann
        path = f"{route.path.partition('?')[0].replace('CODE', crowd.code)}?token={token}&host={token}"
        body = {**(route.body or {}), "token": token, "host": token}
        assert crowd.server.ask(route.method, path, body).status == 401, name


def others(room):
    """Tokens that are right, elsewhere."""
    return {
        "a student's of another room": room.stranger,
        "the host's of another room": room.other.host,
        "the room's code": room.code,
        "the other room's code": room.other.code,
        "a handle": room.mine(room.ann)["handle"],
        "the number of a question": "1",
    }


def test_the_tokens_of_others_open_nothing(crowd):
    for name, token in others(crowd).items():
        assert is_refused(crowd, OF_STUDENT, 403, token=token), name
        assert is_refused(crowd, OF_HOST, 403, token=token), name


def test_the_hosts_secret_is_no_students_token_and_a_students_no_secret(crowd):
    assert is_refused(crowd, OF_STUDENT, 403, token=crowd.host)
    assert is_refused(crowd, OF_HOST, 403, token=crowd.ann)


def handle_of(room, token):
    return room.mine(token)["handle"]


def remove(room):
    path = f"/{room.code}/students/{handle_of(room, room.ann)}"
    assert room.server.ask("DELETE", path, token=room.host).status == 204


def forget(room):
    assert room.post("forget", {}, room.ann).status == 204


@pytest.mark.parametrize("goes", [remove, forget])
@pytest.mark.parametrize("voted", [False, True])
@pytest.mark.parametrize("restarts", every_fast(2, [True, False]))
def test_the_token_of_a_student_who_has_gone(lesson, goes, voted, restarts):
    if voted:
        assert lesson.vote(lesson.ann, "adds", 7).status == 200
        lesson.post("commit", {"kind": "x", "value": 1, "n": 7}, lesson.ann)
    goes(lesson)
    if restarts:
        lesson.server.rooms.newest(lesson.code, None)  # read again from what is stored
        lesson.get()
    assert is_refused(lesson, OF_STUDENT, 403, token=lesson.ann)
    for n in (7, 8, 2**53):
        assert lesson.vote(lesson.ann, "adds", n).status == 403
    assert lesson.results()["askings"][0]["rounds"][0]["adds"] == 0
    assert lesson.state["joined"] == 1 and lesson.state["voted"] == 1
    assert lesson.student() != lesson.ann  # who comes back is new


def test_a_secret_that_was_renewed_opens_nothing(lesson):
    former = lesson.host
    once = lesson.post("pair", {}, former).json["once"]
    lesson.host = lesson.post("host", {}, former).json["host"]
    assert is_refused(lesson, OF_HOST, 403, token=former)
    assert lesson.server.ask("POST", "/pair", {"once": once}).status == 403
    assert lesson.results()["askings"]


def test_tokens_of_a_room_that_is_over(lesson):
    lesson.server.ask("DELETE", f"/{lesson.code}", token=lesson.host)
    for route in ROUTES.values():
        if "CODE" in route.path:
            for token in (lesson.host, lesson.ann, lesson.other.host, "x"):
                reply = send(lesson, route, token)
                assert reply.status == 410 and is_one_sentence(reply.sentence), route
    assert lesson.other.results()["askings"] == []


PAIRING = {
    "used": lambda once: once, "one letter other": lambda once: once[:-1] + ("A" if once[-1] != "A" else "C"),
    "a letter less": lambda once: once[:-1], "a letter more": lambda once: f"{once}A",
    "backwards": lambda once: once[::-1], "its hash": hash_of, "a room's": None,
}  # fmt: skip


@pytest.mark.parametrize("name", every_fast(2, PAIRING))
def test_a_code_for_pairing_that_does_not_work(lesson, name):
    once = lesson.post("pair", {}, lesson.host).json["once"]
    if name == "used":
        assert lesson.server.ask("POST", "/pair", {"once": once}).status == 200
    change = PAIRING[name]
    before = lesson.live
    reply = lesson.server.ask("POST", "/pair", {"once": change(once) if change else lesson.code})
    assert reply.status == 403 and is_one_sentence(reply.sentence)
    assert lesson.live == before


def test_a_code_for_pairing_after_its_minute_and_of_a_room_that_is_over(lesson):
    once = lesson.post("pair", {}, lesson.host).json["once"]
    lesson.server.now += 61
    assert lesson.server.ask("POST", "/pair", {"once": once}).status == 403
    once = lesson.post("pair", {}, lesson.host).json["once"]
    lesson.server.ask("DELETE", f"/{lesson.code}", token=lesson.host)
    assert lesson.server.ask("POST", "/pair", {"once": once}).status in (403, 410)


# -- votes that come again --


def test_a_number_that_was_used_counts_for_nothing_else(lesson):
    assert lesson.vote(lesson.ann, "adds", 5).json == {"counted": True}
    for n in (0, 1, 4, 5):
        for answer in ("keeps", "reads", "unsure"):
            assert lesson.vote(lesson.ann, answer, n).json == {"counted": False}
    assert lesson.vote(lesson.ann, "adds", 5).json == {"counted": True}  # the same again: its reply was lost
    assert lesson.mine(lesson.ann)["answers"][0]["answer"] == "adds" and lesson.state["voted"] == 1


def test_the_largest_number_is_the_last_one(lesson):
    assert lesson.vote(lesson.ann, "adds", 2**53).json == {"counted": True}
    assert lesson.vote(lesson.ann, "keeps", 2**53).json == {"counted": False}
    assert lesson.vote(lesson.bob, "keeps", 1).json == {"counted": True}


@pytest.mark.parametrize(("asking", "round"), [("1", 1), ("1", 2), ("2", 2), ("3", 1)])
def test_a_vote_of_before_or_of_later_counts_nowhere(lesson, asking, round):
    lesson.vote(lesson.ann, "adds", 1)
    lesson.stage("revealed")
    lesson.ask("second")
    lesson.stage("vote")
    before = lesson.live
    for n in (2, 2**53):
        assert lesson.vote(lesson.ann, "keeps", n, round, asking).status == 409
    assert lesson.live == before and lesson.vote(lesson.bob, "a", 1, 1, "2").status == 200


def test_what_was_sent_before_the_reveal_changes_nothing_after_it(lesson):
    lesson.vote(lesson.ann, "adds", 1)
    lesson.stage("revealed")
    before = lesson.state["asking"]
    for answer, n in (("keeps", 1), ("keeps", 2), ("keeps", 0), ("adds", 2)):
        assert lesson.vote(lesson.ann, answer, n).status == 409
    assert lesson.state["asking"] == before


def test_a_commit_with_a_number_of_before_changes_nothing(lesson):
    def commit(value, n):
        return lesson.post("commit", {"kind": "x", "value": value, "n": n}, lesson.ann).json["counted"]

    assert commit(1, 5)
    assert not commit(2, 4) and not commit(2, 0)
    assert lesson.mine(lesson.ann)["commits"] == {"x": {"value": 1, "n": 5}}


def test_a_stage_that_was_sent_before_is_not_gone_to_again(lesson):
    after = lesson.state["stage_version"]
    body = {"asking": "1", "stage": "talk", "round": 1, "after": after}
    assert lesson.post("stage", body, lesson.host).status == 200
    for again in (body, body | {"stage": "revealed"}, body | {"after": after - 1}, body | {"after": 0}):
        assert lesson.post("stage", again, lesson.host).status == 409
    assert lesson.state["asking"]["stage"] == "talk"


def test_one_students_token_moves_nobody_elses_vote(lesson):
    lesson.vote(lesson.ann, "adds", 1)
    for n in (2, 3, 2**53):
        lesson.vote(lesson.bob, "reads", n)
    assert lesson.mine(lesson.ann)["answers"][0]["answer"] == "adds"
    assert lesson.post("forget", {"handle": handle_of(lesson, lesson.ann)}, lesson.bob).status == 204
    assert lesson.mine(lesson.ann)["answers"][0]["answer"] == "adds" and lesson.state["voted"] == 1
