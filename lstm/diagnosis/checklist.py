"""The debugging checklist: the questions to ask of a network that does not learn, answered for one run."""

from dataclasses import dataclass

import numpy as np

from lstm.diagnosis.doctor import diagnose
from lstm.diagnosis.observation import (
    BIAS_ADVICE,
    EARLY,
    SHORT_STEP,
    USUAL_BIAS,
    WINDOW,
    Observed,
    plain,
    symbol,
)
from lstm.diagnosis.probes import STEPS_BACK
from lstm.diagnosis.signs import GROWING

_NEAR_GUESSING = 0.05  # of ln V: new networks are within 3 %; weights ten times as large add up to 11 %
_DIGITS = 6  # a right gradient has about 8, a wrong one 0 or 1
_LEARNED = 0.97  # of ln V: Adam 0.00001 is still above it after 600 steps
_CLIPPED = 0.9  # of the steps: healthy runs clip one in a hundred by norm 5
# Around `USUAL_BIAS`, for a run that goes on has moved it.  Below, a new network forgets at once; from 5 on
# the state grows.
_BIASES = USUAL_BIAS[0] - 0.5, USUAL_BIAS[1] + 0.5
_NO_FORGET_GATE = {"gru": "a GRU has an update gate in its place", "rnn": "an RNN has no gates"}
_LONG_STEP = 0.5  # `step_length`: Adam 0.03 has 0.3 and works, 0.1 has 1 and spoils RNN and GRU
_LEFT = 0.1  # of an error: where less arrives, little is cut off


@dataclass(frozen=True)
class Check:
    """A question of the checklist.

    item: the question; passed: the answer, None where it is not known yet or does not apply; evidence: the
    number that it comes from, or why there is none.
    """

    item: str
    passed: bool | None
    evidence: str


def checklist(run: Observed) -> list[Check]:
    """Answer every question of the checklist, in the order in which to ask them."""
    names = frozenset(finding.name for finding in diagnose(run))
    return [
        Check(item, None if passed is None else bool(passed), evidence)
        for item, question in _QUESTIONS.items()
        for passed, evidence in [question(run, names)]
    ]


_Answer = tuple[bool | None, str]
_SOON: _Answer = None, "measured once when the run begins"
_LATER: _Answer = None, f"known after {EARLY} steps"


def _targets(run: Observed, names: frozenset[str]) -> _Answer:
    follows, characters = run.examined.get("follows"), run.examined.get("characters")
    if follows is None or characters is None:
        return _SOON
    return (
        follows == 1 and characters <= run.vocabulary_size,
        f"in a batch, {follows:.0%} of the targets are the character after the input; "
        f"the text uses {characters:.0f} of {run.vocabulary_size} characters",
    )


def _first_loss(run: Observed, names: frozenset[str]) -> _Answer:
    if not len(run.loss):
        return None, "known after the first step"
    first, numbers = float(run.loss[0]), f"{run.loss[0]:.2f}; ln V = {run.guessing:.2f}"
    if run.began:
        return None, f"{numbers}; the run goes on with a trained network"
    return abs(first - run.guessing) <= _NEAR_GUESSING * run.guessing, numbers


def _gradient(run: Observed, names: frozenset[str]) -> _Answer:
    if (digits := run.examined.get("digits")) is None:
        return _SOON
    return digits >= _DIGITS, f"{digits:.1f} digits agree (about 8 if it is right)"


def _memorises(run: Observed, names: frozenset[str]) -> _Answer:
    if "memory_after" not in run.examined:
        return _SOON
    before, after = run.examined["memory_before"], run.examined["memory_after"]
    good = np.isfinite(after) and run.memorises
    return good, f"loss on ten characters {before:.2f} → {after:.3f} in 80 updates"


def _falls(run: Observed, names: frozenset[str]) -> _Answer:
    if len(run.loss) < 2 * EARLY:  # so that the mean leaves out the first steps
        return None, f"known after {2 * EARLY} steps"
    now = run.mean_loss()
    falls = bool(now < _LEARNED * run.guessing and "rate_too_high" not in names)
    return falls, f"{run.loss[0]:.2f} → {now:.2f}; ln V = {run.guessing:.2f}"


