"""The projector's pictures of what a class does together, one kind after the other, and how they lie."""

from dataclasses import replace

import pytest

from lesson.catalogue import catalogue
from lesson.classroom.asking import AFTER, BEFORE, TALK, VOTE, WAITING
from lesson.classroom.asking import Test as Item
from lesson.classroom.gain import interval
from lesson.classroom.question import DEALT, SWEEP, Answer, Deal
from tests.browser.barriers import Barriers
from tests.browser.class_room import ClassRoom
from tests.browser.class_samples import (
    CURVE_QUESTION,
    DEALT_QUESTION,
    EXPERIMENT_QUESTION,
    SAMPLES,
    SURFACE_QUESTION,
    SWEEP_QUESTION,
)  # fmt: skip
from tests.browser.class_states import rooms, tell
from tests.browser.class_votes import class_of
from tests.browser.test_class_projector import project, project_states, unreadable

expect = pytest.importorskip("playwright.sync_api").expect
VIEWS = [(1280, 720, 1), (853, 480, 1.5)]
TOO_FEW = "Too few for a gain: 9 students answered at both ends."


@pytest.fixture
def room(server):
    return ClassRoom(server.address)


@pytest.fixture
def visitor(browser):
    """visitor(width, height, scale, scheme, motion): a browser's window; closed after the test."""
    contexts = []

    def open_one(width=1280, height=720, scale=1, scheme="light", motion="reduce"):
        size = {"width": width, "height": height}
        context = browser.new_context(
            viewport=size, device_scale_factor=scale, color_scheme=scheme, reduced_motion=motion
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        return context

    yield open_one
    for context in contexts:
        context.close()


MISTAKES = ("The old state forgotten", "The input gate forgotten", "The ratio divided by the temperature",
            "1 − f in place of f", "f and i swapped", "tanh in place of σ")  # fmt: skip
# As long as one of the course may be, with as many mistakes, each of which somebody makes.
LONG_QUESTION = replace(
    DEALT_QUESTION,
    id="long",
    text="The forget gate is f = {0}, the input gate is i = {1}, the candidate is C̃ = {2}, and the old "
    "state is C_t−1 = {3}. What is C_t, to two digits after the point, and what is it worth? (ln 2 = {4}.)",
    html="",
    answers=(
        Answer("right", "Right"),
        *(Answer(str(k), name, reply="No. " * 30) for k, name in enumerate(MISTAKES)),
        Answer("other", "Another number"),
    ),
    reply="The share f of the old state is kept, and the share i of the candidate is added. " * 3,
    deals=(
        Deal(("0.3",) * 5, 5.0, (("right", 5, 5), *((str(k), k / 2, k / 2) for k in range(len(MISTAKES))))),
    ),
)  # fmt: skip


def questions():
    """One question of each kind, and all of the course that are drawn like them."""
    course = (each for each in catalogue() if each.kind in (DEALT, SWEEP) or each.curve or each.experiment)
    return [LONG_QUESTION, *(sample for sample in SAMPLES if not sample.experiment), *course]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS, ids=["1280x720", "853x480"])
def test_every_picture_is_readable_from_the_last_row(visitor, room, view, scheme):
    page = project_states(visitor(*view, scheme), room)
    bad = {}
    for question in questions():
        for stage, rounds, size in [
            (VOTE, 1, 12), (TALK, 1, 12), ("revealed", 1, 0), ("revealed", 1, 12), ("revealed", 1, 300),
            ("revealed", 2, 300),
        ]:  # fmt: skip
            tell(page, room.code, class_of(question, stage, size, rounds))
            if words := unreadable(page):
                bad[question.id, stage, rounds, size] = words
        tell(page, room.code, class_of(question, TALK, 30, bars=True))
        assert page.locator(".plot, .numbers, .table").count() == 1
        assert page.locator(".reply, .best, .truth, .right, .model, .strength, .diamond").count() == 0
        if words := unreadable(page):
            bad[question.id, "bars"] = words
    assert bad == {}
    assert page.errors == []


