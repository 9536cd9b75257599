"""A variant with one input and one unit, over time, as `lstm.scalar` has the LSTM of the course.

Settings and names are those of `lstm.scalar`, and `p_f, p_i, p_o` for the peepholes.  What a cell lacks it
does not read: the same setting runs all of them.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lstm.arrays import Array
from lstm.scalar import GATES, PARAMETERS, scalar_run
from lstm.variants.textbook import STATES, run_variant

LSTM = "lstm"
PEEPHOLES = ("p_f", "p_i", "p_o")
_GATES_OF = {"lstm_1997": "iCo", "peephole": GATES, "coupled": "fCo", "min_lstm": "fiC"}


def parameters_of(kind: str) -> tuple[str, ...]:
    """List the names of the weights and biases that a cell has: "lstm" or one of the variants."""
    if kind == LSTM:
        return PARAMETERS
    gates, reads = _GATES_OF[kind], "x" if kind == "min_lstm" else "hx"
    names = [f"w_{gate}{of}" for gate in gates for of in reads] + [f"b_{gate}" for gate in gates]
    return tuple(names) + (PEEPHOLES if kind == "peephole" else ())


def variant_run(kind: str, setting: Mapping[str, ArrayLike], x: ArrayLike) -> Any:
    """Run a cell over the steps of x (T, ...), from `h_prev` and `C_prev` on; "lstm" is the course's.

    Returns the textbook's step, each value of it (T, ...), the shape to which x[0] and what the cell reads
    of the setting broadcast; without `concat`, which is None.
    Raises KeyError if a name is missing, ValueError if x has no step.
    """
    if kind == LSTM:
        run: Any = scalar_run(setting, x)
        return run._replace(concat=None)
    x = np.asarray(x, float)
    if not x.ndim or not len(x):
        raise ValueError("a run needs at least one step")
    state = tuple(_column(setting[f"{name}_prev"]) for name in STATES[kind])
    steps = list(run_variant(kind, x[..., None], state, _weights(kind, setting)))
    names = [name for name in steps[0]._fields if name != "concat"]
    shape = np.broadcast_shapes(*(np.shape(getattr(steps[-1], name))[:-1] for name in names))
    values = {
        name: np.stack([np.broadcast_to(getattr(step, name)[..., 0], shape) for step in steps])
        for name in names
    }
    step_type = type(steps[0])
    return step_type(**values, **({"concat": None} if "concat" in step_type._fields else {}))


def _weights(kind: str, setting: Mapping[str, ArrayLike]) -> dict[str, Array]:
    """Return the arguments of the textbook's step: W (..., 1, 2) or (..., 1, 1), b and p (..., 1)."""
    reads = "x" if kind == "min_lstm" else "hx"
    weights = {
        f"W_{gate}": np.stack(
            np.broadcast_arrays(*(_column(setting[f"w_{gate}{of}"]) for of in reads)), axis=-1
        )
        for gate in _GATES_OF[kind]
    }
    rest = [name for name in parameters_of(kind) if name[0] in "bp"]
    return weights | {name: _column(setting[name]) for name in rest}


def _column(value: ArrayLike) -> Array:
    return np.asarray(value, float)[..., None]  # (..., 1)
