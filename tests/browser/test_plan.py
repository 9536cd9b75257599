"""Plans in a browser: what a link opens, after a rehearsal too, and what its first screen holds."""

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from lesson.course.decks import all_questions
from lesson.course.stops import HERE, PLANS, link_of
from lesson.frame.lessons import LESSONS
from tests.browser.visit import settle, settled

ADDRESSES = {lesson.file: lesson.address for lesson in LESSONS}
# A test happens in a room: its stop has no page of its own.
STOPS = {
    str(link_of(stop)): (stop, *link_of(stop)) for stops in PLANS.values() for stop in stops if not stop.test
}
PLAN = "?section=Plan+a+lesson"
# What the first screen lacks, in words.  The picture is the first that is as wide as a third of the screen,
# or what stands for one: the text that a network writes.  Before a training has started there is none.
FIRST_SCREEN = """(asks) => {
  const every = (root) => [...root.querySelectorAll("*")]
    .flatMap((element) => [element, ...(element.shadowRoot ? every(element.shadowRoot) : [])])
  const all = every(document.querySelector("[data-testid=stMain]"))
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().width > 1)
  const box = (element) => element.getBoundingClientRect()
  const lacks = []
  const card = all.find((element) => element.matches("[class*=st-key-question_]"))
  const end = card ? box(card).bottom : Infinity
  if (asks && end > innerHeight) lacks.push(`question, to ${end}`)
  const control = all.find((element) => !element.closest("[class*=st-key-question_]") &&
    element.matches("input[type=range], .controls input, .controls select, [data-testid=stSelectbox] input"))
  const buttons = all.filter((element) => element.matches("button"))
  const start = buttons.find((button) => /^(play_arrow)?(Start|Run)/.test(button.textContent))
  const ends = [control, start].filter(Boolean).map((element) => box(element).bottom)
  if (!ends.some((end) => end <= innerHeight)) lacks.push(`control, to ${ends}`)
  const wide = (element) => box(element).width > innerWidth / 3
  const pictures = all.filter((element) => element.matches(".place, svg, canvas") && wide(element))
  const inView = (picture) => Math.min(innerHeight, box(picture).bottom) - box(picture).top
  const isSeen = (picture) => inView(picture) >= Math.min(box(picture).height / 2, 150)
  const tops = pictures.map((picture) => box(picture).top)
  if (pictures.length && !pictures.some(isSeen)) lacks.push(`picture, from ${tops}`)
  if (!pictures.length && !start) lacks.push("picture: there is none")
  return lacks.join("; ")
}"""

# What a stop tells the class to do, and what is needed for it: a control, or a picture by its text.
NEEDS = {
    "type a word": ("textbox", "A word"),
    "rag the cell's forget bias": ("slider", "forget bias"),
    "rag the forget bias": ("slider", "Forget bias"),
    "rag the temperature": ("slider", "Temperature"),
    "drags the sliders": ("slider", "forget bias"),
    "tries the presets": ("button", "Remember"),
    "set two biases": ("slider", "bias of the input gate"),
    "set biases and weights": ("slider", "weight on the input"),
    "play its training": ("button", "Play"),
    "trains thirty networks": ("button", "Start"),
    "read what it writes": ("text", "with the operation"),
    "compare how much of the gradient": ("text", "cell-state path"),
    "starts the same training run": ("button", "Start"),
    "start the run": ("button", "Run both"),
    "how much does one unit matter": ("textbox", "Units"),
}
OWN_SCREENS = {"make the model close its brackets": ("button", "Check this operation")}


def needs(stop, table):
    """What is needed for a stop, of a table: a role or the word text, and a name."""
    return [needed for phrase, needed in table.items() if phrase in stop.does]


@pytest.fixture
def screen(browser):
    """A projector at 1280 × 720 and 150 %."""
    context = browser.new_context(viewport={"width": 853, "height": 480}, device_scale_factor=1.5)
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def go(screen, address, path):
    screen.goto(f"{address}/{path}")
    settled(screen)
    settle(screen)


