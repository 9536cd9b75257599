"""The calculations of the page *Series*."""

from lesson.course.worksheets.task import Task


def tasks() -> list[Task]:
    """Return the calculations."""
    return []
