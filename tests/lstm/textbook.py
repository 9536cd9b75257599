"""The judge: the textbook's network, and its slopes by finite differences.

Nothing here knows the fast kernels.  The textbook network broadcasts over leading axes, weights included, so
one call computes the loss for every nudged weight of a matrix at once.

Letters: T steps, B sequences, D inputs, H hidden units, V characters, N nudges.
"""

import numpy as np

from lstm import textbook_network
from lstm.network import Network
from lstm.textbook_network import one_hot

NUDGE = 1e-3


def log_softmax(logits):
    return logits - np.logaddexp.reduce(logits, axis=-1, keepdims=True)


def loss(kind, x, targets, state, weights, Wy, by):
    """The textbook network's loss on x (T, B, D) and targets (T, B): the mean over sequences.

    State and weights may have leading axes of nudges, (N, B, H) and (N, 1, ...): then it is (N,).
    """
    V = Wy.shape[-2]
    return textbook_network.network_loss(kind, x, one_hot(targets, V), state, weights, Wy, by).mean(axis=-1)


def network_loss(net, inputs, targets, *state):
    """The textbook's loss with a network's weights; inputs (T, B) or (T, B, D)."""
    return loss(net.kind, dense(net, inputs), targets, state, net.equation_arguments(), net.Wy, net.by)


def dense(net, inputs):
    """Inputs (T, B) as one-hot vectors; (T, B, D) as they are."""
    return one_hot(inputs, net.input_size) if inputs.dtype.kind == "i" else inputs


def slopes(function, value, batch_axis=False):
    """The gradient of a function at `value`, by central differences of fourth order.

    function takes (N, *value.shape) nudged values, or (N, 1, *value.shape) with `batch_axis`, where
    the missing axis is that of the sequences, and returns (N,).
    """
    eye = np.eye(value.size).reshape(value.size, *value.shape)

    def at(distance):
        nudged = value + distance * eye
        return function(nudged[:, None] if batch_axis else nudged)

    near = at(NUDGE) - at(-NUDGE)
    far = at(2 * NUDGE) - at(-2 * NUDGE)
    return ((8 * near - far) / (12 * NUDGE)).reshape(value.shape)


def gradients(net, inputs, targets, *state):
    """Every gradient of the textbook's loss: by the network's names of weights, and at the states."""
    kind, x = net.kind, dense(net, inputs)
    weights, Wy, by = net.equation_arguments(), net.Wy, net.by
    found = {}
    for name, value in weights.items():
        found[name.replace("_", "").replace("C", "c")] = slopes(
            lambda v, name=name: loss(kind, x, targets, state, weights | {name: v}, Wy, by), value, True
        )
    found["Wy"] = slopes(lambda v: loss(kind, x, targets, state, weights, v, by), Wy, True)
    found["by"] = slopes(lambda v: loss(kind, x, targets, state, weights, Wy, v), by, True)
    at_states = tuple(
        slopes(
            lambda v, k=k: loss(kind, x, targets, (*state[:k], v, *state[k + 1 :]), weights, Wy, by), value
        )
        for k, value in enumerate(state)
    )
    return found, at_states


def attributes(net):
    """What a network's attributes are at the moment, by name."""
    return {name: getattr(net, name) for name in Network.__slots__}


def assert_close(actual, expected, relative):
    """Equal up to a share of the largest number, as finite differences are."""
    scale = max(np.abs(expected).max(), 1e-3)
    np.testing.assert_allclose(actual, expected, rtol=0, atol=relative * scale)
