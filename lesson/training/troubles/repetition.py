"""Repeated text: what trained models write at one temperature and another, and how much of it is repeated."""

from collections.abc import Set
from typing import NamedTuple

import numpy as np
import streamlit as st

from lesson.frame.glossary import note
from lesson.frame.links import complain, mend
from lesson.frame.memo import memo
from lesson.training.parameters import COLD, WARM, WRITER, WRITER_SEED
from lesson.widgets.catalogue import model, model_names, sample_text
from lesson.widgets.question import Answer, Question
from lesson.widgets.questions import ask, note_cover
from lesson.widgets.repetition_sentence import repetition
from lstm import generate
from lstm.text import split
from lstm.textstats.repetition import copied_share, loop, repeated_share

LENGTH = 1_000  # characters of each text: shares of repetition depend on the length
PIECE, SPELLED = 10, 4  # characters of a piece: repeated; as in its text
MEASURED_TEMPERATURES = (0.0, 0.1, 0.2, 0.3, 0.5, 0.8, 1.0, 1.5)
SEEDS = (0, 1, 2)
_WINDOWS = 60  # of real text, to compare with: from 9 to 9 the mean differs by some hundredths
_HIGH = 0.05  # so much more than real text of its kind: then a model repeats itself
_TALL = 260
_HOTTEST = MEASURED_TEMPERATURES[-1]


class Row(NamedTuple):
    """A temperature: the repeated share of each text, and how much of them is spelled as in their text."""

    temperature: float
    shares: tuple[float, ...]
    spelled: float

    @property
    def share(self) -> float:
        """The mean over the texts."""
        return sum(self.shares) / len(self.shares)


class Measured(NamedTuple):
    """A model at every temperature.

    real: the share that is repeated in its own text, for comparison; loop: what it repeats for ever at
    temperature 0, empty if there is no such loop.
    """

    rows: tuple[Row, ...]
    real: float
    loop: str

    def at(self, temperature: float) -> Row:
        """Return the row of a temperature."""
        return next(row for row in self.rows if row.temperature == temperature)


@memo(entries=200)
def written(name: str, temperature: float, seed: int) -> str:
    """Let a model of the catalogue write."""
    checkpoint = model(name)
    steps = generate(checkpoint.net, checkpoint.vocabulary, "", LENGTH, temperature, seed=seed)
    return "".join(sampled.char for sampled in steps)


@memo(entries=20)
def measured(name: str) -> Measured:
    """Measure a model's repetition at every temperature; several texts each, but at 0 there is only one."""
    learned = split(sample_text(model(name).notes["text"]))[0]
    rows = []
    for temperature in MEASURED_TEMPERATURES:
        texts = [written(name, temperature, seed) for seed in (SEEDS if temperature else SEEDS[:1])]
        spelled = [copied_share(text, learned, SPELLED) for text in texts]
        rows.append(
            Row(temperature, tuple(repeated_share(t, PIECE) for t in texts), sum(spelled) / len(spelled))
        )
    starts = np.linspace(0, len(learned) - LENGTH, _WINDOWS).astype(int)
    real = [repeated_share(learned[start : start + LENGTH], PIECE) for start in starts]
    return Measured(tuple(rows), sum(real) / len(real), loop(written(name, 0.0, SEEDS[0])))


def show() -> Set[str]:
    """Ask, then show two texts side by side and what was measured; return what is covered."""
    covered = ask([question()], "repeats")
    complain(mend(WRITER.among(model_names()), COLD, WARM, WRITER_SEED))
    _compare_temperatures(bool(covered))
    return covered


