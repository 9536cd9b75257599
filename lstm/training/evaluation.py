"""How well a network predicts a text that it is not trained on."""

import numpy as np

from lstm.arrays import Indices
from lstm.errors import InputError
from lstm.network import Network
from lstm.readout import softmax_cross_entropy
from lstm.text import check_text, streams


def evaluate(net: Network, ids: Indices) -> float:
    """Measure the loss of a network on a text (T,), in nats per character, without changing the network.

    Long texts are read as up to 32 segments side by side, each of about 500 characters or more.  The state
    starts at zero in each: so the loss is a little higher than that of the text read in one go, by up to
    0.03 nats for the models of the course (programs: 0.29 and 0.26).
    Raises InputError for less than two characters.
    """
    ids = check_text(ids, net.input_size)
    if len(ids) < 2:
        raise InputError("A loss needs at least two characters: one to read and one to predict.")
    count = int(np.clip(len(ids) // 500, 1, 32))
    length = (len(ids) - 1) // count
    inputs = streams(ids[: length * count], count)
    targets = streams(ids[1 : length * count + 1], count)
    state, total = net.zero_state(count), 0.0
    for start in range(0, length, 200):  # a few steps at a time, to bound the memory
        reading = net.run(inputs[start : start + 200], state)
        state = reading.state
        loss, _ = softmax_cross_entropy(reading.logits, targets[start : start + 200])
        total += loss
    return total / length
