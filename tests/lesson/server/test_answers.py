"""Answers over HTTP: the middleware with made-up sources, and an application behind it."""

import asyncio
import gzip
import json
import threading
import time
import tracemalloc

import pytest

from lesson.frame.query import QueryError
from lesson.frame.version import version
from lesson.server import answers
from lesson.server.answers import LARGEST_BODY, LONGEST_QUERY, MOST_WAITING, Answers
from lesson.widgets.source import Source
from lstm.errors import InputError


def echo(query):
    return {"values": dict(query.values)}


def refuse(query):
    raise QueryError("Not like this.")


def refuse_input(query):
    raise InputError("Units are whole numbers.")


class Slow:
    """A source that waits until it may answer, and counts how often it is asked."""

    def __init__(self):
        self.count, self.open = 0, threading.Event()

    def compute(self, query):
        self.count += 1
        assert self.open.wait(10)
        return {"thread": threading.current_thread().name}


async def streamlit(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"streamlit"})


async def get(app, path, method="GET", body=b"", headers=(), parts=1):
    """Status, headers and body of a request."""
    path, _, query = path.partition("?")
    size = max(1, -(-len(body) // parts))
    pieces = [body[k : k + size] for k in range(0, len(body), size)] or [b""]
    events = [
        {"type": "http.request", "body": piece, "more_body": k + 1 < len(pieces)}
        for k, piece in enumerate(pieces)
    ]
    sent = []

    async def receive():
        return events.pop(0)

    async def send(event):
        sent.append(event)

    scope = {
        "type": "http", "method": method, "path": path, "query_string": query.encode(), "headers": headers,
    }  # fmt: skip
    await app(scope, receive, send)
    return sent[0]["status"], dict(sent[0]["headers"]), b"".join(event["body"] for event in sent[1:])


def ask(path, sources=None, **request):
    app = Answers(streamlit, lambda: sources or {"echo": Source(echo)})
    return asyncio.run(get(app, path, **request))


@pytest.mark.parametrize("base", ["", "/course", "/a/deep/base"])
def test_a_question_is_answered_below_any_base_path(base):
    status, headers, body = ask(f"{base}/api/echo?b=1&c=%C3%A4+x&d=")
    assert status == 200
    assert json.loads(body) == {"values": {"b": "1", "c": "ä x", "d": ""}}
    assert headers[b"content-type"] == b"application/json"
    assert headers[b"course-version"] == version().encode()


def test_a_text_of_the_visitors_own_comes_by_post_and_is_stored_nowhere():
    status, headers, body = ask("/api/echo", method="POST", body=b"a=mine+%26+yours", parts=3)
    assert status == 200
    assert json.loads(body) == {"values": {"a": "mine & yours"}}
    assert headers[b"cache-control"] == b"no-store"
    count = []

    async def twice():
        app = Answers(streamlit, lambda: {"n": Source(lambda query: {"n": count.append(1) or len(count)})})
        return [(await get(app, "/api/n", method=how, body=b""))[2] for how in ("POST", "POST", "GET", "GET")]

    assert asyncio.run(twice()) == [b'{"n":1}', b'{"n":2}', b'{"n":3}', b'{"n":3}']


@pytest.mark.parametrize(
    ("path", "request_", "status"),
    [
        ("/api/none", {}, 404),
        ("/api/", {}, 404),
        ("/api/echo", {"method": "PUT"}, 405),
        ("/api/no", {}, 400),
        ("/api/input", {}, 400),
        (f"/api/echo?a={'x' * LONGEST_QUERY}", {}, 400),
        ("/api/echo?" + "&".join(f"a{k}=1" for k in range(100)), {}, 400),
        ("/api/echo", {"method": "POST", "body": b"a=" + b"x" * LARGEST_BODY, "parts": 9}, 400),
        ("/api/echo", {"method": "POST", "body": b"\xff\xfe"}, 400),
    ],
)
def test_what_can_not_be_answered_gets_one_sentence(path, request_, status):
    sources = {"echo": Source(echo), "no": Source(refuse), "input": Source(refuse_input)}
    got, headers, body = ask(path, sources, **request_)
    assert got == status
    assert json.loads(body)["error"].endswith(".")
    assert headers[b"cache-control"] == b"no-store"


def test_a_question_that_never_arrives_is_given_up(monkeypatch):
    monkeypatch.setattr(answers, "SECONDS", 0.05)
    sent = []

    async def receive():
        await asyncio.sleep(60)

    async def send(event):
        sent.append(event)

    scope = {"type": "http", "method": "POST", "path": "/api/echo", "query_string": b"", "headers": []}
    asyncio.run(Answers(streamlit, lambda: {"echo": Source(echo)})(scope, receive, send))
    assert sent[0]["status"] == 400
    assert b"in time" in sent[1]["body"]


def test_a_programming_error_is_not_hidden():
    with pytest.raises(ZeroDivisionError):
        ask("/api/bad", {"bad": Source(lambda query: {"x": 1 / 0})})


def test_no_number_leaves_that_json_does_not_know():
    with pytest.raises(ValueError, match="JSON"):
        ask("/api/bad", {"bad": Source(lambda query: {"x": float("nan")})})


def test_a_long_answer_is_packed_for_who_can_unpack_it():
    sources = {"long": Source(lambda query: {"x": "abc" * 2000})}
    plain = ask("/api/long", sources)
    packed = ask("/api/long", sources, headers=[(b"accept-encoding", b"br, gzip")])
    assert packed[1][b"content-encoding"] == b"gzip"
    assert b"content-encoding" not in plain[1]
    assert len(packed[2]) < len(plain[2]) / 5
    assert gzip.decompress(packed[2]) == plain[2]
    assert int(packed[1][b"content-length"]) == len(packed[2])


def test_the_same_question_is_computed_once_for_all_who_ask_it():
    slow = Slow()

    async def many():
        app = Answers(streamlit, lambda: {"slow": Source(slow.compute, in_thread=True), "echo": Source(echo)})
        asking = [asyncio.create_task(get(app, "/api/slow?a=1")) for _ in range(5)]
        await asyncio.sleep(0.05)
        asking[0].cancel()  # whoever leaves takes the answer from nobody
        quick = await get(app, "/api/echo")  # and nobody else waits
        slow.open.set()
        rest = await asyncio.gather(*asking[1:])
        again = await get(app, "/api/slow?a=1")
        return quick, [*rest, again]

    quick, rest = asyncio.run(many())
    assert quick[0] == 200
    assert slow.count == 1
    assert {row[2] for row in rest} == {b'{"thread":"answers_0"}'}


@pytest.mark.parametrize(
    ("query", "keeping"),
    [(f"v={version()}", b"private, max-age=3600"), ("v=before", b"no-store"), ("a=1", b"no-store")],
)
@pytest.mark.parametrize("in_thread", [False, True])
def test_a_browser_keeps_an_answer_only_if_it_knows_of_which_version_it_is(query, keeping, in_thread):
    _, headers, _ = ask(f"/api/echo?{query}", {"echo": Source(echo, in_thread=in_thread)})
    assert headers[b"cache-control"] == keeping


def test_what_changes_is_asked_anew_each_time():
    count = []
    source = Source(lambda query: {"n": count.append(1) or len(count)}, changes=True)

    async def twice():
        app = Answers(streamlit, lambda: {"n": source})
        return [await get(app, "/api/n") for _ in range(2)]

    first, second = asyncio.run(twice())
    assert (first[2], second[2]) == (b'{"n":1}', b'{"n":2}')
    assert first[1][b"cache-control"] == b"no-store"


def test_a_short_answer_does_not_wait_for_a_long_one_of_the_same_source():
    long = Slow()
    is_long = lambda query: "long" in query.values  # noqa: E731
    compute = lambda query: long.compute(query) if is_long(query) else echo(query)  # noqa: E731
    app = Answers(streamlit, lambda: {"race": Source(compute, in_thread=True, slow=is_long)})

    async def ask_both():
        waiting = asyncio.create_task(get(app, "/api/race?long=1"))
        while not long.count:
            await asyncio.sleep(0.001)
        short = await asyncio.wait_for(get(app, "/api/race"), 5)
        long.open.set()
        return short[0], (await waiting)[0]

    assert asyncio.run(ask_both()) == (200, 200)


def test_a_full_queue_says_so_and_empties():
    slow = Slow()

    async def crowd():
        app = Answers(streamlit, lambda: {"slow": Source(slow.compute, in_thread=True)})
        waiting = [asyncio.create_task(get(app, f"/api/slow?a={k}")) for k in range(MOST_WAITING)]
        await asyncio.sleep(0.05)
        refused = await get(app, "/api/slow?a=more")
        slow.open.set()
        served = await asyncio.gather(*waiting)
        return refused, served, await get(app, "/api/slow?a=more")

    refused, served, later = asyncio.run(crowd())
    assert refused[0] == 503
    assert refused[1][b"retry-after"] == b"1"
    assert {row[0] for row in served} == {200}
    assert later[0] == 200


def test_an_error_in_the_thread_reaches_who_asked_and_is_not_stored():
    moody = []

    def compute(query):
        moody.append(1)
        if len(moody) == 1:
            raise InputError("Not yet.")
        return {"n": len(moody)}

    async def twice():
        app = Answers(streamlit, lambda: {"n": Source(compute, in_thread=True)})
        return [await get(app, "/api/n") for _ in range(2)]

    first, second = asyncio.run(twice())
    assert (first[0], second[0]) == (400, 200)


def test_the_store_lets_the_oldest_go(monkeypatch):
    monkeypatch.setattr(answers, "STORE", 4_500)
    count = []

    def compute(query):
        count.append(query.values["k"])
        return {"x": "y" * 1_200}

    async def several():
        app = Answers(streamlit, lambda: {"n": Source(compute)})
        for k in ["1", "2", "1", "3", "1", "2"]:
            await get(app, f"/api/n?k={k}")

    asyncio.run(several())
    assert count == ["1", "2", "3", "2"]


@pytest.mark.parametrize("padding", [0, 4_000], ids=["many short ones", "long questions"])
def test_the_store_takes_no_more_memory_than_it_may_whatever_is_asked(monkeypatch, padding):
    """A question counts as its answer does: it is the key, and stays as long."""
    monkeypatch.setattr(answers, "STORE", 100_000)

    async def many():
        app = Answers(streamlit, lambda: {"n": Source(lambda query: {"n": 1})})
        await get(app, "/api/n?k=first")
        tracemalloc.start()
        for k in range(2_000):
            await get(app, f"/api/n?k={k}&{'x' * padding}")
        size, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return size

    assert asyncio.run(many()) < 150_000


def test_the_loop_is_free_while_the_rooms_are_imported():
    def rooms():
        time.sleep(0.2)
        return {"echo": Source(echo)}

    async def both():
        app = Answers(streamlit, rooms)
        first = asyncio.create_task(get(app, "/api/echo"))
        await asyncio.sleep(0.01)
        began = time.perf_counter()
        await get(app, "/gates")
        waited = time.perf_counter() - began
        return (await first)[0], waited

    status, waited = asyncio.run(both())
    assert status == 200
    assert waited < 0.15  # of the 0.2 s that the import takes
