"""WCAG 2.2 A and AA, as far as a program can see it: every part of every page, and what is printed."""

from itertools import chain
from urllib.parse import urlencode

import pytest

from lesson.cheatsheet.parameters import TOPIC
from lesson.cheatsheet.printed import printed_sheet
from lesson.course.decks import DECKS
from lesson.course.worksheet import questions_of, questions_of_lesson
from lesson.course.worksheets.sheet import lesson_sheet, page_sheet
from lesson.gates.parameters import CHALLENGE, GRU_VIEW, VARIANT
from lesson.pytorch.parameters import LIBRARY
from lesson.sampling.parameters import OPERATION
from lesson.series.parameters import SERIES_TASK
from lesson.training.troubles.part import CAUSES
from tests.browser.barriers import Barriers
from tests.browser.visit import addresses, arrive, open_drawers, settle, unroll

# What a part shows in the place of what it shows at first: its page and part, and the choice that opens it.
INSTEAD = [
    ("gates?part=GRU&", GRU_VIEW),
    ("gates?part=Variants&", VARIANT),
    ("gates?part=Challenges&", CHALLENGE),
    ("sampling?task=Gate+surgery&", OPERATION),
    ("series?", SERIES_TASK),
    ("cheatsheet?sheet=After+the+LSTM&", TOPIC),
    ("pytorch?", LIBRARY),
]


def views():
    """The addresses of what parts show instead; of the problems of training one cause each, and the causes
    that are no experiment, which come last."""
    for start, choice in INSTEAD:
        for option in choice.options[1:]:
            yield start + urlencode({choice.name: option})
    last = {trouble: cause for cause, trouble in CAUSES.items()}
    first = {trouble: cause for cause, trouble in reversed(CAUSES.items())}
    for trouble, cause in sorted({*first.items(), *last.items()})[1:]:
        yield "training?" + urlencode({"tab": "Problems", "trouble": trouble, "cause": cause})


# A link that has to be mended says so.
LOST = "gates?part=nowhere"


@pytest.fixture(scope="module")
def window(browser):
    """A window; the first page fetches what the others share."""
    window = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield window
    window.close()


def answer(page):
    """Give the first answer to the first question and press Check, where there are such."""
    main = page.get_by_test_id("stMain")
    for first in (main.get_by_test_id("stRadioOption"), main.get_by_role("button", name="Check", exact=True)):
        if first.count():
            first.first.click()
            settle(page)


@pytest.mark.parametrize("part", [*chain(addresses(), views()), LOST])
def test_nothing_breaks_a_rule_of_wcag_and_every_picture_has_a_name(window, address, part):
    page = window.new_page()
    page.goto(f"{address}/{part}", wait_until="commit")
    arrive(page)
    open_drawers(page)
    answer(page)
    unroll(page)  # what has to be scrolled to counts as hidden
    broken = Barriers(page, rest=lambda: settle(page)).look()
    page.close()
    assert not broken, "\n".join(broken)


# The colour of every text, and what lies behind it.
COLOURS = """() => {
  const every = (root) => [...root.querySelectorAll("*")]
    .flatMap((element) => [element, ...(element.shadowRoot ? every(element.shadowRoot) : [])])
  return every(document.body).filter((element) => element.checkVisibility()).map((element) => {
    const { color, backgroundColor, fill } = getComputedStyle(element)
    return `${element.tagName} ${color} ${backgroundColor} ${fill}`
  })
}"""


@pytest.mark.parametrize("part", ["gates?part=One+step", "gradients?view=The+race"])
def test_a_theme_that_is_switched_is_the_one_that_a_page_comes_in(browser, address, part):
    colours = []
    for schemes in (["dark"], ["light", "dark"]):
        context = browser.new_context(color_scheme=schemes[0], reduced_motion="reduce")
        page = context.new_page()
        page.goto(f"{address}/{part}")
        arrive(page)
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            settle(page)
        colours.append(page.evaluate(COLOURS))
        context.close()
    assert colours[0] == colours[1]


def documents():
    """What the course makes to be printed, by name."""
    for solved in (False, True):
        for page in DECKS:
            yield f"{page}, {solved}", page_sheet(page, questions_of(page), "https://a.example/gates", solved)
        yield f"lesson, {solved}", lesson_sheet(questions_of_lesson(), "https://a.example/", solved)
    yield "cheat sheet", printed_sheet()


def test_what_is_printed_breaks_no_rule(window):
    page = window.new_page()
    barriers = Barriers(page)
    for name, html in documents():
        page.set_content(html)
        barriers.look(name)
    page.close()
    assert not barriers.found, "\n".join(barriers.found)
