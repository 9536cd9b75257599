"""The controls of the surgery: what is done to the network, and presets for it."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from lesson.frame.links import complain, mend
from lesson.frame.parameters import Choice
from lesson.sampling.networks import TrainedNetwork
from lesson.sampling.parameters import (
    ALL_UNITS,
    CUT,
    GATE,
    HELD_AT,
    HOLD,
    OPERATION,
    OTHER_TEXT,
    SWAP,
    UNITS,
)  # fmt: skip
from lesson.sampling.surgery.bracket_lines import BRACKETS, depth_unit
from lesson.sampling.surgery.operation import Hold, Operation, units_of
from lesson.widgets.unknown_characters import readable
from lstm.interpret.surgery import GATES

# What a preset begins with.
_START: Mapping[str, object] = {
    OPERATION.name: HOLD, HELD_AT.name: HELD_AT.start, UNITS.name: ALL_UNITS, OTHER_TEXT.name: "",
}  # fmt: skip


def choose_operation(network: TrainedNetwork, layer: int = 0) -> Operation:
    """Draw the controls and return what is chosen.

    layer: what gates and units are those of.  Raises InputError for units that do not exist.
    """
    net = network.checkpoint.net
    gate = GATE.among(GATES[net.kind])
    operation = OPERATION if gate.options else OPERATION.among([CUT, SWAP])
    complain(mend(operation, HELD_AT, *([gate] if gate.options else [])))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        kind = operation.selectbox(width=230)
        if kind == HOLD:
            return _choose_hold(gate, net.hidden_size, layer)
        if kind == CUT:
            units = replace(UNITS, start="").text_input(width=160)
            return Operation(cut=units_of(units, net.hidden_size) or (), layer=layer)
        text = OTHER_TEXT.text_input(placeholder="The memory after this text is put in.", width="stretch")
    return Operation(other_text=readable(text, network.checkpoint.vocabulary))


def _choose_hold(gate: Choice, hidden_size: int, layer: int) -> Operation:
    letter = gate.segmented_control(width="content")
    value = float(HELD_AT.slider(width=200))
    units = UNITS.text_input(width=160)
    return Operation(Hold(letter, value), units_of(units, hidden_size), layer=layer)


def offer_presets(network: TrainedNetwork) -> None:
    """Draw a button for each preset; a plain RNN has none."""
    presets = _presets(network)
    if presets:
        with st.container(horizontal=True):
            for label, changes in presets.items():
                st.button(label, key=f"preset_{label}", on_click=_set, args=(changes,))


def _presets(network: TrainedNetwork) -> dict[str, Mapping[str, object]]:
    """Return what each preset sets, by its label."""
    kind = network.checkpoint.net.kind
    if kind in ("gru", "gru_reset_after"):
        return {
            "z = 1: nothing new": _hold("z", 1.0),
            "z = 0: nothing is kept": _hold("z", 0.0),
            "r = 0: the candidate sees no past": _hold("r", 0.0),
        }
    if kind == "rnn":
        return {}
    presets = {
        "f = 1: nothing is forgotten": _hold("f", 1.0),
        "f = 0: nothing is kept": _hold("f", 0.0),
        "i = 0: nothing new": _hold("i", 0.0),
        "o = 1: everything is shown": _hold("o", 1.0),
    }
    if network.name == BRACKETS:
        unit = depth_unit()
        label = f"Cut unit {unit}, which counts depth"
        presets[label] = {OPERATION.name: CUT, UNITS.name: str(unit)}
    return presets


def _hold(gate: str, value: float) -> dict[str, object]:
    return {GATE.name: gate, HELD_AT.name: value}


def _set(changes: Mapping[str, object]) -> None:
    st.session_state.update({**_START, **changes})
