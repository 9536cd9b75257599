"""The idea in 30 seconds, and the map of the course."""

import streamlit as st

from lesson.carry import carried
from lesson.frame import LESSONS, begin, page_link
from lesson.show import draw, theme
from visualization.carry import describe_carried, plot_carried

begin(__file__)

st.title("Understand LSTMs by moving them")
st.markdown(
    """
A **recurrent network** reads a text one character at a time. After each it has nothing but a list of
numbers, its *state*, to remember all that came before. A plain network rewrites the whole list at
every step, so what it saw thirty steps ago has been rewritten thirty times.

An **LSTM** keeps a second list beside it, the *cell state* C, and treats it like a conveyor belt:
what lies on it stays, unless a **gate** takes some of it off (forget) or puts something on (input).
A third gate decides how much of it is shown (output).
"""
)

st.subheader("One signal, thirty steps")
st.markdown("Both cells see a 1 at the first step and then nothing. How much of it is still there?")
forget_bias = st.slider(
    "Forget bias of the LSTM, $b_f$: larger means that the forget gate stays more open",
    0.0, 8.0, 5.0, 0.25, key="start_bf", bind="query-params",
)  # fmt: skip
signal = carried(steps=30, forget_bias=forget_bias)
words = describe_carried(signal)
draw(plot_carried(signal, theme()), words)
leaks = "Now the belt leaks as well: it is the open gate that carries."
st.markdown(f"**{words}** {leaks if forget_bias <= 1 else 'Pull $b_f$ down to 0 and see.'}")
st.caption(
    "Both are cells with one unit and weights set by hand: the LSTM's input gate opens for a 1 only; the "
    "RNN multiplies its state by 0.9 and sends it through tanh. Trained networks are on the next pages."
)

st.subheader("Where to go")
for lesson in LESSONS[1:]:
    with st.container(border=True):
        page_link(lesson.file, f"**{lesson.title}**")
        st.markdown(lesson.promise)
