"""Requests to rooms that no page of ours sends: one sentence each, and the lesson goes on.

A test tries its case at every route that it may meet.
"""

import json

import pytest

from tests.bad_input.doors import MARKUP, RIGHT_TO_LEFT, is_one_sentence
from tests.bad_input.room_routes import FORMS, HOST, POSTS, ROUTES, STUDENT, pattern_of
from tests.lesson.classroom.server import Server
from tests.tiers import every_fast

DEEP = 7_000
WHOLE = 2**53


@pytest.fixture(scope="module")
def crowd():
    """A room in a vote with two students, for all that is refused here."""
    server = Server()
    room = server.room()
    room.ann, room.bob, room.n = room.student(), room.student(), 1
    room.ask()
    room.stage("vote")
    assert room.vote(room.ann, "adds").status == 200
    yield room
    assert server.log_of(room.code) == room.live
    server.close()


@pytest.fixture
def lesson(crowd, monkeypatch):
    """The room, and a witness: whatever is sent, nothing changes, and they can go on."""
    monkeypatch.setattr("lesson.classroom.server.requests.PAUSE", 0.0)
    before = crowd.live
    yield crowd
    assert crowd.live is before
    crowd.n += 1
    assert crowd.vote(crowd.bob, "keeps", crowd.n).json == {"counted": True}
    assert crowd.mine(crowd.ann)["answers"] == [{"asking": "1", "round": 1, "answer": "adds", "n": 1}]
    assert crowd.state["voted"] == 2


def token_for(room, route):
    return {HOST: room.host, STUDENT: room.ann}.get(route.whose, "")


def send(room, route, **how):
    """Send a route's good request, but for something; the reply to it."""
    method, path = how.pop("method", route.method), how.pop("path", route.path)
    body, token = how.pop("body", route.body), how.pop("token", token_for(room, route))
    return room.server.ask(method, path.replace("CODE", room.code), body, token, **how)


def is_refused(reply, *statuses):
    assert reply.status in statuses, (reply.status, reply.body[:200])
    assert is_one_sentence(reply.sentence)
    assert not any(name.startswith("access-control") for name in reply.headers)
    assert (reply.headers["content-type"], reply.headers["x-content-type-options"]) == (
        "application/json",
        "nosniff",
    )
    return True


def test_every_route_of_the_rooms_is_tried_here(crowd):
    """A new one needs its row."""
    table = crowd.server.app._table
    assert {(route.method, pattern_of(route)) for route in ROUTES.values()} == {
        (method, pattern) for pattern, row in table.items() for method in row
    }


# -- methods --

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "post")


@pytest.mark.parametrize("name", every_fast(3, ROUTES))
def test_any_other_method(lesson, name):
    route = ROUTES[name]
    for method in METHODS:
        if method not in lesson.server.app._table[pattern_of(route)]:
            assert is_refused(send(lesson, route, method=method, headers={"origin": "null"}), 405), method


# -- addresses --

CODES = {
    "NUL": "%00",
    "NUL in a code": "ACDEF%00",
    "markup": "%3Cb%3E",
    "a script": "%3Cscript%3E",
    "a way up": "..",
    "a way up, packed": "%2e%2e",
    "a way up, twice packed": "%252e%252e",
    "a line end": "ACDE%0D%0AX",
    "a header": "A%0d%0aSet-Cookie:%20a=b",
    "not UTF-8": "%ff%fe%fd%fc%fb%fa",
    "half a character": "%ED%A0%80%ED%A0%80",
    "right to left": "%E2%80%AEACDEF",
    "zero width": "A%E2%80%8BCDEF",
    "full width": "%EF%BC%A1%EF%BC%A3%EF%BC%A4%EF%BC%A5%EF%BC%A6%EF%BC%A7",
    "Cyrillic": "%D0%90%D0%A1DEFG",
    "letters that grow": "%C3%9F%C3%9F%C3%9F",
    "an angstrom": "%E2%84%ABCDEFG",
    "digits of a script": "%D9%A3%D9%A4%D9%A6%D9%A7%D9%A9%D9%A3",
    "a combining flood": "A" + "%CC%81" * 5,
    "one letter": "A",
    "seven letters": "ACDEFGH",
    "a thousand": "A" * 1_000,
    "ten thousand": "A" * 10_000,
    "a space": "%20",
    "an asterisk": "*",
    "a question of SQL": "A'%20OR%201=1--",
    "a format": "%25s%25s%25s",
    "braces": "{0}{code}",
    "a drive": "C:%5CACDE",
    "a semicolon": "ACDEFG;x=1",
    "a plus": "ACD+EFG",
    "letters never used": "0OIL1B",
}


