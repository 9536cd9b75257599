"""Keeping and bringing along in a real browser: downloads, uploads, and what is too large for either."""

import contextlib
import csv
import http.client
import re
import time
import uuid
from pathlib import Path
from urllib.parse import urlparse

import pytest

from lesson.frame.files import ROOT
from lstm.storage.checkpoint import read
from tests.browser.conftest import serving
from tests.browser.visit import settled, sideways

expect = pytest.importorskip("playwright.sync_api").expect

MB = 2**20
PAGE = """
import streamlit as st

from lesson.training.live.downloads import offer_downloads
from lesson.training.live.own_checkpoint import choose_own_checkpoint, show_model
from lesson.training.live.own_text import choose_own_text
from tests.lesson.training.live.recording import SMALL, Server, recorded_run

st.set_page_config(layout="wide")


@st.cache_resource
def run():
    recording, done = recorded_run(SMALL)
    return recording, Server(done)


@st.fragment(run_every=0.25 if "live" in st.query_params else None)
def look():
    offer_downloads(*run())


if st.toggle("elsewhere"):
    st.stop()
if (model := choose_own_checkpoint()) is not None:
    show_model(model)
st.markdown("A text" if choose_own_text(50, 32) else "No text")
look()
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server of a page that keeps and takes; its address and its process."""
    script = tmp_path_factory.mktemp("page") / "page.py"
    script.write_text(PAGE, "utf-8")
    with serving(str(script), ROOT) as (address, process):
        yield address, process


def memory(process, name="VmRSS"):
    """Of a process, in MB."""
    lines = Path(f"/proc/{process.pid}/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024


def memory_at_rest(process):
    """The same once it has stood still for a second: a server that has just begun still prepares itself."""
    before, after = -1.0, memory(process)
    while abs(after - before) > 1:
        time.sleep(1)
        before, after = after, memory(process)
    return after


def opened(page, server, query=""):
    page.goto(f"{server[0]}/{query}")
    expect(page.get_by_text("No text")).to_be_visible()
    return page.get_by_test_id("stFileUploader")


def give(uploader, path):
    uploader.locator("input[type=file]").set_input_files(path)


def test_three_files_come_down_while_pages_of_others_run(page, server):
    opened(page, server, "?live=1")
    assert sideways(page) <= 0
    page.get_by_role("button", name="Keep this run").click()
    for label, name in (
        ("Checkpoint at step 11", "places_lstm_8.npz"), ("History of 11", "places_lstm_8.csv"),
        ("Script that repeats the run", "places_lstm_8.py"),
    ):  # fmt: skip
        button = page.get_by_role("button", name=label)
        page.wait_for_timeout(1_000)  # a few runs of the page later the file is still there
        with page.expect_download() as download:
            button.click()
        assert download.value.suggested_filename == name
        path = download.value.path()
        if name.endswith("npz"):
            assert read(path).training["step"] == 11
        elif name.endswith("csv"):
            assert len(list(csv.reader(path.read_text().splitlines()))) == 12
        else:
            compile(path.read_text("utf-8"), name, "exec")
    assert sideways(page) <= 0


def test_a_hundred_megabytes_are_not_sent(page, server, tmp_path):
    (tmp_path / "large.npz").write_bytes(bytes(100 * MB))
    (tmp_path / "large.txt").write_bytes(b"abcd" * MB)
    uploaders = opened(page, server)
    before = memory_at_rest(server[1])
    give(uploaders.nth(0), tmp_path / "large.npz")
    expect(uploaders.nth(0)).to_contain_text("File must be 10.0MB or smaller.")
    give(uploaders.nth(1), tmp_path / "large.txt")
    expect(uploaders.nth(1)).to_contain_text("File must be 1.0MB or smaller.")
    settled(page)
    assert memory(server[1]) < before + 5
    assert sideways(page) <= 0


def test_a_hundred_megabytes_that_are_sent_all_the_same_are_not_taken(browser, server, tmp_path):
    """By whoever leaves the browser's own check out."""
    context = browser.new_context()
    page, sent = context.new_page(), []
    page.on("request", lambda request: sent.append(request) if request.method == "PUT" else None)
    give(opened(page, server).nth(0), ROOT / "assets" / "models" / "places.npz")
    expect(page.get_by_text("knows 47 characters")).to_be_visible()
    place = urlparse(sent[0].url)
    cookies = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in context.cookies())
    headers = {
        "X-Xsrftoken": sent[0].all_headers().get("x-xsrftoken", ""),
        "Cookie": cookies,
        "Content-Type": "multipart/form-data; boundary=here",
    }
    start = b'--here\r\nContent-Disposition: form-data; name="f"; filename="f.npz"\r\n\r\n'

    def body():
        yield start
        yield from (bytes(MB) for _ in range(100))
        yield b"\r\n--here--\r\n"

    before = memory_at_rest(server[1])
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=60)
    path = f"{place.path.rpartition('/')[0]}/{uuid.uuid4()}"
    with contextlib.suppress(OSError):  # it may hang up before all is sent
        connection.request("PUT", path, body(), headers, encode_chunked=True)
    assert connection.getresponse().status == 413
    assert memory(server[1]) < before + 15
    context.close()


def test_a_checkpoint_is_described_kept_and_not_lost_to_a_bad_file(page, server, tmp_path):
    bad = tmp_path / "**bold** <b>.npz"
    bad.write_bytes(b"\x80\x04.")
    uploader = opened(page, server).nth(0)
    give(uploader, ROOT / "assets" / "models" / "rhymes.npz")
    expect(page.get_by_text("knows 54 characters")).to_be_visible()
    picture = page.locator("svg.picture")
    expect(picture).to_have_attribute("aria-label", re.compile("the uploaded network: training from 3."))
    give(uploader, bad)
    expect(page.get_by_text("The file is a pickle and is never opened")).to_be_visible()
    expect(uploader).to_contain_text("**bold** <b>.npz")
    expect(page.get_by_text("knows 54 characters")).to_be_visible()
    assert sideways(page) <= 0
    page.get_by_text("elsewhere").click()
    expect(page.get_by_text("knows 54 characters")).to_have_count(0)
    page.get_by_text("elsewhere").click()
    expect(page.get_by_text("knows 54 characters")).to_be_visible()


def test_a_pasted_megabyte_is_taken_and_more_stays_to_be_shortened(page, server):
    opened(page, server)
    area = page.get_by_role("textbox", name="Paste it here")
    area.fill("ab c" * (MB // 4) + "x")
    page.get_by_role("button", name="Use this text").click()
    expect(page.get_by_text("The text is larger than 1 MB; take a part of it.")).to_be_visible()
    assert len(area.input_value()) == MB + 1
    area.fill("ab c" * (MB // 4))
    page.get_by_role("button", name="Use this text").click()
    expect(page.get_by_text("Your text has 1,048,576 characters, 4 of them different.")).to_be_visible()
    expect(page.get_by_text("A text", exact=True)).to_be_visible()
    page.get_by_text("Your text", exact=True).click()
    expect(area).to_have_value("")
    page.get_by_text("elsewhere").click()
    expect(page.get_by_text("A text", exact=True)).to_have_count(0)
    page.get_by_text("elsewhere").click()
    expect(page.get_by_text("A text", exact=True)).to_be_visible()
