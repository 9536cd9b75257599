"""What a GRU is set by on this page, and the LSTM that runs beside it."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lesson.frame.parameters import Number
from lesson.frame.query import Query
from lesson.gates.challenges.challenge import Cell
from lstm.scalar import GRU_PARAMETERS, PARAMETERS, scalar_gru_run
from visualization.symbols import owner

# Every weight on the input 1, every weight on h 0, the update bias 1 as the LSTM's forget bias, all else 0.
START: dict[str, float] = {
    **dict.fromkeys(GRU_PARAMETERS, 0.0),
    "w_zx": 1.0,
    "w_rx": 1.0,
    "w_hx": 1.0,
    "b_z": 1.0,
    "h_prev": 0.0,
}
GRU_CELL_OF_CHALLENGE = Cell(START, scalar_gru_run)
# Whose parameters the LSTM's forget gate and candidate have; its other two gates are its own.
_SAME = {"f": "z", "C": "h"}
OWN_GATES = {"w_ix": 1.0, "w_ox": 1.0}  # of the LSTM beside the GRU: their weights on x; all else is 0


def setting_along(queries: Sequence[Query], sliders: Mapping[str, Number]) -> dict[str, NDArray]:
    """Return the value of each slider at each position, (P,)."""
    return {
        name: np.array([query.number(slider) for query in queries], float) for name, slider in sliders.items()
    }


def look_of_sliders(sliders: Mapping[str, Number]) -> dict[str, dict[str, str]]:
    """Return the parameter of each slider, and the symbol whose colour it has, by its name in the setting."""
    return {
        "controls": {name: slider.name for name, slider in sliders.items()},
        "owners": {name: owner(name) for name in sliders},
    }


def lstm_beside(setting: Mapping[str, ArrayLike]) -> dict[str, ArrayLike]:
    """Return an LSTM with the update gate as its forget gate and with the same candidate; it starts empty."""
    lstm: dict[str, ArrayLike] = {**dict.fromkeys(PARAMETERS, 0.0), **OWN_GATES}
    for gate, of_gru in _SAME.items():
        lstm[f"b_{gate}"] = setting[f"b_{of_gru}"]
        for of in "hx":
            lstm[f"w_{gate}{of}"] = setting[f"w_{of_gru}{of}"]
    return {**lstm, "h_prev": 0.0, "C_prev": 0.0}
