"""What the part Read its memory asks: a text, the map of the units along it, and what is said of them."""

import base64
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lesson.frame.query import Query
from lesson.sampling.layers import layer_in_words, layer_of
from lesson.sampling.memory.keeping import half_lives_in_words
from lesson.sampling.memory.matches import matches
from lesson.sampling.memory.passage import passage_of
from lesson.sampling.memory.questions import GATES as GATES_COVER
from lesson.sampling.networks import TrainedNetwork
from lesson.sampling.parameters import ORDER, OWN_SCALE, SYMBOL
from lesson.sampling.write.answers import least_sure
from lesson.sampling.write.controls import character_of, settings_of
from lesson.sampling.write.passages import gates_and_states
from lesson.widgets.gate_table import CLOSED, GATES, OPEN, shares_of
from lesson.widgets.inline_html import inline_html
from lesson.widgets.source import Answer, Source
from lstm.network import Network
from lstm.textstats.surprise import entropy
from visualization.drawings.heat import describe_units, heat, unit_order
from visualization.symbols import GATES as GATE_SYMBOLS
from visualization.symbols import letters_of_cell, symbol_of_letter

_HOW_TO_CHOOSE = (
    "Click a row of the map. The text is then coloured by this unit: each character shows the unit's "
    "value after the network has read this character. Units are numbered from 0, as in the library's arrays."
)


def memory(query: Query) -> Answer:
    """Answer with a text, its map, and the numbers of its gates; units and characters are looked up in it."""
    settings = settings_of(query)
    network, passage = settings.network, passage_of(settings, query)
    if passage is None:
        return {"common": {}, "frames": [{"missing": "The map needs a text of at least two characters."}]}
    layer = layer_of(query, network.checkpoint.net)
    with np.errstate(all="ignore"):  # the weights may be an upload's, and huge
        values = gates_and_states(network, passage, layer)
        at = character_of(query, len(passage.text), least_sure(passage.start, entropy(passage.probabilities)))
        frame = _map(query, network, values, passage.text) | _statistics(network, values, layer, passage.text)
    return {"common": {}, "frames": [frame | {"text": passage.text, "start": passage.start, "at": at}]}


def _map(query: Query, network: TrainedNetwork, values: dict[str, NDArray], text: str) -> dict[str, Any]:
    net = network.checkpoint.net
    symbols = letters_of_cell(net.kind)
    symbol = query.choice(SYMBOL.among(symbols))
    states = np.nan_to_num(np.tanh(values[symbols[0]]))  # as the map shows them
    own_scale = symbol not in GATE_SYMBOLS and query.switch(OWN_SCALE)
    entry, order = symbol_of_letter(symbol), unit_order(states, query.choice(ORDER))
    picture = heat(np.nan_to_num(values[entry.id]), symbol, order, "light", own_scale)
    which = layer_in_words(net, layer_of(query, net))
    return {
        "symbol": symbol,
        "title": inline_html(
            f"**{symbol}**, {entry.meaning}. Each row is one unit, each column one character."
        ),
        "shows": [GATES_COVER] if symbol in GATE_SYMBOLS else [],
        "alt": f"Heat map of {symbol}: {len(order)} units by {len(text)} characters",
        "units": order.tolist(),
        "unit": int(states.std(axis=0).argmax()),  # the liveliest
        "codes": base64.b64encode(picture.codes.tobytes()).decode(),
        "bounds": picture.bounds,
        "spans": picture.spans,
        "words": [f"{which}{words}" for words in describe_units(values[entry.id], text, symbol)],
        "scale": f"{_scale_in_words(symbol, own_scale)} {_HOW_TO_CHOOSE}",
    }


def _scale_in_words(symbol: str, own_scale: bool) -> str:
    """Say what the colours mean."""
    if own_scale:
        return (
            "Each unit has its own colour scale, from blue (its low values) to orange (its high values). "
            "The ends of the scale are its 2nd and its 98th percentile."
        )
    if symbol in GATE_SYMBOLS:
        return (
            "A closed gate (0) has the colour of the background, an open gate (1) has the strongest colour."
        )
    ends = "tanh(C), of which h is made" if symbol == "C" else symbol
    return f"Values above 0 are orange, values below 0 are blue. The strongest colours are ±1 of {ends}."


def _statistics(network: TrainedNetwork, values: dict[str, NDArray], layer: int, text: str) -> dict[str, Any]:
    """Return the gates over all units and characters, a row a gate, and what the columns are."""
    net, gates = network.checkpoint.net, {name: values[name] for name in GATES if name in values}
    rows = [
        [f"{name} {GATES[name]}", f"{mean:.2f}", f"{gate.std():.2f}", f"{is_open:.0%}", f"{is_closed:.0%}"]
        for name, gate in gates.items()
        for mean, is_open, is_closed in [shares_of(gate)]
    ]
    about = (
        f"{layer_in_words(net, layer)}The table covers {len(text)} characters and {net.hidden_size} units. "
        f"It has the mean, the standard deviation (std), the share of open gates (above {OPEN}) and the "
        f"share of closed gates (below {CLOSED}). The shares count every unit at every character. "
        f"{_memory_in_words(net, values)}"
        if rows
        else "A plain RNN has no gates: it writes its whole state anew at every character."
    )
    head = ["gate", "mean", "std", f">\u00a0{OPEN}", f"<\u00a0{CLOSED}"]  # short, for phones
    return {"rows": [head, *rows] if rows else [], "about": about}


def _memory_in_words(net: Network, values: dict[str, NDArray]) -> str:
    """Say how long the units keep what they hold; "" for an RNN."""
    letter = {"lstm": "f", "rnn": ""}.get(net.kind, "z")
    if not letter:
        return ""
    return half_lives_in_words(values[letter], letter)


ANSWERS = {
    "sampling/memory": Source(memory, in_thread=True),
    "sampling/matches": Source(matches, in_thread=True),
}
