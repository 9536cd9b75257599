"""What a live run is: its settings.  Runs with equal settings are one run, whoever started it."""

import hashlib
import json
from dataclasses import asdict, dataclass, fields, replace
from functools import cached_property
from typing import Any, NamedTuple

from lstm.errors import InputError, whole_number
from lstm.network import GRU, LSTM, RNN, Network
from lstm.recall.experiment import recall_network
from lstm.settings import Settings

RECALL = "recall"  # in place of a text's name: the task of lstm.recall.experiment, over seq_length steps
SPEED = "speed"  # likewise: measures how fast training is, and trains nothing
SERIES = "series "  # likewise, before a task of lstm.series; "own" is the visitor's, the run's text
LONGEST_TEXT = 2**20  # characters
# Of the arrays that a step works in; a run may hold about ten of the largest of them.
_MOST_NUMBERS = 50 * 64 * 256  # T · B · H
_CLIPS = ("norm", "value", "off")
_BUDGETS = ("epochs", "seconds")
_LARGEST = {"hidden": 512, "seq": 500, "batch": 256}
SYMBOLS = 8  # to recall one of
UPDATES = 100  # of the recall task in an "epoch"


@dataclass(frozen=True)
class RunSettings:
    """Everything that a run depends on.

    text: the name of a sample text, RECALL, or a name for the visitor's own, whose characters are told
    apart by `digest`.  cell: lstm, gru or rnn; hidden units; seq steps and batch sequences a step of
    training; rate: the learning rate; bias: b_f at first, of a GRU the update-gate bias b_z; clip: "norm" or
    "value" with clip_at, or "off"; budget in epochs or seconds of work; temperature of its samples;
    resumed: what tells the checkpoint that it goes on with from others; dropout: the share of outputs set to
    0; decay: of the weights.
    """

    text: str = "fables"
    digest: str = ""
    cell: str = "lstm"
    hidden: int = 64
    seq: int = 50
    batch: int = 32
    rate: float = 0.01
    bias: float = 1.0
    clip: str = "norm"
    clip_at: float = 5.0
    optimiser: str = "adam"
    seed: int = 1
    amount: int = 20
    budget: str = "epochs"
    temperature: float = 0.8
    resumed: str = ""
    dropout: float = 0.0
    decay: float = 0.0

    def __post_init__(self) -> None:
        for name, most in _LARGEST.items():
            whole_number(name, getattr(self, name), 1, most)
        whole_number("amount", self.amount, 1, 3_600)
        for name, allowed in (("cell", ("lstm", "gru", "rnn")), ("clip", _CLIPS), ("budget", _BUDGETS)):
            if getattr(self, name) not in allowed:
                raise InputError(f"{name} must be one of {', '.join(allowed)}.")
        if not -20 <= self.bias <= 20 or not 0 <= self.temperature <= 5:
            raise InputError("The bias must lie between −20 and 20, the temperature between 0 and 5.")
        if self.seq * self.batch * self.hidden > _MOST_NUMBERS:
            raise InputError(
                f"{self.seq} steps × {self.batch} sequences × {self.hidden} units at once need more memory "
                "than this server has for one run; take a shorter sequence, a smaller batch or fewer units."
            )
        self.training()  # checks the rest

    @cached_property
    def key(self) -> str:
        """The same for equal settings, and for no others."""
        return json.dumps(asdict(self), sort_keys=True)

    @property
    def recall(self) -> bool:
        """Whether it learns the recall task and no text."""
        return self.text == RECALL

    @property
    def reads_text(self) -> bool:
        """Whether it learns a text, so that its network can write."""
        return not (self.recall or self.series or self.text == SPEED)

    @property
    def series(self) -> str:
        """The task of lstm.series that it learns, "own" for a visitor's series; "" if it learns none."""
        return self.text.removeprefix(SERIES) if self.text.startswith(SERIES) else ""

    @property
    def row(self) -> str:
        """The network's name in `lstm.recall.experiment.ROWS`, where it learns the recall task."""
        return {"lstm": f"LSTM, b_f = {self.bias:g}", "gru": "GRU", "rnn": "RNN"}[self.cell]

    def training(self) -> Settings:
        """Return the settings for `lstm.train`; a run with a budget of seconds is stopped from outside."""
        return Settings(
            epochs=self.amount if self.budget == "epochs" else 10**6,
            seq_length=self.seq,
            batch_size=self.batch,
            learning_rate=self.rate,
            optimiser=self.optimiser,
            clip_norm=self.clip_at if self.clip == "norm" else None,
            clip_value=self.clip_at if self.clip == "value" else None,
            seed=self.seed,
            dropout=self.dropout,
            weight_decay=self.decay,
        )

    def network(self, size: int) -> Network:
        """Create the untrained network for a vocabulary of this size, which the recall task ignores."""
        if self.recall:
            return recall_network(self.row, self.seed, self.hidden, SYMBOLS)
        if self.cell == "lstm":
            return LSTM(size, self.hidden, size, seed=self.seed, forget_bias=self.bias)
        if self.cell == "gru":
            return GRU(size, self.hidden, size, seed=self.seed, keep_bias=self.bias)
        return RNN(size, self.hidden, size, seed=self.seed)

    def but(self, **changes: Any) -> "RunSettings":
        """Return the same with something changed.  Raises InputError if that can't be."""
        return replace(self, **changes)

    def differs(self, other: "RunSettings") -> tuple[str, ...]:
        """Return the names of the settings that differ."""
        return tuple(f.name for f in fields(self) if getattr(self, f.name) != getattr(other, f.name))


class RunRequest(NamedTuple):
    """A run that is to be started: its settings, and the text they are for; "" for the recall task."""

    settings: RunSettings
    text: str


def from_json(text: str) -> RunSettings:
    """Read settings from their key."""
    return RunSettings(**json.loads(text))


def digest(data: str | bytes) -> str:
    """Return the digits that tell one text or file from another."""
    data = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    return hashlib.sha256(data).hexdigest()[:16]
