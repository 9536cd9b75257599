"""What the experiments measured, in words; also in the middle of a run.

Each function takes the ill run and the cured one as their viewer has seen them.
"""

import math
from functools import lru_cache

import numpy as np

from lesson.training.engine.settings import SYMBOLS
from lesson.training.troubles.runs import ABOVE, Run, course, nats, of_runs
from lstm.equations import sigmoid
from lstm.text import split
from lstm.textstats.ngram_entropy import counted_loss
from lstm.textstats.repetition import known, longest_known, repeated

COPIED = 20  # characters: a piece as long as that is copied, not found again
SHEET = 5.0  # the cheat sheet clips at ±5, the gradient of a loss summed over the steps


@of_runs
def rate_too_high(ill: Run, cured: Run) -> str:
    """Adam with a learning rate that is a hundred times too high."""
    clip = ill.recording.settings.clip_at
    clipped = float((ill.seen.gradient_norm > clip).mean())
    return (
        f"{course(ill)} {course(cured)} Clipping by norm {clip:g} has shortened {clipped:.0%} of the ill "
        "run's gradients, and does not help: Adam divides by the gradient's size, so each weight moves by "
        "about the learning rate however short it is. The cheat sheet calls "
        f"{cured.recording.settings.rate:g} too high as well; here it is the cure."
    )


@of_runs
def no_clipping(ill: Run, cured: Run) -> str:
    """A plain RNN whose gradient explodes."""
    settings = cured.recording.settings
    risen = np.flatnonzero(ill.seen.loss > ABOVE * ill.guess)
    before = ill.seen.gradient_norm[: risen[0]] if len(risen) else ill.seen.gradient_norm
    words = f"{course(ill)} {course(cured)}"
    if len(before) and before.max() < SHEET:
        words += (
            f" Before the loss rose no gradient was longer than {before.max():.1f}: clipping at ±{SHEET:g}, "
            f"as the cheat sheet does, would have changed none of them. Its ±{SHEET:g} is for a loss that is "
            f"summed over the steps; gradients here are per character, so with {settings.seq} steps it is "
            f"±{SHEET / settings.seq:g} here."
        )
    return words


@of_runs
def clipped_by_value(ill: Run, cured: Run) -> str:
    """The same threshold for each number and for the whole gradient."""
    at, count = cured.recording.settings.clip_at, cured.recording.begun.parameters
    return (
        f"{course(ill)} {course(cured)} Each of {count:,} numbers may be ±{at:g}, so by value the whole "
        f"gradient may be {at * math.sqrt(count):.0f} long; by norm it is at most {at:g} long, "
        f"{math.sqrt(count):.0f} times shorter, and keeps its direction."
    )


@of_runs
def not_a_number(ill: Run, cured: Run) -> str:
    """A gradient that outgrows float32."""
    words = f"{course(ill)} {course(cured)}"
    if ill.nan is None:
        return f"{words} NaN has not come{' this time' if ill.ended else ' yet'}."
    lost = int(ill.seen.step[np.isnan(ill.seen.gradient_norm)][0])
    largest = f"{float(np.finfo(np.float32).max):.1e}".replace("e+", " · 10^")
    return (
        f"{words} It began with the gradient of step {lost}: on its way over {ill.recording.settings.seq} "
        f"steps it outgrew the largest number of float32, {largest}, and then ∞ − ∞ and 0 · ∞ are NaN. "
        "Clipping comes after that, and NaN cut to any size is NaN. Since then nearly every weight is NaN, "
        "and all it writes is the first character of its vocabulary. Over 50 steps, in *clipped by value*, "
        "the loss rises as well but stays a number."
    )


@of_runs
def rate_too_low(ill: Run, cured: Run) -> str:
    """Steps too short to get anywhere."""
    settings, steps = ill.recording.settings, int(ill.seen.step[-1])
    size = 1 / math.sqrt(settings.hidden + ill.recording.vocabulary_size)
    return (
        f"**{ill.name}**: after {steps} steps the loss is {nats(ill.now)}, {abs(ill.guess - ill.now):.2f} "
        f"from guessing, ln {ill.recording.vocabulary_size} = {ill.guess:.2f}. Adam moves a weight by about "
        f"the learning rate a step, so by about {steps * settings.rate:.2g} until now, and the cell's "
        f"weights began about {size:.2f} large. **{cured.name}**: {nats(cured.now)}."
    )


