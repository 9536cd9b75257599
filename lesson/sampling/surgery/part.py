"""The part Gate surgery of the sampling page: hold something from a character on, and see what changes."""

from collections.abc import Mapping

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lesson.frame.glossary import note, prose
from lesson.frame.links import Number, complain, mend
from lesson.sampling.reader import Map, Text, draw_reader
from lesson.sampling.sources import TAKEN, Source, bring_own
from lesson.sampling.surgery.ablation import ablation
from lesson.sampling.surgery.bracket_lines import closing, depth_unit
from lesson.sampling.surgery.closing_challenge import closing_challenge
from lesson.sampling.surgery.operation import CONTINUED, Operation, Outcome, carry_out, losses, units_of
from lesson.sampling.surgery.questions import surgery_questions
from lesson.sampling.surgery.sentences import compared, measured
from lesson.sampling.symbols import MEANING, NAMES, SYMBOLS
from lesson.sampling.write.chosen_character import choose_character, take_character
from lesson.sampling.write.controls import Asked, choose_all
from lesson.sampling.write.writing import Written, write
from lesson.widgets.bars import draw_bars
from lesson.widgets.display import show_source, theme
from lesson.widgets.questions import ask
from lesson.widgets.unknown_characters import readable
from lstm import InputError
from lstm.interpret.surgery import GATES, operate
from visualization.bars import describe_next, likeliest
from visualization.heat import heat, unit_order
from visualization.palette import GATES as GATE_SYMBOLS

HOLD, CUT, SWAP = "hold a gate", "cut units out", "the memory of another text"
KINDS = (HOLD, CUT, SWAP)
START: dict[str, object] = {"operation": HOLD, "hold": 0.0, "units": "all", "other": ""}
_VALUE = Number(0.0, 1.0, 0.0, 0.05)  # not 1: with it the challenge below would be solved at once
_LONGEST = 200  # characters of the other text


def surgery_part() -> None:
    """The whole part."""
    ask(surgery_questions(), "surgery")
    asked = choose_all()
    written = write(asked.source, asked.draw)
    _operate(asked, written)
    ablation(asked.source.name)
    bring_own()


def _presets(source: Source) -> dict[str, Mapping[str, object]]:
    """What each preset sets."""
    kind = source.checkpoint.net.kind
    if kind == "gru":
        return {
            "z = 1: nothing new": {"gate": "z", "hold": 1.0},
            "z = 0: nothing is kept": {"gate": "z", "hold": 0.0},
            "r = 0: the candidate sees no past": {"gate": "r", "hold": 0.0},
        }  # fmt: skip
    if kind == "rnn":
        return {}
    more = {}
    if source.name == "brackets":
        unit = depth_unit()
        more = {f"Cut unit {unit}, which counts depth": {"operation": CUT, "units": str(unit)}}
    return {
        "f = 1: nothing is forgotten": {"gate": "f", "hold": 1.0},
        "f = 0: nothing is kept": {"gate": "f", "hold": 0.0},
        "i = 0: nothing new": {"gate": "i", "hold": 0.0},
        "o = 1: everything is shown": {"gate": "o", "hold": 1.0},
        **more,
    }


def _set(changes: Mapping[str, object]) -> None:
    st.session_state.update({**START, **changes})


@st.fragment
def _operate(asked: Asked, written: Written) -> None:
    """Where it begins, what is done, and what became of it."""
    source = asked.source
    at = choose_character(written, "From this character on")
    draw_reader(
        [Text(written.text, start=written.start)], key="surgery_text", at=at, on_choice=take_character
    )
    presets = _presets(source)
    if presets:
        with st.container(horizontal=True):
            for name, changes in presets.items():
                st.button(name, key=f"preset_{name}", on_click=_set, args=(changes,))
    operation = None
    try:
        operation = _choose_operation(source)
    except InputError as error:
        st.error(str(error))
    if operation is not None and operation.nothing:
        st.info("Name the units, or type a text, and the two continuations appear.", icon=":material/edit:")
    elif operation is not None:
        _show(source, operation, carry_out(source, written, at, asked.draw, operation))
    closing_challenge(operation, None if source.name == "brackets" else _take_brackets)


