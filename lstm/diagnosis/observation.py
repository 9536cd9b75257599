"""What is known of a training run, and the few numbers that a doctor and a checklist take from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lstm.arrays import AnyArray, Array
from lstm.network import NETWORKS
from lstm.settings import Settings

EARLY = 50  # steps: before them healthy runs stand at ln V too, and only a NaN is sure
WINDOW = 50  # steps that a mean is taken over
# Of the largest slope of σ and tanh, on average: units at work have at least 0.12, spoiled ones 0.04.
FLAT_SLOPE = 0.05
# f and z may sit at an end and serve: b_f = 5 has 0.027, b_z = −5 0.008, but b_f = 8 only 0.002.
FLAT_MEMORY = 0.005
MEMORY = ("f", "z")
USUAL_BIAS = 1, 3  # of f, and of z: between them a new network remembers and still learns to forget
BIAS_ADVICE = "between {} and {}".format(*USUAL_BIAS)
MEMORISED = 0.1  # of the loss on ten characters after 80 updates: at most 0.06, or with 4 units 0.25
GAP = 1.3  # validation over training loss: healthy at most 1.27, the rhymes' when they are learned out
# Shares of new pieces at the end of a text, against a tenth spread over it: with so many more the end is of
# another kind.  Of the sample texts the two differ by less than 0.01, of ordered lists by 0.23 and more.
UNLIKE = 0.02, 0.15  # more, and that share of those in the tenth
SHORT_STEP = 0.002  # `step_length`: Adam 0.001 has 0.01, 0.0003 0.003 and learns, 0.0001 0.001


@dataclass(frozen=True)
class Observed:
    """What is known of a run so far.

    kind: a key of `NETWORKS`; chunks: steps of an epoch; loss, gradient_norm: (n,), of the steps
    began + 1 to began + n, in nats per character and before clipping; validation_step, validation_loss:
    (m,); probes: what `probes.probe` found, each with its "step"; examined: what `probes.examine` found,
    empty until known; began: steps that an earlier run had done, 0 for a new one; layers: of the network.
    """

    kind: str
    hidden_size: int
    vocabulary_size: int
    settings: Settings
    chunks: int
    train_characters: int
    validation_characters: int
    loss: Array
    gradient_norm: Array
    validation_step: AnyArray
    validation_loss: Array
    probes: Sequence[Mapping[str, float]]
    examined: Mapping[str, float]
    began: int = 0
    layers: int = 1

    @property
    def steps(self) -> int:
        """Steps done, an earlier run's included."""
        return self.began + len(self.loss)

    @property
    def early(self) -> bool:
        """Whether too few steps were seen to judge by."""
        return len(self.loss) < EARLY

    @property
    def guessing(self) -> float:
        """ln V, the loss of guessing among all characters alike."""
        return float(np.log(self.vocabulary_size))

    @property
    def letters(self) -> float:
        """The loss of knowing how frequent each character is; 0.7 ln V until it has been counted."""
        return self.examined.get("table_0", 0.7 * self.guessing)

    @property
    def pairs(self) -> float:
        """The loss of a table of which character follows which; 0.7 ln V until it has been counted."""
        return self.examined.get("table_1", 0.7 * self.guessing)

    @property
    def probe(self) -> Mapping[str, float]:
        """The latest probe that is not from the first steps; empty if there is none."""
        return next((p for p in reversed(self.probes) if p["step"] >= EARLY), {})

    @property
    def rate(self) -> float:
        """The learning rate of the latest step."""
        return self.settings.rate_at(max(0, self.steps - 1), self.chunks)

    @property
    def parameters(self) -> int:
        """How many numbers the network has."""
        H, V, biases = self.hidden_size, self.vocabulary_size, len(NETWORKS[self.kind].biases)
        inputs = V + (self.layers - 1) * H  # a layer above the first reads the H units below it
        return self._gates * H * (self.layers * H + inputs) + self.layers * biases * H + V * (H + 1)

    @property
    def _gates(self) -> int:
        return len(NETWORKS[self.kind].letters)

    def mean_loss(self, end: int | None = None, window: int = WINDOW) -> float:
        """Return the mean of the last losses, or of the last ones up to a step; or of the first."""
        last = len(self.loss) if end is None else min(max(1, end - self.began), len(self.loss))
        return float(self.loss[max(0, last - window) : last].mean())

    def step_length(self) -> float:
        """Return how long a step is at most, at the present rate, as a share of the first weights.

        Adam's step is at most as long as one that moves every weight by the rate (a single weight can move
        three times as far); SGD moves all together by the rate times the norm.
        The weights' vector starts with a length of √(L·G·H + V), for each unit's row has about 1; with an
        `input_scale` it is longer, and the share is less.
        """
        start = np.sqrt(self.layers * self._gates * self.hidden_size + self.vocabulary_size)
        if self.settings.optimiser == "adam":
            return float(self.rate * np.sqrt(self.parameters) / start)
        norm = float(np.median(self.gradient_norm[-WINDOW:]))
        return float(self.rate * min(norm, self.settings.clip_norm or np.inf) / start)

    @property
    def memorises(self) -> bool:
        """Whether a copy could memorise ten characters; also while that is not known."""
        return not (self.examined.get("memory_after", 0) >= MEMORISED * self.examined.get("memory_before", 1))

    def gap(self) -> tuple[float, float]:
        """Return the last validation loss and the training loss of the steps before it was measured."""
        return float(self.validation_loss[-1]), self.mean_loss(int(self.validation_step[-1]))

    @property
    def follows(self) -> bool:
        """Whether validation is near training; also while it has not been measured."""
        if not len(self.validation_loss):
            return True
        validation, training = self.gap()
        return validation <= GAP * training

    @property
    def novelty(self) -> tuple[float, float] | None:
        """The shares of new pieces at the end of the text and in a tenth of it, if the end is unlike it."""
        at_the_end, in_a_tenth = (
            self.examined.get(name, 0.0) for name in ("new_at_the_end", "new_in_a_tenth")
        )
        more = UNLIKE[0] + UNLIKE[1] * in_a_tenth
        return (at_the_end, in_a_tenth) if at_the_end > in_a_tenth + more else None

    def flat(self) -> list[tuple[str, float]]:
        """Return gates and tanh that sit at their ends, the worst first: name and mean slope, a share."""
        limits = {name: FLAT_MEMORY if name in MEMORY else FLAT_SLOPE for name in self.slopes}
        beyond = {name: slope / limits[name] for name, slope in self.slopes.items()}
        # Turned round, so that a NaN is flat as well.
        flat = [name for name in sorted(beyond, key=beyond.__getitem__) if not beyond[name] >= 1]
        return [(name, self.slopes[name]) for name in flat]

    @property
    def slopes(self) -> dict[str, float]:
        """The mean slope of every gate and of the candidate at the latest probe, as a share, by name."""
        return {n.removesuffix("_slope"): s for n, s in self.probe.items() if n.endswith("_slope")}

    @property
    def lower_rate(self) -> float:
        """What to start again with: a tenth of the rate, or one that is known to work if that is lower."""
        return min(self.settings.learning_rate / 10, 0.01 if self.settings.optimiser == "adam" else 1.0)

    def higher_rate(self) -> str | None:
        """Return the advice to take longer steps, where they are short."""
        if not (length := self.step_length()) < SHORT_STEP:
            return None
        settings = self.settings
        if self.rate < settings.learning_rate / 2 and settings.decay < 1:
            return f"Let the learning rate fall more slowly: its decay is {settings.decay:g} an epoch."
        if self.rate < settings.learning_rate / 2:
            return f"Train longer: the schedule has the learning rate at {plain(self.rate)} by now."
        better = self.rate * 0.01 / max(length, 1e-9)  # as long as those of Adam 0.001
        return f"Raise the learning rate from {plain(self.rate)} to about {plain(better, 1)}."


def plain(number: float, digits: int | None = 2) -> str:
    """Write a learning rate without a power of ten, to so many digits; None: to all it has."""
    return np.format_float_positional(number, precision=digits, fractional=False, trim="-")


def symbol(name: str) -> str:
    """Return the symbol of a gate or a candidate, from its name in the cell."""
    return {"C_tilde": "C̃", "h_tilde": "h̃"}.get(name, name)
