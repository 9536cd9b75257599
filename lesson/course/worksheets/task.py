"""A calculation for paper: on the worksheet with gaps, in the key with every gap filled."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from lesson.course.worksheets.formulas import line_html

_GAP = re.compile("\ue010(.*?)\ue011")


@dataclass(frozen=True)
class Task:
    """A calculation: its title, what is to be done, and a drawing, blank or solved.

    lines: Markdown, with gaps; table: rows of Markdown, the first is the head.
    """

    title: str
    lines: tuple[str, ...]
    table: tuple[tuple[str, ...], ...] = ()
    drawing: Callable[[bool], str] | None = None


def gap(answer: str) -> str:
    """Return a gap for a number that is to be computed, with its answer."""
    return f"\ue010{answer}\ue011"


def gaps(answers: Iterable[str]) -> tuple[str, ...]:
    """Return a gap for each answer."""
    return tuple(map(gap, answers))


def task_html(task: Task, solved: bool) -> str:
    """Return a task as HTML, with its gaps empty or filled."""
    drawing = task.drawing(solved) if task.drawing else ""
    lines = "".join(f"<p>{line_html(line)}</p>" for line in task.lines)
    html = f"<h2>{line_html(task.title)}</h2>{drawing}{lines}{_table(task.table)}"
    return _GAP.sub(lambda match: _gap_html(match[1], solved), html)


def _gap_html(answer: str, solved: bool) -> str:
    return f'<b class="gap">{answer}</b>' if solved else '<span class="gap"></span>'


def _table(rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    head, *body = [[line_html(cell) for cell in row] for row in rows]
    lines = [f"<tr>{''.join(f'<th>{cell}</th>' for cell in head)}</tr>"]
    lines += [f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in body]
    return f"<table>{''.join(lines)}</table>"