@pytest.mark.parametrize("view", VIEWS, ids=["1280x720", "853x480"])
def test_dealt_numbers_at_both_ends_of_a_lesson_are_readable(visitor, room, view):
    page = project_states(visitor(*view), room)
    for question in (LONG_QUESTION, DEALT_QUESTION):
        for size in (8, 300):
            state = class_of(question, "revealed", size, 2)
            votes = state.asking.votes
            ends = (
                replace(state.asking, stage=TALK, round=1, votes={1: votes[1]}, test=Item(BEFORE, 1, 3)),
                replace(state.asking, id="2", round=1, votes={1: votes[2]}, test=Item(AFTER, 1, 3)),
            )
            tell(page, room.code, replace(state, askings=ends))
            assert unreadable(page) == []
            assert page.locator(".table.double .band").count() > 3
            assert ("Too few for a gain" in page.locator(".gained").inner_text()) == (size == 8)


def test_a_picture_has_the_whole_width_of_a_large_screen(visitor, room):
    page = project_states(visitor(1920, 1080), room)
    for question in SAMPLES[:4]:
        tell(page, room.code, class_of(question, "revealed", 300, 2))
        expect(page.locator("body")).to_have_attribute("data-model", "")
        assert unreadable(page) == []


def test_every_state_has_contrast_and_no_barrier(visitor, room):
    page = project_states(visitor(), room)
    barriers = Barriers(page, strict=True)
    barriers.look("who may join")
    for name, state, own in rooms():
        if own is not None or state.asking.stage == WAITING:  # nobody's own answer is to be seen
            tell(page, room.code, state)
            barriers.look(name)
    tell(page, room.code, state, away=True)
    barriers.look("the database is away")
    page.context.set_offline(True)
    expect(page.locator("#notices")).to_contain_text("The server is out of reach.")
    barriers.look("no connection")
    page.context.set_offline(False)
    room.tell("DELETE", "")
    expect(page.locator("#screen")).to_have_text("This room is over.")
    barriers.look("over")
    assert not barriers.found, "\n".join(barriers.found)


# -- numbers that are dealt --


def test_dealt_numbers_are_gaps_and_mistakes_have_their_names(visitor, room):
    page = project_states(visitor(), room)
    tell(page, room.code, class_of(DEALT_QUESTION, VOTE, 30))
    heading = page.locator("h1")
    assert heading.locator(".gap").count() == 2 and "{" not in heading.inner_text()
    expect(page.locator(".own")).to_have_text("Everybody has other numbers. Yours are on your phone.")
    assert page.locator("#screen :is(.answer, svg, .reply)").count() == 0
    expect(page.get_by_text("1 − f")).to_have_count(0)

    state = class_of(DEALT_QUESTION, "revealed", 300, 2)
    tell(page, room.code, state)
    rows = page.locator(".answer .words").all_inner_texts()
    assert [row.split("\n")[0].rstrip("\u00a0✓") for row in rows] == [
        "Right", "1 − ft for ft", "Another number", "I don't know",
    ]  # fmt: skip
    assert page.locator(".answer.right").count() == 1 and page.locator(".table .band").count() >= 9
    errors = page.locator(".errors")
    for kind in ("before", "after"):
        assert errors.locator(f".bar.{kind}").count() >= 4
    texts = errors.locator("text").all_text_contents()
    assert {"≤ −2", "0", "≥ +2", "✓ right", "How far each number is off"} <= set(texts)
    truth, zero = errors.locator(".truth").bounding_box(), errors.get_by_text("0", exact=True).bounding_box()
    assert abs(truth["x"] - zero["x"] - zero["width"] / 2) < 4
    words = errors.locator("svg").get_attribute("aria-label")
    assert "First vote: " in words and "0 is right" in words
    tallest = max(
        errors.locator(".bar.after").all(), key=lambda bar: bar.bounding_box()["height"]
    ).bounding_box()
    assert abs(tallest["x"] - truth["x"]) < 30  # the most are right


