"""What the networks share; letters as in `lstm.network`."""

from __future__ import annotations  # help() then names the types of arguments as they stand here

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NoReturn, Self

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from lstm.arrays import Array, Indices, State
from lstm.cells import Cell, Stack, StateGradients, Trace, layer_suffix
from lstm.errors import LARGEST_SEED, InputError, finite_number, is_number, whole_number
from lstm.network.first_weights import draw_first_weights, network_parameters
from lstm.network.hints import NameHints
from lstm.network.inputs import as_batch, as_dtype, as_shaped_states, as_targets
from lstm.network.reading import ReadingNetwork
from lstm.parameters import Parameters, weight_attribute
from lstm.products import Workspace
from lstm.readout import softmax_cross_entropy, softmax_minus_one_hot
from lstm.sampling import walk
from lstm.text import check_indices

LARGEST_SIZE = 100_000  # inputs, hidden units or outputs
LARGEST_LAYERS = 8


@dataclass(frozen=True)
class _Pass:
    """The last forward pass: what `backward` and the pictures need of it."""

    trace: Trace
    masks: Sequence[Array]  # of dropout: `backward` needs those of its forward
    probabilities: Array  # (T, B, V)
    targets: Indices  # (T, B)
    state_shapes: list[tuple[int, ...]]
    single: bool  # one sequence, passed without a batch axis


