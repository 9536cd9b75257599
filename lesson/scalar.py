"""The smallest LSTM, one input and one unit: every gate is a single number."""

from collections.abc import Mapping

import numpy as np

from lstm.equations import lstm_step

GATES = ("f", "i", "C", "o")


def scalar_step(
    x: float, h_prev: float, C_prev: float, weights: Mapping[str, float], biases: Mapping[str, float]
) -> dict[str, float]:
    """One step of the textbook: every intermediate value by its name in `LSTMStep`, as a number.

    weights: "fh" is what the forget gate multiplies h_prev with, "fx" what it multiplies x with, and
    so on for f, i, C, o; biases: "f", "i", "C", "o".
    """
    W = [np.array([[weights[f"{gate}h"], weights[f"{gate}x"]]]) for gate in GATES]  # each (1, 2)
    b = [np.array([biases[gate]]) for gate in GATES]  # each (1,)
    step = lstm_step(np.array([x]), np.array([h_prev]), np.array([C_prev]), *W, *b)
    return {name: value.item() for name, value in step._asdict().items() if name != "concat"}
