"""A server of the app and a browser to look at it with."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# Headless, and quiet: none of the browser's own calls to the network.
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(script, folder, port=None, options=(), database="", log=None, python=(sys.executable,)):
    """A fresh server of a script, on a free port if none is named; yields its address and its process.

    database: of its rooms, "" for that of all tests, in memory.  log: a file for what it says.  python: what
    runs it.
    """
    port = port or free_port()
    command = [
        *python, "-m", "streamlit", "run", script, "--server.headless", "true",
        "--server.address", "127.0.0.1", "--server.port", str(port), "--browser.gatherUsageStats", "false",
        *options,
    ]  # fmt: skip
    # Not a pipe: one that nobody reads fills up, and the server waits.
    with log or tempfile.TemporaryFile("w+") as log, _started(command, folder, log, database) as process:
        address = f"http://127.0.0.1:{port}"
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=1)
                break
            except OSError:
                assert process.poll() is None, (log.seek(0), log.read())[1]
                time.sleep(0.1)
        yield address, process


@contextmanager
def _started(command, folder, log, database):
    env = {"COURSE_DATABASE": "sqlite://", **os.environ} | ({"COURSE_DATABASE": database} if database else {})
    process = subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=subprocess.STDOUT, text=True)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def running_app():
    """A fresh server of the course on a free port; yields its address."""
    with serving("streamlit_app.py", ROOT) as (address, _):
        yield address


@pytest.fixture(scope="session")
def address():
    """One server for the tests that do not need their own."""
    with running_app() as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    """Chromium.  Without it the tests are skipped, but never in CI."""
    if CHROMIUM is None:
        assert not os.environ.get("CI"), "CI needs Chromium"
        pytest.skip("no Chromium on this machine")
    playwright = pytest.importorskip("playwright.sync_api")
    playwright.expect.set_options(timeout=15_000)  # a busy machine is no failure
    with playwright.sync_playwright() as p:
        browser = p.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(params=[(1280, "light"), (360, "dark")], ids=["projector-light", "phone-dark"])
def page(request, browser):
    """A new visitor, on a projector and on a phone."""
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def listen(page):
    """Keep what a page sends through its socket in `page.sent`, and the addresses it asks in `page.asked`."""
    page.sent, page.asked = [], []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: page.sent.append(frame)))
    page.on("request", lambda request: page.asked.append(request.url) if "/api/" in request.url else None)
    return page


@pytest.fixture
def visitor(browser):
    """A projector; what is sent through the socket is in `page.sent`, what is asked in `page.asked`."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    context.set_default_timeout(20_000)
    yield listen(context.new_page())
    context.close()


@pytest.fixture(scope="module")
def course_with_samples(tmp_path_factory):
    """The address of a course with rooms of its own, which can be asked samples of all kinds, and whose
    database a test can take away."""
    file = tmp_path_factory.mktemp("rooms") / "rooms.sqlite"
    with serving("tests/browser/class_course.py", ROOT, database=f"sqlite:///{file}") as (address, _):
        yield address


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server of rooms alone, without Streamlit, on a database of its own."""
    from tests.browser.class_room import room_server  # which needs this file

    with room_server(tmp_path_factory.mktemp("rooms")) as server:
        yield server
