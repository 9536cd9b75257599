"""The signs of a training run that goes wrong: what its numbers then look like, and what to try.

Every limit was found on some 200 small runs, made to be healthy or ill: the three cells, 2 to 128 units,
six texts, Adam from 0.00001 to 1, SGD from 0.01 to 100,000, biases from −5 to 8, weights from a
thirtieth to 40 times their usual size, with clipping and without.
"""

from dataclasses import dataclass

import numpy as np

from lstm.diagnosis.observation import EARLY, MEMORY, WINDOW, Observed, plain, symbol

EXPLODING_NORM = 10  # the median of a window: healthy at most 2.4, exploding at least 60
EXPLODING_SPIKE = 100  # a single norm: healthy at most 6.4, exploding at least 700
ABOVE_GUESSING = 1.1  # of ln V: only SGD 3 has single steps above it and recovers
RISING = 1.2, 0.1  # of the best window, and nats above it: healthy at most 1.08; near 0 a loss jitters
PLATEAU = 200, 0.2  # steps, and the share of the way from ln V to the letters' loss: Adam 0.0001 is past it
VANISHING = 1e-6  # of an error, 10 steps back: healthy at least 9e-5, vanishing at most 1e-8
OVERFITTING = 1.03  # of the best validation loss, the lowest of the last three: healthy at most 1.029
GROWING = 1.5  # C at the end over the middle: healthy at most 1.36 (b_f = 3), b_f = 5 1.6, b_f = 8 2
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
        "not_a_number", "Not a number",
        f"The loss is no number since step {run.began + last + 1:,}; the gradient's norm before that step "
        f"was {run.gradient_norm[max(0, last - 1)]:.3g}.",
        "A number outgrew float32 (3·10³⁸), and everything computed from it is lost.",
        f"This run can't recover; start again with a learning rate of {plain(run.lower_rate, 1)}{clip}.",
    )  # fmt: skip


def _exploding(run: Observed) -> Finding | None:
    norms = run.gradient_norm[-WINDOW:]
    middle, largest = float(np.median(norms)), float(norms.max())
    if middle <= EXPLODING_NORM and largest <= EXPLODING_SPIKE:
        return None
    cure = f"a learning rate of {plain(run.lower_rate, 1)}, shorter sequences or smaller weights at first"
    return Finding(
        "exploding", "The gradient explodes",
        f"In the last {WINDOW} steps its norm before clipping has a median of {middle:.3g} and reaches "
        f"{largest:.3g}; in healthy runs it stays below 7.",
        "On its way back through time the error grows instead of fading, and few steps outweigh all others.",
        f"Try {cure}." if run.settings.clip_norm else f"Clip by norm 5; if that is not enough, try {cure}.",
    )  # fmt: skip


def _rate_too_high(run: Observed) -> Finding | None:
    now, start = run.mean_loss(), float(run.loss[:EARLY].max())
    limit = ABOVE_GUESSING * max(run.guessing, float(run.loss[0]))
    windows = np.convolve(run.loss, np.full(WINDOW, 1 / WINDOW), "valid")
    best, (ratio, nats) = int(np.argmin(windows)), RISING
    spoiled = [(name, slope) for name, slope in run.flat() if name not in MEMORY]
    above = f"above ln V = {run.guessing:.2f}, that of guessing"
    if now > limit:
        evidence = f"The loss of the last {WINDOW} steps is {now:.3g}, {above}."
    elif now > max(ratio * windows[best], windows[best] + nats):
        then = run.began + best + WINDOW
        evidence = f"The loss has risen from {windows[best]:.2f} at step {then:,} to {now:.2f}."
    elif start > limit and spoiled:
        evidence = (
            f"In the first {EARLY} steps the loss rose to {start:.3g}, {above}, and {symbol(spoiled[0][0])} "
            f"has {spoiled[0][1]:.1%} of its slope left since."
        )
    else:
        return None
    return Finding(
        "rate_too_high", "The learning rate is too high", evidence,
        "A step goes further than the slope that it follows holds, so it overshoots.",
        f"Start again with a learning rate of {plain(run.lower_rate, 1)} instead of {plain(run.rate)}.",
    )  # fmt: skip


def _saturated(run: Observed) -> Finding | None:
    if not (flat := run.flat()):
        return None
    name, slope = flat[0]
    evidence = (
        f"At step {run.probe['step']:,.0f} {symbol(name)} has {slope:.2%} of the slope that it could have"
    )
    if f"{name}_stuck" in run.probe:
        evidence += f", and {run.probe[f'{name}_stuck']:.0%} of its units never leave one end"
    cure = f"Start again with a learning rate of {plain(run.lower_rate, 1)}, or with smaller weights."
    if name in MEMORY:
        cure = (
            f"Start again with a bias b_{name} between 0 and 3; its mean is {run.probe[f'{name}_mean']:.3f}."
        )
    return Finding(
        "saturated", "Gates are saturated" if run.kind != "rnn" else "Units are saturated", f"{evidence}.",
        "At their ends σ and tanh are flat: what sits there passes hardly any gradient and stays as it is.",
        cure,
    )  # fmt: skip


