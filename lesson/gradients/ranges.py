"""Gradients along a slider's whole range: every value of one setting in one batch."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from lesson.frame.memo import memo
from lesson.frame.parameters import Number
from lesson.frame.query import ALONG, Query
from lesson.gradients.flows import Setup
from lesson.gradients.parameters import (
    DRAWS,
    FORGET_BIAS,
    HIDDEN_UNITS,
    INPUT_SCALE,
    MEASURED,
    RADIUS,
    SEED,
    START,
    STEPS,
    UPDATE_BIAS,
)
from lstm.gradient_ranges import flow_over_biases, flow_over_factors, flow_over_inputs
from lstm.gradients import GradientFlow

# Which setting each slider changes, and of which kinds of cells the gradients.
SETTING_OF: Mapping[Number, str] = {
    FORGET_BIAS: "forget_bias", RADIUS: "radius", UPDATE_BIAS: "update_bias", INPUT_SCALE: "scale",
}  # fmt: skip
_KINDS = {
    "forget_bias": {"lstm"}, "radius": {"rnn"}, "update_bias": {"gru"}, "scale": {"lstm", "gru", "rnn"},
}  # fmt: skip
_START = Setup()
NEAR = 6  # positions to both sides that are asked for while a key moves a slider of LSTMs: an LSTM costs most


class Positions(NamedTuple):
    """The settings for which is asked: at the positions along a slider, or a single one.

    setting: what the slider changes, "" for a single one.  places: of the settings on the slider, which has
    `count` positions.
    """

    setups: list[Setup]
    setting: str = ""
    places: range = range(1)
    count: int = 1

    def frames(self, frames: Sequence[dict[str, Any]]) -> list[dict[str, Any] | None]:
        """Return a frame for each position of the slider, None where none was asked for."""
        at_all: list[dict[str, Any] | None] = [None] * self.count
        for place, frame in zip(self.places, frames, strict=True):
            at_all[place] = frame
        return at_all


def positions_of(query: Query, controls: Sequence[Number]) -> Positions:
    """Return the settings for which a query asks; controls: those that have answers along them."""
    query.positions(controls)  # raises for any other control
    setup, along = _setup(query), query.values.get(ALONG, "")
    for control in controls:
        if control.name == along:
            setting, places = SETTING_OF[control], query.nearby(control)
            setups = [setup._replace(**{setting: control.grid[place]}) for place in places]
            return Positions(setups, setting, places, len(control.grid))
    return Positions([setup])


def _setup(query: Query) -> Setup:
    return Setup(
        forget_bias=query.number(FORGET_BIAS),
        T=int(query.number(STEPS)),
        radius=query.number(RADIUS),
        update_bias=query.number(UPDATE_BIAS),
        scale=query.number(INPUT_SCALE),
        H=int(query.choice(HIDDEN_UNITS)),
        seed=int(query.number(SEED)),
        measured=query.choice(MEASURED)[-1],
        start=DRAWS[query.choice(START)],
    )


def moves(kind: str, setting: str) -> bool:
    """Return whether a setting changes the gradients of a kind of cell; "" changes nothing."""
    return bool(setting) and kind in _KINDS[setting]


def still_flow(setup: Setup, kind: str) -> GradientFlow:
    """Compute the flow of a cell that stays as it is while others are moved: once for all of their moves."""
    others = {name: getattr(_START, name) for name, kinds in _KINDS.items() if kind not in kinds}
    return _flow(setup._replace(**others, measured=_START.measured), kind)


@memo(entries=60)
def _flow(setup: Setup, kind: str) -> GradientFlow:
    return setup.flow(kind)


def flow_along(setup: Setup, kind: str, setting: str, values: Sequence[float]) -> GradientFlow:
    """Compute the flows of one kind of cell for each of P values of a setting that moves it, (T, P, H)."""
    if not moves(kind, setting):
        raise ValueError(f"{setting} changes nothing of {kind}")
    x, seed = setup.inputs(), setup.seed
    match setting:
        case "forget_bias":
            return flow_over_biases(setup._replace(forget_bias=0.0).cell(kind), "f", values, x, seed)
        case "update_bias":
            return flow_over_biases(setup._replace(update_bias=0.0).cell(kind), "z", values, x, seed)
        case "radius":
            return flow_over_factors(setup._replace(radius=1.0).cell(kind), values, x, seed)
    inputs = np.stack([setup._replace(scale=value).inputs() for value in values])  # (P, T, D)
    return flow_over_inputs(setup.cell(kind), inputs, seed)
