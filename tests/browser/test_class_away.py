"""What every screen of a class says and does while the room's database, or its server, does not answer."""

import json
import re
import urllib.request
from contextlib import contextmanager

import pytest

from tests.browser.class_room import ClassRoom, wait_for
from tests.browser.visit import settle

expect = pytest.importorskip("playwright.sync_api").expect

LATER = "The class goes on as soon as its database answers."
WAITS = "Your vote is kept here and sent by itself."
PROXY = {"status": 502, "content_type": "text/html", "body": "<html><h1>502 Bad Gateway</h1></html>"}


@pytest.fixture(scope="module")
def address(course_with_samples):
    return course_with_samples


@pytest.fixture
def host(address):
    return ClassRoom(address)


@pytest.fixture
def window(browser):
    """window(width, height): a page of a new visitor, whose mistakes are in `page.mistakes`."""
    contexts = []

    def open_window(width=1280, height=720, **options):
        contexts.append(browser.new_context(viewport={"width": width, "height": height}, **options))
        contexts[-1].set_default_timeout(20_000)
        page = contexts[-1].new_page()
        page.mistakes = []
        page.on("pageerror", lambda error: page.mistakes.append(str(error)))
        return page

    yield open_window
    for context in contexts:
        assert [page.mistakes for page in context.pages if page.mistakes] == []
        context.close()


def tell(address, what):
    urllib.request.urlopen(urllib.request.Request(f"{address}/test/{what}", method="POST"), timeout=10)


@contextmanager
def away(address):
    """A server without its database."""
    tell(address, "away")
    try:
        yield
    finally:
        tell(address, "back")


def phone_of(window, host):
    page = window(360, 740)
    page.goto(f"{host.address}/j/{host.code}")
    return page


def join(page):
    page.get_by_role("button", name="Join the class").click()
    expect(page.get_by_role("heading", name="You are in.")).to_be_visible()


def line(page):
    return page.locator("#line")


def keep(page, **values):
    """Let a browser have a place in its storage before it opens a page."""
    for name, value in values.items():
        text = json.dumps(value | {"until": 9e15})
        page.add_init_script(f"localStorage['lstm_room/{name}'] ??= {json.dumps(text)}")


def desk_of(window, host):
    page = window()
    keep(page, host={"code": host.code, "host": host.host})
    page.goto(f"{host.address}/class")
    expect(page.locator("button.next")).to_contain_text("Choose a question", timeout=30_000)
    return page


def test_a_vote_waits_on_the_phone_until_the_database_is_back(window, host, address):
    phone = phone_of(window, host)
    join(phone)
    host.ask("keep", "vote")
    expect(line(phone)).to_have_text("You have not voted yet.")
    with away(address):
        expect(line(phone)).to_have_text(LATER)
        phone.get_by_role("button", name="The cell keeps it").click()
        expect(line(phone)).to_have_text(WAITS)
        assert host.counts() == {}
    expect(line(phone)).to_have_text("Your vote is in. You can change it.")
    assert host.counts() == {"keeps": 1}


def test_a_blink_of_the_database_is_not_told(window, host, address):
    phone = phone_of(window, host)
    join(phone)
    phone.evaluate(
        "(words) => new MutationObserver(() => { window.isTold ||= document.body.innerText.includes(words) })"
        ".observe(document.body, { subtree: true, childList: true, characterData: true })",
        LATER,
    )
    with away(address):
        phone.wait_for_timeout(400)
    phone.wait_for_timeout(1_200)
    assert not phone.evaluate("window.isTold")


def test_who_joins_without_the_database_is_let_in_once_it_is_back(window, host, address):
    phone = phone_of(window, host)
    with away(address):
        phone.get_by_role("button", name="Join the class").click()
        expect(phone.locator("#notice")).to_have_text("You join as soon as the class’s database answers.")
        assert host.state["joined"] == 0
    expect(phone.get_by_role("heading", name="You are in.")).to_be_visible()
    expect(phone.locator("#notice")).to_have_text("")
    assert host.state["joined"] == 1


