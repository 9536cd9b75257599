"""Class mode without a mouse, without a screen, and with other colours: the bar, and the vote in both places.

The bar stands on a page that has only what it covers: the rest of the course does nothing here.
"""

import json
import re
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from lesson.classroom.question import CHOICE
from tests.browser.barriers import Barriers
from tests.browser.class_room import ClassRoom, wait_for
from tests.browser.class_states import kinds, rooms, tell
from tests.browser.ears import heard, listen, part
from tests.browser.keys import moving, press

expect = pytest.importorskip("playwright.sync_api").expect

PAGE = """<!doctype html><html lang="en"><title>Course</title><body style="margin: 0">
<div data-testid="stApp"><main data-testid="stMain"><h1>A page</h1><a href="#a">A link</a>
<label>A word <input></label><button>A button</button></main></div></body></html>"""
OPEN = """async () => {
  const { default: open, look } = await import("./scripts/classroom/bar/bar.js")
  open({ look, joining: [0, ""], session: "1", tell() {}, tellJoined() {}, go() {} })
}"""
AWAY = "The class goes on as soon as its database answers."


@pytest.fixture
def host(server):
    return ClassRoom(server.address)


@pytest.fixture
def visitor(browser):
    """visitor(width, height): a new window; closed after the test."""
    contexts = []

    def open_one(width=1280, height=800, **options):
        size = {"width": width, "height": height}
        contexts.append(browser.new_context(viewport=size, reduced_motion="reduce", **options))
        contexts[-1].set_default_timeout(20_000)
        return contexts[-1].new_page()

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def student(visitor, host):
    """student(): a page with the bar of somebody who has joined."""

    def open_page(**options):
        page = visitor(**options)
        kept = json.dumps({"code": host.code, **host.join(1)[0], "n": 0, "until": 9e15})
        page.add_init_script(f"localStorage['lstm_room/student'] ??= {json.dumps(kept)}")
        return with_bar(page, host)

    return open_page


def with_bar(page, host):
    """Open the page, and the bar on it."""
    page.route(f"{host.address}/", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    page.goto(host.address)
    page.evaluate(OPEN)
    expect(bar(page)).to_contain_text(re.compile("Waiting|lead"))
    return page


@pytest.fixture
def phone(visitor, host):
    """A phone that has joined."""
    page = visitor(360, 740, has_touch=True)
    page.goto(f"{host.address}/j/{host.code}")
    page.get_by_role("button", name="Join the class").click()
    expect(page.get_by_role("heading", name="You are in.")).to_be_focused()
    return page


def bar(page):
    return page.locator("#lstm-bar .bar")


def sheet(page):
    return page.locator("#lstm-bar .sheet:not(.menu)")


# -- the bar in all states, by the rules --


def test_no_state_of_the_bar_breaks_a_rule(student, host, visitor):
    page = student()
    barriers = Barriers(page)
    barriers.look("waiting")
    bar(page).get_by_role("button", name=host.code).click()
    barriers.look("menu")
    page.keyboard.press("Escape")
    button = bar(page).locator(".main").first
    for name, room, own in rooms():
        tell(page, host.code, room, own)
        if sheet(page).is_hidden() and button.is_visible():
            button.click()
        barriers.look(name)
    tell(page, host.code, room, own, away=True)
    expect(bar(page)).to_contain_text(AWAY)
    barriers.look("the database is away")
    page.context.set_offline(True)
    expect(bar(page)).to_contain_text("No connection.")
    barriers.look("no connection")
    page.context.set_offline(False)
    host.tell("DELETE", "")
    expect(bar(page)).to_contain_text("This class is over.")
    barriers.look("over")
    assert not barriers.found, "\n".join(barriers.found)


def test_the_bar_of_who_leads_breaks_no_rule(visitor, host):
    page = visitor()
    kept = json.dumps({"code": host.code, "host": host.host, "until": 9e15})
    page.add_init_script(f"localStorage['lstm_room/host'] ??= {json.dumps(kept)}")
    barriers = Barriers(with_bar(page, host))
    barriers.look("leads")
    assert not barriers.found, "\n".join(barriers.found)
    lead = part(page, "switch", "Lead")
    assert lead["checked"] == "false" and lead["description"] == "Your sliders move theirs."


# -- by keyboard --


def test_a_vote_in_the_bar_by_keyboard_and_back_to_where_one_was(student, host):
    page = student()
    page.get_by_label("A word").focus()
    host.ask("keep", "vote")
    expect(sheet(page).get_by_role("heading")).to_be_focused()
    names = [press(page).name for _ in range(4)]
    assert [name[0] for name in names] == ["A", "B", "C", "?"]
    assert part(page, "button", "A ")["pressed"] == "false"  # as a lecturer calls it
    assert part(page, "button", "I don’t know")["pressed"] == "false"
    stops = [press(page) for _ in range(8)]  # the bar, the browser, and round again: never the page behind it
    assert not [stop for stop in stops if stop and stop.name in ("A link", "A word", "A button")]
    sheet(page).get_by_role("heading").focus()
    press(page)
    press(page, "Enter")
    wait_for(lambda: sum(host.counts().values()), 1)
    chosen = sheet(page).locator("[aria-pressed=true]")
    expect(chosen).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_label("A word")).to_be_focused()
    # Into the question by the bar's own button, and back to it; from there on to the page.
    button = bar(page).get_by_role("button", name="Change")
    button.focus()
    page.keyboard.press("Enter")
    expect(sheet(page).get_by_role("heading")).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    host.stage("talk")
    expect(bar(page).get_by_role("button", name="Question")).to_be_focused()
    host.stage("vote", 2)
    expect(sheet(page).get_by_role("heading")).to_be_focused()
    host.stage("revealed", 2)  # at once: the reply takes the place of the answers
    expect(sheet(page).locator(".reply")).to_be_focused()
    host.ask("hide")  # there is nothing to be opened any more
    expect(bar(page).get_by_role("button", name=host.code)).to_be_focused()