def _take_brackets() -> None:
    """The box that chooses the network is outside this fragment: the whole page runs again."""
    st.session_state[TAKEN] = "brackets"
    st.rerun()


def _choose_operation(source: Source) -> Operation:
    """The controls.  Raises InputError for units that do not exist."""
    net = source.checkpoint.net
    kinds, gates = (KINDS if GATES[net.kind] else KINDS[1:]), GATES[net.kind]
    complain(mend({"operation": kinds, "hold": _VALUE} | ({"gate": gates} if gates else {})))
    if st.session_state.get("operation", kinds[0]) not in kinds:
        st.session_state.operation = kinds[0]
    if gates and st.session_state.get("gate", gates[0]) not in gates:
        st.session_state.gate = gates[0]
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="medium")
    kind = row.selectbox(
        "What is done", kinds, key="operation", bind="query-params", persist_state="session", width=230
    )
    if kind == SWAP:
        typed = row.text_input(
            "The other text", key="other", bind="query-params", persist_state="session", max_chars=_LONGEST,
            placeholder="The memory after this text is put in.", width="stretch",
        )  # fmt: skip
        return Operation(other=readable(typed, source.checkpoint.vocabulary))
    if kind == HOLD:
        gate = row.segmented_control(
            "Gate", gates, default=gates[0], required=True, key="gate", bind="query-params",
            persist_state="session", width="content",
        )  # fmt: skip
        value = row.slider(
            "Held at", 0.0, 1.0, 0.0, 0.05, key="hold", bind="query-params", persist_state="session",
            width=200,
        )  # fmt: skip
        units = units_of(_units(row, "all"), net.hidden_size)
        return Operation(hold=(gate, float(value)), units=units)
    return Operation(cut=units_of(_units(row, ""), net.hidden_size) or ())


def _units(row: DeltaGenerator, start: str) -> str:
    return row.text_input(
        "Units", start, key="units", bind="query-params", persist_state="session", max_chars=300, width=160,
        help="Numbers or ranges with commas between them, such as 3, 17, 20-25; or all.",
    )  # fmt: skip


def _show(source: Source, operation: Operation, outcome: Outcome) -> None:
    chars = source.checkpoint.vocabulary.chars
    prose("**The next character**, grey as it was, coloured with the operation")
    bars = likeliest(outcome.probabilities[1], chars, outcome.probabilities[0])
    draw_bars(bars, key="surgery_next", symbol="C", alt=describe_next(bars))
    st.text(compared(outcome))
    symbols = SYMBOLS[source.checkpoint.net.kind]
    complain(mend({"symbol": symbols}))
    if st.session_state.get("symbol", symbols[0]) not in symbols:
        st.session_state.symbol = symbols[0]
    symbol = st.segmented_control(
        "The maps show", symbols, default=symbols[0], required=True, key="symbol", bind="query-params",
        persist_state="session", width="content",
    )  # fmt: skip
    order = unit_order(np.tanh(outcome.values[0][symbols[0]]))
    names = ("as it was", "with the operation")
    own_scale = symbol not in GATE_SYMBOLS  # that of the first map, for both
    maps = [
        Map(
            heat(values[NAMES.get(symbol, symbol)], symbol, order, theme(), own_scale), f"{symbol} {name}",
            f"Heat map of {symbol}, {MEANING[symbol]}, over {CONTINUED + 1} characters, {name}",
        )
        for values, name in zip(outcome.values, names, strict=True)
    ]  # fmt: skip
    texts = [
        Text(text, name, start=1, first=outcome.first)
        for text, name in zip(outcome.texts, names, strict=True)
    ]
    draw_reader(
        texts, key="surgery_pair", at=-1, maps=maps, symbol=symbol, order=order, unit=-1,
    )  # fmt: skip
    if own_scale:
        note("Each unit's colours are those of its own range in the first map, in both maps.")
    if said := measured(source, operation, losses(source, operation)):
        st.text(f"{said} {closing(source, operation)}".strip())
    show_source(operate, "How a gate is held, as the code does it")
