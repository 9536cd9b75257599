"""The lecturer's screen by the rules of WCAG in each stage of each kind of question, in both themes."""

import json
from itertools import count

import pytest

from lesson.classroom.progress import progress
from lesson.classroom.state import results
from tests.browser.barriers import THEMES, barriers
from tests.browser.class_room import ClassRoom
from tests.browser.class_states import rooms, tell
from tests.browser.visit import settled

expect = pytest.importorskip("playwright.sync_api").expect
_HERE = ".st-key-classroom_host"


@pytest.fixture
def server(course_with_samples):
    return course_with_samples


@pytest.fixture
def host(server):
    room = ClassRoom(server)
    room.join(3)
    return room


@pytest.fixture(params=THEMES)
def desk(request, browser, host):
    """The screen of who leads a room, in a theme; what it asks for is answered with `desk.results`."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, color_scheme=request.param, reduced_motion="reduce"
    )
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.theme, page.results = request.param, None
    kept = json.dumps({"code": host.code, "host": host.host, "until": 9e15})
    page.add_init_script(f"localStorage['lstm_room/host'] ??= {json.dumps(kept)}")

    def answer(route):
        if page.results is None:
            route.continue_()
        else:
            route.fulfill(body=json.dumps(page.results), content_type="application/json")

    page.route("**/results", answer)
    page.goto(f"{host.address}/class")
    settled(page)
    expect(page.get_by_role("button", name="Open the projector")).to_be_visible()
    yield page
    context.close()


def broken(page, state):
    """What breaks a rule in a state: colours alone where the same was looked at in the other theme."""
    found = barriers(page, _HERE, of_colours=page.theme != THEMES[0])
    return [f"{state} ({page.theme}) {sentence}" for sentence in found]


_VERSIONS = count(10_000)


def bring(page, code, room):
    """Let the screen hear of a room's state and of its results."""
    version = next(_VERSIONS)
    versions = {"stage_version": version, "tally_version": version}
    page.results = {**results(room, progress(room)), **versions}
    with page.expect_response("**/results"):
        tell(page, code, room, **versions)


def test_no_stage_of_a_question_breaks_a_rule(desk, host):
    found = broken(desk, "no question")
    for name, room, _ in rooms():
        if name.endswith("no answer"):
            continue  # what a student has answered changes nothing here
        bring(desk, host.code, room)
        desk.keyboard.down("h")
        expect(desk.locator(".hold")).to_have_attribute("aria-pressed", "true")
        found += broken(desk, name)
        desk.keyboard.up("h")
    assert not found, "\n".join(found)


def unfold(page):
    """Open every drawer of the screen that is closed."""
    page.locator("[data-host]").evaluate(
        """(place) => { for (const drawer of place.querySelectorAll("details")) drawer.open = true }"""
    )


def test_no_drawer_or_dialog_breaks_a_rule(desk, host):
    """With a plan, while it is gone through, and after class: of each kind of question its last stage."""
    desk.get_by_role("button", name="10 minutes").click()
    expect(desk.locator("button.next")).to_contain_text("Take the class")
    unfold(desk)
    found = broken(desk, "a plan")
    desk.get_by_role("button", name="Show the QR code large").click()
    expect(desk.get_by_role("dialog", name="How to join")).to_be_visible()
    found += broken(desk, "how to join")
    desk.keyboard.press("Escape")
    last = {name.split(":")[0]: room for name, room, _ in rooms() if "revealed" in name or ":" not in name}
    for name, room in last.items():
        bring(desk, host.code, room)
        unfold(desk)
        found += broken(desk, name)
    desk.results = None
    desk.context.set_offline(True)
    expect(desk.locator(".notice").first).to_contain_text("The server is not reached", timeout=60_000)
    found += broken(desk, "no connection")
    desk.context.set_offline(False)
    host.tell("DELETE", "")
    expect(desk.get_by_role("button", name="Open a room")).to_be_visible(timeout=60_000)
    found += broken(desk, "no room")
    assert not found, "\n".join(found)


def test_no_rehearsal_breaks_a_rule(desk, host):
    host.tell("DELETE", "")
    expect(desk.get_by_role("button", name="Open a room")).to_be_visible(timeout=60_000)
    desk.get_by_role("button", name="Rehearse", exact=True).click()
    expect(desk.locator("button.next")).to_be_visible()
    unfold(desk)
    found = broken(desk, "a rehearsal")
    assert not found, "\n".join(found)