def test_who_works_on_the_page_is_not_taken_away_by_an_answer(student, host):
    page = student()
    host.ask("keep", "talk")
    expect(page.locator("#lstm-bar .sheet[data-shows='1/1/talk']")).to_have_count(1)  # it has heard of it
    word = page.get_by_label("A word")
    word.focus()
    host.stage("revealed")
    expect(bar(page)).to_contain_text("The answer is here")
    expect(sheet(page)).to_be_visible()
    expect(word).to_be_focused()
    assert page.evaluate("!document.querySelector('[data-testid=stApp]').inert")


def test_who_is_to_look_up_gets_nothing_of_the_page_and_comes_back_to_it(student, host):
    page = student()
    word = page.get_by_label("A word")
    word.focus()
    host.tell("POST", "/follow", {"eyes_up": True})
    expect(page.get_by_role("heading", name="Look up, please.")).to_be_focused()
    assert page.evaluate("document.querySelector('[data-testid=stApp]').inert")
    host.tell("POST", "/follow", {"free": True})
    expect(word).to_be_focused()
    host.tell("POST", "/follow", {"eyes_up": True})
    expect(page.get_by_role("heading", name="Look up, please.")).to_be_focused()
    host.tell("DELETE", "")  # with the class goes what covered the page
    expect(bar(page)).to_contain_text("This class is over.")
    bar(page).get_by_role("button", name="Close the message").click()
    expect(page.locator("#lstm-bar")).to_have_count(0)
    assert page.evaluate("!document.querySelector('[data-testid=stApp]').inert")


def test_the_menu_is_entered_and_left_by_keyboard(student, host):
    page = student()
    code = bar(page).get_by_role("button", name=f"Class {host.code}")
    code.focus()
    press(page, "Enter")
    assert press(page).name == "Leave the class"
    page.keyboard.press("Escape")
    expect(code).to_be_focused()
    assert press(page).name.startswith("Follow")


@pytest.mark.parametrize("where", ["phone", "bar"])
@pytest.mark.parametrize("kind", [kind for kind in kinds() if kind.startswith(("number", "dealt"))])
def test_a_number_is_typed_and_its_field_says_its_unit_and_its_range(request, host, where, kind):
    page = request.getfixturevalue("phone") if where == "phone" else request.getfixturevalue("student")()
    question = kinds()[kind]
    host.ask(question.id, "vote")
    low, high, _, unit = question.scale
    expect(page.get_by_role("textbox").first).to_be_visible()  # the vote is there
    heading = page.locator("#room h1") if where == "phone" else sheet(page).get_by_role("heading")
    expect(heading).to_be_focused()
    stop = press(page)
    assert stop.name == (f"Your number, in {unit}" if unit else "Your number")
    field = part(page, "textbox")
    assert field["description"] and field.get("invalid", "false") == "false"
    page.keyboard.type(str(high + 1))
    wrong = part(page, "textbox")
    assert wrong["invalid"] == "true" and str(wrong["description"]).startswith("Choose a number from")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(str(low))
    page.keyboard.press("Enter")
    wait_for(lambda: host.state["voted"], 1)


