"""How far a class has come with its challenges, and where they fail first.  Pure."""

from collections import Counter
from typing import Any

from lesson.classroom.room import Room

CHALLENGE = "challenge/"  # begins the kind of a commit about a challenge
STUCK = 5  # tries without success after which somebody counts as stuck


def progress(room: Room) -> dict[str, Any]:
    """Return for each challenge that somebody tries: solved, trying, stuck, not begun, and what fails first.

    A commit of a challenge is {solved, tries, fails?, query?}: fails says in words which step of which hidden
    sequence is the first that is not as it should be; query is the attempt's state as an address says it.
    """
    kinds: dict[str, list[dict[str, Any]]] = {}
    for commits in room.commits.values():
        for kind, commit in commits.items():
            if kind.startswith(CHALLENGE) and isinstance(commit.value, dict):
                kinds.setdefault(kind.removeprefix(CHALLENGE), []).append(commit.value)
    return {name: _of_challenge(rows, len(room.students)) for name, rows in sorted(kinds.items())}


def _of_challenge(rows: list[dict[str, Any]], joined: int) -> dict[str, Any]:
    solved = [row for row in rows if row.get("solved") is True]
    others = [row for row in rows if row.get("solved") is not True]
    stuck = [row for row in others if _tries(row) >= STUCK]
    fails = Counter(text for row in others if (text := _line(row.get("fails"), 200)))
    attempts = [text for row in others if (text := _line(row.get("query"), 600))]
    return {
        "solved": len(solved),
        "trying": len(others) - len(stuck),
        "stuck": len(stuck),
        "not_begun": joined - len(rows),
        "tries": sorted(map(_tries, rows)),
        "fails": fails.most_common(5),
        "attempts": sorted(attempts)[:40],
    }


def _tries(row: dict[str, Any]) -> int:
    tries = row.get("tries")
    return max(0, tries) if isinstance(tries, int) and not isinstance(tries, bool) else 0


def _line(text: object, longest: int) -> str:
    """Return what a browser says; "" for what no page of the course has written: it may be a script's."""
    return text if isinstance(text, str) and len(text) <= longest and text.isprintable() else ""
