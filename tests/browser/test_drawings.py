"""The code of drawings: by an address of its own, or through Streamlit's socket."""

import pytest
from playwright.sync_api import expect

from tests.browser.visit import settled

MARK = "showCell"  # a function of the cell's code


@pytest.fixture
def frames(visitor):
    """What comes through the socket, as text."""
    came = []
    visitor.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda frame: came.append(frame)),
    )
    return came


def has_code(frames):
    return any(MARK.encode() in (frame.encode() if isinstance(frame, str) else frame) for frame in frames)


def test_the_code_of_a_drawing_comes_once_beside_the_socket_and_packed(visitor, address, frames):
    replies = []
    visitor.on("response", lambda reply: replies.append(reply) if "/scripts/" in reply.url else None)
    visitor.goto(f"{address}/gates")
    settled(visitor)
    expect(visitor.locator(".cell svg").first).to_be_visible()
    (reply,) = replies
    assert reply.headers["content-encoding"] == "gzip" and "immutable" in reply.headers["cache-control"]
    assert MARK in reply.text()
    assert not has_code(frames)


ANSWERS = {
    "nothing": lambda route: route.abort(),
    "a page": lambda route: route.fulfill(content_type="text/html", body="<h1>Log in</h1>"),
    "another script": lambda route: route.fulfill(content_type="text/javascript", body="export const x = 1"),
    "an error": lambda route: route.fulfill(status=502, body="bad gateway"),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_where_a_host_lets_no_plain_request_through_the_code_comes_through_the_socket(
    visitor, address, frames, answer
):
    visitor.route("**/scripts/**", ANSWERS[answer])
    visitor.goto(f"{address}/gates")
    settled(visitor)
    expect(visitor.locator(".cell svg").first).to_be_visible()
    assert has_code(frames)
    # It is asked for once; the next drawings come through the socket at once.
    names = []
    visitor.on("request", lambda request: names.append(request.url) if "/scripts/" in request.url else None)
    visitor.get_by_text("Over time", exact=True).first.click()
    expect(visitor.locator("[data-drawing] svg").first).to_be_visible()
    assert names == []


def test_the_lecturer_s_screen_says_so_where_its_code_does_not_come(visitor, address):
    visitor.route("**/scripts/**", lambda route: route.abort())
    visitor.goto(f"{address}/class")
    settled(visitor)
    expect(visitor.locator("[data-host]")).to_have_text(
        "The server can’t be reached at present. Reload the page in a moment."
    )
    visitor.unroute("**/scripts/**")
    visitor.reload()
    expect(visitor.get_by_role("button", name="Open a room")).to_be_visible()