@pytest.mark.parametrize("name", STOPS)
def test_the_first_screen_of_a_stop_holds_question_control_and_picture(screen, address, name):
    stop, file, query = STOPS[name]
    go(screen, address, f"{ADDRESSES[file]}?{urlencode(query)}")
    assert screen.evaluate(FIRST_SCREEN, bool(stop.asks)) == ""


@pytest.mark.parametrize("name", STOPS)
def test_what_a_stop_says_can_be_done_on_its_page_and_on_the_projector(screen, address, name):
    stop, file, query = STOPS[name]
    needed = needs(stop, NEEDS)
    assert needed
    free = {**query, **({} if file == HERE else {"ask": "none"})}
    for more in ({}, {"embed": "true", "embed_options": "light_theme"}):
        go(screen, address, f"{ADDRESSES[file]}?{urlencode({**free, **more})}")
        for role, label in needed if more else [*needed, *needs(stop, OWN_SCREENS)]:
            place = screen.get_by_test_id("stMain")
            one = place.get_by_text(label) if role == "text" else place.get_by_role(role, name=label)
            expect(one.locator("visible=true").first).to_be_visible()
            if more:  # nobody scrolls on a projector
                expect(one.locator("visible=true").first).to_be_in_viewport(ratio=1)


def test_the_length_of_a_plan_is_in_its_address(screen, address):
    go(screen, address, f"{PLAN}&minutes=90")
    main = screen.get_by_test_id("stMain")
    expect(main).to_contain_text("Minutes 87 to 90")
    main.get_by_role("radio", name="10", exact=True).click()
    screen.wait_for_url(re.compile(r"minutes=10\b"))
    main.get_by_role("radio", name="90", exact=True).click()
    screen.wait_for_url(re.compile(r"minutes=90\b"))
    go(screen, address, f"{PLAN}&minutes=90+minutes")
    expect(main).to_contain_text("Minutes 87 to 90")
    expect(main.get_by_test_id("stAlert")).to_have_count(0)


def follow(screen, does, address):
    """Follow the link of a stop of the plan in view."""
    box = screen.get_by_test_id(re.compile("st(Vertical|Horizontal)Block")).filter(has_text=does).last
    box.get_by_role("link", name="Open it in this state").click()
    screen.wait_for_url(re.compile(f"/{address}\\?"))
    settled(screen)
    settle(screen)


@pytest.mark.parametrize("id", ["keep", "three", "nothing_kept"])
def test_a_link_opens_its_state_after_a_rehearsal_in_the_same_tab(screen, address, id):
    stop = next(stop for stop in PLANS[45] if id in stop.asks)
    file, _ = link_of(stop)
    right = all_questions()[id].right_answer.text
    start = max(re.split(r"[*$]", stop.does), key=len).strip()
    go(screen, address, PLAN)
    follow(screen, start, ADDRESSES[file])
    slider = screen.locator("input[type=range]").first
    before = slider.input_value()
    card = screen.locator("[class*=st-key-question_]")
    expect(card).to_contain_text("1 of" if id in ("keep", "three", "nothing_kept") else "")
    card.get_by_text(right, exact=True).click()
    expect(card).to_contain_text("Yes.")
    slider.focus()
    screen.keyboard.press("ArrowRight")
    screen.keyboard.press("ArrowRight")
    settle(screen)
    assert slider.input_value() != before
    screen.go_back()
    screen.wait_for_url(re.compile("section=Plan"))  # one press
    settled(screen)
    follow(screen, start, ADDRESSES[file])
    expect(screen.get_by_role("button", name="Show the answer")).to_be_visible()
    expect(card).not_to_contain_text("Yes.")
    assert screen.locator("input[type=range]").first.input_value() == before


def test_the_stop_on_the_start_page_opens_as_it_was_at_first(screen, address):
    go(screen, address, "")
    slider = screen.get_by_role("slider", name="Forget bias")
    before = slider.input_value()
    slider.fill("0")
    go(screen, address, f"{PLAN}&minutes=10")
    screen.get_by_role("button", name="Open it").click()
    expect(slider).to_have_value(before)
    assert HERE == "1_start.py"
