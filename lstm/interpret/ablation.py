"""What each gate of a trained network is worth: the loss with the gate clamped, against the loss as it is.

Clamped at 0, at 1, and, unit by unit, at its own mean over a text.  The last is the fairest question: the
gate is as open as ever on average, and what is lost is only that it moves.  In a network of several layers
the gate is clamped in all of them.

It is not the question of Greff et al. 2017 (LSTM: A Search Space Odyssey), who left gates out and trained
without them: there the rest of the network learns to do without.  Here it was trained with them, and a gate
that costs much to clamp need not be one that a network could not learn to live without.

Three of the losses say less than they seem to.  With i or o at 0, or z at 1, h stays 0: whatever the
network is, only the bias of its output layer is left.  With f = 1 the memory grows for as long as it reads,
and the loss with it.  And where a clamped gate makes small differences grow, rounding decides: such a loss is
the same on another machine only roughly.
"""

from typing import NamedTuple

import numpy as np

from lstm.arrays import Array, Indices
from lstm.cells import layer_suffix
from lstm.errors import InputError
from lstm.interpret.surgery import GATES, operate
from lstm.network import Network
from lstm.readout import softmax_cross_entropy
from lstm.text import streams
from lstm.training import evaluate

CLAMP_VALUES = ("0", "1", "mean")


class Ablation(NamedTuple):
    """Losses on one text, nats per character.

    intact: of the network as it is.  one_character: with the state set to zero before every character, so
    that it sees no other.  gate_losses: with a gate clamped all along, by its letter and the value (0, 1,
    mean).
    """

    intact: float
    one_character: float
    gate_losses: dict[str, dict[str, float]]


def ablation(net: Network, ids: Indices, means_from: Indices) -> Ablation:
    """Measure a network on a text, ids (T,), as `evaluate` does; each gate of it clamped in each way.

    means_from: the text that the gates' means are taken over, best the one that it was trained on.
    A gate is clamped from a state of zeros on.  Raises InputError for less than two characters.
    """
    means = gate_means(net, means_from)

    def clamped_loss(gate: str, value: str) -> float:
        twin = net
        for layer in range(net.layers):
            mean = means[gate + layer_suffix(layer)]
            twin = operate(twin, {gate: mean if value == "mean" else int(value)}, layer=layer)
        return evaluate(twin, ids)

    gate_losses = {
        gate: {value: clamped_loss(gate, value) for value in CLAMP_VALUES} for gate in GATES[net.kind]
    }
    return Ablation(evaluate(net, ids), one_character_loss(net, ids), gate_losses)


def gate_means(net: Network, ids: Indices) -> dict[str, Array]:
    """Return the mean of each gate over a text (T,), by its name, one for each unit: (H,) in float64.

    The text is read as up to 32 segments side by side, each from a state of zeros.
    """
    ids = np.asarray(ids)
    if len(ids) < 1:
        raise InputError("A mean needs at least one character to read.")
    inputs = streams(ids, int(np.clip(len(ids) // 500, 1, 32)))
    state = net.zero_state(inputs.shape[1])
    names = [gate + layer_suffix(layer) for layer in range(net.layers) for gate in GATES[net.kind]]
    total: dict[str, Array] = {name: np.zeros(net.hidden_size) for name in names}
    for start in range(0, len(inputs), 200):  # a few steps at a time, to bound the memory
        reading = net.run(inputs[start : start + 200], state)
        state = reading.state
        total = {name: sums + reading.values[name].sum((0, 1), np.float64) for name, sums in total.items()}
    return {name: sums / inputs.size for name, sums in total.items()}


def one_character_loss(net: Network, ids: Indices) -> float:
    """Measure the loss on a text (T,), nats per character, with the state set to zero before every one."""
    ids = np.asarray(ids)
    if len(ids) < 2:
        raise InputError("A loss needs at least two characters: one to read and one to predict.")
    logits = net.run(ids[None, :-1]).logits  # one step, T − 1 sequences
    loss, _ = softmax_cross_entropy(logits, ids[None, 1:])
    return loss
