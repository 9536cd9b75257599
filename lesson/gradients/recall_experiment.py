"""The part *Does it matter?*: recall of the first symbol, learned by real networks."""

import re

import numpy as np
import streamlit as st

from lesson.frame.glossary import note, prose
from lesson.frame.memo import memo
from lesson.frame.style import theme
from lesson.gradients import questions
from lesson.gradients.parameters import PAIR_SEED
from lesson.gradients.recall_results import results, share_at_first
from lesson.gradients.windows import SEEDS
from lesson.training.engine.settings import RECALL, UPDATES, RunRequest, RunSettings
from lesson.training.live.session import registry, viewer
from lesson.training.live.watch import start, watch
from lesson.widgets.display import Spec, draw, ready
from lesson.widgets.questions import ask, note_cover
from lstm.recall.experiment import HIDDEN_SIZE, ROWS
from visualization.charts.recall import plot_recall, recall_panel
from visualization.charts.recall_sentences import (
    describe_recall,
    recall_table,
    recall_verdicts,
    share_is_not_all,
)
from visualization.numbers import scientific
from visualization.palette import Theme

GAP = 50
# Two LSTMs that differ in the forget bias alone: 3 and 1; at most 600 updates each.
PAIR = tuple(
    RunSettings(
        text=RECALL, hidden=HIDDEN_SIZE, seq=GAP, batch=64, rate=0.003, bias=bias, clip_at=1.0,
        seed=int(PAIR_SEED.start), amount=600 // UPDATES,
    )
    for bias in (3.0, 1.0)
)  # fmt: skip
_ABOUT = "recall pair"
PANELS = {
    "direct": ("Trained at N from the start", ""),
    "curriculum": (
        "Short sequences first",
        "During the first 1,000 updates N grows from 5 to the number in the picture.",
    ),
    "elsewhere": (
        "Trained at N = 100, tested at smaller N too",
        "Short sequences came first here too.",
    ),
}


def show() -> None:
    """Ask whether it matters, then train a pair and show what was measured of many networks."""
    covered = ask(questions.about_learning(), "learning")
    prose(
        "**The task:** the network reads one of 8 symbols, then N noise symbols (each one of the same 8, at "
        "random), then a question mark. It has to name the first symbol. Guessing is right in 12.5% "
        "of the cases."
    )
    if questions.RESULTS in covered:
        note_cover()
        return
    _train_a_pair()
    _show_measured()


def _train_a_pair() -> None:
    """Draw the button that trains two LSTMs, and what is to be seen of them."""
    registry().warm()
    st.subheader("Train a pair yourself")
    prose(
        f"Press *Start* to train two LSTMs with N = {GAP}, the same seed and the same sequences, for at most "
        f"{PAIR[0].amount * UPDATES} updates. Only $b_f$ is different: 3 in one, 1 in the other."
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        begins = st.button("Start", type="primary", icon=":material/play_arrow:")
        seed = int(PAIR_SEED.number_input(width=240))
    about = f"{_ABOUT} {seed}"  # another seed is another pair: its curves are not those of the one before
    # A link to a seed is to a pair that a class has trained: whoever follows it, and looks at no run of their
    # own, wants to see its curves.
    if begins or (seed != PAIR_SEED.start and not viewer().runs):
        start(about, [RunRequest(settings.but(seed=seed), "") for settings in PAIR])
    watch(about)


def _show_measured() -> None:
    """Show how many seeds of each network recall and what that says; behind a fold, a dot for each."""
    frame = results()
    st.subheader("Thirty networks for each distance N")
    prose(
        "We trained six kinds of networks at each distance N, five seeds of each kind. The table shows how "
        "many of the five recall the symbol (are right in 95% of the cases or more)."
    )
    table, verdicts = _in_words()
    prose(table)
    shares = {
        gap: {row: float(np.median(share_at_first(row, gap))) for row in ROWS}
        for gap in (GAP, int(frame["gap"].max()))
    }
    before = (f"{row}: {scientific(share)}" for row, share in shares[GAP].items())
    prose(
        f"The share of ∂L/∂h that arrives at the first symbol before training, at N = {GAP} (the medians of "
        f"{SEEDS} networks): {_with_symbols('; '.join(before))}."
    )
    prose(_with_symbols(share_is_not_all(recall_panel(frame, "direct"), shares)))
    note(
        f"In the part *The race* the shares are different: there, {GAP} steps back is the middle of the "
        "sequence, the input is noise, and the RNN's spectral radius is set to 0.9."
    )
    st.subheader("Common claims, and what we measured")
    prose(verdicts)
    with st.expander("Every trained network as a dot", icon=":material/scatter_plot:"):
        for panel, (title, introduction) in PANELS.items():
            prose(f"**{title}.** {introduction}")
            draw(*_dots(panel, theme()), key=f"recall_{panel}")
        note(
            "Each dot is one network, and the line goes through the medians of five seeds. The networks have "
            "32 units. They were trained with Adam, learning rate 0.003, batches of 64 sequences, clipping "
            "by global norm 1, and at most 2,000 updates."
        )


@memo()
def _in_words() -> tuple[str, str]:
    """Write how many recall as a table, and what that says of common claims."""
    table = recall_table(recall_panel(results(), "direct"))
    verdicts = "\n".join(f"- {sentence}" for sentence in recall_verdicts(results()))
    return _with_symbols(table), _with_symbols(verdicts)


@memo(entries=6)
def _dots(panel: str, tone: Theme) -> tuple[Spec, str]:
    """Return the chart of every trained network of a panel, and the same in words."""
    rows = recall_panel(results(), panel)
    return ready(plot_recall(rows, tone), tone), describe_recall(rows)


def _with_symbols(text: str) -> str:
    """Write b_f and b_z as symbols."""
    return re.sub(r"\bb_[fz]\b", r"$\g<0>$", text)
