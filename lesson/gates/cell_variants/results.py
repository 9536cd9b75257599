"""What each variant does to recall and to a text: trained networks as dots, and what that says."""

import pandas as pd
import streamlit as st

from lesson.frame.glossary import note, prose
from lesson.frame.memo import memo
from lesson.frame.style import theme
from lesson.gates.cell_variants.kinds import KINDS
from lesson.gates.cell_variants.tables import table
from lesson.widgets.display import Spec, draw, ready
from lstm.variants.scalar import LSTM
from visualization.charts.variants import describe_variants, plot_variant_losses, plot_variant_recall
from visualization.palette import Theme
from visualization.text import join_words

RECALLS = 0.95  # right answers, as a share, from which a network is said to recall
BY_HAND = 0.73  # right answers of one layer of minLSTM that its test makes, without training
_NAMES = {LSTM: "LSTM"} | {kind.name: option for option, kind in KINDS.items()}


def frame() -> pd.DataFrame:
    """Return what was measured, a row for each trained network; `row` names the cell and its forget bias."""
    rows = pd.DataFrame(table("variants")["rows"])
    layers = [", 2 layers" if layers > 1 else "" for layers in rows.layers]
    cells = [_NAMES[cell] + more for cell, more in zip(rows.cell, layers, strict=True)]
    biases = ["" if pd.isna(bias) else f" (forget bias {bias:g})" for bias in rows.bias]
    return rows.assign(cell_name=cells, row=[a + b for a, b in zip(cells, biases, strict=True)])


def show() -> None:
    """Show a dot for each trained network, and say what the dots say and what they can't."""
    recall, text = recall_and_text()
    st.subheader("What each does to recall and to a text")
    prose(
        "**Recall:** name the first of 8 symbols after 20 or 50 steps of noise, as on the page *Gradients*. "
        "**Text:** read the fables. Each dot is one trained network; there are three seeds for each."
    )
    prose("\n".join(f"- {sentence}" for sentence in [*recall_sentences(recall), *text_sentences(text)]))
    draw(*_dots("accuracy", theme()), key="variants_recall")
    draw(*_dots("loss", theme()), key="variants_text")
    settings = table("variants")["settings"]
    of_recall, of_text = settings["recall"], settings["text"]
    note(
        f"Recall: {of_recall['hidden_size']} hidden units, at most {of_recall['steps']:,} updates. Text: "
        f"{of_text['hidden_size']} hidden units, {of_text['updates']:,} updates. The networks are small and "
        "three seeds are few: differences within the spread of the dots say nothing, and larger networks can "
        "rank the cells in another order. The large comparison is that of Greff et al. 2017, 5,400 runs: "
        "no variant was significantly better than the standard LSTM. Coupled gates, or no peepholes, did not "
        "hurt significantly. The forget gate was one of the two most critical parts."
    )


@memo()
def recall_and_text() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what was measured of recall, and of the text, where no cell has another forget bias."""
    rows = frame()
    return rows[rows.gap.notna()], rows[rows.gap.isna()].assign(row=lambda text: text.cell_name)


@memo(entries=4)
def _dots(what: str, tone: Theme) -> tuple[Spec, str]:
    """Return the chart of the accuracies or the losses, and the same in words."""
    recall, text = recall_and_text()
    rows, plot = (recall, plot_variant_recall) if what == "accuracy" else (text, plot_variant_losses)
    return ready(plot(rows, tone), tone), describe_variants(rows, what)


def recall_sentences(rows: pd.DataFrame) -> list[str]:
    """Say at the longest gap which rows recall in all seeds, in some and in none; and why minLSTM can't."""
    gap = int(rows.gap.max())
    right = (rows[rows.gap == gap].accuracy >= RECALLS).groupby(rows.row, sort=False)
    counts = [tuple(row) for row in right.agg(["sum", "count"]).itertuples()]
    of_rows = {
        "in all seeds": [row for row, here, of in counts if here == of],
        "in some": [f"{row} ({here} of {of})" for row, here, of in counts if 0 < here < of],
        "in none": [row for row, here, _ in counts if here == 0],
    }
    parts = [f"{where}: {join_words(names)}" for where, names in of_rows.items() if names]
    sentences = [f"**Over {gap} steps** the first symbol is recalled {'; '.join(parts)}."]
    one = rows[(rows.cell == "min_lstm") & (rows.layers == 1)].accuracy
    if (one < RECALLS).all():
        sentences.append(
            "**One layer of minLSTM** has not learned to recall: its gates read only the present symbol, so "
            f"they can't know which symbol is the first. At most {one.max():.0%} of the answers are right. "
            "(With weights set by hand, and units that forget at different rates, "
            f"{BY_HAND:.0%} are over 20 steps.) A second layer reads the first one's states. With it, "
            f"{_recalling(rows[rows.layers > 1])}."
        )
    if "LSTM of 1997" in of_rows["in all seeds"]:
        sentences.append(
            "**The LSTM of 1997** recalls here: its f of 1 is what a very large $b_f$ would give. It could "
            "not reset between two sequences, but here each sequence starts with C = 0."
        )
    return sentences


def text_sentences(rows: pd.DataFrame) -> list[str]:
    """Say what each cell's loss on the text is beside the LSTM's, with parameters and time."""
    groups = rows.groupby("cell_name", sort=False)
    loss, time, size = groups.loss.median(), groups.milliseconds.median(), groups.parameters.first()
    others = [name for name in loss.index if name != "LSTM"]
    losses = join_words(f"{name} {loss[name]:.2f}" for name in others)
    sizes, times = (
        join_words(f"{name} {of_cell[name] / of_cell['LSTM']:.0%}" for name in others)
        for of_cell in (size, time)
    )
    low, high = groups.loss.min(), groups.loss.max()
    better = [name for name in others if high[name] < low["LSTM"]]
    worse = [name for name in others if low[name] > high["LSTM"]]
    both = (("lower", better), ("higher", worse))
    apart = "".join(
        f" In all seeds {where} than any LSTM's: {join_words(names)}." for where, names in both if names
    )
    return [
        f"**Validation loss on the fables** (medians): LSTM {loss['LSTM']:.2f} nats a character; {losses}."
        f"{apart} None of these trainings has come to its end.",
        f"**Parameters** (with the output layer), in per cent of the LSTM's: {sizes}. **Time for an "
        f"update**, in per cent of the LSTM's: {times}. (On one core: what a scan wins on many cores is not "
        "in these times.)",
    ]


def _recalling(rows: pd.DataFrame) -> str:
    """Say how many networks recall over each number of steps."""
    parts = [
        f"{(of_gap.accuracy >= RECALLS).sum()} of {len(of_gap)} networks recall over {gap:.0f} steps"
        for gap, of_gap in rows.groupby("gap")
    ]
    return join_words(parts)