def test_the_reply_to_the_most_frequent_mistake_stands_where_there_is_room(visitor, room):
    page = project_states(visitor(), room)
    page.evaluate("document.head.append(Object.assign(document.createElement('style'), "
                  "{ textContent: '.answer.answer { display: none }' }))")  # fmt: skip
    tell(page, room.code, class_of(DEALT_QUESTION, "revealed", 30))
    expect(page.locator(".mistake")).to_have_text("1 − ft for ft: f is the part that stays.")


# -- a number, and what the model does --

_CURVE = """() => {
  const path = document.querySelector("path.model"), truth = document.querySelector(".truth")
  return [Number(path.getAttribute("stroke-dashoffset")), getComputedStyle(truth).visibility]
}"""


def test_the_model_runs_through_the_numbers_of_the_class_and_ends_at_the_truth(visitor, room):
    page = project_states(visitor(motion="no-preference"), room)
    tell(page, room.code, class_of(CURVE_QUESTION, VOTE, 30))
    assert page.locator("path.model").count() == 0
    tell(page, room.code, class_of(CURVE_QUESTION, "revealed", 30))
    first = page.evaluate(_CURVE)
    assert first[0] > 0.9 and first[1] == "hidden" and page.locator(".numbers .bar").count() > 3
    page.wait_for_function(f"() => {{ const [offset] = ({_CURVE})(); return offset > 0 && offset < 0.9 }}")
    page.wait_for_function(f"() => ({_CURVE})()[0] === 0")
    assert page.evaluate(_CURVE) == [0, "visible"]
    expect(page.locator("text.model")).to_have_text("share of C left")
    assert {"0", "0.5", "1"} <= set(page.locator("text.tick").all_text_contents())
    # The truth is where C is half: on the curve, at the height of its tick.
    dot, tick = (
        page.locator(".meeting").bounding_box(),
        page.locator("text.tick", has_text="0.5").bounding_box(),
    )
    assert abs(dot["y"] + dot["height"] / 2 - tick["y"] - tick["height"] / 2) < 3
    assert page.locator(".distance").count() == 2
    page.set_viewport_size({"width": 853, "height": 480})  # it does not begin anew
    page.wait_for_function("() => document.querySelector('.numbers svg').viewBox.baseVal.width < 850")
    assert page.evaluate(_CURVE) == [0, "visible"]


def test_the_curve_is_there_at_once_without_votes_and_for_whoever_wants_no_motion(visitor, room):
    page = project_states(visitor(), room)
    tell(page, room.code, class_of(CURVE_QUESTION, "revealed", 0))
    assert page.evaluate(_CURVE) == [0, "visible"]
    assert page.locator(".distance").count() == 0
    words = page.locator(".numbers svg").get_attribute("aria-label")
    assert "The right number is 6.58\u00a0steps. C falls from 1 to half of it" in words


_AXIS = """() => {
  const middle = (box) => (box.left + box.right) / 2
  const svg = document.querySelector(".numbers svg"), at = svg.getBoundingClientRect()
  const boxes = (names) => [...svg.querySelectorAll(names)].map((node) => node.getBoundingClientRect())
  const [texts, lines] = [boxes("text"), boxes("line.axis")]
  const words = [...svg.querySelectorAll("text")].map((node) => node.textContent)
  return {
    words,
    off: texts.map((box) => Math.min(...lines.map((line) => Math.abs(middle(line) - middle(box))))),
    left: texts.map((box) => box.left - at.left),
    high: Math.max(0, ...boxes(".bar").map((box) => box.height)) / at.height,
  }
}"""


def test_a_number_stands_below_its_tick_and_its_unit_behind_it(visitor, room):
    page = project_states(visitor(1920, 1080), room)
    tell(page, room.code, class_of(EXPERIMENT_QUESTION, VOTE, 12))
    axis = page.evaluate(_AXIS)
    assert axis["words"][0] == "0" and axis["words"][-2:] == ["30", "networks"]
    assert all(off < 2 for off in axis["off"][:-1])
    assert axis["left"][-1] > axis["left"][-2]


