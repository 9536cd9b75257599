"""The judge of the variants: the textbook's network over their steps, and its finite differences."""

import numpy as np

from lstm.textbook_network import one_hot
from lstm.variants.textbook import run_variant
from tests.lstm.textbook import log_softmax, slopes


def dense(net, inputs):
    return one_hot(inputs, net.input_size) if inputs.dtype.kind == "i" else inputs


def loss(kind, x, targets, state, weights, Wy, by):
    """Summed over steps, mean over sequences; leading axes as in tests.lstm.textbook."""
    total = 0
    for step, y in zip(run_variant(kind, x, state, weights), targets, strict=True):
        log_p = log_softmax(np.matvec(Wy, step.h) + by)
        total = total - (one_hot(y, Wy.shape[-2]) * log_p).sum(axis=-1)
    return total.mean(axis=-1)


def gradients(net, inputs, targets, *state):
    """Every gradient of the textbook's loss: by the network's names of weights, and at the states."""
    kind, x = net.kind, dense(net, inputs)
    weights, Wy, by = net.equation_arguments(), net.Wy, net.by
    by_name = {
        name.replace("_", "").replace("C", "c"): slopes(
            lambda v, name=name: loss(kind, x, targets, state, weights | {name: v}, Wy, by), value, True
        )
        for name, value in weights.items()
    }
    at_states = tuple(
        slopes(
            lambda v, k=k: loss(kind, x, targets, (*state[:k], v, *state[k + 1 :]), weights, Wy, by), value
        )
        for k, value in enumerate(state)
    )
    return by_name, at_states
