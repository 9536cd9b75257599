"""The part *Does it matter?*: recall of the first symbol, learned by real networks."""

import streamlit as st

from lesson.frame.glossary import note, prose
from lesson.gradients import questions
from lesson.gradients.recall_results import results
from lesson.training.engine.settings import RECALL, UPDATES, RunSettings
from lesson.training.live.run_request import RunRequest
from lesson.training.live.session import registry
from lesson.training.live.watch import start, watch
from lesson.widgets.display import draw, theme
from lesson.widgets.questions import ask
from lstm.recall.experiment import HIDDEN_SIZE
from visualization.charts.recall import plot_recall, recall_panel
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


def show() -> None:
    """Ask whether it matters, then train a pair and show what was measured of many networks."""
    ask(questions.about_learning(), "learning")
    prose(
        "The task: a symbol, then N steps of noise, then a question mark; the network has to name the first "
        "symbol. Guessing among 8 is right in 12.5 %. Each dot is one trained network, five seeds each; the "
        "line is their median."
    )
    _train_a_pair()
    frame = results()
    for panel, (title, introduction) in PANELS.items():
        rows = recall_panel(frame, panel)
        st.subheader(title)
        if introduction:
            prose(introduction)
        draw(plot_recall(rows, theme()), describe_recall(rows), key=f"recall_{panel}")
    st.subheader("What that says of sentences that everybody copies")
    prose("\n".join(f"- {sentence}" for sentence in recall_verdicts(frame)))
    note(
        "Measured with this library by `python -m assets.build.recall`: 32 units, Adam with 0.003, batches "
        "of 64, clipped by global norm 1, at most 2,000 updates."
    )


def _train_a_pair() -> None:
    """Draw the button that trains two LSTMs, and what is to be seen of them."""
    registry().warm()
    st.subheader("Train a pair yourself")
    prose(
        f"Two LSTMs, N = {GAP}, the same seed and the same sequences. They differ in $b_f$ alone: 3 and 1. "
        f"Each gets at most {PAIR[0].amount * UPDATES} updates."
    )
    if st.button("Start", type="primary", icon=":material/play_arrow:"):
        start(_ABOUT, [RunRequest(settings, "") for settings in PAIR])
    watch(_ABOUT)
