"""WCAG 2.2 A and AA, as far as a program can see it: every part of every page, and what is printed."""

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
from tests.browser.barriers import barriers
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


LOST = "gates?part=nowhere"  # a link that has to be mended says so


@pytest.fixture(scope="module")
def windows(browser):
    """A window in the light theme and one in the dark; the first page fetches what the others share."""
    size = {"width": 1280, "height": 900}
    windows = [
        browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
        for scheme in ("light", "dark")
    ]
    yield windows
    for window in windows:
        window.close()


def answer(page):
    """Give the first answer to the first question and press Check, where there are such."""
    main = page.get_by_test_id("stMain")
    for first in (main.get_by_test_id("stRadioOption"), main.get_by_role("button", name="Check", exact=True)):
        if first.count():
            first.first.click()
            settle(page)


def look(pages, address, part):
    """What breaks a rule in a part that is opened in each of these pages, and what of it in their colours."""
    for page in pages:
        page.goto(f"{address}/{part}", wait_until="commit")  # all load at once
    broken = []
    for page in pages:
        arrive(page)
        open_drawers(page)
        answer(page)
        unroll(page)  # what has to be scrolled to counts as hidden
        broken += barriers(page, of_colours=page is not pages[0])
        page.close()
    return broken


# The theme is not switched: pictures get the colours of the one in which a page is opened.
@pytest.mark.parametrize("part", [*addresses(), LOST])
def test_nothing_breaks_a_rule_of_wcag_and_every_picture_has_a_name(windows, address, part):
    broken = look([window.new_page() for window in windows], address, part)
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("view", [*views()])
def test_nothing_that_a_part_shows_instead_breaks_a_rule(windows, address, view):
    broken = look([windows[1].new_page()], address, view)
    assert not broken, "\n".join(broken)


def documents():
    """What the course makes to be printed, by name."""
    for solved in (False, True):
        for page in DECKS:
            yield f"{page}, {solved}", page_sheet(page, questions_of(page), "https://a.example/gates", solved)
        yield f"lesson, {solved}", lesson_sheet(questions_of_lesson(), "https://a.example/", solved)
    yield "cheat sheet", printed_sheet()


def test_what_is_printed_breaks_no_rule(windows):
    page, broken = windows[0].new_page(), []
    for name, html in documents():
        page.set_content(html)
        broken += [f"{name}: {sentence}" for sentence in barriers(page)]
    page.close()
    assert not broken, "\n".join(broken)
