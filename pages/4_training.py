"""Trained models, and one that you train yourself."""

import streamlit as st

from lesson.frame import begin, page_link
from lesson.models import sample_text, text_names
from lesson.query import choose_part
from lesson.replay import replay
from lesson.runs import LiveRun
from lesson.show import draw, theme
from lstm import InputError
from visualization import plot_loss
from visualization.training import describe_loss

begin(__file__)

PARTS = ("Replay", "Live")
st.title("Training")
st.markdown(
    "The network guesses each next character; its **loss** is how surprised it was by the right one, in "
    "nats per character. The *validation* loss is measured on text that it never learns from."
)
part = choose_part(PARTS, "tab")

if part == "Replay":
    replay()

else:
    columns = st.columns(4)
    text_name = columns[0].selectbox("Text", text_names(), key="text", bind="query-params")
    hidden_size = columns[1].select_slider(
        "Hidden units", [16, 32, 64, 96, 128], 64, key="hidden", bind="query-params"
    )
    learning_rate = columns[2].select_slider(
        "Learning rate", [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3], 0.01, key="rate",
        bind="query-params",
    )  # fmt: skip
    epochs = columns[3].select_slider("Epochs", [1, 2, 5, 10, 20, 40], 20, key="epochs", bind="query-params")
    asked = (text_name, hidden_size, learning_rate, epochs)
    start, pause, _ = st.columns([1, 1, 3])
    label = "Start anew" if "run" in st.session_state else "Start"
    if start.button(label, icon=":material/play_arrow:", type="primary", width="stretch", key="start"):
        try:
            st.session_state.run = LiveRun.start(sample_text(text_name), asked, seed=1)
        except InputError as error:
            st.error(str(error))
    run: LiveRun | None = st.session_state.get("run")
    if run:
        name, units, rate, rounds = run.settings
        changed = " Start anew to use the settings above." if run.settings != asked else ""
        st.caption(f"This run: {name}, {units} units, learning rate {rate}, {rounds} epochs.{changed}")
    if run and not run.finished:
        label, icon = ("Pause", "pause") if run.running else ("Go on", "resume")
        if pause.button(label, icon=f":material/{icon}:", width="stretch"):
            run.running = not run.running
            st.rerun()

    @st.fragment(run_every=0.25 if run and run.running else None)
    def watch() -> None:
        """Show the run, then go on with it: what is drawn first can't be cut off by the next look."""
        if run is None:
            st.info("Choose a text and press start: half a minute is enough to see words.")
            return
        if progress := run.last:
            left = progress.seconds / progress.step * (progress.steps - progress.step)
            st.progress(
                progress.step / progress.steps,
                f"Epoch {progress.epoch} of {progress.epochs} · {progress.loss:.2f} nats per character · "
                f"{progress.characters / progress.seconds:,.0f} characters/s · {left:.0f} s of work left",
            )
            st.markdown("What it writes now, at temperature 0.7:")
            st.code(run.sample or " ", language=None, wrap_lines=True)
            history = run.history.columns()
            words = describe_loss(history, len(run.vocabulary))
            draw(plot_loss(history, len(run.vocabulary), theme()), words, key="live_loss")
        if run.running:
            run.advance(0.2)
            if run.finished:
                st.rerun()  # the pause button has nothing left to do

    watch()

page_link("5_sampling.py", "Next: let a trained model write")
