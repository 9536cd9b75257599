"""What costs time: measured here, and the words that follow from the numbers."""

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


def test_every_value_is_measured_once_and_the_usual_one_is_among_them():
    assert len(set(CASES)) == len(CASES) == sum(len(values) for values in GRID.values())
    assert all(USUAL[what] in values for what, values in GRID.items())


def test_what_costs_time():
    """Far enough apart that a busy machine can't turn them around."""
    fast, slow = measure(UNITS, 16), measure(UNITS, 256)
    assert fast > 3 * slow > 0
    assert measure(SEQUENCES, 32) > 2 * measure(SEQUENCES, 1)
    assert measure(CHARACTERS, 10) > 1.3 * measure(CHARACTERS, 240)
    long, short = measure(STEPS, 200), measure(STEPS, 50)
    assert 0.4 < long / short < 2.5  # "hardly matters"


def test_the_words_are_computed_from_the_numbers():
    rows = dict.fromkeys(CASES, 100000.0)
    rows[SEQUENCES, 1] = 20_000.0
    rows[UNITS, 64], rows[UNITS, 128], rows[UNITS, 256] = 300_000.0, 100_000.0, 40_000.0
    rows[STEPS, GRID[STEPS][-1]] = 130_000.0
    rows[CHARACTERS, GRID[CHARACTERS][-1]] = 40_000.0
    words = describe_speed([(*case, speed) for case, speed in rows.items()])
    assert "reads **5.0 times**" in words  # batch
    assert "**3.0 times** as long" in words and "instead of 128 2.5 times" in words  # units
    assert "**1.3 times** as fast" in words and "**2.5 times** as long" in words  # steps, characters
