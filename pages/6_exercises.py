"""Five exercises to be programmed; they are checked on the student's own machine."""

from functools import partial

import streamlit as st

from exercises.catalogue import EXERCISES
from lesson.exercises.download import done_key, exercise_zip
from lesson.frame.glossary import note, prose
from lesson.frame.navigation import begin, page_link

begin(__file__)


def show_hint(number: int, count: int) -> None:
    """One more hint of an exercise."""
    st.session_state[f"exercise_{number}_hints"] = count


st.title("Exercises")
prose(
    "Five files with gaps. Take one with you, fill the gaps, and let `python -m exercises check 1` say what "
    "is right and what is not: which equation, which gate, which gradient, and by how much. Your code runs "
    "on your machine only, with Python 3.11 and NumPy 2.2 or later. Begin with the first; the others can be "
    "done in any order. Each file unpacks into a folder of its own, where README.txt has the three commands."
)
for exercise in EXERCISES:
    with st.container(border=True):
        st.subheader(f"{exercise.number}: {exercise.title}")
        prose(f"{exercise.goal} About {exercise.minutes} minutes.")
        st.download_button(
            f"Exercise {exercise.number} with all that it needs (zip)",
            partial(exercise_zip, exercise.number, exercise.title),
            f"lstm_exercise_{exercise.number}.zip", "application/zip", icon=":material/download:",
            on_click="ignore",
        )  # fmt: skip
        st.checkbox(
            "My check passes", key=done_key(exercise.number), persist_state="session",
            help="You say so yourself: the check runs on your machine.",
        )  # fmt: skip
        shown = st.session_state.get(f"exercise_{exercise.number}_hints", 0)
        for hint in exercise.hints[:shown]:
            st.text(hint)  # formulas with stars in them: no markup
        if shown < len(exercise.hints):
            st.button(
                f"Hint {shown + 1} of {len(exercise.hints)}", icon=":material/lightbulb:",
                key=f"hint_{exercise.number}", on_click=show_hint, args=(exercise.number, shown + 1),
            )  # fmt: skip
        st.text(f"To think about: {exercise.question}")
done = sum(st.session_state.get(done_key(exercise.number), False) for exercise in EXERCISES)
note(
    f"By your own word {done} of {len(EXERCISES)} pass. That is kept while this tab is open; "
    "*My course* on the start page makes a file of it."
)

page_link("7_cheatsheet.py", "Next: the cheat sheet, and what is half true")
