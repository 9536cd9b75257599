"""The judge: networks as a loop over the textbook steps, and slopes by finite differences.

Nothing here knows the fast kernels.  The textbook broadcasts over leading axes, weights included, so
one call computes the loss for every nudged weight of a matrix at once.

Letters: T steps, B sequences, D inputs, H hidden units, V characters, N nudges.
"""

import numpy as np

from lstm.equations import gru_step, lstm_step, rnn_step
from lstm.network import Network

STEPS = {"rnn": rnn_step, "gru": gru_step, "lstm": lstm_step}
STATES = {"rnn": ("h",), "gru": ("h",), "lstm": ("h", "C")}
NUDGE = 1e-3


def one_hot(indices, size):
    """Indices (...) as vectors (..., size)."""
    return np.eye(size)[indices]


def walk(kind, x, state, weights):
    """Every step over x (T, ..., D), as the textbook's named tuples."""
    for x_t in x:
        step = STEPS[kind](x_t, *state, **weights)
        state = tuple(getattr(step, name) for name in STATES[kind])
        yield step


def log_softmax(logits):
    return logits - np.logaddexp.reduce(logits, axis=-1, keepdims=True)


def loss(kind, x, targets, state, weights, Wy, by):
    """The network's loss on x (T, B, D) and targets (T, B): summed over steps, mean over sequences.

    State and weights may have leading axes of nudges, (N, B, H) and (N, 1, ...): then it is (N,).
    """
    total = 0.0
    for step, asked in zip(walk(kind, x, state, weights), targets, strict=True):
        log_p = log_softmax(np.matvec(Wy, step.h) + by)  # (..., B, V)
        at_target = np.take_along_axis(
            log_p, np.broadcast_to(asked[:, None], (*log_p.shape[:-1], 1)), axis=-1
        )[..., 0]
        total = total - np.where(asked >= 0, at_target, 0).mean(axis=-1)
    return total


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
