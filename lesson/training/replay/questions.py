"""The questions of the part Replay: what a network learns first, when it can be read, what a loss is worth.

The numbers in the replies are those of the models at hand.
"""

import re

from lesson.frame.memo import memo
from lesson.training.replay.film import Film, film_of, first_readable, settles
from lesson.training.replay.reading import ENOUGH, SENTENCE_END, sentences_begun
from lesson.widgets.catalogue import sample_text
from lesson.widgets.question import Answer, Question

ALIKE = 0.01  # nats: two losses that are nearer than that are called equal


@memo()
def questions() -> list[Question]:
    """Ask what is learned first, when it can be read, and which guesses better; measured once per server."""
    return [_what_comes_first(), _readable_from(), _which_guesses_better()]


def _what_comes_first() -> Question:
    fables = film_of("fables")
    learned, step = sample_text("fables"), fables.checkpoint.snapshots.step
    letters, words, sentences = (
        "At no step" if at is None else f"From step {step[at]:,} on"
        for at in (
            settles(fables.letters, 0.75),
            settles(fables.imitated, 0.5),
            settles([sentences_begun(text) for text in fables.texts], 0.9),
        )
    )
    rare = len(learned) / len(re.findall(SENTENCE_END, learned))
    measured = (
        f"We measured what the LSTM wrote. {letters}, its characters are about as frequent as in its "
        "training text."
    )
    whole_words = f"{words}, at least half of the words that it writes occur there."
    begun = f"{sentences}, it writes a capital letter after nine of ten sentence ends."
    return Question(
        "learns_first",
        "a network with random weights begins to read fables, character by character. What will it learn "
        "first?",
        (
            Answer(
                "sentences",
                "Where a sentence begins",
                "The rule is short: a capital after a full stop. But a "
                f"sentence ends only once in {rare:.0f} characters, so little of the loss depends on it. "
                f"{measured} {begun}",
            ),
            Answer(
                "words",
                "Whole words",
                "We see words first when we look at its texts. But a word is right only when all of "
                f"its characters are. {measured} {whole_words}",
            ),
            Answer(
                "frequencies",
                "How frequent spaces and letters are",
                "For that it needs no memory: the bias of the output layer is enough. "
                f"{measured} {whole_words} {begun}",
            ),
        ),
        right="frequencies",
        covers=("texts", "words", "expected"),
    )


def _readable_from() -> Question:
    fables = film_of("fables")
    steps, at = fables.checkpoint.snapshots.step, fables.readable
    assert at is not None  # its test says so of every model that has words
    last = (
        f"{first_readable(fables)} from which on what the model writes is readable; the one before is "
        f"{steps[at - 1]:,}. Step {steps[at]:,} is in epoch {fables.epochs[at]} of {fables.epochs[-1]}."
    )

    def answer(id: str, moment: int) -> Answer:
        measured = f"At step {steps[moment]:,}, {fables.imitated[moment]:.0%} {fables.measure.words}."
        return Answer(id, f"From step {steps[moment]:,} on", f"{measured} {last}")

    return Question(
        "readable_from",
        f"the LSTM learns from the fables for {steps[-1]:,} steps. We kept {len(steps)} moments, with one "
        f"text of each. We call a text readable if at least {ENOUGH:.0%} of its words occur in the fables. "
        "From which of these moments on is it readable?",
        (
            answer("at_once", at - 6),
            answer("early", at - 3),
            Answer(
                "measured",
                f"From step {steps[at]:,} on",
                f"{last} There {fables.imitated[at]:.0%} {fables.measure.words}, at the moment before "
                f"{fables.imitated[at - 1]:.0%}.",
            ),
            Answer(
                "at_the_end",
                f"Only at the end, at step {steps[-1]:,}",
                f"At the end, {fables.imitated[-1]:.0%} {fables.measure.words}. {last}",
            ),
        ),
        right="measured",
        covers=("texts", "words", "reading"),
        covers_ahead=("reading",),
    )


def _which_guesses_better() -> Question:
    lstm, gru = (film_of(name) for name in ("fables", "fables_gru"))
    losses = {film.name: film.checkpoint.snapshots.loss[-1] for film in (lstm, gru)}
    new = {film.name: film.checkpoint.snapshots.validation_loss[-1] for film in (lstm, gru)}
    ends = {n: f"{losses[n]:.2f} in training and {new[n]:.2f} in validation" for n in losses}
    epochs, fewer = (int(film.epochs[-1]) for film in (gru, lstm))
    return Question(
        "overfits",
        f"two networks learn from the same text. The GRU reads it {epochs} times, and its training loss ends "
        f"at {losses['fables_gru']:.2f}. The LSTM reads it {fewer} times, and its training loss ends at "
        f"{losses['fables']:.2f}. Which of them predicts new text better when its training has ended?",
        (
            Answer(
                "gru",
                "The GRU",
                f"Its training loss is lower, but that is measured on a text that it has read {epochs} "
                f"times. On text that neither of them has read, the GRU's loss is {new['fables_gru']:.2f} "
                f"nats per character and the LSTM's is {new['fables']:.2f}. {at_their_best(lstm, gru)}",
            ),
            Answer(
                "lstm",
                "The LSTM",
                f"The LSTM ends at {ends['fables']}, the GRU at {ends['fables_gru']}. "
                f"{at_their_best(lstm, gru)} Choose “fables_gru” and watch how its two curves separate.",
            ),
            Answer(
                "both",
                "Both are equally good",
                "They have the same text and the same number of units, so that could be. But the GRU ends at "
                f"{ends['fables_gru']}, the LSTM at {ends['fables']}. {at_their_best(lstm, gru)}",
                ("Both alike",),
            ),
        ),
        right="lstm",
        covers=("curves", "words", "losses"),
        covers_ahead=("losses",),
    )


def at_their_best(lstm: Film, gru: Film) -> str:
    """Say how good each of the two was at its best, and whether they are equal there.

    Not when that was: the part Live asks for it.
    """
    one, other = lstm.best, gru.best
    course = f"At its lowest the GRU's validation loss was {other.loss:.2f}, the LSTM's was {one.loss:.2f}."
    if abs(one.loss - other.loss) < ALIKE:
        verdict = (
            "So at their best they are equal. But the GRU's training went on after that, without "
            "dropout. The LSTM had a little dropout and a learning rate that fell to 0 "
            "(`assets/build/models.py`)."
        )
    else:
        verdict = f"So at its best the {'LSTM' if one.loss < other.loss else 'GRU'} is better."
    return f"{course} {verdict}"