def _norm(run: Observed, names: frozenset[str]) -> _Answer:
    if run.early:
        return _LATER
    norms, limit = run.gradient_norm[-WINDOW:], run.settings.clip_norm
    numbers = f"median {np.median(norms):.2g}, at most {norms.max():.2g} in the last {WINDOW} steps"
    good = bool(np.isfinite(norms).all()) and "exploding" not in names
    if limit is None:
        return good, f"{numbers}; not clipped by norm"
    clipped = float((norms > limit).mean())
    return good and clipped < _CLIPPED, f"{numbers}; {clipped:.0%} of them clipped to {limit:g}"


def _forget_bias(run: Observed, names: frozenset[str]) -> _Answer:
    if run.kind != "lstm":
        return None, _NO_FORGET_GATE.get(run.kind, "it has no forget gate")
    if (bias := run.examined.get("forget_bias")) is None:
        return _SOON
    return _BIASES[0] <= bias <= _BIASES[1], f"mean b_f = {bias:.2f}"


def _gates(run: Observed, names: frozenset[str]) -> _Answer:
    if not run.slopes:
        return _LATER
    parts = ", ".join(f"{symbol(name)} {slope:.2g}" for name, slope in run.slopes.items())
    return not run.flat(), f"mean slope, as a share of the largest slope: {parts}"


def _state(run: Observed, names: frozenset[str]) -> _Answer:
    if run.kind != "lstm":
        return None, "only an LSTM has a cell state"
    if (growth := run.probe.get("C_growth")) is None:
        return _LATER
    size = run.probe["C_max"]
    return (
        growth <= GROWING,
        f"C is at most {size:.3g}; at the end of a text it is {growth:.2f} times as large as in the middle",
    )


def _validation(run: Observed, names: frozenset[str]) -> _Answer:
    if run.validation_characters < 2:
        return False, "no text is kept for validation"
    if run.early or not len(run.validation_loss):
        return None, f"measured at the end of an epoch, every {run.chunks:,} steps"
    last, train = run.gap()
    good = run.follows and "overfitting" not in names
    numbers = f"validation {last:.2f}, training {train:.2f}; best {run.validation_loss.min():.2f}"
    if run.novelty and not run.follows:
        new, usual = run.novelty
        numbers += (
            f"; pieces of 4 characters that are new: {new:.0%}, in a tenth of the whole text {usual:.0%}"
        )
    return good, numbers


def _rate(run: Observed, names: frozenset[str]) -> _Answer:
    if run.early:
        return _LATER
    length = run.step_length()
    good = SHORT_STEP <= length <= _LONG_STEP and not names & {"rate_too_high", "rate_too_low"}
    works = f"{100 * SHORT_STEP:g} % to {100 * _LONG_STEP:g} % works"
    return good, f"{plain(run.rate)}: a step is at most {100 * length:.2g} % of the weights ({works})"


def _sequence(run: Observed, names: frozenset[str]) -> _Answer:
    probe, T = run.probe, run.settings.seq_length
    left = {k: max(probe[f"dh_{k}"], probe.get(f"dC_{k}", 0)) for k in STEPS_BACK if f"dh_{k}" in probe}
    if not left:
        return _LATER
    if not np.isfinite(list(left.values())).all():
        return None, "the gradient is not a number"
    needed = next((k for k, share in left.items() if share < _LEFT), max(left))
    parts = ", ".join(f"{share:.1g} after {k}" for k, share in left.items())
    return (
        needed <= T and "vanishing" not in names,
        f"share of the gradient that is left: {parts} steps; the sequence length T is {T}",
    )


def _length(run: Observed, names: frozenset[str]) -> _Answer:
    share = run.train_characters / run.parameters
    numbers = f"{run.train_characters:,} characters for {run.parameters:,} parameters: {share:.1f} for each"
    return share >= 1, numbers  # with 1.4, 50 epochs still help; with 0.6 validation rises after 20


_QUESTIONS = {
    "Is each target the next character of the input, with the same vocabulary for both?": _targets,
    "Does the loss begin near ln V?": _first_loss,
    "Does the gradient agree with finite differences?": _gradient,
    "Can the network memorise one tiny batch?": _memorises,
    "Does the loss fall?": _falls,
    "Is the gradient norm finite, and is it rarely clipped?": _norm,
    f"Does the forget bias begin {BIAS_ADVICE}?": _forget_bias,
    "Are gates and units free of saturation?": _gates,
    "Does the cell state stay bounded?": _state,
    "Is the validation loss measured, and does it stay near the training loss?": _validation,
    "Is the learning rate in the range that works?": _rate,
    "Does the gradient reach back several steps? Is each sequence at least that long?": _sequence,
    "Is the text long enough for the number of parameters?": _length,
}
ITEMS = tuple(_QUESTIONS)
