"""Drawers with a worksheet for printing and its answer key, a file each: of a page, and of a lesson."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from lesson.course.decks import DECKS, all_questions
from lesson.course.stops import PLANS
from lesson.frame.files import script
from lesson.frame.glossary import note
from lesson.training.troubles.experiments import EXPERIMENTS
from lesson.widgets.questions import Question

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
_HERE = st.components.v2.component("here", js=script("here/here.js"))
_MINUTES = 45  # of the plan that has a worksheet for all of the lesson


def questions_of(page: str) -> list[Question]:
    """Return the questions of a page that stand on paper."""
    left_out = {experiment.question.id for experiment in EXPERIMENTS if experiment.name in _ON_SCREEN_ONLY}
    return [question for question in DECKS[page]() if question.id not in left_out]


def questions_of_lesson() -> list[Question]:
    """Return the questions that the plan of a lesson asks."""
    questions = all_questions()
    return [questions[id] for stop in PLANS[_MINUTES] for id in stop.asks]


def take_away(page: str) -> None:
    """Draw a drawer with the two files of a page.  No popover: at a page's end it would open into a slit."""
    with st.expander(
        "A worksheet to print", icon=":material/print:", key="take_away", on_change="rerun"
    ) as opened:
        if opened.open:
            note(
                "There are two files, the worksheet and its answer key. Each has two pages of A4. The "
                "worksheet has a drawing, exercises to calculate by hand, the questions of this page, and a "
                "link (with a QR code) that opens this page with your present settings. The answer key is "
                "the same sheet with all numbers filled in; the program of this course has computed them. "
                "Open a file in the browser and print it."
            )
            _offer(page, lambda sheets, address, solved: sheets.page_sheet(
                page, questions_of(page), address, solved
            ))  # fmt: skip


def take_lesson() -> None:
    """Draw a drawer with the two files of a lesson of 45 minutes."""
    with st.expander(
        "One worksheet for 45 minutes", icon=":material/print:", key="take_lesson", on_change="rerun"
    ) as opened:
        if opened.open:
            note(
                "There are two files, the worksheet and its answer key. Each has two pages of A4. The "
                "worksheet has the questions of the plan for 45 minutes, one exercise to calculate by hand "
                "for each of *Gates*, *Gradients* and *Sampling*, and the address of the course with a QR "
                "code. Open a file in the browser and print it."
            )
            _offer("lesson", lambda sheets, address, solved: sheets.lesson_sheet(
                questions_of_lesson(), address.split("?")[0], solved
            ))  # fmt: skip


@st.fragment
def _offer(title: str, make: Callable[[Any, str, bool], str]) -> None:
    """Draw the buttons that save the worksheet and the key; the browser says what its address is."""
    from lesson.course.worksheets import sheet  # heavy, and seldom needed
    from lesson.course.worksheets.address import address_of

    address = address_of(_HERE(key=f"here_{title}", on_href_change=lambda: None).href)
    name = title.lower().replace(" ", "_")
    for label, solved in (("Worksheet", False), ("Answer key", True)):
        st.download_button(
            label, make(sheet, address, solved).encode(),
            f"lstm_{name}_{'key' if solved else 'worksheet'}.html", "text/html", key=f"take_{label}",
            icon=":material/download:", on_click="ignore",
        )  # fmt: skip
