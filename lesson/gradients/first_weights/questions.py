"""The questions of the part *Where it starts*."""

from lesson.widgets.question import Question


def questions() -> list[Question]:
    """Return the questions of this part."""
    return []
