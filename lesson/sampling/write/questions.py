"""Questions about what a network writes; their numbers are computed."""

import numpy as np

from lesson.frame.memo import memo
from lesson.sampling.networks import network_named
from lesson.sampling.write.passages import Draw, write
from lesson.widgets.questions import Answer, Question
from lstm.textstats.repetition import repeated_share

_LENGTH, _SEEDS = 600, (1, 2)


@memo()
def write_questions() -> list[Question]:
    """Return the questions about temperature."""
    return [_repeats(), _half()]


def _repeats() -> Question:
    fables = network_named("fables")
    shares = {
        temperature: np.mean(
            [
                repeated_share(write(fables, Draw(temperature=temperature, length=_LENGTH, seed=seed)).text)
                for seed in _SEEDS
            ]
        )
        for temperature in (0.0, 0.5, 1.5)
    }
    result = (
        f"Measured over {_LENGTH:,} characters of the fables: at temperature 0, {shares[0.0]:.0%} of its "
        f"pieces of 20 characters had stood there before, at 0.5 {shares[0.5]:.0%}, at 1.5 "
        f"{shares[1.5]:.0%}. Who always takes the likeliest character comes back to where they were, and "
        "from there everything is the same again."
    )
    return Question(
        "zero_temperature",
        "at temperature 0 the network always takes the likeliest character. What will it write?",
        (
            Answer(
                "best_text",
                "Its best text",
                f"Each character is the likeliest, and the text is not. {result}",
            ),
            Answer("same_phrase", "The same phrase again and again", result),
            Answer(
                "beginning", "The beginning of its text, by heart", f"It has no text, only weights. {result}"
            ),
        ),
        right="same_phrase",
    )


def _half() -> Question:
    texts = [write(network_named("fables"), Draw(temperature=t, length=200, seed=1)).text for t in (0.8, 1.0)]
    differs = next(k for k, (a, b) in enumerate(zip(*texts, strict=True)) if a != b)
    after = [text[differs:] for text in texts]
    same = np.mean([a == b for a, b in zip(*after, strict=True)])
    chance = sum(after[0].count(char) * after[1].count(char) for char in set(after[0])) / len(after[0]) ** 2
    result = (
        f"With seed 1 the fables at 0.8 and at 1.0 agree for {differs} characters. Then one draw falls "
        f"differently, the memory holds something else, and after it only {same:.0%} of the characters are "
        f"the same; by chance, from how frequent each is, it would be {chance:.0%}."
    )
    return Question(
        "same_luck",
        "two texts of one network and one seed, at temperature 0.8 and at 1.0. How alike are they?",
        (
            Answer("alike_at_first", "Alike at first, then never again", result),
            Answer(
                "different",
                "Different from the first character on",
                f"The luck is the same, and most draws fall the same way at both. {result}",
            ),
            Answer(
                "single_characters",
                "Alike but for single characters",
                f"So it would be without a memory. {result}",
            ),
        ),
        right="alike_at_first",
    )
