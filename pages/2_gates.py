"""One LSTM cell: move its inputs and watch the gates."""

import streamlit as st

from lesson import cell
from lesson.frame import begin, page_link
from lesson.show import predict, show_source
from lstm.equations import lstm_step
from visualization.gates import number

begin(__file__)

st.title("One LSTM cell")
st.markdown(
    "A cell with one input and one unit, so that every gate is a single number. "
    "It receives $x_t$, its own last output $h_{t-1}$, and what it held, $C_{t-1}$."
)
predict(
    "the forget gate is $f_t = 1$. What does the cell do with what it held?",
    {
        "It forgets it": "The name misleads most people once: $f_t$ is what is **kept**. At 1 all of "
        "$C_{t-1}$ stays; at 0 it is gone. Move $b_f$ to 8, shut the input gate with $b_i$ at −8 (below "
        "'More'), and compare $C_t$ with $C_{t-1}$.",
        "It keeps it": "Yes: $f_t \\odot C_{t-1}$ with $f_t = 1$ is $C_{t-1}$. Whether $C_t$ equals it "
        "also depends on what the input gate adds: move $b_i$ to −8 to shut it.",
        "It depends on the input": "$f_t$ depends on the input, but once it *is* 1, all of $C_{t-1}$ "
        "is kept. What is added on top depends on the input gate: shut it with $b_i$ at −8.",
    },
    key="guess_forget",
)


setting, complaint = cell.parse(st.query_params.get("cell"))
if complaint:
    st.warning(complaint, icon=":material/link_off:")
cell.mount(setting)


@st.fragment
def follow(start: cell.Setting) -> None:
    """What the browser has sent, answered: tables for its sliders, and a sentence."""
    now, groups = cell.received(st.session_state.get(cell.KEY)) or (start, set())
    cell.feed(now, groups)
    step = {name: number(value.item()) for name, value in cell.values(now).items()}
    st.info(
        f"It keeps {step['f']} of what it held, adds {step['added']}, and shows {step['o']} of tanh C. "
        f"It held {number(now['C_prev'])} and holds {step['C']} now.",
        icon=":material/chat:",
    )


follow(setting)
show_source(lstm_step, "The code that computed these numbers")
page_link("3_gradients.py", "Next: what this is good for when a network learns")
