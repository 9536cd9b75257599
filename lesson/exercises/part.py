"""The exercises: each with its file to take away, hints one by one, and a question to think about."""

from collections.abc import Sequence
from functools import partial
from typing import Protocol

import streamlit as st

from lesson.exercises.download import exercise_zip
from lesson.exercises.hints import draw_hints
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
            draw_hints(exercise.number, exercise.hints)
            st.text(f"To think about: {exercise.question}")
    done = sum(is_ticked(exercise.number) for exercise in exercises)
    note(
        f"You have ticked “My check passes” in {done} of {len(exercises)} exercises. Your browser remembers "
        "these ticks and the hints that you opened. To save the ticks as a file, open *My course* on the "
        "start page."
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
