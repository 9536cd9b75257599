"""Lead a lesson: open a room that a class joins, ask, let them vote and talk, and reveal."""

import streamlit as st

from lesson.class_page import part
from lesson.frame.navigation import begin

begin(__file__)
st.title("Class")
part.show()
