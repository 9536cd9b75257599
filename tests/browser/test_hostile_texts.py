"""Texts that are markup, in every place where a page draws what somebody has written: they stay text.

Nothing that a text describes comes to be, in the page or in the shadow of a component, and no other site is
asked for anything.
"""

import json
from urllib.parse import urlencode

import pytest

from lesson.catalogue import catalogue
from tests.browser.class_room import ClassRoom
from tests.browser.visit import arrive, open_drawers

expect = pytest.importorskip("playwright.sync_api").expect

MARKUP = "<img src=//e.co/x onerror=alert(1)><b class=bad>b</b><svg onload=alert(1)>"
MARKDOWN = "![](//e.co/x) [bad](javascript:alert(1)) $\\frac{1}{0}$ :red[bad] **bad** <b class=bad>"
QUOTES = "'\"><b class=bad onclick=alert(1)>{{7*7}}${7*7}</b><script>alert(1)</script>"
TURNED = "a\u202eb\u2066c\u200bd" + "\u0301" * 9
TEXTS = {"markup": MARKUP, "Markdown": MARKDOWN, "quotes": QUOTES, "turned": TURNED}
SHORT = {
    "markup": "<b class=bad",
    "Markdown": "**b**![](e)",
    "quotes": "'\"><b id=bad",
    "turned": TURNED[:12],
}
# Page, the query that shows the place, the name of the text, whether only twelve letters of it are read.
PLACES = {
    "a word": ("", {"section": "Start"}, "word", True),
    "numbers": ("gates", {"part": "Over time", "input": "your own"}, "values", False),
    "letters": ("gates", {"part": "Vectors"}, "letters", False),
    "a sequence of counts": ("gates", {"part": "The GRU's cell"}, "count_sequence", True),
    "a bias": ("gradients", {}, "by_hand", True),
    "a beginning": ("training", {"tab": "Replay"}, "replay_prompt", False),
    "a prompt": ("sampling", {"tab": "Write"}, "prompt", False),
    "a prompt that is read": ("sampling", {"tab": "Read its memory"}, "prompt", False),
    "an expression": ("sampling", {"tab": "Read its memory", "rule": "regular expression"}, "pattern", False),
    "units": ("sampling", {"tab": "Gate surgery"}, "units", False),
    "another text": (
        "sampling",
        {"tab": "Gate surgery", "operation": "Another text's state"},
        "other",
        False,
    ),
    "a gap": ("sampling", {"tab": "Gaps"}, "gap_text", False),
    "what PyTorch reads": ("pytorch", {}, "start", False),
    "an option that is none": ("training", {"tab": "Live"}, "text", False),
    "a part that is none": ("gates", {}, "part", False),
    "a term": ("", {}, "term", False),
}
# What a text would have made, in the page and in every component.
MADE = """() => {
  const made = []
  const look = (root) => {
    for (const node of root.querySelectorAll("*")) {
      if (node.matches(".bad, #bad, [src*='e.co'], [href^='javascript:' i], [onload], [onerror], [onclick]"))
        made.push(node.outerHTML.slice(0, 120))
      if (node.localName === "script" && /^alert/.test(node.textContent)) made.push("a script that runs")
      if (node.shadowRoot) look(node.shadowRoot)
    }
  }
  look(document)
  return made
}"""