@pytest.mark.parametrize("name", every_fast(4, CODES))
def test_a_code_that_is_none(lesson, name):
    for route in ROUTES.values():
        if "CODE" in route.path:
            path = route.path.partition("?")[0].replace("CODE", CODES[name])
            assert is_refused(send(lesson, route, path=path), 404), path


LASTS = (
    "",
    "%00",
    "..",
    "0",
    "2",
    "-1",
    "1e0",
    "%D9%A1",
    "1%20",
    "9" * 5_000,
    "%3Cb%3E",
    "%ff",
    "1;x",
    "a b c",
)


@pytest.mark.parametrize("name", ["picture", "runs", "network", "remove"])
def test_a_name_behind_a_code_that_is_none(lesson, name):
    route = ROUTES[name]
    for last in LASTS:
        path = route.path.partition("?")[0].rpartition("/")[0] + f"/{last}"
        assert is_refused(send(lesson, route, path=path), 404, 409, 422), path


QUERIES = {
    "a thousand times": "address=x&" * 1_000,
    "a thousand names": "&".join(f"a{k}=1" for k in range(1_000)),
    "only signs": "&&&&====&&=&",
    "NUL": "address=%00&seed=%00&handles=%00",
    "not UTF-8": "address=%ff&seed=%ff",
    "half of an escape": "address=%&seed=%e",
    "a script": "address=javascript:alert(1)//j/CODE&seed=1e9",
    "another site": "address=http://elsewhere/j/AAAAAA&seed=0x1",
    "a password": "address=http://a:b@c/j/CODE",
    "markup": "address=http://%3Cb%3E/j/CODE&seed=-1",
    "very long": f"address=http://{'a' * 9_000}/j/CODE",
    "an address with a query": "address=http://course/j/CODE?host=x&seed=99999999999",
    "an address with a place": "address=http://course/j/CODE%23host=x&seed=NaN",
    "a line end": "address=http://course/j/CODE%0A&seed=1%0A",
    "half a character": "address=%ED%A0%80&seed=%EF%BC%91",
}


@pytest.mark.parametrize("name", every_fast(3, QUERIES))
def test_a_query_that_nothing_asks_for(lesson, name):
    for route in ROUTES.values():
        if route.method == "GET" and pattern_of(route) != "CODE/events":
            reply = send(lesson, route, path=f"{route.path.partition('?')[0]}?{QUERIES[name]}")
            is_drawing = pattern_of(route) in ("CODE/qr.svg", "CODE/network/ASKING", "CODE/picture/ASKING")
            refused = is_drawing or pattern_of(route) == "CODE/runs/ASKING"
            assert is_refused(reply, 409, 422) if refused else reply.status == 200, route


# -- headers --

OTHER_SITES = {
    "another site": {"sec-fetch-site": "cross-site"},
    "a site beside": {"sec-fetch-site": "same-site"},
    "no such site": {"sec-fetch-site": "same-origin, none"},
    "a site that is empty": {"sec-fetch-site": ""},
    "a site in capitals": {"sec-fetch-site": "CROSS-SITE"},
    "an origin": {"origin": "https://elsewhere"},
    "no origin": {"origin": "null"},
    "an origin that begins alike": {"origin": "https://course.elsewhere"},
    "an origin that ends alike": {"origin": "https://elsewhere/course"},
    "an origin with a name": {"origin": "https://course@elsewhere"},
    "another port": {"origin": "http://course:81"},
    "an origin without a way": {"origin": "course"},
    "a file": {"origin": "file://"},
    "an extension": {"origin": "chrome-extension://course.x"},
    "another host": {"origin": "http://course", "host": "elsewhere"},
    "a host that is empty": {"origin": "http://course", "host": ""},
    "an origin with a dot": {"origin": "http://course."},
    "full width": {"origin": "http://cours\u00e9"},
    "two origins": {"origin": "http://course http://elsewhere"},
}


