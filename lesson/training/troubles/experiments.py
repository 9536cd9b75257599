"""Four troubles as experiments: a faulty run beside a fixed one, one setting apart.

Chosen by trying, at least three seeds each; its test trains every pair and asks whether the symptom is there.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from lesson.training.engine.settings import RECALL, RunSettings
from lesson.training.parameters import CURE, TROUBLE
from lesson.training.troubles import cures, findings
from lesson.training.troubles.questions import QUESTIONS
from lesson.widgets.question import Question

TROUBLES = TROUBLE.options
Describe = Callable[..., str]


@dataclass(frozen=True)
class Cure:
    """Another cure of the same cause: its run, the faulty one itself where it only keeps what that had.

    name: in the words of the address; describe: as an experiment's.
    """

    name: str
    run: RunSettings
    describe: Describe


@dataclass(frozen=True)
class Experiment:
    """A cause of a trouble, to be run with one click.

    name and title: the cause in a word and in a few; question: to commit to before it runs; faulty,
    cured: two runs that differ in one setting, or the same run where the cure is what is kept of it;
    describe: says what was measured, from the runs as far as a viewer has come; cures: all of them, where
    there are more than one; the first is that of `cured`.
    """

    name: str
    trouble: str
    title: str
    faulty: RunSettings
    cured: RunSettings
    describe: Describe
    cures: tuple[Cure, ...] = ()

    @property
    def runs(self) -> list[RunSettings]:
        """The runs that are shown beside each other, the faulty one first."""
        return [self.faulty] if self.faulty == self.cured else [self.faulty, self.cured]

    def with_cure(self, name: str) -> "Experiment":
        """Return the same with another of its cures."""
        cure = next(cure for cure in self.cures if cure.name == name)
        return replace(self, cured=cure.run, describe=cure.describe)

    def with_each_cure(self) -> list["Experiment"]:
        """Return the same with each of its cures in turn, or itself if there is only one."""
        return [self.with_cure(cure.name) for cure in self.cures] or [self]

    @property
    def question(self) -> Question:
        """A prediction to commit to before the runs start."""
        return QUESTIONS[self.name](self.faulty, self.cured)


_FIVE = RunSettings(amount=5)
_TWO = RunSettings(amount=2)  # after five epochs even 0.00001 is half a nat below guessing
# Rates and thresholds are for gradients per character: summed over the 50 steps, as `backward` has them, 20
# would be 0.4, and 0.1 its ±5.
_RNN = RunSettings(cell="rnn", optimiser="sgd", rate=3.0, clip="value", clip_at=0.01, amount=5)
_LSTM = RunSettings(optimiser="sgd", rate=20.0, clip="norm", clip_at=0.1, amount=5)
_LONG = _LSTM.but(batch=16, seq=500)
_RECALL = RunSettings(text=RECALL, hidden=32, seq=50, batch=64, rate=0.003, bias=3.0, clip_at=1.0, amount=5)
# A GRU: an LSTM of 256 units has not memorised them after twice the time.
_RHYMES = RunSettings(text="rhymes", cell="gru", hidden=192, rate=0.006, amount=10, temperature=0.5)
_MEMORISED = _RHYMES.but(amount=65)
# Against overtraining.  Seeds 1 to 3 end with a validation loss of 3.2 to 3.4 without a cure, of 2.3 to 2.4
# with dropout, of 1.9 to 2.1 with weight decay; of what they write 27 to 48 % is copied without, at most
# 4 % with dropout, nothing with weight decay.
_SHORTER, _DROPOUT, _DECAY, _BEST = CURE.options
_CURES = (
    Cure(_SHORTER, _RHYMES, cures.overtraining),
    Cure(_DROPOUT, _MEMORISED.but(dropout=0.5), cures.dropout),
    Cure(_DECAY, _MEMORISED.but(decay=0.9), cures.weight_decay),
    Cure(_BEST, _MEMORISED, cures.best_checkpoint),
)

EXPERIMENTS = (
    Experiment(
        "rate_too_high", TROUBLES[0], "learning rate too high", _FIVE.but(rate=1.0), _FIVE,
        findings.rate_too_high,
    ),
    Experiment("no_clipping", TROUBLES[0], "no clipping", _RNN.but(clip="off"), _RNN, findings.no_clipping),
    Experiment(
        "clipped_by_value", TROUBLES[0], "clipped by value", _LSTM.but(clip="value"), _LSTM,
        findings.clipped_by_value,
    ),
    Experiment(
        "nan", TROUBLES[0], "NaN (not a number) over long sequences", _LONG.but(clip="value"), _LONG,
        findings.not_a_number,
    ),
    Experiment(
        "rate_too_low", TROUBLES[1], "learning rate too low", _TWO.but(rate=1e-5), _TWO,
        findings.rate_too_low,
    ),
    Experiment(
        "too_few_units", TROUBLES[1], "too few units", RunSettings(hidden=2, amount=10),
        RunSettings(amount=10), findings.too_few_units,
    ),
    Experiment(
        "forget_bias", TROUBLES[1], "forget bias too low", _RECALL.but(bias=1.0), _RECALL,
        findings.forget_bias,
    ),
    Experiment(
        "overtraining", TROUBLES[2], "overtraining", _MEMORISED, _RHYMES, cures.overtraining, _CURES
    ),
    Experiment(
        "too_many_units", TROUBLES[3], "too many units",
        RunSettings(hidden=256, budget="seconds", amount=7), RunSettings(budget="seconds", amount=7),
        findings.too_many_units,
    ),
    Experiment(
        "batch_of_one", TROUBLES[3], "batch of one", RunSettings(batch=1, budget="seconds", amount=6),
        RunSettings(budget="seconds", amount=6), findings.batch_of_one,
    ),
)  # fmt: skip
