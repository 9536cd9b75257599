"""Exercise 4: the data by what they must be, one update against the library's, then a real training."""

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from exercises.judge import Judge
from exercises.mistakes.training_4 import MISTAKES
from exercises.student import Student, Wrong
from lstm import LSTM
from lstm.network import Network
from lstm.optimisers import Adam
from lstm.recall.experiment import recall_accuracy, recall_gradients
from lstm.recall.task import recall
from lstm.scalar import half_life

GAP, SYMBOLS, BATCH_SIZE, ENOUGH = 20, 8, 64, 0.95
MOST_UNITS = 20  # with more, b_f = 1 learns it too, and gap 3 would teach nothing


class Draw:
    """Fresh batches of the recall task, always the same ones in the same order."""

    def __init__(self) -> None:
        self._rng = np.random.default_rng(5)

    def __call__(self) -> tuple[NDArray, NDArray]:
        return recall(self._rng, 6, 4, SYMBOLS)


def check(student: Student) -> Iterator[str]:
    """Yield a line for every gap that is right; Wrong at the first that is not."""
    judge = Judge(student, 4, MISTAKES)
    _batch(student)
    yield "Gap 1: each sequence has a symbol, noise, a question mark and one target."
    net, batch = _network(), recall(np.random.default_rng(6), 200, 3, SYMBOLS)
    for _ in _updates(net, partial(recall, np.random.default_rng(7), 64, 3, SYMBOLS), 20, 0.02, 1.0):
        pass  # until some answers are right
    right = (net.run(batch.inputs).logits[-1].argmax(axis=1) == batch.targets[-1]).mean()
    judge(2, "accuracy", (net, *batch), {"accuracy": right})
    yield "Gap 2: the accuracy counts only the answer to the question mark."
    mine = student.call("new_network", SYMBOLS, 1)
    _fits(mine)
    yield "Gap 3: the network fits the task."
    for max_norm in (1_000.0, 0.3):  # longer than every gradient here, and shorter
        losses = list(_updates(_network(), Draw(), 4, 0.01, max_norm))
        judge(4, "train", (_network(), Draw(), 4, 0.01, max_norm), {"loss": losses}, axes=("update",))
    yield "Gap 4: forward, backward, clipping and Adam are right; now the training."
    yield _trained(student, mine)


def _batch(student: Student) -> None:
    gap, B, rng = 7, 50, np.random.default_rng(4)
    batch, again = (student.call("make_batch", rng, B, gap, SYMBOLS, gap=1) for _ in range(2))
    if not isinstance(batch, (tuple, list)) or len(batch) != 2:
        raise Wrong(f"Gap 1: make_batch must return inputs, targets, not {type(batch).__name__}.")
    inputs, targets = (np.asarray(array) for array in batch)
    for name, array in (("inputs", inputs), ("targets", targets)):
        if array.shape != (gap + 2, B) or array.dtype.kind not in "iu":
            raise Wrong(
                f"Gap 1, {name}: whole numbers of shape (gap + 2, batch_size) = {(gap + 2, B)} are expected, "
                f"not {array.dtype} of shape {array.shape}."
            )
    for applies, says in (*_input_faults(inputs, again[0]), *_target_faults(inputs, targets)):
        if applies:
            raise Wrong(f"Gap 1: {says}.", gap=1)


def _input_faults(inputs: NDArray, again: NDArray) -> tuple[tuple[bool, str], ...]:
    """Return whether each fault is in the inputs (gap + 2, B), with its words; again: the next batch's."""
    noise, occurring = inputs[1:-1], len(np.unique(inputs[:-1]))
    return (
        ((inputs[-1] != SYMBOLS).any(), "the last input must be the question mark, the number `symbols`"),
        ((inputs[:-1] == SYMBOLS).any(), "the question mark stands before the last step too"),
        (inputs.min() < 0 or inputs.max() > SYMBOLS, "there are inputs that are no symbols"),
        (len(np.unique(inputs[0])) < 3, "all sequences of the batch begin with the same symbol"),
        (
            (noise == noise[:1]).all() or (noise == inputs[0]).all(),
            "the noise does not change from step to step",
        ),
        ((noise == noise[:, :1]).all(), "all sequences have the same noise"),
        (occurring < SYMBOLS, f"of {SYMBOLS} symbols only {occurring} occur"),
        (
            np.array_equal(inputs, again),
            "two batches are the same: draw from the rng that is given, not from a new one",
        ),
    )


