"""Guesses on the sampling page; their numbers are computed."""

import numpy as np
import streamlit as st

from lesson.ablation_part import entries, entry
from lesson.ablation_words import costs, over_all_models, without_forgetting
from lesson.bracket_words import closed, depth_unit
from lesson.operation import Operation
from lesson.questions import Question
from lesson.sources import source
from lesson.writing import Draw, read, values, write
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
    after = [text[differs:] for text in texts]
    same = np.mean([a == b for a, b in zip(*after, strict=True)])
    chance = sum(after[0].count(char) * after[1].count(char) for char in set(after[0])) / len(after[0]) ** 2
    found = (
        f"With seed 1 the fables at 0.8 and at 1.0 agree for {differs} characters. Then one draw falls "
        f"differently, the memory holds something else, and after it only {same:.0%} of the characters are "
        f"the same; by chance, from how frequent each is, it would be {chance:.0%}."
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
    return [_open_gates()]


def _open_gates() -> Question:
    chosen = source("fables")
    f = values(chosen, read(chosen, chosen.held_out[:500]))["f"]
    is_open, closed = float((f > 0.9).mean()), float((f < 0.1).mean())
    found = (
        f"Over 500 characters that it did not learn from, f of the fables is above 0.9 in {is_open:.0%} of "
        f"all cases, and below 0.1 in {closed:.0%}; its mean is {f.mean():.2f}. Most units keep most of what "
        "they hold at most characters; some are wiped at once. That is how one cell can remember for long "
        "and for short."
    )
    return Question(
        "open_gates",
        "128 units, 500 characters: how often is a trained forget gate open, above 0.9?",
        {
            "Hardly ever": f"Then nothing would be remembered for more than some characters. {found}",
            "More often than not": found,
            "Practically always": f"Then nothing would ever be forgotten. {found}",
        },
        "More often than not",
    )


@st.cache_resource(show_spinner=False)
def surgery_questions() -> list[Question]:
    """What happens if a gate is held."""
    return [_nothing_kept(), _costliest_gate(), _one_unit_less()]


def _nothing_kept() -> Question:
    found = entry("fables")
    words = without_forgetting(found)
    as_it_is = f"As it is, the fables' loss is {found['intact']:.2f}."
    return Question(
        "nothing_kept",
        "f = 0 at every character: C keeps nothing. How good is the network of the fables then?",
        {
            "It can only guess": f"It still sees the present character. {as_it_is} {words}",
            "As if it saw only one character": f"{as_it_is} {words}",
            "Nearly as good as before": f"The memory is what it had learned. {as_it_is} {words}",
        },
        "As if it saw only one character",
    )


def _one_unit_less() -> Question:
    unit = depth_unit()
    other = (unit + 1) % 128
    shares = [closed(Operation(cut=cut)) for cut in ((), (unit,), (other,))]
    as_it_is, without, without_other = (right / of for right, of in shares)
    found = (
        f"As it is, {as_it_is:.0%} of its lines close all that they open; without unit {unit}, "
        f"{without:.0%}; without its neighbour {other}, {without_other:.0%}. Most of what the network knows "
        "is spread over many units, so that one more or less hardly counts. This one it relies on."
    )
    return Question(
        "one_unit_less",
        "the bracket model has 128 units, and the hunt finds one that counts how deep it is. How many lines "
        "still close what they open when this one is cut out?",
        {
            "Nearly as many as before": f"So it is with most units. {found}",
            "Hardly more than half": found,
            "None": f"The other units know something too. {found}",
        },
        "Hardly more than half",
    )


def _costliest_gate() -> Question:
    found = entry("fables")
    cost = costs(found, "mean")
    listed = ", ".join(f"{gate} {nats:.2f}" for gate, nats in cost.items())
    words = (
        f"Held at its own mean, in nats a character it costs: {listed}. In the textbook the forget gate is "
        f"the star; here {next(iter(cost))} is missed most. {over_all_models(entries())}"
    )
    names = {"f": "f, the forget gate", "i": "i, the input gate", "o": "o, the output gate"}
    return Question(
        "costliest_gate",
        "each gate in turn stands still at its own mean, unit by unit. Which one do the fables miss most?",
        dict.fromkeys(names.values(), words),
        names[next(iter(cost))],
    )
