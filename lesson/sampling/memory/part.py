"""The part Read its memory of the sampling page: what gates and states do along a text, unit by unit."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from lesson.frame.glossary import note, prose
from lesson.frame.links import bound_whole, complain, mend
from lesson.frame.memo import memo
from lesson.sampling.memory.hunt import hunt_part
from lesson.sampling.memory.questions import memory_questions
from lesson.sampling.reader import Map, Text, draw_reader
from lesson.sampling.sources import Source, bring_own
from lesson.sampling.symbols import MEANING, NAMES, SYMBOLS
from lesson.sampling.write.chosen_character import choose_character, take_character
from lesson.sampling.write.controls import Asked, choose_all
from lesson.sampling.write.writing import Written, first_part, read, values, write
from lesson.widgets.display import draw, theme
from lesson.widgets.gate_table import gate_table, shares_of
from lesson.widgets.questions import ask
from lesson.widgets.unknown_characters import readable
from visualization import analyze_gate_patterns, plot_cell_state_evolution, plot_gate_activations
from visualization.gates import describe_gates
from visualization.heat import ORDERS, describe_unit, heat, unit_order
from visualization.palette import GATES

MOST = 500  # characters that are read
TEXTS = ("what it wrote", "text it never saw", "my own text")


def memory_part() -> None:
    """The whole part."""
    ask(memory_questions(), "memory")
    asked = choose_all()
    written = _text(asked)
    if written is not None:
        _maps(asked.source, written)
        _statistics(asked.source, written)
        hunt_part(asked.source, written)
    bring_own()


def _text(asked: Asked) -> Written | None:
    """The text that is read; None if there is none yet."""
    source = asked.source
    options = TEXTS if source.held_out else (TEXTS[0], TEXTS[2])
    complain(mend({"of": options}))
    which = st.segmented_control(
        "The text that it reads", options, default=options[0], required=True, key="of", bind="query-params",
        persist_state="session",
    )  # fmt: skip
    if which == TEXTS[0]:
        return first_part(write(source, asked.draw), MOST)
    if which == TEXTS[1]:
        return read(source, source.fresh(MOST))
    typed = st.text_area(
        f"Your text; its first {MOST} characters are read", key="memory_text", height=120,
        persist_state="session",
        placeholder="Type or paste something in the style of its text.",
    )  # fmt: skip
    if len(typed) > MOST:
        note(f"Of {len(typed):,} characters the first {MOST} are read.")
    text = readable(typed[:MOST], source.checkpoint.vocabulary)
    if len(text) < 2:
        st.info("The maps appear when there are two characters that it knows.", icon=":material/edit:")
        return None
    return read(source, text)


@st.fragment
def _maps(source: Source, written: Written) -> None:
    """Heat map and text, coloured by the chosen unit."""
    symbols = SYMBOLS[source.checkpoint.net.kind]
    found = values(source, written)
    last = source.checkpoint.net.hidden_size - 1
    liveliest = int(np.tanh(found[symbols[0]]).std(axis=0).argmax())
    bound_whole("unit", 0, last, liveliest)
    complain(mend({"symbol": symbols, "order": ORDERS}))
    if st.session_state.get("symbol", symbols[0]) not in symbols:
        st.session_state.symbol = symbols[0]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        symbol = st.segmented_control(
            "Gate or state", symbols, default=symbols[0], required=True, key="symbol", bind="query-params",
            persist_state="session", width="content",
        )  # fmt: skip
        order = st.selectbox(
            "Order of the units", ORDERS, key="order", bind="query-params", persist_state="session", width=190
        )
        unit = st.number_input(
            "Unit", 0, last, liveliest, key="unit", bind="query-params", persist_state="session", width=130
        )
        own_scale = symbol not in GATES and st.toggle(
            "A scale for each unit", True, key="each", bind="query-params", persist_state="session",
            help="Off: one scale for all, on which units with a large C look as if they stood still.",
        )  # fmt: skip
    at = choose_character(written)
    shown = found[NAMES.get(symbol, symbol)]
    rows = _rows(source, written, symbols[0], order)
    map_ = heat(shown, symbol, rows, theme(), own_scale)
    told = describe_unit(shown[:, unit], written.text, symbol, unit)
    prose(f"**{symbol}**, {MEANING[symbol]}: a row a unit, a column a character.")
    draw_reader(
        [Text(written.text, start=written.start)], key="memory", at=at, unit=unit, symbol=symbol, order=rows,
        maps=[Map(map_, "", f"Heat map of {symbol}: {len(rows)} units by {len(written.text)} characters")],
        on_choice=_take,
    )  # fmt: skip
    st.text(told)
    note(
        f"{_scale(symbol, own_scale)} Click a row to choose its unit, or walk with the arrow keys; the text "
        "is coloured by it, each character by the value after it was read."
    )


def _scale(symbol: str, own_scale: bool) -> str:
    """What the colours mean."""
    if own_scale:
        return "Each unit from its lowest, blue, to its highest, orange (its 2nd and 98th percentile)."
    if symbol in GATES:
        return "The page's colour is 0, closed; the strongest is 1, open."
    ends = "tanh(C), which is what h can show of C" if symbol == "C" else symbol
    return f"Orange is above 0, blue below; the strongest colours are ±1 of {ends}."


def _rows(source: Source, written: Written, state: str, order: str) -> NDArray:
    """The order of the units: by the state, so that a row is the same unit in every map."""
    return _ordered(source.key, written.text, order, values(source, written)[state])


@memo(entries=50)
def _ordered(key: str, text: str, order: str, _states: NDArray) -> NDArray:
    return unit_order(np.tanh(_states), order)  # as the map shows them


def _take(at: int, unit: int) -> None:
    take_character(at, unit)
    st.session_state.unit = unit


def _statistics(source: Source, written: Written) -> None:
    """Gates over all units and characters, and the cheat sheet's charts and table."""
    net, found = source.checkpoint.net, values(source, written)
    gates = {letter: found[letter] for letter in GATES if letter in found}
    st.subheader("What the gates did")
    shares = {letter: shares_of(gate) for letter, gate in gates.items()}
    spreads = {letter: float(gate.std()) for letter, gate in gates.items()}
    prose(gate_table(shares, spreads=spreads))
    if not gates:
        return
    note(
        f"Over {len(written.text)} characters and {net.hidden_size} units: the mean, the standard deviation, "
        "and how often a gate is open, above 0.9, and closed, below 0.1."
    )
    with st.expander(
        "Character by character, with the functions of the cheat sheet", icon=":material/table:",
        key="by_character", on_change="rerun",
    ) as drawer:  # fmt: skip
        if drawer.open:
            _charts(net.kind, gates, found, written.text)


