"""The form of what is sent to a room: each body is read by one function, or refused with one sentence."""

import json
import unicodedata
from collections.abc import Mapping
from typing import Any

from lesson.classroom.asking import AFTER, BEFORE
from lesson.classroom.question import TYPED, Answer, Question
from lesson.classroom.refusals import Refused

LONGEST_ID = 60
LONGEST_TEXT = 300  # characters of a typed question or answer
LONGEST_QUERY = 2_000
LARGEST_VALUE = 2_000  # characters of a commit as JSON
MOST_SECONDS = 3_600
MOST_ITEMS = 6  # of a test before and after a lesson
LECTURERS_PAGE = "class"
_LARGEST_COUNTER = 2**53
# Not in a typed text: what is not drawn, turns the text around, or is no letter at all; but two joiners, with
# which some languages and pictures are written.
_CONTROLS = ("Cc", "Cf", "Cs", "Co")
_JOINERS = "\u200c\u200d"
_BLANKS = "\u115f\u1160\u2800\u3164\uffa0"  # letters and signs that draw nothing
MOST_MARKS = 6  # on one letter

Body = Mapping[str, Any]


def vote(body: Body) -> dict[str, Any]:
    """Read a vote: asking, round, answer, n."""
    return _table(
        body,
        asking=_id(body, "asking"),
        round=_whole(body, "round", 99),
        answer=_answer(body),
        n=_counter(body),
    )


def commit(body: Body) -> dict[str, Any]:
    """Read a commit: kind, value, n, and the asking that it belongs to, if any."""
    value = body.get("value")
    if value is None or len(json.dumps(value)) > LARGEST_VALUE:
        raise Refused(422, f"A commit's value is JSON of up to {LARGEST_VALUE:,} characters, and not null.")
    body = _without_null(body, "asking")
    asking = {"asking": _id(body, "asking")} if "asking" in body else {}
    return _table(body, kind=_id(body, "kind"), value=value, n=_counter(body), **asking)


def ask(body: Body) -> tuple[str | None, int | None, dict[str, Any]]:
    """Read which question of the course is to be asked, None if it is a typed one; after which stage version,
    None if it does not say; and more: the stop of a plan, and which item of a test it is."""
    body = _without_null(_without_null(body, "after"), "test")
    id = _id(body, "question") if "question" in body else None
    read = {"question": id} if id else {"typed": body.get("typed")}
    more: dict[str, Any] = {"plan": plan(body)} if "plan" in body else {}
    if "test" in body:
        more["test"] = test(body)
    _table(body, **read, **more, **_after(body))
    return id, after(body), more


def test(body: Body) -> tuple[str, int, int]:
    """Read which item of a test a question is: part, item, items."""
    match body["test"]:
        case {"part": str(part), **rest} if part in (BEFORE, AFTER):
            table = {str(name): value for name, value in rest.items()}
            items = _whole(table, "items", MOST_ITEMS, 1)
            read = _table(table, item=_whole(table, "item", items, 1), items=items)
            return part, read["item"], items
    raise Refused(422, f"An item of a test has its part, {BEFORE} or {AFTER}, and its number of up to 6.")


def after(body: Body) -> int | None:
    """Read which stage version a device has seen, None if it does not say."""
    return _after(body).get("after")


def _after(body: Body) -> dict[str, int]:
    return {"after": _whole(body, "after", _LARGEST_COUNTER)} if body.get("after") is not None else {}


def typed(body: Body) -> Question:
    """Read a question that a lecturer has typed: a text, two to five answers, and which of them is right."""
    match body.get("typed"):
        case {"text": str(text), "answers": list(answers), **rest} if 2 <= len(answers) <= 5:
            lines = [_plain(answer, "An answer") for answer in answers]
            right = rest.pop("right", None)
            _table({str(name): value for name, value in rest.items()})
            if len(set(lines)) < len(lines):
                raise Refused(422, "Two answers are the same.")
            rows = tuple(Answer(id, line) for id, line in zip("abcde", lines, strict=False))
            right_id = None if right is None else rows[_place(right, len(rows))].id
            return Question("", _plain(text, "A question"), kind=TYPED, answers=rows, right=right_id)
        case _:
            raise Refused(422, "A typed question has a text and two to five answers.")


def stage(body: Body) -> dict[str, Any]:
    """Read a stage: asking, stage, round, after; bars and seconds where they are named."""
    read: dict[str, Any] = {
        "asking": _id(body, "asking"),
        "stage": _id(body, "stage"),
        "round": _whole(body, "round", 99),
        "after": _whole(body, "after", _LARGEST_COUNTER),
    }
    if "bars" in body:
        read["bars"] = _switch(body, "bars")
    body = _without_null(body, "seconds")
    if "seconds" in body:
        read["seconds"] = _whole(body, "seconds", MOST_SECONDS)
    return _table(body, **read)


