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
    "Each exercise is a Python file with gaps. Download it, fill the gaps, and run "
    "`python -m exercises check 1` (with the number of your exercise). The check tells you what is right. If "
    "something is wrong, the check names the equation, gate or gradient, and says how far it is off. Your "
    "code runs only on your own computer, with Python 3.11 and NumPy 2.2 or later. Begin with exercise 1; "
    "you can do the others in any order. Each download is a zip file with a folder; README.txt in this "
    "folder lists the commands."
)
part.show(EXERCISES)
page_link("8_cheatsheet.py", "Next: the cheat sheet, and how true common claims about LSTMs are")
