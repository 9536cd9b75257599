"""A training on the command line: from the first step to the last line."""

import math
import sys
from pathlib import Path

from lstm.diagnosis.overfitting import describe_overfitting
from lstm.network import Network
from lstm.parallel import BatchParts
from lstm.sampling import generate
from lstm.storage.checkpoint import dump, save
from lstm.storage.history import History
from lstm.terminal.interrupt import Interrupt
from lstm.terminal.output import write
from lstm.terminal.program import Program, quote
from lstm.terminal.progress_line import ProgressLine
from lstm.terminal.run_file import RunFile
from lstm.text import Vocabulary
from lstm.training import Progress, Training

_SAMPLES = 10  # texts shown during a run
_UNSAVED = 300.0  # seconds of work that may be lost where an epoch is long and the machine breaks down


class Run:
    """A training with its progress line, its file, and a sample now and then."""

    def __init__(
        self,
        training: Training,
        vocabulary: Vocabulary,
        history: History,
        path: Path,
        program: Program,
        temperature: float,
        backup: bool,
        processes: int,
    ) -> None:
        self._training, self._vocabulary, self._history = training, vocabulary, history
        self._program, self._temperature = program, temperature
        self._line = ProgressLine()
        self._file = RunFile(path, self._save, self._line.say, backup)
        self._validation: float | None = None  # the latest
        self._is_saved = False  # all that was learned
        self._seconds = training.seconds  # when it was last saved
        self._is_read = True  # standard output
        self._overfits = False
        self._processes = processes  # that compute a batch

    def to_the_end(self) -> int:
        """Train until all is done or somebody stops it.  Returns the exit code."""
        training = self._training
        self._file.check(len(dump(training.net, self._vocabulary, training, history=self._history.columns())))
        with Interrupt() as interrupt, BatchParts(training, self._processes, self._line.say):
            for progress in training:
                if not math.isfinite(progress.loss + progress.gradient_norm):
                    self._line.say(
                        "The loss is no longer a number; lower --lr. The last checkpoint was not touched."
                    )
                    return 1
                self._take(progress)
                if interrupt.requested:
                    return self._stop()
            path = self._file.path if self._is_saved else self._file.save_last()
        self._conclude(path)
        return 0

    def _take(self, progress: Progress) -> None:
        """Show a step, and save and write a sample where it is time."""
        self._history.append(progress)
        self._is_saved = False
        if progress.validation_loss is not None:
            self._validation = progress.validation_loss
        end_of_epoch = progress.step % self._training.chunks == 0
        self._line.show(progress, self._validation, end_of_epoch)
        if end_of_epoch or progress.seconds > self._seconds + _UNSAVED:
            self._is_saved = self._file.save()
            self._seconds = progress.seconds
        if end_of_epoch:
            self._tell_overfitting()
        every = max(1, progress.epochs // _SAMPLES)
        if end_of_epoch and progress.epoch % every == 0 and progress.step < progress.steps:
            self._show_sample(self._training.net, 120)

    def _tell_overfitting(self) -> None:
        """Say once that the network begins to overfit."""
        sentence = None if self._overfits else describe_overfitting(self._history.columns())
        if sentence is not None:
            self._overfits = True
            self._line.say(sentence)

    def _save(self, path: Path) -> None:
        save(path, self._training.net, self._vocabulary, self._training, history=self._history.columns())

    def _stop(self) -> int:
        """Save what was learned, and say how to go on.  Returns the exit code."""
        path = self._file.path if self._is_saved else self._file.save_last()
        options = ["--resume"] if path == self._file.path else ["--resume", "--checkpoint", str(path)]
        self._line.say(
            f"Stopped and saved in {path}; the same command with {quote(options)} goes on from here."
        )
        return 130

    def _conclude(self, path: Path) -> None:
        """Write a longer sample, say how well it went, and how more is written."""
        training = self._training
        self._show_sample(training.best_network(), 300)
        if training.stop_reason is not None:
            self._line.say(training.stop_reason)
        if training.best_loss is not None and training.best_epoch != training.step // training.chunks:
            self._line.say(
                f"The last epoch's validation loss is {self._validation:.3f}; saved is epoch "
                f"{training.best_epoch}, the best, with {training.best_loss:.3f}."
            )
        guessing, loss = math.log(len(self._vocabulary)), training.best_loss
        if (self._history.columns()["loss"][-1] if loss is None else loss) > guessing:
            self._line.say(
                f"The loss is above that of guessing, {guessing:.2f}: nothing was learned; lower --lr."
            )
        self._line.say(f"Saved in {path}; {self._program.generate_command(path)} writes more.")

    def _show_sample(self, net: Network, length: int) -> None:
        """Write a line's beginning to standard output; the training goes on if nobody reads it."""
        self._line.end()
        text = sample(net, self._vocabulary, self._temperature, length)
        error = write(sys.stdout, f"{text}\n")
        if error is not None and self._is_read:
            self._line.say(f"Samples can't be written any more ({error.strerror}); the training goes on.")
        self._is_read = error is None


def sample(net: Network, vocabulary: Vocabulary, temperature: float, length: int) -> str:
    """Write a line's beginning, with the same random draws each time, so that learning shows."""
    return "".join(s.char for s in generate(net, vocabulary, length=length, temperature=temperature, seed=0))
