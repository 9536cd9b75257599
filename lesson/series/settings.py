"""What is set on the page, and the run that it stands for."""

from dataclasses import dataclass
from typing import Self

from lesson.frame.query import Query
from lesson.series.parameters import (
    ADDING,
    LENGTH,
    OWN,
    SERIES_BIAS,
    SERIES_CELL,
    SERIES_SEED,
    SERIES_TASK,
    SINE,
    SPIKE,
)
from lesson.training.engine.series.work import UPDATES
from lesson.training.engine.settings import SERIES, RunSettings, digest
from lstm.series.run import BATCH, HIDDEN
from lstm.series.streams import PAIRS

# The task's name in lstm.series by its name on the page, and how many updates its runs have.
NAMES = {SPIKE: "spike", SINE: "sine", ADDING: "adding", OWN: "own"}
LIMITS = {"spike": 600, "sine": 300, "adding": 600, "own": 300}


@dataclass(frozen=True)
class Setting:
    """Task (as in lstm.series, or "own"), cell (LSTM, GRU, RNN), its bias, sequence length and seed."""

    task: str
    cell: str
    bias: int
    length: int
    seed: int

    @classmethod
    def of_query(cls, query: Query) -> Self:
        """Read a setting from a query.  Raises QueryError for one that no control can say."""
        return cls(
            NAMES[query.choice(SERIES_TASK)],
            query.choice(SERIES_CELL),
            int(query.number(SERIES_BIAS)),
            int(query.choice(LENGTH)),
            int(query.number(SERIES_SEED)),
        )

    @classmethod
    def of_run(cls, run: RunSettings) -> Self:
        """Return what a run of this page was set to."""
        return cls(run.series, run.cell.upper(), int(run.bias), run.seq, run.seed)

    def run(self, text: str = "") -> RunSettings:
        """Return the run's settings; text: the own series, if the task is that."""
        return RunSettings(
            text=f"{SERIES}{self.task}", digest=digest(text) if text else "", cell=self.cell.lower(),
            hidden=HIDDEN, seq=self.length, batch=BATCH, rate=0.01, bias=float(self.bias), clip_at=1.0,
            seed=self.seed, amount=LIMITS[self.task] // UPDATES,
        )  # fmt: skip

    @property
    def steps(self) -> int:
        """How long a sequence gets: one of the adding problem ends with its problem."""
        return min(self.length, PAIRS) if self.task == "adding" else self.length

    @property
    def gate(self) -> str:
        """The bias that this cell has, as a symbol; "" for an RNN, which has none."""
        return {"LSTM": "$b_f$", "GRU": "$b_z$"}.get(self.cell, "")
