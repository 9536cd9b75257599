"""Over time: the live cell runs along an input: a preset, or numbers that are typed or drawn."""

from lesson.frame.glossary import prose
from lesson.gates import questions
from lesson.gates.cell_drawing import mount, show_case
from lesson.gates.views import OVER_TIME
from lesson.widgets.questions import ask


def show() -> frozenset[str]:
    """Show the part: questions, the input, the cell along it, and its words; return what is covered."""
    prose("Now a cell takes many steps. Drag the forget bias and watch the cell state C.")
    covered = ask(questions.over_time(), "time", lambda question: show_case(OVER_TIME, question))
    mount(OVER_TIME, covered=covered)
    return covered
