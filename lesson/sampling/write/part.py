"""The part Write of the sampling page: a text, and what was expected at every character of it."""

import streamlit as st

from lesson.frame.glossary import note, prose
from lesson.sampling.networks import TrainedNetwork, choose_own_network
from lesson.sampling.parameters import SEED
from lesson.sampling.reader import ReaderText, draw_reader
from lesson.sampling.write import sentences
from lesson.sampling.write.chosen_character import choose_character, set_character
from lesson.sampling.write.controls import choose_draw, choose_network
from lesson.sampling.write.passages import Draw, Passage, write
from lesson.sampling.write.questions import write_questions
from lesson.sampling.write.temperature import draw_distribution, first_characters, three_temperatures
from lesson.widgets.questions import ask
from lesson.widgets.repetition_sentence import repetition
from visualization.drawings.expectations import Expected, tints

MOST_BITS = 8.0  # the strongest colour of a surprise
_STREAM = "write_stream"  # in the session state: how often the text was asked to be written anew


def show() -> None:
    """Show the part Write."""
    ask(write_questions(), "write")
    _write_and_look(*choose_network())
    choose_own_network()


@st.fragment
def _write_and_look(network: TrainedNetwork, prompt: str) -> None:
    """Show how it is to be written, the text, the chosen character, and temperature on its distribution."""
    settings = choose_draw(network, prompt)
    _buttons()
    passage = write(network, settings.draw)
    character = choose_character(passage)
    _show_text(network, settings.draw, passage, character)
    st.subheader("Temperature, by doing")
    prose(f"{sentences.ADVICE} Here is what it does to the draw at the chosen character, and to a text.")
    chars = network.checkpoint.vocabulary.chars
    draw_distribution(passage.logits[character], chars, settings.draw.temperature)
    three_temperatures(settings)
    first_characters(settings)


def _buttons() -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Write", type="primary", icon=":material/edit:", on_click=_write_anew, key="write")
        st.button("Another", icon=":material/casino:", on_click=_next_seed, help="With the next seed.")
        note("The text follows the settings; *Write* lets it appear at a pace for reading.")


def _write_anew() -> None:
    st.session_state[_STREAM] = st.session_state.get(_STREAM, 0) + 1


def _next_seed() -> None:
    seed = st.session_state.get(SEED.name, SEED.start)
    st.session_state[SEED.name] = int(min(SEED.high, seed + 1))
    _write_anew()


def _show_text(network: TrainedNetwork, draw: Draw, passage: Passage, character: int) -> None:
    """Show the text, coloured by how it surprised the network, and what was expected at a character."""
    expected = passage.expected(draw)
    second = f"grey: as the network has it; coloured: at temperature {draw.temperature:.2f}{_cuts(draw)}"
    draw_reader(
        [ReaderText(passage.text, start=passage.start, tints=tints(expected.surprise, MOST_BITS))],
        key="paper", at=character, stream=st.session_state.get(_STREAM, 0), on_choice=set_character,
        details=(expected, network.checkpoint.vocabulary.chars, second),
    )  # fmt: skip
    note(
        "Click a character, or walk with the arrow keys. The stronger its colour, the more it surprised the "
        f"network (full at {MOST_BITS:.0f} bits); the prompt is underlined."
    )
    st.text(_measurements(network, passage, expected))


def _measurements(network: TrainedNetwork, passage: Passage, expected: Expected) -> str:
    return (
        f"{sentences.speed(passage)}. {sentences.surprise_at_itself(passage, expected.surprise)} "
        f"{repetition(passage.new_text)} {sentences.share_copied(network, passage.new_text)}"
    )


def _cuts(draw: Draw) -> str:
    """Return what else than temperature changes the draw, in words."""
    cuts = {"top k": draw.top_k, "top p": draw.top_p}
    return "".join(f", {name} {value:g}" for name, value in cuts.items() if value is not None)
