"""How a network is trained: numbers, each checked, that can be written to a file."""

import numbers
from dataclasses import dataclass

from lstm.errors import LARGEST_SEED, LARGEST_SETTING, InputError, whole_number
from lstm.optimisers import OPTIMISERS

_LARGEST_FITTING_BATCH = 32
_FEWEST_CHUNKS = 50  # steps of the optimiser in an epoch


@dataclass(frozen=True)
class Settings:
    """How a network is trained; see `train`."""

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

    def __post_init__(self) -> None:
        for name in ("epochs", "seq_length", "batch_size"):
            self._set(name, whole_number(name, getattr(self, name), 1, LARGEST_SETTING))
        self._set("seed", whole_number("seed", self.seed, 0, LARGEST_SEED))
        for name in ("learning_rate", "clip_norm", "clip_value"):
            value = getattr(self, name)
            if value is None and name != "learning_rate":
                continue
            if not isinstance(value, numbers.Real) or not 0 < float(value) < LARGEST_SETTING:
                raise InputError(f"{name} must be above 0 (and below a million), not {value!r}.")
            self._set(name, float(value))
        if not isinstance(self.decay, numbers.Real) or not 0 < self.decay <= 1:
            raise InputError(f"decay must be above 0 and at most 1, not {self.decay!r}.")
        self._set("decay", float(self.decay))
        share = self.validation_share
        if isinstance(share, bool) or not isinstance(share, numbers.Real) or not 0 <= share < 1:
            raise InputError(f"validation_share must be at least 0 and below 1, not {share!r}.")
        self._set("validation_share", float(share))
        if self.optimiser not in OPTIMISERS:
            raise InputError(f"optimiser must be one of {', '.join(OPTIMISERS)}, not {self.optimiser!r}.")

    def _set(self, name: str, value: float) -> None:
        """Keep what was checked as a plain Python number, which can be written to a file."""
        object.__setattr__(self, name, value)


def fitting_batch(characters: int, seq_length: int) -> int:
    """Return the largest power of two up to 32 that leaves 50 steps or more in an epoch, if any does.

    characters: how many there are to train on, validation apart.
    """
    fitting = characters // (_FEWEST_CHUNKS * max(1, seq_length))
    return min(_LARGEST_FITTING_BATCH, 1 << max(1, fitting).bit_length() - 1)
