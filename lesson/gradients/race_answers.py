"""What the race asks while its sliders are moved: curves, sentence, cards and verdicts."""

from collections.abc import Sequence
from typing import Any, TypeVar

from lesson.frame.query import Query
from lesson.gradients.curves import axes_for, curve_data
from lesson.gradients.flows import Setup, halving, paths, runners
from lesson.gradients.parameters import FORGET_BIAS, INPUT_SCALE, KEEP_BIAS, RADIUS
from lesson.gradients.ranges import flows_along, moves, setups_of, still_flow
from lesson.gradients.sentences import half_life_cards, race_settings, verdicts
from lesson.widgets.inline_html import inline_html
from lesson.widgets.source import Answer
from lstm.gradients import GradientFlow
from visualization.charts.gradients import describe_flow, left_after
from visualization.drawings.gradient_curves import shares_left

ALONG = (FORGET_BIAS, RADIUS, KEEP_BIAS, INPUT_SCALE)
MOST_BACK = 50  # steps, of the sentence
T = TypeVar("T")


def race(query: Query) -> Answer:
    """Answer for every position of a slider, or for one setting.

    What the slider does not change is in common: a list below has one entry for it, else one a position.
    """
    setups, setting = setups_of(query, ALONG)
    flows = {name: _flows(name, setups, setting) for name in runners(setups[0])}
    norms = {
        name: [flow.dh if name in ("GRU", "RNN") else setups[0].norms(flow) for flow in of_runner]
        for name, of_runner in flows.items()
    }
    shares = {name: [shares_left(one) for one in of_runner] for name, of_runner in norms.items()}
    parts = [_of_lstm(setup, flow) for setup, flow in zip(setups, flows["LSTM"], strict=False)]
    still = {name: of_runner for name, of_runner in shares.items() if len(of_runner) < len(setups)}
    return {
        "common": {
            "steps": setups[0].T,
            "range": axes_for([one for of_runner in shares.values() for one in of_runner]),
            "still": {name: curve_data(one) for name, (one,) in still.items()},
            **(parts[0] if len(parts) < len(setups) else {}),
        },
        "frames": [
            {
                "axes": axes_for([_at(of_runner, k) for of_runner in shares.values()]),
                "moving": {name: curve_data(_at(shares[name], k)) for name in shares if name not in still},
                **(parts[k] if len(parts) == len(setups) else {}),
                **_words(setup, {name: _at(norms[name], k) for name in ("LSTM", "GRU", "RNN")}),
            }
            for k, setup in enumerate(setups)
        ],
    }


def _flows(name: str, setups: Sequence[Setup], setting: str) -> list[GradientFlow]:
    """Return a runner's flow at every position, or one if it is the same at all."""
    kind, setup = runners(setups[0])[name]
    is_ghost = name not in ("LSTM", "GRU", "RNN")  # with a forget bias of its own
    if not moves(kind, setting) or (is_ghost and setting == "forget_bias"):
        return [still_flow(setup, kind)]
    return flows_along(setup, kind, setting, [getattr(one, setting) for one in setups])


def _at(entries: Sequence[T], k: int) -> T:
    return entries[k] if len(entries) > 1 else entries[0]


def _of_lstm(setup: Setup, flow: GradientFlow) -> dict[str, Any]:
    """Return what is said of the LSTM alone."""
    half_lives, norms, back = halving(flow), paths(flow), setup.T - 1
    left, alone = left_after(norms.whole, back), left_after(norms.alone, back)
    return {
        "cards": half_life_cards(half_lives, setup.forget_bias),
        "head": inline_html(f"verdict, for $b_f$ = {setup.forget_bias:g} over {back} steps"),
        "verdicts": [inline_html(line) for line in verdicts(half_lives.f, left, alone)],
    }


def _words(setup: Setup, norms: dict[str, Any]) -> dict[str, str]:
    words = describe_flow(norms, min(MOST_BACK, setup.T - 1))
    return {"alt": words, "words": inline_html(f"**{words}** {race_settings(setup)}")}
