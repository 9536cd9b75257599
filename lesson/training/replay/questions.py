"""The questions of the part Replay: what a network learns first, and what a low training loss is worth.

The numbers in the replies are those of the models at hand.
"""

import re

from lesson.frame.memo import memo
from lesson.training.replay.film import SENTENCE_END, film_of, sentences_begun, settles, words_known
from lesson.widgets.catalogue import sample_text
from lesson.widgets.questions import Answer, Question


@memo()
def questions() -> list[Question]:
    """Ask what is learned first, and who guesses better; measured once per server."""
    return [_what_comes_first(), _who_guesses_better()]


def _what_comes_first() -> Question:
    fables = film_of("fables")
    learned, step = sample_text("fables"), fables.checkpoint.snapshots.step
    letters, words, sentences = (
        "after the end" if at is None else f"from step {step[at]:,}"
        for at in (
            settles(fables.letters, 0.75),
            settles([words_known(text, learned) for text in fables.texts], 0.5),
            settles([sentences_begun(text) for text in fables.texts], 0.9),
        )
    )
    rare = len(learned) / len(re.findall(SENTENCE_END, learned))
    alike = f"three quarters of its characters are as frequent as in its text {letters}"
    whole_words = f"half of its words are words of the text {words}"
    begun = f"nine of ten sentence ends are followed by a capital {sentences}"
    right = "How frequent spaces and letters are"
    return Question(
        "learns_first",
        "a network reads fables, character by character, from random weights. What will it learn first?",
        (
            Answer(
                "sentences",
                "Where a sentence begins",
                "It is the shortest of rules: a capital after a full stop. But a "
                f"sentence ends only once in {rare:.0f} characters, so little of the loss depends on it. "
                f"Measured in what the LSTM wrote: {begun}, and {alike}.",
            ),
            Answer(
                "words",
                "Whole words",
                "They are what we see first in its texts. But a word is right only when all of "
                f"its characters are. Measured in what the LSTM wrote: {whole_words}, and {alike}.",
            ),
            Answer(
                "frequencies",
                right,
                "For that it needs no memory: the readout's bias is enough. Measured in what the LSTM on "
                f"the fables wrote: {alike}; {whole_words}; {begun}.",
            ),
        ),
        right="frequencies",
    )


def _who_guesses_better() -> Question:
    lstm, gru = (film_of(name).checkpoint.snapshots for name in ("fables", "fables_gru"))
    ends = [
        f"{run.loss[-1]:.2f} in training and {run.validation_loss[-1]:.2f} in validation"
        for run in (lstm, gru)
    ]
    best = int(gru.validation_loss.argmin())
    rounds, fewer = (int(film_of(name).epochs[-1]) for name in ("fables_gru", "fables"))
    parted = f"The GRU was best at step {gru.step[best]:,}, with {gru.validation_loss[best]:.2f}"
    return Question(
        "overfits",
        f"on the same text, the GRU went through it {rounds} times and its training loss ended at "
        f"{gru.loss[-1]:.2f}; the LSTM went through it {fewer} times and ended at {lstm.loss[-1]:.2f}. Which "
        "of them then guessed new text better?",
        (
            Answer(
                "gru",
                "The GRU",
                f"Its training loss is lower, but that is measured on a text it has read {rounds} "
                f"times. On text that neither has read the GRU loses {gru.validation_loss[-1]:.2f} nats per "
                f"character and the LSTM {lstm.validation_loss[-1]:.2f}.",
            ),
            Answer(
                "lstm",
                "The LSTM",
                f"The LSTM ends at {ends[0]}, the GRU at {ends[1]}. {parted}; what it learned after "
                "that holds for its own text alone. Open fables_gru and watch the curves part.",
            ),
            Answer(
                "both",
                "Both alike",
                "Same text, same number of units: it could be. But the GRU ends at "
                f"{ends[1]}, the LSTM at {ends[0]}. {parted}, and has learned its own text by heart since.",
            ),
        ),
        right="lstm",
    )