def test_a_curve_has_its_name_at_its_axis_and_one_vote_is_little(visitor, room):
    question = next(each for each in catalogue() if each.id == "number_share_left")
    page = project_states(visitor(1920, 1080), room)
    tell(page, room.code, class_of(question, VOTE, 12))
    assert page.evaluate(_AXIS)["words"] == ["10⁻¹²", "10⁻⁶", "1"]
    tell(page, room.code, class_of(question, "revealed", 1))
    axis = page.evaluate(_AXIS)
    assert axis["words"][:5] == ["10⁻¹²", "10⁻⁹", "10⁻⁶", "0.001", "1"]  # as on a phone
    assert 0 < axis["high"] < 0.25
    name, ticks = axis["words"].index("steps back"), [axis["words"].index(word) for word in ("0", "40")]
    width = page.locator(".numbers svg").bounding_box()["width"]
    assert all(abs(axis["left"][name] - axis["left"][tick]) < 0.1 * width for tick in ticks)


# -- settings --

# Circles that are drawn in each frame, and after the last one.
_COUNT_DOTS = """() => {
  const { arc, clearRect } = CanvasRenderingContext2D.prototype
  window.frames_of_dots = []
  CanvasRenderingContext2D.prototype.clearRect = function (...place) {
    frames_of_dots.push(0)
    return clearRect.apply(this, place)
  }
  CanvasRenderingContext2D.prototype.arc = function (...circle) {
    frames_of_dots[frames_of_dots.length - 1] += 1
    return arc.apply(this, circle)
  }
}"""


# Comes to an end when for thirty frames nothing was drawn.
_RESTS = """() => new Promise((rests) => {
  let count = 0, before = frames_of_dots.length
  const look = () => {
    count = frames_of_dots.length === before ? count + 1 : 0
    before = frames_of_dots.length
    if (count === 30) rests()
    else requestAnimationFrame(look)
  }
  look()
})"""


def page_colour(page, name):
    """A colour of the page by its name, as a canvas says it: #rrggbb."""
    return page.evaluate(
        """(name) => {
          const pen = document.createElement("canvas").getContext("2d"), probe = document.createElement("i")
          document.body.append(probe)
          probe.style.color = `var(--${name})`
          pen.fillStyle = getComputedStyle(probe).color
          probe.remove()
          return pen.fillStyle
        }""",
        name,
    )


@pytest.mark.parametrize("question", [SWEEP_QUESTION, SURFACE_QUESTION], ids=["one", "two"])
def test_a_dot_for_each_student_falls_to_its_setting(visitor, room, question):
    page = project_states(visitor(motion="no-preference"), room)
    page.evaluate(_COUNT_DOTS)
    tell(page, room.code, class_of(question, VOTE, 300))
    expect(page.locator(".range")).to_have_count(len(question.settings))
    expect(page.locator("#count")).to_have_text("300 of 300 have chosen")
    assert page.evaluate("frames_of_dots.length") == 0
    state = class_of(question, "revealed", 300)
    tell(page, room.code, state)
    votes = [vote.answer for vote in state.asking.votes[1].values() if vote.answer != "unsure"]
    holes = 0 if len(question.settings) > 1 else 25 - len(set(votes))
    page.wait_for_function("(all) => frames_of_dots.at(-1) === all", arg=len(votes) + holes)
    counts = page.evaluate("frames_of_dots")
    assert len(counts) > 10 and counts == sorted(counts) and counts[0] < 100
    page.evaluate(_RESTS)  # once all dots are there


def test_the_curve_of_a_sweep_has_its_axes_its_best_setting_and_its_holes(visitor, room):
    page = project_states(visitor(), room)
    tell(page, room.code, class_of(SWEEP_QUESTION, "revealed", 30))
    expect(page.locator(".best")).to_have_text("Highest: 24 of 24 is left")
    expect(page.locator(".below")).to_have_text("bf")
    texts = page.locator(".plot text").all_text_contents()
    assert texts[0] == "−6" and texts[-2:] == ["0", "24"] and "0" in texts[:-2]
    words = page.locator(".plot svg").get_attribute("aria-label")
    state = class_of(SWEEP_QUESTION, "revealed", 30)
    tried = {vote.answer for vote in state.asking.votes[1].values()} - {"unsure"}
    assert f"{len(tried)} of 25 settings were tried." in words
    expect(page.locator(".reply")).to_have_text("The most is left at 6.")


