"""What is left of an error after it has travelled back through time, by real backpropagation.

The loss is L = u · h_T with a fixed direction u of length 1: the error is put in at the last step
only, and every number below is its gradient, carried back by the cell's own `backward`, unclipped.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lstm.arrays import AnyArray, Array, Indices, State
from lstm.cells import CELLS, Cell, Trace, need_one_cell
from lstm.errors import InputError
from lstm.network.starts import first_radius, write_start
from lstm.text import check_indices
from lstm.textbook_network import STEPS


@dataclass(frozen=True)
class GradientFlow:
    """What arrives of an error at every step, t = 1..T, the last being where it was put in.

    dh_units, dC_units: ∂L/∂h_t and, for the LSTM, ∂L/∂C_t, (T, H), through every path to the loss.
    gates: the cell's gates by name, (T, H).  at_start: the gradient at the state that came in, (H,) each.
    P flows at once (`lstm.gradient_ranges`) are (T, P, H) and (P, H).
    """

    dh_units: Array
    dC_units: Array | None
    gates: dict[str, Array]
    at_start: State

    @property
    def dh(self) -> Array:
        """Norms of ∂L/∂h_t, (T,)."""
        return _norms(self.dh_units)

    @property
    def dC(self) -> Array | None:
        """Norms of ∂L/∂C_t, (T,); None without a cell state."""
        return None if self.dC_units is None else _norms(self.dC_units)

    def cell_path(self) -> Array:
        """Return ∂L/∂C_t through the cell state alone, (T, H): ∂L/∂C_T ⊙ f_T ⊙ … ⊙ f_{t+1}.

        The rest of `dC_units` has come through h at least once.  Raises InputError if the cell has no
        cell state.
        """
        if self.dC_units is None:
            raise InputError("Only an LSTM has a path through the cell state.")
        factors = np.concatenate([self.dC_units[-1:], self.gates["f"][:0:-1]])  # ∂L/∂C_T, f_T … f_2
        alone: Array = np.cumprod(factors, axis=0)[::-1]
        return alone

    def flow(self, k: int) -> "GradientFlow":
        """Return one of P flows; its arrays are views."""
        return GradientFlow(
            self.dh_units[:, k],
            None if self.dC_units is None else self.dC_units[:, k],
            {name: gate[:, k] for name, gate in self.gates.items()},
            tuple(gradient[k] for gradient in self.at_start),
        )


def gradient_flow(cell: Cell, x: Array | Indices, state: State | None = None, seed: int = 0) -> GradientFlow:
    """Send an error back from the last of T steps.

    x: indices (T,) or inputs (T, D).  state: (1, H) arrays, zeros by default.  seed: of the
    direction u.  Raises InputError if x does not fit the cell, or for a stack of layers.
    """
    x, state = _one_sequence(cell, x, state)
    return flow_of_batch(cell, cell.forward(x, state), seed).flow(0)


def flow_of_batch(cell: Cell, trace: Trace, seed: int = 0) -> GradientFlow:
    """Send the same error back through each of P sequences."""
    T, _, P, _ = trace.gates.shape
    _, gradients = cell.backward(trace, _error(cell, T, seed, P))
    dh, dC = gradients.dh, gradients.dC
    return GradientFlow(
        dh[1:],
        None if dC is None else dC[1:],
        {name: trace.gates[:, k] for k, name in enumerate(cell.gates)},
        (dh[0],) if dC is None else (dh[0], dC[0]),
    )


def weight_gradient(cell: Cell, x: Array | Indices, seed: int = 0) -> tuple[float, Array, Array]:
    """Return L, ∂L/∂W (G·H, H + D) and ∂L/∂b (G·H,) for the error that `gradient_flow` sends back."""
    x, state = _one_sequence(cell, x, None)
    trace, error = cell.forward(x, state), _error(cell, len(x), seed)
    dz, _ = cell.backward(trace, error)
    dW, db = np.empty_like(cell.W.reshape(-1, cell.W.shape[-1])), np.empty_like(cell.b.ravel())
    cell.weight_gradients(trace, dz, dW, db)
    return float(error[-1, 0] @ trace.h[-1, 0]), dW, db


def _one_sequence(cell: Cell, x: Array | Indices, state: State | None) -> tuple[Array | Indices, State]:
    """Inputs and states in the shapes that a cell takes for one sequence."""
    need_one_cell(cell)
    H, dtype = cell.hidden_size, cell.W.dtype
    array: AnyArray = np.asarray(x)
    if array.ndim == 1:
        array = check_indices(array, cell.input_size, "inputs")[:, None]  # (T, 1)
    elif array.ndim == 2 and array.shape[1] == cell.input_size:
        array = array[:, None].astype(dtype, copy=False)  # (T, 1, D)
    else:
        raise InputError(
            f"The inputs must be T indices or (T, {cell.input_size}) numbers, not {array.shape}."
        )
    if not len(array):
        raise InputError("A gradient needs at least one step to travel through.")
    return array, state or tuple(np.zeros((1, H), dtype) for _ in cell.states)


def _error(cell: Cell, steps: int, seed: int, sequences: int = 1) -> Array:
    """∂L/∂h_t of L = u · h_T at each step's own output, (T, B, H): u at the last, 0 before."""
    dh_out = np.zeros((steps, sequences, cell.hidden_size), cell.W.dtype)
    direction = np.random.default_rng(seed).standard_normal(cell.hidden_size)
    dh_out[-1] = direction / np.linalg.norm(direction)
    return dh_out


