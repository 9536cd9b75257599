"""RNN, GRU and LSTM as networks: characters in, a cell, a softmax readout, a loss.

This is the classroom's interface: `forward`, `backward`, `update_weights`, `sample`, and every
weight under its name in the equations.

Letters: T steps, B sequences, D inputs, H hidden units, V outputs (characters).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NoReturn

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from lstm.arrays import State
from lstm.cells import Cell, GRUCell, LSTMCell, RNNCell, Trace
from lstm.errors import InputError, whole_number
from lstm.parameters import Parameters
from lstm.products import Workspace
from lstm.readout import softmax, softmax_cross_entropy, softmax_minus_one_hot
from lstm.sampling import walk
from lstm.text import check_indices


@dataclass(frozen=True)
class Reading:
    """What a network made of a text, step by step.

    logits (T, B, V); values: gates and states by name, each (T, B, H); state: the last one.
    """

    logits: NDArray
    values: dict[str, NDArray]
    state: State

    @property
    def probabilities(self) -> NDArray:
        """What the network expected next after each step, (T, B, V)."""
        return softmax(self.logits)


class Network:
    """What RNN, GRU and LSTM share.

    Attributes
    ----------
    weights, gradients : Parameters
        `W` (G·H, H + D) and `b` (G·H,), the cell's weights as they are stored; each gate's rows of
        them by name (`Wf`, `bf`, …); `Wy` (V, H) and `by` (V,), the readout.  The weights are
        attributes of the network too: `net.bf` reads, `net.bf = 3` writes into the same memory.
    state : tuple
        h (and C) after the last `forward`, in the form in which they came in.
    """

    kind: ClassVar[str]
    cell_type: ClassVar[type[Cell]]
    # Letters of the cell's gates in weight names, in the order in which the cell stores them.
    letters: ClassVar[tuple[str, ...]]

    weights: Parameters

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        output_size: int,
        seed: int | None = None,
        dtype: DTypeLike = np.float32,
    ) -> None:
        D, H, V = (
            whole_number(name, size, 1, 100_000)
            for name, size in (
                ("input_size", input_size),
                ("hidden_size", hidden_size),
                ("output_size", output_size),
            )
        )
        if seed is not None:
            whole_number("seed", seed, 0, 2**63 - 1)
        self.input_size, self.hidden_size, self.output_size = D, H, V
        self.dtype = np.dtype(dtype)
        if self.dtype not in (np.float32, np.float64):
            raise InputError("dtype must be float32 (to train) or float64 (to test).")
        self.weights, self.gradients = self._parameters(), self._parameters()
        self.cell = self.cell_type(self.weights["W"], self.weights["b"])
        rng = np.random.default_rng(seed)
        # Each unit sums H + D numbers: 1/√(H + D) keeps the sum's size, whatever the network's.
        self.weights["W"][:] = rng.standard_normal((len(self.letters) * H, H + D)) / np.sqrt(H + D)
        self.weights["Wy"][:] = rng.standard_normal((V, H)) / np.sqrt(H)
        self.space: Workspace | None = None  # `train` sets it: it needs nothing of the step before
        self._last: _Pass | None = None
        self._names = frozenset([*self.__dict__, "_names", "state_gradients"])

    def _parameters(self) -> Parameters:
        G, H, D, V = len(self.letters), self.hidden_size, self.input_size, self.output_size
        parameters = Parameters({"W": (G * H, H + D), "b": (G * H,), "Wy": (V, H), "by": (V,)}, self.dtype)
        parameters.name_rows("W", [f"W{letter}" for letter in self.letters])
        parameters.name_rows("b", [f"b{letter}" for letter in self.letters])
        return parameters

    def __getattr__(self, name: str) -> NDArray:
        weights = self.__dict__.get("weights", {})
        if name in weights:
            return weights[name]
        raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")

    def __setattr__(self, name: str, value: object) -> None:
        weights = self.__dict__.get("weights", {})
        if name in weights:  # into the vector, so that forward and backward see it
            weights[name][...] = value
        elif hasattr(type(self), name) or name in self.__dict__.get("_names", (name,)):
            super().__setattr__(name, value)
        else:  # a slip of the pen would change nothing and say nothing
            raise AttributeError(f"{type(self).__name__} has no {name!r}, only {', '.join(weights)}")

    def __deepcopy__(self, memo: dict) -> "Network":
        """A network of its own with the same weights; views would not survive a plain copy."""
        sizes = self.input_size, self.hidden_size, self.output_size
        twin = type(self)(*sizes, seed=0, dtype=self.dtype)
        twin.weights.flat[:] = self.weights.flat
        return twin

    def __reduce__(self) -> NoReturn:
        raise TypeError("Networks are not pickled; lstm.save writes a file that is safe to read.")

    def equation_arguments(self) -> dict[str, NDArray]:
        """The cell's weights under the names of the textbook step: W_f (H, H + D), b_f (H,), …"""
        named = [("C" if letter == "c" else letter, letter) for letter in self.letters]
        return {f"W_{symbol}": self.weights[f"W{letter}"] for symbol, letter in named} | {
            f"b_{symbol}": self.weights[f"b{letter}"] for symbol, letter in named
        }

    def zero_state(self, batch_size: int = 1) -> State:
        """h (and C) of zeros, each (B, H)."""
        return tuple(np.zeros((batch_size, self.hidden_size), self.dtype) for _ in self.cell_type.states)

    # -- the classroom's four calls; `forward` is in the subclasses, for the sake of its signature --

    def _forward(self, inputs: ArrayLike, targets: ArrayLike, *state: ArrayLike | None) -> float:
        x, single = self._as_batch(inputs)
        asked = np.asarray(targets)
        asked = asked[:, None] if single and asked.ndim == 1 else asked
        if asked.shape != x.shape[:2]:
            raise InputError(
                f"Inputs of shape {x.shape[:2]} need targets of the same shape, not {asked.shape}."
            )
        asked = check_indices(asked, self.output_size, "targets", low=-1)
        x, asked = x.copy(), asked.copy()  # the caller may use its arrays again before backward
        first, shapes = self._as_shaped_states(state, x.shape[1], single)
        trace = self.cell.forward(x, first, self.space)
        logits = self._logits(trace, self.space)  # (T, B, V)
        loss, probabilities = softmax_cross_entropy(logits, asked, self.space)
        self._last = _Pass(trace, probabilities, asked, shapes, single)
        return loss

    def backward(self, clip: float | None = 5.0) -> tuple[NDArray, ...] | NDArray:
        """Backpropagation through the steps of the last `forward`.

        Fills `gradients`, each number clipped to [−clip, clip]; None leaves them raw.
        Returns the gradients at the states that came in, in the form in which these came:
        (dh, dC) for the LSTM, dh for the others.  Raises RuntimeError before the first `forward`.
        """
        if clip is not None and not clip > 0:
            raise InputError(f"clip must be above 0, or None, not {clip!r}.")
        last, space = self._need_forward(), self.space or Workspace()
        T, B, V = last.probabilities.shape
        H, gradients = self.hidden_size, self.gradients
        d_logits = softmax_minus_one_hot(last.probabilities, last.targets, space).reshape(T * B, V)
        np.matmul(d_logits.T, last.trace.h[1:].reshape(T * B, H), out=gradients["Wy"])
        d_logits.sum(axis=0, out=gradients["by"])
        dh_out = space.empty("dh_out", (T, B, H), self.dtype)
        np.matmul(d_logits, self.Wy, out=dh_out.reshape(T * B, H))
        dz, self.state_gradients = self.cell.backward(last.trace, dh_out, space=space)
        self.cell.weight_gradients(last.trace, dz, gradients["W"], gradients["b"], space)
        if clip is not None:
            np.clip(gradients.flat, -clip, clip, out=gradients.flat)
        first = [getattr(self.state_gradients, f"d{name}")[0] for name in self.cell.states]
        shaped = tuple(
            (d.sum(axis=0) if shape == (H,) else d).reshape(shape)  # (H,) went to every sequence
            for d, shape in zip(first, last.state_shapes, strict=True)
        )
        return shaped if len(shaped) > 1 else shaped[0]

    def update_weights(self, learning_rate: float = 0.001) -> None:
        """Plain gradient descent: weights −= learning_rate · gradients, those of the last `backward`."""
        self.weights.flat -= self.dtype.type(learning_rate) * self.gradients.flat

    def sample(
        self,
        idx_to_char: Mapping[int, str] | Sequence[str],
        seed_char_idx: int,
        length: int = 200,
        temperature: float = 0.8,
        seed: int | None = None,
    ) -> str:
        """Write `length` characters that follow the one at seed_char_idx."""
        check_indices([seed_char_idx], self.input_size, "seed character's index")
        if self.output_size != self.input_size:
            raise InputError("Only a network with as many outputs as inputs can read what it writes.")
        steps = walk(self, [seed_char_idx], length=length, temperature=temperature, seed=seed)
        return "".join(idx_to_char[step.index] for step in steps)

    def release(self) -> None:
        """Forget the last pass, which is most of the memory that a network in training holds."""
        self._last = None

    # -- what the last forward pass left, for pictures --

    @property
    def gates(self) -> dict[str, NDArray]:
        """Gates and states of the last `forward` by name: (T, H), or (T, B, H) for a batch; copies."""
        last = self._need_forward()
        values = self.cell.values(last.trace)
        return {name: (value[:, 0] if last.single else value).copy() for name, value in values.items()}

    @property
    def state(self) -> tuple[NDArray, ...]:
        """h (and C) after the last step of the last `forward`, copies in the form they came in."""
        last = self._need_forward()
        states = [getattr(last.trace, name)[-1] for name in self.cell.states]
        return tuple(
            state.reshape(shape).copy() if np.prod(shape) == state.size else state.copy()
            for state, shape in zip(states, last.state_shapes, strict=True)
        )

    def run(self, inputs: ArrayLike, state: State | None = None) -> Reading:
        """Read inputs, T indices or (T, B), and write nothing into the network.

        One model can so be read by many at once.  state: h (and C) as in `forward`, zeros by default.
        Raises InputError as `forward` does.
        """
        x, _ = self._as_batch(inputs)
        trace = self.cell.forward(x, self.as_states(state, x.shape[1]))
        last = tuple(getattr(trace, name)[-1] for name in self.cell.states)
        return Reading(self._logits(trace), self.cell.values(trace), last)

    def _logits(self, trace: Trace, space: Workspace | None = None) -> NDArray:
        T, B, H = trace.h[1:].shape
        logits = (space or Workspace()).empty("logits", (T, B, self.output_size), self.dtype)
        rows = logits.reshape(T * B, -1)
        np.matmul(trace.h[1:].reshape(T * B, H), self.Wy.T, out=rows)  # all steps in one product
        rows += self.by
        return logits

    def _as_batch(self, inputs: ArrayLike) -> tuple[NDArray, bool]:
        """Inputs as (T, B) indices or (T, B, D) numbers, and whether they were a single sequence."""
        x = np.asarray(inputs)
        if x.dtype.kind == "f":
            single = x.ndim == 2
            x = (x[:, None] if single else x).astype(self.dtype, copy=False)
            fits = x.ndim == 3 and x.shape[2] == self.input_size
        else:
            single = x.ndim == 1
            x = check_indices(x[:, None] if single else x, self.input_size, "inputs")
            fits = x.ndim == 2
        if not fits or 0 in x.shape:
            raise InputError(
                "Inputs must be T indices, (T, B) indices or (T, B, D) numbers, at least one step."
            )
        return x, single

    def as_states(self, state: Sequence[ArrayLike] | None, batch_size: int) -> State:
        """One (B, H) array per state of the cell, from (H,), (H, 1) or (B, H) each; zeros for None.

        Raises InputError if their number or a shape does not fit.
        """
        names = self.cell_type.states
        if state is None:
            return self.zero_state(batch_size)
        if isinstance(state, np.ndarray) or len(state) != len(names):
            raise InputError(f"The state must be a tuple of {' and '.join(names)}.")
        return self._as_shaped_states(state, batch_size, batch_size == 1)[0]

    def _as_shaped_states(
        self, state: Sequence[ArrayLike | None], B: int, single: bool
    ) -> tuple[State, list[tuple[int, ...]]]:
        """States as (B, H) arrays, and the shapes in which they came."""
        H = self.hidden_size
        arrays, shapes = [], []
        for given in state:
            array = np.zeros(H if single else (B, H)) if given is None else np.asarray(given)
            shapes.append(array.shape)
            if array.shape == (H, 1) and B == 1:
                array = array.reshape(1, H)
            elif array.shape not in ((H,), (B, H)):
                raise InputError(f"A state must be ({H},), ({H}, 1) or ({B}, {H}), not {array.shape}.")
            arrays.append(np.broadcast_to(array, (B, H)).astype(self.dtype))
        return tuple(arrays), shapes

    def _need_forward(self) -> "_Pass":
        if self._last is None:
            raise RuntimeError("Call forward() first: there is no pass to look at yet.")
        return self._last


