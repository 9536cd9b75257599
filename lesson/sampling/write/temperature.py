"""Temperature by doing: one distribution under a slider, three texts of one luck, first characters."""

import numpy as np
import streamlit as st

from lesson.frame.glossary import note, prose
from lesson.sampling.write.controls import TEMPERATURE, Asked
from lesson.sampling.write.writing import Draw, Written, write
from lesson.widgets.display import theme
from lesson.widgets.drawing import Drawing
from lesson.widgets.repetition_sentence import repetition
from lstm.sampling import distribution
from lstm.textstats.surprise import entropy
from visualization.expectations import ROWS
from visualization.frames import shown
from visualization.palette import colour

_TEMPERATURE = Drawing("temperature")
_STEPS = np.arange(41) * 0.05
THREE = (0.2, 0.8, 1.5)
_SHORT = 240  # characters of each of the three
_LINE = 70  # characters after each first one


def by_hand(written: Written, at: int, chars: tuple[str, ...], start: float) -> None:
    """The distribution at a character under a slider that answers while it is moved."""
    logits = written.logits[at]
    rows = np.argsort(-logits, kind="stable")[:ROWS]
    tables = [distribution(logits, float(temperature)) for temperature in np.round(_STEPS, 2)]
    _TEMPERATURE.draw(
        {
            "chars": [shown(chars[row]) for row in rows],
            "temperatures": [f"{temperature:.2f}" for temperature in _STEPS],
            "shares": [np.rint(10_000 * table[rows]).astype(int).tolist() for table in tables],
            "says": [_says(table, rows, chars) for table in tables],
            "start": round(start / TEMPERATURE.step),
            "tone": colour("f", theme()),
        },
        key="temperature_by_hand",
    )


def _says(table: np.ndarray, rows: np.ndarray, chars: tuple[str, ...]) -> str:
    bits, others = float(entropy(table)), 1 - table[rows].sum()
    rest = f"; all {len(table) - len(rows)} others together {others:.1%}" if len(table) > len(rows) else ""
    return f"As unsure as among {2**bits:.1f} equally likely characters{rest}."


def three_temperatures(asked: Asked) -> None:
    """Three texts from the same noise."""
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
            draw = Draw(asked.draw.prompt, temperature, None, None, _SHORT, asked.draw.seed)
            written = write(asked.source, draw)
            new = written.text[written.start :]
            with place:
                prose(f"**{temperature}**")
                st.code(new, language=None, wrap_lines=True)
                st.text(repetition(new))
                surprise = written.expected(draw).surprise[written.start :].mean()
                note(f"It surprised the network by {surprise:.2f} bits a character.")


def first_characters(asked: Asked) -> None:
    """The same luck after different first characters, and when they come together again."""
    with st.expander(
        "Another first character", icon=":material/looks_one:", key="firsts", on_change="rerun"
    ) as drawer:
        if not drawer.open:
            return
        vocabulary = asked.source.checkpoint.vocabulary
        options = [shown(char) for char in vocabulary.chars]
        likely = _usual_firsts(asked)
        chosen = st.multiselect(
            "First characters", options, default=[shown(char) for char in likely], max_selections=8,
            key=f"first_{asked.source.key}",
        )  # fmt: skip
        lines = []
        for name in chosen:
            char = vocabulary.chars[options.index(name)]
            draw = Draw(char, asked.draw.temperature, None, None, _LINE, asked.draw.seed)
            lines.append(write(asked.source, draw).text.replace("\n", "⏎"))
        st.code("\n".join(lines), language=None)
        if len(lines) > 1:
            note(_together(lines))


def _usual_firsts(asked: Asked) -> list[str]:
    """The characters that it would begin a line with most often."""
    written = write(asked.source, Draw(length=1))
    vocabulary = asked.source.checkpoint.vocabulary
    likely = np.argsort(-written.logits[0], kind="stable")
    return [vocabulary.chars[k] for k in likely if vocabulary.chars[k] != "\n"][:4]


def _together(lines: list[str]) -> str:
    """How alike lines are that met the same luck."""
    first = lines[0]
    same = [np.mean([a == b for a, b in zip(first[1:], other[1:], strict=False)]) for other in lines[1:]]
    return (
        f"From the second character on, the others have {min(same):.0%} to {max(same):.0%} of their "
        "characters in common with the first line: one character at the start changes what the memory holds, "
        "and with it everything after it."
    )