def test_two_votes_on_a_sweep_are_told_apart(visitor, room):
    page = project_states(visitor(), room)
    tell(page, room.code, class_of(SURFACE_QUESTION, "revealed", 30))
    assert page.locator(".votes").count() == 0
    tell(page, room.code, class_of(SURFACE_QUESTION, "revealed", 30, 2))
    expect(page.locator(".votes")).to_have_text("First voteSecond vote")


def test_of_several_settings_that_are_as_good_one_is_shown(visitor, room):
    page = project_states(visitor(), room)
    surface = SWEEP_QUESTION.surface._replace(heights=(0.0,) * 23 + (1.0, 1.0))
    question = replace(SWEEP_QUESTION, surface=surface, right="23")
    tell(page, room.code, class_of(question, "revealed", 30))
    expect(page.locator(".best")).to_have_text("One of the 2 best: 23 of 24 is left")
    words = page.locator(".plot svg").get_attribute("aria-label")
    assert "One of the 2 best: 23 of 24 is left." in words


def test_the_map_is_stronger_where_it_is_higher_and_rows_belong_to_the_first_control(visitor, room):
    page = project_states(visitor(), room)
    page.evaluate("""() => {
      const { fillRect } = CanvasRenderingContext2D.prototype
      window.fields = []
      CanvasRenderingContext2D.prototype.fillRect = function (x, y, width, height) {
        fields.push([Math.round(x), Math.round(y), this.globalAlpha, this.fillStyle])
        return fillRect.call(this, x, y, width, height)
      }
    }""")
    tell(page, room.code, class_of(SURFACE_QUESTION, "revealed", 0))
    fields = page.evaluate("fields.slice(-625)")
    heights = SURFACE_QUESTION.surface.heights
    assert len(fields) == 625
    order = sorted(range(625), key=lambda k: heights[k])
    strengths = [fields[k][2] for k in order]
    assert strengths == sorted(strengths) and strengths[-1] > 2 * strengths[0]
    assert fields[24][0] > fields[0][0] and fields[24][1] == fields[0][1]  # the second control goes right
    assert fields[600][1] < fields[0][1] and fields[600][0] == fields[0][0]  # the first one goes up
    expect(page.locator(".above")).to_contain_text("bf")
    expect(page.locator(".below")).to_have_text("bi")
    assert page.locator(".strength").count() > 9
    assert page.locator("text.tick").all_text_contents() == ["0", "25", "50"]
    # The model's colour, as in curves and on phones: tests/lesson/test_curve_pictures.py.
    assert {field[3] for field in fields} == {page_colour(page, "accent")}
    key = page.locator(".strength").first.evaluate("(field) => getComputedStyle(field).fill")
    assert key == page.locator("body").evaluate(
        "(body) => { body.style.fill = 'var(--accent)'; return getComputedStyle(body).fill }"
    )


@pytest.mark.parametrize("question", [SWEEP_QUESTION, SURFACE_QUESTION], ids=["one", "two"])
def test_a_picture_that_is_open_takes_the_colours_of_another_theme(visitor, room, question):
    page = project_states(visitor(), room)
    page.evaluate("""() => {
      const { fill } = CanvasRenderingContext2D.prototype
      window.filled = new Set()
      CanvasRenderingContext2D.prototype.fill = function (...shape) {
        window.filled.add(this.fillStyle)
        return fill.apply(this, shape)
      }
    }""")
    dots_and_diamond = "(colours) => colours.every((colour) => window.filled.has(colour))"

    def colours():
        return [page_colour(page, name) for name in ("after", "right")]

    tell(page, room.code, class_of(question, "revealed", 30))
    light = colours()
    page.wait_for_function(dots_and_diamond, arg=light)
    page.evaluate("filled.clear()")
    page.emulate_media(color_scheme="dark")
    dark = colours()
    assert not set(dark) & set(light)
    page.wait_for_function(dots_and_diamond, arg=dark)
    page.evaluate("filled.clear()")
    page.keyboard.press("t")
    page.wait_for_function(dots_and_diamond, arg=light)


