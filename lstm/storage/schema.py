"""What the parts of a checkpoint must be like, checked when one is written and when one is read.

Each check raises ValueError with the reason in a few words.
"""

from collections.abc import Iterable, Mapping

import numpy as np

from lstm.arrays import AnyArray
from lstm.cells import layer_suffix
from lstm.errors import LARGEST_COUNT
from lstm.network import Network
from lstm.optimisers import OPTIMISERS
from lstm.settings import Settings
from lstm.storage.snapshots import Snapshots
from lstm.text import split
from lstm.training.batches import TEXT, VALIDATION_TEXT

Shape = tuple[int, ...]

BEST = {"weights", "best_epoch", "best_loss", "best_weights"}  # of a training: the latest weights, the best
_MOST_STEPS = 2**31 - 1  # done: what a run of weeks does not reach
_MOST_ROWS, _MOST_COLUMNS = 20_000, 32  # of a history; ours is thinned to 2,000 rows
_LONGEST_NAME = 40  # characters
_MOST_MOMENTS = 1_000  # of which snapshots were taken
# Columns of a history that are known for every row.
_COUNTED = ("step", "steps", "epoch", "epochs", "characters", "seconds")


def weight_shapes(network: type[Network], D: int, H: int, V: int, layers: int = 1) -> dict[str, Shape]:
    """Return the stored weights' shapes by name, each gate's by its own, so that any reader knows them."""
    shapes: dict[str, Shape] = {}
    for layer in range(layers):
        end, inputs = layer_suffix(layer), H if layer else D
        shapes |= {f"W{letter}{end}": (H, H + inputs) for letter in network.letters}
        shapes |= {f"{name}{end}": (H,) for name in network.biases}
    return {**shapes, "Wy": (V, H), "by": (V,)}


def check_training(state: Mapping[str, AnyArray], settings: Settings | None, net: Network) -> None:
    """Require a training of this network, and settings if there is one."""
    if settings is None:
        _require(not state, "a training without settings")
        return
    split(np.empty(0, np.intp), settings.validation_share)
    states = zip(net.cell.states, net.zero_state(settings.batch_size), strict=True)
    carried = {f"carried_{name}": state.shape for name, state in states}
    # An optimiser of one weight tells which of its arrays have a number for every weight.
    small = OPTIMISERS[settings.optimiser](1, net.dtype).state()
    numbers = {f"optimiser_{name}": net.weights.flat.shape for name, array in small.items() if array.ndim}
    counts = {"step", TEXT, *(f"optimiser_{name}" for name, array in small.items() if not array.ndim)}
    counts |= {VALIDATION_TEXT} & state.keys()
    sized = carried | numbers
    if any(name in state for name in BEST):  # all of them, or none: in older files, and before any is known
        sized |= {"weights": net.weights.flat.shape, "best_weights": net.weights.flat.shape}
        counts.add("best_epoch")
    real = {"seconds", *({"best_loss"} if "best_epoch" in counts else ())}
    _require(state.keys() == {*sized, *counts, *real}, "a training with other parts")
    for name, shape in sized.items():
        _require((state[name].shape, state[name].dtype) == (shape, net.dtype), f"{name} of another size")
    _require(all(np.isfinite(value).all() for value in state.values()), "a training with NaN")
    _require(all(state[name].dtype.kind in "iu" for name in counts), "a count that is no whole number")
    _require(all(_plain(state[name]) for name in real), "seconds or a loss that are no number")
    for name in (*counts, *real):
        _require(state[name].shape == () and 0 <= float(state[name]) <= _most(name), f"{name} out of range")
    best = state.get("best_weights", net.weights.flat)
    _require(np.array_equal(best, net.weights.flat), "weights that are not those of the best epoch")
    _require("optimiser_v" not in state or bool((state["optimiser_v"] >= 0).all()), "squares below 0")


def check_history(history: Mapping[str, AnyArray]) -> None:
    """Require columns of numbers, equally long."""
    columns = history.values()
    _require(len(history) <= _MOST_COLUMNS, "too many columns of history")
    _require(
        all(name.isidentifier() and name.isascii() and len(name) <= _LONGEST_NAME for name in history),
        "odd names",
    )
    _require(all(column.ndim == 1 for column in columns), "a history that is no table")
    _require(len({len(column) for column in columns}) <= 1, "a history with columns of different lengths")
    _require(all(len(column) <= _MOST_ROWS for column in columns), "a history that is too long")
    _require(all(_plain(column) for column in columns), "a history of something else than numbers")
    for name in _COUNTED:
        column = history.get(name, np.zeros(0)).astype(np.float64)
        _require(bool(((column >= 0) & (column <= _most(name))).all()), f"a history with {name} out of range")
    _require(_ascending(history.get("step", ())), "a history whose steps are out of order")


def check_snapshots(snapshots: Snapshots | None, net: Network) -> None:
    """Require moments of a network of this size."""
    if snapshots is None:
        return
    step, weights, samples = snapshots.step, snapshots.weights, snapshots.samples
    _require(1 <= len(snapshots) <= _MOST_MOMENTS, "too many snapshots, or none")
    for column in (step, snapshots.loss, snapshots.validation_loss):
        _require(column.ndim == 1 and _plain(column), "snapshots of something else than numbers")
    _require(
        step.dtype.kind in "iu" and bool((step >= 0).all()) and _ascending(step), "snapshots out of order"
    )
    _require(
        weights.dtype == np.float16 and weights.shape[1] == net.weights.flat.size, "snapshots of another size"
    )
    _require(bool(np.isfinite(weights).all()), "snapshots with NaN")
    _require(samples.dtype.kind == "u" and bool((samples < net.output_size).all()), "samples of another text")


def check_notes(notes: Mapping[str, str]) -> None:
    """Require texts by name, which can be printed."""
    _require(isinstance(notes, dict), "notes without names")
    texts = [*notes.keys(), *notes.values()]
    _require(all(isinstance(text, str) for text in texts), "a note that is no text")
    "".join(texts).encode()


def _most(name: str) -> int:
    return _MOST_STEPS if name == "step" else LARGEST_COUNT


def _plain(column: AnyArray) -> bool:
    """Return whether a column holds whole or real numbers of a usual size."""
    return column.dtype.kind in "iuf" and column.dtype.itemsize <= 8


def _ascending(steps: Iterable[float]) -> bool:
    steps = np.asarray(steps)
    return bool((steps[1:] > steps[:-1]).all())


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)
