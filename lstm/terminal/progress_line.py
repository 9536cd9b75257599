"""The progress line of a training: rewritten in place on a terminal, line after line in a file."""

import sys

from lstm.terminal.output import columns, is_terminal, say, write
from lstm.training import Progress

_SMOOTHING = 0.95  # share of the earlier loss in the one that is shown: a mean of about twenty steps
_BAR = 20  # characters
_FIRST_LINE, _LONGEST_SILENCE = 2.0, 60.0  # seconds between two lines of a file, growing
# What is shown, the longest form first: a narrower terminal gets the first that it holds.
_FORMS = (
    ("bar", "loss", "validation", "speed", "left"),
    ("short bar", "loss", "validation", "speed", "left"),
    ("short bar", "loss", "validation", "left"),
    ("epoch", "loss", "validation", "left"),
    ("epoch", "loss", "left"),
    ("share", "loss", "left"),
    ("share", "loss"),
)


class ProgressLine:
    """The line of one training, written to standard error."""

    def __init__(self) -> None:
        self._live = is_terminal(sys.stderr)
        self._open = False
        self._loss: float | None = None
        self._silence = _FIRST_LINE
        self._next_line: float | None = None  # in seconds of the training

    def show(self, progress: Progress, validation_loss: float | None, end_of_epoch: bool) -> None:
        """Show a report; validation_loss: the latest, nats per character, None before the first."""
        earlier = progress.loss if self._loss is None else self._loss
        self._loss = _SMOOTHING * earlier + (1 - _SMOOTHING) * progress.loss
        parts = _parts(progress, self._loss, validation_loss)
        if self._live:
            # The last column stays free: some terminals go to the next line once it is filled.
            write(sys.stderr, f"\r{_fit(parts, columns(sys.stderr) - 1)}\x1b[K")
            self._open = True
        elif end_of_epoch or self._is_time(progress):
            say(_join(parts, _FORMS[0]))
            self._next_line = progress.seconds + self._silence

    def say(self, message: str) -> None:
        """Write a line to standard error below this one."""
        self.end()
        say(message)

    def end(self) -> None:
        """Go to a new line, if one is open."""
        if self._open:
            write(sys.stderr, "\n")
        self._open = False

    def _is_time(self, progress: Progress) -> bool:
        """Return whether a file has been without a line for long: 2 seconds at first, later a minute."""
        if self._next_line is None:
            self._next_line = progress.seconds + self._silence
        if progress.seconds < self._next_line:
            return False
        self._silence = min(2 * self._silence, _LONGEST_SILENCE)
        return True


def _parts(progress: Progress, loss: float, validation_loss: float | None) -> dict[str, str]:
    """Return what can be shown, by name."""
    share = progress.step / progress.steps
    left = progress.seconds / progress.step * (progress.steps - progress.step)
    epoch = f"epoch {progress.epoch}/{progress.epochs}"
    return {
        "bar": f"{epoch} {_bar(share, _BAR)} {share:4.0%}",
        "short bar": f"{epoch} {_bar(share, _BAR // 2)} {share:4.0%}",
        "epoch": f"{epoch} {share:4.0%}",
        "share": f"{share:.0%}",
        "loss": f"loss {loss:.3f}",
        "validation": "" if validation_loss is None else f"validation {validation_loss:.3f}",
        "speed": f"{progress.characters / progress.seconds:,.0f} characters/s",
        "left": f"{clock(left)} left",
    }


def _bar(share: float, length: int) -> str:
    return f"[{('#' * round(length * share)).ljust(length, '.')}]"


def _join(parts: dict[str, str], form: tuple[str, ...]) -> str:
    return "  ".join(parts[name] for name in form if parts[name])


def _fit(parts: dict[str, str], width: int) -> str:
    """Return the longest form that a line holds, or what it holds of the shortest."""
    lines = [_join(parts, form) for form in _FORMS]
    return next((line for line in lines if len(line) <= width), lines[-1][: max(width, 0)])


def clock(seconds: float) -> str:
    """Write seconds as m:ss."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"
