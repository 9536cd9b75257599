"""The calculations of the training page: losses, the best epoch of a run, and the parameters."""

import numpy as np

from lesson.course.worksheets.task import Task, gap, gaps
from lesson.training.replay.film import film_of
from lesson.widgets.catalogue import model
from lstm import GRU, LSTM, RNN
from lstm.readout import softmax_cross_entropy
from visualization.drawings.paper import Axis, Curve, paper_axes
from visualization.numbers import number

PROBABILITIES = (0.5, 0.1, 0.01)
SIZES = (3, 2)  # D = V and H of the network whose parameters are counted
RUN = "fables_gru"


def tasks() -> list[Task]:
    """Return the calculations."""
    return [_losses(), _best(), _parameters()]


def uniform_loss(V: int) -> float:
    """Return the loss of guessing evenly among V characters, by the library's own loss."""
    loss, _ = softmax_cross_entropy(np.zeros((1, 1, V)), np.zeros((1, 1), int))
    return float(loss)


def _losses() -> Task:
    names = ("brackets", "fables")
    sizes = [2, *(len(model(name).vocabulary) for name in names)]
    return Task(
        "What a loss means",
        (
            "The loss of one character is $-\\ln p$, where $p$ is the probability that the network gave to "
            "the right one. Uniform guessing among $V$ characters has a loss of $\\ln V$.",
        ),
        (
            ("$p$", *(f"{p:g}" for p in PROBABILITIES), "$V$", *map(str, sizes)),
            ("loss in nats", *gaps(number(-np.log(p)) for p in PROBABILITIES), "$\\ln V$",
             *gaps(number(uniform_loss(V)) for V in sizes)),
        ),
    )  # fmt: skip


def _best() -> Task:
    film = film_of(RUN)
    snapshots = film.checkpoint.snapshots
    moments = {int(epoch): k for k, epoch in enumerate(film.epochs) if epoch >= 1}  # the last of each
    epochs = list(moments)
    training = [float(snapshots.loss[k]) for k in moments.values()]
    validation = [float(snapshots.validation_loss[k]) for k in moments.values()]
    best = int(np.argmin(validation))
    guessing = uniform_loss(len(film.checkpoint.vocabulary))
    high, end = np.ceil(max(training + validation) * 2) / 2, epochs[-1]
    heights = [(float(v), f"{v:g}") for v in np.arange(0.5, high + 0.1, 0.5)]
    ticks = [(t, str(t)) for t in range(0, end + 1, 10)]
    return Task(
        "Which epoch would you keep?",
        (
            f"A GRU with {model(RUN).net.hidden_size} units learned the fables. Draw both losses. Lowest "
            f"validation loss in the table: {gap(number(validation[best]))}, after {gap(str(epochs[best]))} "
            f"epochs. After that, the network {gap('overfits')}. Uniform guessing has {number(guessing)}. "
            f"The probability that belongs to the lowest loss, $e^{{-\\mathrm{{loss}}}}$, is "
            f"{gap(number(np.exp(-validation[best])))}.",
        ),
        (
            ("epochs", *map(str, epochs)),
            ("training loss", *(number(v) for v in training)),
            ("validation loss", *(number(v) for v in validation)),
        ),
        lambda solved: paper_axes(
            Axis("epochs", 0, end, ticks), Axis("nats per character", 0.5, high, heights),
            [Curve("training", epochs, training), Curve("validation", epochs, validation)], solved,
        ),
    )  # fmt: skip


def _parameters() -> Task:
    D, H = SIZES
    counts = [kind(D, H, D).weights.flat.size for kind in (RNN, GRU, LSTM)]
    large = model("fables").net
    return Task(
        "Count the parameters",
        (
            f"A block has weights $H \\cdot (H + D)$ and biases $H$. An RNN has one block, a GRU three, an "
            f"LSTM four. The output layer adds $V \\cdot H + V$. Here $H$ = {H} and $D = V$ = {D}.",
            f"And the LSTM of the fables, with $H$ = {large.hidden_size} and $D = V$ = {large.input_size}: "
            f"{gap(f'{large.weights.flat.size:,}')} parameters.",
        ),
        (("cell", "RNN", "GRU", "LSTM"), ("whole network", *gaps(f"{count}" for count in counts))),
    )
