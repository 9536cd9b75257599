"""What a class has learned: the same items before the lesson and after it, by the same students.  Pure."""

from collections.abc import Mapping, Sequence
from math import sqrt
from statistics import NormalDist, fmean
from typing import Any, NamedTuple

from lesson.classroom.asking import AFTER, BEFORE, Asking
from lesson.classroom.room import Room

ENOUGH = 10  # students: with fewer there is no number
LEVEL = 0.95  # of the interval


class Pair(NamedTuple):
    """An item as it was asked before the lesson and after it."""

    before: Asking
    after: Asking


def pairs(room: Room) -> list[Pair]:
    """Return the items that were asked at both ends, the last asking of each, in their order."""
    latest: dict[str, dict[str, Asking]] = {BEFORE: {}, AFTER: {}}
    for asking in room.askings:
        if asking.test is not None:
            latest[asking.test.part][asking.question.id] = asking
    return [Pair(latest[BEFORE][id], after) for id, after in latest[AFTER].items() if id in latest[BEFORE]]


def gain(room: Room) -> dict[str, Any]:
    """Return how many were right before and after, and the gain with its interval, in all and per item.

    Shares and gains are from 0 to 1, and None where fewer than ENOUGH students answered at both ends.  In
    all those students count who have answered every item twice; "I don't know" is an answer that is not
    right.  What is right comes with an item whose vote after the lesson is closed, also by what was asked
    after it, for each student's own result.
    """
    items = pairs(room)
    rows = [_rights(item) for item in items]
    everywhere = set.intersection(*(set(row) for row in rows)) if rows else set()
    means = {who: tuple(map(fmean, zip(*(row[who] for row in rows), strict=True))) for who in everywhere}
    return {
        **_compared(list(means.values())),
        "items": [
            {
                "question": item.after.question.id,
                "text": item.after.question.text,
                "html": item.after.question.html,
                "before": [item.before.id, item.before.last_answered()],
                "after": [item.after.id, item.after.last_answered()],
                **_compared(list(row.values())),
                **_solution(item.after, item.after.is_over or item.after is not room.asking),
            }
            for item, row in zip(items, rows, strict=True)
        ],
    }


def _solution(after: Asking, is_closed: bool) -> dict[str, Any]:
    """Return what is right: the id; of dealt numbers the range for each deal, else the answer itself.

    is_closed: whether nobody can vote on it any more.
    """
    question = after.question
    if not is_closed:
        return {"right": None, "ranges": [], "answer": None}
    right = next((answer for answer in question.answers if answer.id == after.right), None)
    return {
        "right": after.right,
        "ranges": [deal.keys[0][1:] for deal in question.deals],
        "answer": right.to_public() if right and not question.deals else None,
    }


def _rights(item: Pair) -> Mapping[str, tuple[float, float]]:
    """Return whether each student was right before and after, as 0 or 1."""
    then, now = (asking.votes.get(asking.last_answered(), {}) for asking in item)
    return {
        who: (
            float(then[who].counted == item.before.right),
            float(now[who].counted == item.after.right),
        )
        for who in then
        if who in now
    }


def _compared(rows: Sequence[tuple[float, ...]]) -> dict[str, Any]:
    """Return the shares before and after, the gain and its interval.  rows: (before, after) of each."""
    if len(rows) < ENOUGH:
        return {"n": len(rows), "share_before": None, "share_after": None, "gain": None, "interval": None}
    before, after = (fmean(row[end] for row in rows) for end in (0, 1))
    differences = [row[1] - row[0] for row in rows]
    return {
        "n": len(rows),
        "share_before": before,
        "share_after": after,
        "gain": after - before,
        "interval": interval(differences),
    }


def interval(differences: Sequence[float]) -> tuple[float, float]:
    """Return the interval of a mean gain at LEVEL; differences: of each student, from -1 to 1.

    Source: Bonett & Price (2012), Adjusted Wald confidence interval for a difference of binomial proportions
    based on paired data, J. Educ. Behav. Stat. 37: two students more are counted, one who gained all and
    one who lost all.  With several items a student's difference is a mean, and the same is done with it.
    """
    values = [*differences, 1.0, -1.0]
    middle = fmean(values)
    variance = fmean((value - middle) ** 2 for value in values)
    reach = NormalDist().inv_cdf(0.5 + LEVEL / 2) * sqrt(variance / len(values))
    return max(-1.0, middle - reach), min(1.0, middle + reach)
