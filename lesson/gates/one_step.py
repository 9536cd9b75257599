"""One step: the live cell takes one step, and every slider is felt at once."""

from lesson.frame.glossary import prose
from lesson.gates import questions
from lesson.gates.cell_drawing import mount, show_case
from lesson.gates.views import ONE_STEP
from lesson.widgets.questions import ask


def show() -> frozenset[str]:
    """Show the part: questions, the cell, and what it does in words; return what is covered."""
    covered = ask(questions.one_step(), "step", lambda question: show_case(ONE_STEP, question))
    mount(ONE_STEP, covered=covered)
    prose(
        "An LSTM reads a sequence step by step. At step t it gets an input $x_t$ and two states of the step "
        "before: the **cell state** $C_{t-1}$ and the **hidden state** $h_{t-1}$. Three **gates** "
        "control what happens to them. A gate is a number from 0 (shut) to 1 (open). Drag a slider and watch "
        "the numbers."
    )
    return covered