class Network(NameHints, ReadingNetwork):
    """What RNN, GRU and LSTM share.

    Attributes
    ----------
    weights, gradients : Parameters
        `W` (G·H, H + D) and `b` (G·H,), the cell's weights as they are stored; each gate's rows of
        them by name (`Wf`, `bf`, …); `Wy` (V, H) and `by` (V,), the readout.  The weights are
        attributes of the network too: `net.bf` reads, `net.bf = 3` writes into the same memory.
    state : tuple
        h (and C) after the last `forward`, in the form in which they came in.
    space : Workspace or None
        Memory that every pass uses again; set by `train`, which needs no earlier pass's arrays.
    dropout_masks : sequence of arrays
        Factors (T, B, H) for each layer's outputs on their way up; set by `train` for the time of a step.
    """

    kind: ClassVar[str]
    cell_type: ClassVar[type[Cell]]
    cell: Cell
    # Letters of the cell's gates in weight names, in the order in which the cell stores them.
    letters: ClassVar[tuple[str, ...]]
    biases: ClassVar[tuple[str, ...]]  # names of the blocks of b: those of the gates, unless there are more

    Wy: Array
    by: Array

    # No other attribute can be set: `net.bF = 3` is an error, not a new name that nothing reads.
    __slots__ = (
        "_last", "cell", "dropout_masks", "dtype", "gradients", "hidden_size", "input_size", "layers",
        "output_size", "space", "state_gradients", "weights",
    )  # fmt: skip

    def __init_subclass__(cls) -> None:
        if "letters" in cls.__dict__ and "biases" not in cls.__dict__:
            cls.biases = tuple(f"b{letter}" for letter in cls.letters)
        for name in ["W", "b", *(f"W{letter}" for letter in cls.letters), *cls.biases, "Wy", "by"]:
            setattr(cls, name, weight_attribute(name))

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        output_size: int,
        seed: int | None = None,
        dtype: DTypeLike = np.float32,
        *,
        layers: int = 1,
        input_scale: float | None = None,
    ) -> None:
        self.input_size = whole_number("input_size", input_size, 1, LARGEST_SIZE)
        self.hidden_size = whole_number("hidden_size", hidden_size, 1, LARGEST_SIZE)
        self.output_size = whole_number("output_size", output_size, 1, LARGEST_SIZE)
        self.layers = whole_number("layers", layers, 1, LARGEST_LAYERS)
        if seed is not None:
            whole_number("seed", seed, 0, LARGEST_SEED)
        self.dtype: np.dtype[Any] = as_dtype(dtype)
        self.weights, self.gradients = self._parameters(), self._parameters()
        arrays = [self.weights[name] for name in self.stored_names()]
        cells = [self.cell_type(W, b) for W, b in zip(arrays[::2], arrays[1::2], strict=True)]
        self.cell = cells[0] if layers == 1 else Stack(cells)
        draw_first_weights(self.weights, arrays[::2], self.input_size, seed, input_scale)
        self.space: Workspace | None = None
        self.dropout_masks: Sequence[Array] = ()
        self.state_gradients: StateGradients | None = None  # at every step of the last `backward`
        self._last: _Pass | None = None

    def _parameters(self) -> Parameters:
        sizes = self.input_size, self.hidden_size, self.output_size
        return network_parameters(self.letters, self.biases, *sizes, self.layers, self.dtype)

    def stored_names(self) -> list[str]:
        """List the names of the cells' arrays: W and b, then W_2 and b_2, …"""
        return [f"{name}{layer_suffix(layer)}" for layer in range(self.layers) for name in "Wb"]

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """A network of its own with the same weights; views would not survive a plain copy."""
        twin = self.untrained()
        twin.weights.flat[:] = self.weights.flat
        return twin

    def untrained(self) -> Self:
        """Return a new network of the same kind and sizes, with weights from seed 0."""
        sizes = self.input_size, self.hidden_size, self.output_size
        return type(self)(*sizes, seed=0, dtype=self.dtype, layers=self.layers)

    def __reduce__(self) -> NoReturn:
        raise TypeError("Networks are not pickled; lstm.save writes a file that is safe to read.")

    def equation_arguments(self, layer: int = 0) -> dict[str, Array]:
        """Return a layer's weights under the names of the textbook step: W_f (H, H + D), b_f (H,), …

        layer: from 0, the one that reads the characters.
        """
        names = [*(f"W{letter}" for letter in self.letters), *self.biases]
        symbols = {name: f"{name[0]}_{'C' if name[1] == 'c' else name[1]}" for name in names}
        return {symbol: self.weights[name + layer_suffix(layer)] for name, symbol in symbols.items()}

    # -- the classroom's four calls --

    def forward(self, inputs: ArrayLike, targets: ArrayLike, h_prev: ArrayLike | None = None) -> float:
        """Read inputs, predict targets, return the loss.  Shapes as in `LSTM.forward`."""
        return self._forward(inputs, targets, h_prev)

    def _forward(self, inputs: ArrayLike, targets: ArrayLike, *states: ArrayLike | None) -> float:
        x, single = as_batch(inputs, self.input_size, self.dtype)
        y = as_targets(targets, x, single, self.output_size)
        x, y = x.copy(), y.copy()  # the caller may use its arrays again before backward
        first, shapes = as_shaped_states(
            states, x.shape[1], self.hidden_size, single, self.dtype, self.layers
        )
        masks = self.dropout_masks
        trace = self.cell.forward(x, first, self.space, masks)
        loss, probabilities = softmax_cross_entropy(self._logits(trace, self.space, masks), y, self.space)
        self._last = _Pass(trace, masks, probabilities, y, shapes, single)
        return loss

    def backward(self, clip: float | None = 5.0) -> tuple[Array, ...] | Array:
        """Backpropagate through the steps of the last `forward`.

        Fills `gradients`, each number clipped to [−clip, clip]; None leaves them raw.
        Returns the gradients at the states that came in, in the form in which these came:
        (dh, dC) for the LSTM, dh for the others.  Raises RuntimeError before the first `forward`.
        """
        if clip is not None and not (is_number(clip) and clip > 0):
            raise InputError(f"clip must be above 0, or None, not {clip!r}.")
        last, space = self._need_forward(), self.space or Workspace()
        T, B, V = last.probabilities.shape
        gradients, h = self.gradients, self._outputs(last.trace, last.masks)
        d_logits = softmax_minus_one_hot(last.probabilities, last.targets, space).reshape(T * B, V)
        np.matmul(d_logits.T, h, out=gradients["Wy"])
        d_logits.sum(axis=0, out=gradients["by"])
        dh_out = space.empty("dh_out", (T, B, self.hidden_size), self.dtype)
        np.matmul(d_logits, self.weights["Wy"], out=dh_out.reshape(h.shape))
        if last.masks:
            dh_out *= last.masks[-1]
        dz, self.state_gradients = self.cell.backward(last.trace, dh_out, space=space)
        self.cell.weight_gradients(last.trace, dz, *(gradients[n] for n in self.stored_names()), space=space)
        if clip is not None:
            np.clip(gradients.flat, -clip, clip, out=gradients.flat)
        first = [getattr(self.state_gradients, f"d{name}")[0] for name in self.cell.states]
        shaped = tuple(
            # (H,), or with layers (L, H), went to every sequence.
            (d.sum(axis=-2) if len(shape) < d.ndim else d).reshape(shape)
            for d, shape in zip(first, last.state_shapes, strict=True)
        )
        return shaped if len(shaped) > 1 else shaped[0]

    def update_weights(self, learning_rate: float = 0.001) -> None:
        """Take a step of plain gradient descent: weights −= learning_rate · gradients of the last `backward`.

        It wants a rate of about 0.1 (figures: `LSTM`) where Adam, `train`'s default, takes 0.001 to 0.003.
        """
        rate = finite_number("learning_rate", learning_rate)
        self.weights.flat -= self.dtype.type(rate) * self.gradients.flat

    def sample(
        self,
        idx_to_char: Mapping[int, str] | Sequence[str],
        seed_char_idx: int,
        length: int = 200,
        temperature: float = 0.8,
        seed: int | None = None,
    ) -> str:
        """Write `length` characters that follow the one at seed_char_idx; np.random.seed has no effect."""
        check_indices([seed_char_idx], self.input_size, "seed character's index")
        if self.output_size != self.input_size:
            raise InputError("Only a network with as many outputs as inputs can read what it writes.")
        steps = walk(self, [seed_char_idx], length=length, temperature=temperature, seed=seed)
        return "".join(idx_to_char[_index(step.index, step.logits)] for step in steps)

    # -- what the last forward pass left, for pictures --

    @property
    def gates(self) -> dict[str, Array]:
        """Gates and states of the last `forward` by name: (T, H), or (T, B, H) for a batch; copies."""
        last = self._need_forward()
        values = self.cell.values(last.trace)
        return {name: (value[:, 0] if last.single else value).copy() for name, value in values.items()}

    @property
    def state(self) -> State:
        """h (and C) after the last step of the last `forward`, copies in the form they came in."""
        last = self._need_forward()
        return tuple(
            state.reshape(shape).copy() if np.prod(shape) == state.size else state.copy()
            for state, shape in zip(self.cell.last_state(last.trace), last.state_shapes, strict=True)
        )

    def release(self) -> None:
        """Forget the last pass, which is most of the memory that a network in training holds."""
        self._last = None

    def _need_forward(self) -> _Pass:
        if self._last is None:
            raise RuntimeError("Call forward() first: there is no pass to look at yet.")
        return self._last


def _index(index: int, logits: Array) -> int:
    """Return the index that was chosen.  Raises InputError where nothing could be chosen."""
    if np.isnan(logits).any():
        raise InputError("The network's outputs are not numbers; its training has failed: start it anew.")
    return index
