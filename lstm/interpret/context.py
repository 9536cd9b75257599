"""How much a network needs of what it has read before: its surprise when the state begins anew.

Where the text that a language model may see is shortened, the rise of its loss says how far back it looks
(Khandelwal et al. 2018).  A state of zeros at a place hides from the network all that stood before it.
"""

import numpy as np

from lstm.arrays import Array, Indices, State
from lstm.errors import InputError, whole_number
from lstm.network import Network

_AT_ONCE = 1024  # sequences side by side; more of them do not fit the processor's cache


def losses_with_resets(net: Network, ids: Indices, every: int | None, state: State | None = None) -> Array:
    """Measure the loss at each character when the state is set to zeros every so many characters.

    ids (T + 1,): the first character is only read, each of the others predicted.  every: characters that are
    read from each state of zeros; None carries the state on from `state`, zeros by default.
    Returns (T,), nats.  Raises InputError for less than two characters.
    """
    ids = np.asarray(ids)
    if len(ids) < 2:
        raise InputError("A loss needs at least two characters: one to read and one to predict.")
    T = len(ids) - 1
    if every is None:
        return _losses(net, ids[:-1, None], ids[1:, None], state)[:, 0]
    every = min(whole_number("every", every, 1, 10**9), T)
    count = T // every
    whole = count * every
    # What lies between two resets is read side by side.
    inputs, targets = (part[:whole].reshape(count, every).T for part in (ids[:-1], ids[1:]))
    losses = _losses(net, inputs, targets).T.reshape(whole)
    if whole == T:
        return losses
    return np.concatenate([losses, _losses(net, ids[whole:-1, None], ids[whole + 1 :, None])[:, 0]])


def losses_by_context(net: Network, ids: Indices, longest: int) -> Array:
    """Measure the mean loss when each character is predicted from the last k alone, k = 1, …, longest.

    ids (T + 1,): the characters from ids[longest] on are predicted, the same ones for every k.
    Returns (longest,), nats.  Raises InputError if no character has so many before it.
    """
    ids = np.asarray(ids)
    longest = whole_number("longest", longest, 1, 10**6)
    if len(ids) <= longest:
        raise InputError(f"A context of {longest} characters needs a text of {longest + 1} or more.")
    # Every start is read on until it has seen `longest` characters: its step k predicts from k of them.
    starts = np.arange(len(ids) - 1)
    total = np.zeros(longest)
    for begin in range(0, len(starts), _AT_ONCE):
        part = starts[begin : begin + _AT_ONCE]
        at = np.minimum(part + np.arange(longest + 1)[:, None], len(ids) - 1)  # (longest + 1, n)
        losses = _losses(net, ids[at[:-1]], ids[at[1:]])
        target = part + np.arange(1, longest + 1)[:, None]  # before it was cut at the end
        total += np.where((target >= longest) & (target < len(ids)), losses, 0).sum(axis=1)
    return total / (len(ids) - longest)


def _losses(net: Network, inputs: Indices, targets: Indices, state: State | None = None) -> Array:
    """Loss at each target, (T, B), float64; a few steps at a time, to bound the memory."""
    losses = np.empty(targets.shape)
    state = net.zero_state(inputs.shape[1]) if state is None else state
    steps = max(1, 40_000 // inputs.shape[1])
    for start in range(0, len(inputs), steps):
        part = slice(start, start + steps)
        reading = net.run(inputs[part], state)
        state = reading.state
        chosen = np.take_along_axis(reading.probabilities, targets[part][..., None], axis=-1)[..., 0]
        with np.errstate(divide="ignore"):  # probability 0: an infinite loss
            losses[part] = -np.log(chosen.astype(np.float64))
    return losses
