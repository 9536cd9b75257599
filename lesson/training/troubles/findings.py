"""What the experiments measured, in words; also in the middle of a run.

Each function takes the faulty run and the fixed one, as far as their viewer has come.
"""

import math

import numpy as np

from lesson.training.engine.settings import SYMBOLS
from lesson.training.troubles.loss_questions import RARE, SEEDS, arrival
from lesson.training.troubles.runs import Run, course, has_risen, nats, of_runs, with_perplexity
from lstm.textstats.ngram_entropy import counted_loss
from visualization.numbers import difference

USUAL_NORM = 5.0  # to which gradients are usually clipped; `backward` cuts numbers at as much


@of_runs
def rate_too_high(faulty: Run, cured: Run) -> str:
    """Describe Adam with a learning rate that is a hundred times too high."""
    clip = faulty.recording.settings.clip_at
    share = float((faulty.history.gradient_norm > clip).mean())
    clipped = "less than 1%" if 0 < share < 0.01 else f"{share:.0%}"
    helps = "" if has_risen(faulty) is None else ", and does not help"
    return (
        f"{course(faulty)} {course(cured)} Clipping by norm {clip:g} has shortened {clipped} of the "
        f"gradients of the faulty run{helps}. Adam divides by the gradient's usual size: in the first "
        "step each weight moves by about the learning rate, however short the gradient is."
    )


@of_runs
def no_clipping(faulty: Run, cured: Run) -> str:
    """Describe a plain RNN whose gradient explodes."""
    settings = cured.recording.settings
    risen = has_risen(faulty)
    before = faulty.history.gradient_norm[:risen]
    words = f"{course(faulty)} {course(cured)}"
    if len(before) and before.max() < USUAL_NORM:
        words += (
            f" {'Until now' if risen is None else 'Before the loss rose'} no gradient was longer than "
            f"{before.max():.1f}: clipping by norm {USUAL_NORM:g} would have changed none of them. (The "
            f"function `backward` of the library `lstm` cuts numbers at ±{USUAL_NORM:g}. But its gradients "
            f"are sums over the steps: with {settings.seq} steps that is ±{USUAL_NORM / settings.seq:g} per "
            "character, as here.)"
        )
    return words


@of_runs
def clipped_by_value(faulty: Run, cured: Run) -> str:
    """Describe the same threshold for each number and for the whole gradient."""
    at, count = cured.recording.settings.clip_at, cured.recording.begun.parameters
    return (
        f"{course(faulty)} {course(cured)} Clipped by value, each of the {count:,} numbers may be as large "
        f"as ±{at:g}, so the whole gradient may have the length {at * math.sqrt(count):.0f}. Clipped by "
        f"norm, it has at most the length {at:g}, {math.sqrt(count):.0f} times less, and keeps its "
        "direction."
    )


@of_runs
def not_a_number(faulty: Run, cured: Run) -> str:
    """Describe a gradient that outgrows float32."""
    words = f"{course(faulty)} {course(cured)}"
    if faulty.nan is None:
        return f"{words} NaN (not a number) has not occurred{' this time' if faulty.ended else ' yet'}."
    lost = int(faulty.history.step[np.isnan(faulty.history.gradient_norm)][0])
    largest = f"{float(np.finfo(np.float32).max):.1e}".replace("e+", " · 10^")
    return (
        f"{words} NaN (not a number) came first in the gradient of step {lost}. On its way back over "
        f"{faulty.recording.settings.seq} steps this gradient outgrew the largest number of float32, "
        f"{largest}; then ∞ − ∞ and 0 · ∞ are NaN. Clipping comes after that, and NaN stays NaN. Since then "
        "nearly every weight is NaN, and the network writes only the first character of its vocabulary. In "
        "the experiment *clipped by value* the gradient goes back over only 50 steps: there the loss rises "
        "as well but stays a number."
    )


