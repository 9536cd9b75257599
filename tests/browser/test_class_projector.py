"""The projector of class mode: readable from the last row, in every state, for every question."""

import json
import re
from contextlib import contextmanager
from dataclasses import replace

import pytest

from lesson.catalogue import catalogue
from lesson.classroom.asking import STAGES, TALK, VOTE, Asking, Vote
from lesson.classroom.question import CHOICE, NUMBER, Question, Scale
from lesson.classroom.room import Room, Student
from tests.browser.class_room import ClassRoom
from tests.browser.class_states import tell
from tests.browser.conftest import ROOT, free_port, serving
from tests.browser.visit import settle, settled

expect = pytest.importorskip("playwright.sync_api").expect
ZOOMED = {"width": 853, "height": 480}  # a screen of 1280 × 720 at 150 %
CLASSES = [(68, 28), (60, 30), (80, 300), (100, 300), (100, 30)]  # percent of right answers, students
SMALLEST = 28 / 720  # of the screen's height: text that the last row reads


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """A database of the tests' own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_DATABASE", f"sqlite:///{tmp_path_factory.mktemp('rooms') / 'rooms.sqlite'}")
        yield


@pytest.fixture(scope="module")
def server(database):
    with serving("streamlit_app.py", ROOT) as (address, _):
        yield address


@pytest.fixture
def room(server):
    return ClassRoom(server)


@contextmanager
def _visitor(browser, scheme="light", viewport=ZOOMED):
    context = browser.new_context(viewport=viewport, device_scale_factor=1.5, color_scheme=scheme)
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture
def context(browser):
    with _visitor(browser) as context:
        yield context


def project(context, room):
    """A projector of a room, and what goes wrong in its script."""
    page = context.new_page()
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    with page.expect_response("**/events"):
        page.goto(f"{room.address}/p/{room.code}")
    expect(page.locator("#screen > *")).to_be_visible()
    return page


# What is too small, and what does not lie on the screen: words of each.
_UNREADABLE = """(smallest) => {
  const bad = [], least = smallest * innerHeight - 0.1
  const spoken = (element) => element.closest(".read, sub, sup, code, #tools, #model")
  for (const element of document.querySelectorAll("#screen *, header *, footer *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())
    const box = element.getBoundingClientRect()
    if (!own || spoken(element) || !box.width) continue
    const size = parseFloat(getComputedStyle(element).fontSize), text = element.textContent.slice(0, 40)
    if (size < least) bad.push(`${text}: ${size / innerHeight * 720}`)
    const around = element.closest("svg, #screen")?.getBoundingClientRect() // it cuts off what is beyond
    const isWide = box.left < -1 || box.right > innerWidth + 1
    if (around && (box.left < around.left - 1 || box.right > around.right + 1)) bad.push(`${text}: cut off`)
    if (isWide || box.top < -1 || box.bottom > innerHeight + 1) bad.push(`${text}: not on the screen`)
  }
  for (const element of [document.getElementById("screen"), document.documentElement]) {
    const { scrollHeight, clientHeight, scrollWidth, clientWidth } = element
    if (scrollHeight > clientHeight || scrollWidth > clientWidth) bad.push(`${element.id}: cut off`)
  }
  const parts = [...document.querySelectorAll("#screen .question > *")].filter((one) => one.clientHeight)
  const boxes = parts.map((one) => one.getBoundingClientRect())
  boxes.forEach((box, k) => { if (k && boxes[k - 1].bottom > box.top + 1) bad.push("overlaps") })
  return bad
}"""


def unreadable(page, smallest=SMALLEST):
    return page.evaluate(_UNREADABLE, smallest)


def project_states(context, room):
    """A projector whose own stream has told all, so that states which a test makes up stay."""
    page = project(context, room)
    room.join(1)
    expect(page.locator("#screen")).to_contain_text("has joined")
    return page


# -- states that come in by the channel by which tabs tell each other --


def made_up(question, stage, votes=(), bars=False, **more):
    """A room that is at a stage of a question; votes: of each round, one of each student."""
    students = {str(k): Student(str(k), 0.0) for k in range(31)}
    rounds = {
        number: {str(k): Vote(answer, 1) for k, answer in enumerate(answers)}
        for number, answers in enumerate(votes, 1)
    }
    asking = Asking("1", question, stage, max(1, len(votes)), bars, rounds)
    return Room(number=1, students=students, askings=(asking,), **more)


def worst_votes(question):
    """Two rounds with every answer and every move: the most that can be drawn."""
    ids = [*(answer.id for answer in question.answers), "unsure"]
    moves = [(start, end) for start in ids for end in ids]
    return [start for start, _ in moves], [end for _, end in moves]


def good_votes(question, percent, size):
    """Two rounds of a class; in the second so many are right."""
    ids = [answer.id for answer in question.answers if answer.id != question.right] + ["unsure"]
    count = size * percent // 100
    others = [ids[k % len(ids)] for k in range(size)]
    return [question.right] * (count // 2) + others[count // 2 :], [question.right] * count + others[count:]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_question_is_readable_from_the_last_row_in_every_state(browser, room, scheme):
    with _visitor(browser, scheme) as context:
        page = project_states(context, room)
        questions = [each for each in catalogue() if each.kind == CHOICE]
        assert len(questions) > 30
        bad = {}
        for question in questions:
            votes = worst_votes(question)
            states = {
                "waiting": made_up(question, STAGES[0]),
                "vote": made_up(question, VOTE, votes[:1]),
                "talk": made_up(question, TALK, votes[:1]),
                "talk, bars": made_up(question, TALK, votes[:1], bars=True),
                "vote again": made_up(question, VOTE, votes),
                "revealed": made_up(question, "revealed", votes[:1]),
                "revealed after two": made_up(question, "revealed", votes),
            }
            for percent, size in CLASSES:
                votes = good_votes(question, percent, size)
                states[f"{percent}% of {size}"] = made_up(question, "revealed", votes)
                states[f"{percent}% of {size}, one vote"] = made_up(question, "revealed", votes[1:])
            for name, state in states.items():
                tell(page, room.code, state)
                assert page.locator("#screen h1").inner_html() == question.html
                if words := unreadable(page):
                    bad[question.id, name] = words
        assert bad == {}
        assert page.errors == []


NUMBERS = [
    Question("n", "From which step back does less than 1% arrive?", kind=NUMBER, right=70.0, scale=scale,
             reply="Each step costs.")
    for scale in (Scale(1, 1000, True, "steps"), Scale(1e-12, 100, True), Scale(0, 80, unit="%"))
]  # fmt: skip


@pytest.mark.parametrize("question", NUMBERS, ids=["steps", "tiny", "linear"])
def test_each_number_of_a_scale_stands_at_its_mark(context, room, question):
    page = project_states(context, room)
    for stage, rounds in [(VOTE, ()), ("revealed", ([question.scale.high], [question.scale.high]))]:
        tell(page, room.code, made_up(question, stage, rounds))
        names, marks = page.evaluate(_TICKS)
        assert len(marks) >= 2 and len(names) == len(marks) + bool(question.scale.unit)  # it stands last
        for (left, right), (mark, width) in zip(names, marks, strict=False):
            assert abs((left + right) / 2 - mark) < 2 or (right > width - 2 and left < mark), stage


_TICKS = """() => {
  const drawing = document.querySelector(".numbers svg"), frame = drawing.getBoundingClientRect()
  const boxes = (tag) => [...drawing.querySelectorAll(tag)].map((one) => one.getBoundingClientRect())
  const marks = boxes("line.axis").filter(({ width }) => width < 1).map((box) => [box.left, frame.right])
  const lowest = Math.max(...boxes("text").map(({ bottom }) => bottom))
  const names = boxes("text").filter(({ bottom }) => bottom > lowest - 2)
  return [names.map(({ left, right }) => [left, right]), marks]
}"""


@pytest.mark.parametrize("question", NUMBERS, ids=["steps", "tiny", "linear"])
def test_no_line_runs_through_the_name_of_a_vote(context, room, question):
    page = project_states(context, room)
    low, high, is_logarithmic, _ = question.scale
    for place in (0.03, 0.1, 0.45, 0.55, 0.97):
        right = low * (high / low) ** place if is_logarithmic else low + (high - low) * place
        asked = replace(question, right=right)
        tell(page, room.code, made_up(asked, "revealed", ([low, high], [high])))
        assert page.evaluate(_CROSSED) == []


_CROSSED = """() => {
  const truth = document.querySelector(".truth").getBoundingClientRect()
  return [...document.querySelectorAll(".numbers text")].filter((text) => {
    const { left, right } = text.getBoundingClientRect()
    return text.textContent.includes("vote") && left < truth.right && right > truth.left
  }).map((text) => text.textContent)
}"""


@pytest.mark.parametrize("question", NUMBERS, ids=["steps", "tiny", "linear"])
def test_numbers_are_readable_and_the_truth_comes_with_the_reveal(context, room, question):
    page = project_states(context, room)
    low, high, is_logarithmic, _ = question.scale
    middle = (low * high) ** 0.5 if is_logarithmic else (low + high) / 2
    votes = ([low, high, *[middle] * 4, "unsure"], [high] * 7)
    truth = page.locator(".truth")
    for stage, rounds in [(VOTE, ()), (VOTE, votes[:1]), (TALK, votes[:1])]:
        tell(page, room.code, made_up(question, stage, rounds))
        assert unreadable(page) == []
        assert (truth.count(), page.locator(".numbers .bar").count()) == (0, 0)
        assert page.locator(".numbers text").count() >= 2
    tell(page, room.code, made_up(question, VOTE, votes, bars=True))  # bars sway those who still vote
    assert page.locator(".numbers .bar").count() == 0
    tell(page, room.code, made_up(question, TALK, votes[:1], bars=True))
    assert (truth.count(), page.locator(".numbers .bar").count()) == (0, 3)
    tell(page, room.code, made_up(question, "revealed", votes))
    assert unreadable(page) == []
    assert (truth.count(), page.locator(".numbers .bar").count()) == (1, 4)
    assert page.errors == []


def test_a_typed_question_as_long_as_it_may_be_is_not_cut_off_and_is_no_markup(context, room):
    room.join(2)
    page = project(context, room)
    text = ("<img src=x onerror=alert(1)> " * 20)[:299]
    room.ask(
        {"text": text, "answers": [f"{letter}{'<b>wide</b> words ' * 16}" for letter in "abcde"], "right": 1},
        "vote",
    )
    expect(page.locator("#screen h1")).to_have_text(text.strip())
    assert unreadable(page, 14 / 720) == []
    room.vote(["a", "b"])
    room.stage("revealed")
    expect(page.locator(".answer.right")).to_contain_text("b<b>wide</b>")
    assert unreadable(page, 14 / 720) == []
    assert page.locator("#screen :is(img, .words b)").count() == 0


# -- a lesson --


def test_a_lesson_from_the_first_code_to_the_reveal(context, room):
    page = project(context, room)
    seen = []
    page.on("request", lambda request: seen.append((request.method, request.url, request.headers)))
    screen, count_line = page.locator("#screen"), page.locator("#count")
    expect(page.locator(".code")).to_have_text(room.code)
    expect(screen).to_contain_text("Nobody has joined yet")
    picture = page.locator(".qr")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth > 0 && image.clientHeight > innerHeight / 2")
    assert unreadable(page) == []
    room.join(4)
    expect(screen).to_contain_text("4 have joined")

    room.ask("keep", "vote")
    expect(page.locator("h1")).to_contain_text("What happens to the old state")
    assert page.locator(".answers .letter").all_text_contents() == ["A", "B", "C"]
    room.vote(["forgets", "forgets", "depends"])
    expect(count_line).to_have_text("3 of 4 have answered")
    room.stage("vote", seconds=600)
    expect(page.locator("#timer")).to_contain_text(":")
    assert page.locator("#screen svg, .right, .reply").count() == 0

    room.stage("talk")
    expect(screen).to_contain_text("Talk to your neighbour")
    assert page.locator("#screen svg, .right, .reply").count() == 0
    room.stage("talk", bars=True)
    expect(page.locator(".drawing .bar")).to_have_count(3)
    assert page.locator(".right, .reply, .mark").count() == 0

    room.stage("vote", 2)
    expect(screen).to_contain_text("Vote again.")
    room.vote(["keeps", "keeps", "depends", "keeps"])
    expect(count_line).to_have_text("4 of 4 have answered")

    room.stage("revealed", 2)
    expect(page.locator(".answer.right")).to_contain_text("The cell keeps it")
    drawing = page.locator(".drawing")
    expect(drawing).to_contain_text("First vote")
    texts = drawing.locator("text").all_text_contents()
    assert {"67% (2)", "33% (1)", "75% (3)", "25% (1)", "0% (0)"} <= set(texts)
    assert drawing.locator("text.number").all_text_contents() == ["2"]
    assert drawing.locator(".band.came").count() == 1
    expect(count_line).to_have_text("2 of 3 changed their answer: 2 to the right one, 0 away from it.")
    expect(page.locator(".reply")).to_contain_text("For example, if C was 2.00 before the step")
    assert page.errors == []
    # It only reads, and has no secret.
    assert {method for method, _, _ in seen} <= {"GET", "HEAD"}
    assert not any("authorization" in headers or room.host in url for _, url, headers in seen)
    assert room.host not in page.content()


def test_the_model_stands_in_the_questions_state_and_lets_a_clickers_keys_through(context, room):
    room.join(1)
    room.ask("keep", "vote")
    page = project(context, room)
    said = context.new_page()
    said.goto(f"{room.address}/p/{room.code}x")
    hear(said, room.code)
    page.bring_to_front()
    page.keyboard.press("m")
    expect(page.locator("body")).not_to_have_attribute("data-model", "full")
    room.stage("revealed")
    expect(page.locator(".answer.right")).to_be_visible()
    page.keyboard.press("m")
    expect(page.locator("body")).to_have_attribute("data-model", "full")
    frame = page.frame_locator("#course")
    expect(frame.get_by_text("kept 2.00").first).to_be_visible()
    expect(frame.get_by_text("What happens to the old state")).to_have_count(0)
    frame.locator("input[type=range]").first.focus()
    page.keyboard.press("PageDown")
    said.wait_for_function("() => heard.some(({ key }) => key === 'next')")
    page.keyboard.press("m")
    expect(page.locator("body")).to_have_attribute("data-model", "")
    expect(page.locator(".reply")).to_be_visible()
    page.keyboard.press("m")
    frame.locator("input[type=range]").first.focus()
    room.ask("hide")
    expect(page.locator("body")).to_have_attribute("data-model", "")
    page.keyboard.press("PageDown")  # the focus was in a frame that is out of sight now
    said.wait_for_function("() => heard.filter(({ key }) => key === 'next').length === 2")


def test_what_was_opened_for_a_moment_makes_way_for_where_the_class_is(context, room):
    private = context.new_page()
    private.goto(f"{room.address}/p/{room.code}x")
    hear(private, room.code)
    page = project(context, room)
    room.ask("keep", "revealed")
    room.tell("POST", "/follow", {"page": "gates", "query": "part=Challenges&challenge=keep"})
    course = page.locator("#course")
    expect(course).to_have_attribute("src", re.compile("challenge=keep"))
    private.evaluate("channel.postMessage({ frame: 'gates?part=Over+time' })")
    expect(course).to_have_attribute("src", re.compile("part=Over.time"))
    private.evaluate("channel.postMessage({ frame: '' })")
    expect(course).to_have_attribute("src", re.compile("challenge=keep"))
    expect(page.locator("body")).to_have_attribute("data-model", "full")
    page.reload()
    expect(course).to_have_attribute("src", re.compile("challenge=keep"))
    room.tell("POST", "/follow", {"free": True})  # they go on with it on their own
    expect(page.locator("#notices")).to_have_text("")
    expect(page.locator("body")).to_have_attribute("data-model", "full")
    expect(course).to_have_attribute("src", re.compile("challenge=keep"))


def test_a_large_screen_shows_the_model_beside_its_question(browser, room):
    room.join(1)
    room.ask("keep", "vote")
    room.stage("revealed")
    with _visitor(browser, viewport={"width": 1920, "height": 1080}) as context:
        page = project(context, room)
        expect(page.locator("body")).to_have_attribute("data-model", "beside")
        expect(page.frame_locator("#course").get_by_text("kept 2.00").first).to_be_visible()
        assert unreadable(page) == []


# The course's drawings in a frame.
_DRAWN = """() => [...document.querySelectorAll(".stBidiComponent, .stBidiComponent *")]
  .flatMap(({ shadowRoot }) => [...shadowRoot?.querySelectorAll("[data-drawing] svg") ?? []])
  .map((drawing) => drawing.innerHTML).join()"""


@pytest.mark.parametrize("is_same_browser", [False, True], ids=["another browser", "the lecturer's browser"])
@pytest.mark.parametrize(
    ("id", "name"), [("keep", re.compile("^forget bias")), ("three", re.compile("^Forget bias"))]
)
def test_the_model_moves_while_the_lecturer_drags(browser, context, room, is_same_browser, id, name):
    room.join(1)
    room.ask(id)
    room.stage("revealed")
    link, streams, sent = room.state["asking"]["link"].replace(f"ask={id}", "ask=none"), [], []
    with leading(browser, room, link) as lecturer:
        page = (lecturer.context if is_same_browser else context).new_page()
        page.on("request", lambda request: streams.append(request.url) if "/events" in request.url else None)
        page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
        page.goto(f"{room.address}/p/{room.code}")
        expect(page.locator("#screen > *")).to_be_visible()
        page.keyboard.press("m")
        slider = lecturer.get_by_role("slider", name=name)
        follower = page.frame_locator("#course").get_by_role("slider", name=name)
        expect(follower).to_be_visible()
        frame = page.frames[1]
        settle(frame)
        before = frame.evaluate(_DRAWN)
        sent.clear()
        for share in (0.9, 0.2):  # it is not let go
            box = slider.bounding_box()
            x, y = box["x"] + box["width"] * share, box["y"] + box["height"] / 2
            if share == 0.9:
                lecturer.mouse.move(box["x"] + box["width"] / 2, y)
                lecturer.mouse.down()
            lecturer.mouse.move(x, y, steps=12)
            expect(follower).to_have_attribute("aria-valuetext", slider.get_attribute("aria-valuetext"))
            frame.wait_for_function(f"(before) => ({_DRAWN})() !== before", arg=before)
            before = frame.evaluate(_DRAWN)
        lecturer.mouse.up()
        assert sent == []  # its page has not been run
        assert len(streams) == (0 if is_same_browser else 1)


@pytest.mark.parametrize(
    ("link", "act", "sign"),
    [
        ("?section=Start", lambda page: page.get_by_role("textbox", name="A word").type("s"), "step 8"),
        (
            "gates?part=One+step&ask=none",
            lambda page: page.get_by_role("button", name="Hide").click(), "0.00",
        ),
        (
            "sampling?task=Gate+surgery&ask=none",
            lambda page: page.get_by_text("ablate units", exact=True).click(), "Units",
        ),
    ],
    ids=["a word is typed", "a preset", "a choice"],
)  # fmt: skip
def test_the_model_takes_over_what_the_lecturer_does_without_a_slider(
    browser, context, room, link, act, sign
):
    file, _, query = link.partition("?")
    with leading(browser, room, link) as lecturer:
        page = project(context, room)
        room.tell("POST", "/follow", {"page": file, "query": query})
        frame = page.frame_locator("#course")
        settled(page.frames[1])
        settle(page.frames[1])
        words = frame.get_by_text(sign).locator("visible=true")
        before = words.count()
        act(lecturer)
        expect(words).not_to_have_count(before)


@contextmanager
def leading(browser, room, link):
    """A page of the course in the lecturer's browser, whose controls lead the class."""
    with _visitor(browser, viewport={"width": 1280, "height": 800}) as own:
        kept = json.dumps({"code": room.code, "host": room.host, "until": 9e15})
        own.add_init_script(f"localStorage['lstm_room/host'] ??= {json.dumps(kept)}")
        lecturer = own.new_page()
        lecturer.goto(f"{room.address}/{link}")
        lecturer.locator("#lstm-bar").get_by_role("switch", name="Lead").click()
        settle(lecturer)
        yield lecturer


def hear(page, code):
    """Let a page be the private screen: it hears what the projector says."""
    page.evaluate(
        """(code) => {
          window.heard = []
          window.channel = new BroadcastChannel(`lstm-clicker-${code}`)
          channel.onmessage = ({ data }) => heard.push(data)
        }""",
        code,
    )


def test_keys_and_the_private_screen(context, room):
    private = context.new_page()
    private.goto(f"{room.address}/p/{room.code}x")
    hear(private, room.code)
    page = project(context, room)
    private.wait_for_function("() => heard.some(({ hello }) => hello)")
    for key in ("PageDown", "ArrowRight", "Space", "Enter", "PageUp", "ArrowLeft"):
        page.keyboard.press(key)
    private.wait_for_function("() => heard.length >= 7")
    keys = [one["key"] for one in private.evaluate("heard") if "key" in one]
    assert keys == ["next"] * 4 + ["back"] * 2

    root = page.locator("html")
    page.keyboard.press("b")
    expect(root).to_have_class("black")
    page.keyboard.press("PageDown")
    expect(root).to_have_class("")
    page.keyboard.press("t")
    expect(root).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 21, 28)"
    page.keyboard.press("t")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"

    for address in (f"http://10.0.0.7:8501/j/{room.code}", "http://evil.example/j/AAAAAA"):
        private.evaluate("(address) => channel.postMessage({ address })", address)
    expect(page.locator(".address")).to_have_text(f"10.0.0.7:8501/j/{room.code}")
    expect(page.locator(".qr")).to_have_attribute("alt", f"QR code of http://10.0.0.7:8501/j/{room.code}")
    private.evaluate("channel.postMessage({ note: '23 of 60 have solved it.' })")
    expect(page.locator("#notices")).to_have_text("23 of 60 have solved it.")


