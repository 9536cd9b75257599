"""How phones find a room: the QR code, and the address that a laptop says of itself."""

import asyncio
import json
import re
import xml.etree.ElementTree as ET
from urllib.parse import quote

import pytest
import segno

from lesson.classroom.server import joining
from lesson.classroom.server.http import Classroom
from lesson.classroom.server.joining import LONGEST_ADDRESS, QUIET_ZONE, network_address, qr_svg
from lesson.classroom.server.rooms import Rooms
from lesson.classroom.storage.log import Log

LAPTOP = ("127.0.0.1", 50_000)
SVG = "{http://www.w3.org/2000/svg}"


async def request(app, path, headers=(), client=LAPTOP, query=""):
    """Status, headers and body of a GET."""
    messages = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        messages.append(message)

    scope = {
        "type": "http", "method": "GET", "path": path, "query_string": query.encode(), "client": client,
        "headers": [(name.encode(), value.encode()) for name, value in dict(headers).items()],
    }  # fmt: skip
    await app(scope, receive, send)
    body = b"".join(message.get("body", b"") for message in messages[1:])
    return messages[0]["status"], dict(messages[0]["headers"]), body


def ask(path, **way):
    """What a room answers to a GET below its address; CODE in what is asked is its code."""

    async def run():
        rooms = Rooms(Log(lambda: "sqlite://"))
        code, _ = await rooms.open()
        query = way.pop("query", "").replace("CODE", code)
        answer = await request(Classroom(None, rooms, list), f"/api/rooms/{code}{path}", query=query, **way)
        await rooms.stop()
        return code, *answer

    return asyncio.run(run())


def modules(svg):
    """Which modules of a QR code's picture are dark, by row, without its margin."""
    root = ET.fromstring(svg)
    size = int(root.get("viewBox").split()[2])
    rows = [[0] * size for _ in range(size)]
    x = y = 0.0
    for word, numbers in re.findall(r"([mMh])([^mMh]*)", root.findall(f"{SVG}path")[-1].get("d")):
        values = [float(number) for number in re.findall(r"-?\d*\.?\d+", numbers)]
        if word == "h":
            for place in range(int(x), int(x + values[0])):
                rows[int(y)][place] = 1
            x += values[0]
        else:
            x, y = values if word == "M" else (x + values[0], y + values[1])
    return [row[QUIET_ZONE:-QUIET_ZONE] for row in rows[QUIET_ZONE:-QUIET_ZONE]]


@pytest.mark.parametrize(
    "address",
    [
        "http://192.168.178.23:8501/j/ACD346",
        "https://lstm.example.org/course/j/ACD346",
        "http://[fd00::1]/j/A",
    ],
)
def test_the_picture_is_the_code_of_the_address(address):
    matrix = [list(row) for row in segno.make_qr(address, error="m").matrix]
    assert modules(qr_svg(address)) == matrix
    assert modules(qr_svg(address + "7")) != matrix


def test_a_rooms_code_is_drawn_for_its_own_address():
    address = quote("http://10.0.0.7:8501/course/j/CODE", safe="")
    code, status, headers, body = ask("/qr.svg", query=f"address={address}")
    assert (status, headers[b"content-type"]) == (200, b"image/svg+xml")
    assert body == qr_svg(f"http://10.0.0.7:8501/course/j/{code}")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "http://10.0.0.7/j/ACDEFG7",
        "http://10.0.0.7/p/CODE",
        "ftp://10.0.0.7/j/CODE",
        "javascript:alert(1)//j/CODE",
        "http://class@evil.example/j/CODE",
        "http://10.0.0.7/?next=/j/CODE",
        "http://10.0.0.7/#/j/CODE",
        "http://10.0.0.7/j/CODE/",
        "http://10.0.0.7/j/CODE\n",
        'http://10.0.0.7/"><script>/j/CODE',
        "http:///j/CODE",
        f"http://{'a' * LONGEST_ADDRESS}/j/CODE",
    ],
)
def test_no_other_address_is_drawn(address):
    code, status, _, body = ask("/qr.svg", query=f"address={quote(address, safe='')}")
    assert status == 422
    assert json.loads(body)["error"] == f"The address has to end in /j/{code}, and to begin with http."


def test_no_code_is_drawn_for_a_room_that_never_was():
    async def run():
        rooms = Rooms(Log(lambda: "sqlite://"))
        answer = await request(Classroom(None, rooms, list), "/api/rooms/ACDEFG/qr.svg")
        await rooms.stop()
        return answer

    assert asyncio.run(run())[0] == 404


@pytest.fixture
def in_a_network(monkeypatch):
    monkeypatch.setattr(joining, "network_address", lambda: "192.168.178.23")


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8501", "[::1]:8501"])
def test_a_laptop_says_its_address_in_the_network(in_a_network, host):
    assert json.loads(ask("/address", headers={"host": host})[-1]) == {"host": "192.168.178.23:8501"}


def test_without_a_port_none_is_said(in_a_network):
    assert json.loads(ask("/address", headers={"host": "localhost"})[-1]) == {"host": "192.168.178.23"}


@pytest.mark.parametrize(
    "way",
    [
        {"headers": {"host": "lstm.example.org"}},
        {"headers": {"host": "localhost:8501"}, "client": ("203.0.113.9", 1)},
        {"headers": {"host": "localhost:8501"}, "client": None},
        {"headers": {"host": "localhost:8501", "x-forwarded-for": "203.0.113.9"}},
        {"headers": {"host": "localhost:none"}},
    ],
    ids=["a name", "from elsewhere", "from nowhere", "through a proxy", "no port"],
)
def test_nobody_else_is_told_of_the_servers_network(in_a_network, way):
    assert json.loads(ask("/address", **way)[-1]) == {"host": way["headers"]["host"]}


def test_without_a_network_the_address_stays(monkeypatch):
    monkeypatch.setattr(joining, "network_address", lambda: "")
    assert json.loads(ask("/address", headers={"host": "localhost:8501"})[-1]) == {"host": "localhost:8501"}


def test_the_own_address_is_one_that_others_can_reach():
    assert not network_address().startswith("127.")
