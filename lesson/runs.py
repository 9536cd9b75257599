"""A training run that a page can advance a little at a time."""

import time
from dataclasses import dataclass, field

from lstm import LSTM, Progress, Vocabulary, generate, train
from lstm.history import History
from lstm.training import Training


@dataclass
class LiveRun:
    """A training run kept in a visitor's session: nothing happens between two calls of `advance`.

    Because the page that shows it does the work, the run ends when its visitor leaves.
    """

    training: Training
    vocabulary: Vocabulary
    settings: tuple[str, int, float, int]  # text, hidden units, learning rate, epochs: as they were asked for
    history: History = field(default_factory=History)
    last: Progress | None = None
    running: bool = True
    sample: str = ""
    _sampled_at: float = 0.0

    @classmethod
    def start(cls, text: str, settings: tuple[str, int, float, int], seed: int) -> "LiveRun":
        """A new LSTM on a text.  Raises InputError if text or settings can't be used."""
        _, hidden_size, learning_rate, epochs = settings
        vocabulary = Vocabulary.from_text(text)
        net = LSTM(len(vocabulary), hidden_size, len(vocabulary), seed=seed)
        ids = vocabulary.encode(text)
        training = train(net, ids, epochs=epochs, learning_rate=learning_rate, seed=seed)
        return cls(training, vocabulary, settings)

    @property
    def finished(self) -> bool:
        """Whether all steps are done."""
        return self.training.step >= self.training.steps

    def advance(self, seconds: float) -> None:
        """Train for about this long, with a breath for the other visitors after every step."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self.finished:
            self.last = next(self.training)
            self.history.append(self.last)
            time.sleep(0.001)
        if self.last and (self.finished or not self.sample or self.last.seconds - self._sampled_at > 2):
            self._sampled_at = self.last.seconds
            self.sample = self.write(160)
        self.running = self.running and not self.finished

    def write(self, length: int, temperature: float = 0.7) -> str:
        """What the network writes now; the same luck each time, so that learning shows."""
        written = generate(self.training.net, self.vocabulary, length=length, temperature=temperature, seed=0)
        return "".join(sampled.char for sampled in written)
