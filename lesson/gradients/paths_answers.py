"""What the two gradient paths ask: both paths while a slider is moved, the units once it rests."""

import base64
from typing import Any

from numpy.typing import NDArray

from lesson.frame.query import Query
from lesson.gradients.curves import curve_data, curve_ends, joined, triangle_sentence
from lesson.gradients.flows import Setup, best_carrier, digits, paths, rows
from lesson.gradients.parameters import FLOW_CELL, FORGET_BIAS, INPUT_SCALE
from lesson.gradients.ranges import flow_along, positions_of, still_flow
from lesson.gradients.sentences import carrier_sentence, paths_sentence
from lesson.widgets.inline_html import inline_html
from lesson.widgets.source import Answer
from lstm.gradients import GradientFlow
from visualization.charts.gradients import PATHS
from visualization.drawings.gradient_curves import shares_left
from visualization.drawings.gradient_units import carrying_order, unit_heat
from visualization.drawings.heat import Heat, heat

ALONG = (FORGET_BIAS, INPUT_SCALE)
GATES_OF = {"LSTM": "f", "GRU": "z"}
MOST_BACK = 50  # steps, of the sentence


def gradient_paths(query: Query) -> Answer:
    """Answer for every position of a slider, or for one setting: both paths and the sentence."""
    positions = positions_of(query, ALONG)
    setups, setting = positions.setups, positions.setting
    first = setups[0]
    flow = (
        flow_along(first, "lstm", setting, [getattr(setup, setting) for setup in setups])
        if setting
        else still_flow(first, "lstm")
    )
    shares = _shares(flow)
    ends = [joined(map(curve_ends, each.values())) for each in shares]
    curves = [{name: curve_data(one) for name, one in each.items()} for each in shares]
    frames = [
        {
            "axes": axes,
            "moving": moving,
            **_words(each, min(MOST_BACK, first.T - 1), triangle_sentence(moving)),
        }
        for each, axes, moving in zip(shares, ends, curves, strict=True)
    ]
    return {
        "common": {
            "steps": first.T,
            "still": {},
            "range": joined(ends),
        },
        "frames": positions.frames(frames),
    }


def _shares(flow: GradientFlow) -> list[dict[str, NDArray]]:
    """Return the whole and both paths at each position, as shares of the whole where the error was put in."""
    norms = map(rows, paths(flow))  # (P, T) each
    return [
        {name: shares_left(one, each[0][-1]) for name, one in zip(PATHS, each, strict=True)}
        for each in zip(*norms, strict=True)
    ]


def _words(shares: dict[str, NDArray], back: int, triangles: str) -> dict[str, str]:
    words = paths_sentence(back, float(shares["whole"][back]), float(shares["cell-state path"][back]))
    return {"alt": words, "words": f"<b>{words}</b>{triangles}"}


def units(query: Query) -> Answer:
    """Answer which units of a cell carry the error, and to how many digits the LSTM's agrees with a check."""
    (setup,) = positions_of(query, ()).setups
    cell = query.choice(FLOW_CELL)
    flow, gate = still_flow(setup, cell.lower()), GATES_OF.get(cell, "")
    order = carrying_order(flow.dh_units)
    maps = [_map("size", "log₁₀ |∂L/∂h|", unit_heat(flow.dh_units, order, "light"))]
    if gate:
        maps.append(_map(gate, f"gate {gate}", heat(flow.gates[gate], gate, order, "light")))
    words = carrier_sentence(*best_carrier(flow), setup.T - 1)
    return {
        "digits": f"the LSTM's gradient agrees with a finite difference to {digits(_of_lstm(setup)):.0f} "
        "digits",
        "alt": words,
        "words": inline_html(f"**{words}** Point at a row to see which unit it is.{_second(gate)}"),
        "units": order.tolist(),
        "maps": maps,
    }


def _of_lstm(setup: Setup) -> Setup:
    """Return what the check depends on, so that it is made once."""
    start = Setup()
    return setup._replace(radius=start.radius, update_bias=start.update_bias, measured=start.measured)


def _second(gate: str) -> str:
    return f" The second picture shows the gate {gate}, with the units in the same order." if gate else ""


def _map(symbol: str, name: str, of_units: Heat) -> dict[str, Any]:
    """Return a map as the drawing has it: a row a unit, a column a step back; colours it has already."""
    codes = of_units.codes[:, ::-1]
    return {
        "symbol": symbol,
        "name": name,
        "codes": base64.b64encode(codes.tobytes()).decode(),
        "bounds": of_units.bounds,
    }
