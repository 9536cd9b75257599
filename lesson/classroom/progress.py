"""How far a class has come with its challenges: solved, trying, stuck, and where they fail first.  Pure."""

from collections import Counter
from typing import Any

from lesson.classroom.room import Room

CHALLENGE = "challenge/"  # begins the kind of a commit about a challenge
STUCK = 5  # tries without success after which somebody counts as stuck


def progress(room: Room) -> dict[str, Any]:
    """Return for each challenge that somebody tries: solved, trying, stuck, and what fails first.

    A commit of a challenge is {solved, tries, fails?, query?}: fails says in words which step of which hidden
    sequence is the first that is not as it should be; query is the attempt's state as an address says it.
    """
    kinds: dict[str, list[dict[str, Any]]] = {}
    for commits in room.commits.values():
        for kind, commit in commits.items():
            if kind.startswith(CHALLENGE) and isinstance(commit.value, dict):
                kinds.setdefault(kind.removeprefix(CHALLENGE), []).append(commit.value)
    return {name: _of_challenge(rows) for name, rows in sorted(kinds.items())}


def _of_challenge(rows: list[dict[str, Any]]) -> dict[str, Any]:
    solved = [row for row in rows if row.get("solved") is True]
    others = [row for row in rows if row.get("solved") is not True]
    stuck = [row for row in others if _tries(row) >= STUCK]
    fails = Counter(str(row["fails"])[:200] for row in others if row.get("fails"))
    attempts = [str(row["query"])[:600] for row in others if row.get("query")]
    return {
        "solved": len(solved),
        "trying": len(others) - len(stuck),
        "stuck": len(stuck),
        "tries": sorted(map(_tries, rows)),
        "fails": fails.most_common(5),
        "attempts": sorted(attempts)[:40],
    }


def _tries(row: dict[str, Any]) -> int:
    tries = row.get("tries")
    return tries if isinstance(tries, int) else 0