@pytest.mark.parametrize(
    ("page", "query", "picture"),
    [
        ("gates", "part=One+step", "svg.wide, .line, .presets"),
        ("gates", "part=Over+time&input=noise", ".time, .scrub, .sliders"),
        ("gates", "part=Challenges&challenge=keep", ".time, .scrub, .sliders, .check"),
        ("gates", "part=Challenges&challenge=reset", ".time, .scrub, .sliders, .check"),
        ("gates", "part=Challenges&challenge=light-switch", ".time, .scrub, .check"),
        ("gradients", "b_f=1", ".curves"),
        ("gradients", "view=Two+roads", ".curves"),
        ("sampling", "task=Gate+surgery", ".outcome, .price"),
        (
            "sampling", "task=Gate+surgery&network=brackets&operation=ablate+units&units=64",
            ".outcome, .price",
        ),
    ],
)  # fmt: skip
def test_what_a_class_looks_at_is_whole_on_the_projector(context, room, page, query, picture):
    projector = project(context, room)
    room.tell("POST", "/follow", {"page": page, "query": f"{query}&ask=none"})
    expect(projector.locator("body")).to_have_attribute("data-model", "full")
    expect(projector.frame_locator("#course").locator(picture.split(",")[-1].strip()).first).to_be_visible()
    frame = projector.frames[1]
    settled(frame)
    settle(frame)
    frame.wait_for_function(
        f"() => {{ const seen = ({_WHOLE})({json.dumps(picture)}); return !seen.length }}"
    )
    assert frame.evaluate(_WHOLE, picture) == []
    for chart in frame.locator(".place > .curves > svg.picture").all():
        assert chart.bounding_box()["height"] > 0.55 * ZOOMED["height"]


