"""A training run as a film: what was written at each of its moments, and the numbers that go with it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lesson.frame.memo import memo
from lesson.training.replay.reading import ENOUGH, Measure, measure_of
from lesson.widgets.catalogue import model, model_names, sample_text, saved_loss
from lesson.widgets.gate_table import shares_of
from lstm import generate
from lstm.diagnosis.overfitting import Lowest, lowest_validation
from lstm.network import Network
from lstm.storage.checkpoint import Checkpoint
from lstm.text import split
from visualization.drawings.losses import Curve, guessing, run_curve
from visualization.numbers import other_units

MEASURED_LENGTH = 150  # characters of validation text, over which gates are measured
LONGEST_PROMPT = 200  # characters
VALIDATION_LOSS, READABLE_FROM = "validation loss", "readable from step"  # columns of the catalogue


@dataclass(frozen=True)
class Film:
    """A trained model with its moments, S of them.

    texts: what was written at each; epochs (S,); letters, imitated (S,): the share of what was written that
    is as in the part of its text that it learned from, in its frequencies and by its measure; characters:
    of that part; curve: the losses of the whole run; validation_text (MEASURED_LENGTH,): the beginning of
    what it did not learn from.
    """

    name: str
    checkpoint: Checkpoint
    texts: tuple[str, ...]
    epochs: NDArray
    letters: NDArray
    imitated: NDArray
    measure: Measure
    characters: int
    curve: Curve
    validation_text: NDArray

    @property
    def last(self) -> int:
        """The last moment."""
        return len(self.texts) - 1

    @property
    def readable(self) -> int | None:
        """The moment from which on what it writes can be read, None if there is none."""
        return settles(self.imitated, ENOUGH) if self.measure.reads else None

    @property
    def guess(self) -> float:
        """The loss of uniform guessing, ln V."""
        return guessing(len(self.checkpoint.vocabulary))[0]

    @property
    def best(self) -> Lowest:
        """Where its validation loss was lowest."""
        return lowest_validation(self.checkpoint.history)

    @property
    def saved_loss(self) -> float:
        """The validation loss of the weights in the file: the best epoch's, where one is noted."""
        return saved_loss(self.checkpoint)

    def step(self, moment: int) -> str:
        """Return the step of a moment, as it is written beside the slider."""
        return f"step {self.checkpoint.snapshots.step[moment]:,}"

    def network(self, moment: int) -> Network:
        """Return the network as it was."""
        return self.checkpoint.snapshots.network(self.checkpoint.net, moment)

    def marked(self, moment: int) -> Curve:
        """Return the losses of the whole run with a marker at a moment."""
        snapshots = self.checkpoint.snapshots
        losses = float(snapshots.loss[moment]), float(snapshots.validation_loss[moment])
        return replace(self.curve, at=int(snapshots.step[moment]), marked=losses)


@memo(entries=20)
def film_of(name: str) -> Film:
    """Return the film of a model of the catalogue; nobody writes into it."""
    checkpoint = model(name)
    snapshots, history, vocabulary = checkpoint.snapshots, checkpoint.history, checkpoint.vocabulary
    text = sample_text(checkpoint.notes["text"])
    learned, held_out = split(vocabulary.encode(text))
    texts, measure = tuple(map(vocabulary.decode, snapshots.samples)), measure_of(checkpoint.notes["text"])
    source = split(text)[0]
    # Of a long run not every report is kept, but the last of every epoch is.
    at = np.minimum(np.searchsorted(history["step"], snapshots.step), len(history["step"]) - 1)
    return Film(
        name,
        checkpoint,
        texts,
        np.where(snapshots.step > 0, history["epoch"][at], 0).astype(int),
        np.array([letters_alike(sample, learned, len(vocabulary)) for sample in snapshots.samples]),
        np.array([measure.share(written, source) for written in texts]),
        measure,
        len(source),
        run_curve(name, history, snapshots.arrays()),
        held_out[:MEASURED_LENGTH].copy(),
    )


def letters_alike(written: NDArray, learned: NDArray, size: int) -> float:
    """Measure how much the frequencies of characters have in common, from 0 to 1; indices below `size`."""
    shares = [np.bincount(ids, minlength=size) / len(ids) for ids in (written, learned)]
    return float(np.minimum(*shares).sum())


def last_moment() -> int:
    """Return the last moment of the longest film."""
    return max(film_of(name).last for name in model_names())


def catalogue() -> list[dict[str, object]]:
    """Return a row for every model of the catalogue, by the names of its columns."""
    return [_row(film_of(name)) for name in model_names()]


def _row(film: Film) -> dict[str, object]:
    net = film.checkpoint.net
    return {
        "model": film.name,
        "text": film.checkpoint.notes["text"],
        "cell": net.kind.upper(),
        "units": net.hidden_size,
        "parameters": net.weights.flat.size,
        VALIDATION_LOSS: f"{film.saved_loss:.2f} (guessing: {film.guess:.2f})",
        READABLE_FROM: readable_from(film),
    }