@pytest.mark.parametrize("name", every_fast(4, OTHER_SITES))
def test_what_comes_from_another_sites_page(lesson, name):
    for route in ROUTES.values():
        if route.method != "GET":
            assert is_refused(send(lesson, route, headers=OTHER_SITES[name]), 403), route


KINDS = (
    "",
    "text/plain",
    "text/json",
    "application/json-seq",
    "application/jsonp",
    "multipart/form-data; boundary=b",
    "application/x-www-form-urlencoded",
    "application/xml",
    "APPLICATION",
    "application/json/x",
    "text/html, application/json",
    "application/\u00e9",
    "x" * 9_000,
)


@pytest.mark.parametrize("kind", every_fast(4, KINDS), ids=lambda kind: kind[:30] or "none")
def test_a_body_of_another_kind(lesson, kind):
    for route in POSTS.values():
        assert is_refused(send(lesson, route, headers={"content-type": kind}), 415), route


# -- bodies --


def nested(levels, opens="[", closes="]"):
    return opens * levels + closes * levels


BODIES = {
    "nothing": "",
    "a space": " ",
    "null": "null",
    "a number": "1",
    "a truth": "true",
    "a text": '"x"',
    "a list": "[]",
    "a list of bodies": '[{"n": 1}]',
    "half": '{"asking": "1"',
    "two": "{} {}",
    "a comma too many": '{"n": 1,}',
    "a comment": '{"n": 1} // x',
    "quotes of Python": "{'n': 1}",
    "names without quotes": "{n: 1}",
    "NaN": '{"n": NaN}',
    "Infinity": '{"n": Infinity}',
    "minus infinity": '{"n": -Infinity}',
    "beyond numbers": '{"n": 1e999}',
    "far below": '{"n": -1e999}',
    "a number of 5,000 digits": f'{{"n": {"9" * 5_000}}}',
    "a whole number beyond 2^53": f'{{"n": {WHOLE + 1}}}',
    "a leading zero": '{"n": 01}',
    "hexadecimal": '{"n": 0x1}',
    "half a character": '{"n": "\\ud800"}',
    "the other half": '{"n": "\\udfff"}',
    "half a character as a name": '{"\\ud800": 1}',
    "deep lists": nested(DEEP),
    "deep tables": '{"n": ' * 2_000 + "1" + "}" * 2_000,
    "nine levels": f'{{"n": {nested(9)}}}',
    "a line end in a text": '{"n": "a\nb"}',
    "a byte order mark": "\ufeff{}",
    "a name twice": '{"n": 1, "n": 2}',
    "a name twice below": '{"n": {"a": 1, "a": 1}}',
    "the same name written otherwise": '{"n": 1, "\\u006e": 1}',
    "__proto__": '{"__proto__": {"n": 1}}',
    "constructor": '{"constructor": {"prototype": {}}}',
    "a form": "n=1&asking=1",
    "XML": "<n>1</n>",
    "markup": MARKUP,
}
RAW = {name: text.encode() for name, text in BODIES.items()} | {
    "not UTF-8": b'{"n": "\xff"}',
    "UTF-16": '{"n": 1}'.encode("utf-16"),
    "UTF-32": '{"n": 1}'.encode("utf-32"),
    "overlong": b'{"n": "\xc0\x80"}',
    "NUL": b'{"n": "\0"}',
    "gzip": b"\x1f\x8b\x08" + bytes(20),
    "bytes": bytes(range(256)),
    "half a character in UTF-8": b'{"n": "\xed\xa0\x80"}',
}
# Where a body says nothing, what it says is not read: all that is JSON is taken.
TAKEN = {"__proto__", "constructor"}


@pytest.mark.parametrize("name", every_fast(2, RAW))
def test_a_body_that_is_none(lesson, name):
    for route in (FORMS if name in TAKEN else POSTS).values():
        assert is_refused(send(lesson, route, raw=RAW[name]), 422), route


@pytest.mark.parametrize("name", POSTS)
def test_a_body_that_is_too_large(lesson, name):
    filled = json.dumps(POSTS[name].body | {"x": "y" * 17_000}).encode()
    assert is_refused(send(lesson, POSTS[name], raw=filled), 413)
    assert is_refused(send(lesson, POSTS[name], raw=b" " * 2**20), 413)


