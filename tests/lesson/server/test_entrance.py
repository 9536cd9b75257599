"""The first middleware, with an application behind it that notes what reaches it."""

import asyncio
import json

import pytest

from lesson.server.draining import Draining
from lesson.server.entrance import Entrance, begins
from lesson.server.health import Health

SOCKET = {"type": "websocket", "path": "/_stcore/stream", "headers": []}


class House:
    """A server's entrance, and what is behind it: `passed` is what came through."""

    def __init__(self):
        self.is_away, self.passed, self.requests = False, [], []
        self.draining = Draining(10)
        self.health = Health(self.draining, lambda: self.is_away)
        self.health.is_prepared = True
        self.entrance = Entrance(self._behind, self.health)

    async def _behind(self, scope, receive, send):
        self.passed.append(scope["path"])
        await send({"type": "http.response.start", "status": 200, "headers": [(b"server", b"behind")]})
        await send({"type": "http.response.body", "body": b"a page"})

    def ask(self, path, method="GET"):
        return self.meet({"type": "http", "method": method, "path": path, "headers": []})

    def meet(self, scope):
        """What a client gets: status, headers and body."""
        sent = []

        async def send(event):
            sent.append(event)

        async def receive():
            return {"type": "http.request", "body": b"", "more_body": False}

        asyncio.run(self.entrance(scope, receive, send))
        assert len(sent) == 2
        assert sent[1]["type"] == sent[0]["type"].replace("start", "body")
        return sent[0]["status"], dict(sent[0]["headers"]), sent[1]["body"]

    def state(self):
        status, headers, body = self.ask("/healthz")
        assert headers[b"cache-control"] == b"no-store"
        assert headers[b"content-length"] == str(len(body)).encode()
        assert set(json.loads(body)) == {"state"}
        return status, json.loads(body)["state"]


@pytest.fixture
def house():
    return House()


def test_it_says_in_which_state_the_server_is(house):
    house.health.is_prepared = False
    assert house.state() == (503, "starting")
    house.health.is_prepared = True
    assert house.state() == (200, "ready")
    house.is_away = True
    assert house.state() == (503, "without its database")
    house.is_away = False
    assert house.state() == (200, "ready")
    house.draining.has_begun = True
    assert house.state() == (503, "draining")
    assert house.passed == []


def test_who_drains_says_nothing_else(house):
    house.health.is_prepared, house.is_away, house.draining.has_begun = False, True, True
    assert house.state() == (503, "draining")


def test_it_says_so_below_a_base_path_and_without_a_body_if_only_the_head_is_asked_for(house):
    assert house.ask("/course/healthz")[2] == b'{"state": "ready"}'
    status, headers, body = house.ask("/healthz", "HEAD")
    assert (status, headers[b"content-length"], body) == (200, b"18", b"")


@pytest.mark.parametrize(("is_prepared", "is_away"), [(False, False), (True, True), (True, False)])
def test_until_it_drains_everybody_passes(house, is_prepared, is_away):
    house.health.is_prepared, house.is_away = is_prepared, is_away
    paths = ["/", "/gates", "/j/ABCDEF", "/_stcore/health", "/api/rooms/ABCDEF/events"]
    for path in paths:
        assert house.ask(path) == (200, {b"server": b"behind"}, b"a page")
    assert house.passed == paths
    assert house.draining.open == set()


NEW = [
    "/", "/gates", "/course/gates", "/j/ABCDEF", "/p/ABCDEF", "/course/j/ABCDEF", "/_stcore/health",
    "/course/_stcore/host-config", "/api/rooms/ABCDEF/events", "/course/api/rooms/ABCDEF/events", "/static",
]  # fmt: skip
OLD = [
    "/api/gates/step", "/api/rooms/ABCDEF", "/api/rooms/ABCDEF/mine", "/scripts/a/a.js", "/static/js/a.js",
    "/gates/static/js/a.js", "/media/a.png", "/course/component/a/b.html", "/_stcore/bidi-components/a/b.js",
]  # fmt: skip


@pytest.mark.parametrize("path", NEW)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_while_it_drains_newcomers_are_sent_to_another_server(house, path, method):
    house.draining.has_begun = True
    status, headers, body = house.ask(path, method)
    assert status == 503
    assert headers[b"retry-after"] == b"1"
    assert headers[b"cache-control"] == b"no-store"
    assert headers[b"connection"] == b"close"
    assert (b"about to stop" in body) == (method == "GET")
    assert house.passed == []


@pytest.mark.parametrize(
    ("method", "path"),
    [*(("GET", path) for path in OLD), ("POST", "/api/rooms/ABCDEF/vote"), ("POST", "/api/rooms")],
)
def test_while_it_drains_who_is_there_goes_on_without_keeping_the_connection(house, method, path):
    house.draining.has_begun = True
    status, headers, body = house.ask(path, method)
    assert (status, body) == (200, b"a page")
    assert headers == {b"server": b"behind", b"connection": b"close"}
    assert house.passed == [path]


def test_every_page_of_the_course_is_a_beginning():
    from lesson.frame.files import ROOT

    assert all(begins(f"/{page.stem}") for page in (ROOT / "pages").glob("*.py"))


def test_while_it_drains_a_new_socket_is_refused_by_an_answer_that_a_proxy_understands(house):
    house.draining.has_begun = True
    status, headers, _ = house.meet(SOCKET | {"extensions": {"websocket.http.response": {}}})
    assert (status, headers[b"retry-after"]) == (503, b"1")
    assert house.passed == []


def test_a_server_that_can_only_close_a_new_socket_closes_it(house):
    house.draining.has_begun = True
    sent = []

    async def send(event):
        sent.append(event)

    asyncio.run(house.entrance(SOCKET, None, send))
    assert sent == [{"type": "websocket.close"}]
    assert house.passed == []


def test_what_is_neither_a_request_nor_a_socket_passes(house):
    scopes = []

    async def behind(*arguments):
        scopes.append(arguments)

    house.draining.has_begun = True
    asyncio.run(Entrance(behind, house.health)({"type": "lifespan"}, None, None))
    assert scopes == [({"type": "lifespan"}, None, None)]
