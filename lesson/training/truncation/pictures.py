"""Curves and bars of the part as its drawings have them: places in thousandths of an axis, with their names.

`assets/truncation/chart.js` turns them into pixels.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lesson.training.parameters import NEVER
from lesson.training.truncation.measured import ContextLosses, GradientCost, Quantiles, StateCost
from visualization.numbers import number

WHOLE = 1000  # an axis
_LAST = 930  # where the longest cut is; beyond it is room for none
_LOW = 250  # a line below that has its name above it, on the left, where the curve is high
_TICKS = (1, 5, 10, 50, 100, 400)
_CONTEXT_TICKS = (1, 2, 5, 10, 20, 50, 100, 200)

_CANDIDATES = {"c": "C_tilde", "h": "h_tilde"}  # by the letter of their weights

Chart = dict[str, Any]


def place(count: float, most: float, end: int = _LAST) -> int:
    """Return where a number of characters is on a logarithmic axis from 1 to the most."""
    return round(end * math.log(count) / math.log(most))


def place_of_cut(cut: str) -> int:
    """Return where a position of the slider is."""
    return WHOLE if cut == NEVER else place(int(cut), max(_TICKS))


def height(value: float, low: float, high: float) -> int:
    """Return where a value is on an axis, from its lower end."""
    return round(WHOLE * (value - low) / (high - low))


def loss_top(losses: Iterable[float]) -> float:
    """Return the upper end of an axis of losses: the next half."""
    return math.ceil(2 * max(losses)) / 2


def loss_bottom(losses: Iterable[float]) -> float:
    """Return the lower end of an axis of losses: the next half below."""
    return math.floor(2 * min(losses)) / 2


def state_chart(cost: StateCost) -> Chart:
    """Return the curve of the loss over the characters between two resets."""
    top = loss_top(cost.by_reset.values())
    points = [[place_of_cut(str(cut)), height(loss, 0, top)] for cut, loss in cost.by_reset.items()]
    return {
        "title": "State reset every k: loss on held-out text",
        "x": _cut_ticks(),
        "y": _loss_ticks(0, top),
        "bands": [],
        "lines": [{"look": "loss", "points": points}],
        "levels": [
            {
                "at": (level := height(cost.carried, 0, top)),
                "name": f"carried on: {number(cost.carried)}",
                "side": "left" if level < _LOW else "right",
            }
        ],
    }


def state_dot(cost: StateCost, cut: str) -> int:
    """Return how high the point of a cut is on that curve."""
    return height(cost.at(cut), 0, loss_top(cost.by_reset.values()))


def gradient_chart(cost: GradientCost) -> Chart:
    """Return the curve of the cosine over the characters between two cuts: median, quartiles, extremes."""
    cosine, low = cost.cosine["cell"], _lowest(cost)

    def band(lower: str, upper: str) -> list[list[int]]:
        return [
            [place_of_cut(str(cut)), *(height(getattr(q, end), low, 1) for end in (lower, upper))]
            for cut, q in cosine.items()
        ]

    median = [[place_of_cut(str(cut)), height(q.median, low, 1)] for cut, q in cosine.items()]
    marks = [value / 2 for value in range(math.ceil(2 * low), 3)]
    return {
        "title": "Gradient cut every k: cosine with the whole one",
        "x": _cut_ticks(),
        "y": [[height(mark, low, 1), number(mark, 1)] for mark in marks],
        "bands": [
            {"look": "faint", "points": band("low", "high")},
            {"look": "strong", "points": band("lower", "upper")},
        ],
        "lines": [{"look": "gradient", "points": [*median, [WHOLE, WHOLE]]}],
        "levels": [],
    }


def _lowest(cost: GradientCost) -> float:
    """Return the lower end of the axis of cosines: 0, or less if any is."""
    return min(0.0, math.floor(2 * min(q.low for q in cost.cosine["cell"].values())) / 2)


def gradient_dot(cost: GradientCost, cut: str) -> int:
    """Return how high the point of a cut is on that curve."""
    return WHOLE if cut == NEVER else height(cost.cosine["cell"][int(cut)].median, _lowest(cost), 1)


def block_rows(cost: GradientCost, cut: str) -> list[dict[str, Any]]:
    """Return a row for each block of weights: its symbol, its columns, cosine and length as bars."""
    return [_block_row(name, cost, cut) for name in cost.blocks]


def _block_row(name: str, cost: GradientCost, cut: str) -> dict[str, Any]:
    cosine, length = (1.0, 1.0) if cut == NEVER else medians(name, cost, int(cut))
    return {
        "name": block_symbol(name), "colour": colour_of_block(name, cost), "columns": block_columns(name),
        "cosine": [max(0, round(WHOLE * cosine)), number(cosine)],
        "length": [min(WHOLE, round(WHOLE * length)), number(length)],
    }  # fmt: skip


def medians(block: str, cost: GradientCost, cut: int) -> tuple[float, float]:
    """Return the medians of cosine and length of a block."""
    return cost.cosine[block][cut].median, cost.length[block][cut].median


def block_symbol(name: str) -> str:
    """Return the symbol of a block's matrix: W_f, W_C, of the GRU W_h."""
    letter = name.split()[0]
    return f"W_{'C' if letter == 'c' else letter}"


