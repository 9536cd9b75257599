"""All that the course says, by place: pages, what their panels are answered, questions, sheets, README."""

import functools
import html
import re
from collections.abc import Iterator

from streamlit.testing.v1 import AppTest

from lesson.answers import answers
from lesson.cheatsheet.printed import printed_sheet
from lesson.course.decks import all_questions
from lesson.course.self_test import self_test
from lesson.frame.files import ROOT
from lesson.frame.query import Query
from lesson.widgets.catalogue import model_names
from tests.app import VIEWS, open_page, panels_of, press, query_of, words_of

_SYMBOL = re.compile(r"<i class=symbol>(.*?)</i>")  # b_f
_TAG = re.compile(r"<(style|script).*?</\1>|<[^>]+>", re.DOTALL)


@functools.cache
def texts() -> dict[str, str]:
    """Return every text by its place; a page as it opens, a panel's answer to an empty question."""
    return dict(_pages()) | dict(_questions()) | dict(_files())


def plain(text: str) -> str:
    """Return a text without tags and markup, its blanks as single spaces."""
    text = _SYMBOL.sub(lambda match: re.sub(r"<sub>(\w+)</sub>", r"_\1", match[1]), text)
    without_tags = html.unescape(_TAG.sub(" ", text))
    return re.sub(r"\s+", " ", re.sub(r"[*$`\\{}]", "", without_tags)).strip()


def _pages() -> Iterator[tuple[str, str]]:
    """Yield what each part of each page says as it opens, and what its panels are answered there."""
    for file, query in states():
        app = without_questions(open_page(file, query))
        parts = [words_of(app)]
        parts += [f"{metric.label} {metric.value}" for metric in app.metric]
        parts += [element.proto.body for element in app.get("html")]
        parts += [frame.value.to_string() for frame in (*app.dataframe, *app.table)]
        yield f"{file} {query}", plain(" \n".join(parts))
        for panel in panels_of(app):
            answer = answers()[panel["answers"]].compute(Query(panel["setting"]))
            yield f"{panel['answers']} {query} {panel['setting']}", plain(" \n".join(_strings(answer)))


def without_questions(app: AppTest) -> AppTest:
    """Pass on from the questions of a page, so that nothing on it is covered."""
    for label in ("Explore without questions", "Skip"):
        if any(button.label == label for button in app.button):
            press(app, label)
    return app


def states() -> list[tuple[str, dict[str, str]]]:
    """Return every part of every page, and the states in which a page speaks of another model."""
    parts = [(file, query_of(file, part)) for file, part in VIEWS]
    return parts + [("4_training.py", {"tab": "Replay", "model": name}) for name in model_names()]


def _strings(value: object) -> Iterator[str]:
    """Yield every text within an answer."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner)


def _questions() -> Iterator[tuple[str, str]]:
    for question in (*all_questions().values(), *self_test()):
        parts = [question.text]
        for answer in question.answers:
            parts += [answer.text, answer.reply]
        yield f"question {question.id}", plain(" \n".join(parts))


def _files() -> Iterator[tuple[str, str]]:
    yield "printed sheet", plain(printed_sheet())
    for name in ("README.md", "sample_texts/README.md"):
        yield name, plain((ROOT / name).read_text("utf-8"))
