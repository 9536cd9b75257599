"""How much of an error survives the way back through time."""

import streamlit as st

from lesson.frame import begin, page_link
from lesson.show import draw, predict, show_source, theme
from lstm.cells import LSTMCell
from lstm.gradients import gradient_flow, random_cell, random_inputs
from visualization import plot_gradient_flow_comparison
from visualization.gradients import describe_flow, left_after, scientific

begin(__file__)

st.title("Gradients through time")
st.markdown(
    "A network learns from its errors by sending them back through the steps that led to them. Here an "
    "error is put in at the last step, and the curves show how much of it, as the norm of "
    r"$\partial L/\partial h_t$, arrives at every earlier step. Both cells are untrained, read the same "
    "noise, and the gradients come from the same backward pass that trains them."
)


@st.cache_data
def measured() -> str:
    """The answer to the question, for the setting in which the page opens."""
    x = random_inputs(100)
    without = left_after(gradient_flow(random_cell("lstm", forget_bias=0), x).dh, 50)
    plain = left_after(gradient_flow(random_cell("rnn", spectral_radius=0.9), x).dh, 50)
    return (
        f"With $b_f = 0$ the LSTM leaves {scientific(without)}, an RNN of radius 0.9 {scientific(plain)}: "
        "both have lost all that matters. Set $b_f$ below and see what brings it back."
    )


predict(
    "an LSTM whose forget bias is 0, against this RNN: how much of an error reaches 50 steps back?",
    {
        "Far more": f"That is what most texts suggest. {measured()}",
        "About as little": f"Close enough. {measured()}",
        "Far less": f"Less, but of nothing much. {measured()}",
    },
    key="guess_gradients",
)

left, middle, right = st.columns(3)
forget_bias = left.slider("Forget bias b_f", 0.0, 6.0, 1.0, 0.25, key="bf", bind="query-params")
steps = middle.slider("Steps T", 10, 200, 100, 10, key="T", bind="query-params")
radius = right.slider(
    "RNN: spectral radius", 0.1, 3.0, 0.9, 0.1, key="radius", bind="query-params",
    help="The largest absolute eigenvalue of the recurrent weights: by how much they can stretch a state.",
)  # fmt: skip
seed = st.number_input("Seed of weights and noise", 0, 999, 0, key="seed", bind="query-params")

x = random_inputs(steps, seed=seed)
lstm = gradient_flow(random_cell("lstm", seed=seed, forget_bias=forget_bias), x)
rnn = gradient_flow(random_cell("rnn", seed=seed, spectral_radius=radius), x)

back = min(50, steps - 1)
text = describe_flow({"LSTM": lstm.dh, "RNN": rnn.dh}, back)
draw(plot_gradient_flow_comparison(lstm.dh, rnn.dh, theme=theme()), text)
st.info(text, icon=":material/chat:")
st.caption(
    "Below the dotted line an update is smaller than float32 can add to a weight of the size of 1. A curve "
    "that leaves the picture at the bottom has not stopped: it is smaller still."
)

st.subheader("What does the work?")
others = {
    bias: left_after(gradient_flow(random_cell("lstm", seed=seed, forget_bias=bias), x).dh, back)
    for bias in (0, 1, 3, 5)
}
listed = ", ".join(f"$b_f = {bias}$ leaves **{scientific(left)}**" for bias, left in others.items())
best = max(others, key=others.get)
st.markdown(
    f"The same LSTM with other forget biases, and nothing else changed: {listed} after {back} steps. The "
    f"name LSTM alone carries nothing far; here $b_f = {best}$ carries most. With a small bias most of what "
    "arrives has come by another road, through the gates and h. "
    + (
        "More bias is not always better: a gate that hardly ever closes lets C grow, and where tanh C is "
        "flat no error reaches h. "
        if best < 5
        else ""
    )
    + "*Untrained weights with 32 units, inputs of 16 numbers with standard deviation 0.5.*"
)
show_source(LSTMCell._backward, "The backward pass as it runs")
page_link("4_training.py", "Next: watch a network learn")
