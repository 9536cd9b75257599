"""The questions of the page *Series*."""

from lesson.frame.memo import memo
from lesson.widgets.question import Question


@memo()
def questions() -> list[Question]:
    """Return the questions of this page."""
    return []
