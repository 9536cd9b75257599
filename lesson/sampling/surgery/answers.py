"""What the part Gate surgery asks while it is moved: both continuations, their maps, and what is said."""

import base64
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lesson.frame.query import Query
from lesson.sampling.layers import layer_of, of_layer
from lesson.sampling.networks import TrainedNetwork, network_of
from lesson.sampling.parameters import ABLATE, CLAMP_VALUE, OPERATION, OTHER_TEXT, SWAP, SYMBOL
from lesson.sampling.surgery.ablation import losses_of
from lesson.sampling.surgery.bracket_lines import lines_closed
from lesson.sampling.surgery.controls import operation_of
from lesson.sampling.surgery.operation import (
    CONTINUED,
    MOST_UNITS,
    Operation,
    Outcome,
    carry_out,
    carry_out_along,
)
from lesson.sampling.surgery.questions import ABLATED, CLAMPED, MEMORY_GATE
from lesson.sampling.surgery.sentences import difference, price
from lesson.sampling.write.answers import least_sure
from lesson.sampling.write.controls import character_of, settings_of
from lesson.sampling.write.passages import write
from lesson.widgets.source import Answer, Source
from lesson.widgets.unknown_characters import unknown_html
from lstm import InputError
from lstm.cells import layer_suffix
from lstm.textstats.surprise import entropy
from visualization.drawings.bars import describe_next, likeliest
from visualization.drawings.heat import Heat, heat, shade_indices, unit_order
from visualization.symbols import GATES, letters_of_cell, symbol_of_letter

NAMES = ("without the operation", "with the operation")  # of the two texts
_APPEARS = "Then two continuations appear: without and with the operation."
_EMPTY = {
    ABLATE: f"Name the units to ablate, up to {MOST_UNITS}, such as 3, 17, 20-25. {_APPEARS}",
    SWAP: f"Enter the other text. {_APPEARS}",
}


def surgery(query: Query) -> Answer:
    """Answer along the value at which a gate is clamped, or for one setting: what the operation changes."""
    settings, queries = settings_of(query), query.positions([CLAMP_VALUE])
    network, passage = settings.network, write(settings.network, settings.draw)
    with np.errstate(all="ignore"):  # the weights may be an upload's, and huge
        unsure = entropy(passage.probabilities)
    character = character_of(query, len(passage.text), least_sure(passage.start, unsure))
    about = unknown_html(query.text(OTHER_TEXT), network.checkpoint.vocabulary)
    common: dict[str, Any] = {
        "text": passage.text, "start": passage.start, "at": character, "about": about,
    }  # fmt: skip
    try:
        operations = [operation_of(one, network) for one in queries]
    except InputError as error:
        return {"common": common, "frames": [{"trouble": str(error)}] * len(queries)}
    common["shows"] = subjects(operations[0])
    if operations[0].is_empty:
        missing = _EMPTY[query.choice(OPERATION)]
        return {"common": common, "frames": [{"missing": missing}] * len(queries)}
    view = _View(network, query)
    if len(operations) > 1 and operations[0].clamp:
        values = [operation.clamp.value for operation in operations if operation.clamp]
        outcomes = carry_out_along(
            network, passage, character, settings.draw, operations[0], values, [view.name]
        )
    else:
        outcomes = [carry_out(network, passage, character, settings.draw, operations[0])] * len(operations)
    common |= view.common(outcomes[0])
    return {"common": common, "frames": [view.frame(one, exact=len(outcomes) == 1) for one in outcomes]}


def subjects(operation: Operation) -> list[str]:
    """Return which questions the outcome of an operation would answer, by the names of their covers."""
    if operation.clamp:
        return [CLAMPED, MEMORY_GATE] if operation.clamp.gate in ("f", "z") else [CLAMPED]
    return [ABLATED] if operation.ablate else []


class _View:
    """What is drawn of outcomes: texts, bars, and the map of one gate or state of one layer."""

    def __init__(self, network: TrainedNetwork, query: Query) -> None:
        self._network, net = network, network.checkpoint.net
        symbols = letters_of_cell(net.kind)
        self._symbol, self._layer = query.choice(SYMBOL.among(symbols)), layer_of(query, net)
        self._state = symbols[0]
        self.name = f"{symbol_of_letter(self._symbol).id}{layer_suffix(self._layer)}"
        self._order = np.arange(net.hidden_size)
        self._first: Heat | None = None

    def common(self, outcome: Outcome) -> dict[str, Any]:
        """Return what all outcomes share: the continuation without the operation, its map and the units."""
        before = of_layer(outcome.values[0], self._layer, self._network.checkpoint.net.layers)
        self._order = unit_order(np.nan_to_num(np.tanh(before[self._state])))
        entry = symbol_of_letter(self._symbol)
        # A unit's scale is that of the first map, in both.  The colours are the page's: it has the theme.
        first = self._first = heat(
            before[entry.id], self._symbol, self._order, "light", self._symbol not in GATES
        )
        alts = [
            f"Heat map of {self._symbol}, {entry.meaning}, over {CONTINUED + 1} characters, {name}"
            for name in NAMES
        ]
        return {
            "units": self._order.tolist(), "symbol": self._symbol, "bounds": first.bounds,
            "spans": first.spans, "before": outcome.texts[0], "beforeMap": _packed(first.codes), "alts": alts,
            "names": NAMES, "scale": _SCALE if first.spans else "",
        }  # fmt: skip

    def frame(self, outcome: Outcome, exact: bool) -> dict[str, Any]:
        """Return what the operation makes of it; exact: the map has numbers, else only its colours."""
        assert self._first is not None
        chars = self._network.checkpoint.vocabulary.chars
        bars = likeliest(outcome.probabilities[1], chars, outcome.probabilities[0])
        codes = heat(outcome.values[1][self.name], self._symbol, self._order, "light").codes
        codes = codes if exact else shade_indices(codes, self._first)
        return {
            "after": outcome.texts[1], "afterMap": _packed(codes), "exact": exact,
            "first": outcome.first_difference, "rows": bars, "alt": describe_next(bars),
            "words": difference(outcome),
        }  # fmt: skip


_SCALE = "Each unit has its own colour scale. It is taken from the first map and used in both maps."


def _packed(codes: NDArray) -> str:
    return base64.b64encode(codes.tobytes()).decode()


def loss(query: Query) -> Answer:
    """Answer with what the operation costs over a whole text; "" where that can't be measured."""
    network = network_of(query)
    try:
        operation = operation_of(query, network)
    except InputError:
        return {"words": ""}
    words = price(network, operation, losses_of(network, operation))
    return {"words": f"{words} {lines_closed(network, operation)}".strip() if words else ""}


ANSWERS = {
    "sampling/surgery": Source(surgery, in_thread=True),
    "sampling/loss": Source(loss, slow=True),
}
