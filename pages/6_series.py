"""Numbers instead of characters: what a network can learn from far back, and with which settings."""

import streamlit as st

from lesson.course.worksheet import take_away
from lesson.frame.navigation import begin, page_link
from lesson.series import part
from lesson.series.parameters import PARAMETERS

begin(__file__, PARAMETERS)
st.title("Series of numbers")
part.show()
take_away("Series")
page_link("8_cheatsheet.py", "Next: the cheat sheet, and common claims about LSTMs that are only half true")
