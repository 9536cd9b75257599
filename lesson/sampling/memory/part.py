"""The part Read its memory of the sampling page: what gates and states do along a text, unit by unit."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from lesson.frame.glossary import note, prose
from lesson.frame.links import bound_whole, complain, mend
from lesson.frame.memo import memo
from lesson.sampling.layers import choose_layer, layer_in_words
from lesson.sampling.memory.gate_statistics import show_gate_statistics
from lesson.sampling.memory.hunt import show_hunt
from lesson.sampling.memory.questions import memory_questions
from lesson.sampling.networks import TrainedNetwork, choose_own_network
from lesson.sampling.parameters import (
    ORDER,
    OWN_SCALE,
    OWN_TEXT,
    READS,
    SYMBOL,
    UNIT,
    UNSEEN_TEXT,
    WHAT_IT_WROTE,
)  # fmt: skip
from lesson.sampling.reader import ReaderMap, ReaderText, draw_reader
from lesson.sampling.write.chosen_character import choose_character, set_character
from lesson.sampling.write.controls import WritingSettings, choose_all
from lesson.sampling.write.passages import Passage, gates_and_states, read, write
from lesson.widgets.display import theme
from lesson.widgets.questions import ask
from lesson.widgets.unknown_characters import readable
from visualization.drawings.heat import describe_unit, heat, unit_order
from visualization.symbols import GATES, letters_of_cell, symbol_of_letter

MOST = 500  # characters that are read
_TYPED = "memory_text"  # in the session state: the visitor's own text


def show() -> None:
    """Show the part Read its memory."""
    ask(memory_questions(), "memory")
    settings = choose_all()
    passage = _choose_passage(settings)
    if passage is not None:
        layer = choose_layer(settings.network.checkpoint.net)
        _show_map(settings.network, passage, layer)
        show_gate_statistics(settings.network, passage, layer)
        show_hunt(settings.network, passage, layer)
    choose_own_network()


def _choose_passage(settings: WritingSettings) -> Passage | None:
    """Draw the choice of the text that is read; return it, None if there is none yet."""
    network = settings.network
    reads = READS if network.held_out else READS.among([WHAT_IT_WROTE, OWN_TEXT])
    complain(mend(reads))
    choice = reads.segmented_control()
    if choice == WHAT_IT_WROTE:
        return write(network, settings.draw).first_part(MOST)
    if choice == UNSEEN_TEXT:
        return read(network, network.unseen_text(MOST))
    return _own_text(network)


def _own_text(network: TrainedNetwork) -> Passage | None:
    typed = st.text_area(
        f"Your text; its first {MOST} characters are read", key=_TYPED, height=120,
        persist_state="session",
        placeholder="Type or paste something in the style of its text.",
    )  # fmt: skip
    if len(typed) > MOST:
        note(f"Of {len(typed):,} characters the first {MOST} are read.")
    text = readable(typed[:MOST], network.checkpoint.vocabulary)
    if len(text) < 2:
        st.info("The maps appear when there are two characters that it knows.", icon=":material/edit:")
        return None
    return read(network, text)


@st.fragment
def _show_map(network: TrainedNetwork, passage: Passage, layer: int) -> None:
    """Show heat map and text, coloured by the chosen unit of a layer."""
    values, net = gates_and_states(network, passage, layer), network.checkpoint.net
    symbol, order, unit, own_scale = _choose_map(network, values)
    character = choose_character(passage)
    key = f"{network.key} {layer}"
    rows = _rows(key, passage.text, order, values[letters_of_cell(net.kind)[0]])
    symbol_values = values[symbol_of_letter(symbol).id]
    prose(f"**{symbol}**, {symbol_of_letter(symbol).summary}: a row a unit, a column a character.")
    alt = f"Heat map of {symbol}: {len(rows)} units by {len(passage.text)} characters"
    draw_reader(
        [ReaderText(passage.text, start=passage.start)], key="memory", at=character, unit=unit, symbol=symbol,
        order=rows, maps=[ReaderMap(heat(symbol_values, symbol, rows, theme(), own_scale), "", alt)],
        on_choice=_set_character_and_unit,
    )  # fmt: skip
    unit_in_words = describe_unit(symbol_values[:, unit], passage.text, symbol, unit)
    st.text(f"{layer_in_words(net, layer)}{unit_in_words}")
    note(
        f"{_scale_in_words(symbol, own_scale)} Click a row to choose its unit, or walk with the arrow keys; "
        "the text is coloured by it, each character by the value after it was read."
    )


def _choose_map(network: TrainedNetwork, values: dict[str, NDArray]) -> tuple[str, str, int, bool]:
    """Draw the controls of the map; return symbol, order of the units, unit, and whether each has a scale."""
    symbols = letters_of_cell(network.checkpoint.net.kind)
    liveliest = int(np.tanh(values[symbols[0]]).std(axis=0).argmax())
    unit = UNIT.within(0, network.checkpoint.net.hidden_size - 1, liveliest)
    bound_whole(unit)
    symbol = SYMBOL.among(symbols)
    complain(mend(symbol, ORDER, OWN_SCALE))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        letter = symbol.segmented_control(width="content")
        order = ORDER.selectbox(width=190)
        number = int(unit.number_input(width=130))
        own_scale = letter not in GATES and OWN_SCALE.toggle()
    return letter, order, number, own_scale


@memo(entries=50)
def _rows(key: str, text: str, order: str, _states: NDArray) -> NDArray:
    """Return the units from the top, (H,): by the state, so that a row is the same unit in every map."""
    return unit_order(np.tanh(_states), order)  # as the map shows them


def _set_character_and_unit(character: int, unit: int) -> None:
    set_character(character, unit)
    st.session_state[UNIT.name] = unit


def _scale_in_words(symbol: str, own_scale: bool) -> str:
    """Say what the colours mean."""
    if own_scale:
        return "Each unit from its lowest, blue, to its highest, orange (its 2nd and 98th percentile)."
    if symbol in GATES:
        return "The page's colour is 0, closed; the strongest is 1, open."
    ends = "tanh(C), which is what h can show of C" if symbol == "C" else symbol
    return f"Orange is above 0, blue below; the strongest colours are ±1 of {ends}."