@memo(entries=2)
def networks(name: str) -> tuple[Network, ...]:
    """Return the networks of all moments; nobody writes into them."""
    film = film_of(name)
    return tuple(film.network(moment) for moment in range(film.last + 1))


@memo(entries=300)
def gates(name: str, moment: int) -> dict[str, tuple[float, float, float]]:
    """Measure each gate, by its letter: its mean, and the shares above 0.9 and below 0.1; over all units.

    All moments read the same text, one that the network does not learn from.
    """
    values = networks(name)[moment].run(film_of(name).validation_text).values
    measured = {letter: values[letter] for letter in "fiozr" if letter in values}
    return {letter: shares_of(gate) for letter, gate in measured.items()}


def expected(name: str, prompt: str) -> NDArray:
    """Return the probability of every character after a prompt, (S, V), by the networks of all moments.

    prompt: known characters only; an empty one is like the beginning of a line.
    """
    vocabulary = film_of(name).checkpoint.vocabulary
    steps = [generate(net, vocabulary, prompt, 1, temperature=1.0, seed=0) for net in networks(name)]
    return np.array([next(step).probabilities for step in steps])


def readable_from(film: Film) -> str:
    """Return the step from which on it can be read, or why there is none."""
    if not film.measure.reads:
        return "has no words"
    if film.readable is None:
        return "not yet"
    return f"{film.checkpoint.snapshots.step[film.readable]:,}"


def describe_reading(film: Film) -> str:
    """Say from when on what it writes can be read, with the measure that decides it."""
    at_the_end = f"At the end of the training, {film.imitated[-1]:.0%} {film.measure.words}."
    if not film.measure.reads:
        return f"What this model writes has no words to read. {at_the_end}"
    if not film.readable:  # before training nothing is
        return f"What it writes does not become readable. {at_the_end} Readable means at least {ENOUGH:.0%}."
    before = film.checkpoint.snapshots.step[film.readable - 1]
    return (
        f"{first_readable(film)} from which on what it writes is readable: at least {ENOUGH:.0%} "
        f"{film.measure.words}. The moment before is step {before:,}."
    )


def first_readable(film: Film) -> str:
    """Begin a sentence about the first moment that can be read: only some of a training are kept."""
    return f"Of the {len(film.texts)} moments that we kept, step {readable_from(film)} is the first"


def place_of(film: Film, moment: int) -> str:
    """Say where in the training a moment is, and its losses."""
    snapshots, history = film.checkpoint.snapshots, film.checkpoint.history
    held_loss = float(snapshots.validation_loss[moment])
    held_out = (
        f"the validation loss is {held_loss:.2f} ({other_units(held_loss)}); uniform guessing has a loss of "
        f"{film.guess:.2f}"
    )
    if moment == 0:
        return f"**Before training**: {held_out}."
    return (
        f"**Step {snapshots.step[moment]:,}** of {snapshots.step[-1]:,}, epoch {film.epochs[moment]} of "
        f"{int(history['epoch'][-1])}: the training loss is {snapshots.loss[moment]:.2f}, {held_out}."
    )


def change_since(film: Film, moment: int) -> str:
    """Say what has changed since the moment before."""
    snapshots, imitated, letters = film.checkpoint.snapshots, film.imitated, film.letters
    what, frequencies = (
        film.measure.words,
        "The frequencies of its characters overlap with those of its training text by",
    )
    if moment == 0:
        return (
            f"The network's weights are random, and so is what it writes: {imitated[0]:.0%} {what}. "
            f"{frequencies} {letters[0]:.0%}. (To make the frequencies equal, one would have to change the "
            f"other {100 - round(100 * letters[0])}% of its characters.)"
        )
    before, now = (f"{loss:.2f}" for loss in snapshots.validation_loss[moment - 1 : moment + 1])
    change = f"stayed at {now}" if before == now else f"went from {before} to {now}"
    return (
        f"Since step {snapshots.step[moment - 1]:,} the validation loss {change}. "
        f"Now {imitated[moment]:.0%} {what} (then: {imitated[moment - 1]:.0%}). {frequencies} "
        f"{letters[moment]:.0%} (then: {letters[moment - 1]:.0%}).{_overfits(film, moment)}"
    )


def _overfits(film: Film, moment: int) -> str:
    """Say so if the validation loss has risen since the moment before while the training loss fell."""
    snapshots = film.checkpoint.snapshots
    before, now = snapshots.validation_loss[moment - 1 : moment + 1]
    fell = snapshots.loss[moment] < snapshots.loss[moment - 1]
    if not (fell and now > before + 0.02):
        return ""
    return " The training loss fell and the validation loss rose: the network **overfits**."


def settles(shares: Sequence[float] | NDArray, at_least: float) -> int | None:
    """Return the first moment from which on a share is at least so large; None if it is not at the end."""
    short = np.flatnonzero(np.asarray(shares) < at_least)
    first = int(short[-1]) + 1 if len(short) else 0
    return first if first < len(shares) else None
