"""One step: the live cell takes one step, and every slider is felt at once."""

from lesson.frame.glossary import prose
from lesson.gates import questions
from lesson.gates.cell_drawing import mount, show_case
from lesson.gates.views import ONE_STEP
from lesson.widgets.questions import ask


def show() -> None:
    """Show the part: questions, the cell, and what it does in words."""
    ask(questions.one_step(), "step", lambda question: show_case(ONE_STEP, question))
    mount(ONE_STEP)
    prose(
        "An LSTM reads a sequence step by step and takes a memory along. At step t it gets an input $x_t$. "
        "What it holds is its **cell state** C, what it shows of it is its **hidden state** h, and three "
        "**gates**, numbers from 0 (shut) to 1 (open), decide what is kept, written and shown. Drag a slider."
    )