def _plateau(run: Observed) -> Finding | None:
    (steps, share), now = PLATEAU, run.mean_loss()
    bound = run.guessing - share * (run.guessing - run.letters)
    if run.steps < steps or not bound <= now <= ABOVE_GUESSING * run.guessing:
        return None
    return Finding(
        "plateau", "It stays at ln V",
        f"After {run.steps:,} steps the loss is {now:.2f}; guessing has ln V = {run.guessing:.2f}, and to "
        f"know how frequent each character is {run.letters:.2f}.",
        "The network has learned next to nothing, not even which characters are frequent.",
        run.higher_rate() or "Look at the gradient's norm and at the gates: something spoils every step.",
    )  # fmt: skip


def _vanishing(run: Observed) -> Finding | None:
    probes = [probe for probe in run.probes if probe["step"] >= EARLY and "dh_10" in probe][-2:]
    shares = [max(probe["dh_10"], probe.get("dC_10", 0.0)) for probe in probes]
    # Twice in a row: where the letters are known and their order is not, it may fade for a moment.
    if len(shares) < 2 or not max(shares) < VANISHING:
        return None
    cure = "Start again with larger recurrent weights, or take an LSTM."
    if any(name not in MEMORY for name, _ in run.flat()):
        cure = f"Start again with a learning rate of {plain(run.lower_rate, 1)}: its units are saturated."
    elif "f_mean" in run.probe:
        cure = f"Start again with b_f between 1 and 3; the forget gate's mean is {run.probe['f_mean']:.3f}."
    return Finding(
        "vanishing", "The gradient vanishes",
        f"At step {run.probe['step']:,.0f} of an error {shares[-1]:.1g} is left 10 steps back; in healthy "
        "runs it is at least 0.0001.",
        "What a character did ten steps earlier can't be learned from what came of it.",
        cure,
    )  # fmt: skip


def _rate_too_low(run: Observed) -> Finding | None:
    if run.steps < PLATEAU[0] or run.mean_loss() < run.pairs or not (advice := run.higher_rate()):
        return None
    return Finding(
        "rate_too_low", "The learning rate is too low",
        f"A step is at most {100 * run.step_length():.2g} % of the weights, and after {run.steps:,} of them "
        f"the loss is {run.mean_loss():.2f}; a table of which character follows which has {run.pairs:.2f}.",
        "It may go the right way, but it will take very long.",
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
        "overfitting", "It overfits",
        f"Validation was best at step {steps[best]:,.0f} with {losses[best]:.2f} and is {losses[-1]:.2f} "
        f"now, while the training loss fell from {then:.2f} to {now:.2f}.",
        "It learns its text by heart instead of what holds for other texts as well.",
        f"Stop after epoch {max(1, round(steps[best] / run.chunks)):,}, take a longer text, or fewer units, "
        f"such as {max(1, run.hidden_size // 2)}.",
    )  # fmt: skip


def _growing_state(run: Observed) -> Finding | None:
    if not (growth := run.probe.get("C_growth", 1.0)) > GROWING:
        return None
    cure = f"a learning rate of {plain(run.lower_rate, 1)}"
    if run.examined.get("forget_bias", 0) > 2:
        cure = "b_f = 1"
    return Finding(
        "growing_state", "The cell state keeps growing",
        f"At step {run.probe['step']:,.0f} C is {growth:.1f} times as large at the end of a text as in its "
        f"middle, {run.probe['C_max']:.0f} at most; the forget gate's mean is {run.probe['f_mean']:.3f}.",
        "What comes in is hardly let go; where tanh(C) sits at its ends it passes no gradient.",
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
        left = run.examined["heart_after"]
        evidence = f"Of ten characters to learn by heart {left:.2f} nats were left, and the loss is {now:.2f}"
    else:
        return None
    return Finding(
        "too_small", "The network is too small",
        f"{evidence}; a table of which character follows which two has {table:.2f}.",
        f"The text holds more than {run.parameters:,} numbers could learn of it.",
        f"Take {4 * run.hidden_size} units instead of {run.hidden_size}.",
    )  # fmt: skip


# What else can be wrong, the most serious first; the two with a name of their own stand outside.
SIGNS = (
    _exploding, _rate_too_high, _saturated, _plateau, _vanishing, _rate_too_low, _overfitting, _growing_state,
)  # fmt: skip
