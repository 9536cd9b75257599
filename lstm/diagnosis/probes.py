"""What a network does while it trains, as plain numbers: the doctor and the checklist judge by them.

Letters: T steps, B sequences, H hidden units, V characters.
"""

import copy
import dataclasses

import numpy as np

from lstm.arrays import Array, Indices
from lstm.cells import StackTrace, Trace
from lstm.errors import InputError
from lstm.network import Network
from lstm.optimisers import OPTIMISERS
from lstm.products import Workspace
from lstm.readout import softmax_cross_entropy, softmax_minus_one_hot
from lstm.settings import Settings
from lstm.text import check_text, split
from lstm.training import Training

STEPS_BACK = (5, 10, 20, 50)
_SEQUENCES, _STEPS = 8, 100  # read side by side: enough for a median, and to see a state grow
_LARGEST_TABLE = 4_000_000  # counts: 158 characters after two others
_PIECE, _PARTS = 4, 20  # characters of a piece; parts of a tenth of the text
_SATURATED = 0.97  # of |h|: above it tanh has 6 % of its slope left
OPEN, CLOSED = 0.9, 0.1  # a gate above the one is called open, below the other closed


def probe(net: Network, ids: Indices) -> dict[str, float]:
    """Measure a network on a piece of text (T,) that it does not learn from; numbers by name.

    The text, some hundred characters, is read as up to 8 sequences of up to 100 steps, each from a
    state of zeros; nothing in the network is written to.  A text that is too short for one of the
    numbers, or a cell without a part, leaves them out.

    loss, in nats per character; weights, the length of the vector of all weights.
    For every gate, with g its name in the cell (f, i, o; z, r): g_mean; g_open and g_closed, the shares
    of its values above 0.9 and below 0.1; g_stuck, the share of units that never leave one of the two.
    For these and for the candidate (C_tilde, h_tilde, h): g_slope, the mean slope of σ or tanh there as
    a share of the largest, 4σ(1 − σ) or 1 − tanh²: what comes through of a gradient.
    h_saturated, the share of |h| above 0.97.  C_max, the largest |C|; C_growth, the mean |C| at the end
    of the reading over that in its middle: 1 where it has settled, 2 where it grows in proportion to time.
    dh_k and dC_k for k = 5, 10, 20, 50: of the gradient of the last step's loss, what is left k steps
    back, as a share (dC is followed from the last step's own); median of the sequences.
    With several layers, the units of all of them count, as if they stood side by side.
    After a NaN in the weights the numbers are NaN.  Raises InputError for less than two characters.
    """
    text = _sequences(net, ids)
    with np.errstate(all="ignore"):  # a failing network shows in the numbers, not in warnings
        trace = net.cell.forward(text[:-1], net.zero_state(text.shape[1]))
        logits = trace.h[1:] @ net.Wy.T + net.by  # (T, B, V)
        loss, probabilities = softmax_cross_entropy(logits, text[1:])
        length = float(np.linalg.norm(net.weights.flat.astype(np.float64)))
        numbers = {"loss": loss / len(trace.x), "weights": length}
        numbers |= _gates(net, trace) | _states(net, trace)
        numbers |= _gradients(net, trace, probabilities[-1:], text[-1:])
    healthy = np.isfinite(numbers["weights"])  # shares above a limit would make zeros of a NaN
    return {name: float(value) if healthy else np.nan for name, value in numbers.items()}


