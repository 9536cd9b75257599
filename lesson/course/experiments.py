"""Experiments of a class: thirty networks, each from another seed, and the questions that they answer."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from lesson.frame.memo import memo
from lesson.gradients import parameters as gradients
from lesson.training import parameters as training
from lesson.training.engine.seeds.experiments import SEEDS, Experiments
from lesson.training.engine.seeds.judges import RecallJudge, TextJudge
from lesson.training.engine.seeds.plan import Plan
from lesson.training.engine.settings import RECALL, UPDATES, RunSettings
from lesson.training.live.controls import values_of
from lesson.training.live.registry import registry
from lesson.widgets.catalogue import sample_text
from lstm import Vocabulary, train
from lstm.diagnosis.observation import WINDOW, plain
from lstm.diagnosis.probes import tables
from lstm.recall.experiment import ENOUGH, HIDDEN_SIZE

_BIASES, _GAP, _UPDATES = (1.0, 3.0), 50, 600
_RATES = (0.03, 1.0)
# But for the seed and the forget bias that of the pair on the gradients page: one run is both's.
_RECALL = RunSettings(
    text=RECALL, hidden=HIDDEN_SIZE, seq=_GAP, batch=64, rate=0.003, clip_at=1.0, amount=_UPDATES // UPDATES
)
_TEXT = RunSettings(hidden=32, seq=50, batch=32, amount=2)
_LOSS_LOW, _LOSS_HIGH = 1, 4.5  # nats, in the picture


class ExperimentQuestion(NamedTuple):
    """A question for a number that an experiment answers: how many of its networks learn.

    id: of the question and of the experiment; setups: names of the networks that each seed trains; file,
    query: the part that shows it; like: a question of that part that covers the same there; reply: none
    before the networks are trained.
    """

    id: str
    text: str
    setups: tuple[str, ...]
    file: str
    query: Mapping[str, str]
    like: str = ""
    reply: str = ""
    seeds: int = SEEDS
    low: float = 0
    high: float = SEEDS
    unit: str = "networks"


@memo()
def experiment_questions() -> list[ExperimentQuestion]:
    """Return the question of each experiment."""
    recall, rates = (plan() for plan in PLANS.values())
    return [
        ExperimentQuestion(
            "seeds_recall",
            f"Thirty LSTMs start with $b_f = {_BIASES[0]:g}$, and with the same seeds thirty start with "
            f"{_BIASES[1]:g}. They learn to name a symbol that they read {_GAP} steps before. How many of "
            f"the first thirty learn it within {_UPDATES} updates? (Learned: {ENOUGH:.0%} of the answers are "
            "right, twice in a row.)",
            recall.setups, "3_gradients.py", {gradients.VIEW.name: "Does it matter?"}, "learning",
        ),
        ExperimentQuestion(
            "seeds_rates",
            f"Thirty LSTMs with {_TEXT.hidden} units learn the {_TEXT.text} for {rates.last} updates with a "
            f"learning rate of {plain(_RATES[1], None)}, and thirty with {plain(_RATES[0], None)}. How many "
            f"of the first thirty learn something? (Learned: the mean loss of the last {WINDOW} updates is "
            f"below {_limit():.2f}, the loss if one knows only the character frequencies.)",
            rates.setups, "4_training.py", {training.TAB.name: "Live"},
        ),
    ]  # fmt: skip


@memo()
def experiments() -> Experiments:
    """Return the experiments of this server."""
    return Experiments(registry, PLANS)


def _recall() -> Plan:
    return Plan(
        setups=tuple(f"b_f = {bias:g}" for bias in _BIASES),
        settings=tuple(_RECALL.but(bias=bias) for bias in _BIASES),
        text="",
        judge=RecallJudge(),
        last=_UPDATES,
        portion=40,
        together=2 * SEEDS,
        heights={
            "title": "share of right answers", "low": 0, "high": 1,
            "ticks": [[0, "0%"], [0.5, "50%"], [1, "100%"]],
        },
        main=0,
        link=_pair_link,
        reply=_recall_reply,
    )  # fmt: skip


def _pair_link(settings: RunSettings) -> str:
    """Return the address of the pair on the gradients page, with this seed."""
    query = {gradients.VIEW.name: "Does it matter?", gradients.PAIR_SEED.name: settings.seed}
    return f"gradients?{urlencode(query)}"


def _recall_reply(learned: Sequence[int], seeds: int) -> str:
    return (
        f"With $b_f = {_BIASES[0]:g}$, {learned[0]} of {seeds} networks learned it within {_UPDATES} "
        f"updates. With $b_f = {_BIASES[1]:g}$ and the same seeds, {learned[1]} of {seeds} learned it."
    )


@memo()
def _rates() -> Plan:
    text = sample_text(_TEXT.text)
    vocabulary = Vocabulary.from_text(text)
    size, ids = len(vocabulary), vocabulary.encode(text)
    steps = train(_TEXT.network(size), ids, **vars(_TEXT.training())).steps
    limit = float(tables(ids, size)["table_0"])
    judge = TextJudge(limit, steps)
    return Plan(
        setups=tuple(f"learning rate {plain(rate, None)}" for rate in _RATES),
        settings=tuple(_TEXT.but(rate=rate) for rate in _RATES),
        text=text,
        judge=judge,
        last=steps,
        portion=3 * judge.window,
        together=2 * SEEDS,
        heights={
            "title": "loss (nats per character)", "low": _LOSS_LOW, "high": _LOSS_HIGH,
            "ticks": [[loss, str(loss)] for loss in (1, 2, 3, 4)],
        },
        main=1,
        link=_live_link,
        reply=lambda learned, seeds: (
            f"With a learning rate of {plain(_RATES[1], None)}, {learned[1]} of {seeds} networks came below "
            f"{limit:.2f}, the loss if one knows only how frequent each character is. With "
            f"{plain(_RATES[0], None)} and the same seeds, {learned[0]} of {seeds} did."
        ),
    )  # fmt: skip


def _limit() -> float:
    judge = _rates().judge
    assert isinstance(judge, TextJudge)
    return judge.limit


def _live_link(settings: RunSettings) -> str:
    """Return the address of the training page with these settings: those that it does not start with."""
    values = values_of(settings)
    starts: dict[str, Any] = {name: control.default for name, control in training.CONTROLS.items()}
    starts |= values_of(RunSettings())
    chosen = {name: value for name, value in values.items() if value != starts[name]}
    return f"training?{urlencode({training.TAB.name: 'Live'} | chosen)}"


PLANS: Mapping[str, Callable[[], Plan]] = {"seeds_recall": _recall, "seeds_rates": _rates}
