"""Start: what a recurrent network is, the idea in 30 seconds, and the way through the course."""

from collections.abc import Sequence

import streamlit as st

from lesson.frame.glossary import note, prose
from lesson.frame.lessons import WAY
from lesson.frame.navigation import page_link
from lesson.start.parameters import SECTION, SELF_TEST


def show(exercise_minutes: Sequence[int]) -> None:
    """Show the part: a network unrolled over a word, a signal that is carried along, and the lessons.

    exercise_minutes: how long each of the exercises takes.
    """
    st.title("Understand LSTMs by trying them out")
    words, picture = st.columns(2, gap="medium")
    with words:
        prose(
            "This course is for everyone who wants to understand LSTMs. School mathematics is enough for the "
            "page *Gates*, except its part *Vectors*, which uses matrices. *Gradients* uses derivatives and "
            "matrices. Only *Exercises* and *To PyTorch* need Python. You guess first, then you move a "
            "slider and see what happens."
        )
        with st.container(key="begin"):
            page_link("2_gates.py", f"**Begin here: {WAY[0].title}**, about {WAY[0].minutes} minutes")
        _recurrent_network()
    with picture:
        from lesson.start import unrolled  # below the first text: it imports what is heavy

        unrolled.draw_unrolled()
    _idea()
    _way(exercise_minutes)


def _recurrent_network() -> None:
    """Say what a recurrent network is; beside it one is drawn over a word of the visitor's."""
    prose(
        """
A **recurrent network** reads one thing after the other; ours read a text, one character at a time. It is the
same network at every step, with the same weights. Its inputs are one character and its own *state*: the
numbers that it computed one step earlier. So a recurrent network can read anything that comes in an order:
text, speech, handwriting, the values of a sensor. Here a network is *unrolled*: drawn once for each step.
"""
    )


def _idea() -> None:
    """Say what the LSTM changes, beside a signal that is carried along."""
    st.subheader("The idea in 30 seconds")
    words, picture = st.columns(2, gap="medium")
    with words:
        prose(_IDEA)
    with picture:
        from lesson.start import signal  # below the first text: it imports what is heavy

        signal.draw_signal()
    note(
        "The larger the forget bias, the more open the forget gate. With a forget bias of 0 the LSTM "
        "forgets, too. Both networks have one unit, and their weights are set by hand. The LSTM's input "
        "gate opens only for a 1. The RNN multiplies its state by 0.9 and then applies tanh."
    )


_IDEA = """
A plain recurrent network computes its whole state, the *hidden state* h, anew at every step. So after thirty
steps it has been overwritten thirty times. An **LSTM** (long short-term memory, Hochreiter and Schmidhuber
1997) has a second state, the *cell state* C. It goes from step to step along the *cell-state path*, like
goods on a conveyor belt. **Gates** control it. The input gate decides how much is added to C, and the output
gate decides how much of C is seen in h. The forget gate, which came later (Gers et al. 2000), decides how
much of C is kept.

Both networks here get a 1 at the first step, and then only zeros. Drag the forget bias.
"""


def _way(exercise_minutes: Sequence[int]) -> None:
    """Link every lesson, with what it promises and how long it takes."""
    st.subheader("The way through the course")
    for number, lesson in enumerate(WAY, 1):
        if number % 2:
            columns = st.columns(2)
        with columns[1 - number % 2], st.container(border=True, height="stretch"):
            duration = f"about {lesson.minutes} minutes" if lesson.minutes else _of_each(exercise_minutes)
            page_link(lesson.file, f"**{number}. {lesson.title}** · {duration}")
            prose(f"{lesson.promise} Afterwards you can {lesson.afterwards}.")
    st.button(
        "At the end: the self-test", icon=":material/quiz:", type="tertiary", key="to_self_test",
        on_click=_open_self_test,
    )  # fmt: skip


def _of_each(minutes: Sequence[int]) -> str:
    """Say how long each of several pieces takes."""
    shortest, longest = (_in_words(end(minutes)) for end in (min, max))
    return f"{len(minutes)} exercises, each {shortest} to {longest}"


def _in_words(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if rest:
        return f"{minutes} minutes"
    return f"{hours} hour{'s' if hours > 1 else ''}"


def _open_self_test() -> None:
    st.session_state[SECTION.name] = SELF_TEST