# What of a picture does not lie in the frame, in words.
_WHOLE = """(picture) => {
  const every = (root) => [...root.querySelectorAll("*")]
    .flatMap((element) => [element, ...(element.shadowRoot ? every(element.shadowRoot) : [])])
  const main = document.querySelector("[data-testid=stMain]")
  const parts = every(main).filter((element) => element.matches(picture) && element.checkVisibility())
  const boxes = parts.map((part) => [part.className.baseVal ?? part.className, part.getBoundingClientRect()])
  const bad = boxes.filter(([, { bottom, height }]) => height < 10 || bottom > innerHeight)
    .map(([name, { bottom, height }]) => `${name}: to ${bottom} of ${innerHeight}, ${height} high`)
  return parts.length ? bad : ["no picture"]
}"""


def test_a_long_reply_is_told_and_its_answer_is_large(context, room):
    page = project_states(context, room)
    for question in (each for each in catalogue() if each.kind == CHOICE):
        tell(page, room.code, made_up(question, "revealed", good_votes(question, 60, 30)))
        reply = page.locator(".reply")
        size = reply.evaluate("(reply) => parseFloat(getComputedStyle(reply).fontSize) / innerHeight * 720")
        lines = reply.evaluate(
            "(reply) => reply.clientHeight / parseFloat(getComputedStyle(reply).lineHeight)"
        )
        assert size >= 27.9 and lines < 4.9, (question.id, lines)


