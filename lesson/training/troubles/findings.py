"""What the experiments measured, in words; also in the middle of a run.

Each function takes the faulty run and the cured one, as far as their viewer has come.
"""

import math
from functools import lru_cache

import numpy as np

from lesson.training.engine.settings import SYMBOLS
from lesson.training.troubles.runs import ABOVE, Run, course, nats, of_runs
from lstm.equations import sigmoid
from lstm.text import split
from lstm.textstats.ngram_entropy import counted_loss
from lstm.textstats.repetition import copied_share, longest_copy, repeated_share

COPIED = 20  # characters: a piece as long as that is copied, not found again
SHEET = 5.0  # the cheat sheet clips at ±5, the gradient of a loss summed over the steps


@of_runs
def rate_too_high(faulty: Run, cured: Run) -> str:
    """Describe Adam with a learning rate that is a hundred times too high."""
    clip = faulty.recording.settings.clip_at
    clipped = float((faulty.history.gradient_norm > clip).mean())
    return (
        f"{course(faulty)} {course(cured)} Clipping by norm {clip:g} has shortened {clipped:.0%} of the ill "
        "run's gradients, and does not help: Adam divides by the gradient's size, so each weight moves by "
        "about the learning rate however short it is. The cheat sheet calls "
        f"{cured.recording.settings.rate:g} too high as well; here it is the cure."
    )


@of_runs
def no_clipping(faulty: Run, cured: Run) -> str:
    """Describe a plain RNN whose gradient explodes."""
    settings = cured.recording.settings
    risen = np.flatnonzero(faulty.history.loss > ABOVE * faulty.guess)
    before = faulty.history.gradient_norm[: risen[0]] if len(risen) else faulty.history.gradient_norm
    words = f"{course(faulty)} {course(cured)}"
    if len(before) and before.max() < SHEET:
        words += (
            f" Before the loss rose no gradient was longer than {before.max():.1f}: clipping at ±{SHEET:g}, "
            f"as the cheat sheet does, would have changed none of them. Its ±{SHEET:g} is for a loss that is "
            f"summed over the steps; gradients here are per character, so with {settings.seq} steps it is "
            f"±{SHEET / settings.seq:g} here."
        )
    return words


@of_runs
def clipped_by_value(faulty: Run, cured: Run) -> str:
    """Describe the same threshold for each number and for the whole gradient."""
    at, count = cured.recording.settings.clip_at, cured.recording.begun.parameters
    return (
        f"{course(faulty)} {course(cured)} Each of {count:,} numbers may be ±{at:g}, so by value the whole "
        f"gradient may be {at * math.sqrt(count):.0f} long; by norm it is at most {at:g} long, "
        f"{math.sqrt(count):.0f} times shorter, and keeps its direction."
    )


@of_runs
def not_a_number(faulty: Run, cured: Run) -> str:
    """Describe a gradient that outgrows float32."""
    words = f"{course(faulty)} {course(cured)}"
    if faulty.nan is None:
        return f"{words} NaN has not come{' this time' if faulty.ended else ' yet'}."
    lost = int(faulty.history.step[np.isnan(faulty.history.gradient_norm)][0])
    largest = f"{float(np.finfo(np.float32).max):.1e}".replace("e+", " · 10^")
    return (
        f"{words} It began with the gradient of step {lost}: on its way over {faulty.recording.settings.seq} "
        f"steps it outgrew the largest number of float32, {largest}, and then ∞ − ∞ and 0 · ∞ are NaN. "
        "Clipping comes after that, and NaN cut to any size is NaN. Since then nearly every weight is NaN, "
        "and all it writes is the first character of its vocabulary. Over 50 steps, in *clipped by value*, "
        "the loss rises as well but stays a number."
    )


@of_runs
def rate_too_low(faulty: Run, cured: Run) -> str:
    """Describe steps too short to get anywhere."""
    settings, steps = faulty.recording.settings, int(faulty.history.step[-1])
    size = 1 / math.sqrt(settings.hidden + faulty.recording.vocabulary_size)
    return (
        f"**{faulty.name}**: after {steps} steps the loss is {nats(faulty.now)}, "
        f"{abs(faulty.guess - faulty.now):.2f} from guessing, ln {faulty.recording.vocabulary_size} = "
        f"{faulty.guess:.2f}. Adam moves a weight by about the learning rate a step, so by about "
        f"{steps * settings.rate:.2g} until now, and the cell's weights began about {size:.2f} large. "
        f"**{cured.name}**: {nats(cured.now)}."
    )


