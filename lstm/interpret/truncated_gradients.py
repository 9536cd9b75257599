"""The gradient of truncated backpropagation through time beside the one over the whole text.

Truncated (Williams & Peng 1990): the text is cut into sequences, the error flows back to the beginning of its
own sequence only, and the state is carried on from one sequence to the next.
"""

import numpy as np

from lstm.arrays import Array, Indices, State
from lstm.errors import InputError, whole_number
from lstm.network import Network
from lstm.parameters import Parameters


def truncated_gradient(net: Network, ids: Indices, every: int, state: State | None = None) -> Parameters:
    """Return the gradient of the loss on a text when backpropagation is cut every so many characters.

    The text ids (T + 1,) is read from `state` (zeros by default) in sequences of `every` characters.  The
    state goes from each sequence to the next, the error stays within its own; the gradients of all sequences
    are added.  Of the loss per character; with every ≥ T it is the whole gradient.  Unclipped.
    The network's own gradients are overwritten.
    """
    ids = np.asarray(ids)
    every = whole_number("every", every, 1, 10**9)
    T = len(ids) - 1
    if T < 1:
        raise InputError("A gradient needs at least two characters: one to read and one to predict.")
    total = net.untrained().gradients
    total.flat[:] = 0
    carried = net.zero_state() if state is None else state
    for start in range(0, T, every):
        stop = min(start + every, T)
        net.forward(ids[start:stop, None], ids[start + 1 : stop + 1, None], *carried)
        net.backward(clip=None)
        total.flat += net.gradients.flat
        carried = net.state
    total.flat /= T
    return total


def alike(one: Array, other: Array) -> tuple[float, float]:
    """Return the cosine of the angle between two gradients, and the length of the first over the second's.

    The cosine is 1 for the same direction and 0 for a right angle.  NaN where one of them is 0.
    """
    a, b = (np.ravel(array).astype(np.float64) for array in (one, other))
    lengths = float(np.linalg.norm(a)), float(np.linalg.norm(b))
    if not all(lengths):
        return float("nan"), float("nan")
    return float(a @ b) / (lengths[0] * lengths[1]), lengths[0] / lengths[1]