def test_every_scale_of_the_phone_says_its_number_with_its_unit(phone, host):
    for kind, question in kinds().items():
        if not question.scale:
            continue
        host.ask(question.id, "vote")
        slider = phone.get_by_role("slider")
        expect(slider).to_have_attribute("aria-valuetext", "none yet")
        slider.focus()
        values = []
        for key in ("Home", "End", "ArrowLeft", "PageDown"):
            phone.keyboard.press(key)
            # Not from the tree: in it Chromium 156.0.8078.114 has the number of the slider itself, whatever
            # its aria-valuetext says.
            values.append(slider.get_attribute("aria-valuetext"))
        assert len(set(values)) == 4, kind
        unit = question.scale.unit
        assert all(str(value).endswith(unit) for value in values), (kind, values)
        typed = phone.get_by_role("textbox").input_value()
        assert float(typed) == pytest.approx(float(re.sub(r"[^\d.−⁻]", "", str(values[-1])) or 0), abs=1e9)


@pytest.mark.parametrize("where", ["phone", "bar"])
def test_settings_are_chosen_by_keyboard(request, host, where):
    page = request.getfixturevalue("phone") if where == "phone" else request.getfixturevalue("student")()
    host.ask("sweep_keep", "vote")
    sliders = page.get_by_role("slider")
    expect(sliders).to_have_count(2)
    for k in range(2):
        assert press(page).role == "range"
        slider = sliders.nth(k)
        expect(slider).to_have_attribute("aria-valuetext", "none yet")
        page.keyboard.press("End")
        expect(slider).to_have_attribute("aria-valuetext", "6")
    assert press(page).name == "Choose this"
    page.keyboard.press("Enter")
    wait_for(lambda: host.counts().get("dots"), {"24,24": 1})


def test_no_change_of_a_screen_takes_the_focus_away_on_the_phone(phone, host):
    host.ask("keep", "revealed")
    expect(phone.locator("#room.revealed h1")).to_be_focused()
    for query, name in (("part=Over+time", "Over time"), ("part=Vectors", "Vectors")):
        host.tell("POST", "/follow", {"page": "gates", "query": query})
        expect(phone.get_by_role("heading", level=1)).to_contain_text(name)
        expect(phone.get_by_role("heading", level=1)).to_be_focused()
    names = ("number experiment: revealed 1", "number experiment: measured")
    training, measured = [room for name, room, _ in rooms() if name in names]
    (asking,) = training.askings
    done = replace(asking, measured=measured.askings[0].measured)
    tell(phone, host.code, training, 9)
    expect(phone.locator("#room h1")).to_contain_text("The networks train now.")
    tell(phone, host.code, replace(training, askings=(done,)), 9)
    expect(phone.locator("#room h1")).to_contain_text("2 too many.")
    expect(phone.locator("#room h1")).to_be_focused()


# -- by ear --


def words_of(element):
    return " ".join(element.text_content().split())


def test_the_bar_tells_once_when_a_question_opens_closes_and_is_revealed(student, host):
    page = student()
    listen(page)
    question = kinds()[CHOICE]
    host.ask(question.id)
    expect(bar(page)).to_contain_text("The vote opens soon")
    assert heard(page) == ["The vote opens soon"]
    host.stage("vote", seconds=60)
    expect(sheet(page)).to_be_visible()
    assert sorted(heard(page)) == ["Vote now", f"→ {words_of(sheet(page).get_by_role('heading'))}"]
    sheet(page).locator(".answers button").first.click()
    expect(bar(page)).to_contain_text("Your vote is in")
    page.wait_for_timeout(2_200)  # the clock goes on, and says nothing
    assert [words for words in heard(page) if words[0] != "→"][-1:] == ["Your vote is in"]
    host.vote([answer.id for answer in question.answers], host.join(3))  # nor does it say who votes
    host.stage("talk")
    expect(bar(page)).to_contain_text("Talk to your neighbour")
    assert [words for words in heard(page) if words[0] != "→"] == ["Talk to your neighbour"]
    host.stage("revealed")
    expect(bar(page)).to_contain_text("The answer is here")
    assert heard(page) == ["The answer is here"]
    tell(page, host.code, next(rooms())[1], away=True)
    expect(bar(page)).to_contain_text(AWAY)
    assert heard(page).count(AWAY) == 1


