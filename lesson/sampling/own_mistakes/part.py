"""The part *Its own mistakes*: what one wrong character costs at the next ones."""

import streamlit as st

from lesson.frame.files import asset
from lesson.frame.glossary import prose
from lesson.frame.style import theme
from lesson.sampling.own_mistakes.free_answers import TRUE_TEXT
from lesson.sampling.own_mistakes.measured import NETWORKS, count_of_places
from lesson.sampling.own_mistakes.prose import (
    about_free_running,
    about_mistakes,
    how_it_was_measured,
    what_follows,
)
from lesson.sampling.own_mistakes.questions import FREE, MISTAKE, questions
from lesson.sampling.parameters import (
    FREE_MEASURE,
    FREE_TEMPERATURE,
    MISTAKE_NETWORK,
    MISTAKE_PASSAGE,
    MISTAKE_PLACE,
    WRONG_RANK,
)
from lesson.widgets.panel import Control, Panel
from lesson.widgets.questions import ask
from visualization.drawings.gradient_curves import MANTISSAS
from visualization.palette import GREY, colour

_MISTAKE = Panel("own_mistakes", "sampling/mistake", css=asset("curves/curves.css"))
_FREE = Panel("free_running", "sampling/free", css=asset("curves/curves.css"))
_CONTROLS = (
    Control(MISTAKE_PLACE, along=True),
    Control(WRONG_RANK, along=True),
    Control(MISTAKE_NETWORK),
    Control(MISTAKE_PASSAGE, more=True, as_field=True),
)
_DASHES = {"C": "", "h": "9 5"}


def show() -> None:
    """Ask what a mistake costs, let the student make one, and show what the networks' own ones do."""
    covered = ask(questions(), "own_mistakes")
    _MISTAKE.show("own_mistakes", _CONTROLS, page="sampling", look=_look(), covered=covered)
    if MISTAKE not in covered:
        prose(about_mistakes())
    st.subheader("Reading its own characters")
    prose(about_free_running())
    _FREE.show(
        "free_running",
        [Control(FREE_TEMPERATURE, along=True), Control(FREE_MEASURE)],
        page="sampling",
        look=_look_of_free_running(),
        covered=covered,
    )
    if not covered & {FREE, MISTAKE}:
        prose(what_follows())
    with st.expander("Teacher forcing, and how this was measured", icon=":material/menu_book:"):
        prose(how_it_was_measured(FREE in covered))


def _look() -> dict[str, object]:
    tone = theme()
    curves = {
        f"|Δ{state}|{end}": {
            "colour": colour(state, tone), "dash": _DASHES[state] if width > 2 else "2 4", "label": "",
            "width": width,
        }
        for end, width in (("", 3.5), (", median", 2))
        for state in _DASHES
    }  # fmt: skip
    return {
        "places": f"{count_of_places():,}",
        "grey": GREY[tone],
        "tone": colour("f", tone),
        "mark": colour("C", tone),
        "axes": {
            "mantissas": MANTISSAS,
            "references": [],
            "title": "characters after the wrong one",
        },
        "curves": curves,
    }


def _look_of_free_running() -> dict[str, object]:
    tone = theme()
    colours = {TRUE_TEXT: GREY[tone]} | {name: colour(name, tone) for name in NETWORKS}
    dashes = dict(zip(colours, ("2 4", "", "10 5", "14 4 3 4"), strict=True))
    return {"curves": {name: {"colour": colours[name], "dash": dashes[name]} for name in colours}}
