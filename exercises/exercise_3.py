"""Exercise 3: ablation.

Goal: find out how much each gate of a trained LSTM matters: clamp it (hold it at a value), measure the loss.
Given: a trained network. net.weights["Wf"] (H, H + D) and net.weights["bf"] (H,) belong to f, and so on for i
and o; what is written into them with [...] = changes the network. ids are characters as numbers, (T,).

    python -m exercises check 3
    python -m exercises hint 3
"""

import copy

import numpy as np


def held(net, gate, value):
    """A network like `net` whose gate ("f", "i" or "o") is always `value`, 0 to 1, or (H,) one for each unit.

    `net` itself stays as it is.
    """
    # GAP 1: a gate is σ(W · [h, x] + b). Which W and b make it the same at every step?
    raise NotImplementedError("gap 1")


def loss_per_character(net, ids):
    """The loss of a network on ids (T,), in nats per character it had to predict."""
    # GAP 2: each character is asked to predict the next; net.forward(inputs, targets) sums over steps.
    raise NotImplementedError("gap 2")


def gate_mean(net, gate, ids):
    """The mean of a gate over the steps of ids, one for each unit: (H,)."""
    # GAP 3: net.run(ids).values[gate] is (T, 1, H).
    raise NotImplementedError("gap 3")


def ablation(net, learned, held_out):
    """By how much the loss on `held_out` rises: a dict of dicts, table["f"]["0"], ["1"], ["mean"], also i, o.

    The means are those over `learned`, the text that the network was trained on.
    """
    # GAP 4: for each gate and each way: clamp it, measure the loss, and compare with the network as it is.
    raise NotImplementedError("gap 4")


# To think about: here the network was trained with the gate, and the gate was clamped afterwards. Another
# experiment trains a network without the gate. Which question does the second experiment answer? Can its
# result differ from yours?
