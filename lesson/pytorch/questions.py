"""Questions about the way to PyTorch; their numbers are computed."""

import math

import numpy as np

from lesson.frame.memo import memo
from lesson.pytorch.networks import loss_of, model_of, next_of, state_of
from lesson.widgets.questions import Answer, Question
from lstm.exchange import from_torch
from lstm.exchange.layouts import OURS, PYTORCH
from lstm.network import Network
from visualization.numbers import scientific


@memo()
def questions() -> list[Question]:
    """Return the questions of the page."""
    return [_unsorted_rows(), _shuffled_units()]


def _unsorted_rows() -> Question:
    right, wrong = loss_of(model_of("LSTM").net), loss_of(unsorted_network())
    result = (
        f"The shapes fit, so nothing complains. On text it never saw the loss goes from {right:.2f} nats per "
        f"character to {wrong:.2f}; guessing would be {math.log(len(model_of('LSTM').vocabulary)):.2f}."
    )
    return Question(
        "unsorted_rows",
        "our rows are C̃, f, i, o, PyTorch's i, f, g, o (g is C̃). Someone copies them unsorted. What happens?",
        (
            Answer("error", "An error: the shapes differ", result),
            Answer("nonsense", "It runs, and writes nonsense", result),
            Answer(
                "same",
                "The same text",
                "The order of the units is free, that of the gates is not: each goes to its own place in "
                f"the equations. {result}",
            ),
        ),
        right="nonsense",
    )


def unsorted_network() -> Network:
    """Return the LSTM of the fables as PyTorch would run it if its rows were copied without sorting."""
    state = state_of(model_of("LSTM").net)
    for name, array in state.items():
        if "_l0" in name:  # the rows as they lie here, under PyTorch's names
            state[name] = OURS.stack(PYTORCH.unstack(array, 4))
    return from_torch(state)


def _shuffled_units() -> Question:
    before, after = (next_of(net) for net in (model_of("LSTM").net, shuffled_network()))
    H, apart = model_of("LSTM").net.hidden_size, float(np.abs(before - after).max())
    result = (
        f"Tried with all {H} units in random order: no probability moves by more than {scientific(apart)}, "
        "which is rounding. Units have no order, only connections, and these went along."
    )
    return Question(
        "shuffled_units",
        "and if the *units* are shuffled instead, alike in every gate, in the columns for $h$ and in the "
        "readout: what changes?",
        (
            Answer("nonsense_again", "It writes nonsense as well", result),
            Answer("nothing", "Nothing", result),
            Answer("worse", "It gets a little worse", result),
        ),
        right="nothing",
    )


def shuffled_network() -> Network:
    """Return the LSTM of the fables with its units in another order."""
    state = state_of(model_of("LSTM").net)
    H = state["rnn.weight_hh_l0"].shape[1]
    order = np.random.default_rng(0).permutation(H)
    for name, array in state.items():
        if "_l0" in name:
            state[name] = PYTORCH.stack({k: rows[order] for k, rows in PYTORCH.unstack(array, 4).items()})
    for name in ("rnn.weight_hh_l0", "readout.weight"):
        state[name] = state[name][:, order]
    return from_torch(state)
