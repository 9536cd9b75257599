"""What the picture of the exploding LSTM asks while its controls are moved."""

from collections.abc import Mapping
from typing import Any

from numpy.typing import NDArray

from lesson.frame.memo import memo
from lesson.frame.query import ALONG, Query
from lesson.gradients.curves import curve_data, curve_ends, joined, triangle_sentence
from lesson.gradients.explosion.networks import BIAS, EVERY, SCALE, STEPS_BACK, single, spread
from lesson.gradients.explosion.rnn_answers import compared_updates
from lesson.gradients.explosion.sentences import Left, growth_sentence, picture_words, slope_sentence
from lesson.gradients.flows import Setup, updates
from lesson.gradients.parameters import LSTM_BIAS, LSTM_INPUT, LSTM_UNITS, SEED, SGD_RATE
from lesson.gradients.windows import SEEDS
from lesson.widgets.inline_html import inline_html
from lesson.widgets.source import Answer

MEDIAN, LARGEST, SMALLEST, ONE, PATH = (
    f"median of {SEEDS}", "largest", "smallest", "this seed", "cell-state path",
)  # fmt: skip


def lstm_explosion(query: Query) -> Answer:
    """Answer for every position of a slider, or for one setting."""
    controls = (LSTM_BIAS, LSTM_INPUT)
    positions = query.positions(controls)
    biases = [one.number(LSTM_BIAS) for one in positions]
    scales = [one.number(LSTM_INPUT) for one in positions]
    H, seed, rate = int(query.choice(LSTM_UNITS)), int(query.number(SEED)), float(query.choice(SGD_RATE))
    if query.values.get(ALONG) == LSTM_INPUT.name:
        measured = H, SCALE, tuple(scales), biases[0]
    else:
        measured = H, BIAS, tuple(biases), scales[0]
    many, one = spread(*measured), single(*measured, seed)
    frames = []
    for k, (bias, scale) in enumerate(zip(biases, scales, strict=True)):
        curves = {
            MEDIAN: many.median[k], LARGEST: many.high[k], SMALLEST: many.low[k], ONE: one[k],
            PATH: many.path[k],
        }  # fmt: skip
        left = Left(
            *(float(each[-1]) for each in (many.median[k], many.low[k], many.high[k], one[k], many.path[k])),
            float(many.slopes[k]),
        )
        setup = Setup(T=STEPS_BACK + 1, H=H, forget_bias=bias, scale=scale, seed=seed)
        frames.append(_frame(curves, left, setup) | _update(setup, rate))
    ends = [frame["axes"] for frame in frames]
    common = {"steps": STEPS_BACK // EVERY + 1, "still": {}, "range": joined(ends)}
    return {"common": common, "frames": frames}


def _frame(curves: Mapping[str, NDArray], left: Left, setup: Setup) -> dict[str, Any]:
    moving = {name: curve_data(shares) for name, shares in curves.items()}
    words = f"{growth_sentence(left, setup.seed)} {slope_sentence(left, setup.scale > 0)}"
    return {
        "axes": joined(map(curve_ends, curves.values())),
        "moving": moving,
        "alt": picture_words(left),
        "words": inline_html(words) + triangle_sentence(moving),
    }


@memo(entries=500)
def _update(setup: Setup, rate: float) -> dict[str, Any]:
    """Return what one update of the network with the seed does."""
    return compared_updates(updates(setup, rate, kind="lstm"))