def _charts(kind: str, gates: dict[str, NDArray], found: dict[str, NDArray], text: str) -> None:
    """The charts and the table of `visualization`, over the whole text."""
    words = describe_gates(gates, text)
    prose("`plot_gate_activations`: the mean over the units, and a band for the middle half of them.")
    draw(plot_gate_activations(gates, text, theme()), words, key="gate_lines")
    st.text(words)
    if kind != "lstm":
        note("z is how much of the state is kept, r how much of it the new candidate sees.")
        return
    C = found["C"]
    prose("`plot_cell_state_evolution`: C of every unit, by number; here the colours reach to the largest C.")
    draw(
        plot_cell_state_evolution(C, text, theme()),
        f"Cell state of {C.shape[1]} units over {len(text)} characters, from {C.min():.2f} to {C.max():.2f}.",
        key="cell_states",
    )
    table = analyze_gate_patterns(gates, text)
    prose("`analyze_gate_patterns`: what the gates do to the memory, character by character.")
    st.dataframe(table, hide_index=True, height=300)
    counts = table["reading"].value_counts()
    told = ", ".join(f"{name} at {count}" for name, count in counts.items())
    prose(
        f"Of {len(table)} characters: {told}. *Keeping*: f at least ½ and i below, so the memory stays. "
        "*Replacing*: the other way round. *Accumulating*: both, the new is added to the old. *Clearing*: "
        "neither. *Showing*: o at least ½. All of it for the mean over the units; single units differ."
    )