# -- networks --


def test_networks_are_drawn_as_they_come_until_all_are_done(visitor, room):
    context = visitor()
    room.join(6)
    page = project(context, room)
    requests = []
    page.on("request", lambda request: requests.append(request.url) if "/runs/" in request.url else None)
    room.ask(EXPERIMENT_QUESTION.id, VOTE)
    room.vote([3, 5, 20, 20, 28, 30])
    expect(page.locator("#count")).to_have_text("6 of 6 have answered")
    assert requests == []
    page.evaluate(_COUNT_LINES)
    room.stage("revealed")
    screen = page.locator(".runs")
    expect(screen).to_contain_text("bf = 3: 0 of 30 have learned it")
    expect(screen).to_contain_text("0 of 60 networks are done.")
    page.evaluate("document.querySelector('.runs').dataset.same = 'yes'")
    assert unreadable(page) == []
    assert page.locator(".estimates .bar").count() == 5 and page.locator(".truth").count() == 0
    painted = page.evaluate(_PAINTED)
    page.wait_for_function(f"(before) => ({_PAINTED})() > 1.5 * before", arg=painted)
    assert page.evaluate("lines.slice(0, -1).at(-1)") == 62  # of each network, and of each setup's median
    expect(screen).to_contain_text("bf = 3: 30 of 30 have learned it", timeout=40_000)
    expect(screen).to_contain_text("All 60 networks are done.")
    expect(page.locator(".reply")).to_have_text("0 of thirty learned it with b_f = 1, 30 with b_f = 3.")
    expect(page.locator(".estimates .truth")).to_have_count(1)
    expect(screen).to_have_attribute("data-same", "yes")  # the screen was not built anew
    words = page.locator(".left svg").get_attribute("aria-label")
    assert words.startswith("share of right answers of 60 networks. b_f = 1: 0 of 30")
    assert unreadable(page) == []
    count = len(requests)
    page.wait_for_timeout(2_500)
    assert len(requests) - count <= 1  # once more after the truth was stored, and no more
    page.reload()
    expect(page.locator(".reply")).to_be_visible()
    expect(page.locator(".runs")).to_contain_text("All 60 networks are done.")
    assert page.errors == []


# Lines that are drawn in each frame.
_COUNT_LINES = """() => {
  const { stroke, clearRect } = CanvasRenderingContext2D.prototype
  window.lines = []
  CanvasRenderingContext2D.prototype.clearRect = function (...place) {
    lines.push(0)
    return clearRect.apply(this, place)
  }
  CanvasRenderingContext2D.prototype.stroke = function (...path) {
    lines[lines.length - 1] += 1
    return stroke.apply(this, path)
  }
}"""

# How many pixels of a canvas are painted.
_PAINTED = """() => {
  const canvas = document.querySelector(".left canvas")
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height)
  return data.filter((value, k) => k % 4 === 3 && value > 0).length
}"""


@pytest.mark.parametrize("view", VIEWS, ids=["1280x720", "853x480"])
def test_an_experiment_that_has_not_begun_says_so(visitor, room, view):
    page = project_states(visitor(*view), room)
    tell(page, room.code, class_of(EXPERIMENT_QUESTION, "revealed", 30))  # the server knows of none
    expect(page.locator(".done")).to_have_text("The networks begin …")
    assert unreadable(page) == []


# -- before the lesson and after it --


def ask_item(room, question, part, item, answers, items=2):
    room.tell("POST", "/ask", {"question": question, "test": {"part": part, "item": item, "items": items}})
    room.stage(VOTE)
    room.vote(answers)


