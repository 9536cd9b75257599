"""On a projector at 150 % the first screen of a lesson holds its question, its control and its picture, and
what is written in pictures can be read from the last row; on other screens nothing of it is small, no line of
text is too long to find the next one, and a finger hits what it means."""

import pytest

from tests.browser.visit import arrive, settle

SIZE = {"width": 853, "height": 480}  # a window of 1280 × 720 at 150 %
SHARE = {"asked": 0.7, "answered": 0.5}  # of the picture, that is in view: a reply takes some of the room
# What is written in pictures has at least so many pixels, by the window; 18.5 are 28 of a projector.
LABELS = {(853, 480): 18.5, (1280, 800): 14, (360, 740): 13}

# The view, its first control and its picture.
VIEWS = {
    "": (".control, input[type=text]", ".steps"),
    "gates": (".sliders label.slider", "svg.wide"),
    "gates?part=Over+time": (".sliders label.slider", ".time svg"),
    "gates?part=Vectors": (".control.slider", ".matrix"),
    "gates?part=GRU": (".sliders label.slider", "svg.wide"),
    "gates?part=GRU&gru=Count": (".sliders label.slider", ".run svg.picture"),
    "gates?part=Variants": (".control.slider", ".picture svg"),
    "gates?part=Challenges": (".sliders label.slider", ".time svg"),
    "gradients": (".control.slider", ".curves svg.picture"),
    "gradients?view=Two+roads": (".control.slider", ".curves svg.picture"),
    "gradients?view=The+RNN%27s+product": (".control.slider", ".plane svg"),
    "gradients?view=Explosion": (".control.slider", ".curves svg.picture"),
    "gradients?view=Explosion&explodes=LSTM": (".control.slider", ".curves svg.picture"),
    "gradients?view=Where+it+starts": (".control.slider", ".curves svg.picture"),
    "training": (".control.choice", ".losses svg.picture"),
    "training?tab=Truncation": (".control.slider", ".paper"),
    "series": (".control.slider", ".stage svg.picture"),
    "sampling": (".control.slider", ".paper"),
    "sampling?task=Read+its+memory": (".control.choice", ".frame"),
    "sampling?task=Gate+surgery": (".control.choice", ".paper"),
    "sampling?task=Its+own+mistakes": (".control.slider", ".reading svg"),
    "sampling?task=Two+layers": (".control.slider", ".tape"),
    "sampling?task=Fill+the+gaps": (".control.slider", ".charts"),
}

# Bottoms of what the question is, of the first control, and the picture's share in view.
MEASURE = """([control, picture]) => {
  const every = (root) => [...root.querySelectorAll("*")]
    .flatMap((element) => [element, ...(element.shadowRoot ? every(element.shadowRoot) : [])])
  const main = every(document.querySelector("[data-testid=stMain]"))
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().width > 1)
  const first = (selector) => main.find((element) => element.matches(selector))?.getBoundingClientRect()
  const question = main.filter((element) => element.matches(
    "[class*=st-key-question_] [data-testid=stMarkdownContainer], [class*=st-key-question_] button"))
  const drawn = first(picture)
  return {
    question: Math.max(0, ...question.map((element) => element.getBoundingClientRect().bottom)),
    control: first(control)?.bottom ?? 9999,
    picture: drawn ? Math.min(1, (innerHeight - drawn.top) / drawn.height) : 0,
    rest: drawn ? [drawn.top, drawn.height] : [],
  }
}"""
# What is written smaller than that many pixels in a picture, as it is painted; indexes may be.
SMALL = """(least) => {
  const every = (root) => [...root.querySelectorAll("*")]
    .flatMap((element) => [element, ...(element.shadowRoot ? every(element.shadowRoot) : [])])
  return every(document.querySelector("[data-testid=stMain]"))
    .filter((element) => element.matches("svg text, .legend, .legend *") && element.textContent.trim())
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().width > 1)
    .map((element) => {
      const scale = element.getScreenCTM ? Math.hypot(element.getScreenCTM().b, element.getScreenCTM().d) : 1
      return [parseFloat(getComputedStyle(element).fontSize) * scale, element.textContent.trim()]
    })
    .filter(([size]) => size < least).map(([size, text]) => `${text}: ${size.toFixed(1)}`)
}"""

# What a finger could miss: whatever is lower than 44 pixels.  Left out are pieces of Streamlit's own controls
# (the button in a list, the steps of a number), which are as high as their frame, and its "?", which can be
# hit around its sign.
LOW = """() => {
  const every = (root) => [...root.querySelectorAll("*")]
    .flatMap((element) => [element, ...(element.shadowRoot ? every(element.shadowRoot) : [])])
  return every(document.querySelector("[data-testid=stMain]"))
    .filter((element) => element.matches(
      "button, summary, .options span, .panel input:not([type=radio], [type=checkbox]), " +
      "[data-testid=stTextInputField], [data-testid=stPageLink-NavLink]"))
    .filter((element) => !element.closest("[data-testid=stTooltipIcon], [data-testid=stNumberInput]"))
    .filter((element) => !element.closest("[data-testid=stSelectbox], [data-testid=stSlider]"))
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().width > 1)
    .filter((element) => element.getBoundingClientRect().height < 43.5)
    .map((element) => `${element.tagName} ${element.textContent.trim().slice(0, 30)}`)
}"""
# Lines of text that are longer than about 90 characters.
LONG = """() => {
  const every = (root) => [...root.querySelectorAll("*")]
    .flatMap((element) => [element, ...(element.shadowRoot ? every(element.shadowRoot) : [])])
  return every(document.querySelector("[data-testid=stMain]"))
    .filter((element) => element.matches("p:not(.paper), li") && element.textContent.trim().length > 100)
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().width > 1)
    .map((element) => {
      const { fontSize, paddingLeft, paddingRight } = getComputedStyle(element)
      const width = element.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight)
      return [width / (0.44 * parseFloat(fontSize)), element.textContent.trim().slice(0, 40)]
    })
    .filter(([characters]) => characters > 90)
    .map(([characters, text]) => `${Math.round(characters)} characters: ${text}`)
}"""


@pytest.fixture
def projector(browser):
    """A new visitor's page on a projector at 150 %."""
    context = browser.new_context(viewport=SIZE, device_scale_factor=1.5, reduced_motion="reduce")
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def _reveal(page):
    """Ask for the answer to the question, if there is one."""
    button = page.get_by_role("button", name="Show the answer")
    if button.count():
        button.first.click()
        settle(page)


@pytest.mark.parametrize("view", VIEWS)
def test_the_first_screen_holds_question_control_and_picture(projector, address, view):
    projector.goto(f"{address}/{view}")
    arrive(projector)
    for state in ("asked", "answered"):
        seen = projector.evaluate(MEASURE, VIEWS[view])
        assert seen["question"] <= SIZE["height"], (state, seen)
        assert seen["control"] <= SIZE["height"], (state, seen)
        assert seen["picture"] >= SHARE[state], (state, seen)
        _reveal(projector)


@pytest.mark.parametrize("view", VIEWS)
def test_what_is_written_in_pictures_can_be_read(projector, address, view):
    projector.goto(f"{address}/{view}")
    arrive(projector)
    _reveal(projector)
    for (width, height), least in LABELS.items():
        projector.set_viewport_size({"width": width, "height": height})
        settle(projector)
        assert projector.evaluate(SMALL, least) == [], (width, height)
        if (width, height) == (1280, 800):
            assert projector.evaluate(LONG) == []
        if width == 360:
            assert projector.evaluate(LOW) == []
