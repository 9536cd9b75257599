"""One question, as large as the screen allows, for a class; a clicker's keys press the buttons."""

import re

import streamlit as st

from lesson.course.decks import DECKS
from lesson.frame.arrivals import links_taken
from lesson.frame.files import asset, script
from lesson.frame.links import bound_whole, complain, mend
from lesson.frame.parameters import BOUND
from lesson.start.parameters import DECK, QUESTION, SECTION
from lesson.widgets.question import Question
from lesson.widgets.questions import REVEAL, SKIP, sentence

_REVEALED = (
    "projector_shown"  # in the session state: the question whose answer is shown, and since which link
)
_LOOK = f"<style>{asset('projector/projector.css')}</style>"
_KEYS = st.components.v2.component("projector", js=script("projector/projector.js"))
_HOW = "One question for a class: everybody votes, then press *Reveal*."
_HELP = (
    "Keys of a clicker: PageDown, →, Space or Enter reveal the answer and then go on; PageUp or ← go back; "
    f"a point or b makes the screen black. On a keyboard {REVEAL} reveals and {SKIP} goes on. F11 hides the "
    "browser's frame."
)


def show() -> None:
    """Show the part: the deck and the question that are chosen."""
    st.html(_LOOK)
    text = st.container(key="projector_text")
    bar = st.container(key="projector_bar", horizontal=True, vertical_alignment="center")
    decks = DECK.among(tuple(DECKS))
    with text:
        complain(mend(decks))
    with bar:
        buttons = st.container(key="projector_buttons", horizontal=True)
        with st.popover("All questions", icon=":material/list:", help=_HELP):
            deck = decks.segmented_control()
            questions = DECKS[deck]()
            number = bound_whole(QUESTION.within(1, len(questions), 1))
            numbers = list(range(1, len(questions) + 1))
            st.segmented_control(QUESTION.label, numbers, required=True, key=QUESTION.name, **BOUND)
            st.caption(_HELP)
        st.markdown(f"{deck}, question {number} of {len(questions)}")
        with st.container(key="projector_how"):
            st.caption(_HOW)
        st.button("Close", icon=":material/close:", type="tertiary", key="projector_close", on_click=_close)
    question = questions[number - 1]
    revealed = st.session_state.get(_REVEALED) == (question.id, links_taken())
    with text:
        _show_question(question, revealed)
    with buttons:
        _draw_buttons(question, revealed, number, len(questions))
    _KEYS(key="projector_keys", data=[question.id])


def _show_question(question: Question, revealed: bool) -> None:
    st.markdown(f"# {_tie_ends(sentence(question.text))}")
    for letter, answer in zip("ABCDEF", question.in_random_order(), strict=False):
        right = revealed and answer.id == question.right
        mark = ":green[:material/check_circle:] " if right else ""
        text = f"**:green[{answer.text}]**" if right else answer.text
        with st.container(key=f"projector_answer_{letter}"):
            st.markdown(f"**{letter}** {mark}{_tie_ends(text)}")
    if revealed:
        with st.container(key="projector_reply"):
            st.markdown(_tie_ends(question.right_answer.reply))


def _tie_ends(text: str) -> str:
    """Put what ends a sentence into the formula before it: in large letters it often began the next line."""
    return re.sub(r"\$([.,?])", r"\\text{\1}$", text)


def _draw_buttons(question: Question, revealed: bool, number: int, count: int) -> None:
    before, after = (number - 2) % count + 1, number % count + 1
    st.button("Back", icon=":material/arrow_back:", key="projector_back", on_click=_go, args=(before,))
    if not revealed:
        st.button(
            "Reveal", type="primary", key="projector_reveal", shortcut=REVEAL, on_click=_reveal,
            args=(question.id,),
        )  # fmt: skip
    label = "Next" if revealed else "Skip"
    st.button(label, key="projector_skip", shortcut=SKIP, on_click=_go, args=(after,))


def _reveal(id: str) -> None:
    st.session_state[_REVEALED] = (id, links_taken())


def _go(number: int) -> None:
    st.session_state[QUESTION.name] = number
    st.session_state.pop(_REVEALED, None)


def _close() -> None:
    """Leave the projector for the plans: its own page has no room for the parts."""
    st.session_state[SECTION.name] = "Plan a lesson"
