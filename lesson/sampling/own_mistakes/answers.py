"""What the pictures of the part *Its own mistakes* ask while their controls are moved."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lesson.frame.memo import memo
from lesson.frame.query import Query
from lesson.sampling.networks import network_named
from lesson.sampling.own_mistakes.free_answers import free
from lesson.sampling.own_mistakes.measured import ANY, LIKELIEST, NETWORKS, mistakes
from lesson.sampling.own_mistakes.sentences import Case, extra_in_words, picture_in_words, states_in_words
from lesson.sampling.parameters import MISTAKE_NETWORK, MISTAKE_PASSAGE, MISTAKE_PLACE, WRONG_RANK
from lesson.widgets.inline_html import inline_html
from lesson.widgets.source import Answer, Source
from lstm.interpret.mistakes import (
    Exchange,
    TextReading,
    distance_at_random,
    exchange,
    read_along,
    wrong_characters,
)
from lstm.sampling import beginning
from lstm.text import Vocabulary
from lstm.textstats.surprise import surprise
from visualization.drawings.loss_codes import packed

FOLLOWING = 40  # characters after the wrong one
LONGEST = int(MISTAKE_PLACE.high) + FOLLOWING + 1  # characters of a passage that are read
AXIS = (-5, 1)  # powers of ten, of the distance of states
_LEAST = 10.0 ** AXIS[0]
_BITS = 4  # the axes of surprise end at a multiple of it


class PassageReading(NamedTuple):
    """A passage, read by a network as if a line had ended before it.

    reading: with that line end, so the passage's characters have the numbers from 1; scale: by state, the
    distance at two random places of the whole held-out text.
    """

    text: str
    reading: TextReading
    scale: Mapping[str, float]


def passage_text(number: int) -> str:
    """Return a passage of the held-out fables, each from the beginning of a line, by its number from 1."""
    text = network_named(NETWORKS["LSTM"]).held_out or ""
    apart = (len(text) - 2 * LONGEST) // int(MISTAKE_PASSAGE.high)
    start = text.index("\n", (number - 1) * apart) + 1
    return text[start : start + LONGEST]


@memo(entries=40)
def read_passage(network: str, number: int) -> PassageReading:
    """Return a passage as a network reads it; network: LSTM, GRU or RNN."""
    checkpoint = network_named(NETWORKS[network]).checkpoint
    vocabulary, text = checkpoint.vocabulary, passage_text(number)
    ids = np.concatenate([vocabulary.encode(beginning(vocabulary)), vocabulary.encode(text)])
    return PassageReading(text, read_along(checkpoint.net, ids), _scale(network))


@memo(entries=3)
def _scale(network: str) -> dict[str, float]:
    trained = network_named(NETWORKS[network])
    ids = trained.checkpoint.vocabulary.encode((trained.held_out or "")[:8_000])
    states = read_along(trained.checkpoint.net, ids).states
    return {name: distance_at_random(values) for name, values in states.items()}


def mistake(query: Query) -> Answer:
    """Answer along the places, along the wrong characters, or for one setting."""
    network, number = query.choice(MISTAKE_NETWORK), int(query.number(MISTAKE_PASSAGE))
    trained, passage = network_named(NETWORKS[network]), read_passage(network, number)
    vocabulary, reading = trained.checkpoint.vocabulary, passage.reading
    positions = query.positions([MISTAKE_PLACE, WRONG_RANK])
    places = [int(one.number(MISTAKE_PLACE)) for one in positions]
    ranks = [int(one.number(WRONG_RANK)) for one in positions]
    orders = [wrong_characters(reading, place) for place in places]
    wrong = [order[rank - 1] for order, rank in zip(orders, ranks, strict=True)]
    both = exchange(trained.checkpoint.net, reading, places, wrong, FOLLOWING)
    shares = {name: values / passage.scale[name] for name, values in both.distances.items()}
    cases = [
        _case(vocabulary, reading, network, place, rank, index, extra, with_mistake)
        for place, rank, index, extra, with_mistake in zip(
            places, ranks, wrong, both.extra, both.with_mistake, strict=True
        )
    ]
    frames = [
        _frame(case, vocabulary.decode(order), {name: values[k] for name, values in shares.items()})
        for k, (case, order) in enumerate(zip(cases, orders, strict=True))
    ]
    return {"common": _common(network, passage, both), "frames": frames}


def _common(network: str, passage: PassageReading, both: Exchange) -> dict[str, Any]:
    """Return what all frames share: the text, its surprise, the axes, and the means of many places."""
    reading, kinds = passage.reading, (LIKELIEST, ANY)
    return {
        "text": passage.text,
        "intact": _packed(surprise(reading.probabilities[:-1], reading.ids[1:])),
        "top": _ceiling(max(both.with_mistake.max(), both.without.max())),
        "low": -_ceiling(-both.extra.min()),
        "means": {kind: _mean(network, kind) for kind in kinds},
        "steps": FOLLOWING + 1,
        "medians": {kind: _medians(network, kind) for kind in kinds},
        "axes": AXIS,
        "range": AXIS,
    }


def _frame(case: Case, order: str, shares: Mapping[str, NDArray]) -> dict[str, Any]:
    """Return the picture and the words of a case; order: the wrong characters there, by their rank."""
    return {
        "place": case.place,
        "wrong": case.wrong,
        "order": order,
        "kind": case.kind,
        "withMistake": _packed(case.with_mistake),
        "extra": _packed(case.extra),
        "moving": {f"|Δ{name}|": _curve(values) for name, values in shares.items()},
        "says": picture_in_words(case),
        "words": inline_html(extra_in_words(case)),
        "alt": states_in_words(shares),
    }


def _case(
    vocabulary: Vocabulary,
    reading: TextReading,
    network: str,
    place: int,
    rank: int,
    wrong: int,
    extra: NDArray,
    with_mistake: NDArray,
) -> Case:
    chars, ids = vocabulary.chars, reading.ids
    return Case(
        network, place, rank, len(chars) - 1, LIKELIEST if rank == 1 else ANY, chars[ids[place]],
        chars[wrong], float(reading.probabilities[place - 1, wrong]), chars[ids[place + 1]], extra,
        with_mistake,
    )  # fmt: skip


def _mean(network: str, kind: str) -> dict[str, str]:
    """Return the means at each character, and between which the middle half of the places is."""
    row = mistakes()[network, kind]
    return {name: _packed(getattr(row, name)[:FOLLOWING]) for name in ("mean", "low", "high")}


def _medians(network: str, kind: str) -> dict[str, Any]:
    """Return the curves of the states in the median of all places."""
    medians = mistakes()[network, kind].distance
    return {f"|Δ{name}|, median": _curve(values[: FOLLOWING + 1]) for name, values in medians.items()}


def _curve(shares: ArrayLike) -> dict[str, Any]:
    """Return a curve as the drawing has it, up to where it leaves the axis."""
    values = np.asarray(shares, float)
    inside = values >= _LEAST
    length = len(values) if inside.all() else int(inside.argmin())
    end = None if length == len(values) else {"up": False, "says": "below 0.00001"}
    logs = np.rint(100 * np.log10(values[:length])).astype(int).tolist()
    return {"logs": logs, "start": 0, "before": "", "end": end}


def _packed(values: Sequence[float] | NDArray) -> str:
    """Return numbers as the drawing has them: hundredths, two bytes each; what is larger is cut."""
    codes = np.clip(np.rint(100 * np.asarray(values, float)), -32768, 32767)
    return packed(codes.astype("<i2"))


def _ceiling(bits: float) -> int:
    """Return the end of an axis."""
    return _BITS * max(1, int(np.ceil(bits / _BITS)))


ANSWERS: Mapping[str, Source] = {
    "sampling/mistake": Source(mistake, in_thread=True),
    "sampling/free": Source(free, in_thread=True),
}
