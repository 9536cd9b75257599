"""The part *Explosion*: an RNN's gradient or an LSTM's, and what clipping makes of the update."""

import streamlit as st

from lesson.gradients.explosion import lstm, rnn
from lesson.gradients.parameters import EXPLODES

_NETWORKS = {"RNN": rnn, "LSTM": lstm}


def show() -> None:
    """Show what is about one kind of network; below it the visitor chooses the other."""
    network = st.container()  # above the choice, so that question, control and picture are on one screen
    choice = EXPLODES.segmented_control()
    with network:
        _NETWORKS[choice].show()
