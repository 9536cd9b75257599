"""A worksheet and its key as files for the browser: at most two pages of A4 each."""

from collections.abc import Callable, Mapping, Sequence
from html import escape

from lesson.course.worksheets import gates, gradients, pytorch, sampling, series, training
from lesson.course.worksheets.address import address_html
from lesson.course.worksheets.formulas import line_html
from lesson.course.worksheets.task import Task, task_html
from lesson.frame.files import asset
from lesson.widgets.question import Question
from lesson.widgets.questions import sentence

_TASKS: Mapping[str, Callable[[], list[Task]]] = {
    "Gates": gates.tasks, "Gradients": gradients.tasks, "Training": training.tasks,
    "Sampling": sampling.tasks, "Series": series.tasks, "To PyTorch": pytorch.tasks,
}  # fmt: skip
LESSON = "A lesson"
_MANY = 8  # questions on a page; beyond them each has less room


def page_sheet(page: str, questions: Sequence[Question], address: str, solved: bool) -> str:
    """Return the worksheet of a lesson page, or its key, as HTML; it needs nothing else."""
    return _sheet(page, _TASKS[page](), questions, address, solved)


def lesson_sheet(questions: Sequence[Question], address: str, solved: bool) -> str:
    """Return one sheet for a lesson over several pages: a calculation of each, and its questions."""
    tasks = [gates.tasks()[0], gradients.tasks()[0], sampling.tasks()[0]]
    return _sheet(LESSON, tasks, questions, address, solved)


def _sheet(
    title: str, tasks: Sequence[Task], questions: Sequence[Question], address: str, solved: bool
) -> str:
    kind = "Answer key" if solved else "Worksheet"
    look = "dense" if title == LESSON or solved else "blank many" if len(questions) > _MANY else "blank"
    under_title = _COMPUTED if solved else _NAME
    calculations = "".join(f"<section>{task_html(task, solved)}</section>" for task in tasks)
    guesses = "".join(_question(number, question, solved) for number, question in enumerate(questions, 1))
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{kind}: {escape(title)}</title>'
        f"<style>{asset('worksheet.css')}</style><body class='{look}'><header><div>"
        f"<h1>{kind}: {escape(title)}</h1>{under_title}</div>{address_html(address)}</header>{calculations}"
        f'<h2 class="questions-title">Questions</h2><div class="questions">{guesses}</div></body></html>'
    )


def _question(number: int, question: Question, solved: bool) -> str:
    options = "".join(
        f"<li{_RIGHT if solved and answer.id == question.right else ''}>{line_html(answer.text)}</li>"
        for answer in question.in_random_order()
    )
    after = f"<p>{line_html(question.right_answer.reply)}</p>" if solved else _BECAUSE
    text = line_html(sentence(question.text))
    return f"<section><h3>{number}. {text}</h3><ol>{options}</ol>{after}</section>"


_RIGHT = ' class="right"'
_NAME = '<p>Name: <span class="gap" style="min-width: 60mm"></span></p>'
_COMPUTED = "<p>The program of this course has computed every number.</p>"
_BECAUSE = (
    '<p>My answer: <span class="gap" style="min-width: 6mm"></span> because</p>'
    '<div class="because"></div><div class="because"></div>'
)