@st.fragment
def _compare_temperatures(is_covered: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = WRITER.among(model_names()).selectbox(width=200)
        cold = COLD.slider(width=240)
        warm = WARM.slider(width=240)
        seed = WRITER_SEED.number_input(width=120)
    if is_covered:
        note_cover()
        return
    for column, temperature in zip(st.columns(2), (cold, warm), strict=True):
        with column:
            text = written(name, temperature, seed)
            note(f"Temperature {temperature:g}")
            st.code(text, language=None, wrap_lines=True, height=_TALL)
            st.text(repetition(text, PIECE))
    result = measured(name)
    left, right = st.columns([2, 3])
    left.markdown(table(result))
    right.markdown(verdict(result))
    right.caption(
        f"These are means over texts of {LENGTH:,} characters, written with the seeds {SEEDS[0]} to "
        f"{SEEDS[-1]}. “repeated” is the share of {PIECE}-grams (pieces of {PIECE} characters) that occurred "
        f"earlier in the same text. “as in its text” is the share of {SPELLED}-grams that occur in the "
        "training text."
    )


def table(result: Measured) -> str:
    """Write a row for each temperature, in Markdown, which is drawn faster than any data frame."""
    head = ["| temperature | repeated | least – most | as in its text |", "|--:|--:|--:|--:|"]
    rows = [
        f"| {row.temperature:g} | {row.share:.0%} | {min(row.shares):.0%} – {max(row.shares):.0%} | "
        f"{row.spelled:.0%} |"
        for row in result.rows
    ]
    return "\n".join([*head, *rows, f"| *its training text* | {result.real:.0%} | | 100% |"])


def verdict(result: Measured) -> str:
    """Say whether this model repeats itself, and where; from the numbers alone."""
    high = [row.temperature for row in result.rows if row.share > result.real + _HIGH]
    zero = (
        f"At temperature 0 it always takes the likeliest character, and ends in a loop of {len(result.loop)} "
        "characters: when its state is the same as before, it writes the same again."
        if result.loop
        else f"Even at temperature 0 there is no loop within {LENGTH:,} characters."
    )
    low, usual = result.at(0.1), result.at(0.8)
    course = (
        f"At {low.temperature:g}, {low.share:.0%} of its {PIECE}-grams are repetitions; at "
        f"{usual.temperature:g}, {usual.share:.0%}; in its training text, {result.real:.0%}."
    )
    if not high:
        most = (
            f"At every temperature it stays within {_HIGH * 100:.0f} percentage points of its training "
            "text: a low temperature does not always make a model repeat itself."
        )
    elif max(high) >= _HOTTEST:
        most = "At every temperature it repeats itself more than its training text does."
    else:
        above = calm_from(result)
        most = (
            f"From {above:g} on it repeats itself at most {_HIGH * 100:.0f} percentage points more than its "
            "training text does."
        )
    hot = result.rows[-1]
    return (
        f"{zero} {course} {most} At higher temperatures it misspells more: at {usual.temperature:g}, "
        f"{usual.spelled:.0%} of its {SPELLED}-grams occur in its training text; at {hot.temperature:g}, "
        f"{hot.spelled:.0%}."
    )


@memo()
def question() -> Question:
    """Ask from which temperature on the LSTM on the fables repeats itself hardly more than they do."""
    name = "fables"
    result = measured(name)
    settled = calm_from(result)
    below = max(row.temperature for row in result.rows if row.temperature < settled)
    cold, first = result.at(below), result.at(settled)
    why = (
        f"At temperature {below:g}, {cold.share:.0%} of its {PIECE}-grams (pieces of {PIECE} characters) are "
        f"repetitions; at {settled:g}, {first.share:.0%}; in its training text, {result.real:.0%}."
    )
    low, high = result.at(0.0), result.rows[-1]
    return Question(
        "repeats_below",
        "the LSTM that learned the fables writes at several temperatures, and at low ones it repeats itself. "
        "From which temperature on is the repeated share of its text at most "
        f"{_HIGH * 100:.0f} percentage points higher than in the fables themselves?",
        (
            Answer(
                "at_once",
                "From 0.1 on",
                f"{why} At 0, {low.share:.0%} are repetitions, and at 0.1 still {result.at(0.1).share:.0%}.",
            ),
            Answer("low", f"From {settled:g} on", why),
            Answer(
                "one",
                "From 1 on",
                f"A lower temperature is enough. {why}",
            ),
            Answer(
                "never",
                f"Only above {high.temperature:g}",
                f"{why} At {high.temperature:g}, {high.share:.0%} are repetitions: less than in the fables.",
            ),
        ),
        right="low",
        covers=("table",),
    )


def calm_from(result: Measured) -> float:
    """Return the temperature from which on a model repeats itself hardly more than its text does."""
    high = [row.temperature for row in result.rows if row.share > result.real + _HIGH]
    return min(row.temperature for row in result.rows if row.temperature > max(high, default=-1.0))
