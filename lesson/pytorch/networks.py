"""The networks that the page sends: their state_dict, their loss, what they expect after a prompt."""

import numpy as np
from numpy.typing import NDArray

from lesson.frame.memo import memo
from lesson.pytorch.parameters import MODELS, PROMPT
from lesson.widgets.catalogue import model, sample_text
from lstm.exchange import to_torch
from lstm.network import Network
from lstm.storage.checkpoint import Checkpoint
from lstm.text import split
from lstm.training import evaluate


def model_of(cell: str) -> Checkpoint:
    """Return the model of the course that has this cell."""
    return model(MODELS[cell])


def state_of(net: Network) -> dict[str, NDArray]:
    """Return a network's state_dict, as the file to download has it."""
    return to_torch(net, "rnn.", "readout.")


def loss_of(net: Network, cell: str = "LSTM") -> float:
    """Return a network's loss on all that the cell's model did not learn from, in nats per character."""
    checkpoint = model_of(cell)
    return evaluate(net, split(checkpoint.vocabulary.encode(sample_text(checkpoint.notes["text"])))[1])


def next_of(net: Network, cell: str = "LSTM", prompt: str = PROMPT.start) -> NDArray:
    """Return how likely each character is after a prompt of the cell's model, (V,)."""
    return np.array(net.run(model_of(cell).vocabulary.encode(prompt)).probabilities[-1, 0])


@memo(entries=50)
def next_probabilities(cell: str, prompt: str) -> NDArray:
    """Return how likely each character is after a prompt that the network can read, (V,)."""
    return next_of(model_of(cell).net, cell, prompt)
