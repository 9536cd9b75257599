"""The plans of a lesson as the page Class steps through them, and the challenges by their names."""

from typing import Any
from urllib.parse import urlencode

from lesson.course.challenges import CHALLENGES, first_failures
from lesson.course.stops import CHALLENGE, HERE, PLANS, Stop, link_of
from lesson.course.worksheets.formulas import line_html
from lesson.frame.lessons import LESSONS
from lesson.frame.parameters import ASK, NO_QUESTION

_ADDRESSES = {lesson.file: lesson.address for lesson in LESSONS}


def plans() -> dict[str, list[dict[str, Any]]]:
    """Return the stops of each plan by its minutes, with texts as HTML and addresses of the course."""
    return {str(minutes): [_row(stop) for stop in stops] for minutes, stops in PLANS.items()}


def challenges() -> dict[str, dict[str, Any]]:
    """Return the title of each challenge, its page with its title, and what fails first, by its name in a
    record."""
    fails = first_failures()
    titles_of_pages = {lesson.address: lesson.title for lesson in LESSONS}
    return {
        f"{page}/{name}": {
            "title": title,
            "page": page,
            "page_title": titles_of_pages[page],
            "fails": list(fails.get(page, {}).get(name, ())),
        }
        for page, titles in CHALLENGES.items()
        for name, title in titles.items()
    }


def _row(stop: Stop) -> dict[str, Any]:
    file, query = link_of(stop)
    page, challenge = _ADDRESSES[file], query.get("challenge", "")
    free = query if file == HERE else {**query, ASK.name: NO_QUESTION}
    return {
        "minutes": stop.minutes,
        "kind": stop.kind,
        "does": line_html(stop.in_room or stop.does),
        "watch": line_html(stop.watch),
        "asks": list(stop.room or stop.asks),
        "test": stop.test,
        "challenge": f"{page}/{challenge}" if stop.kind == CHALLENGE and challenge else "",
        "page": page,
        "query": urlencode(query),
        "free_query": urlencode(free),
    }
