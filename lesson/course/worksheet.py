"""Drawers with a worksheet for printing and its answer key, a file each: of a page, and of a lesson."""

from itertools import zip_longest

import streamlit as st

from lesson.course.decks import PARTS, all_questions
from lesson.course.stops import PLANS
from lesson.frame.files import script
from lesson.frame.glossary import note
from lesson.training.troubles.experiments import EXPERIMENTS
from lesson.widgets.question import Question

# Experiments whose questions need them to be run: on paper there is none.
_ON_SCREEN_ONLY = frozenset(
    {
        "no_clipping",
        "clipped_by_value",
        "nan",
        "rate_too_low",
        "too_few_units",
        "too_many_units",
        "batch_of_one",
    }
)
_MOST_ON_PAPER = 8
_HERE = st.components.v2.component("here", js=script("here/here.js"))
_MINUTES = 45  # of the plan that has a worksheet for all of the lesson


def questions_of(page: str) -> list[Question]:
    """Return the questions of a page that stand on paper: of each part the first, then further ones.

    They are as many as two pages have room for, in the order of the page.
    """
    left_out = {experiment.question.id for experiment in EXPERIMENTS if experiment.name in _ON_SCREEN_ONLY}
    parts = [[q for q in part.make() if q.id not in left_out] for part in PARTS[page]]
    in_turns = [question for turn in zip_longest(*parts) for question in turn if question]
    chosen = {question.id for question in in_turns[:_MOST_ON_PAPER]}
    return [question for part in parts for question in part if question.id in chosen]


def questions_of_lesson() -> list[Question]:
    """Return the questions that the plan of a lesson asks."""
    questions = all_questions()
    return [questions[id] for stop in PLANS[_MINUTES] for id in stop.asks]


_FILES = (
    "There are two files, the worksheet and its answer key. Each has two pages of A4. {} Open a file in the "
    "browser and print it."
)


def take_away(page: str) -> None:
    """Draw a drawer with the two files of a page."""
    words = (
        "The worksheet has a drawing, exercises to calculate by hand, questions of this page, and a link "
        "(with a QR code) that opens this page with your present settings. The answer key is the same sheet "
        "with all numbers filled in; the program of this course has computed them."
    )
    _drawer("A worksheet to print", "take_away", words, page)


def take_lesson() -> None:
    """Draw a drawer with the two files of a lesson of 45 minutes."""
    words = (
        "The worksheet has the questions of the plan for 45 minutes, one exercise to calculate by hand for "
        "each of *Gates*, *Gradients* and *Sampling*, and the address of the course with a QR code."
    )
    _drawer("One worksheet for 45 minutes", "take_lesson", words)


def _drawer(label: str, key: str, words: str, page: str | None = None) -> None:
    """Draw a drawer with the files of a page or the lesson.  No popover: it would open into a slit."""
    with st.expander(label, icon=":material/print:", key=key, on_change="rerun") as drawer:
        if drawer.open:
            note(_FILES.format(words))
            _offer(page)


@st.fragment
def _offer(page: str | None) -> None:
    """Draw the buttons that save worksheet and key of a page or the lesson; the browser says the address."""
    from lesson.course.worksheets import sheet  # heavy, and seldom needed
    from lesson.course.worksheets.address import address_of

    title = page or "lesson"
    address = address_of(_HERE(key=f"here_{title}", on_href_change=lambda: None).href)
    name = title.lower().replace(" ", "_")
    for label, solved in (("Worksheet", False), ("Answer key", True)):
        html = (
            sheet.page_sheet(page, questions_of(page), address, solved)
            if page
            else sheet.lesson_sheet(questions_of_lesson(), address.split("?")[0], solved)
        )
        st.download_button(
            label, html.encode(), f"lstm_{name}_{'key' if solved else 'worksheet'}.html", "text/html",
            key=f"take_{label}", icon=":material/download:", on_click="ignore",
        )  # fmt: skip
