"""How a class has answered: counts, moves, shares, and what research advises.  Pure."""

from collections import Counter
from typing import Any

from lesson.classroom.asking import Asking, Value
from lesson.classroom.question import DEALT, UNSURE

RARE, MOST = 35, 70  # percent of right answers: below explain, between discuss, above go on
FEW = 5  # votes: with fewer there is no advice


def rounds(asking: Asking) -> list[dict[str, Any]]:
    """Return the counts of each round; a last vote that nobody answered is left out.

    Counts are by answer, of dealt numbers by outcome, and hands that were counted by eye are part of them.
    Of numbers there are the "numbers" themselves, in order, of dealt ones how far each is off; of a sweep
    the "dots": how many have chosen a setting.
    """
    return [counts(asking, number) for number in range(1, asking.last_answered() + 1)]


def counts(asking: Asking, number: int) -> dict[str, Any]:
    """Return the counts of one round."""
    question, votes = asking.question, list(asking.votes.get(number, {}).values())
    tally = Counter(vote.counted for vote in votes)
    for (of_round, answer), count in asking.hands.items():
        if of_round == number:
            tally[answer] += count
    unsure = tally.pop(UNSURE, 0)
    if question.settings:
        return {"dots": dict(sorted(tally.items(), key=str)), UNSURE: unsure}
    if question.scale and question.kind != DEALT:
        return {"numbers": sorted(tally.elements()), UNSURE: unsure}
    by_answer: dict[str, Any] = {answer.id: tally[answer.id] for answer in question.answers}
    if question.kind == DEALT:
        by_answer["numbers"] = sorted(vote.error for vote in votes if vote.error is not None)
    return {**by_answer, UNSURE: unsure}


def has_moves(asking: Asking) -> bool:
    """Return whether who changes their mind moves from one answer to another, and not along a scale."""
    question = asking.question
    return question.kind == DEALT or not (question.scale or question.settings)


def moves(asking: Asking) -> list[tuple[Value, Value, int]]:
    """Return who moved where in the last round that was answered: (answer then, answer now, how many)."""
    last = asking.last_answered()
    if last < 2 or not has_moves(asking):
        return []
    return moves_between(asking, last - 1, asking, last)


def moves_between(before: Asking, first: int, after: Asking, last: int) -> list[tuple[Value, Value, int]]:
    """Return who moved where from one vote to another: (answer then, answer now, how many)."""
    then, now = before.votes.get(first, {}), after.votes.get(last, {})
    tally = Counter((then[who].counted, now[who].counted) for who in then if who in now)
    return [(start, end, count) for (start, end), count in sorted(tally.items(), key=str)]


def share_right(asking: Asking, number: int) -> float | None:
    """Return the percentage of right answers in a round; None for few votes, or where nobody says."""
    by_answer = counts(asking, number)
    total = sum(count for count in by_answer.values() if isinstance(count, int)) if has_moves(asking) else 0
    if total < FEW or asking.right is None:
        return None
    right: float = by_answer[str(asking.right)]
    return 100 * right / total


def advice(asking: Asking, number: int) -> str:
    """Return what research advises after a round: "" where there is too little to judge by.

    Source: Vickrey et al. (2015), Research-based implementation of peer instruction, CBE Life Sci. Educ. 14.
    """
    share = share_right(asking, number)
    if share is None or asking.test:
        return ""
    if share < RARE:
        return f"{share:.0f}% are right. Below {RARE}% right: explain, then ask again."
    if share <= MOST:
        return f"{share:.0f}% are right. From {RARE}% to {MOST}% right: let them discuss, then vote again."
    return f"{share:.0f}% are right. Above {MOST}% right: reveal, and go on."
