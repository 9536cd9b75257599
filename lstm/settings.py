"""How a network is trained: numbers, each checked, that can be written to a file."""

from dataclasses import dataclass

from lstm.errors import LARGEST_SEED, LARGEST_SETTING, InputError, is_number, whole_number
from lstm.optimisers import OPTIMISERS
from lstm.schedule import SCHEDULES, rate_factor


@dataclass(frozen=True)
class Settings:
    """How a network is trained: what each setting means stands in `train`.

    A run that is resumed may change epochs, learning_rate, decay, schedule, warm_up, weight_decay,
    dropout, patience and the two clips; they hold from there on, and a schedule counts over all steps of
    the new epochs.  The others must stay: they say how the text is cut and what the optimiser keeps.
    """

    epochs: int = 10
    seq_length: int = 50
    batch_size: int = 32
    learning_rate: float = 0.001
    decay: float = 1.0
    optimiser: str = "adam"
    clip_norm: float | None = 5.0
    clip_value: float | None = None
    validation_share: float = 0.1
    seed: int = 0
    schedule: str = "constant"
    warm_up: int = 0
    weight_decay: float = 0.0
    dropout: float = 0.0
    patience: int | None = None
    line_end: int | None = None

    def __post_init__(self) -> None:
        for name in ("epochs", "seq_length", "batch_size"):
            self._whole(name, 1)
        self._whole("warm_up", 0)
        self._whole("seed", 0, LARGEST_SEED)
        if self.patience is not None:
            self._whole("patience", 1)
        if self.line_end is not None:
            self._whole("line_end", 0)
        for name in ("learning_rate", "clip_norm", "clip_value"):
            value = getattr(self, name)
            if value is None and name != "learning_rate":
                continue
            if not is_number(value) or not 0 < value < LARGEST_SETTING:
                raise InputError(f"{name} must be above 0 (and below a million), not {value!r}.")
            self._set(name, float(value))
        if not is_number(self.decay) or not 0 < self.decay <= 1:
            raise InputError(f"decay must be above 0 and at most 1, not {self.decay!r}.")
        self._set("decay", float(self.decay))
        for name in ("validation_share", "weight_decay", "dropout"):
            self._share(name)
        for name, choices in (("optimiser", tuple(OPTIMISERS)), ("schedule", tuple(SCHEDULES))):
            if getattr(self, name) not in choices:
                raise InputError(f"{name} must be one of {', '.join(choices)}, not {getattr(self, name)!r}.")

    def rate_at(self, step: int, chunks: int) -> float:
        """Return the learning rate of a step: the setting, its decay, the warm-up and the schedule.

        step: steps done before it; chunks: steps of an epoch.
        """
        rate = self.learning_rate * self.decay ** (step // chunks)
        return rate * rate_factor(self.schedule, self.warm_up, step, self.epochs * chunks)

    def _whole(self, name: str, low: int, high: int = LARGEST_SETTING) -> None:
        """Check a whole number."""
        self._set(name, whole_number(name, getattr(self, name), low, high))

    def _share(self, name: str) -> None:
        """Check a number from 0 to below 1."""
        share = getattr(self, name)
        if not is_number(share) or not 0 <= share < 1:
            raise InputError(f"{name} must be at least 0 and below 1, not {share!r}.")
        self._set(name, float(share))

    def _set(self, name: str, value: float) -> None:
        """Keep what was checked as a plain Python number, which can be written to a file."""
        object.__setattr__(self, name, value)
