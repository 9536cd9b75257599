"""The text repeats: what trained models write at one temperature and another, and how much of it twice."""

from typing import NamedTuple

import numpy as np
import streamlit as st

from lesson.frame.glossary import note
from lesson.frame.links import Number, complain, mend
from lesson.frame.memo import memo
from lesson.widgets.catalogue import model, model_names, sample_text
from lesson.widgets.questions import Answer, Question, ask
from lesson.widgets.repetition_sentence import repetition
from lstm import generate
from lstm.textstats.repetition import known, loop, repeated

LENGTH = 1_000  # characters of each text: shares of repetition depend on the length
PIECE, SPELLED, COPIED = 10, 4, 20  # characters of a piece: said twice; as in its text; copied from it
TEMPERATURES = (0.0, 0.1, 0.2, 0.3, 0.5, 0.8, 1.0, 1.5)
SEEDS = (0, 1, 2)
_HIGH = 0.05  # so much more than real text of its kind: then a model repeats itself
_TALL = 260
_T = Number(0.0, 1.5, 0.1, 0.1)


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
    """A model at every temperature; real: the share that is repeated in its own text, for comparison; loop:
    what it says for ever at temperature 0, empty if it says nothing for ever."""

    rows: tuple[Row, ...]
    real: float
    loop: str

    def at(self, temperature: float) -> Row:
        """One of the rows."""
        return next(row for row in self.rows if row.temperature == temperature)


@memo(entries=200)
def written(name: str, temperature: float, seed: int) -> str:
    """What a model of the catalogue writes."""
    checkpoint = model(name)
    drawn = generate(checkpoint.net, checkpoint.vocabulary, "", LENGTH, temperature, seed=seed)
    return "".join(sampled.char for sampled in drawn)


@memo(entries=20)
def measured(name: str) -> Measured:
    """A model's repetition at every temperature; several texts each, but at 0 there is only one."""
    learned = sample_text(model(name).notes["text"])
    rows = []
    for temperature in TEMPERATURES:
        texts = [written(name, temperature, seed) for seed in (SEEDS if temperature else SEEDS[:1])]
        spelled = [known(text, learned, SPELLED) for text in texts]
        rows.append(Row(temperature, tuple(repeated(t, PIECE) for t in texts), sum(spelled) / len(spelled)))
    starts = np.linspace(0, len(learned) - LENGTH, 9).astype(int)
    real = [repeated(learned[start : start + LENGTH], PIECE) for start in starts]
    return Measured(tuple(rows), sum(real) / len(real), loop(written(name, 0.0, SEEDS[0])))


def repeats() -> None:
    """The whole experiment: a guess, two texts side by side, what was measured."""
    ask([question()], "repeats")
    complain(
        mend({"writer": model_names(), "cold": _T, "warm": _T._replace(start=0.8), "luck": Number(0, 999, 0)})
    )
    st.fragment(_show)()


def _show() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        bound = {"bind": "query-params", "persist_state": "session"}
        name = st.selectbox("Model", model_names(), key="writer", width=200, **bound)
        cold = st.slider("Temperature", _T.low, _T.high, 0.1, _T.step, key="cold", width=240, **bound)
        warm = st.slider("Beside it", _T.low, _T.high, 0.8, _T.step, key="warm", width=240, **bound)
        seed = st.number_input("Seed", 0, 999, 0, key="luck", width=120, **bound)
    for column, temperature in zip(st.columns(2), (cold, warm), strict=True):
        with column:
            text = written(name, temperature, seed)
            note(f"Temperature {temperature:g}")
            st.code(text, language=None, wrap_lines=True, height=_TALL)
            st.text(repetition(text, PIECE))
    found = measured(name)
    left, right = st.columns([2, 3])
    left.markdown(table(found))
    right.markdown(verdict(found))
    right.caption(
        f"Texts of {LENGTH:,} characters, seeds {SEEDS[0]} to {SEEDS[-1]}. Said twice: pieces of {PIECE} "
        f"characters that stood in the same text before. As in its text: pieces of {SPELLED} characters that "
        "the text it learned from has."
    )


def table(found: Measured) -> str:
    """A row for each temperature, in Markdown, which is drawn faster than any data frame."""
    head = ["| temperature | said twice | least – most | as in its text |", "|--:|--:|--:|--:|"]
    rows = [
        f"| {row.temperature:g} | {row.share:.0%} | {min(row.shares):.0%} – {max(row.shares):.0%} | "
        f"{row.spelled:.0%} |"
        for row in found.rows
    ]
    return "\n".join([*head, *rows, f"| *its own text* | {found.real:.0%} | | 100% |"])


def verdict(found: Measured) -> str:
    """Whether this model repeats itself, and where; from the numbers alone."""
    high = [row.temperature for row in found.rows if row.share > found.real + _HIGH]
    zero = (
        f"At temperature 0 it always takes the likeliest character, and ends in a loop of {len(found.loop)} "
        "characters: a network that has come back to a state says the same again."
        if found.loop
        else f"Even at temperature 0 it runs into no loop within {LENGTH:,} characters."
    )
    low, usual = found.at(0.1), found.at(0.8)
    course = (
        f"At {low.temperature:g} it says {low.share:.0%} twice, at {usual.temperature:g} {usual.share:.0%}; "
        f"its own text {found.real:.0%}."
    )
    if not high:
        most = (
            f"It stays within {_HIGH * 100:.0f} percentage points of its own text at every temperature: a "
            "low one does not always make a model repeat itself."
        )
    elif max(high) >= 1.5:
        most = "It repeats itself far more than its own text at every temperature."
    else:
        above = min(row.temperature for row in found.rows if row.temperature > max(high))
        most = f"From {above:g} on it is within {_HIGH * 100:.0f} percentage points of its own text."
    hot = found.rows[-1]
    return (
        f"{zero} {course} {most} The price of a higher one: at {hot.temperature:g} {hot.spelled:.0%} of what "
        f"it writes is spelled as in its text, at {usual.temperature:g} {usual.spelled:.0%}."
    )


@memo()
def question() -> Question:
    """What a model writes at temperature 0; the numbers are those of the LSTM on the fables."""
    name = "fables"
    text, found = written(name, 0.0, SEEDS[0]), measured(name)
    copied = known(text, sample_text(model(name).notes["text"]), COPIED)
    right = "The same passage again and again"
    return Question(
        "greedy",
        "the LSTM that learned the fables writes at temperature 0: always the likeliest character. What "
        "comes out?",
        (
            Answer(
                "best_text",
                "Its best text",
                f"Each character is the likeliest, the text is not: {repeated(text, PIECE):.0%} "
                f"of its pieces of {PIECE} characters stood there before. It does spell well: "
                f"{found.at(0.0).spelled:.0%} of its pieces of {SPELLED} stand in its text, and "
                f"{found.at(0.8).spelled:.0%} of those at temperature 0.8.",
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
                f"It ends in a loop of {len(found.loop)} characters. The likeliest character depends on "
                "the state alone: once it has come back to a state, it can't leave its way any more.",
            ),
        ),
        right="loop",
    )
