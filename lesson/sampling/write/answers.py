"""What the part Write asks while it is moved: texts, what was expected in them, and what is said of them."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lesson.frame.query import Query
from lesson.sampling.networks import TrainedNetwork
from lesson.sampling.parameters import CHARACTER, TEMPERATURE
from lesson.sampling.write import sentences
from lesson.sampling.write.controls import WritingSettings, character_of, settings_of
from lesson.sampling.write.passages import Draw, Passage, longest_text, write, write_along
from lesson.sampling.write.questions import GREEDY_TEXT, TEXT
from lesson.sampling.write.variations import first_characters, three_temperatures
from lesson.widgets.repetition_sentence import repetition
from lesson.widgets.source import Answer, Source
from lstm.sampling import distribution
from lstm.textstats.surprise import entropy, surprise
from visualization.drawings.expectations import ROWS, Expected, expectation_codes, tints

MOST_BITS = 8.0  # the strongest colour of a surprise
# Temperature and top p below which, and top k up to which the likeliest character comes nearly always.
GREEDY_TEMPERATURE, GREEDY_P, GREEDY_K = 0.5, 0.75, 2


def text(query: Query) -> Answer:
    """Answer along the temperatures, or for one setting: a text, its surprises, and what was expected.

    Along them what was expected comes for the chosen character alone, else for all of them.
    """
    settings, count = settings_of(query), len(query.positions([TEMPERATURE]))
    network, draw = settings
    places = query.nearby(TEMPERATURE) if count > 1 else range(1)
    draws = [replace(draw, temperature=TEMPERATURE.grid[k]) for k in places] if count > 1 else [draw]
    temperatures = [one.temperature for one in draws]
    passages = [write(network, draw)] if count == 1 else write_along(network, draw, temperatures)
    frames: list[dict[str, Any] | None] = [None] * count
    parts = []
    with np.errstate(all="ignore"):  # the weights may be an upload's, and huge
        for k, one, passage in zip(places, draws, passages, strict=True):
            frame, part = _frame(query, network, one, passage, whole=count == 1)
            frames[k] = frame | {"row": len(parts)}
            parts.append(part)
        expected = Expected(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
    chars = network.checkpoint.vocabulary.chars
    common = {
        "chars": list(chars), "each": min(ROWS, len(chars)), "about": _about_length(settings),
        "codes": expectation_codes(expected), "certainty": sentences.certainty(expected.after),
    }  # fmt: skip
    return {"common": common, "frames": frames}


def _frame(
    query: Query, network: TrainedNetwork, draw: Draw, passage: Passage, whole: bool
) -> tuple[dict[str, Any], Expected]:
    """Return what is shown of a text, and what was expected at its characters `from` to `to`."""
    before, ids = passage.probabilities, passage.ids
    bits = surprise(before, ids)
    # At the chosen character alone, if there is one: while a slider is dragged nothing else is looked at.
    chosen = bool(query.values.get(CHARACTER.name))
    start = 0 if chosen else least_sure(passage.start, entropy(before))
    at = character_of(query, len(ids), start)
    rows = slice(0, len(ids)) if whole else slice(at, at + 1)
    after = distribution(passage.logits[rows], draw.temperature, draw.top_k, draw.top_p)
    frame = {
        "text": passage.text,
        "start": passage.start,
        "tints": tints(np.nan_to_num(bits), MOST_BITS),
        "at": at,
        "from": rows.start,
        "to": rows.stop,
        "given": "grey: the network's probabilities; coloured: those of the draw, at temperature "
        f"{draw.temperature:.2f}{cuts(draw)}",
        "shows": subjects(draw),
        "words": _measurements(network, passage, bits),
    }
    return frame, Expected(before[rows], after, ids[rows], bits[rows], entropy(before[rows]))


def subjects(draw: Draw) -> list[str]:
    """Return which questions a text drawn so would answer, by the names of their covers."""
    is_greedy = (
        draw.temperature < GREEDY_TEMPERATURE
        or (draw.top_k is not None and draw.top_k <= GREEDY_K)
        or (draw.top_p is not None and draw.top_p < GREEDY_P)
    )
    return [TEXT, GREEDY_TEXT] if is_greedy else [TEXT]


def least_sure(start: int, entropies: NDArray) -> int:
    """Return where temperature has most to decide: the character from `start` on of the largest entropy."""
    return start + int(entropies[start:].argmax()) if len(entropies) > start else len(entropies) - 1


def cuts(draw: Draw) -> str:
    """Return what else than temperature changes the draw, in words."""
    values = {"top k": draw.top_k, "top p": draw.top_p}
    return "".join(f", {name} {value:g}" for name, value in values.items() if value is not None)


def _measurements(network: TrainedNetwork, passage: Passage, bits: NDArray) -> str:
    return (
        f"{sentences.speed(passage)}. {sentences.surprise_at_itself(passage, bits)} "
        f"{repetition(passage.new_text)} {sentences.share_copied(network, passage.new_text)}"
    ).strip()


def _about_length(settings: WritingSettings) -> str:
    most = longest_text(settings.network.checkpoint.vocabulary)
    if settings.draw.length <= most:
        return ""
    return f"This network has many different characters, so a text has at most {most} here."


def three(query: Query) -> Answer:
    """Answer with three texts from the same noise."""
    return {"texts": three_temperatures(settings_of(query))}


def firsts(query: Query) -> Answer:
    """Answer with lines from the same noise after different first characters."""
    return first_characters(settings_of(query), query.values.get("firsts", ""))


ANSWERS = {
    "sampling/write": Source(text, in_thread=True),
    "sampling/three": Source(three, in_thread=True),
    "sampling/firsts": Source(firsts, in_thread=True),
}
