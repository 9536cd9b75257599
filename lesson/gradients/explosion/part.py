"""The part *Explosion*: an RNN's gradient or an LSTM's, and what clipping makes of the update."""

import streamlit as st

from lesson.frame.links import complain, mend
from lesson.gradients.explosion import lstm, rnn
from lesson.gradients.parameters import EXPLODES

_NETWORKS = {"RNN": rnn, "LSTM": lstm}


def show() -> None:
    """Let the visitor choose a kind of network, and show what is about it."""
    complain(mend(EXPLODES))
    # On a low wide screen the style sheet puts the choice below the panel, so that its picture is in view.
    with st.container(key="which_network"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(EXPLODES.label, width="content")
            choice = EXPLODES.segmented_control(label_visibility="collapsed")
        panel = st.container()
    _NETWORKS[choice].show(panel)