def follow(body: Body) -> dict[str, Any]:
    """Read where all are to be: a page with its query, eyes up or no longer, or free; and the stop of a plan,
    None to leave it."""
    wishes = [name for name in ("page", "eyes_up", "free") if name in body]
    if len(wishes) > 1 or not ("plan" in body or wishes) or ("query" in body and wishes != ["page"]):
        raise Refused(422, "Follow names one of: a page with its query, eyes_up, free; and a plan or none.")
    read: dict[str, Any] = {}
    names = {"page", "query", "eyes_up", "free", "plan", "after"}
    _table({name: each for name, each in body.items() if name not in names})
    if "page" in body:
        page, query = body["page"], body.get("query", "")
        is_page = isinstance(page, str) and len(page) <= LONGEST_ID and (page.isalnum() or not page)
        if not is_page or not isinstance(query, str) or len(query) > LONGEST_QUERY:
            raise Refused(422, "A page is the last part of its address, with the query as one text.")
        if page == LECTURERS_PAGE:
            raise Refused(422, "The page Class is the lecturer's: nobody is led there.")
        read["follow"] = {"page": page, "query": query}
    elif "eyes_up" in body:
        read["follow"] = {"eyes_up": _switch(body, "eyes_up")}
    elif "free" in body:
        if not _switch(body, "free"):
            raise Refused(422, "To be free is to be led nowhere: name a page instead.")
        read["follow"] = None
    if "plan" in body:
        read["plan"] = None if body["plan"] is None else plan(body)
    return read


def plan(body: Body) -> dict[str, int]:
    """Read a stop of a plan: minutes, stop; passed over is when it began, as the room's state has it."""
    if not isinstance(body["plan"], dict):
        raise Refused(422, "A plan is named by its minutes and the number of its stop, from 0.")
    table = {name: value for name, value in body["plan"].items() if name not in ("since", "begun")}
    return _table(table, minutes=_whole(table, "minutes", 600, 1), stop=_whole(table, "stop", 100))


def positions(body: Body) -> dict[str, str]:
    """Read where the lecturer's controls are: names and values of an address."""
    table = _table(body, position=body.get("position"))["position"]
    if isinstance(table, dict) and len(table) <= 40:
        texts = {name: value for name, value in table.items() if isinstance(value, str)}
        is_short = all(len(name) <= LONGEST_ID and len(value) <= 100 for name, value in texts.items())
        if len(texts) == len(table) and is_short:
            return texts
    raise Refused(422, "A position is a table of settings and their values, all texts.")


def hands(body: Body) -> dict[str, Any]:
    """Read hands counted by eye: asking, round, answer, count."""
    return _table(
        body, asking=_id(body, "asking"), round=_whole(body, "round", 99), answer=_id(body, "answer"),
        count=_whole(body, "count", 1_000),
    )  # fmt: skip


def admission(body: Body) -> dict[str, Any]:
    """Read whether students may join: open."""
    return _table(body, open=_switch(body, "open"))


def once(body: Body) -> str:
    """Read a code for pairing."""
    return str(_table(body, once=_id(body, "once"))["once"])


def _table(body: Body, **read: Any) -> dict[str, Any]:
    if unknown := set(body) - set(read):
        raise Refused(422, f"Nothing here is called {sorted(unknown)[0][:LONGEST_ID]!r}.")
    return read


def _id(body: Body, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_ID or not value.isprintable():
        raise Refused(422, f"{name!r} has to be a text of 1 to {LONGEST_ID} characters.")
    return value


def _whole(body: Body, name: str, most: int, least: int = 0) -> int:
    value = body.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise Refused(422, f"{name!r} has to be a whole number from {least} to {most:,}.")
    return value


def _counter(body: Body) -> int:
    return _whole(body, "n", _LARGEST_COUNTER)


def _switch(body: Body, name: str) -> bool:
    if not isinstance(value := body.get(name), bool):
        raise Refused(422, f"{name!r} has to be true or false.")
    return value


def _place(value: object, count: int) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < count:
        return value
    raise Refused(422, "The right answer is named by its place, from 0.")


def _answer(body: Body) -> str | float:
    value = body.get("answer")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return _id(body, "answer")


def _plain(text: object, what: str) -> str:
    """Return a typed text in order.  Nothing in it may turn the direction of what stands beside it, or be
    drawn over it."""
    line = unicodedata.normalize("NFC", " ".join(text.split())) if isinstance(text, str) else ""
    kinds = {unicodedata.category(letter) for letter in line if letter not in _JOINERS + _BLANKS}
    if kinds & set(_CONTROLS) or _has_flood(line):
        raise Refused(422, f"{what} has characters that are not drawn or turn the text around; type it anew.")
    is_drawn = any(kind[0] in "LNPS" for kind in kinds)
    if not is_drawn or len(line) > LONGEST_TEXT:
        raise Refused(422, f"{what} has 1 to {LONGEST_TEXT} characters.")
    return line


def _has_flood(line: str) -> bool:
    """Return whether more marks stand on one letter than any language has."""
    marks = "".join("m" if unicodedata.category(letter)[0] == "M" else " " for letter in line)
    return "m" * (MOST_MARKS + 1) in marks


def _without_null(body: Body, name: str) -> Body:
    """Return a body in which a name that may be missing is missing where it stands for nothing."""
    return {key: value for key, value in body.items() if key != name or value is not None}