def _target_faults(inputs: NDArray, targets: NDArray) -> tuple[tuple[bool, str], ...]:
    """Return whether each fault is in the targets (gap + 2, B) of these inputs, with its words."""
    answers, steps_too_many = targets[-1], int((targets[:-1] != -1).any(axis=1).sum())
    return (
        ((targets != -1).all(), "every step has a target; before the question mark the targets must be −1"),
        (
            (targets[-2] == inputs[0]).all(),
            "the targets are shifted by one: the first symbol stands one step before the question mark",
        ),
        (
            (answers == inputs[1]).all(),
            "the targets are shifted by one: the last target is the second symbol, not the first",
        ),
        (
            (answers == inputs[-2]).all(),
            "the last target is the symbol before the question mark, not the first symbol",
        ),
        ((answers == -1).all(), "there is no target: the last one is −1"),
        ((answers != inputs[0]).any(), "the last target must be the first symbol"),
        (
            steps_too_many > 0,
            f"{steps_too_many} steps before the question mark have targets too; these must be −1",
        ),
    )


def _network() -> Network:
    # Large weights, so that the gradients are longer than the clipping allows.
    net = LSTM(SYMBOLS + 1, 12, SYMBOLS + 1, seed=2, dtype=np.float64)
    net.Wy = 24 * net.Wy
    return net


def _updates(net: Network, draw, updates: int, learning_rate: float, max_norm: float) -> Iterator[float]:
    """Do what `train` must do; yields the losses."""
    adam, gradients = Adam(net.weights.flat.size, net.dtype), net.gradients.flat
    for _ in range(updates):
        yield recall_gradients(net, draw())
        gradients *= min(1.0, max_norm / np.linalg.norm(gradients))
        adam.step(net.weights.flat, gradients, learning_rate)


def _fits(net: object) -> None:
    if not isinstance(net, LSTM):
        raise Wrong(f"Gap 3: new_network must return an LSTM, not {type(net).__name__}.")
    sizes = net.input_size, net.output_size
    if sizes != (SYMBOLS + 1, SYMBOLS + 1):
        raise Wrong(
            f"Gap 3: {SYMBOLS} symbols and the question mark make {SYMBOLS + 1} inputs and outputs, "
            f"not {sizes}.",
            gap=3,
        )
    if net.hidden_size > MOST_UNITS:
        says = (
            f"{MOST_UNITS} hidden units are enough if the forget gate is open at the start, not "
            f"{net.hidden_size}"
        )
        raise Wrong(f"Gap 3: {says}.", gap=3)


def _trained(student: Student, net: Network) -> str:
    bias = float(net.bf.mean())
    rng = np.random.default_rng(0)

    def draw() -> tuple[NDArray, NDArray]:
        return student.call("make_batch", rng, BATCH_SIZE, GAP, SYMBOLS)

    settings = getattr(student.module, "SETTINGS", {})
    names = ("updates", "learning_rate", "max_norm")
    if not isinstance(settings, dict) or set(settings) != set(names):
        raise Wrong(f"SETTINGS must be a dict of {', '.join(names)}.")
    losses = student.call("train", net, draw, *(settings[name] for name in names), gap=4)
    share = recall_accuracy(net, GAP, seed=0)
    if share >= ENOUGH:
        return f"{share:.1%} of 1,024 questions over {GAP} steps are answered right."
    f = 1 / (1 + np.exp(-bias))
    raise Wrong(
        f"{share:.1%} of 1,024 questions over {GAP} steps are answered right; it must be {ENOUGH:.0%} "
        f"(chance is {1 / SYMBOLS:.1%}). {_went(losses)}\n"
        f"At first b_f is {bias:.3g}: f is about {f:.3g}, half of C is gone "
        f"after {half_life(f):.1f} steps, and {f**GAP:.1e} of it is left after {GAP}. What you can change: "
        "new_network, and SETTINGS."
    )


def _went(losses: Sequence[float]) -> str:
    """Say what the losses of a training that was not enough mean."""
    if len(losses) < 2:
        return "There were almost no updates."
    if not np.isfinite(losses).all() or losses[-1] > losses[0] + 1:
        return f"The loss went from {losses[0]:.3g} to {losses[-1]:.3g}: the learning rate is too high."
    late = np.mean(losses[-len(losses) // 10 :])
    return (
        f"The loss went from {losses[0]:.3g} to {late:.3g} (mean of the last tenth) in {len(losses)} updates."
    )
