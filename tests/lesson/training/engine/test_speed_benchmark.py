"""What costs time: measured here, and the words that follow from the numbers."""

from types import SimpleNamespace

import pytest

from lesson.training.engine import speed_benchmark
from lesson.training.engine.speed_benchmark import (
    CASES,
    CHARACTERS,
    GRID,
    SEQUENCES,
    STEPS,
    UNITS,
    USUAL,
    measure,
)
from lesson.training.troubles.speed import describe_speed
from lstm.settings import Settings


def test_every_value_is_measured_once_and_the_usual_one_is_among_them():
    assert len(set(CASES)) == len(CASES) == sum(len(values) for values in GRID.values())
    assert all(USUAL[what] in values for what, values in GRID.items())


def test_the_best_step_counts_and_the_first_does_not(monkeypatch):
    """With a clock that only the steps move: the first prepares, the last ends the time."""
    durations, now = iter([0.001, 0.05, 0.02, 0.04, 0.03]), [0.0]

    class Run:
        settings = Settings(seq_length=50, batch_size=32)

        def __next__(self):
            now[0] += next(durations)

    monkeypatch.setattr(speed_benchmark, "_run", lambda sizes: Run())
    monkeypatch.setattr(speed_benchmark, "time", SimpleNamespace(perf_counter=lambda: now[0]))
    assert measure(UNITS, 16) == pytest.approx(50 * 32 / 0.02)


def test_one_size_is_changed_at_a_time():
    run = speed_benchmark._run({**USUAL, UNITS: 16})
    assert run.net.hidden_size == 16
    assert (run.settings.seq_length, run.settings.batch_size) == (USUAL[STEPS], USUAL[SEQUENCES])
    assert next(run).step == 1


def test_the_words_are_computed_from_the_numbers():
    rows = dict.fromkeys(CASES, 100000.0)
    rows[SEQUENCES, 1] = 20_000.0
    rows[UNITS, 64], rows[UNITS, 128], rows[UNITS, 256] = 300_000.0, 100_000.0, 40_000.0
    rows[STEPS, GRID[STEPS][-1]] = 130_000.0
    rows[CHARACTERS, GRID[CHARACTERS][-1]] = 40_000.0
    words = " ".join(describe_speed([(*case, speed) for case, speed in rows.items()]))
    assert "reads **5.0 times**" in words  # batch
    assert "**3.0 times** as long" in words and "instead of 128, 2.5 times" in words  # units
    assert "**1.3 times** as fast" in words and "**2.5 times** as long" in words  # steps, characters
