"""Answers as plain HTTP, beside Streamlit: GET .../api/NAME?..., below whatever base path.

What takes longer than a few milliseconds is computed in a thread, once for all who ask the same; a full queue
says 503, and the browser asks again.  A visitor's own text comes by POST, and its answer is not stored.
"""

import asyncio
import json
import zlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from lesson.frame.query import Query, QueryError
from lesson.frame.version import VERSION, version
from lesson.widgets.source import Source
from lstm.errors import InputError

Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
App = Callable[[Event, Receive, Send], Awaitable[None]]

FOLDER = "/api/"
LONGEST_QUERY = 4_096  # bytes of an address
LARGEST_BODY = 2**16
MOST_VALUES = 60
SECONDS = 10.0  # that a body may take to arrive
MOST_WAITING = 64  # answers that are computed in the thread, or wait for it
STORE = 16 * 2**20  # bytes of answers that are kept, and of their questions
_ENTRY = 600  # bytes that a kept answer takes besides
_WORTH_PACKING = 1_500  # bytes
_HOUR = b"private, max-age=3600"
_NEVER = b"no-store"


class Reply(NamedTuple):
    """What is sent: a status, JSON, the same packed if that is worth it, and how long it may be kept."""

    status: int
    body: bytes
    packed: bytes | None = None
    keeping: bytes = _NEVER


class Answers:
    """ASGI middleware; one for the whole server.  sources: called at the first question."""

    def __init__(self, app: App, sources: Callable[[], Mapping[str, Source]]) -> None:
        self._app, self._sources = app, sources
        self._table: Mapping[str, Source] | None = None
        self._store = _Store()
        self._computing: dict[str, asyncio.Task[Reply]] = {}
        self._waiting = 0
        # One thread each: what they compute shares the interpreter with everybody's answers.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="answers")
        self._slow_thread = ThreadPoolExecutor(1, thread_name_prefix="slow answers")

    async def __call__(self, scope: Event, receive: Receive, send: Send) -> None:
        """Answer a question, or pass anything else on."""
        if scope["type"] != "http" or FOLDER not in scope["path"]:
            await self._app(scope, receive, send)
            return
        reply = await self._reply(scope, receive)
        await _send(scope, send, reply)

    async def _reply(self, scope: Event, receive: Receive) -> Reply:
        name = scope["path"].rpartition(FOLDER)[2]
        if scope["method"] not in ("GET", "POST"):
            return _refusal(405, "Ask by GET or POST.")
        try:
            text = await _text(scope, receive)
            query = _query(text)
            source = (await self._all_sources()).get(name)
            if source is None:
                return _refusal(404, "There is no such answer; reload the page.")
            if scope["method"] == "POST" or source.changes:
                return await self._compute(source, query)
            return await self._once_for_all(f"{name}?{text}", source, query)
        except (QueryError, InputError) as error:
            return _refusal(400, str(error))
        except _Full:
            return _refusal(503, "The server has much to compute; ask again.")

    async def _all_sources(self) -> Mapping[str, Source]:
        """Return the table; the first time the rooms are imported, in a thread, for it takes a while."""
        if self._table is None:
            self._table = await asyncio.get_running_loop().run_in_executor(None, self._sources)
        return self._table

    async def _once_for_all(self, key: str, source: Source, query: Query) -> Reply:
        """Return the answer from the store, from whoever asks the same at this moment, or computed."""
        if (reply := self._store.get(key)) is not None:
            return reply
        if not (source.in_thread or source.slow):
            reply = _packed(source.reply(query), _keeping(query))
            self._store.put(key, reply)
            return reply
        task = self._computing.get(key)
        if task is None:
            task = self._computing[key] = asyncio.create_task(self._compute(source, query, _keeping(query)))
            task.add_done_callback(lambda done: self._arrived(key, done))
        # Who goes away meanwhile must not take the answer from the others.
        return await asyncio.shield(task)

    def _arrived(self, key: str, task: asyncio.Task[Reply]) -> None:
        self._computing.pop(key, None)
        if not task.cancelled() and task.exception() is None:
            self._store.put(key, task.result())

    async def _compute(self, source: Source, query: Query, keeping: bytes = _NEVER) -> Reply:
        if not (source.in_thread or source.slow):
            return _packed(source.reply(query), keeping)
        if self._waiting >= MOST_WAITING:
            raise _Full
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            thread = self._slow_thread if source.is_slow(query) else self._thread
            return await loop.run_in_executor(thread, lambda: _packed(source.reply(query), keeping))
        finally:
            self._waiting -= 1


