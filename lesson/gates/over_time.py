"""Over time: the live cell runs along an input: a preset, or numbers that are typed or drawn."""

from lesson.gates import questions
from lesson.gates.cell_drawing import mount, show_case
from lesson.gates.views import OVER_TIME
from lesson.widgets.questions import ask


def show() -> None:
    """Show the part: questions, the input, the cell along it, and what it does in words."""
    ask(questions.over_time(), "time", lambda question: show_case(OVER_TIME, question))
    mount(OVER_TIME)
