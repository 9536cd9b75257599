"""The cheat sheet."""

import streamlit as st

from lesson.frame import begin, page_link

begin(__file__)

st.title("Cheat sheet")
page_link("1_start.py", "Back to the start")
