"""The part *Words*: every term of the course, and one loss in the three units that texts use."""

import math

from lesson.frame.glossary import glossary, note
from lesson.widgets.catalogue import model, saved_loss
from visualization.numbers import perplexity

_MODEL = "fables"


def show() -> None:
    """Show the terms, and below them a loss in nats, in bits and as perplexity."""
    glossary()
    note(loss_in_three_units())


def loss_in_three_units() -> str:
    """Write the validation loss of the fables model in nats, in bits per character and as perplexity."""
    loss = saved_loss(model(_MODEL))
    return (
        f"One loss in three units: the LSTM of the {_MODEL} has a validation loss of {loss:.2f} nats per "
        f"character. That is {loss / math.log(2):.2f} bits per character, or a perplexity of "
        f"{perplexity(loss)}."
    )