def test_the_phone_tells_once_when_a_question_opens_closes_and_is_revealed(phone, host):
    listen(phone)
    question = kinds()[CHOICE]
    host.ask(question.id, "vote")
    expect(phone.locator("#room.vote")).to_be_visible()
    now = heard(phone)
    assert [words for words in now if words[0] != "→"] == ["You have not voted yet."]
    assert [words for words in now if words[0] == "→"][-1] == f"→ {words_of(phone.locator('#room h1'))}"
    phone.get_by_role("button", name=question.answers[0].text).click()
    expect(phone.locator("#line")).to_contain_text("Your vote is in")
    heard(phone)
    host.vote([answer.id for answer in question.answers], host.join(3))
    expect(phone.locator("#line")).to_contain_text("Your vote is in")
    assert heard(phone) == []
    host.stage("talk")
    expect(phone.locator("#room.talk")).to_be_visible()
    assert [words for words in heard(phone) if words[0] == "→"] == [
        "→ First vote is closed Convince your neighbour."
    ]
    tell(phone, host.code, next(rooms())[1], away=True)
    expect(phone.locator("#line")).to_have_text(AWAY)
    assert heard(phone).count(AWAY) == 1


@pytest.mark.parametrize(
    ("where", "id"), [("phone", "sweep_keep"), ("bar", "sweep_keep"), ("phone", "number_parameters")]
)  # in the bar a number is typed
def test_a_slider_that_is_dragged_says_its_own_value_alone(request, host, where, id):
    page = request.getfixturevalue("phone") if where == "phone" else request.getfixturevalue("student")()
    host.ask(id, "vote")
    slider = page.get_by_role("slider").first
    slider.focus()
    listen(page)
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(200)
    assert heard(page) == []


# -- other colours, larger letters --


def ground(button):
    """The colour of most of a button, as it is painted: the browser says no forced colours."""
    picture = Image.open(BytesIO(button.screenshot())).convert("RGB")
    return max(picture.getcolors(picture.width * picture.height))[1]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("where", ["phone", "bar"])
def test_with_forced_colours_the_chosen_answer_is_told_from_the_others(request, host, where, scheme):
    page = request.getfixturevalue("phone") if where == "phone" else request.getfixturevalue("student")()
    page.emulate_media(forced_colors="active", color_scheme=scheme)
    host.ask("keep", "vote")
    chosen, other = (page.get_by_role("button", name=f"The cell {does} it") for does in ("keeps", "forgets"))
    chosen.click()
    expect(chosen).to_have_attribute("aria-pressed", "true")
    assert ground(chosen) != ground(other)
    if where == "bar":
        follow = page.get_by_role("switch", name="Follow")
        assert follow.evaluate("(one) => getComputedStyle(one).appearance") == "auto"


# The distances between letters, words, lines and paragraphs that WCAG 1.4.12 asks a page to bear.
SPACED = """(root) => (root.shadowRoot ?? document.head).append(Object.assign(document.createElement("style"),
  { textContent: `* { letter-spacing: .12em !important; word-spacing: .16em !important;
    line-height: 1.5 !important } p { margin-bottom: 2em !important }` }))"""
CUT = """(root) => [...(root.shadowRoot ?? root).querySelectorAll("button, h1, h2, p, label, .words")]
  .filter((one) => one.checkVisibility() && one.textContent.trim())
  .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== "inline")
  .map((one) => `${one.className}: ${one.textContent}`)"""


@pytest.mark.parametrize("where", ["phone", "bar"])
def test_at_200_percent_and_with_spaced_letters_nothing_is_cut_off(request, host, where):
    page = request.getfixturevalue("phone") if where == "phone" else request.getfixturevalue("student")()
    if where == "bar":
        page.set_viewport_size({"width": 640, "height": 400})
    else:
        page.set_viewport_size({"width": 320, "height": 370})
    root = page.locator("#page" if where == "phone" else "#lstm-bar")
    root.evaluate(SPACED)
    cut = []
    for name, room, own in rooms():
        tell(page, host.code, room, own)
        if where == "phone" or sheet(page).is_visible():
            cut += [f"{name}: {words}" for words in root.evaluate(CUT)]
        if where == "bar" and sheet(page).is_visible():
            box = sheet(page).bounding_box()
            if box is None:  # it has closed since
                continue
            assert box["y"] >= 0 and box["x"] >= 0 and box["x"] + box["width"] <= 640, name
    assert not cut, "\n".join(cut)


def test_nothing_moves_by_itself_for_who_wants_that(phone, student, host):
    page = student()
    host.ask("keep", "vote")
    for one in (phone, page):
        expect(one.get_by_role("button", name="The cell keeps it")).to_be_visible()
        assert not moving(one)
    page.get_by_role("switch", name="Follow").check()
    assert not moving(page)
