"""One LSTM cell: move its inputs and watch the gates."""

import streamlit as st

from lesson.frame import begin, page_link
from lesson.scalar import GATES, scalar_step
from lesson.show import draw, predict, show_source, theme
from lstm.equations import lstm_step
from visualization.gates import number, values_bars
from visualization.palette import tex, written

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
        "$C_{t-1}$ stays; at 0 it is gone. Move $b_f$ to 8 and compare $C_t$ with $C_{t-1}$.",
        "It keeps it": "Yes: $f_t \\odot C_{t-1}$ with $f_t = 1$ is $C_{t-1}$. Whether $C_t$ equals it "
        "also depends on what the input gate adds: move $b_i$ to −8 to shut it.",
        "It depends on the input": "$f_t$ depends on the input, but once it *is* 1, all of $C_{t-1}$ "
        "is kept. What is added on top depends on the input gate: shut it with $b_i$ at −8.",
    },
    key="guess_forget",
)


def slider(label: str, key: str, start: float, reach: float = 8.0) -> float:
    return st.slider(label, -reach, reach, start, 0.25, key=key, bind="query-params")


controls, picture = st.columns([2, 3], gap="large")
with controls:
    x = slider("Input $x_t$", "x", 1.0, reach=4.0)
    C_prev = slider("Held before, $C_{t-1}$", "C", 1.0, reach=4.0)
    h_prev = slider("Last output, $h_{t-1}$", "h", 0.0, reach=1.0)
    names = ("forget gate", "input gate", "candidate", "output gate")
    biases = {
        gate: slider(f"Bias of the {name}, $b_{gate}$", f"b_{gate}", 1.0 if gate == "f" else 0.0)
        for gate, name in zip(GATES, names, strict=True)
    }
    with st.expander("Weights", icon=":material/tune:"):
        weights = {}
        for gate in GATES:
            weights[f"{gate}h"] = slider(f"$w_{{{gate}h}}$, on $h_{{t-1}}$", f"w_{gate}h", 0.5)
            weights[f"{gate}x"] = slider(f"$w_{{{gate}x}}$, on $x_t$", f"w_{gate}x", 1.0)

step = scalar_step(x, h_prev, C_prev, weights, biases)
now = {name: number(value) for name, value in step.items()}

with picture:
    symbols = ("f", "i", "C_tilde", "C", "o", "h")
    shown = ", ".join(f"{written(name)} is {now[name]}" for name in symbols)
    draw(values_bars({name: step[name] for name in symbols}, theme()), f"The values of the cell: {shown}.")
    f, i, C_tilde, C, o, h = (tex(name, theme()) for name in symbols)
    gate = r"{0} &= {1}(W_{2} \cdot [h_{{t-1}}, x_t] + b_{2}) \\ &= {1}({3}) = {4}"
    for equation in (
        gate.format(f, r"\sigma", "f", now["z_f"], now["f"]),
        gate.format(i, r"\sigma", "i", now["z_i"], now["i"]),
        gate.format(C_tilde, r"\tanh", "C", now["z_C"], now["C_tilde"]),
        rf"{C} &= {f} \odot C_{{t-1}} + {i} \odot {C_tilde} \\ "
        rf"&= {now['kept']} + ({now['added']}) = {now['C']}",
        gate.format(o, r"\sigma", "o", now["z_o"], now["o"]),
        rf"{h} &= {o} \odot \tanh({C}) \\ &= {now['o']} \cdot {now['tanh_C']} = {now['h']}",
    ):
        st.latex(rf"\begin{{aligned}} {equation} \end{{aligned}}")

st.info(
    f"It keeps {now['f']} of the {number(C_prev)} that it held, adds {now['added']}, "
    f"holds {now['C']} now, and shows {now['o']} of tanh C = {now['tanh_C']}.",
    icon=":material/chat:",
)
show_source(lstm_step, "The code that computed these numbers")
page_link("3_gradients.py", "Next: what this is good for when a network learns")
