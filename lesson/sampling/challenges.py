"""The challenges of the sampling page: how they are named, and what is solved of them."""

from lesson.widgets.solved import mark_solved

CLOSE_IT, WHO_IS_SPEAKING = "closing", "quotes"
TITLES = {CLOSE_IT: "Close it", WHO_IS_SPEAKING: "Who is speaking?"}


def solve(name: str) -> None:
    """Note that one of them is solved."""
    mark_solved("sampling", name)
