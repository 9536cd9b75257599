"""What the cures of overtraining measured, in words; also in the middle of a run.

Each function takes the faulty run and the one with the cure, as far as their viewer has come; the last takes
one run, of which the best epoch is kept.
"""

from functools import lru_cache

import numpy as np

from lesson.training.troubles.runs import Run, nats, of_runs
from lstm.text import split
from lstm.textstats.repetition import copied_share, longest_copy, repeated_share

_LINES = 3  # of a text
COPIED = 20  # characters: a piece as long as that is copied, not written by chance


@of_runs
def overtraining(faulty: Run, cured: Run) -> str:
    """Describe a text that is memorised."""
    words = f"{memorised(faulty)} {memorised(cured)}"
    if not (faulty.ended and cured.ended):
        return words
    return (
        f"{words} What it costs: nothing, it takes {len(cured.history.loss)} updates instead of "
        f"{len(faulty.history.loss)}. But one has to know beforehand when to stop."
    )


def memorised(run: Run) -> str:
    """Say how a run predicts its own text and new text, and how much of what it writes is copied."""
    words = f"**{run.name}**: the training loss is {nats(run.now)}"
    losses, steps = run.history.validation_loss, run.history.validation_step
    if len(losses):
        best = int(losses.argmin())
        words += f", the validation loss {nats(losses[-1])}"
        if losses[-1] > losses[best] + 0.02:
            words += f". The validation loss was lowest at step {steps[best]}, with {nats(losses[best])}"
    if run.history.sample is None:
        return f"{words}."
    sample, learned = run.history.sample[1], split(run.recording.text)[0]
    copied, longest, again = _copied(sample, learned)
    verdict = " So it copies its training text instead of repeating itself." if copied > 0.2 > again else ""
    return (
        f"{words}. Of the {COPIED}-grams that it writes, {copied:.0%} are copied from its training text, and "
        f"{again:.0%} occurred earlier in the same sample. The longest copy has {longest} "
        f"characters.{verdict}"
    )


@lru_cache(maxsize=32)
def _copied(sample: str, learned: str) -> tuple[float, int, float]:
    """Measure what is copied; cached, because everybody looks at the same sample many times."""
    longest = len(longest_copy(sample, learned))
    return copied_share(sample, learned, COPIED), longest, repeated_share(sample, COPIED)


@of_runs
def dropout(faulty: Run, cured: Run) -> str:
    """Describe the same training with a share of the outputs set to 0 at every step."""
    share = cured.recording.settings.dropout
    return (
        f"{memorised(faulty)} {memorised(cured)} In training, {share:.0%} of the outputs are set to 0, "
        "others at every step, so the training loss with dropout is not that of the whole "
        f"network.{_cost(faulty, cured)}"
    )


@of_runs
def weight_decay(faulty: Run, cured: Run) -> str:
    """Describe the same training with weights that are pulled towards 0 at every step."""
    settings = cured.recording.settings
    return (
        f"{memorised(faulty)} {memorised(cured)} At every step the weights (not the biases) lose "
        f"{settings.rate * settings.decay:.2%} of their size, the learning rate times the weight "
        f"decay.{_cost(faulty, cured)}"
    )


def _cost(faulty: Run, cured: Run) -> str:
    """Say how long both took to the same validation loss, once both have measured one."""
    runs, losses = (faulty, cured), [run.history.validation_loss for run in (faulty, cured)]
    if not all(map(len, losses)):
        return ""
    target = max(float(each.min()) for each in losses)
    first = [
        int(run.history.validation_step[np.flatnonzero(each <= target)[0]])
        for run, each in zip(runs, losses, strict=True)
    ]
    return (
        f" What it costs: a validation loss of {nats(target)} was first reached at step {first[0]} "
        f"({faulty.name}) and at step {first[1]} ({cured.name}). With {cured.name} a step took "
        f"{faulty.speed / cured.speed:.2f} times as long."
    )


@of_runs
def best_checkpoint(run: Run) -> str:
    """Describe the weights of the best epoch of a run that went on for too long."""
    losses, steps = run.history.validation_loss, run.history.validation_step
    if not len(losses):
        return f"{memorised(run)} No epoch has ended yet."
    best = int(losses.argmin())
    words = (
        f"{memorised(run)} `lstm.train` keeps the weights of the epoch with the lowest validation loss, here "
        f"epoch {best + 1}. It ended at step {steps[best]} with {nats(losses[best])}."
    )
    after = len(losses) - 1 - best
    if not run.ended or run.recording.best is None:
        return f"{words} What they write will stand here when the run has ended."
    best_epoch = run.recording.best
    copied, longest, _ = _copied(best_epoch.sample, split(run.recording.text)[0])
    verse = " / ".join([line for line in best_epoch.sample.split("\n") if line][:_LINES])
    return (
        f"{words} Of the {COPIED}-grams that they write, {copied:.0%} are copied from the training text; the "
        f"longest copy has {longest} characters. What it costs: memory for a second copy of the weights, and "
        f"the time of the {after} epochs after the best one. *Their text begins:* “{verse}”"
    )
