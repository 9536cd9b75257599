"""The questions of the page *Series*."""

from lesson.widgets.question import Question


def questions() -> list[Question]:
    """Return the questions of this page."""
    return []