def test_a_test_is_asked_at_both_ends_and_the_gain_is_told(visitor, room):
    room.join(12)
    page = project(visitor(853, 480, 1.5, "dark"), room)
    ids = ["keep", "three"]
    right = {each.id: each.right for each in catalogue() if each.id in ids}
    wrong = {
        each.id: next(a.id for a in each.answers if a.id != each.right)
        for each in catalogue()
        if each.id in ids
    }
    for k, id in enumerate(ids, 1):
        ask_item(room, id, BEFORE, k, [right[id]] * 3 + [wrong[id]] * 9)
        expect(page.locator(".item")).to_have_text(f"Before the lesson · question {k} of 2")
        room.stage(TALK)
        expect(page.locator(".task")).to_have_text(
            "The vote is closed. What is right comes at the end of the lesson."
        )
        assert unreadable(page) == [] and page.locator(".right, .reply, svg").count() == 0
    for k, id in enumerate(ids, 1):
        ask_item(room, id, AFTER, k, [right[id]] * 9 + [wrong[id]] * 3)
        expect(page.locator(".item")).to_have_text(f"After the lesson · question {k} of 2")
        room.stage("revealed")
        if k == 1:
            expect(page.locator(".gained")).to_contain_text("On this question: +50 points, 95% interval")
            expect(page.locator(".table")).to_contain_text("Before")
            assert {"25% (3)", "75% (9)"} <= set(page.locator(".drawing text").all_text_contents())
            assert unreadable(page) == []
    expect(page.locator("h1")).to_have_text("What this class has learned")
    low, high = (f"{100 * end:.0f}" for end in interval([0.0] * 6 + [1.0] * 6))
    expect(page.locator(".all")).to_have_text(f"+50 points, 95% interval {low} to {high}, n = 12")
    rows = page.locator(".gains li")
    expect(rows).to_have_count(3)
    for row in rows.all():
        assert row.locator(".end").all_inner_texts() == ["before\n25%", "after\n75%"]
        widths = [bar.bounding_box()["width"] for bar in row.locator(".end i").all()]
        assert abs(widths[1] / widths[0] - 3) < 0.1
    expect(page.locator(".solution")).to_have_count(2)
    assert unreadable(page) == []
    page.keyboard.press("g")
    expect(page.locator(".answer.right")).to_be_visible()
    assert unreadable(page) == []
    page.keyboard.press("g")
    expect(rows).to_have_count(3)
    assert page.errors == []


def test_with_few_students_there_are_no_numbers(visitor, room):
    room.join(9)
    page = project(visitor(), room)
    ask_item(room, "keep", BEFORE, 1, ["forgets"] * 9, 1)
    room.stage(TALK)
    ask_item(room, "keep", AFTER, 1, ["keeps"] * 9, 1)
    room.stage("revealed")
    expect(page.locator(".gained")).to_have_text(TOO_FEW)
    expect(page.locator(".answer.right")).to_be_visible()
    page.keyboard.press("g")
    expect(page.locator(".all")).to_have_text("Too few for a gain: 9 students answered all at both ends.")
    expect(page.locator(".gains li")).to_contain_text("9 at both ends")
    assert page.locator(".end").count() == 0 and unreadable(page) == []


def test_with_few_students_each_question_has_its_answer_at_the_end(visitor, room):
    room.join(2)
    page = project(visitor(), room)
    ids = ["keep", "three"]
    for part in (BEFORE, AFTER):
        for k, id in enumerate(ids, 1):
            ask_item(room, id, part, k, ["unsure"] * 2)
            room.stage(TALK)
    room.stage("revealed")
    expect(page.locator(".gains li")).to_have_count(2)
    texts = {each.id: next(a for a in each.answers if a.id == each.right) for each in catalogue()
             if each.id in ids}  # fmt: skip
    for id, solution in zip(ids, page.locator(".solution").all(), strict=True):
        assert solution.inner_text().startswith("✓") and texts[id].text[:8] in solution.inner_text()
    assert unreadable(page) == []
    page.keyboard.press("g")
    expect(page.locator(".answer.right")).to_be_visible()


