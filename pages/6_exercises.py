"""The exercises."""

import streamlit as st

from lesson.frame import begin, page_link

begin(__file__)

st.title("Exercises")
page_link("7_cheatsheet.py", "Next: everything on two pages")
