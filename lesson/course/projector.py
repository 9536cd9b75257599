"""One question, large, for a class: answers A to D, one key reveals, one skips."""

import streamlit as st

from lesson.course.decks import DECKS
from lesson.frame.arrivals import links_taken
from lesson.frame.links import bound_whole, complain, mend
from lesson.frame.parameters import BOUND
from lesson.start.parameters import DECK, QUESTION
from lesson.widgets.questions import REVEAL, SKIP, Question, sentence

_REVEALED = (
    "projector_shown"  # in the session state: the question whose answer is shown, and since which link
)


def show() -> None:
    """Show the part: the deck and the question that are chosen."""
    decks = DECK.among(tuple(DECKS))
    complain(mend(decks))
    questions = DECKS[decks.segmented_control(label_visibility="collapsed")]()
    number = bound_whole(QUESTION.within(1, len(questions), 1))
    _show_question(questions[number - 1], number, len(questions))


def _show_question(question: Question, number: int, count: int) -> None:
    revealed = st.session_state.get(_REVEALED) == (question.id, links_taken())
    st.markdown(f"# {sentence(question.text)}")
    for letter, answer in zip("ABCDEF", question.in_random_order(), strict=False):
        right = revealed and answer.id == question.right
        mark = ":green[:material/check_circle:] " if right else ""
        st.markdown(f"## {mark}{letter}   {f'**:green[{answer.text}]**' if right else answer.text}")
    if revealed:
        st.markdown(f"### {question.right_answer.reply}")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if not revealed:
            st.button(
                "Reveal", type="primary", key="projector_reveal", shortcut=REVEAL, on_click=_reveal,
                args=(question.id,),
            )  # fmt: skip
        label = "Next" if revealed else "Skip"
        st.button(label, key="projector_skip", shortcut=SKIP, on_click=_go, args=(number % count + 1,))
        # No number field and no slider: while one of them has the focus, the keys do not work.
        numbers = list(range(1, count + 1))
        st.segmented_control(QUESTION.label, numbers, required=True, key=QUESTION.name, **BOUND)
    st.caption(
        f"Question {number} of {count}. {REVEAL} reveals, {SKIP} goes on; hide the browser's frame with F11."
    )


def _reveal(id: str) -> None:
    st.session_state[_REVEALED] = (id, links_taken())


def _go(number: int) -> None:
    st.session_state[QUESTION.name] = number
    st.session_state.pop(_REVEALED, None)
