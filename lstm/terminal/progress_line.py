"""The progress line of a training: rewritten in place on a terminal, one line an epoch in a file."""

import sys

from lstm.training import Progress

_SMOOTHING = 0.95  # share of the earlier loss in the one that is shown: a mean of about twenty steps
_BAR = 20  # characters


class ProgressLine:
    """The line of one training, written to standard error."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._open = False
        self._loss: float | None = None

    def show(self, progress: Progress, validation_loss: float | None, end_of_epoch: bool) -> None:
        """Show a report; validation_loss: the latest, nats per character, None before the first."""
        earlier = progress.loss if self._loss is None else self._loss
        self._loss = _SMOOTHING * earlier + (1 - _SMOOTHING) * progress.loss
        if self._live or end_of_epoch:
            text = _text(progress, self._loss, validation_loss)
            sys.stderr.write(f"\r{text}\x1b[K" if self._live else f"{text}\n")
            sys.stderr.flush()
            self._open = self._live

    def end(self) -> None:
        """Go to a new line, if one is open."""
        if self._open:
            sys.stderr.write("\n")
        self._open = False


def _text(progress: Progress, loss: float, validation_loss: float | None) -> str:
    share = progress.step / progress.steps
    bar = ("#" * round(_BAR * share)).ljust(_BAR, ".")
    validation = "" if validation_loss is None else f"  validation {validation_loss:.3f}"
    left = progress.seconds / progress.step * (progress.steps - progress.step)
    return (
        f"epoch {progress.epoch}/{progress.epochs} [{bar}] {share:4.0%}  loss {loss:.3f}{validation}"
        f"  {progress.characters / progress.seconds:,.0f} characters/s  {clock(left)} left"
    )


def clock(seconds: float) -> str:
    """Write seconds as m:ss."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"