# -- fields --

NONE = object()
ID = [
    NONE,
    None,
    True,
    False,
    0,
    1,
    -1,
    1.5,
    "",
    " ",
    "x" * 61,
    "x" * 9_000,
    [],
    ["1"],
    {},
    {"id": "1"},
    "\0",
    "1\n",
    "\t",
    RIGHT_TO_LEFT,
    "\u200b",
    "\ufeff",
    "\u2028",
    "\ue000",
    "none",
]
COUNT = [None, True, False, -1, 0.5, 1.0, WHOLE, "1", "", "Infinity", [], [1], {}, -WHOLE]
SWITCH = [NONE, None, 0, 1, "true", "false", "", [], {}, 1.0]
WRONG = {
    "pair": {"once": ID},
    "vote": {
        "asking": ID,
        "round": [NONE, *COUNT, 0, 2, 100],
        "answer": [*ID, WHOLE, -0.5],
        "n": [NONE, *(value for value in COUNT if value != WHOLE)],
    },
    "commit": {
        "kind": [value for value in ID if value not in (" ", "none")],
        "value": [NONE, None, "x" * 2_000, ["x" * 500] * 5, {"x" * 2_000: 1}],
        "n": [NONE, *COUNT[:6]],
        "asking": [value for value in ID[2:] if value not in (" ", "none")],
    },
    "ask": {
        "question": [value for value in ID if value is not NONE],
        "after": [*COUNT[1:], 0, WHOLE - 1],
        "plan": [
            None,
            True,
            1,
            "45",
            [45, 1],
            {},
            {"minutes": 45},
            {"minutes": True, "stop": 1},
            {"minutes": 45, "stop": True},
            {"minutes": 0, "stop": 1},
            {"minutes": 601, "stop": 1},
            {"minutes": 45, "stop": -1},
            {"minutes": 45, "stop": 101},
            {"minutes": 4.5, "stop": 1},
            {"minutes": "45", "stop": "1"},
            {"minutes": 45, "stop": 1, "html": "<b>"},
        ],
        "test": [
            True,
            1,
            "before",
            [],
            {},
            {"part": "before"},
            {"part": "during", "item": 1, "items": 1},
            {"part": "before", "item": True, "items": 1},
            {"part": "before", "item": 1, "items": True},
            {"part": "after", "item": 2, "items": 1},
            {"part": "after", "item": 0, "items": 1},
            {"part": "after", "item": 1, "items": 7},
            {"part": ["after"], "item": 1, "items": 1},
            {"part": "after", "item": 1, "items": 1, "right": "a"},
        ],
    },
    "stage": {
        "asking": ID,
        "stage": [*ID, "vote ", "REVEALED", "rev\u0435aled"],
        "round": [NONE, *COUNT, 0, 3],
        "after": [NONE, *COUNT, 0, WHOLE - 1],
        "bars": [value for value in SWITCH if value is not NONE],
        "seconds": [value for value in COUNT if value is not None],
    },
    "follow": {
        "page": [
            None,
            True,
            1,
            [],
            {},
            "..",
            "/",
            "//e.co",
            "gates/",
            "gates?x",
            "gates#x",
            "javascript:x",
            "x" * 61,
            " ",
            "class",
            "gates\n",
            "\0",
            "\u202egates",
            "g\u200bates",
            "<b>",
            "http:e",
            "\\\\e",
            "%2e",
        ],
        "query": [None, True, 1, [], {}, "x" * 2_001],
        "after": [*COUNT[1:], 0, WHOLE - 1],
        "eyes_up": [None, 1, 0, "true", [], {}],
        "free": [None, False, 1, "true", [], {}],
        "plan": [True, 1, "45", [45, 1], {}, {"minutes": True, "stop": False}],
    },
    "position": {
        "position": [
            NONE,
            None,
            True,
            1,
            "f=1",
            [],
            [["f", "1"]],
            {"f": 1},
            {"f": None},
            {"f": ["1"]},
            {"f": {"a": "1"}},
            {"f": True},
            {"f": "x" * 101},
            {"x" * 61: "1"},
            {str(k): "1" for k in range(41)},
        ],
    },
    "hands": {
        "asking": ID,
        "round": [NONE, *COUNT, 0, 2, 100],
        "answer": [*ID],
        "count": [NONE, *COUNT, 1_001],
    },
    "admission": {"open": SWITCH},
}
FIELDS = [(name, field) for name in WRONG for field in WRONG[name]]