@of_runs
def too_few_units(faulty: Run, cured: Run) -> str:
    """Describe a memory too small for the text."""
    text = faulty.recording.text
    frequent, before = counted_loss(text), counted_loss(text, 1)
    losses = faulty.history.validation_loss
    slower = f", and its last epoch took {losses[-2] - losses[-1]:.2f} off" if len(losses) > 1 else ""
    less = "more than" if faulty.now > before else "less than"
    words = (
        f"**{faulty.name}**: the loss is {nats(faulty.now)}{slower}. **{cured.name}**: {nats(cured.now)}. "
        f"Whoever knows only how frequent characters are pays {frequent:.2f}, and whoever knows the "
        f"character before as well {before:.2f}; {faulty.recording.settings.hidden} units pay {less} that."
    )
    if faulty.ended and cured.ended:
        words += " So the loss does fall, unlike the cheat sheet's sentence: it stops too high."
    return words


@of_runs
def forget_bias(faulty: Run, cured: Run) -> str:
    """Describe a memory that is gone before it is asked for."""
    seq = faulty.recording.settings.seq
    shares = []
    for run in (faulty, cured):
        f = float(sigmoid(np.float64(run.recording.settings.bias)))
        shares.append(f"{f:.2f}^{seq} = {f**seq:.1g}")
    rights = [_right(run) for run in (faulty, cured)]
    return (
        f"{rights[0]} {rights[1]} Guessing is right in {1 / SYMBOLS:.1%} and costs ln {SYMBOLS} = "
        f"{faulty.guess:.2f}. At the start the forget gate is open by about σ(b_f): over {seq} steps the "
        f"cell keeps {shares[0]} of its state with the lower bias, and {shares[1]} with the higher."
    )


def _right(run: Run) -> str:
    if not run.history.right:
        return f"**{run.name}**: not asked yet."
    step, share = run.history.right[-1]
    return f"**{run.name}**: right in {share:.0%} after {step} updates, with a loss of {nats(run.now)}."


@of_runs
def overtraining(faulty: Run, cured: Run) -> str:
    """Describe a text that is memorised."""
    return f"{_memorised(faulty)} {_memorised(cured)}"


def _memorised(run: Run) -> str:
    words = f"**{run.name}**: the training loss is {nats(run.now)}"
    losses, steps = run.history.validation_loss, run.history.validation_step
    if len(losses):
        best = int(losses.argmin())
        words += f", the validation loss {nats(losses[-1])}"
        if losses[-1] > losses[best] + 0.02:
            words += f" and rising since step {steps[best]}, where it was {nats(losses[best])}"
    if run.history.sample is None:
        return f"{words}."
    sample, learned = run.history.sample[1], split(run.recording.text)[0]
    copied, longest, again = _copied(sample, learned)
    verdict = ". So it repeats its book, and not itself" if copied > 0.2 > again else ""
    return (
        f"{words}. Of what it writes, {copied:.0%} of the pieces of {COPIED} characters stand in its text to "
        f"the letter, the longest piece has {longest}; within the sample {again:.0%} are repeated{verdict}."
    )


@lru_cache(maxsize=32)
def _copied(sample: str, learned: str) -> tuple[float, int, float]:
    """Measure what is copied; cached, because everybody looks at the same sample many times."""
    longest = len(longest_copy(sample, learned))
    return copied_share(sample, learned, COPIED), longest, repeated_share(sample, COPIED)


@of_runs
def too_many_units(faulty: Run, cured: Run) -> str:
    """Describe the same seconds for a large network and a smaller one."""
    sizes = [run.recording.begun.parameters for run in (faulty, cured)]
    words = (
        f"{_pace(faulty)} {_pace(cured)} With {sizes[0] / sizes[1]:.0f} times the parameters a character "
        f"takes {cured.speed / faulty.speed:.1f} times as long."
    )
    if faulty.ended and cured.ended:
        smaller = cured.now < faulty.now
        words += f" After the same time the {'smaller' if smaller else 'larger'} one is further."
    return words


@of_runs
def batch_of_one(faulty: Run, cured: Run) -> str:
    """Describe the same seconds for one sequence at a time and for many side by side."""
    words = (
        f"{_pace(faulty)} {_pace(cured)} One at a time reads {cured.speed / faulty.speed:.1f} times fewer "
        "characters a second."
    )
    behind = faulty.now - cured.now
    if not (faulty.ended and cured.ended):
        return words
    if behind > 0.2:
        return f"{words} It learns less in the same time, too: it is {behind:.2f} nats behind."
    where = f"only {behind:.2f} nats behind" if behind > 0 else f"{-behind:.2f} nats ahead"
    return (
        f"{words} And yet it is {where}: it updates its weights more often. Characters a second are not what "
        "is learned in a second."
    )


def _pace(run: Run) -> str:
    read = len(run.history.loss) * run.recording.settings.seq * run.recording.settings.batch
    return (
        f"**{run.name}**: {run.speed:,.0f} characters a second; {read:,} read in {len(run.history.loss):,} "
        f"updates, and the loss is {nats(run.now)}."
    )