@of_runs
def too_few_units(ill: Run, cured: Run) -> str:
    """A memory too small for the text."""
    text = ill.recording.text
    frequent, before = counted_loss(text), counted_loss(text, 1)
    losses = ill.seen.validation_loss
    slower = f", and its last epoch took {losses[-2] - losses[-1]:.2f} off" if len(losses) > 1 else ""
    less = "more than" if ill.now > before else "less than"
    words = (
        f"**{ill.name}**: the loss is {nats(ill.now)}{slower}. **{cured.name}**: {nats(cured.now)}. Whoever "
        f"knows only how frequent characters are pays {frequent:.2f}, and whoever knows the character before "
        f"as well {before:.2f}; {ill.recording.settings.hidden} units pay {less} that."
    )
    if ill.ended and cured.ended:
        words += " So the loss does fall, unlike the cheat sheet's sentence: it stops too high."
    return words


@of_runs
def forget_bias(ill: Run, cured: Run) -> str:
    """A memory that is gone before it is asked for."""
    seq = ill.recording.settings.seq
    kept = []
    for run in (ill, cured):
        f = float(sigmoid(np.float64(run.recording.settings.bias)))
        kept.append(f"{f:.2f}^{seq} = {f**seq:.1g}")
    rights = [_right(run) for run in (ill, cured)]
    return (
        f"{rights[0]} {rights[1]} Guessing is right in {1 / SYMBOLS:.1%} and costs ln {SYMBOLS} = "
        f"{ill.guess:.2f}. At the start the forget gate is open by about σ(b_f): over {seq} steps the cell "
        f"keeps {kept[0]} of its state with the lower bias, and {kept[1]} with the higher."
    )


def _right(run: Run) -> str:
    if not run.seen.right:
        return f"**{run.name}**: not asked yet."
    step, share = run.seen.right[-1]
    return f"**{run.name}**: right in {share:.0%} after {step} updates, with a loss of {nats(run.now)}."


@of_runs
def overtraining(ill: Run, cured: Run) -> str:
    """A text learned by heart."""
    return f"{_by_heart(ill)} {_by_heart(cured)}"


def _by_heart(run: Run) -> str:
    words = f"**{run.name}**: the training loss is {nats(run.now)}"
    losses, steps = run.seen.validation_loss, run.seen.validation_step
    if len(losses):
        best = int(losses.argmin())
        words += f", the validation loss {nats(losses[-1])}"
        if losses[-1] > losses[best] + 0.02:
            words += f" and rising since step {steps[best]}, where it was {nats(losses[best])}"
    if run.seen.sample is None:
        return f"{words}."
    sample, learned = run.seen.sample[1], split(run.recording.text)[0]
    copied, longest, again = _copied(sample, learned)
    verdict = ". So it repeats its book, and not itself" if copied > 0.2 > again else ""
    return (
        f"{words}. Of what it writes, {copied:.0%} of the pieces of {COPIED} characters stand in its text to "
        f"the letter, the longest piece has {longest}; within the sample {again:.0%} are repeated{verdict}."
    )


@lru_cache(maxsize=32)
def _copied(sample: str, learned: str) -> tuple[float, int, float]:
    """Kept, because everybody looks at the same sample many times."""
    longest = len(longest_known(sample, learned))
    return known(sample, learned, COPIED), longest, repeated(sample, COPIED)


@of_runs
def too_many_units(ill: Run, cured: Run) -> str:
    """The same seconds for a large network and a smaller one."""
    sizes = [run.recording.begun.parameters for run in (ill, cured)]
    words = (
        f"{_pace(ill)} {_pace(cured)} With {sizes[0] / sizes[1]:.0f} times the parameters a character takes "
        f"{cured.speed / ill.speed:.1f} times as long."
    )
    if ill.ended and cured.ended:
        smaller = cured.now < ill.now
        words += f" After the same time the {'smaller' if smaller else 'larger'} one is further."
    return words


@of_runs
def batch_of_one(ill: Run, cured: Run) -> str:
    """The same seconds for one sequence at a time and for many side by side."""
    words = (
        f"{_pace(ill)} {_pace(cured)} One at a time reads {cured.speed / ill.speed:.1f} times fewer "
        "characters a second."
    )
    behind = ill.now - cured.now
    if not (ill.ended and cured.ended):
        return words
    if behind > 0.2:
        return f"{words} It learns less in the same time, too: it is {behind:.2f} nats behind."
    where = f"only {behind:.2f} nats behind" if behind > 0 else f"{-behind:.2f} nats ahead"
    return (
        f"{words} And yet it is {where}: it updates its weights more often. Characters a second are not what "
        "is learned in a second."
    )


def _pace(run: Run) -> str:
    read = len(run.seen.loss) * run.recording.settings.seq * run.recording.settings.batch
    return (
        f"**{run.name}**: {run.speed:,.0f} characters a second; {read:,} read in {len(run.seen.loss):,} "
        f"updates, and the loss is {nats(run.now)}."
    )
