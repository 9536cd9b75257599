"""Let a trained model write, read its memory, and hold its gates."""

import streamlit as st

from lesson.frame import begin
from lesson.memory_part import memory_part
from lesson.query import choose_part
from lesson.surgery_part import surgery_part
from lesson.write_part import write_part

begin(__file__)

PARTS = {"Write": write_part, "Read its memory": memory_part, "Gate surgery": surgery_part}
st.title("Sampling")
st.markdown(
    "The network reads the prompt and says how likely each next character is; one is drawn, and that one is "
    "what it reads next. **Temperature** changes the draw, not the network."
)
PARTS[choose_part(tuple(PARTS), "tab")]()
