"""The controls of the surgery: what is done to the network, and presets for it."""

from collections.abc import Mapping

from lesson.frame.links import settings_of_link
from lesson.frame.parameters import Choice, address_value
from lesson.frame.query import Query
from lesson.sampling.layers import layer_choice, layer_of
from lesson.sampling.networks import TrainedNetwork
from lesson.sampling.parameters import (
    ABLATE,
    ALL_UNITS,
    CLAMP,
    CLAMP_VALUE,
    GATE,
    OPERATION,
    OTHER_TEXT,
    SWAP,
    SYMBOL,
    UNITS,
)  # fmt: skip
from lesson.sampling.surgery.bracket_lines import BRACKETS, depth_unit
from lesson.sampling.surgery.operation import Clamp, Operation, units_of
from lesson.widgets.panel import Control
from lesson.widgets.unknown_characters import known_part
from lstm.interpret.surgery import GATES
from visualization.symbols import letters_of_cell

# What a preset begins with.
_START: Mapping[str, float | str] = {
    OPERATION.name: CLAMP, CLAMP_VALUE.name: CLAMP_VALUE.start, UNITS.name: ALL_UNITS, OTHER_TEXT.name: "",
}  # fmt: skip
_ANSWERED_WITH = (OPERATION, CLAMP_VALUE, UNITS, OTHER_TEXT)


def _operation_choice(kind: str) -> Choice:
    """Return what can be done to a kind of network: a plain RNN has no gate to clamp."""
    return OPERATION if GATES[kind] else OPERATION.among([ABLATE, SWAP])


def operation_controls(network: TrainedNetwork) -> list[Control]:
    """Return a panel's controls for what is done, and for what the maps show."""
    net = network.checkpoint.net
    gate = [Control(GATE.among(GATES[net.kind])), Control(CLAMP_VALUE, along=True)] if GATES[net.kind] else []
    layer = [Control(layer_choice(net), more=True)] if net.layers > 1 else []
    return [
        Control(_operation_choice(net.kind)), *gate, Control(UNITS, by_drawing=True), Control(OTHER_TEXT),
        *layer, Control(SYMBOL.among(letters_of_cell(net.kind)), label="The maps show", more=True),
    ]  # fmt: skip


def operation_of(query: Query, network: TrainedNetwork) -> Operation:
    """Return the operation that a picture asks about.

    Raises QueryError, and InputError for units that do not exist.
    """
    net = network.checkpoint.net
    layer, kind = layer_of(query, net), query.choice(_operation_choice(net.kind))
    if kind == SWAP:
        return Operation(other_text=known_part(query.text(OTHER_TEXT), network.checkpoint.vocabulary))
    units = units_of(query.text(UNITS), net.hidden_size)
    if kind == ABLATE:
        return Operation(ablate=units or (), layer=layer)
    gate = query.choice(GATE.among(GATES[net.kind]))
    return Operation(Clamp(gate, query.number(CLAMP_VALUE)), units, layer=layer)


def operation_of_address(network: TrainedNetwork) -> Operation:
    """Return the operation as the address has it now.  Raises InputError for units that do not exist."""
    net = network.checkpoint.net
    gates = [GATE.among(GATES[net.kind])] if GATES[net.kind] else []
    parameters = [_operation_choice(net.kind), *gates, *_ANSWERED_WITH[1:], layer_choice(net)]
    setting, _ = settings_of_link(parameters)
    return operation_of(Query({name: address_value(value) for name, value in setting.items()}), network)


def presets(network: TrainedNetwork) -> dict[str, Mapping[str, float | str]]:
    """Return what each preset sets, by its label; a plain RNN has none."""
    kind = network.checkpoint.net.kind
    if kind in ("gru", "gru_reset_after"):
        return {
            "z = 1: keep h, write nothing": _clamp("z", 1.0),
            "z = 0: keep nothing": _clamp("z", 0.0),
            "r = 0: the candidate sees no h": _clamp("r", 0.0),
        }
    if kind == "rnn":
        return {}
    by_label = {
        "f = 1: forget nothing": _clamp("f", 1.0),
        "f = 0: keep nothing in C": _clamp("f", 0.0),
        "i = 0: write nothing": _clamp("i", 0.0),
        "o = 1: h shows all of C": _clamp("o", 1.0),
    }
    if network.name == BRACKETS:
        unit = depth_unit()
        by_label[f"Ablate unit {unit}, which counts depth"] = ablation_of(unit)
    return by_label


def ablation_of(unit: int) -> dict[str, float | str]:
    """Return the settings by which a unit is ablated."""
    return {**_START, OPERATION.name: ABLATE, UNITS.name: str(unit)}


def _clamp(gate: str, value: float) -> dict[str, float | str]:
    return {**_START, GATE.name: gate, CLAMP_VALUE.name: value}
