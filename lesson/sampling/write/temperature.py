"""Temperature by doing: one distribution under a slider, three texts of one seed, first characters."""

from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from lesson.frame.glossary import note, prose
from lesson.sampling.networks import TrainedNetwork
from lesson.sampling.parameters import TEMPERATURE
from lesson.sampling.write.controls import WritingSettings
from lesson.sampling.write.passages import Draw, write
from lesson.widgets.display import theme
from lesson.widgets.drawing import Drawing
from lesson.widgets.repetition_sentence import repetition
from lstm.sampling import distribution
from lstm.textstats.surprise import entropy
from visualization.drawings.expectations import ROWS
from visualization.palette import colour
from visualization.text import visible

_TEMPERATURE = Drawing("temperature")
THREE = (0.2, 0.8, 1.5)
_SHORT = 240  # characters of each of the three
_LINE = 70  # characters after each first one
_MOST_LINES, _USUAL_LINES = 8, 4  # first characters, and how many are chosen to begin with
_LINE_END = "⏎"


def temperatures() -> NDArray:
    """Return every temperature of the slider, (n,)."""
    count = 1 + round((TEMPERATURE.high - TEMPERATURE.low) / TEMPERATURE.step)
    return np.round(TEMPERATURE.low + np.arange(count) * TEMPERATURE.step, 2)


def draw_distribution(logits: NDArray, chars: Sequence[str], start: float) -> None:
    """Draw a distribution, logits (V,), under a slider that answers while it is moved, first at `start`."""
    rows = np.argsort(-logits, kind="stable")[:ROWS]
    tables = [distribution(logits, float(temperature)) for temperature in temperatures()]
    _TEMPERATURE.draw(
        {
            "chars": [visible(chars[row]) for row in rows],
            "temperatures": [f"{temperature:.2f}" for temperature in temperatures()],
            "shares": [np.rint(10_000 * table[rows]).astype(int).tolist() for table in tables],
            "says": [_certainty(table, rows) for table in tables],
            "start": round((start - TEMPERATURE.low) / TEMPERATURE.step),
            "tone": colour("f", theme()),
        },
        key="temperature_by_hand",
    )


def _certainty(table: NDArray, rows: NDArray) -> str:
    """Say how sure a distribution (V,) is, and what the characters have that are not among the rows."""
    bits, others = float(entropy(table)), 1 - table[rows].sum()
    rest = f"; all {len(table) - len(rows)} others together {others:.1%}" if len(table) > len(rows) else ""
    return f"As unsure as among {2**bits:.1f} equally likely characters{rest}."


def three_temperatures(settings: WritingSettings) -> None:
    """Show three texts from the same noise."""
    with st.expander(
        "Three temperatures, one luck", icon=":material/thermostat:", key="three", on_change="rerun"
    ) as drawer:
        if not drawer.open:
            return
        prose(
            "The same network, prompt and seed: each character of the three meets the same noise. Where they "
            "differ, temperature alone has decided."
        )
        for place, temperature in zip(st.columns(3), THREE, strict=True):
            draw = Draw(settings.draw.prompt, temperature, None, None, _SHORT, settings.draw.seed)
            passage = write(settings.network, draw)
            with place:
                prose(f"**{temperature}**")
                st.code(passage.new_text, language=None, wrap_lines=True)
                st.text(repetition(passage.new_text))
                surprise = passage.expected(draw).surprise[passage.start :].mean()
                note(f"It surprised the network by {surprise:.2f} bits a character.")


def first_characters(settings: WritingSettings) -> None:
    """Show lines from the same noise after different first characters, and when they come together again."""
    with st.expander(
        "Another first character", icon=":material/looks_one:", key="firsts", on_change="rerun"
    ) as drawer:
        if not drawer.open:
            return
        lines = [_line_after(char, settings) for char in _choose_first_characters(settings.network)]
        st.code("\n".join(lines), language=None)
        if len(lines) > 1:
            note(_similarity(lines))


def _choose_first_characters(network: TrainedNetwork) -> list[str]:
    chars = network.checkpoint.vocabulary.chars
    options = [visible(char) for char in chars]
    names = st.multiselect(
        "First characters", options, default=[visible(char) for char in _usual_first_characters(network)],
        max_selections=_MOST_LINES, key=f"first_{network.key}",
    )  # fmt: skip
    return [chars[options.index(name)] for name in names]


def _usual_first_characters(network: TrainedNetwork) -> list[str]:
    """Return the characters that the network would begin a line with most often."""
    chars = network.checkpoint.vocabulary.chars
    likely = np.argsort(-write(network, Draw(length=1)).logits[0], kind="stable")
    return [chars[k] for k in likely if chars[k] != "\n"][:_USUAL_LINES]


def _line_after(char: str, settings: WritingSettings) -> str:
    draw = Draw(char, settings.draw.temperature, None, None, _LINE, settings.draw.seed)
    return write(settings.network, draw).text.replace("\n", _LINE_END)


def _similarity(lines: Sequence[str]) -> str:
    """Say how alike lines are that met the same noise."""
    first = lines[0]
    same = [np.mean([a == b for a, b in zip(first[1:], other[1:], strict=False)]) for other in lines[1:]]
    return (
        f"From the second character on, the others have {min(same):.0%} to {max(same):.0%} of their "
        "characters in common with the first line: one character at the start changes what the memory holds, "
        "and with it everything after it."
    )
