"""Asking the server: below a base path, through Streamlit's channel, in a frame of another site, and while
the server restarts."""

import http.server
import threading
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from lesson.frame.query import Query
from lesson.gradients.explosion.rnn_answers import explosion
from tests.browser.conftest import ROOT, free_port, serving
from tests.browser.visit import settled

PAGE = "gradients?view=Explosion"
NAME = "Spectral radius of the RNN"


def words(radius):
    """What the page says of a radius, up to the first number that is written with markup."""
    return explosion(Query({"explode": radius}))["frames"][0]["alt"]


def noted(page):
    """Requests for answers, and frames sent through the socket, from now on."""
    asked, sent = [], []
    page.on("request", lambda request: asked.append(request.url) if "/api/" in request.url else None)
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    return asked, sent


def press(frame, times=1):
    """Press the left arrow key on the slider."""
    slider = frame.get_by_role("slider", name=NAME)
    slider.focus()
    for _ in range(times):
        slider.press("ArrowLeft")


def opened(page, url):
    page.goto(url)
    expect(page.get_by_role("slider", name=NAME)).to_be_visible(timeout=30_000)
    expect(page.locator(".words")).to_contain_text(words("2.5"))
    settled(page)


@pytest.fixture
def visitor(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def plain_script(tmp_path_factory):
    """A host that runs the launcher as a plain script: it knows no route of ours."""
    script = tmp_path_factory.mktemp("host") / "plain.py"
    script.write_text(
        "import os, runpy, sys\n"
        f"os.chdir({str(ROOT)!r}); sys.path.insert(0, {str(ROOT)!r})\n"
        f"runpy.run_path({str(ROOT / 'streamlit_app.py')!r}, run_name='__main__')\n",
        "utf-8",
    )
    with serving(str(script), ROOT) as (address, _):
        yield address


def test_a_press_is_answered_by_plain_http_and_nothing_goes_through_the_socket(visitor, address):
    asked, sent = noted(visitor)
    opened(visitor, f"{address}/{PAGE}")
    sent.clear()
    press(visitor, 10)
    expect(visitor.locator(".words")).to_contain_text(words("1.5"))
    expect(visitor).to_have_url(f"{address}/{PAGE}&explode=1.5")
    assert sent == []
    assert len(asked) == 2  # when it was opened, and along the slider when it was taken in hand


def test_below_a_base_path(visitor):
    with serving("streamlit_app.py", ROOT, options=("--server.baseUrlPath", "course")) as (address, _):
        asked, sent = noted(visitor)
        opened(visitor, f"{address}/course/{PAGE}")
        sent.clear()
        press(visitor, 10)
        expect(visitor.locator(".words")).to_contain_text(words("1.5"))
        assert sent == []
        assert all(url.startswith(f"{address}/course/api/gradients/explosion?") for url in asked)


def test_where_no_plain_request_comes_through_streamlits_channel_answers(visitor, plain_script):
    asked, sent = noted(visitor)
    visitor.goto(plain_script)  # a deep link as first request is another matter
    settled(visitor)
    opened(visitor, f"{plain_script}/{PAGE}")
    asked.clear()
    sent.clear()
    press(visitor, 10)
    expect(visitor.locator(".words")).to_contain_text(words("1.5"))
    assert asked == []
    assert 1 <= len(sent) <= 3


@contextmanager
def site(page):
    """Another site with a page of that HTML; yields its address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *args): ...

    server = http.server.ThreadingHTTPServer(("127.0.0.2", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.2:{server.server_port}/"
    server.shutdown()


def test_in_a_frame_of_another_site(visitor, address):
    asked, sent = noted(visitor)
    with site(f'<iframe src="{address}/{PAGE}&embed=true" width="1200" height="900"></iframe>') as other:
        visitor.goto(other)
        frame = visitor.frame_locator("iframe")
        expect(frame.locator(".words")).to_contain_text(words("2.5"), timeout=30_000)
        sent.clear()
        press(frame, 10)
        expect(frame.locator(".words")).to_contain_text(words("1.5"))
        assert sent == []
        assert asked


def test_while_the_server_restarts_the_picture_stays_and_then_goes_on(visitor):
    port = free_port()
    with serving("streamlit_app.py", ROOT, port) as (address, _):
        opened(visitor, f"{address}/{PAGE}")
    press(visitor)  # nobody is there to say what is seen at 2.4
    expect(visitor.get_by_text("The server does not answer at the moment")).to_be_visible()
    expect(visitor.locator(".words")).to_contain_text(words("2.5"))
    with serving("streamlit_app.py", ROOT, port):
        expect(visitor.locator(".words")).to_contain_text(words("2.4"), timeout=30_000)
        press(visitor, 9)
        expect(visitor.locator(".words")).to_contain_text(words("1.5"))
        expect(visitor.get_by_text("The server does not answer at the moment")).to_be_hidden()
        expect(visitor.locator("#lstm-new-version")).to_have_count(0)


def test_a_page_of_before_an_update_says_that_it_must_be_reloaded(visitor, address):
    opened(visitor, f"{address}/{PAGE}")
    visitor.evaluate("window.lstmVersion = 'that of before'")
    press(visitor, 10)
    notice = visitor.locator("#lstm-new-version")
    expect(notice).to_contain_text("The course has been updated")
    expect(visitor.locator(".words")).to_contain_text(words("1.5"))
    notice.get_by_role("button").click()
    expect(notice).to_have_count(0)
    expect(visitor.locator(".words")).to_contain_text(words("1.5"))


def test_sliders_answer_while_the_socket_is_away(visitor, address):
    visitor.add_init_script(
        """const Socket = WebSocket
        window.sockets = []
        window.WebSocket = class extends Socket {
          constructor(...where) {
            if (window.isAway) throw new Error("away")
            super(...where)
            window.sockets.push(this)
          }
        }"""
    )
    opened(visitor, f"{address}/{PAGE}")
    visitor.evaluate("window.isAway = true; window.sockets.forEach((socket) => socket.close())")
    press(visitor, 10)
    expect(visitor.locator(".words")).to_contain_text(words("1.5"))