@pytest.mark.parametrize("items", [2, 3, 6])
@pytest.mark.parametrize("view", VIEWS, ids=["1280x720", "853x480"])
def test_every_item_of_the_gain_shows_what_is_right_and_boxes_for_dealt_numbers(visitor, room, view, items):
    page = project_states(visitor(*view), room)
    course = {each.id: each for each in catalogue()}
    names = ("which_layer", "other_gru_state", "half_life", "two_biases", "gradient_arrives", "cut_gradient")
    before, after = [], []
    for item, name in enumerate(names[:items], 1):
        state = class_of(course[name], "revealed", 30, 2)
        votes = state.asking.votes
        test = Item(BEFORE, item, items)
        before += [replace(state.asking, id=f"{item}", stage=TALK, round=1, votes={1: votes[1]}, test=test)]
        test = Item(AFTER, item, items)
        after += [replace(state.asking, id=f"{10 + item}", round=1, votes={1: votes[2]}, test=test)]
    tell(page, room.code, replace(state, askings=(*before, *after)))
    screen = page.locator("#screen")
    expect(screen.locator(".gains li")).to_have_count(items + 1)
    assert screen.locator(".solution").count() == items - 1  # of dealt numbers each has another
    lines = screen.locator(".solution").evaluate_all("all => all.map((e) => e.scrollHeight - e.clientHeight)")
    assert items == 6 or max(lines) <= 2  # pixels: whole, where there is room
    assert screen.locator(".gap").count() == 3 and "{" not in screen.inner_text()
    assert unreadable(page) == []


@pytest.mark.parametrize("view", VIEWS, ids=["1280x720", "853x480"])
def test_the_gain_of_six_items_is_on_one_screen(visitor, room, view):
    page = project(visitor(*view), room)
    room.join(10)
    ids = [each.id for each in catalogue() if each.is_test and each.kind != DEALT][:6]
    for part in (BEFORE, AFTER):
        for k, id in enumerate(ids, 1):
            ask_item(room, id, part, k, ["unsure"] * 10, 6)
            room.stage(TALK)
    room.stage("revealed")
    expect(page.locator(".gains li")).to_have_count(7)
    assert unreadable(page) == []


# -- around them --


def test_text_is_fitted_where_it_has_changed_and_not_at_each_vote(visitor, room):
    room.join(4)
    page = project(visitor(), room)
    room.ask("keep", VOTE)
    expect(page.locator("h1")).to_contain_text("What happens to the old state")
    page.evaluate("""() => {
      window.fits = 0
      const count = new MutationObserver((changes) => (fits += changes.length))
      count.observe(document.getElementById("screen"), { attributes: true, attributeFilter: ["style"] })
    }""")
    for answers in (["keeps"], ["keeps"] * 2, ["keeps"] * 4):
        room.vote(answers)
        expect(page.locator("#count")).to_contain_text(f"{len(answers)} of 4")
    assert page.evaluate("fits") == 0
    room.stage(TALK)
    expect(page.locator(".task")).to_be_visible()
    assert page.evaluate("fits") > 0


def test_the_lecturers_screen_opens_a_dot_live(visitor, room):
    context = visitor()
    room.join(2)
    page = project(context, room)
    room.ask(SWEEP_QUESTION.id, VOTE)
    room.vote(["3", "20"])
    room.stage("revealed")
    expect(page.locator(".plot")).to_be_visible()
    private = context.new_page()
    private.goto(f"{room.address}/p/{room.code}x")
    link = "gradients?view=The+race&bf=4"
    private.evaluate(
        "([code, frame]) => new BroadcastChannel(`lstm-clicker-${code}`).postMessage({ frame })",
        [room.code, link],
    )
    expect(page.locator("body")).to_have_attribute("data-model", "full")
    assert "bf=4" in page.locator("#course").get_attribute("src")
    private.evaluate(
        "(code) => new BroadcastChannel(`lstm-clicker-${code}`).postMessage({ frame: '' })", room.code
    )
    expect(page.locator("body")).to_have_attribute("data-model", "")
    expect(page.locator(".plot")).to_be_visible()
    assert unreadable(page) == []