def colour_of_block(name: str, cost: GradientCost) -> str:
    """Return the id of the symbol whose colour a block has."""
    letter, is_rnn = name.split()[0], len(cost.blocks) == len("hx")
    return "h" if is_rnn else _CANDIDATES.get(letter, letter)


def block_columns(name: str) -> str:
    """Return which columns of its matrix a block is: those for h or for x."""
    return name.split()[1]


def length_chart(by_length: Mapping[int, Sequence[ContextLosses]], chosen: int) -> Chart:
    """Return a curve for each length of training: the mean loss of its seeds over what can be seen."""
    means = {length: mean_losses(runs) for length, runs in by_length.items()}
    losses = [loss for mean in means.values() for loss in mean.values()]
    whole = mean_whole(by_length[chosen])
    low, top = loss_bottom([*losses, whole]), loss_top(losses)
    most = max(means[chosen])

    def at(loss: float) -> int:
        return height(loss, low, top)

    def points(losses: Mapping[int, float]) -> list[list[int]]:
        return [[place(k, most, WHOLE), at(loss)] for k, loss in losses.items()]

    others = [
        {"look": "other", "points": points(mean), "dash": k, "name": f"trained with {length}"}
        for k, (length, mean) in enumerate(means.items())
        if length != chosen
    ]
    seeds = [{"look": "seed", "points": points(run.by_context)} for run in by_length[chosen]]
    here = place(chosen, most, WHOLE)
    return {
        "title": "Only the last k characters can be seen: loss on held-out text",
        "x": [[place(k, most, WHOLE), str(k)] for k in _CONTEXT_TICKS],
        "y": _loss_ticks(low, top),
        "bands": [],
        "lines": [*others, *seeds, {"look": "loss", "points": points(means[chosen])}],
        "levels": [{"at": at(whole), "name": f"everything before: {number(whole)}", "side": "right"}],
        "mark": [here, f"trained with {chosen}"],
        "gap": [here, at(means[chosen][chosen]), at(whole)],
    }


def mean_whole(runs: Sequence[ContextLosses]) -> float:
    """Return the mean loss of several networks that see everything before."""
    return sum(run.whole for run in runs) / len(runs)


def mean_losses(runs: Sequence[ContextLosses]) -> dict[int, float]:
    """Return the mean loss of several networks, by what they can see."""
    return {k: sum(run.by_context[k] for run in runs) / len(runs) for k in runs[0].by_context}


def _cut_ticks() -> list[list[Any]]:
    return [*([place_of_cut(str(k)), str(k)] for k in _TICKS[:-1]), [WHOLE, NEVER]]


def _loss_ticks(low: float, top: float) -> list[list[Any]]:
    every = 1.0 if top - low > 2 else 0.5
    first, last = math.ceil(low / every), math.floor(top / every)
    return [[height(k * every, low, top), number(k * every, 1)] for k in range(first, last + 1)]


def spread(quantiles: Quantiles) -> str:
    """Say between which numbers something lies."""
    return f"from {number(quantiles.low)} to {number(quantiles.high)}"