def _norms(vectors: Array) -> Array:
    """Lengths of (…, H) vectors, in float64: the squares of tiny float32 numbers would be 0."""
    vectors = vectors.astype(np.float64, copy=False)
    lengths: Array = np.sqrt(np.einsum("...h,...h->...", vectors, vectors))
    # Squares of numbers beyond 10^±154 don't fit: there the largest entry stays outside the square root.
    if (beyond := ~((lengths > 1e-140) & (lengths < 1e140))).any():
        largest = np.abs(vectors[beyond]).max(axis=-1, keepdims=True, initial=0)
        scale = np.where((largest > 0) & np.isfinite(largest), largest, 1)
        lengths[beyond] = np.linalg.norm(vectors[beyond] / scale, axis=-1) * scale[:, 0]
    return lengths


# -- the check: a finite difference, computed there and then --

# The gates of each cell in the order of the textbook step's arguments.
_GATES = {"rnn": ("h",), "gru": ("z", "r", "h_tilde"), "lstm": ("f", "i", "C_tilde", "o")}
_GATES["gru_reset_after"] = _GATES["gru"]
_NUDGE = 1e-5  # of a step: its square, the error of the difference, and 10^-16 / 10^-5 are about alike


def difference(cell: Cell, x: Array | Indices, direction: State, seed: int = 0) -> float:
    """Measure the slope of L along a direction of the first state, by finite differences of the textbook.

    x (T, D).  direction: (H,) for h and, for the LSTM, (H,) for C.  A difference of L itself could not
    tell 10⁻²⁰ from 0; so the nudge is carried from step to step, each time by a difference of that one
    step, and brought back to its size: in the end its length tells how much of it is left.
    """
    need_one_cell(cell)
    step = textbook(cell)
    state: State = tuple(np.zeros(cell.hidden_size) for _ in cell.states)
    carried, length = _unit(direction)
    for x_t in x:
        ahead, behind = (
            step(x_t, tuple(s + sign * _NUDGE * d for s, d in zip(state, carried, strict=True)))
            for sign in (1, -1)
        )
        difference_after = tuple((a - b) / (2 * _NUDGE) for a, b in zip(ahead, behind, strict=True))
        state = step(x_t, state)
        carried, growth = _unit(difference_after)
        length *= growth
    return float(_error(cell, 1, seed)[-1, 0] @ carried[0]) * length


def digits_of_agreement(cell: Cell, x: Array | Indices, flow: GradientFlow, seed: int = 0) -> float:
    """Count the decimal digits to which a flow's gradient at the start agrees with `difference`, at most 15.

    Along a random direction; flow: of this cell, x (T, D) and seed.
    """
    rng = np.random.default_rng([seed, 2])
    direction = tuple(rng.standard_normal(cell.hidden_size) for _ in cell.states)
    exact = sum(float(g @ d) for g, d in zip(flow.at_start, direction, strict=True))
    measured = difference(cell, x, direction, seed)
    if exact == measured:
        return 15.0
    return float(np.clip(-np.log10(abs(measured - exact) / max(abs(measured), abs(exact))), 0, 15))


def textbook(cell: Cell) -> Callable[[Array, State], State]:
    """Return the textbook's step with a cell's weights: x (D,) and the states (H,) to the next states."""
    kind = next(kind for kind, cell_type in CELLS.items() if isinstance(cell, cell_type))
    blocks = [cell.gates.index(name) for name in _GATES[kind]]
    more = range(len(cell.gates), len(cell.b))  # a second bias of the candidate
    weights = (*(cell.W[k] for k in blocks), *(cell.b[k] for k in (*blocks, *more)))

    def step(x: Array | Indices, state: State) -> State:
        values = STEPS[kind](x, *state, *weights)
        return tuple(getattr(values, name) for name in cell.states)

    return step


def _unit(vectors: State) -> tuple[State, float]:
    """Vectors scaled to a common length of 1, and what that length was."""
    length = float(np.linalg.norm(np.concatenate(vectors)))
    return (vectors, 0.0) if length == 0 else (tuple(v / length for v in vectors), length)


def random_cell(
    kind: str,
    hidden_size: int = 32,
    input_size: int = 16,
    *,
    seed: int = 0,
    forget_bias: float = 1.0,
    keep_bias: float = 0.0,
    spectral_radius: float | None = None,
    start: str = "course",
    T_max: float | None = None,
    dtype: type = np.float64,
) -> Cell:
    """Make an untrained cell; all kinds of cells of one start are drawn by one rule.

    kind: "rnn", "gru", "gru_reset_after" or "lstm".  start: "course" (every weight normal, scaled by
    1/√(H + D), biases 0), "pytorch", "keras" or "orthogonal", as `lstm.network.starts` has them.
    forget_bias, keep_bias: what is added to the LSTM's b_f and to the GRU's update-gate bias b_z
    as they are drawn.
    spectral_radius: if given, the RNN's recurrent weights are scaled to have this largest absolute
    eigenvalue; its input weights stay as they are.
    T_max: if given, the LSTM's b_f and b_i are those of chrono initialisation (`lstm.network.starts`).
    """
    H, G = hidden_size, len(CELLS[kind].gates)
    W: Array = np.empty((G * H, H + input_size), dtype)
    b: Array = np.zeros((G + (kind == "gru_reset_after"), H), dtype)
    cell = CELLS[kind](W, b.ravel())
    write_start(cell, start, seed, forget_bias=forget_bias, keep_bias=keep_bias, T_max=T_max)
    if kind == "rnn" and spectral_radius is not None:
        W[:, :H] *= spectral_radius / first_radius(start, H, input_size, seed)
    return cell


def random_inputs(steps: int, input_size: int = 16, *, scale: float = 0.5, seed: int = 0) -> Array:
    """Draw normal noise (T, D) with standard deviation `scale`, the same for every cell that reads it."""
    noise: Array = scale * np.random.default_rng([seed, 1]).standard_normal((steps, input_size))
    return noise
