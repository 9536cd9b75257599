"""The soak's verdicts: each of them can fail, and fails alone."""

from dataclasses import replace

import pytest

from tests.load.soak.measure import KINDS, TABLES, Figures
from tests.load.soak.verdicts import MOST, MOST_AT_FIRST, TRACEBACK, Soak, verdicts, windows

HELD = dict.fromkeys(
    (
        "streams", "rooms", "experiments", "visitors_runs", "class_runs", "idle_runs", "orphans", "sessions",
        "stored", "uploads", "downloads", "tasks",
    ),
    0,
)  # fmt: skip
QUIET = Figures(
    0.0, 300.0, 320.0, 310.0, 20.0, 2, 12, 0, dict.fromkeys(KINDS, 3), {"MainThread": 1, "uvloop": 1}, HELD,
    dict.fromkeys(TABLES, 0),
)  # fmt: skip


def looks(minutes, growth=0.0):
    """A look each half minute, with memory that grows evenly from the tenth minute on."""
    times = [k / 2 for k in range(int(2 * minutes) + 1)]
    return [
        replace(QUIET, minute=at, **{name: 400 + growth * max(0, at - 10) for name in ("rss", "pss")})
        for at in times
    ]


HOUR = Soak(60, QUIET, looks(60), replace(QUIET, rss=400.0, pss=400.0), 0, 0, [])


def failures(soak):
    return [row.what for row in verdicts(soak) if not row.holds]


def test_all_holds_where_nothing_is_left():
    assert failures(HOUR) == []
    assert windows(60) == ((10, 15), (55, 60))


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"processes": 3}, "processes"),
        ({"names": {"MainThread": 1, "ScriptRunner": 1}}, "threads"),
        ({"names": {"MainThread": 1, "experiments": 2}}, "threads"),
        ({"files": dict.fromkeys(KINDS, 3) | {"database": 4}}, "open files"),
        ({"connections": 1}, "connections"),
        *(
            ({"held": HELD | {name: count}}, what)
            for name, count, what in (
                ("streams", 1, "event streams"),
                ("sessions", 1, "sessions with a tab"),
                ("stored", 2, "sessions of tabs"),
                ("uploads", 1, "uploads"),
                ("rooms", 1, "rooms"),
                ("experiments", 1, "experiments"),
                ("idle_runs", 13, "runs that nobody"),
                ("visitors_runs", 1, "runs of visitors"),
                ("class_runs", 481, "runs of the newest"),
                ("downloads", 1, "files for download"),
                ("tasks", 2, "tasks"),
                ("orphans", 1, "recordings"),
            )
        ),
        *(({"rows": dict.fromkeys(TABLES, 0) | {name: 1}}, "rows") for name in TABLES),
        ({"rss": 416.0}, "memory of the server alone (RSS), after"),
        ({"pss": 416.0}, "memory of the server and its workers (PSS), after"),
    ],
)
def test_what_is_left_behind_is_said(change, what):
    (failure,) = failures(replace(HOUR, last=replace(HOUR.last, **change)))
    assert failure.startswith(what)


def test_what_is_documented_to_stay_may_stay():
    names = {"MainThread": 1, "uvloop": 6, "answers": 1, "experiments": 1}
    held = HELD | {"stored": 1, "idle_runs": 12, "visitors_runs": 2, "class_runs": 60}
    rows = dict.fromkeys(TABLES, 0) | {"ended_rooms": 5}
    last = replace(HOUR.last, names=names, held=held, rows=rows)
    assert failures(replace(HOUR, last=last, ended=5, silent=2)) == []


@pytest.mark.parametrize(("growth", "count"), [(0.3, 0), (0.4, 2)])
def test_growth_counts_from_the_tenth_minute(growth, count):
    """45 minutes lie between the medians."""
    assert len(failures(replace(HOUR, figures=looks(60, growth)))) == count
    assert 45 * 0.3 < MOST < 45 * 0.4


def test_a_short_soak_says_little_of_growth():
    short = replace(HOUR, minutes=2, figures=looks(2))
    assert failures(short) == []
    assert any(f"{MOST_AT_FIRST:g} MB" in row.asked for row in verdicts(short))


def test_errors_are_said():
    assert failures(replace(HOUR, errors=["ValueError"])) == ["errors that anybody saw"]
    log = f"ready\n{TRACEBACK}: x\n{TRACEBACK}: y\n"
    assert failures(replace(HOUR, log=log)) == ["tracebacks in the server's log"]
    assert replace(HOUR, log=log).tracebacks == [f"{TRACEBACK}: x\n", f"{TRACEBACK}: y\n"]
