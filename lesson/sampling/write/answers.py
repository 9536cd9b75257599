"""What the part Write asks while it is moved: texts, what was expected in them, and what is said of them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lesson.frame.query import Query
from lesson.sampling.networks import TrainedNetwork
from lesson.sampling.parameters import TEMPERATURE
from lesson.sampling.write import sentences
from lesson.sampling.write.controls import WritingSettings, character_of, settings_of
from lesson.sampling.write.passages import Draw, Passage, longest_text, write, write_along
from lesson.sampling.write.variations import first_characters, three_temperatures
from lesson.widgets.repetition_sentence import repetition
from lesson.widgets.source import Answer, Source
from lstm.sampling import distribution
from lstm.textstats.surprise import entropy, surprise
from visualization.drawings.expectations import ROWS, Expected, expectation_codes, tints

MOST_BITS = 8.0  # the strongest colour of a surprise


def text(query: Query) -> Answer:
    """Answer along the temperatures, or for one setting: a text, its surprises, and what was expected.

    Along them what was expected comes for the chosen character alone, else for all of them.
    """
    queries = query.positions([TEMPERATURE])
    settings = settings_of(query)
    network, draw = settings
    if len(queries) == 1:
        frames = [_frame(query, network, draw, write(network, draw), whole=True)]
    else:
        draws = [settings_of(one).draw for one in queries]
        passages = write_along(network, draw, [one.temperature for one in draws])
        rows = zip(queries, draws, passages, strict=True)
        frames = [_frame(one, network, how, passage, whole=False) for one, how, passage in rows]
    chars = network.checkpoint.vocabulary.chars
    common = {"chars": list(chars), "each": min(ROWS, len(chars)), "about": _about_length(settings)}
    return {"common": common, "frames": frames}


def _frame(
    query: Query, network: TrainedNetwork, draw: Draw, passage: Passage, whole: bool
) -> dict[str, Any]:
    with np.errstate(all="ignore"):  # the weights may be an upload's, and huge
        before, ids = passage.probabilities, passage.ids
        bits, unsure = surprise(before, ids), entropy(before)
        character = character_of(query, len(ids), least_sure(passage.start, unsure))
        rows = slice(None) if whole else slice(character, character + 1)
        after = distribution(passage.logits[rows], draw.temperature, draw.top_k, draw.top_p)
        return {
            "text": passage.text,
            "start": passage.start,
            "tints": tints(np.nan_to_num(bits), MOST_BITS),
            "at": character,
            "codes": expectation_codes(Expected(before[rows], after, ids[rows], bits[rows], unsure[rows])),
            "from": 0 if whole else character,
            "given": f"grey: as it is; coloured: at temperature {draw.temperature:.2f}{cuts(draw)}",
            "certainty": sentences.certainty(after),
            "words": _measurements(network, passage, bits),
        }


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
    return f"This network chooses among so many characters that {most} are written at most."


def three(query: Query) -> Answer:
    """Answer with three texts from the same noise."""
    return {"texts": three_temperatures(settings_of(query))}


def firsts(query: Query) -> Answer:
    """Answer with lines from the same noise after different first characters."""
    return first_characters(settings_of(query), query.values.get("firsts", ""))


ANSWERS = {
    "sampling/text": Source(text, in_thread=True),
    "sampling/three": Source(three, in_thread=True),
    "sampling/firsts": Source(firsts, in_thread=True),
}
