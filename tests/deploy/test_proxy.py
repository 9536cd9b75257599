"""The proxy of deploy/ in front of three servers: who is sent where, and what a server's death does."""

import asyncio
import http.client
import json
import re
import socket
import time
from collections import Counter

import pytest

from tests.load.visitor import Visitor
from tests.waiting import wait_until

pytestmark = pytest.mark.slow
PAGE = {"accept": "text/html,application/xhtml+xml"}


class Browser:
    """It keeps the proxy's cookie, and asks over a new connection each time."""

    def __init__(self, cluster, **headers):
        self.cluster, self.headers, self.cookie, self.replies = cluster, headers, "", []

    def ask(self, path, method="GET", body=None, **headers):
        """Ask; returns the status and the body."""
        connection = http.client.HTTPConnection(self.cluster.netloc, timeout=60)
        headers = {**self.headers, **headers}
        if self.cookie:
            headers["cookie"] = f"course={self.cookie}"
        data = None
        if method == "POST":
            headers["content-type"], data = "application/json", json.dumps(body)
        connection.request(method, path, data, headers)
        reply = connection.getresponse()
        text = reply.read()
        connection.close()
        self.replies.append(reply)
        if cookies := re.findall(r"course=(\w+)", reply.headers.get("set-cookie", "")):
            self.cookie = cookies[0]
        return reply.status, text

    @property
    def new_cookies(self):
        """The cookies that were set, one after the other."""
        return [reply.headers["set-cookie"] for reply in self.replies if "set-cookie" in reply.headers]


def log_of(cluster):
    return (cluster.folder / "nginx.log").read_text("utf-8")


def asked_last(cluster, path, count):
    """The addresses of those who were asked for a path, for so many requests, as the proxy's log has them.

    It is written after the reply.
    """
    wait_until(lambda: log_of(cluster).count(f" {path} ") >= count)
    time.sleep(0.1)
    lines = [line for line in log_of(cluster).splitlines() if f" {path} " in line]
    return [re.search(r" by (.+?)( [\d, ]+)$", line)[1] for line in lines[-count:]]


def test_a_visitor_gets_a_cookie_once_and_stays_on_one_server(running):
    browser = Browser(running, **PAGE)
    for _ in range(12):
        assert browser.ask("/gates?stays=1")[0] == 200
    (cookie,) = browser.new_cookies
    assert cookie == f"course={browser.cookie}; Path=/; HttpOnly; SameSite=Lax"
    server = running.servers[int(browser.cookie.removeprefix("server")) - 1]
    assert asked_last(running, "/gates", 12) == 12 * [server.netloc]


def test_all_servers_get_visitors(running):
    names = Counter()
    for _ in range(60):
        browser = Browser(running, **PAGE)
        browser.ask("/")
        names[browser.cookie] += 1
    assert set(names) == {"server1", "server2", "server3"}  # by chance: one in 10¹⁰ times not


def test_who_refuses_cookies_stays_on_one_server_all_the_same(running):
    """All that a page asks after it has been opened; with a kind of browser of its own."""
    browser = Browser(running, **{"accept": "*/*", "user-agent": "in a frame of another site"})
    for _ in range(8):
        browser.cookie = ""
        browser.ask("/_stcore/host-config")
    assert len(set(asked_last(running, "/_stcore/host-config", 8))) == 1


def test_a_cookie_that_somebody_else_has_made_is_replaced(running):
    browser = Browser(running, **PAGE)
    browser.cookie = "server4"
    assert browser.ask("/")[0] == 200
    assert browser.cookie in ("server1", "server2", "server3")


def test_with_tls_the_cookie_comes_along_in_a_frame_of_another_site(running):
    browser = Browser(running, **PAGE, **{"x-forwarded-proto": "https"})
    browser.ask("/")
    (cookie,) = browser.new_cookies
    assert cookie.endswith("; HttpOnly; SameSite=None; Secure; Partitioned")


