"""The text repeats: what trained models write at one temperature and another, and how much of it twice."""

from typing import NamedTuple

import numpy as np
import streamlit as st

from lesson.frame.glossary import note
from lesson.frame.links import complain, mend
from lesson.frame.memo import memo
from lesson.training.parameters import COLD, WARM, WRITER, WRITER_SEED
from lesson.widgets.catalogue import model, model_names, sample_text
from lesson.widgets.questions import Answer, Question, ask
from lesson.widgets.repetition_sentence import repetition
from lstm import generate
from lstm.textstats.repetition import copied_share, loop, repeated_share

LENGTH = 1_000  # characters of each text: shares of repetition depend on the length
PIECE, SPELLED, COPIED = 10, 4, 20  # characters of a piece: said twice; as in its text; copied from it
MEASURED_TEMPERATURES = (0.0, 0.1, 0.2, 0.3, 0.5, 0.8, 1.0, 1.5)
SEEDS = (0, 1, 2)
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

    real: the share that is repeated in its own text, for comparison; loop: what it says for ever at
    temperature 0, empty if it says nothing for ever.
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
    learned = sample_text(model(name).notes["text"])
    rows = []
    for temperature in MEASURED_TEMPERATURES:
        texts = [written(name, temperature, seed) for seed in (SEEDS if temperature else SEEDS[:1])]
        spelled = [copied_share(text, learned, SPELLED) for text in texts]
        rows.append(
            Row(temperature, tuple(repeated_share(t, PIECE) for t in texts), sum(spelled) / len(spelled))
        )
    starts = np.linspace(0, len(learned) - LENGTH, 9).astype(int)
    real = [repeated_share(learned[start : start + LENGTH], PIECE) for start in starts]
    return Measured(tuple(rows), sum(real) / len(real), loop(written(name, 0.0, SEEDS[0])))


def show() -> None:
    """Ask, then show two texts side by side and what was measured."""
    ask([question()], "repeats")
    complain(mend(WRITER.among(model_names()), COLD, WARM, WRITER_SEED))
    _compare_temperatures()


@st.fragment
def _compare_temperatures() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = WRITER.among(model_names()).selectbox(width=200)
        cold = COLD.slider(width=240)
        warm = WARM.slider(width=240)
        seed = WRITER_SEED.number_input(width=120)
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
        f"Texts of {LENGTH:,} characters, seeds {SEEDS[0]} to {SEEDS[-1]}. Said twice: pieces of {PIECE} "
        f"characters that stood in the same text before. As in its text: pieces of {SPELLED} characters that "
        "the text it learned from has."
    )


def table(result: Measured) -> str:
    """Write a row for each temperature, in Markdown, which is drawn faster than any data frame."""
    head = ["| temperature | said twice | least – most | as in its text |", "|--:|--:|--:|--:|"]
    rows = [
        f"| {row.temperature:g} | {row.share:.0%} | {min(row.shares):.0%} – {max(row.shares):.0%} | "
        f"{row.spelled:.0%} |"
        for row in result.rows
    ]
    return "\n".join([*head, *rows, f"| *its own text* | {result.real:.0%} | | 100% |"])


def verdict(result: Measured) -> str:
    """Say whether this model repeats itself, and where; from the numbers alone."""
    high = [row.temperature for row in result.rows if row.share > result.real + _HIGH]
    zero = (
        f"At temperature 0 it always takes the likeliest character, and ends in a loop of {len(result.loop)} "
        "characters: a network that has come back to a state says the same again."
        if result.loop
        else f"Even at temperature 0 it runs into no loop within {LENGTH:,} characters."
    )
    low, usual = result.at(0.1), result.at(0.8)
    course = (
        f"At {low.temperature:g} it says {low.share:.0%} twice, at {usual.temperature:g} {usual.share:.0%}; "
        f"its own text {result.real:.0%}."
    )
    if not high:
        most = (
            f"It stays within {_HIGH * 100:.0f} percentage points of its own text at every temperature: a "
            "low one does not always make a model repeat itself."
        )
    elif max(high) >= _HOTTEST:
        most = "It repeats itself far more than its own text at every temperature."
    else:
        above = min(row.temperature for row in result.rows if row.temperature > max(high))
        most = f"From {above:g} on it is within {_HIGH * 100:.0f} percentage points of its own text."
    hot = result.rows[-1]
    return (
        f"{zero} {course} {most} The price of a higher one: at {hot.temperature:g} {hot.spelled:.0%} of what "
        f"it writes is spelled as in its text, at {usual.temperature:g} {usual.spelled:.0%}."
    )


@memo()
def question() -> Question:
    """Ask what a model writes at temperature 0; the numbers are those of the LSTM on the fables."""
    name = "fables"
    text, result = written(name, 0.0, SEEDS[0]), measured(name)
    copied = copied_share(text, sample_text(model(name).notes["text"]), COPIED)
    right = "The same passage again and again"
    return Question(
        "greedy",
        "the LSTM that learned the fables writes at temperature 0: always the likeliest character. What "
        "comes out?",
        (
            Answer(
                "best_text",
                "Its best text",
                f"Each character is the likeliest, the text is not: {repeated_share(text, PIECE):.0%} "
                f"of its pieces of {PIECE} characters stood there before. It does spell well: "
                f"{result.at(0.0).spelled:.0%} of its pieces of {SPELLED} stand in its text, and "
                f"{result.at(0.8).spelled:.0%} of those at temperature 0.8.",
            ),
            Answer(
                "fables",
                "The fables it has read",
                f"Only {copied:.0%} of its pieces of {COPIED} characters stand in "
                "them. What it says is its own, only not much.",
            ),
            Answer(
                "loop",
                right,
                f"It ends in a loop of {len(result.loop)} characters. The likeliest character depends on "
                "the state alone: once it has come back to a state, it can't leave its way any more.",
            ),
        ),
        right="loop",
    )