@dataclass(frozen=True)
class _Pass:
    """The last forward pass: what `backward` and the pictures need of it."""

    trace: Trace
    probabilities: NDArray  # (T, B, V)
    targets: NDArray  # (T, B)
    state_shapes: list[tuple[int, ...]]
    single: bool  # one sequence, given without a batch axis


class RNN(Network):
    """A vanilla RNN (Elman 1990): h = tanh(W_h · [h_prev, x] + b_h)."""

    kind, cell_type, letters = "rnn", RNNCell, ("h",)

    def forward(self, inputs: ArrayLike, targets: ArrayLike, h_prev: ArrayLike | None = None) -> float:
        """Read inputs, predict targets, return the loss.  Shapes as in `LSTM.forward`."""
        return self._forward(inputs, targets, h_prev)


class GRU(Network):
    """A GRU (Cho et al. 2014); the equations are in `equations.gru_step`.

    keep_bias: b_z at first; above 0 the network begins by keeping its state, as forget_bias does for
    the LSTM.
    """

    kind, cell_type, letters = "gru", GRUCell, ("h", "z", "r")

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        output_size: int,
        seed: int | None = None,
        dtype: DTypeLike = np.float32,
        keep_bias: float = 0.0,
    ) -> None:
        super().__init__(input_size, hidden_size, output_size, seed, dtype)
        self.bz = keep_bias

    def forward(self, inputs: ArrayLike, targets: ArrayLike, h_prev: ArrayLike | None = None) -> float:
        """Read inputs, predict targets, return the loss.  Shapes as in `LSTM.forward`."""
        return self._forward(inputs, targets, h_prev)


