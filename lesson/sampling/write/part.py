"""The part Write of the sampling page: a text, and what was expected at every character of it."""

import streamlit as st

from lesson.frame.glossary import note, prose
from lesson.sampling.reader import Text, draw_reader
from lesson.sampling.sources import Source, bring_own
from lesson.sampling.write import sentences
from lesson.sampling.write.chosen_character import choose_character, take_character
from lesson.sampling.write.controls import STREAM, choose, settings
from lesson.sampling.write.questions import write_questions
from lesson.sampling.write.temperature import by_hand, first_characters, three_temperatures
from lesson.sampling.write.writing import Draw, write
from lesson.widgets.questions import ask
from lesson.widgets.repetition_sentence import repetition
from visualization.expectations import tints

MOST_BITS = 8.0  # the strongest colour of a surprise


def write_part() -> None:
    """The whole part."""
    ask(write_questions(), "write")
    _paper(*choose())
    bring_own()


def _again() -> None:
    st.session_state[STREAM] = st.session_state.get(STREAM, 0) + 1


def _another() -> None:
    st.session_state.s = min(10**6, st.session_state.get("s", 1) + 1)
    _again()


@st.fragment
def _paper(source: Source, prompt: str) -> None:
    """How it is to be written, the text, the chosen character, and temperature on its distribution."""
    asked = settings(source, prompt)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Write", type="primary", icon=":material/edit:", on_click=_again, key="write")
        st.button("Another", icon=":material/casino:", on_click=_another, help="With the next seed.")
        note("The text follows the settings; *Write* lets it appear at a pace for reading.")
    draw = asked.draw
    written = write(source, draw)
    expected = written.expected(draw)
    at = choose_character(written)
    second = f"grey: as the network has it; coloured: at temperature {draw.temperature:.2f}{_cut(draw)}"
    draw_reader(
        [Text(written.text, start=written.start, tints=tints(expected.surprise, MOST_BITS))],
        key="paper", at=at, stream=st.session_state.get(STREAM, 0), on_choice=take_character,
        details=(expected, source.checkpoint.vocabulary.chars, second),
    )  # fmt: skip
    note(
        "Click a character, or walk with the arrow keys. The stronger its colour, the more it surprised the "
        f"network (full at {MOST_BITS:.0f} bits); the prompt is underlined."
    )
    new = written.text[written.start :]
    st.text(
        f"{sentences.speed(written)}. {sentences.surprises(written, expected.surprise)} "
        f"{repetition(new)} {sentences.copied(source, new)}"
    )
    st.subheader("Temperature, by doing")
    prose(f"{sentences.ADVICE} Here is what it does to the draw at the chosen character, and to a text.")
    by_hand(written, at, source.checkpoint.vocabulary.chars, draw.temperature)
    three_temperatures(asked)
    first_characters(asked)


def _cut(draw: Draw) -> str:
    """What else than temperature changes the draw."""
    cuts = {"top k": draw.top_k, "top p": draw.top_p}
    return "".join(f", {name} {value:g}" for name, value in cuts.items() if value is not None)