class _Full(Exception):
    """Too many answers wait to be computed."""


class _Store:
    """The latest answers, up to so many bytes."""

    def __init__(self) -> None:
        self._replies: OrderedDict[str, Reply] = OrderedDict()  # the latest used is the last
        self._size = 0

    def get(self, key: str) -> Reply | None:
        """Return an answer, None if there is none."""
        if key in self._replies:
            self._replies.move_to_end(key)
        return self._replies.get(key)

    def put(self, key: str, reply: Reply) -> None:
        """Keep an answer, and let the oldest go where there is no room."""
        if key in self._replies:
            return
        self._replies[key] = reply
        self._size += _size(key, reply)
        while self._size > STORE:
            self._size -= _size(*self._replies.popitem(last=False))


def _size(key: str, reply: Reply) -> int:
    """Return the bytes that an answer and its question take in the store."""
    return len(key) + len(reply.body) + len(reply.packed or b"") + _ENTRY


async def _text(scope: Event, receive: Receive) -> str:
    """Return the query as it came: of the address, or for POST of the body."""
    if scope["method"] == "GET":
        data: bytes = scope["query_string"]
        if len(data) > LONGEST_QUERY:
            raise QueryError("The question is too long.")
    else:
        try:
            data = await asyncio.wait_for(_body(receive), SECONDS)
        except TimeoutError as error:
            raise QueryError("The question did not arrive in time.") from error
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise QueryError("The question is no text.") from error


async def _body(receive: Receive) -> bytes:
    data = b""
    while True:
        event = await receive()
        data += event.get("body", b"")
        if len(data) > LARGEST_BODY:
            raise QueryError("The question is too long.")
        if event["type"] == "http.disconnect" or not event.get("more_body"):
            return data


def _query(text: str) -> Query:
    try:
        return Query(dict(parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_VALUES)))
    except ValueError as error:
        raise QueryError("The question has too many values.") from error


def _keeping(query: Query) -> bytes:
    """Return how long a browser may keep an answer: an hour if it knows which version's answer it is."""
    return _HOUR if query.values.get(VERSION) == version() else _NEVER


def _packed(body: bytes, keeping: bytes) -> Reply:
    if len(body) < _WORTH_PACKING:
        return Reply(200, body, None, keeping)
    packer = zlib.compressobj(1, wbits=31)  # gzip
    return Reply(200, body, packer.compress(body) + packer.flush(), keeping)


def _refusal(status: int, sentence: str) -> Reply:
    return Reply(status, json.dumps({"error": sentence}).encode())


async def _send(scope: Event, send: Send, reply: Reply) -> None:
    headers = [
        (b"content-type", b"application/json"),
        (b"cache-control", reply.keeping),
        (b"x-content-type-options", b"nosniff"),
        (b"course-version", version().encode()),
    ]
    body = reply.body
    if reply.packed is not None and _takes_gzip(scope):
        body = reply.packed
        headers.append((b"content-encoding", b"gzip"))
    headers.append((b"content-length", str(len(body)).encode()))
    if reply.status == 503:
        headers.append((b"retry-after", b"1"))
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": body if scope["method"] != "HEAD" else b""})


def _takes_gzip(scope: Event) -> bool:
    return any(name == b"accept-encoding" and b"gzip" in value for name, value in scope["headers"])