class LSTM(Network):
    """An LSTM (Hochreiter & Schmidhuber 1997; Gers et al. 2000); equations in `equations.lstm_step`.

    input_size D, hidden_size H, output_size V; seed makes the weights repeatable; dtype float32 to
    train, float64 to test; forget_bias: b_f at first, 1 after Jozefowicz et al. 2015.
    Raises InputError for sizes that are not whole numbers from 1.
    """

    kind, cell_type, letters = "lstm", LSTMCell, ("c", "f", "i", "o")

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        output_size: int,
        seed: int | None = None,
        dtype: DTypeLike = np.float32,
        forget_bias: float = 1.0,
    ) -> None:
        super().__init__(input_size, hidden_size, output_size, seed, dtype)
        self.bf = forget_bias

    def forward(
        self,
        inputs: ArrayLike,
        targets: ArrayLike,
        h_prev: ArrayLike | None = None,
        C_prev: ArrayLike | None = None,
    ) -> float:
        """Read inputs, predict targets, return the loss.

        inputs, targets: T indices, or (T, B); inputs may also be numbers (T, B, D), targets −1 where
        nothing is asked.  States: (H,), (H, 1) or (B, H); zeros by default.
        The loss is in nats, summed over steps, mean over sequences.
        Raises InputError for shapes or indices that do not fit.
        """
        return self._forward(inputs, targets, h_prev, C_prev)


NETWORKS: dict[str, type[Network]] = {"rnn": RNN, "gru": GRU, "lstm": LSTM}