def test_each_server_says_through_the_proxy_that_it_is_ready(running):
    wait_until(lambda: all(server.is_ready() for server in running.servers))
    for number in (1, 2, 3):
        browser = Browser(running)
        browser.cookie = f"server{number}"
        before = log_of(running).count(" /healthz ")
        status, body = browser.ask("/healthz")
        assert (status, json.loads(body)) == (200, {"state": "ready"}) and browser.new_cookies == []
        assert asked_last(running, "/healthz", before + 1)[-1] == running.servers[number - 1].netloc


def test_a_page_comes_through_streamlit_s_own_channel(running):
    async def open_pages():
        visitor = Visitor(running.address)
        await visitor.enter("gates")
        await visitor.go("cheatsheet")
        words, faults = visitor.read(), visitor.exceptions
        await visitor.leave()
        return words, faults

    words, faults = asyncio.run(open_pages())
    assert len(words) > 1000 and faults == []


def test_another_site_s_page_changes_nothing(running):
    """What the rooms compare comes through unchanged: the host with its port."""
    browser = Browser(running)
    assert browser.ask("/api/rooms", "POST", {}, origin=running.address)[0] == 201
    assert browser.ask("/api/rooms", "POST", {}, origin="http://127.0.0.1")[0] == 403
    assert browser.ask("/api/rooms", "POST", {}, **{"sec-fetch-site": "cross-site"})[0] == 403


def test_events_come_as_they_happen_and_unpacked(running):
    browser = Browser(running)
    room = json.loads(browser.ask("/api/rooms", "POST", {})[1])
    path = f"/api/rooms/{room['code']}"
    host, _, port = running.netloc.partition(":")
    with socket.create_connection((host, int(port)), timeout=60) as stream:
        head = f"GET {path}/events HTTP/1.1\r\nHost: {running.netloc}\r\nAccept-Encoding: gzip\r\n"
        stream.sendall(f"{head}Cookie: course={browser.cookie}\r\n\r\n".encode())
        data = b""
        while b"event: state" not in data:
            data += stream.recv(4_096)
        assert b"content-encoding" not in data.lower()
        typed = {"typed": {"text": "Now?", "answers": ["Yes", "No"]}}
        assert browser.ask(f"{path}/ask", "POST", typed, authorization=f"Bearer {room['host']}")[0] == 201
        while b"Now?" not in data:
            data += stream.recv(4_096)


def test_streamlit_s_files_are_asked_for_once(running):
    browser = Browser(running, **{"accept-encoding": "gzip"})
    page = Browser(running).ask("/")[1].decode()
    (script, *_) = re.findall(r'src="\.?/?(static/js/[^"]+\.js)"', page)
    first, second = (browser.ask(f"/{script}?visit={number}") for number in (1, 2))
    assert first == second and first[0] == 200
    wait_until(lambda: log_of(running).count(f" /{script} ") == 2)
    # One of nginx's processes may answer from what the other has stored before that has written its line.
    (stored,) = [line for line in log_of(running).splitlines() if re.search(f" /{script} .* by - -$", line)]
    assert " 200 " in stored  # for the other one a server was asked
    assert "set-cookie" not in browser.replies[-1].headers


def test_the_metrics_are_for_those_inside(running):
    assert Browser(running).ask("/_stcore/metrics")[0] == 404


def test_a_body_larger_than_anything_that_the_course_takes_is_refused(running):
    assert Browser(running).ask("/api/rooms", "POST", {"x": "x" * 300_000})[0] == 413
    wait_until(lambda: " /api/rooms 413 " in log_of(running))
    (line,) = [line for line in log_of(running).splitlines() if " /api/rooms 413 " in line]
    assert line.endswith(" by - -")  # and no server has seen it


