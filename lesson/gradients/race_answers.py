"""What the race asks while its sliders are moved: curves, sentence, cards and verdicts."""

from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray

from lesson.frame.query import Query
from lesson.gradients.curves import curve_data, curve_ends, joined, triangle_sentence
from lesson.gradients.flows import Setup, halvings, paths, rows, runners
from lesson.gradients.parameters import FORGET_BIAS, INPUT_SCALE, RADIUS, UPDATE_BIAS
from lesson.gradients.ranges import flow_along, moves, positions_of, still_flow
from lesson.gradients.sentences import half_life_cards, race_settings, start_rule, verdict_head, verdicts
from lesson.widgets.source import Answer
from lstm.gradients import GradientFlow
from visualization.charts.gradients import describe_flow
from visualization.drawings.gradient_curves import shares_left

ALONG = (FORGET_BIAS, RADIUS, UPDATE_BIAS, INPUT_SCALE)
MOST_BACK = 50  # steps, of the sentence
_SLOW = 10_000  # steps × hidden units from which a slider's range takes a tenth of a second
_CELLS = ("LSTM", "GRU", "RNN")


def race(query: Query) -> Answer:
    """Answer for every position of a slider, or for one setting.

    A list below has an entry for each position, or one for all where the slider changes nothing: what has
    one is in common.
    """
    positions = positions_of(query, ALONG)
    setups, setting = positions.setups, positions.setting
    flows = {name: _flow(name, setups, setting) for name in runners(setups[0])}
    norms = {
        name: rows(flow.dh if name in ("GRU", "RNN") else setups[0].norms(flow))
        for name, flow in flows.items()
    }
    shares = {name: [shares_left(one) for one in of_runner] for name, of_runner in norms.items()}
    curves = {name: [curve_data(one) for one in of_runner] for name, of_runner in shares.items()}
    ends = {name: [curve_ends(one) for one in of_runner] for name, of_runner in shares.items()}
    still = {name: entries[0] for name, entries in curves.items() if len(entries) < len(setups)}
    parts = _of_lstm(setups, flows["LSTM"], norms["LSTM"])
    frames = [
        {
            "axes": joined(_at(of_runner, k) for of_runner in ends.values()),
            "moving": {name: entries[k] for name, entries in curves.items() if name not in still},
            **({} if "LSTM" in still else parts[k]),
            **_words(
                setup,
                {name: _at(norms[name], k) for name in _CELLS},
                triangle_sentence({name: _at(entries, k) for name, entries in curves.items()}),
            ),
        }
        for k, setup in enumerate(setups)
    ]
    return {
        "common": {
            "steps": setups[0].T,
            "rule": start_rule(setups[0]),
            "range": joined(one for of_runner in ends.values() for one in of_runner),
            "still": still,
            **(parts[0] if "LSTM" in still else {}),
        },
        "frames": positions.frames(frames),
    }


def is_long(query: Query) -> bool:
    """Return whether the answer to a query takes a tenth of a second or more; a single setting's does not."""
    setups = positions_of(query, ALONG).setups
    return len(setups) > 1 and setups[0].T * setups[0].H >= _SLOW


def _flow(name: str, setups: Sequence[Setup], setting: str) -> GradientFlow:
    """Return a runner's flows at all positions, or one if it is the same at all."""
    kind, setup = runners(setups[0])[name]
    is_ghost = name not in _CELLS  # with a forget bias of its own
    if not moves(kind, setting) or (is_ghost and setting == "forget_bias"):
        return still_flow(setup, kind)
    return flow_along(setup, kind, setting, [getattr(one, setting) for one in setups])


def _at(entries: Sequence[Any] | NDArray, k: int) -> Any:
    return entries[k] if len(entries) > 1 else entries[0]


def _of_lstm(setups: Sequence[Setup], flow: GradientFlow, curves: NDArray) -> list[dict[str, Any]]:
    """Return what is said of the LSTM alone at each of its positions; curves: norms as drawn, (P, T)."""
    norms = paths(flow)
    return [
        {
            "cards": half_life_cards(each, setup),
            "head": verdict_head(setup),
            "verdicts": verdicts(
                setup,
                each.f,
                shares_left(curve),
                float(path[0] / whole[-1]),
            ),
        }
        for setup, each, curve, whole, path, _ in zip(
            setups, halvings(flow, norms, curves.T), curves, *map(rows, norms), strict=False
        )
    ]


def _words(setup: Setup, norms: dict[str, NDArray], triangles: str) -> dict[str, str]:
    back = min(MOST_BACK, setup.T - 1)
    if setup.measured == "C":
        named = {f"{name} (∂L/∂{'C' if name == 'LSTM' else 'h'})": norms[name] for name in _CELLS}
        words = describe_flow(named, back)
    else:
        words = describe_flow(norms, back, "∂L/∂h")
    return {"alt": words, "words": f"<b>{words}</b> {race_settings(setup)}{triangles}"}
