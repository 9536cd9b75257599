"""Whether gradients matter: recall of the first symbol, learned by real networks."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pandas as pd
import streamlit as st

from lesson.frame import ROOT
from lesson.show import draw, draw_prepared, theme
from lstm.recall import RecallProgress, recall_network, train_recall
from visualization.recall import pair_frame, plot_recall, recall_frame, recall_pair_spec, recall_panel
from visualization.recall_words import describe_recall, recall_verdicts

PAIR = ("LSTM, b_f = 3", "LSTM, b_f = 1")
GAP, UPDATES, SEED = 50, 600, 1
_SLICE = 0.15  # seconds of work between two looks


@dataclass
class Pair:
    """Two networks that learn the same task in turns; nothing happens between two calls of `advance`."""

    runs: dict[str, Iterator[RecallProgress]]
    histories: dict[str, list[RecallProgress]] = field(default_factory=dict)
    running: bool = True

    @classmethod
    def start(cls) -> "Pair":
        """A new pair that differs in the forget bias alone."""
        runs = {name: train_recall(recall_network(name, SEED), GAP, UPDATES, seed=SEED) for name in PAIR}
        return cls(runs, {name: [] for name in PAIR})

    def advance(self, seconds: float) -> None:
        """Train about this long, an update of each in turn, with a breath for the other visitors."""
        until = time.monotonic() + seconds
        while self.running and time.monotonic() < until:
            for name in list(self.runs):
                if (progress := next(self.runs[name], None)) is None:
                    del self.runs[name]
                else:
                    self.histories[name].append(progress)
            self.running = bool(self.runs)
            time.sleep(0.001)

    def words(self) -> str:
        """What each has reached, computed from its reports."""
        return ". ".join(_reached(name, history) for name, history in self.histories.items()) + "."


def _reached(name: str, history: list[RecallProgress]) -> str:
    measured = [report for report in history if report.accuracy is not None]
    if not measured:
        return f"{name} has just begun"
    last = measured[-1]
    return f"{name}: {last.accuracy:.0%} right after {last.step} updates"


@st.cache_data(show_spinner=False)
def results() -> pd.DataFrame:
    """What was measured of all networks, every goal."""
    measured = json.loads((ROOT / "assets" / "recall.json").read_text("utf-8"))
    return recall_frame(measured, every_goal=True)


PANELS = {
    "direct": ("Trained at N from the start", None),
    "curriculum": (
        "Short sequences first",
        "The cheat sheet's tip: N grows from 5 to its goal over the first 1,000 updates. What fails above is "
        "learning from long sequences at first, not storing.",
    ),
    "elsewhere": (
        "… and then asked at another N",
        "The networks whose goal was 100, asked after fewer steps. Some have learned the distance together "
        "with the symbol.",
    ),
}


def does_it_matter() -> None:
    """Results of trained networks, and one pair that is trained while one looks."""
    frame = results()
    st.markdown(
        "The task: a symbol, then N steps of noise, then a question mark; the network has to name the first "
        "symbol. Guessing among 8 is right in 12.5 %. Each dot is one trained network, five seeds each; the "
        "line is their median."
    )
    _train_a_pair()
    for panel, (title, words) in PANELS.items():
        shown = recall_panel(frame, panel)
        st.subheader(title)
        if words:
            st.markdown(words)
        draw(plot_recall(shown, theme()), describe_recall(shown), key=f"recall_{panel}")
    st.subheader("What that says of the cheat sheet's sentences")
    st.markdown("\n".join(f"- {sentence}" for sentence in recall_verdicts(frame)))
    st.caption(
        "Measured with this library by `python -m assets.build_recall`: 32 units, Adam with 0.003, batches "
        "of 64, clipped by global norm 1, at most 2,000 updates."
    )


def _train_a_pair() -> None:
    st.subheader("Train a pair yourself")
    st.markdown(
        f"Two LSTMs, N = {GAP}, the same seed and the same sequences. They differ in $b_f$ alone: 3 and 1. "
        f"Each gets at most {UPDATES} updates."
    )
    pair: Pair | None = st.session_state.get("recall_pair")
    with st.container(horizontal=True):
        if st.button(
            "Start" if pair is None else "Start again", type="primary", icon=":material/play_arrow:"
        ):
            st.session_state.recall_pair = Pair.start()
            st.rerun()
        if pair and pair.runs and st.button("Stop" if pair.running else "Go on", icon=":material/pause:"):
            pair.running = not pair.running
            st.rerun()
    if pair:
        st.fragment(_watch, run_every=0.2 if pair.running else None)(pair)


def _watch(pair: Pair) -> None:
    done = sum(len(history) for history in pair.histories.values())
    st.progress(min(1.0, done / (len(PAIR) * UPDATES)) if pair.runs else 1.0, pair.words())
    spec = recall_pair_spec(PAIR, UPDATES, theme())
    draw_prepared(spec, pair_frame(pair.histories), pair.words(), key="recall_pair_chart")
    if pair.running:
        pair.advance(_SLICE)
        if not pair.running:
            st.rerun()  # the stop button has nothing left to do