def test_a_killed_server_s_visitors_are_served_by_another_and_stay_there(running):
    browsers = [Browser(running, **PAGE) for _ in range(3)]
    for browser in browsers:
        browser.cookie = "server1"
        assert browser.ask("/gates")[0] == 200
    running.kill(0)
    for browser in browsers:
        began = time.monotonic()
        assert browser.ask("/gates")[0] == 200
        assert browser.ask("/api/rooms", "POST", {})[0] == 201
        assert time.monotonic() - began < 30  # far from any time-out that a browser would have
        assert browser.cookie in ("server2", "server3") and len(browser.new_cookies) == 1
    newcomers = [Browser(running, **PAGE) for _ in range(30)]
    assert {newcomer.ask("/")[0] for newcomer in newcomers} == {200}
    assert {newcomer.cookie for newcomer in newcomers} == {"server2", "server3"}
    running.restart(0)
    moved = {browser.cookie for browser in browsers}
    for browser in browsers:
        browser.ask("/gates")
    assert {browser.cookie for browser in browsers} == moved  # where their uploads and trainings are
    late = [Browser(running, **PAGE) for _ in range(60)]
    assert {browser.ask("/")[0] for browser in late} == {200}
    assert "server1" in {browser.cookie for browser in late}


def test_a_server_that_is_told_to_end_goes_without_anybody_noticing(running):
    """Its visitors open pages, vote and open rooms all the while; none of it fails."""
    lecturer = Browser(running)
    room = json.loads(lecturer.ask("/api/rooms", "POST", {})[1])
    path, host = f"/api/rooms/{room['code']}", {"authorization": f"Bearer {room['host']}"}
    typed = {"typed": {"text": "Now?", "answers": ["Yes", "No"]}}
    asking = json.loads(lecturer.ask(f"{path}/ask", "POST", typed, **host)[1])
    stage = {"asking": "1", "stage": "vote", "round": 1, "after": asking["stage_version"]}
    assert lecturer.ask(f"{path}/stage", "POST", stage, **host)[0] == 200
    student = Browser(running)
    token = json.loads(student.ask(f"{path}/join", "POST", {})[1])["token"]
    student.cookie, leaver, process = "server1", Browser(running, **PAGE), running.servers[0]
    process.running.terminate()
    number, statuses = 0, Counter()
    while process.is_running or number < 20:
        number += 1
        vote = {"asking": "1", "round": 1, "answer": "ab"[number % 2], "n": number}
        statuses["vote", student.ask(f"{path}/vote", "POST", vote, authorization=f"Bearer {token}")[0]] += 1
        student.cookie = "server1"  # whatever it has been told meanwhile
        leaver.cookie = "server1"
        statuses["page", leaver.ask("/gates")[0]] += 1
        leaver.cookie = "server1"
        statuses["healthz", leaver.ask("/healthz")[0]] += 1
        time.sleep(0.02)
    running.restart(0)
    assert statuses == {("vote", 200): number, ("page", 200): number, ("healthz", 200): number}
    (answer,) = json.loads(student.ask(f"{path}/mine", authorization=f"Bearer {token}")[1])["answers"]
    assert answer["n"] == number


def test_a_page_on_a_killed_server_opens_again_on_another(running):
    async def open_kill_and_come_again():
        visitors = [Visitor(running.address, cookie="course=server3") for _ in range(2)]
        await visitors[0].enter("gates")
        running.kill(2)
        while await visitors[0].hear() != "closed":
            pass
        await visitors[1].enter("gates")
        faults = [fault for visitor in visitors for fault in visitor.exceptions]
        await visitors[1].leave()
        return faults

    faults = asyncio.run(open_kill_and_come_again())
    running.restart(2)
    assert faults == []


def test_the_log_has_no_query_strings_no_addresses_and_no_browsers(running):
    browser = Browser(running, **PAGE, **{"user-agent": "MYBROWSER"})
    browser.ask("/gates?word=MYSECRET")
    browser.ask("/api/gates/step?along=b_f&word=MYSECRET", referer=f"{running.address}/?word=MYSECRET")
    browser.cookie = "server2"
    running.kill(1)  # what fails is told at more length
    browser.ask("/gates?word=MYSECRET")
    running.restart(1)
    browser.ask("/AFTERWARDS")
    wait_until(lambda: "/AFTERWARDS" in log_of(running))
    for file in running.folder.glob("*.log"):
        text = file.read_text("utf-8")
        assert "MYSECRET" not in text and "MYBROWSER" not in text, file.name
    assert " /gates " in log_of(running)
