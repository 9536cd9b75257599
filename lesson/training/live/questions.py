"""Guesses before a live run; their numbers are computed, from new networks and from the models' histories."""

import math

import numpy as np

from lesson.frame.memo import memo
from lesson.training.engine.settings import RunSettings
from lesson.widgets.catalogue import model, sample_text
from lesson.widgets.questions import Answer, Question
from lstm import LSTM, Vocabulary
from lstm.training import evaluate

_SHORT = 4_000  # characters, over which an untrained network is measured


@memo()
def questions() -> list[Question]:
    """Ask what an untrained network loses, what more units cost, and which loss to believe."""
    return [_before_the_first_step(), _twice_the_units(), _which_to_believe()]


def _before_the_first_step() -> Question:
    text = sample_text(RunSettings.text)[:_SHORT]
    vocabulary = Vocabulary.from_text(sample_text(RunSettings.text))
    size = len(vocabulary)
    measured = evaluate(RunSettings().network(size), vocabulary.encode(text))
    guess = math.log(size)
    why = (
        f"A new network finds every character about equally likely, and 1 in {size} costs ln {size} = "
        f"{guess:.2f} nats. Measured before any step: {measured:.2f}. If your own network begins far from "
        "ln V, look at its initial weights."
    )
    return Question(
        "first_loss",
        f"the fables have {size} different characters. What is the loss before the first step, in nats per "
        "character?",
        (
            Answer(
                "zero",
                "0, nothing has gone wrong yet",
                f"A loss of 0 would be a network that is always certain and always right. {why}",
            ),
            Answer("ln_V", f"About {guess:.1f}", why),
            Answer(
                "V",
                f"About {size}",
                f"That is how many characters there are; the loss is the logarithm of it. {why}",
            ),
            Answer(
                "infinite",
                "Infinite",
                f"Only if the right character were held to be impossible; softmax never gives 0. {why}",
            ),
        ),
        right="ln_V",
    )


def _twice_the_units() -> Question:
    size = len(Vocabulary.from_text(sample_text(RunSettings.text)))
    few, many = (LSTM(size, units, size, seed=0).weights.flat.size for units in (64, 128))
    counts = (
        f"{few:,} and {many:,}: {many / few:.1f} times as many. The weights from the state to the gates, "
        "4·H·H, quadruple; those from the characters and to them, 4·H·V and V·H, double."
    )
    return Question(
        "twice_the_units",
        f"an LSTM for {size} characters has 64 hidden units. How many times as many parameters has one with "
        "128?",
        (
            Answer(
                "twice",
                "2 times",
                f"So it would be if every unit had its own weights only; but it listens to all "
                f"others. {counts}",
            ),
            Answer("computed", f"About {many / few:.0f} times", counts),
            Answer("four_times", "4 times", f"So it is for the weights between units alone. {counts}"),
            Answer(
                "sixteen_times",
                "16 times",
                f"Four gates, each with four times as many weights, are four times as many. {counts}",
            ),
        ),
        right="computed",
    )


def _which_to_believe() -> Question:
    history = model("fables_gru").history
    measured = ~np.isnan(history["validation_loss"])
    validation, step = history["validation_loss"][measured], history["step"][measured]
    best = int(validation.argmin())
    course = (
        f"Its training loss ended at {history['loss'][-20:].mean():.2f}, its validation loss at "
        f"{validation[-1]:.2f}; that had been lowest at step {step[best]:,.0f}, with {validation[best]:.2f}. "
        "From there on it learned its own text by heart. The doctor says so when it happens to a run."
    )
    return Question(
        "which_loss",
        "the training loss of a run still falls. When should it be stopped?",
        (
            Answer(
                "training_loss",
                "When the training loss stops falling",
                f"It may fall for as long as the network has room to "
                f"remember the text. Our GRU on the fables: {course[0].lower()}{course[1:]}",
            ),
            Answer(
                "validation_loss",
                "When the validation loss rises",
                f"Our GRU on the fables: {course[0].lower()}{course[1:]}",
            ),
            Answer(
                "never",
                "Never: lower is better",
                f"Lower on the text it learns from; on new text it can be worse. Our "
                f"GRU on the fables: {course[0].lower()}{course[1:]}",
            ),
        ),
        right="validation_loss",
    )
