"""What has to hold once an hour is over, and whether it does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from lesson.training.engine.presence import STAY
from lesson.training.engine.registry import MOST_IDLE
from lesson.training.engine.seeds.experiments import MOST as MOST_EXPERIMENTS
from lesson.training.engine.seeds.experiments import SEEDS
from tests.load.rows import Row
from tests.load.soak.measure import Figures

TRACEBACK = "Traceback (most recent call last)"
MOST = 15.0  # MB of growth
TOO_SHORT = 20.0  # minutes: before that, what is computed once fills the memories for it
MOST_AT_FIRST = 150.0  # MB, of a soak that is too short to say anything of growth
# Threads of pools: they come one by one, up to a bound, and stay for whoever asks next.
POOLS = ("asyncio", "uvloop", "answers", "slow answers", "AnyIO worker thread", "ThreadPoolExecutor")
ONE_EACH = {"experiments": 1}  # that come when they are first needed, and stay
MOST_OF_CLASSES = MOST_EXPERIMENTS * 2 * SEEDS


@dataclass(frozen=True)
class Soak:
    """What was seen.

    first: before anybody came; figures: while they came and went, for so many minutes; last: after all have
    left and the documented times are over.  ended: rooms that were deleted; silent: watchers of trainings who
    went without a word in the last half hour; errors: that anybody saw; log: what the server has said.
    """

    minutes: float
    first: Figures
    figures: Sequence[Figures]
    last: Figures
    ended: int
    silent: int
    errors: Sequence[str]
    log: str = ""

    @property
    def tracebacks(self) -> list[str]:
        """Return what stands in the server's log from the first of them on, a part for each."""
        return [f"{TRACEBACK}{part}" for part in self.log.split(TRACEBACK)[1:]]

    def between(self, begin: float, end: float) -> list[Figures]:
        """Return the looks between two minutes."""
        return [each for each in self.figures if begin <= each.minute <= end]


def windows(minutes: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the two spans that are compared, in minutes: 10 to 15, and the last five, of an hour."""
    begin = min(10.0, minutes / 3)
    length = min(5.0, minutes / 4)
    return (begin, begin + length), (minutes - length, minutes)


def verdicts(soak: Soak) -> list[Row]:
    """Return a line for each thing that has to hold."""
    return [*_memory(soak), *_left_behind(soak)]


def _memory(soak: Soak) -> list[Row]:
    (begin, end), (late, last) = windows(soak.minutes)
    early, now = soak.between(begin, end), soak.between(late, last)
    most = MOST if soak.minutes >= TOO_SHORT else MOST_AT_FIRST
    rows = []
    for name, what in (
        ("pss", "memory of the server and its workers (PSS)"),
        ("rss", "memory of the server alone (RSS)"),
    ):
        before, after = (median(getattr(each, name) for each in some) for some in (early, now))
        rows.append(
            Row(
                f"{what}: median of minutes {late:g} to {last:g} against that of {begin:g} to {end:g}",
                f"≤ {most:g} MB more",
                f"{before:.1f} MB, then {after:.1f} MB: {after - before:+.1f} MB",
                after - before <= most,
            )
        )
        left = getattr(soak.last, name)
        rows.append(
            Row(
                f"{what}, after all have left, against that median",
                f"≤ {most:g} MB more",
                f"{left:.1f} MB: {left - before:+.1f} MB",
                left - before <= most,
            )  # fmt: skip
        )
    return rows


def _left_behind(soak: Soak) -> list[Row]:
    first, last, held = soak.first, soak.last, soak.last.held
    own = {name: count for name, count in last.names.items() if not name.startswith(POOLS)}
    pools = {name: count for name, count in last.names.items() if name.startswith(POOLS)}
    before = {name: count for name, count in first.names.items() if not name.startswith(POOLS)}
    more = {name: count for name, count in own.items() if count > before.get(name, ONE_EACH.get(name, 0))}
    files = {name: f"{first.files[name]} → {last.files[name]}" for name in last.files}
    return [
        _row("processes", first.processes, last.processes, last.processes <= first.processes),
        _row(
            "threads of the server, without pools", "as at first",
            f"{sum(before.values())} → {sum(own.values())} {more or ''}; pools {pools}", not more,
        ),
        _row("open files, by kind", "as at first", files, _as_at_first(first.files, last.files)),
        _row("connections with clients", "0", last.connections, last.connections == 0),
        _row("event streams that the server holds", "0", held["streams"], held["streams"] == 0),
        _row("sessions with a tab", "0", held["sessions"], held["sessions"] == 0),
        _row("sessions of tabs that were closed", "1, who looked in", held["stored"], held["stored"] <= 1),
        _row("uploads that are held", "0", held["uploads"], held["uploads"] == 0),
        _as_first("files for download", soak, "downloads"),
        _as_first("tasks of the event loop, one of them from the first room on", soak, "tasks", more=1),
        _row("rooms that the server holds", "0", held["rooms"], held["rooms"] == 0),
        _row("experiments that are looked at", "0", held["experiments"], held["experiments"] == 0),
        _row(
            "runs that nobody looks at", f"≤ {MOST_IDLE}", held["idle_runs"], held["idle_runs"] <= MOST_IDLE,
        ),
        _row(
            f"runs of visitors who went without a word, for {STAY / 60:g} minutes", f"≤ {soak.silent}",
            held["visitors_runs"], held["visitors_runs"] <= soak.silent,
        ),
        _row(
            "runs of the newest experiments of classes", f"≤ {MOST_OF_CLASSES}", held["class_runs"],
            held["class_runs"] <= MOST_OF_CLASSES,
        ),
        _row("recordings of no run and no experiment", "0", held["orphans"], held["orphans"] == 0),
        _row(
            "rows of the database, by table", f"0, and the codes of {soak.ended} rooms that are over",
            dict(last.rows), all(count == 0 for name, count in last.rows.items() if name != "ended_rooms")
            and last.rows["ended_rooms"] == soak.ended,
        ),
        _row("tracebacks in the server's log", "0", len(soak.tracebacks), not soak.tracebacks),
        _row("errors that anybody saw", "0", f"{len(soak.errors)} {list(soak.errors[:3])}", not soak.errors),
    ]  # fmt: skip


def _as_first(what: str, soak: Soak, name: str, more: int = 0) -> Row:
    before, after = soak.first.held[name] + more, soak.last.held[name]
    return _row(what, f"≤ {before}", after, after <= before)


def _as_at_first(first: Mapping[str, int], last: Mapping[str, int]) -> bool:
    return all(last[name] <= first[name] for name in last)


def _row(what: str, wanted: object, value: object, holds: bool) -> Row:
    return Row(what, str(wanted), str(value), holds)