@pytest.fixture
def context(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture
def page(context):
    """A page that notes what it is made to do."""
    page = context.new_page()
    page.done = []
    page.on("dialog", lambda dialog: (page.done.append(dialog.message), dialog.dismiss()))
    page.on(
        "request",
        lambda request: page.done.append(request.url) if "e.co" in request.url.split("?")[0] else None,
    )
    page.on("pageerror", lambda error: page.done.append(str(error)))
    yield page
    assert page.evaluate(MADE) == [] and page.done == []


def test_what_a_text_would_make_is_noticed(browser):
    page = browser.new_page()
    page.set_content(f"<div>{MARKUP.replace('alert(1)', '1')}</div>")
    assert len(page.evaluate(MADE)) == 3
    page.close()


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize("place", PLACES)
def test_a_text_of_an_address(page, address, place, kind):
    path, query, name, is_short = PLACES[place]
    text = (SHORT if is_short else TEXTS)[kind]
    page.goto(f"{address}/{path}?{urlencode({**query, name: text})}")
    arrive(page)
    open_drawers(page)
    assert page.get_by_test_id("stException").count() == 0


@pytest.fixture(scope="module")
def server(course_with_samples):
    return course_with_samples


TYPED = {name: text for name, text in TEXTS.items() if name != "turned"} | {
    "another direction": "<b class=bad>שער</b> & می‌خواهم",
    "formulas": "=cmd|' /C calc'!A0 +1 @x $\\frac{1}{0}$",
}


@pytest.fixture
def room(server):
    return ClassRoom(server)


@pytest.mark.parametrize("kind", TYPED)
@pytest.mark.parametrize("screen", ["phone", "projector", "host", "bar"])
def test_a_typed_question(context, page, room, screen, kind):
    text = TYPED[kind]
    room.ask({"text": text, "answers": [f"1 {text}", f"2 {text}"], "right": 0}, "vote")
    kept = {"code": room.code, **room.join(1)[0], "n": 0, "until": 9e15}
    if screen in ("phone", "bar"):
        page.add_init_script(f"localStorage['lstm_room/student'] ??= {json.dumps(json.dumps(kept))}")
    if screen == "host":
        own = {"code": room.code, "host": room.host, "until": 9e15}
        page.add_init_script(f"localStorage['lstm_room/host'] ??= {json.dumps(json.dumps(own))}")
    paths = {"phone": f"j/{room.code}", "projector": f"p/{room.code}", "host": "class", "bar": "cheatsheet"}
    page.goto(f"{room.address}/{paths[screen]}")
    words = " ".join(text.split())
    if screen == "bar":
        expect(page.locator("#lstm-bar .sheet:not(.menu)")).to_be_visible(timeout=30_000)
    expect(page.get_by_text(words, exact=False).first).to_be_visible(timeout=30_000)
    assert page.evaluate(MADE) == []
    room.vote(["a"])
    room.stage("revealed")
    page.wait_for_timeout(700)


def test_every_question_can_be_asked_while_texts_are_hostile(room):
    """The questions of the course come with markup of ours: what is typed never does."""
    assert any(question.html for question in catalogue())
    room.ask({"text": MARKUP, "answers": ["<i>a</i>", "b"]}, "vote")
    asking = room.state["asking"]
    assert asking["html"] == "" and all("html" not in answer for answer in asking["answers"])


OTHERS = [
    "ABC234?<img src=x onerror=alert(1)>",
    "../pair",
    "ABC234/results",
    "ABC23",
    "abc234#",
    "%2e%2e%2f",
    "",
]


@pytest.mark.parametrize("code", OTHERS)
def test_a_link_with_a_secret_names_a_code_and_nothing_else(page, room, code):
    kept = {"code": room.code, "host": room.host, "until": 9e15}
    page.add_init_script(f"localStorage['lstm_room/host'] ??= {json.dumps(json.dumps(kept))}")
    page.goto(f"{room.address}/class#{urlencode({'host': 'secret', 'room': code})}")
    expect(page.get_by_role("button", name="Open the projector")).to_be_visible(timeout=60_000)
    assert (
        "#" not in page.url
        and json.loads(page.evaluate("localStorage['lstm_room/host']"))["host"] == room.host
    )


@pytest.mark.parametrize("wish", ["keeps its own", "takes the other", "keeps its secret"])
def test_a_strangers_link_takes_no_room_from_who_leads_one(context, room, server, wish):
    page, other, heard = context.new_page(), ClassRoom(server), []
    if wish == "keeps its secret":  # the code is on the projector: anybody can name it
        other = ClassRoom(server, room.code, "another")

    def answer(dialog):
        heard.append(dialog.message)
        dialog.accept() if wish == "takes the other" else dialog.dismiss()

    page.on("dialog", answer)
    kept = {"code": room.code, "host": room.host, "until": 9e15}
    page.add_init_script(f"localStorage['lstm_room/host'] ??= {json.dumps(json.dumps(kept))}")
    page.goto(f"{room.address}/class#{urlencode({'host': other.host, 'room': other.code})}")
    expect(page.get_by_role("button", name="Open the projector")).to_be_visible(timeout=60_000)
    (question,) = heard
    assert f"This device leads the room {room.code} already" in question
    now = json.loads(page.evaluate("localStorage['lstm_room/host']"))
    assert now["host"] == (other if wish == "takes the other" else room).host
