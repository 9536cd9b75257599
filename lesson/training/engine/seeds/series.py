"""The runs of an experiment with its seeds, and the table of what has come of them."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from lesson.training.engine.presence import CLASS
from lesson.training.engine.recording import Recording
from lesson.training.engine.registry import Registry
from lesson.training.engine.seeds.plan import Plan, Point
from lesson.training.engine.seeds.quantiles import Curve, quantiles
from lesson.training.engine.settings import RunSettings, digest

MOST_TRIES = 3  # of a run that ends with the worker
Table = dict[str, Any]  # for JSON


@dataclass(eq=False)
class Trial:
    """One run.

    goal: the step up to which it is requested; done, learned, points, diagnosis: what came of it, when the
    recording is let go.
    """

    seed: int
    setup: int
    settings: RunSettings
    link: str
    recording: Recording | None = None
    goal: int = 0
    tries: int = 0
    done: bool = False
    learned: bool = False
    points: list[Point] = field(default_factory=list)
    diagnosis: str = ""


class Series:
    """All runs of an experiment from a first seed on; one thread works on it, any may ask for its table.

    last_look: when its table was asked for; last_turn: a number that grows from turn to turn; gone: whether
    it is held no longer.
    """

    def __init__(self, id: str, first: int, plan: Plan, seeds: int, now: float) -> None:
        self.plan, self.seeds, self.last_look, self.last_turn = plan, seeds, now, 0
        self.gone = False
        self._viewer = f"{CLASS}{id}:{first}"
        self.trials: list[Trial] = []
        for seed in range(first, first + seeds):
            for setup, settings in enumerate(plan.settings):
                own = settings.but(seed=seed)
                self.trials.append(Trial(seed, setup, own, plan.link(own)))
        self._table: Table | None = None

    @property
    def done(self) -> bool:
        """Whether nothing is left to be done."""
        return all(trial.done for trial in self.trials)

    def next_trial(self, under_way: Collection[Trial]) -> Trial | None:
        """Return the run whose turn it is, the one that is least far; None if there is none."""
        begun = [trial for trial in self.trials if trial.recording is not None]
        waiting = [trial for trial in self.trials if not trial.done and trial not in under_way]
        if len(begun) >= self.plan.together:
            waiting = [trial for trial in waiting if trial.recording is not None]
        return min(waiting, key=lambda trial: trial.goal, default=None)

    def request(self, trial: Trial, registry: Registry, more: bool = False) -> Recording:
        """Let a run work up to its goal; more: which is first put further on."""
        if more:
            head = trial.recording.head if trial.recording else 0  # further on, if a visitor looks at it
            trial.goal = min(self.plan.last, max(head, trial.goal) + self.plan.portion)
        if trial.recording is None:
            trial.recording = registry.join(self._viewer, trial.settings, self.plan.text)
        trial.recording = registry.request(self._viewer, trial.recording, trial.goal)
        return trial.recording

    def rest(self, trial: Trial, registry: Registry) -> None:
        """Let a run wait; what it has come to stays."""
        if trial.recording is not None:
            trial.recording = registry.request(self._viewer, trial.recording, 0)

    def settle(self, trial: Trial, registry: Registry) -> None:
        """Note what came of a run that has reached its goal or failed."""
        recording, judge = trial.recording, self.plan.judge
        assert recording is not None
        if recording.error:
            trial.tries += 1
            trial.goal = 0
            registry.leave(self._viewer, recording)
            trial.recording = None
            if trial.tries >= MOST_TRIES:
                trial.diagnosis, trial.done = recording.error, True
        elif recording.finished:
            trial.points = judge.points(recording)
            trial.learned = judge.has_learned(recording)
            trial.diagnosis = "" if trial.learned else judge.diagnosis(recording)
            trial.done = True  # the last: other threads read the rest once it is set
            trial.recording = None  # the registry has it for as long as it holds it for this class

    def leave(self, registry: Registry) -> None:
        """Let go of all runs."""
        for trial in self.trials:
            recording = trial.recording or registry.recording(digest(trial.settings.key))
            if recording is not None:
                registry.leave(self._viewer, recording)
            trial.recording = None  # the thread that works may hold this series until it has work again

    def table(self) -> Table:
        """Return what has come so far; see `experiments.Experiments.table`."""
        if self._table is not None:
            return self._table
        table = self._new_table()
        if table["done"] == len(self.trials):
            self._table = table
        return table

    def _new_table(self) -> Table:
        rows = list(self._rows())
        learned = Counter(row["setup"] for row in rows if row["learned"])
        counts = [learned[setup] for setup in range(len(self.plan.setups))]
        done = sum(row["done"] for row in rows)
        complete = done == len(rows)
        return {
            "setups": [{"name": name} for name in self.plan.setups],
            "axis": {"title": "updates", "last": self.plan.last},
            "heights": dict(self.plan.heights),
            "runs": rows,
            "learned": counts,
            "done": done,
            "quantiles": [
                quantiles([Curve(r["points"], r["learned"]) for r in rows if r["setup"] == setup])
                for setup in range(len(self.plan.setups))
            ],
            "truth": counts[self.plan.main] if complete else None,
            "reply": self.plan.reply(counts, self.seeds) if complete else "",
        }

    def _rows(self) -> Iterator[dict[str, Any]]:
        for trial in self.trials:
            recording, done = trial.recording, trial.done
            points = trial.points if done or recording is None else self.plan.judge.points(recording)
            yield {
                "seed": trial.seed, "setup": trial.setup, "points": points, "done": done,
                "learned": done and trial.learned, "link": trial.link,
                "diagnosis": trial.diagnosis if done else "",
            }  # fmt: skip
