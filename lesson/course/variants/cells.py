"""Cells whose gates have the values that a question gives them: the library's, with biases and no weights."""

import numpy as np

from lstm.arrays import Array
from lstm.equations import GRUStep, LSTMStep
from lstm.scalar import GRU_PARAMETERS, PARAMETERS, scalar_gru_step, scalar_run, scalar_step


def cell_with(
    f: float = 1.0, i: float = 0.0, C_tilde: float = 0.0, o: float = 1.0, C_prev: float = 0.0
) -> LSTMStep:
    """Compute one step of a cell whose gates and candidate have these values."""
    return scalar_step({**_setting(f, i, C_tilde, o, C_prev), "x": 0.0})


def gru_with(z: float, h_tilde: float, h_prev: float) -> GRUStep:
    """Compute one step of a GRU whose update gate and candidate have these values."""
    biases = {"b_z": _bias(z), "b_h": float(np.arctanh(h_tilde))}
    return scalar_gru_step({**dict.fromkeys(GRU_PARAMETERS, 0.0), **biases, "h_prev": h_prev, "x": 0.0})


def share_left(f: float, steps: int) -> float:
    """Run a cell that only forgets over so many steps, and return what is left of C = 1."""
    return float(scalar_run(_setting(f, 0.0, 0.0, 1.0, 1.0), np.zeros(steps)).C[-1])


def _setting(f: float, i: float, C_tilde: float, o: float, C_prev: float) -> dict[str, float]:
    weights = dict.fromkeys(PARAMETERS, 0.0)
    with np.errstate(divide="ignore"):  # a gate of 0 or 1 has an infinite bias
        biases = {"b_f": _bias(f), "b_i": _bias(i), "b_C": float(np.arctanh(C_tilde)), "b_o": _bias(o)}
    return {**weights, **biases, "h_prev": 0.0, "C_prev": C_prev}


def _bias(gate: float) -> float:
    """Return the sum at which σ is this."""
    share: Array = np.asarray(gate)
    return float(np.log(share) - np.log1p(-share))
