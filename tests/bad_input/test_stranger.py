"""A stranger's own client at a real server: every field of Streamlit's protocol, its handshake and its files.

A witness is there all the while: their page runs, their vote counts, and the log of the server has no fault.
"""

import asyncio
import contextlib
import http.client
import json
import tempfile
from urllib.parse import urlsplit

import pytest
import websockets

from tests.bad_input.backmsg import message_with, paths, values_of
from tests.browser.conftest import ROOT, serving
from tests.load.stranger import leave
from tests.load.visitor import Visitor

pytestmark = pytest.mark.slow
PATHS = list(paths())
LIMIT = 60.0  # seconds against hanging


class Server:
    """A course with a room in a vote."""

    def __init__(self, address, log):
        self.address, self._log, self.n = address, log, 0
        self.netloc = urlsplit(address).netloc
        self.code, self.host = self.post("", {}).values()
        self.token = self.post(f"/{self.code}/join", {})["token"]
        typed = {"text": "Which?", "answers": ["a", "b"]}
        asking = self.post(f"/{self.code}/ask", {"typed": typed}, self.host)
        body = {"asking": "1", "stage": "vote", "round": 1, "after": asking["stage_version"]}
        self.post(f"/{self.code}/stage", body, self.host)

    def request(self, method, path, body=None, headers=None):
        """Status, headers and body of a request."""
        connection = http.client.HTTPConnection(self.netloc, timeout=LIMIT)
        with contextlib.closing(connection):
            connection.request(method, path, body, headers or {})
            reply = connection.getresponse()
            return reply.status, dict(reply.getheaders()), reply.read()

    def post(self, path, body, token=""):
        headers = {"content-type": "application/json", "authorization": f"Bearer {token}"}
        status, _, data = self.request("POST", f"/api/rooms{path}", json.dumps(body), headers)
        assert status < 300, data
        return json.loads(data)

    def vote(self):
        self.n += 1
        body = {"asking": "1", "round": 1, "answer": "a", "n": self.n}
        assert self.post(f"/{self.code}/vote", body, self.token) == {"counted": True}

    def log(self):
        """What the server has said since it was asked last."""
        return self._log.read()


@pytest.fixture(scope="module")
def server():
    with (
        tempfile.NamedTemporaryFile("w+") as log,
        open(log.name) as reading,
        serving("streamlit_app.py", ROOT, log=log) as (address, _),
    ):
        yield Server(address, reading)


def visit(server, step):
    """Let a stranger try something beside a witness, who goes on."""

    async def play():
        witness, stranger = Visitor(server.address), Visitor(server.address)
        await witness.enter("gates")
        session = witness.session
        try:
            result = await step(witness, stranger)
            await witness.run()
            assert witness.find("cell_step") and witness.exceptions == [] and witness.session == session
            await asyncio.to_thread(server.vote)
            return result
        finally:
            await leave(witness, stranger)

    server.log()
    result = asyncio.run(asyncio.wait_for(play(), LIMIT))
    said = server.log()
    # What Streamlit makes of a value of another type stands in the log, as a fault of that visitor's run.
    at = said.find("Exception in ASGI application")
    assert at < 0, said[at : at + 3_000]
    return result


async def is_quiet(stranger):
    """Whether the stranger is told nothing of the server: no path, no name of an error."""
    with contextlib.suppress(TimeoutError):
        while await asyncio.wait_for(stranger.hear(), 0.3) != "closed":
            pass
    assert stranger.traces == []
    assert not any("/" in words or "Error" in words for words in stranger.exceptions), stranger.exceptions
    return True


async def opened(server, *protocols, origin=None, **headers):
    """A socket that somebody opens who is no visitor of ours."""
    return await websockets.connect(
        f"ws://{server.netloc}/_stcore/stream",
        subprotocols=protocols or None,
        origin=origin,
        ping_interval=None,
        additional_headers=headers,
        open_timeout=LIMIT,
        max_size=None,
        compression=None,
    )


