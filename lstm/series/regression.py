"""A readout for numbers: the squared error in place of the softmax, and its gradient.

Letters: T steps, B series side by side, D inputs, H hidden units.
"""

from typing import NamedTuple

import numpy as np

from lstm.arrays import Array, State
from lstm.errors import InputError
from lstm.network import Network
from lstm.products import Workspace


class RegressionStep(NamedTuple):
    """What a pass over some steps gave.

    loss: the mean of the squared errors, 0 where nothing is predicted; predictions (T, B); state: the last
    one, h (and C), copies.
    """

    loss: float
    predictions: Array
    state: State


def predict(
    net: Network, inputs: Array, state: State | None = None, space: Workspace | None = None
) -> tuple[Array, State]:
    """Read inputs (T, B, D); return a prediction for every step (T, B) and the last state.

    Writes nothing into the network.  state: h (and C), zeros by default.
    """
    T, B, _ = inputs.shape
    x = inputs.astype(net.dtype, copy=False)
    trace = net.cell.forward(x, net.as_states(state, B), space or Workspace())
    predictions: Array = (trace.h[1:].reshape(T * B, -1) @ net.Wy[0] + net.by[0]).reshape(T, B)
    return predictions, tuple(part.copy() for part in net.cell.last_state(trace))


def mean_squared_error(predictions: Array, targets: Array) -> float:
    """Return the mean of (prediction − target)² over the targets that are no NaN; 0 if there is none."""
    is_target = ~np.isnan(targets)
    errors = (predictions - targets)[is_target].astype(np.float64)
    return float(errors @ errors / len(errors)) if len(errors) else 0.0


def regression_gradients(
    net: Network, inputs: Array, targets: Array, state: State, space: Workspace | None = None
) -> RegressionStep:
    """Fill `net.gradients`, raw, with those of the mean squared error.

    inputs (T, B, D); targets (T, B), NaN where nothing is predicted; state: h (and C), (B, H) each.  The
    gradient goes back over these T steps and no further.
    Raises InputError unless the network has one output, one layer and D inputs.
    """
    check_fit(net, inputs.shape[2])
    space = space or Workspace()
    gradients, cell = net.gradients, net.cell
    T, B, _ = inputs.shape
    trace = cell.forward(inputs.astype(net.dtype, copy=False), state, space)
    h = trace.h[1:].reshape(T * B, -1)
    predictions = h @ net.Wy[0] + net.by[0]  # (T·B,)
    is_target = ~np.isnan(targets).ravel()
    count = max(1, int(is_target.sum()))
    errors = np.where(is_target, predictions - targets.ravel().astype(net.dtype), net.dtype.type(0))
    d_predictions = errors * net.dtype.type(2 / count)  # of Σ (prediction − target)² ÷ count
    np.matmul(d_predictions[None], h, out=gradients["Wy"])
    gradients["by"][0] = d_predictions.sum()
    dh_out = space.empty("dh_out", (T, B, net.hidden_size), net.dtype)
    np.multiply(d_predictions[:, None], net.Wy[0], out=dh_out.reshape(h.shape))
    dz, _ = cell.backward(trace, dh_out, space=space)
    cell.weight_gradients(trace, dz, *(gradients[name] for name in net.stored_names()), space=space)
    last = tuple(part.copy() for part in cell.last_state(trace))
    return RegressionStep(float(errors @ errors) / count, predictions.reshape(T, B), last)


def check_fit(net: Network, inputs: int) -> None:
    """Raise InputError unless a network predicts one number from so many inputs, with one layer."""
    if (net.input_size, net.output_size, net.layers) != (inputs, 1, 1):
        raise InputError(
            f"A network for this series has one layer, {inputs} input{'s' if inputs > 1 else ''} and 1 "
            "output, "
            f"not {net.layers}, {net.input_size} and {net.output_size}."
        )
