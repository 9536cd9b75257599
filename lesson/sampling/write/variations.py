"""Texts from the same noise: at three temperatures, and after different first characters."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from lesson.sampling.networks import TrainedNetwork
from lesson.sampling.write.controls import WritingSettings
from lesson.sampling.write.passages import Draw, write
from lesson.sampling.write.sentences import in_bits
from lesson.widgets.repetition_sentence import repetition

THREE = (0.2, 0.8, 1.5)
MOST_LINES = 8  # first characters
_USUAL_LINES = 4  # first characters, where none are named
_SHORT = 240  # characters of each of the three
_LINE = 70  # characters after each first one
_LINE_END = "⏎"


def three_temperatures(settings: WritingSettings) -> list[dict[str, str]]:
    """Return three texts from the same noise: title, text, and what is said of each."""
    return [_at_temperature(settings, temperature) for temperature in THREE]


def _at_temperature(settings: WritingSettings, temperature: float) -> dict[str, str]:
    draw = Draw(settings.draw.prompt, temperature, None, None, _SHORT, settings.draw.seed)
    with np.errstate(all="ignore"):  # the weights may be an upload's, and huge
        passage = write(settings.network, draw)
        surprise = passage.expected(draw).surprise[passage.start :].mean()
    words = f"{repetition(passage.new_text)} The mean surprise is {in_bits(float(surprise))}."
    return {"title": str(temperature), "text": passage.new_text, "words": words}


def first_characters(settings: WritingSettings, named: str) -> dict[str, Any]:
    """Return lines from the same noise after different first characters, and how alike they are.

    named: the characters; those that the network does not know are left out.
    """
    vocabulary = settings.network.checkpoint.vocabulary
    chars = [char for char in dict.fromkeys(named) if char in vocabulary][:MOST_LINES]
    chars = chars or _usual_first_characters(settings.network)
    lines = [_line_after(char, settings) for char in chars]
    return {"chars": "".join(chars), "lines": lines, "words": _similarity(lines) if len(lines) > 1 else ""}


def _usual_first_characters(network: TrainedNetwork) -> list[str]:
    """Return the characters that the network would begin a line with most often."""
    chars = network.checkpoint.vocabulary.chars
    likely = np.argsort(-write(network, Draw(length=1)).logits[0], kind="stable")
    return [chars[k] for k in likely if chars[k] != "\n" or len(chars) == 1][:_USUAL_LINES]


def _line_after(char: str, settings: WritingSettings) -> str:
    draw = Draw(char, settings.draw.temperature, None, None, _LINE, settings.draw.seed)
    return write(settings.network, draw).text.replace("\n", _LINE_END)


def _similarity(lines: Sequence[str]) -> str:
    """Say how alike lines are that met the same noise."""
    first = lines[0]
    same = [np.mean([a == b for a, b in zip(first[1:], other[1:], strict=False)]) for other in lines[1:]]
    shares = f"{min(same):.0%} to {max(same):.0%}" if len(same) > 1 else f"{same[0]:.0%}"
    return (
        "The random numbers are the same in all lines; only the first character differs. We compared each "
        f"line with the first one: from the second character on, {shares} of the places have the same "
        "character."
    )
