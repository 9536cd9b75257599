"""Start: what a recurrent network is, the idea in 30 seconds, and the way through the course."""

import streamlit as st

from lesson.frame.glossary import note, prose
from lesson.frame.lessons import LESSONS
from lesson.frame.navigation import page_link
from lesson.start.parameters import SECTION, SELF_TEST


def show() -> None:
    """Show the part: a network unrolled over a word, the belt, and the lessons."""
    st.title("Understand LSTMs by moving them")
    prose(
        """
A **recurrent network** reads a text one character at a time. It is one and the same network at every step:
it gets the next character and the numbers that it had left itself the step before, its *state*. So it
can follow whatever comes in an order: text, speech, handwriting, the readings of a sensor. Drawn once for
every step, it is *unrolled*:
"""
    )
    _unrolled_word()
    _idea()
    _way()


def _unrolled_word() -> None:
    """Draw a network over a word of the visitor's."""
    from lesson.start import unrolled  # below the first text: it imports what is heavy

    unrolled.draw_unrolled()


def _idea() -> None:
    """Say what the LSTM changes, beside a signal that is carried along."""
    st.subheader("The idea in 30 seconds")
    prose(
        """
A plain network rewrites its whole state at every step, so what it saw thirty steps ago has been rewritten
thirty times. An **LSTM** (long short-term memory, 1997) keeps a second list beside it, the *cell state* C,
and treats it like a conveyor belt: what lies on it stays, unless a **gate** takes some of it off (forget) or
puts something on (input). A third gate decides how much of it is shown (output). Both cells below see a 1 at
the first step and then nothing. How much of it is still there?
"""
    )
    from lesson.start import belt  # below the first text: it imports what is heavy

    belt.draw_belt()
    note(
        "Pull the forget bias to 0, and the belt leaks as well: it is the open gate that carries. Both are "
        "cells with one unit and weights set by hand: the LSTM's input gate opens for a 1 only; the RNN "
        "multiplies its state by 0.9 and sends it through tanh."
    )


def _way() -> None:
    """Link every lesson, with what it promises."""
    st.subheader("The way through the course")
    for number, lesson in enumerate(LESSONS[1:], 1):
        with st.container(border=True):
            page_link(lesson.file, f"**{number}. {lesson.title}** · {lesson.duration}")
            prose(f"{lesson.promise} Afterwards you can {lesson.afterwards}.")
    st.button(
        "At the end: the self-test", icon=":material/quiz:", type="tertiary", key="to_self_test",
        on_click=_open_self_test,
    )  # fmt: skip


def _open_self_test() -> None:
    st.session_state[SECTION.name] = SELF_TEST