def test_the_buttons_lie_over_nothing(context, room):
    page = project(context, room)
    room.tell("POST", "/follow", {"page": "gates", "query": "part=One+step"})
    expect(page.locator("#notices")).to_have_text("Your phone has a link to this page.")
    page.mouse.move(300, 10)
    page.mouse.move(310, 12)
    expect(page.locator("#tools")).to_have_css("opacity", "1")
    tools, way, model = (page.locator(id).bounding_box() for id in ("#tools", "#way", "#model"))
    assert tools["y"] >= 0 and tools["y"] + tools["height"] <= model["y"]
    assert tools["x"] >= way["x"] + way["width"] and tools["x"] + tools["width"] <= ZOOMED["width"]
    expect(page.locator("#notices")).to_be_hidden()


def test_eyes_up_and_follow(context, room):
    page = project(context, room)
    room.tell("POST", "/follow", {"eyes_up": True})
    expect(page.locator("#notices")).to_have_text("Eyes up: please look here.")
    room.tell("POST", "/follow", {"page": "gates", "query": "part=One+step"})
    expect(page.locator("#notices")).to_have_text("Your phone has a link to this page.")
    expect(page.locator("#way:visible")).to_contain_text(room.code)  # who comes late can still join
    assert unreadable(page) == []
    expect(page.locator("body")).to_have_attribute("data-model", "full")
    expect(page.frame_locator("#course").get_by_text("forget bias").first).to_be_visible()
    page.keyboard.press("m")  # to how to join, and back
    expect(page.locator("#notices")).to_have_text("")
    page.keyboard.press("m")
    expect(page.locator("#notices")).to_have_text("Your phone has a link to this page.")
    room.ask("keep", "vote")
    expect(page.locator("#screen h1")).to_be_visible()
    expect(page.locator("body")).to_have_attribute("data-model", "")
    expect(page.locator("#notices")).to_have_text("")
    room.tell("POST", "/follow", {"eyes_up": True})
    room.stage("talk")
    private = context.new_page()
    private.goto(f"{room.address}/p/{room.code}x")
    hear(private, room.code)
    long = f"lstm.teaching.{'some-' * 8}university.example.org:8501/courses/2026/lstm/j/{room.code}"
    private.evaluate("(address) => channel.postMessage({ address })", f"https://{long}")
    private.evaluate("channel.postMessage({ note: '23 of 60 have solved it.' })")
    page.bring_to_front()
    expect(page.locator("#notices p")).to_have_count(2)
    expect(page.locator("#way:visible")).to_have_text(long)
    assert unreadable(page) == []
    room.tell("POST", "/follow", {"free": True})
    expect(page.locator("#notices")).to_have_text("23 of 60 have solved it.")