def test_every_field_of_every_form_is_tried_here():
    assert set(WRONG) == set(FORMS)
    for name, route in FORMS.items():
        assert set(route.body) <= set(WRONG[name]), name


@pytest.mark.parametrize("name", POSTS)
def test_what_is_changed_below_is_taken_as_it_stands(name):
    server = Server()
    room = server.room()
    room.ann = room.student()
    room.ask()
    room.stage("vote")
    body = {**POSTS[name].body}
    if "once" in body:
        body["once"] = room.post("pair", {}, room.host).json["once"]
    if "after" in body:
        body["after"] = room.state["stage_version"]
    assert send(room, POSTS[name], body=body).status < 300
    server.close()


@pytest.mark.parametrize(("name", "field"), FIELDS)
def test_a_field_that_is_not_what_it_has_to_be(lesson, name, field):
    after = lesson.state["stage_version"]
    for value in WRONG[name][field]:
        body = FORMS[name].body | ({"after": after} if "after" in FORMS[name].body else {}) | {field: value}
        if value is NONE:
            del body[field]
        if field in ("eyes_up", "free"):
            del body["page"], body["query"]
        reply = send(lesson, FORMS[name], body=body)
        other = {"pair": 403}.get(name) or (409 if field in ("asking", "round", "after", "item") else 422)
        assert is_refused(reply, 422, other), (value, reply.body)


@pytest.mark.parametrize("name", FORMS)
def test_a_field_that_nobody_knows(lesson, name):
    for extra in (
        "x",
        "",
        " ",
        "__proto__",
        "html",
        MARKUP,
        RIGHT_TO_LEFT,
        "\0",
        "x" * 9_000,
        "token",
        "student",
        "at",
    ):
        assert is_refused(send(lesson, FORMS[name], body=FORMS[name].body | {extra: 1}), 422), extra


TWO_WISHES = [
    {"page": "gates", "free": True},
    {"page": "gates", "eyes_up": True},
    {"eyes_up": True, "free": True},
    {"query": "x=1"},
    {"query": "x=1", "free": True},
    {"after": 3},
    {"page": "gates", "eyes_up": 1},
    {"free": "no", "plan": None},
]


@pytest.mark.parametrize("body", TWO_WISHES, ids=repr)
def test_one_wish_at_a_time(lesson, body):
    assert is_refused(send(lesson, ROUTES["follow"], body=body), 422)


TYPED = {
    "a blank letter": "\u3164",
    "blank letters": "\u115f\u1160",
    "a half-width blank": "\uffa0",
    "a blank of Braille": "\u2800",
    "a flood": "a" + "\u0301\u0302" * 40,
    "floods": ("a" + "\u0489" * 9) * 5,
    "a selector": "a\ufe0f" + "\ufe0f" * 9,
    "a tag": "a\U000e0041",
    "a line end": "a\u2028\u202eb",
    "an override": "a\u202d",
    "an isolate": "a\u2067",
    "a mark": "a\u061c",
    "a word joiner": "a\u2060",
    "a soft hyphen": "a\u00ad",
    "a private letter": "\U0010fffd",
    "a thousand": "a" * 1_000,
    "only marks": "\u0301\u0302",
    "only joiners": "\u200d\u200c",
    "an annotation": "\ufff9a\ufffbb",
    "a note": "a\U0001d173",
    "null": None,
    "a truth": True,
    "a number": 1,
    "a list": ["a"],
    "a table": {"text": "a"},
    "nothing": "",
    "spaces": "\u2003\u3000",
    "NUL": "a\0",
    "a bell": "a\a",
    "an escape": "\x1b[2J",
}


@pytest.mark.parametrize("name", TYPED)
def test_a_typed_text_that_would_not_be_drawn_as_it_is(lesson, name):
    text = TYPED[name]
    for typed in (
        {"text": text, "answers": ["a", "b"]},
        {"text": "x", "answers": [text, "b"]},
        {"text": "x", "answers": ["a", text]},
    ):
        assert is_refused(send(lesson, ROUTES["ask"], body={"typed": typed}), 422), typed