def _sequences(net: Network, ids: Indices) -> Indices:
    """Cut a text into up to 8 sequences of up to 100 steps and the character after them, (T + 1, B)."""
    ids = check_text(ids, net.input_size)
    if len(ids) < 2:
        raise InputError("A probe needs at least two characters: one to read and one to predict.")
    T = min(_STEPS, len(ids) - 1)
    B = min(_SEQUENCES, max(1, len(ids) // T))
    starts = np.linspace(0, len(ids) - 1 - T, B).astype(np.intp)
    text: Indices = ids[starts + np.arange(T + 1)[:, None]]
    return text


def _of_all_layers(trace: Trace, part: str) -> Array:
    """Return a part of a trace with the units of all layers side by side: (…, L·H)."""
    layers = trace.layers if isinstance(trace, StackTrace) else [trace]
    return np.concatenate([getattr(layer, part) for layer in layers], axis=-1)


def _gates(net: Network, trace: Trace) -> dict[str, float]:
    candidate, *gates = net.cell.gates
    values = _of_all_layers(trace, "gates")  # (T, G, B, L·H)
    numbers = {f"{candidate}_slope": 1 - np.square(values[:, 0], dtype=np.float64).mean()}
    for k, name in enumerate(gates, start=1):
        gate = values[:, k]
        is_open, is_closed = gate > OPEN, gate < CLOSED
        mean = gate.mean(dtype=np.float64)
        numbers[f"{name}_mean"] = mean
        numbers[f"{name}_open"], numbers[f"{name}_closed"] = is_open.mean(), is_closed.mean()
        numbers[f"{name}_stuck"] = (is_open.all((0, 1)) | is_closed.all((0, 1))).mean()
        numbers[f"{name}_slope"] = 4 * (mean - np.square(gate, dtype=np.float64).mean())
    return numbers


def _states(net: Network, trace: Trace) -> dict[str, float]:
    numbers = {"h_saturated": (np.abs(_of_all_layers(trace, "h")[1:]) > _SATURATED).mean()}
    if "C" not in net.cell.states:
        return numbers
    C = _of_all_layers(trace, "C")  # (T + 1, B, L·H)
    size = np.abs(C[1:]).mean((1, 2), dtype=np.float64)  # (T,)
    numbers["C_max"] = np.abs(C).max()
    if len(size) >= 20:
        tenth = len(size) // 10
        middle = len(size) // 2
        numbers["C_growth"] = size[-tenth:].mean() / size[middle - tenth // 2 :][:tenth].mean()
    return numbers


def _gradients(net: Network, trace: Trace, probabilities: Array, targets: Indices) -> dict[str, float]:
    """Return dh_k and dC_k: the loss is that of the last step only, probabilities (1, B, V)."""
    T, B, H = trace.h[1:].shape
    (d_logits,) = softmax_minus_one_hot(probabilities, targets, Workspace())  # (B, V)
    d_last = net.zero_state(B)  # at C, and at the h of every layer but the last: 0
    (d_last[0] if net.layers == 1 else d_last[0][-1])[:] = d_logits @ net.Wy
    none = np.broadcast_to(net.dtype.type(0), (T, B, H))
    _, gradients = net.cell.backward(trace, none, d_last)
    numbers: dict[str, float] = {}
    for name in net.cell.states:
        # In float64: the squares of tiny float32 numbers would be 0.
        at_state = getattr(gradients, f"d{name}").astype(np.float64).reshape(T + 1, net.layers, B, H)
        lengths = np.sqrt(np.square(at_state).sum((1, 3)))  # (T + 1, B)
        entered = np.where(lengths[-1] > 0, lengths[-1], np.inf)  # of nothing, nothing is left
        numbers |= {f"d{name}_{k}": float(np.median(lengths[T - k] / entered)) for k in STEPS_BACK if k <= T}
    return numbers


# -- once, when a run begins --


def examine(net: Network, ids: Indices, settings: Settings) -> dict[str, float]:
    """Measure what can be known when a run begins; numbers by name.  Write nothing into the network.

    ids: the text (T,), as `train` gets it; from too short a piece of it some numbers are left out.
    parameters, their number; first_loss, before any update, in nats per character; forget_bias, the mean
    of b_f (LSTM), or keep_bias, the mean of the GRU's update-gate
    bias b_z; characters, how many different ones the text has.
    follows: of the targets in a batch of this training, the share that is the character after the input.
    digits: to how many decimal digits `backward` agrees with finite differences of the loss, the worst
    of ten directions, on a tiny float64 network of the same class and as many layers.
    memory_before, memory_after: loss on ten characters before and after 80 updates of a copy on nothing
    else, with the settings' optimiser at a rate that is known to work.
    table_0, table_1, table_2: loss on the text kept for validation of a table of which character follows
    0, 1 or 2 others, counted in the rest of the text: what a network must beat to be worth its name.
    new_at_the_end, new_in_a_tenth: see `novelty`.
    Raises InputError for less than two characters.
    """
    text = _sequences(net, ids)
    numbers: dict[str, float] = {"parameters": net.weights.flat.size, "characters": len(np.unique(ids))}
    for name, bias in (("forget_bias", "bf"), ("keep_bias", "bz")):
        if bias in net.weights:
            numbers[name] = net.weights[bias].mean(dtype=np.float64)
    with np.errstate(all="ignore"):
        loss, _ = softmax_cross_entropy(net.run(text[:-1]).logits, text[1:])
        numbers["first_loss"] = loss / (len(text) - 1)
        before, after = _memorise(net, text[:11, :1], settings.optimiser)
        numbers["memory_before"], numbers["memory_after"] = before, after
        numbers["digits"] = _digits(type(net), net.layers)
    numbers |= _first_batch(net, ids, settings) | tables(ids, net.input_size, settings.validation_share)
    numbers |= novelty(ids, net.input_size, settings.validation_share)
    return {name: float(value) for name, value in numbers.items()}


# Found by trying, for H from 8 to 128 and every cell: 80 updates leave at most 6 % of the loss.
_TAME_RATES = {"adam": 0.02, "sgd": 3.0}
_TAME_NORM, _UPDATES = 0.5, 80


def _memorise(net: Network, text: Indices, optimiser: str) -> tuple[float, float]:
    """Return a copy's loss per character on a text (T + 1, B), before and after learning nothing else."""
    twin, T = copy.deepcopy(net), len(text) - 1
    twin.space = Workspace()
    update = OPTIMISERS[optimiser](twin.weights.flat.size, twin.dtype).step
    gradients = twin.gradients.flat
    before = loss = twin.forward(text[:-1], text[1:])
    for _ in range(_UPDATES):
        twin.backward(clip=None)
        gradients *= min(1 / T, _TAME_NORM / float(np.sqrt(gradients @ gradients)))
        update(twin.weights.flat, gradients, _TAME_RATES[optimiser])
        loss = twin.forward(text[:-1], text[1:])
    return before / T, loss / T


def _digits(kind: type[Network], layers: int) -> float:
    """Count the digits to which a class's `backward` agrees with differences of `forward`, at most 15."""
    V, H, nudge = 6, 5, 1e-5
    rng = np.random.default_rng(0)
    net = kind(V, H, V, seed=0, dtype=np.float64, layers=layers)
    weights = net.weights.flat
    weights += 0.3 * rng.standard_normal(weights.size)  # biases that are not 0
    text = rng.integers(0, V, (8, 2))
    state = [0.5 * rng.standard_normal(zeros.shape) for zeros in net.zero_state(2)]
    net.forward(text[:-1], text[1:], *state)
    net.backward(clip=None)
    gradients, middle, worst = net.gradients.flat.copy(), weights.copy(), 15.0
    for direction in rng.standard_normal((10, weights.size)) / np.sqrt(weights.size):
        losses = []
        for sign in (1, -1):
            weights[:] = middle + sign * nudge * direction
            losses.append(net.forward(text[:-1], text[1:], *state))
        measured, exact = (losses[0] - losses[1]) / (2 * nudge), float(gradients @ direction)
        if measured != exact:
            worst = min(worst, -np.log10(abs(measured - exact) / max(abs(measured), abs(exact))))
    return max(0.0, worst)


def _first_batch(net: Network, ids: Indices, settings: Settings) -> dict[str, float]:
    """Return `follows`, from the first batch of a training of one unit in the network's place."""
    tiny = type(net)(net.input_size, 1, net.output_size, seed=0)
    small = dataclasses.replace(
        settings, batch_size=min(32, settings.batch_size), seq_length=min(100, settings.seq_length)
    )
    try:
        inputs, targets = Training(tiny, ids, small).batch(0, 0)
    except InputError:  # a piece that is too short for a batch
        return {}
    return {"follows": (targets[:-1] == inputs[1:]).mean()} if len(inputs) > 1 else {}


def tables(ids: Indices, size: int, validation_share: float = 0.1) -> dict[str, float]:
    """Return table_0, table_1, table_2 of `examine`, those that fit into memory; size: V.

    The counts are smoothed as by Witten & Bell 1991: a context seen N times with K different followers
    trusts itself with N / (N + K), and the shorter context with the rest.
    """
    learned, validation = split(ids, validation_share or 0.1)
    numbers: dict[str, float] = {}
    if len(validation) < 3:
        return numbers
    p: Array = np.array(1 / size)
    for n in range(3):
        if size ** (n + 1) > _LARGEST_TABLE:
            break
        counts = np.bincount(_codes(learned, n, size), minlength=size ** (n + 1)).reshape(-1, size)
        context, target = np.divmod(
            _codes(validation, n, size)[2 - n :], size
        )  # the same targets for every n
        N, K = counts.sum(axis=1)[context], np.count_nonzero(counts, axis=1)[context]
        p = np.where(N > 0, (counts[context, target] + K * p) / np.maximum(N + K, 1), p)
        numbers[f"table_{n}"] = -np.log(p).mean()
    return numbers


def novelty(ids: Indices, size: int, validation_share: float = 0.1) -> dict[str, float]:
    """Measure how new the text kept for validation is: shares of pieces of 4 characters; size: V.

    new_at_the_end: of its pieces, the share that the rest of the text does not have.  new_in_a_tenth: the
    same of as much text in twenty parts, spread evenly over all of it: what to expect if the end is like
    the rest.  Nothing of a text too short to be cut so.
    """
    learned, validation = split(ids, validation_share or 0.1)
    part = len(validation) // _PARTS
    if part < _PIECE or size**_PIECE > np.iinfo(np.int64).max:
        return {}
    in_parts = np.zeros(len(ids), bool)
    for start in np.linspace(0, len(ids) - part, _PARTS).astype(np.intp):
        in_parts[start : start + part] = True
    spread = in_parts[: len(ids) - _PIECE + 1] & in_parts[_PIECE - 1 :]  # pieces that lie in a part
    rest = ~in_parts[: len(ids) - _PIECE + 1] & ~in_parts[_PIECE - 1 :]
    pieces = _codes(ids, _PIECE - 1, size)
    return {
        "new_at_the_end": _new_share(pieces[len(learned) :], pieces[: len(learned) - _PIECE + 1]),
        "new_in_a_tenth": _new_share(pieces[spread], pieces[rest]),
    }


def _new_share(pieces: Indices, others: Indices) -> float:
    """Return the share of pieces that are not among the others."""
    return float(1 - np.isin(pieces, others).mean())


def _codes(ids: Indices, n: int, size: int) -> Indices:
    """Return every n + 1 characters in a row of a text (T,) as one number, (T − n,)."""
    codes = np.zeros(len(ids) - n, np.intp)
    for j in range(n + 1):
        codes += ids[j : len(ids) - n + j] * size ** (n - j)
    return codes
