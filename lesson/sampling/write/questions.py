"""Questions about what a network writes; their numbers are measured."""

import numpy as np

from lesson.frame.memo import memo
from lesson.sampling.measured import LONG_RUN, LOOP_LENGTH, PAIR_SEEDS, loops, pairs
from lesson.sampling.networks import network_named
from lesson.sampling.write.passages import Draw, write
from lesson.widgets.question import Answer, Question
from lstm.textstats.repetition import repeated_share
from visualization.text import join_words

# What is covered: any text and what is said of it, texts of a draw that nearly always takes the likeliest
# character, the drawers with more texts, and what is said of temperatures in general.
TEXT, GREEDY_TEXT, DRAWERS, RANGES = "text", "greedy-text", "drawers", "ranges"
_LENGTH, _SEEDS, _PIECE = 600, (1, 2), 20


@memo()
def write_questions() -> list[Question]:
    """Return the questions about temperature."""
    return [_repeats(), _same_seed()]


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
        f"Measured over {_LENGTH:,} characters: at temperature 0, {shares[0.0]:.0%} of the {_PIECE}-grams "
        f"({_PIECE} characters in a row) repeat an earlier one. At 0.5 it is {shares[0.5]:.0%}, and at "
        f"1.5 it is {shares[1.5]:.0%}. Always taking the likeliest character usually leads back to nearly "
        f"the same state, and from there the text repeats. {loops_in_words()}"
    )
    return Question(
        "zero_temperature",
        "at temperature 0 the fables model always takes the likeliest character. What will it write?",
        (
            Answer("best_text", "Its best text", f"Likely characters do not make a good text. {result}"),
            Answer(
                "same_phrase",
                "One phrase, again and again",
                result,
                former=("The same phrase again and again",),
            ),
            Answer(
                "beginning",
                "Its training text",
                f"The network stores weights, not the text. {result}",
                former=("The beginning of its text, by heart",),
            ),
        ),
        right="same_phrase",
        covers=(GREEDY_TEXT, DRAWERS, RANGES),
    )


def loops_in_words() -> str:
    """Say which of the course's models end in a loop at temperature 0."""
    all_loops = loops()
    others = [name for name, loop in all_loops.items() if not loop]
    count, within = len(all_loops) - len(others), f"within {LOOP_LENGTH:,} characters"
    if not others:
        return f"All {count} models of the course end in a loop {within}."
    verb = "does" if len(others) == 1 else "do"
    return f"{count} of {len(all_loops)} models end in a loop {within}; {join_words(others)} {verb} not."


def _same_seed() -> Question:
    fables, everywhere = pairs()["fables"], [one.long_runs for one in pairs().values()]
    result = (
        f"Measured with {PAIR_SEEDS} seeds: the first {fables.first} characters of the two texts agree "
        "(median). Then one draw gives another character, and from there the network's state differs too. "
        f"After that, the two texts have the same character at {fables.same:.0%} of the places. By chance "
        f"it would be {fables.chance:.0%}: as many as in two unrelated texts with the same character "
        f"frequencies. The texts can agree again later: in {fables.long_runs:.0%} of the pairs at least "
        f"{LONG_RUN} characters in a row are the same once more. In the other models this happens in up to "
        f"{max(everywhere):.0%} of the pairs."
    )
    return Question(
        "same_luck",
        "the fables model writes two texts with the same random numbers, at temperature 0.8 and at 1.0. How "
        "alike are they?",
        (
            Answer(
                "alike_at_first",
                "Alike at first, then mostly different",
                result,
                former=("Alike at first, then never again",),
            ),
            Answer(
                "different",
                "Different from the first character on",
                "With the same random numbers most draws give the same character at both temperatures. "
                f"{result}",
            ),
            Answer(
                "single_characters",
                "Alike except for single characters",
                "That would need a network whose state does not depend on the characters that it wrote. "
                f"{result}",
                former=("Alike but for single characters",),
            ),
        ),
        right="alike_at_first",
        covers=(TEXT, DRAWERS),
    )
