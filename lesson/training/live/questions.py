"""Guesses before a live run; their numbers are computed, from new networks and from the models' histories."""

import math

from lesson.frame.memo import memo
from lesson.training.engine.settings import RunSettings
from lesson.widgets.catalogue import model, sample_text
from lesson.widgets.question import Answer, Question
from lstm import LSTM, Vocabulary
from lstm.diagnosis.overfitting import lowest_validation
from lstm.training import evaluate

_SHORT = 4_000  # characters, over which an untrained network is measured


@memo()
def questions() -> list[Question]:
    """Ask what an untrained network loses, what more units cost, and when to stop."""
    return [_before_the_first_step(), _twice_the_units(), _when_to_stop()]


def _before_the_first_step() -> Question:
    # Of another text than the one that Replay draws with ln V beside its curve.
    text = sample_text("brackets")
    vocabulary = Vocabulary.from_text(text)
    size = len(vocabulary)
    measured = evaluate(RunSettings().network(size), vocabulary.encode(text[:_SHORT]))
    guess = math.log(size)
    why = (
        f"An untrained network gives every character about the same probability, 1 in {size}. That is a "
        f"loss of ln {size} = {guess:.2f} nats. Before any step we measured {measured:.2f}. If your network "
        f"begins far from ln V, look at its initial weights (V is the number of characters, here {size})."
    )
    return Question(
        "first_loss",
        f"the text “brackets” has {size} different characters. What is the loss before the first step, in "
        "nats per character?",
        (
            Answer(
                "zero",
                "0",
                f"The loss is 0 only for a network that is always certain and always right. {why}",
                ("0, nothing has gone wrong yet",),
            ),
            Answer("ln_V", f"About {guess:.1f}", why, ("About 4.1",)),
            Answer(
                "V",
                f"About {size}",
                f"That is how many characters there are. The loss is its logarithm. {why}",
                ("About 59",),
            ),
            Answer(
                "infinite",
                "Infinite",
                f"Only if the right character had probability 0, and softmax never gives 0. {why}",
            ),
        ),
        right="ln_V",
        covers=("picture", "verdicts", "checklist", "explanation", "checkpoint"),
    )


def _twice_the_units() -> Question:
    size = len(Vocabulary.from_text(sample_text(RunSettings.text)))
    few, many = (LSTM(size, units, size, seed=0).weights.flat.size for units in (64, 128))
    grown = 128 * (128 + size + 1) / (64 * (64 + size + 1))  # a block of weights, and its biases
    counts = (
        f"{few:,} and {many:,}: {many / few:.1f} times as many. The weights from h to the three gates and "
        "the candidate (4·H·H numbers) quadruple. The weights from the characters (4·H·V numbers) and to the "
        "characters (V·H numbers) double."
    )
    return Question(
        "twice_the_units",
        f"an LSTM for {size} characters has 64 hidden units. Another one has 128. How many times as many "
        "parameters does it have?",
        (
            Answer(
                "twice",
                "2 times",
                f"That would be so if no unit read the others. But every unit reads all of them. {counts}",
            ),
            Answer("computed", f"About {many / few:.0f} times", counts),
            Answer("four_times", "4 times", f"That is so for the weights between units alone. {counts}"),
            Answer(
                "sixteen_times",
                "16 times",
                f"An LSTM has four blocks of weights. Each becomes about {grown:.0f} times as large, so all "
                f"four together do so too. {counts}",
            ),
        ),
        right="computed",
        covers=("verdicts", "checklist", "checkpoint"),
    )


def _when_to_stop() -> Question:
    checkpoint = model("fables_gru")
    moments, epochs = checkpoint.snapshots, int(checkpoint.history["epoch"][-1])
    assert moments is not None  # all models of the catalogue have them
    best, last = lowest_validation(checkpoint.history), int(moments.step[-1])
    course = (
        f"Its training loss fell to {moments.loss[-1]:.2f} at the end. Its validation loss was lowest at "
        f"step {best.step:,} of {last:,}, in epoch {best.epoch}, with {best.loss:.2f}, and ended at "
        f"{moments.validation_loss[-1]:.2f}. From there on it predicted its training text ever better, and "
        "new text ever worse. So stop there, or keep the weights of that epoch. When you train here, a "
        "sentence beside the curves says when a run overfits."
    )
    return Question(
        "when_to_stop",
        f"our GRU read the fables {epochs} times, and its training loss fell to the end. In which part of "
        "the training was its validation loss lowest?",
        (
            Answer(
                "at_the_end",
                "At the end, like the training loss",
                f"The training loss can fall for as long as the network has room to fit its text. {course}",
                ("At the end, as the training loss was",),
            ),
            Answer("first_third", "In the first third", course),
            Answer(
                "second_third",
                "In the second third",
                f"Not there. {course}",
            ),
        ),
        right="first_third" if best.step < last / 3 else "second_third",
    )