@of_runs
def rate_too_low(faulty: Run, cured: Run) -> str:
    """Describe steps too short to get anywhere."""
    settings, steps = faulty.recording.settings, int(faulty.history.step[-1])
    size = 1 / math.sqrt(settings.hidden + faulty.recording.vocabulary_size)
    return (
        f"**{faulty.name}**: after {steps} steps the loss is {with_perplexity(faulty.now)}. The difference "
        f"to uniform guessing (ln {faulty.recording.vocabulary_size} = {faulty.guess:.2f}) is "
        f"{difference(faulty.guess, faulty.now)}. Adam moves a weight by about the learning rate in each "
        f"step ({RARE}). In one direction, the moves up to step {steps} add up to about "
        f"{steps * settings.rate:.2g}. At first the cell's weights had a size of about {size:.2f}. "
        f"**{cured.name}**: the loss is {with_perplexity(cured.now)}."
    )


@of_runs
def too_few_units(faulty: Run, cured: Run) -> str:
    """Describe a memory too small for the text."""
    text = faulty.recording.text
    frequent, before = counted_loss(text), counted_loss(text, 1)
    losses = faulty.history.validation_loss
    slower = ""
    if len(losses) > 1:
        slower = f", and the validation loss went from {losses[-2]:.2f} to {losses[-1]:.2f} in the last epoch"
    side = "above" if faulty.now > before else "below"
    words = (
        f"**{faulty.name}**: the loss is {with_perplexity(faulty.now)}{slower}. **{cured.name}**: the loss "
        f"is {with_perplexity(cured.now)}. If one knows only the character frequencies, the loss is "
        f"{frequent:.2f}; if one also knows the previous character, it is {before:.2f}. The loss of the "
        f"network with {faulty.recording.settings.hidden} units is {side} that."
    )
    if faulty.ended and cured.ended and faulty.now < faulty.guess and faulty.now > cured.now:
        words += " So its loss falls, and stops too high."
    return words


@of_runs
def forget_bias(faulty: Run, cured: Run) -> str:
    """Describe a memory that is gone before it is asked for."""
    seq, low, high = faulty.recording.settings.seq, *(run.recording.settings.bias for run in (faulty, cured))
    return (
        f"{_right(faulty)} {_right(cured)} Uniform guessing is right in {1 / SYMBOLS:.1%} of the cases and "
        f"has a loss of ln {SYMBOLS} = {faulty.guess:.2f}. Before training, only a part of the gradient at "
        f"the end arrives at the first symbol: a share of {arrival(low, seq):.2g} with b_f = {low:g}, and of "
        f"{arrival(high, seq):.2g} with b_f = {high:g} (medians of {len(SEEDS)} untrained networks)."
    )


def _right(run: Run) -> str:
    if not run.history.right:
        return f"**{run.name}**: not tested yet."
    step, share = run.history.right[-1]
    return f"**{run.name}**: {share:.0%} right answers after {step} updates; the loss is {nats(run.now)}."


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
        words += f" After the same time the {'smaller' if smaller else 'larger'} network has the lower loss."
    return words


@of_runs
def batch_of_one(faulty: Run, cured: Run) -> str:
    """Describe the same seconds for one sequence at a time and for many side by side."""
    words = (
        f"{_pace(faulty)} {_pace(cured)} With {cured.recording.settings.batch} sequences side by side the "
        f"network reads {cured.speed / faulty.speed:.1f} times as many characters a second as with one."
    )
    behind = faulty.now - cured.now
    if not (faulty.ended and cured.ended):
        return words
    if behind > 0.2:
        return (
            f"{words} With one sequence it also learns less in the same time: the loss is "
            f"{difference(faulty.now, cured.now)} nats higher."
        )
    apart = difference(faulty.now, cured.now)
    where = f"only {apart} nats higher" if behind > 0 else f"{apart} nats lower"
    return f"{words} But with one sequence the loss is {where}, because there are more updates."


def _pace(run: Run) -> str:
    read = len(run.history.loss) * run.recording.settings.seq * run.recording.settings.batch
    return (
        f"**{run.name}**: the network read {run.speed:,.0f} characters a second, {read:,} in "
        f"{len(run.history.loss):,} updates; the loss is {with_perplexity(run.now)}."
    )
