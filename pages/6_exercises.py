"""Five exercises to be programmed; they are checked on the student's own machine."""

import streamlit as st

from exercises.catalogue import EXERCISES
from lesson.exercises import part
from lesson.exercises.parameters import PARAMETERS
from lesson.frame.glossary import prose
from lesson.frame.navigation import begin, page_link

begin(__file__, PARAMETERS)
st.title("Exercises")
prose(
    "Five files with gaps. Take one with you, fill the gaps, and let `python -m exercises check 1` say what "
    "is right and what is not: which equation, which gate, which gradient, and by how much. Your code runs "
    "on your machine only, with Python 3.11 and NumPy 2.2 or later. Begin with the first; the others can be "
    "done in any order. Each file unpacks into a folder of its own, where README.txt has the three commands."
)
part.show(EXERCISES)
page_link("7_cheatsheet.py", "Next: the cheat sheet, and what is half true")
