"""The part Write of the sampling page: a text, and what was expected at every character of it."""

from lesson.sampling.networks import choose_own_network, is_own
from lesson.sampling.reader import look_of_reader, reader_css
from lesson.sampling.write.answers import MOST_BITS
from lesson.sampling.write.controls import asked_with, character_control, choose_network, draw_controls
from lesson.sampling.write.questions import write_questions
from lesson.sampling.write.sentences import ADVICE
from lesson.widgets.inline_html import inline_html
from lesson.widgets.panel import Panel
from lesson.widgets.questions import ask

_PANEL = Panel("write", "sampling/write", css=reader_css())
_HINT = (
    "Click a character, or walk with the arrow keys. The stronger its colour, the more it surprised the "
    f"network (full at {MOST_BITS:.0f} bits); the prompt is underlined."
)


def show() -> None:
    """Show the part Write."""
    ask(write_questions(), "write")
    network, prompt = choose_network()
    advice = f"{ADVICE} Above, the slider does it to the draw at the chosen character, and to the text."
    _PANEL.show(
        "write",
        [*draw_controls(more=False), character_control(looked_up=True)],
        page="sampling",
        fixed=asked_with(network, prompt),
        by_post=bool(prompt),
        own_network=is_own(network),
        look=look_of_reader() | {"hint": _HINT, "advice": inline_html(advice)},
    )
    choose_own_network()