@pytest.mark.parametrize("path", PATHS, ids="/".join)
def test_a_field_before_a_session_and_in_one(server, path):
    async def step(witness, stranger):
        for value in values_of(path):
            data = message_with(path, value).SerializeToString()
            with contextlib.suppress(websockets.ConnectionClosed):
                socket = await opened(server, "streamlit")
                await socket.send(data)
                await socket.close()
        await stranger.enter("gates")
        theirs = [*list(witness.widgets)[:2], "", "x"]
        own = list(stranger.widgets)[:2]
        widgets = theirs + own if "widgets" in path else [""]
        with contextlib.suppress(websockets.ConnectionClosed):
            for value in values_of(path)[:8]:
                for widget in widgets:
                    message = message_with(path, value, widget)
                    if path[0] == "rerun_script" and not message.rerun_script.page_script_hash:
                        message.rerun_script.page_script_hash = stranger.rerun().rerun_script.page_script_hash
                    await stranger.say(message)
                    await asyncio.sleep(0)
        assert await is_quiet(stranger)

    visit(server, step)


# -- the handshake --

COMES_BACK = {
    "nobody": "00000000-0000-0000-0000-000000000000",
    "a way out": "../../etc/passwd",
    "markup": "<b>",
    "a number": "1",
    "all": "*",
    "very long": "a" * 6_000,
    "a format": "%s{0}",
    "null": "null",
}


@pytest.mark.parametrize("name", [*COMES_BACK, "a letter of the witness' own"])
def test_a_session_to_come_back_to_that_is_none(server, name):
    async def step(witness, stranger):
        last = "0" if witness.session[-1] != "0" else "1"
        session = COMES_BACK.get(name, witness.session[:-1] + last)
        try:
            words = {"Sec-WebSocket-Protocol": f"streamlit, x, {session}"}
            socket = await opened(server, **words)
        except (websockets.InvalidHandshake, websockets.InvalidMessage):
            return  # refused, or taken with a protocol that this client has not asked for
        await socket.send(stranger.rerun().SerializeToString())
        await asyncio.wait_for(socket.recv(), LIMIT)
        await socket.close()

    visit(server, step)