def test_a_room_that_is_over_says_so_and_one_that_never_was(context, room):
    page = project(context, room)
    room.tell("DELETE", "")
    expect(page.locator("#screen")).to_have_text("This room is over.")
    page.goto(f"{room.address}/p/AAAAAA")
    expect(page.locator("#screen")).to_have_text("There is no class with this code.")


def test_the_projector_comes_back_after_the_server_was_killed(context, database):
    port = free_port()
    with serving("streamlit_app.py", ROOT, port) as (address, process):
        room = ClassRoom(address)
        room.join(3)
        page = project(context, room)
        room.ask("keep", "vote")
        room.vote(["keeps", "forgets"])
        expect(page.locator("#count")).to_have_text("2 of 3 have answered")
        process.kill()
        process.wait()
        expect(page.locator("#notices")).to_contain_text(
            "The server is out of reach. The screen is as it was at"
        )
        expect(page.locator("#count")).to_have_text("2 of 3 have answered")
        assert unreadable(page) == []
    with serving("streamlit_app.py", ROOT, port):
        room.vote(["keeps", "forgets", "keeps"])
        expect(page.locator("#notices")).to_have_text("", timeout=60_000)
        expect(page.locator("#count")).to_have_text("3 of 3 have answered")
        room.stage("revealed")
        expect(page.locator(".answer.right")).to_be_visible()
