"""Questions about the way to PyTorch; their numbers are computed."""

import math

import numpy as np

from lesson.frame.memo import memo
from lesson.pytorch.networks import loss_of, model_of, next_of, state_of
from lesson.widgets.question import Answer, Question
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
        f"The shapes fit, so there is no error message. But the loss on new text rises from {right:.2f} to "
        f"{wrong:.2f} nats per character. Uniform guessing has a loss of "
        f"{math.log(len(model_of('LSTM').vocabulary)):.2f}."
    )
    return Question(
        "unsorted_rows",
        "an LSTM's four blocks of weights are stored as one tall matrix, one block below another. In this "
        "course their order is C̃, f, i, o. In PyTorch it is i, f, g, o, where g is C̃. What happens if you "
        "copy the rows of the matrix to PyTorch without sorting them?",
        (
            Answer("error", "An error: the shapes differ", result),
            Answer("nonsense", "It runs, and writes nonsense", result),
            Answer(
                "same",
                "It writes the same text",
                f"Each gate has its own place in the equations, so the order of the gates matters. {result}",
                former=("The same text",),
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
        f"We tried it with all {H} units in random order: no probability changes by more than "
        f"{scientific(apart)}, which is rounding. The order of the units does not matter. Only their "
        "connections matter, and these were moved with the units."
    )
    return Question(
        "shuffled_units",
        "now the gates stay in their order, but the *units* are shuffled. It is done in the same way in "
        "every gate, in the candidate, in the columns for $h$ and in the output layer. What changes in the "
        "text that the network writes?",
        (
            Answer("nonsense_again", "It writes nonsense", result, former=("It writes nonsense as well",)),
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
