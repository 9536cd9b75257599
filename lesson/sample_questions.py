"""Guesses on the sampling page; their numbers are computed."""

import numpy as np
import streamlit as st

from lesson.questions import Question
from lesson.sources import source
from lesson.writing import Draw, write
from lstm.repetition import repeated

_LENGTH, _SEEDS = 600, (1, 2)


@st.cache_resource(show_spinner=False)
def write_questions() -> list[Question]:
    """What temperature does."""
    return [_repeats(), _half()]


def _repeats() -> Question:
    shares = {
        temperature: np.mean(
            [
                repeated(
                    write(source("fables"), Draw(temperature=temperature, length=_LENGTH, seed=seed)).text
                )
                for seed in _SEEDS
            ]
        )
        for temperature in (0.0, 0.5, 1.5)
    }
    found = (
        f"Measured over {_LENGTH:,} characters of the fables: at temperature 0, {shares[0.0]:.0%} of its "
        f"pieces of 20 characters had stood there before, at 0.5 {shares[0.5]:.0%}, at 1.5 "
        f"{shares[1.5]:.0%}. Who always takes the likeliest character comes back to where they were, and "
        "from there everything is the same again."
    )
    return Question(
        "zero_temperature",
        "at temperature 0 the network always takes the likeliest character. What will it write?",
        {
            "Its best text": f"Each character is the likeliest, and the text is not. {found}",
            "The same phrase again and again": found,
            "The beginning of its text, by heart": f"It has no text, only weights. {found}",
        },
        "The same phrase again and again",
    )


def _half() -> Question:
    texts = [write(source("fables"), Draw(temperature=t, length=200, seed=1)).text for t in (0.8, 1.0)]
    differs = next(k for k, (a, b) in enumerate(zip(*texts, strict=True)) if a != b)
    same = np.mean([a == b for a, b in zip(texts[0][differs:], texts[1][differs:], strict=True)])
    found = (
        f"With seed 1 the fables at 0.8 and at 1.0 agree for {differs} characters. Then one draw falls "
        f"differently, the memory holds something else, and after it only {same:.0%} of the characters are "
        "the same, hardly more than two texts of that kind have in common by chance."
    )
    return Question(
        "same_luck",
        "two texts of one network and one seed, at temperature 0.8 and at 1.0. How alike are they?",
        {
            "Alike at first, then never again": found,
            "Different from the first character on": f"The luck is the same, and most draws fall the same "
            f"way at both. {found}",
            "Alike but for single characters": f"So it would be without a memory. {found}",
        },
        "Alike at first, then never again",
    )


@st.cache_resource(show_spinner=False)
def memory_questions() -> list[Question]:
    """What gates do."""
    return []


@st.cache_resource(show_spinner=False)
def surgery_questions() -> list[Question]:
    """What happens if a gate is held."""
    return []
