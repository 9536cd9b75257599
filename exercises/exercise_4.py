"""Exercise 4: long-range recall.

Goal: a network that names the first symbol of a sequence after 20 steps of noise, right in 95 of 100 cases.
Given: LSTM, Adam, the loop's arguments.  Symbols are numbers from 0 to symbols − 1; the number `symbols`
itself is the question mark.  Letters: T = gap + 2 steps, B sequences.
The check trains with your functions and SETTINGS, in some seconds, and must be done within a minute.

    python -m exercises check 4
    python -m exercises hint 4
"""

import numpy as np

from lstm import LSTM
from lstm.optimisers import Adam

# Yours to change.
SETTINGS = {"updates": 400, "learning_rate": 0.003, "max_norm": 1.0}


def make_batch(rng, batch_size, gap, symbols):
    """inputs, targets, each (gap + 2, batch_size): a symbol, `gap` symbols of noise, the question mark.

    targets: −1 (no target), except in the last row: there the target is the first symbol.
    """
    # GAP 1: rng.integers(0, symbols, shape) draws symbols.
    raise NotImplementedError("gap 1")


def accuracy(net, inputs, targets):
    """The share of sequences, 0 to 1, in which the most probable answer to the question is the right one."""
    # GAP 2: net.run(inputs).logits is (T, B, V); only the last step has a target.
    raise NotImplementedError("gap 2")


def new_network(symbols, seed):
    """A new LSTM for the task, with symbols + 1 inputs and outputs and no more than 20 hidden units."""
    # GAP 3: LSTM(input_size, hidden_size, output_size, seed=…, forget_bias=…); left out, the bias is 1:
    # after 20 steps σ(b_f) ** 20 of C is left.
    raise NotImplementedError("gap 3")


def train(net, draw, updates, learning_rate, max_norm):
    """Train net in place with Adam; a list of the losses, one for each update, before it.

    draw() gives a fresh batch: inputs, targets.
    """
    adam = Adam(net.weights.flat.size, net.dtype)
    gradients = net.gradients.flat  # all gradients as one vector, filled by net.backward
    losses = []
    # GAP 4: each update: a fresh batch, net.forward from states of zeros, net.backward(clip=None), clipping
    # by norm (in place: gradients *= …), adam.step(net.weights.flat, gradients, learning_rate).
    raise NotImplementedError("gap 4")


# To think about: a plain RNN can learn to recall over 100 steps if the gap grows slowly from 5
# (lstm.recall.experiment.curriculum). So it can remember a symbol for 100 steps. Why does it not learn this
# from long sequences alone?
