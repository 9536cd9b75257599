"""Four troubles as experiments: a faulty run beside a fixed one, one setting apart.

Chosen by trying, at least three seeds each; its test trains every pair and asks whether the symptom is there.
"""

from collections.abc import Callable
from dataclasses import dataclass

from lesson.training.engine.settings import RECALL, RunSettings
from lesson.training.engine.viewer import Watched
from lesson.training.parameters import TROUBLE
from lesson.training.troubles import findings
from lesson.training.troubles.questions import QUESTIONS
from lesson.widgets.question import Question

TROUBLES = TROUBLE.options


@dataclass(frozen=True)
class Experiment:
    """A cause of a trouble, to be run with one click.

    name and title: the cause in a word and in a few; question: to commit to before it runs; faulty,
    cured: two runs that differ in one setting; describe: says what was measured, from the two runs as far as
    a viewer has come.
    """

    name: str
    trouble: str
    title: str
    faulty: RunSettings
    cured: RunSettings
    describe: Callable[[Watched, Watched], str]

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
        "overtraining", TROUBLES[2], "overtraining", _RHYMES.but(amount=65), _RHYMES, findings.overtraining
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
