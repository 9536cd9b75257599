"""The questions of the part *The RNN's product*."""

from lesson.widgets.question import Question


def questions() -> list[Question]:
    """Return the questions of this part."""
    return []