OTHERS = {
    "another site": {"origin": "https://elsewhere"},
    "no origin that is one": {"origin": "null"},
    "an origin that begins alike": {"origin": "http://127.0.0.1.elsewhere"},
    "an origin with a name": {"origin": "http://127.0.0.1@elsewhere"},
    "a file": {"origin": "file://"},
    "an extension": {"origin": "chrome-extension://x"},
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_socket_from_another_sites_page(server, name):
    async def step(witness, stranger):
        with pytest.raises(websockets.InvalidStatus) as refused:
            await opened(server, "streamlit", **OTHERS[name])
        assert refused.value.response.status_code == 403

    visit(server, step)


FRAMES = {
    "text": lambda socket: socket.send("hello"),
    "text that is JSON": lambda socket: socket.send('{"rerun_script": {}}'),
    "nothing": lambda socket: socket.send(b""),
    "pieces": lambda socket: socket.send([b"\xff"] * 500),
    "25 MB": lambda socket: socket.send(bytes(25 * 2**20)),
    "25 MB in pieces": lambda socket: socket.send([bytes(2**20)] * 25),
    "a ping of many": lambda socket: socket.ping(b"x" * 125),
    "a pong of nobody's": lambda socket: socket.pong(b"x"),
    "a farewell of its own": lambda socket: socket.close(4_999, "x" * 120),
    "noise below it all": lambda socket: _raw(socket, b"\xff" * 500),
    "a frame without a mask": lambda socket: _raw(socket, b"\x82\x05hello"),
    "a frame of 2^63 bytes": lambda socket: _raw(socket, b"\x82\xff" + b"\x7f" + b"\xff" * 7 + bytes(4)),
    "half a frame": lambda socket: _raw(socket, b"\x82\xfe\x0f\xff" + bytes(4) + b"x" * 9),
    "half characters": lambda socket: _raw(socket, b"\x81\x82" + bytes(4) + b"\xff\xfe"),
    "a bit that is reserved": lambda socket: _raw(socket, b"\xf2\x81" + bytes(4) + b"x"),
    "a piece of no message": lambda socket: _raw(socket, b"\x80\x81" + bytes(4) + b"x"),
    "a control of 200 bytes": lambda socket: _raw(socket, b"\x89\xfe\x00\xc8" + bytes(204)),
}


async def _raw(socket, data):
    socket.transport.write(data)


@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_that_no_browser_sends(server, name):
    async def step(witness, stranger):
        socket = await opened(server, "streamlit")
        with contextlib.suppress(websockets.ConnectionClosed, TimeoutError):
            await asyncio.wait_for(FRAMES[name](socket), 20)
            await asyncio.wait_for(socket.recv(), 0.5)
        socket.transport.abort()

    visit(server, step)


# -- what Streamlit serves beside its socket --

FILES = {
    "a medium that is none": ("GET", "/media/x", (404,)),
    "a medium of a hash": ("GET", f"/media/{'0' * 64}.png", (404,)),
    "a medium above": ("GET", "/media/../../etc/passwd", (400, 404)),
    "a medium above, packed": ("GET", "/media/%2e%2e%2f%2e%2e%2fetc/passwd", (400, 404)),
    "a medium with NUL": ("GET", "/media/%00", (400, 404)),
    "a medium, very long": ("GET", f"/media/{'x' * 9_000}", (404,)),
    "all media": ("GET", "/media/", (404,)),
    "a medium to delete": ("DELETE", "/media/x", (404, 405)),
    "a component that is none": ("GET", "/component/x/index.html", (404,)),
    "a component above": ("GET", "/component/x/../../../etc/passwd", (400, 404)),
    "a component on another machine": ("GET", "/component/%5C%5Celsewhere%5Cx", (400, 404)),
    "a component of ours": ("GET", "/_stcore/bidi-components/x/y.js", (404,)),
    "a component of ours above": ("GET", "/_stcore/bidi-components/..%2f..%2fetc/passwd", (400, 404)),
    "the root of the machine": ("GET", "/_stcore/bidi-components//etc/passwd", (400, 404)),
    "our own source": ("GET", "/app/static/streamlit_app.py", (400, 404)),
    "our own source above": ("GET", "/app/static/../streamlit_app.py", (400, 404)),
    "another machine": ("GET", "//elsewhere/share", (400, 404)),
    "settings": ("GET", "/.streamlit/config.toml", (400, 404)),
    "an upload to nobody": ("PUT", "/_stcore/upload_file/x/y", (400, 403, 411)),
    "an upload of no bytes": ("POST", "/_stcore/upload_file/x/y", (405,)),
    "an upload that is not there": ("GET", "/_stcore/upload_file/x/y", (405,)),
    "another's upload to delete": ("DELETE", "/_stcore/upload_file/{session}/y", (403,)),
    "an upload from another site": ("OPTIONS", "/_stcore/upload_file/x/y", (204,)),
    "an agent": ("POST", "/_stcore/agent/interact", (403,)),
    "a tool": ("POST", "/_stcore/agent/mcp", (400, 403)),
    "an agent's description": ("GET", "/_stcore/agent/openapi.json", (200,)),
    "figures": ("GET", "/_stcore/metrics?families=x", (200,)),
    "figures a thousand times": ("GET", "/_stcore/metrics?" + "families=x&" * 1_000, (200,)),
    "a run of the page": ("GET", "/_stcore/script-health-check", (200, 404)),
    "a login": ("GET", "/auth/login?provider=x", (302, 404)),
    "a login from elsewhere": ("GET", "/oauth2callback?state=x&code=y", (302, 404)),
    "a socket without one": ("GET", "/_stcore/stream", (404, 426)),
}


@pytest.mark.parametrize("name", FILES)
def test_an_address_of_streamlits(server, name):
    method, path, statuses = FILES[name]

    async def step(witness, stranger):
        return await asyncio.to_thread(
            server.request,
            method,
            path.replace("{session}", witness.session),
            None if method == "GET" else b"{}" * (method != "PUT" or 1),
            {"origin": "https://elsewhere"},
        )

    status, headers, body = visit(server, step)
    is_page = b"<title>Streamlit</title>" in body  # any other address is one of a page
    assert status in statuses or (status == 200 and is_page), (status, body[:200])
    assert not any(
        secret in body for secret in (b"root:", b"import streamlit", b"Traceback", str(ROOT).encode())
    )
    assert headers.get("Access-Control-Allow-Origin") is None
    assert not headers.get("location", "/").startswith(("http", "//"))
