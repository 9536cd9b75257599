"""What the pictures of the part *The RNN's product* ask while their controls are moved."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lesson.frame.query import ALONG, Query
from lesson.gradients.curves import curve_data, curve_ends, joined, triangle_sentence
from lesson.gradients.parameters import BACK, FORGET_BIAS, INPUT_SCALE, PRODUCT_SEED, RADIUS
from lesson.gradients.product import sentences
from lesson.gradients.product.challenge import verdicts
from lesson.gradients.product.plane import plane
from lesson.gradients.product.walk import STEPS, Walk, network, walk, walks
from lesson.widgets.inline_html import inline_html
from lesson.widgets.source import Answer, Source
from lstm.equations import sigmoid
from visualization.numbers import number

RNN, ALONE, PATH = "RNN", "RNN without tanh", "LSTM, cell-state path: fⁿ"  # names of the curves
_ALONG = (BACK, RADIUS, INPUT_SCALE, FORGET_BIAS)
_SETTINGS = {RADIUS.name: "radius", INPUT_SCALE.name: "scale"}
_MARK = 0.16  # steps: half the width of the mark at the step in view


def product(query: Query) -> Answer:
    """Answer for every position of a slider, or for one setting.

    What is the same at all positions is in common.
    """
    positions = query.positions(_ALONG)
    radius, scale, seed = query.number(RADIUS), query.number(INPUT_SCALE), int(query.number(PRODUCT_SEED))
    setup, setting = network(radius, scale, seed), _SETTINGS.get(query.values.get(ALONG, ""), "")
    if setting:
        values = [one.number(RADIUS if setting == "radius" else INPUT_SCALE) for one in positions]
        parts = [_of_walk(each) for each in walks(setup, setting, values)]
        checks = verdicts(setup, setting, values)
    else:
        parts = [_of_walk(walk(setup))] * len(positions)
        checks = verdicts(setup, "radius", [setup.radius]) * len(positions)
    frames = [
        _frame(*part, int(one.number(BACK)), one.number(FORGET_BIAS)) | {"check": check}
        for part, one, check in zip(parts, positions, checks, strict=True)
    ]
    ends = [frame["axes"] for frame in frames]
    common = {"steps": STEPS, "range": joined(ends), **_shared(frames)}
    return {
        "common": common,
        "frames": [{key: value for key, value in frame.items() if key not in common} for frame in frames],
    }


def _of_walk(walk: Walk) -> tuple[Walk, dict[str, NDArray]]:
    """Return a walk with the curves that depend on it alone."""
    return walk, {RNN: walk.lengths, ALONE: walk.lengths_alone}


def _frame(walk: Walk, shares: Mapping[str, NDArray], back: int, forget_bias: float) -> dict[str, Any]:
    path = sigmoid(forget_bias) ** np.arange(STEPS)
    still, moving = {name: curve_data(one) for name, one in shares.items()}, {PATH: curve_data(path)}
    words = [sentences.step_sentence(walk, back), sentences.slopes_sentence(walk, back)]
    return {
        "axes": joined(map(curve_ends, [*shares.values(), path])),
        "still": still,
        "moving": moving,
        "bands": [{"name": "now", "places": [back - _MARK, back + _MARK], "logs": [-4000, 4000]}],
        "plane": plane(walk, back),
        "ring": sentences.share(walk, max(0, back - 1)),
        "title": sentences.title(back),
        "factors": _factors(walk, back),
        "words": inline_html(" ".join(filter(None, words))) + triangle_sentence({**still, **moving}),
        "alt": sentences.curves_sentence(walk, forget_bias, back),
        "says": sentences.picture_words(walk, back),
        "gate": inline_html(sentences.gate_sentence(forget_bias, back)),
    }


def _shared(frames: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what all frames have alike."""
    first = frames[0]
    return {key: first[key] for key in first if all(frame[key] == first[key] for frame in frames)}


def _factors(walk: Walk, back: int) -> dict[str, Any] | None:
    """Return the numbers of the step in view as texts: both factors, their product, and the arrows."""
    if back == 0:
        return None
    return {
        "weights": _texts(walk.W_h.T),
        "slopes": _texts(np.diag(walk.slopes[back - 1])),
        "matrix": _texts(walk.matrices[back - 1]),
        "before": [[sentences.signed(value)] for value in walk.arrows[back - 1]],
        "after": [[sentences.signed(value)] for value in walk.arrows[back]],
        "from": str(STEPS - back + 1),
        "to": str(STEPS - back),
    }


def _texts(matrix: NDArray) -> list[list[str]]:
    return [[_text(value) for value in row] for row in matrix.tolist()]


def _text(value: float) -> str:
    """Return a number of a matrix; it has at least two digits, so that it can be multiplied again."""
    if value == 0:
        return "0"
    if abs(value) < 0.0095:
        return sentences.signed(value)
    return number(value, 2 if abs(value) >= 0.095 else 3)


ANSWERS = {"gradients/product": Source(product, in_thread=True)}
