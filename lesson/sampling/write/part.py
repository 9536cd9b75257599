"""The part Write of the sampling page: a text, and what was expected at every character of it."""

from lesson.frame.files import asset
from lesson.sampling.networks import choose_own_network, is_own
from lesson.sampling.reader import look_of_reader, reader_css
from lesson.sampling.write.answers import MOST_BITS
from lesson.sampling.write.controls import asked_with, character_control, choose_network, draw_controls
from lesson.sampling.write.questions import write_questions
from lesson.widgets.inline_html import inline_html, table_html
from lesson.widgets.panel import Panel
from lesson.widgets.questions import ask
from lesson.widgets.temperatures import about_the_table, ranges_table

_PANEL = Panel("write", "sampling/write", css=reader_css() + asset("panel/table.css"))
_HINT = (
    "Click a character of the text to see what the network expected there. The stronger the colour of a "
    f"character, the more it surprised the network (full colour: {MOST_BITS:.0f} bits or more). The prompt "
    "is underlined."
)


def show() -> None:
    """Show the part Write."""
    covered = ask(write_questions(), "write")
    network, prompt = choose_network()
    _PANEL.show(
        "write",
        [*draw_controls(more=False), character_control(looked_up=True)],
        page="sampling",
        more_label="Top k, top p, length and seed",
        fixed=asked_with(network, prompt),
        by_post=bool(prompt),
        own_network=is_own(network),
        look=look_of_reader()
        | {"hint": _HINT, "ranges": table_html(*ranges_table()), "advice": inline_html(about_the_table())},
        covered=covered,
    )
    choose_own_network()
