"""Trained models, runs of one's own, and what goes wrong with them."""

import streamlit as st

from lesson.frame import begin, page_link
from lesson.live_part import live
from lesson.query import choose_part
from lesson.replay import replay

begin(__file__)

PARTS = {"Replay": replay, "Live": live}
st.title("Training")
st.markdown(
    "The network guesses each next character; its **loss** is how surprised it was by the right one, in "
    "nats per character. The *validation* loss is measured on text that it never learns from."
)
PARTS[choose_part(tuple(PARTS), "tab")]()

page_link("5_sampling.py", "Next: let a trained model write")
