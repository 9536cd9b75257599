"""The doctor: what is wrong with a training run, as its numbers show it."""

from lstm.diagnosis.observation import EARLY, WINDOW, Observed
from lstm.diagnosis.signs import SIGNS, Finding, not_a_number, too_small

_HARDLY = 0.97  # of the first loss: above it, little was learned


def diagnose(run: Observed) -> list[Finding]:
    """Return what is wrong with a run, the most serious first; nothing early on, or if it is healthy."""
    if finding := not_a_number(run):
        return [finding]  # nothing else can be measured
    if run.early:
        return []
    findings = [finding for sign in SIGNS if (finding := sign(run))]
    names = {finding.name for finding in findings}
    # Too small is what remains where nothing else keeps the loss from falling.
    if names <= {"vanishing", "growing_state"} and (small := too_small(run)):
        findings.append(small)
    return findings


def verdict(run: Observed) -> str:
    """Describe a run in one line, healthy or not."""
    if findings := diagnose(run):
        return f"{findings[0].title}: {findings[0].evidence}"
    if run.early:
        return f"Too early to tell: the first {EARLY} steps say little."
    first, now = float(run.loss[0]), run.mean_loss()
    line = f"Healthy so far: the loss fell from {first:.2f} to {now:.2f}, the mean of the last {WINDOW} steps"
    if now > _HARDLY * first:
        line = f"No fault so far, but it has learned little: the loss went from {first:.2f} to {now:.2f}"
    if not len(run.validation_loss):
        return f"{line}. The validation loss has not been measured yet."
    validation, training = run.gap()
    if run.follows:
        return f"{line}. The validation loss follows it ({validation:.2f})."
    return (
        f"{line}. But the validation loss does not follow: it is {validation:.2f}, "
        f"{validation - training:.2f} above the training loss ({training:.2f}). The network predicts its "
        "training text better than new text."
    )