def test_the_bar_says_that_a_vote_waits(window, host, address):
    page = window()
    keep(page, student={"code": host.code, **host.join(1)[0], "n": 0})
    page.goto(f"{address}/gradients")
    bar, sheet = page.locator("#lstm-bar .bar"), page.locator("#lstm-bar .sheet:not(.menu)")
    expect(bar).to_be_visible(timeout=30_000)
    settle(page)
    host.ask("keep", "vote")
    expect(sheet).to_be_visible()
    with away(address):
        expect(bar.get_by_role("status")).to_have_text(LATER)
        expect(sheet.locator(".note")).to_have_text(LATER)
        sheet.get_by_role("button", name="The cell keeps it").click()
        expect(bar.get_by_role("status")).to_have_text(WAITS)
        expect(sheet.locator(".note")).to_have_text(WAITS)
    expect(bar.get_by_role("status")).to_have_text("Your vote is in")
    wait_for(host.counts, {"keeps": 1})


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_projector_has_a_line_beside_the_question(window, host, address, scheme):
    page = window(color_scheme=scheme)
    page.goto(f"{address}/p/{host.code}")
    host.ask("keep", "vote")
    title = page.get_by_role("heading", level=1)
    expect(title).to_contain_text("The forget gate is")
    notices = page.locator("#notices")
    with away(address):
        expect(notices).to_have_text("Your votes wait for the database.")
        box, question = notices.bounding_box(), page.locator("#screen").bounding_box()
        assert box["y"] + box["height"] <= question["y"] + 1
        assert page.locator("#screen").evaluate("(it) => it.scrollHeight <= it.clientHeight")
    expect(notices).to_have_text("")


def test_what_the_lecturer_presses_without_the_database_is_refused_and_not_done_later(window, host, address):
    host.ask("keep")
    page = window()
    keep(page, host={"code": host.code, "host": host.host})
    page.goto(f"{address}/class")
    big, outage = page.locator("button.next"), page.locator(".outage")
    notice = page.locator(".notice[role=status]")
    expect(big).to_contain_text("Open the vote", timeout=30_000)
    with away(address):
        expect(outage).to_contain_text("Votes wait on the phones and arrive by themselves")
        expect(big).to_contain_text("Not before the database answers")
        page.keyboard.press("PageDown")
        expect(notice).to_contain_text("This was not done, and is not done later")
    expect(outage).to_be_hidden()
    expect(notice).to_be_hidden()
    expect(big).to_contain_text("PageDown")
    page.wait_for_timeout(1_500)
    assert host.state["asking"]["stage"] == "waiting"
    page.keyboard.press("PageDown")
    wait_for(lambda: host.state["asking"]["stage"], "vote")


def test_a_proxy_without_a_server_throws_nobody_out(window, host, address):
    phone, projector, course = phone_of(window, host), window(), window()
    join(phone)
    projector.goto(f"{address}/p/{host.code}")
    keep(course, student={"code": host.code, **host.join(1)[0], "n": 0})
    course.goto(f"{address}/gates")
    bar = course.locator("#lstm-bar .bar")
    expect(bar).to_contain_text("Waiting for a question", timeout=30_000)
    desk = desk_of(window, host)
    host.ask("keep", "vote")
    expect(line(phone)).to_have_text("You have not voted yet.")
    screens, rooms = [phone, projector, course, desk], re.compile(f"/api/rooms/{host.code}")
    for page in screens:
        page.route(rooms, lambda route: route.fulfill(**PROXY))
    phone.get_by_role("button", name="The cell keeps it").click()
    phone.evaluate("dispatchEvent(new Event('offline'))")
    for page in (phone, projector, course):
        page.reload()
    desk.keyboard.press("PageDown")
    expect(desk.locator("button.next")).to_contain_text("Nobody has answered yet")
    desk.wait_for_timeout(600)  # quicker is a key that was pressed twice
    desk.keyboard.press("PageDown")
    expect(desk.locator(".notice[role=status]")).to_contain_text("The server can't be reached at present.")
    expect(line(phone)).to_have_text(re.compile("^No connection"))
    expect(bar).to_contain_text("No connection", timeout=30_000)
    for page in screens:
        page.unroute(rooms)
    expect(line(phone)).to_have_text("Your vote is in. You can change it.")
    expect(projector.get_by_role("heading", level=1)).to_contain_text("The forget gate is")
    expect(bar).to_contain_text("Vote now")
    wait_for(host.counts, {"keeps": 1})
    assert host.state["joined"] == 2
    desk.keyboard.press("PageDown")
    wait_for(lambda: host.state["asking"]["stage"], "talk")
