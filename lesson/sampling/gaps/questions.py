"""The questions of the part *Fill the gaps*."""

from lesson.widgets.question import Question


def questions() -> list[Question]:
    """Return the questions of this part."""
    return []
