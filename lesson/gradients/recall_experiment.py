"""Whether gradients matter: recall of the first symbol, learned by real networks."""

import json

import pandas as pd
import streamlit as st

from lesson.frame.files import ROOT
from lesson.frame.glossary import note, prose
from lesson.frame.memo import memo
from lesson.training.engine.settings import RECALL, UPDATES, RunSettings
from lesson.training.live.session import registry
from lesson.training.live.watch import start, watch
from lesson.widgets.display import draw, theme
from lstm.recall.experiment import HIDDEN_SIZE
from visualization.charts.recall import plot_recall, recall_frame, recall_panel
from visualization.charts.recall_sentences import describe_recall, recall_verdicts

GAP, SEED = 50, 1
# Two LSTMs that differ in the forget bias alone: 3 and 1; at most 600 updates each.
PAIR = tuple(
    RunSettings(
        text=RECALL, hidden=HIDDEN_SIZE, seq=GAP, batch=64, rate=0.003, bias=bias, clip_at=1.0, seed=SEED,
        amount=600 // UPDATES,
    )
    for bias in (3.0, 1.0)
)  # fmt: skip
_ABOUT = "recall pair"


@memo()
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
    prose(
        "The task: a symbol, then N steps of noise, then a question mark; the network has to name the first "
        "symbol. Guessing among 8 is right in 12.5 %. Each dot is one trained network, five seeds each; the "
        "line is their median."
    )
    _train_a_pair()
    for panel, (title, words) in PANELS.items():
        shown = recall_panel(frame, panel)
        st.subheader(title)
        if words:
            prose(words)
        draw(plot_recall(shown, theme()), describe_recall(shown), key=f"recall_{panel}")
    st.subheader("What that says of sentences that everybody copies")
    prose("\n".join(f"- {sentence}" for sentence in recall_verdicts(frame)))
    note(
        "Measured with this library by `python -m assets.build.recall`: 32 units, Adam with 0.003, batches "
        "of 64, clipped by global norm 1, at most 2,000 updates."
    )


def _train_a_pair() -> None:
    registry().warm()
    st.subheader("Train a pair yourself")
    prose(
        f"Two LSTMs, N = {GAP}, the same seed and the same sequences. They differ in $b_f$ alone: 3 and 1. "
        f"Each gets at most {PAIR[0].amount * UPDATES} updates."
    )
    if st.button("Start", type="primary", icon=":material/play_arrow:"):
        start(_ABOUT, [(one, "") for one in PAIR])
    watch(_ABOUT)
