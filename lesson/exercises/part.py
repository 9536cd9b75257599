"""The exercises: each with its file to take away, hints one by one, and a question to think about."""

from collections.abc import Sequence
from functools import partial
from typing import Protocol

import streamlit as st

from lesson.exercises.download import exercise_zip
from lesson.exercises.ticks import draw_tick, is_ticked
from lesson.frame.glossary import note, prose


class Exercise(Protocol):
    """What the page says of an exercise; `exercises.catalogue` has them."""

    number: int
    title: str
    goal: str
    minutes: int
    hints: tuple[str, ...]
    question: str


def show(exercises: Sequence[Exercise]) -> None:
    """Show every exercise, and how many the visitor has ticked."""
    for exercise in exercises:
        with st.container(border=True):
            st.subheader(f"{exercise.number}: {exercise.title}")
            prose(f"{exercise.goal} About {exercise.minutes} minutes.")
            _download(exercise)
            _hints(exercise)
            st.text(f"To think about: {exercise.question}")
    done = sum(is_ticked(exercise.number) for exercise in exercises)
    note(
        f"You have ticked “My check passes” in {done} of {len(exercises)} exercises. Your browser remembers "
        "these ticks. To save them as a file, open *My course* on the start page."
    )


def _download(exercise: Exercise) -> None:
    """Draw the button for the file, and the box to say that its check passes."""
    st.download_button(
        f"Download exercise {exercise.number} with everything it needs (zip)",
        partial(exercise_zip, exercise.number, exercise.title),
        f"lstm_exercise_{exercise.number}.zip", "application/zip", icon=":material/download:",
        on_click="ignore",
    )  # fmt: skip
    draw_tick(exercise.number)


def _hints(exercise: Exercise) -> None:
    """Show the hints that were asked for, and the button for the next."""
    count = st.session_state.get(_hints_key(exercise.number), 0)
    for hint in exercise.hints[:count]:
        st.text(hint)  # formulas with stars in them: no markup
    if count < len(exercise.hints):
        st.button(
            f"Hint {count + 1} of {len(exercise.hints)}", icon=":material/lightbulb:",
            key=f"hint_{exercise.number}", on_click=_show_hints, args=(exercise.number, count + 1),
        )  # fmt: skip


def _hints_key(number: int) -> str:
    """Return the key under which the session keeps how many hints of an exercise are shown."""
    return f"exercise_{number}_hints"


def _show_hints(number: int, count: int) -> None:
    st.session_state[_hints_key(number)] = count
