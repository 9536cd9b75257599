"""The signs of a training run that goes wrong: what its numbers then look like, and what to try.

Every limit was found on some 200 small runs, made to be healthy or faulty: the three cells, 2 to 128 units,
six texts, Adam from 0.00001 to 1, SGD from 0.01 to 100,000, biases from −5 to 8, weights from a
thirtieth to 40 times their usual size, with clipping and without.
"""

from dataclasses import dataclass

import numpy as np

from lstm.diagnosis.observation import BIAS_ADVICE, EARLY, MEMORY, WINDOW, Observed, plain, symbol

EXPLODING_NORM = 10  # the median of a window: healthy at most 2.4, exploding at least 60
EXPLODING_SPIKE = 100  # a single norm: healthy at most 6.4, exploding at least 700
ABOVE_GUESSING = 1.1  # of ln V: only SGD 3 has single steps above it and recovers
RISING = 1.2, 0.1  # of the best window, and nats above it: healthy at most 1.08; near 0 a loss jitters
PLATEAU = 200, 0.2  # steps, and the share of the way from ln V to the letters' loss: Adam 0.0001 is past it
VANISHING = 1e-6  # of an error, 10 steps back: vanishing at most 1e-8
HEALTHY_SHARE = 0.00009  # the same of the healthy runs, at least
OVERFITTING = 1.03  # of the best validation loss, the lowest of the last three: healthy at most 1.029
GROWING = 1.5  # C at the end over the middle: healthy at most 1.36 (b_f = 3), b_f = 5 1.6, b_f = 8 2
KEEPS = 0.9  # mean of f: below it, most units forget C within a few steps
STANDING = 1_000, 0.03  # the loss falls less in so many steps: 4 units 0.02, 64 that still learn 0.06


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with a run.

    name: for programs, such as "overfitting"; title: a few words; then a sentence each: evidence, what
    was measured and when; reason, what it means; cure, what to try.
    """

    name: str
    title: str
    evidence: str
    reason: str
    cure: str


def not_a_number(run: Observed) -> Finding | None:
    """Return the finding for a loss that is NaN or infinite, None if every loss is a number."""
    if np.isfinite(run.loss).all():
        return None
    last = int(np.argmin(np.isfinite(run.loss)))  # the last good step, counted from 1
    clip = " and clipping by norm 5" if run.settings.clip_norm is None else ""
    return Finding(
        "not_a_number", "The loss is not a number",
        f"The loss has not been a number since step {run.began + last + 1:,}. The gradient's norm before it "
        f"was {run.gradient_norm[max(0, last - 1)]:.3g}.",
        "A number became too large for float32 (3·10³⁸); what is computed from it is not a number either.",
        f"This run can't recover. Start again with a learning rate of {plain(run.lower_rate, 1)}{clip}.",
    )  # fmt: skip


def _exploding(run: Observed) -> Finding | None:
    norms = run.gradient_norm[-WINDOW:]
    middle, largest = float(np.median(norms)), float(norms.max())
    if middle <= EXPLODING_NORM and largest <= EXPLODING_SPIKE:
        return None
    cure = f"a learning rate of {plain(run.lower_rate, 1)}, shorter sequences or smaller weights at first"
    return Finding(
        "exploding", "The gradient explodes",
        f"In the last {WINDOW} steps its norm before clipping had a median of {middle:.3g} and a maximum of "
        f"{largest:.3g}. In healthy runs the norm stays below 7.",
        "The gradient grows on its way back through time, so a few steps decide the whole update.",
        f"Try {cure}." if run.settings.clip_norm else f"Clip by norm 5; if that is not enough, try {cure}.",
    )  # fmt: skip


def _rate_too_high(run: Observed) -> Finding | None:
    now, start = run.mean_loss(), float(run.loss[:EARLY].max())
    limit = ABOVE_GUESSING * max(run.guessing, float(run.loss[0]))
    windows = np.convolve(run.loss, np.full(WINDOW, 1 / WINDOW), "valid")
    best, (ratio, nats) = int(np.argmin(windows)), RISING
    spoiled = [(name, slope) for name, slope in run.flat() if name not in MEMORY]
    above = f"above the loss of uniform guessing, ln V = {run.guessing:.2f}"
    if now > limit:
        evidence = f"The loss of the last {WINDOW} steps is {now:.3g}, {above}."
    elif now > max(ratio * windows[best], windows[best] + nats):
        then = run.began + best + WINDOW
        evidence = f"The loss has risen from {windows[best]:.2f} at step {then:,} to {now:.2f}."
    elif start > limit and spoiled:
        evidence = (
            f"In the first {EARLY} steps the loss rose to {start:.3g}, {above}. Since then "
            f"the slope at {symbol(spoiled[0][0])} is {spoiled[0][1]:.1%} of the largest slope."
        )
    else:
        return None
    return Finding(
        "rate_too_high", "The learning rate is too high", evidence,
        "Each step is so long that it goes past the lower loss.",
        f"Start again with a learning rate of {plain(run.lower_rate, 1)} instead of "
        f"{plain(run.settings.learning_rate)}.",
    )  # fmt: skip


def _saturated(run: Observed) -> Finding | None:
    if not (flat := run.flat()):
        return None
    name, slope = flat[0]
    evidence = (
        f"At step {run.probe['step']:,.0f} the mean slope at {symbol(name)} is {slope:.2%} of the largest"
    )
    if f"{name}_stuck" in run.probe:
        stuck = run.probe[f"{name}_stuck"]
        evidence += f", and {stuck:.0%} of its units stay near 0 or near 1 all the time"
    cure = f"Start again with a learning rate of {plain(run.lower_rate, 1)}, or with smaller weights."
    if name in MEMORY:
        cure = (
            f"Start again with a bias b_{name} {BIAS_ADVICE}; the mean of {name} is "
            f"{run.probe[f'{name}_mean']:.3f}."
        )
    return Finding(
        "saturated", "Gates are saturated" if run.kind != "rnn" else "Units are saturated", f"{evidence}.",
        "Near their limits σ and tanh are flat: hardly any gradient passes, so hardly anything is learned.",
        cure,
    )  # fmt: skip


def _plateau(run: Observed) -> Finding | None:
    (steps, share), now = PLATEAU, run.mean_loss()
    bound = run.guessing - share * (run.guessing - run.letters)
    if run.steps < steps or not bound <= now <= ABOVE_GUESSING * run.guessing:
        return None
    return Finding(
        "plateau", "The loss stays at ln V",
        f"After {run.steps:,} steps the loss is {now:.2f}. Uniform guessing has a loss of ln V = "
        f"{run.guessing:.2f}. If one knows the character frequencies, it is {run.letters:.2f}.",
        "The network has learned next to nothing, not even which characters are frequent.",
        run.higher_rate() or "Look at the gradient's norm and at the gates in the checklist.",
    )  # fmt: skip


def _vanishing(run: Observed) -> Finding | None:
    probes = [probe for probe in run.probes if probe["step"] >= EARLY and "dh_10" in probe][-2:]
    shares = [max(probe["dh_10"], probe.get("dC_10", 0.0)) for probe in probes]
    # Twice in a row: where the letters are known and their order is not, it may fade for a moment.
    if len(shares) < 2 or not max(shares) < VANISHING:
        return None
    return Finding(
        "vanishing", "The gradient vanishes",
        f"At step {run.probe['step']:,.0f}, {shares[-1]:.1g} of the gradient is left 10 steps back; in "
        f"healthy runs it is at least {plain(HEALTHY_SHARE)}.",
        "What happened ten steps earlier has hardly any part in the update of the weights.",
        _open_the_memory(run),
    )  # fmt: skip


def _open_the_memory(run: Observed) -> str:
    """Return the cure for a gradient that vanishes: an open memory gate, where the cell has one."""
    if any(name not in MEMORY for name, _ in run.flat()):
        return f"Start again with a learning rate of {plain(run.lower_rate, 1)}: its units are saturated."
    for letter, name in (("f", "forget"), ("z", "update")):
        if f"{letter}_mean" in run.probe:
            return (
                f"Start again with b_{letter} {BIAS_ADVICE}; the {name} gate's mean is "
                f"{run.probe[f'{letter}_mean']:.3f}."
            )
    return f"Start again with larger recurrent weights, or take an LSTM with b_f {BIAS_ADVICE}."


def _rate_too_low(run: Observed) -> Finding | None:
    if run.steps < PLATEAU[0] or run.mean_loss() < run.pairs or not (advice := run.higher_rate()):
        return None
    return Finding(
        "rate_too_low", "The learning rate is too low",
        f"A step is at most {100 * run.step_length():.2g} % of the weights, and after {run.steps:,} of them "
        f"the loss is {run.mean_loss():.2f}. A table of which character follows which has a loss of "
        f"{run.pairs:.2f}.",
        "The steps are so short that the loss falls very slowly.",
        advice,
    )  # fmt: skip


def _overfitting(run: Observed) -> Finding | None:
    losses, steps = run.validation_loss, run.validation_step
    if len(losses) < 4:
        return None
    best = int(np.argmin(losses))
    then, now = run.mean_loss(int(steps[best])), run.mean_loss()
    risen = losses[-3:].min() > OVERFITTING * losses[best]
    if not risen or not now < min(then, run.guessing):
        return None
    return Finding(
        "overfitting", "The network overfits",
        f"The validation loss was lowest at step {steps[best]:,.0f} with {losses[best]:.2f} and is now "
        f"{losses[-1]:.2f}, while the training loss fell from {then:.2f} to {now:.2f}.",
        "It predicts its training text ever better, and new text worse.",
        f"Stop after epoch {max(1, round(steps[best] / run.chunks)):,} or keep its weights. Or take a longer "
        f"text, {_fewer_units(run)}dropout or weight decay.",
    )  # fmt: skip


def _fewer_units(run: Observed) -> str:
    return f"fewer units (such as {run.hidden_size // 2}), " if run.hidden_size > 1 else ""


def _unlike_validation(run: Observed) -> Finding | None:
    if run.follows or not run.novelty:
        return None
    (validation, training), (at_the_end, in_a_tenth) = run.gap(), run.novelty
    return Finding(
        "unlike_validation", "The validation part is unlike the rest of the text",
        f"The validation loss is {validation:.2f} and the training loss {training:.2f}, "
        f"{validation - training:.2f} less. "
        f"Of the pieces of 4 characters in the validation part, {at_the_end:.0%} never occur in the rest; of "
        f"a tenth spread over the whole text it is {in_a_tenth:.0%}.",
        "So validation measures a text of another kind, not what was learned from this one.",
        "If the order of the lines has no meaning, as in a list, shuffle them. Otherwise remember that the "
        "two losses belong to two kinds of text.",
    )  # fmt: skip


def _growing_state(run: Observed) -> Finding | None:
    if not (growth := run.probe.get("C_growth", 1.0)) > GROWING:
        return None
    cure = f"a learning rate of {plain(run.lower_rate, 1)}"
    if run.examined.get("forget_bias", 0) > 2:
        cure = "b_f = 1"
    reason = "What is written into C is hardly forgotten."
    if run.probe["f_mean"] < KEEPS:
        reason = "C can grow only in units whose f stays near 1; a mean over all units hides them."
    return Finding(
        "growing_state", "The cell state keeps growing",
        f"At step {run.probe['step']:,.0f} C is {growth:.1f} times as large at the end of a text as in its "
        f"middle, and its largest value is {run.probe['C_max']:.0f}. The forget gate's mean is "
        f"{run.probe['f_mean']:.3f}.",
        f"{reason} Where tanh(C) is near ±1, hardly any gradient passes.",
        f"If the loss no longer falls, start again with {cure}.",
    )  # fmt: skip


def too_small(run: Observed) -> Finding | None:
    """Return the finding for a network with too few units, None if it still learns or is large enough."""
    (steps, share), now = STANDING, run.mean_loss(window=200)
    table = run.examined.get("table_2", np.inf)
    if len(run.loss) < steps / 2 or now < table:
        return None
    before = run.mean_loss(run.steps - steps, 200)
    if len(run.loss) >= steps + 200 and now >= (1 - share) * before:
        evidence = f"In the last {steps:,} steps the loss fell by {1 - now / before:.1%} only, to {now:.2f}"
    elif not run.memorises:
        left = run.examined["memory_after"]
        evidence = (
            f"A copy of the network could not memorise ten characters (its loss was still {left:.2f}), and "
            f"the loss is {now:.2f}"
        )
    else:
        return None
    return Finding(
        "too_small", "The network is too small",
        f"{evidence}. A table of which character follows two given ones has a loss of {table:.2f}.",
        f"There is more to learn in the text than fits into {run.parameters:,} parameters.",
        f"Take {4 * run.hidden_size} units instead of {run.hidden_size}.",
    )  # fmt: skip


# What else can be wrong, the most serious first; the two with a name of their own stand outside.
SIGNS = (
    _exploding, _rate_too_high, _saturated, _plateau, _vanishing, _rate_too_low, _overfitting,
    _unlike_validation, _growing_state,
)  # fmt: skip
