"""Let a trained model write."""

import time

import streamlit as st

from lesson.frame import begin
from lesson.models import model, model_names
from lesson.show import draw, theme
from lstm import InputError, generate
from visualization import analyze_gate_patterns, plot_gate_activations
from visualization.gates import describe_gates

begin(__file__)

st.title("Sampling")
st.markdown(
    "The network reads the prompt, says how likely each next character is, one is drawn, and that one "
    "is what it reads next. **Temperature** changes the draw, not the network: towards 0 it takes the "
    "likeliest, above 1 it takes risks."
)
left, middle, right = st.columns([2, 3, 2])
name = left.selectbox("Model", model_names(), key="m", bind="query-params")
prompt = middle.text_input("Prompt", key="prompt", bind="query-params")
length = right.select_slider("Characters", [100, 200, 300, 500, 1000], 300, key="n", bind="query-params")
temperature = left.slider("Temperature", 0.0, 2.0, 0.5, 0.05, key="t", bind="query-params")
seed = middle.number_input("Seed: the same seed, the same text", 0, 10**6, 1, key="s", bind="query-params")

checkpoint = model(name)
vocabulary = checkpoint.vocabulary
if len(prompt) > 500:
    st.warning("Of a long prompt only the last 500 characters are read.", icon=":material/info:")
    prompt = prompt[-500:]
known = "".join(char for char in prompt if char in vocabulary)
how = f"{name}, temperature {temperature:.2f}, {length} characters, seed {seed}"
if unknown := vocabulary.unknown(prompt):
    st.warning("This model has never seen these characters; they are left out:", icon=":material/info:")
    st.code(" ".join(unknown), language=None)

write, stop, _ = st.columns([1, 1, 3])
started = write.button("Write", icon=":material/edit:", type="primary", width="stretch")
paper = st.empty()
if started:
    stop.button("Stop", icon=":material/stop:", width="stretch")  # any click ends the loop below
    st.session_state.written = {"model": name, "text": known, "how": how}
    try:
        for sampled in generate(checkpoint.net, vocabulary, known, length, temperature, seed=seed):
            st.session_state.written["text"] += sampled.char
            paper.code(st.session_state.written["text"], language=None, wrap_lines=True)
            time.sleep(0.01)  # a pace that can be read
    except InputError as error:
        st.error(str(error))
        st.stop()
    st.rerun()

written = st.session_state.get("written")
if not written or written["model"] != name or not written["text"]:
    paper.info("Press Write.", icon=":material/edit:")
    st.stop()
paper.code(written["text"], language=None, wrap_lines=True)
changed = "" if written["how"] == how else " Press Write to use the settings above."
st.caption(f"Written with: {written['how']}.{changed}")

st.subheader("What the gates did")
text = written["text"][:60]
reading = checkpoint.net.run(vocabulary.encode(text))
gates = {symbol: values[:, 0] for symbol, values in reading.values.items()}
if checkpoint.net.kind == "rnn":
    st.info("A plain RNN has no gates: it rewrites its whole state at every character.")
    st.stop()
words = describe_gates(gates, text)
draw(plot_gate_activations(gates, text, theme()), words)
st.text(f"{words} The bands hold the middle half of the units.")
if checkpoint.net.kind == "gru":
    st.caption("z is how much of the state is kept, r how much of it the new candidate sees.")
if checkpoint.net.kind == "lstm":
    with st.expander("Character by character", icon=":material/table:"):
        st.dataframe(analyze_gate_patterns(gates, text), hide_index=True)
