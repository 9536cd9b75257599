"""One question, large, for a class: answers A to D, one key reveals, one skips."""

import streamlit as st

from lesson.course.decks import DECKS
from lesson.frame.links import bound_whole, complain, mend
from lesson.widgets.questions import REVEAL, SKIP, Question, sentence

_SHOWN = "projector_shown"  # in the session state: the question whose answer is shown


def projector() -> None:
    """The part of the start page."""
    names = tuple(DECKS)
    complain(mend({"deck": names}))
    deck = st.segmented_control(
        "Page", names, default=names[0], required=True, key="deck", bind="query-params",
        label_visibility="collapsed",
    )  # fmt: skip
    questions = DECKS[deck]()
    number = bound_whole("q", 1, len(questions), 1)
    _show(questions[number - 1], number, len(questions))


def _show(question: Question, number: int, count: int) -> None:
    shown = st.session_state.get(_SHOWN) == question.id
    st.markdown(f"# {sentence(question.text)}")
    for letter, answer in zip("ABCDEF", question.answers, strict=False):
        right = shown and answer.id == question.right
        mark = ":green[:material/check_circle:] " if right else ""
        st.markdown(f"## {mark}{letter}   {f'**:green[{answer.text}]**' if right else answer.text}")
    if shown:
        st.markdown(f"### {question.right_answer.reply}")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if not shown:
            st.button(
                "Reveal", type="primary", key="projector_reveal", shortcut=REVEAL, on_click=_reveal,
                args=(question.id,),
            )  # fmt: skip
        label = "Next" if shown else "Skip"
        st.button(label, key="projector_skip", shortcut=SKIP, on_click=_go, args=(number % count + 1,))
        # No number field and no slider: while one of them has the focus, the keys do not work.
        st.segmented_control(
            "Question", list(range(1, count + 1)), required=True, key="q", bind="query-params"
        )
    st.caption(
        f"Question {number} of {count}. {REVEAL} reveals, {SKIP} goes on; hide the browser's frame with F11."
    )


def _reveal(name: str) -> None:
    st.session_state[_SHOWN] = name


def _go(number: int) -> None:
    st.session_state.q = number
    st.session_state.pop(_SHOWN, None)
