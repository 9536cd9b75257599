"""The history keeps a run's shape, however long the run."""

import dataclasses

import numpy as np
import pytest

from lstm.storage.history import History, epoch_loss
from lstm.training import Progress


def report(step, measured=100):
    """A report whose loss tells its step; a validation loss at every `measured`-th."""
    validation = None if step % measured else 2.0 * step
    return Progress(step, 10**6, 1, 1, float(step), validation, 1.0, step, float(step))


def filled(steps, history=None, first=1, measured=100):
    history = History() if history is None else history
    for step in range(first, steps + 1):
        history.append(report(step, measured))
    return history


def test_columns_are_those_of_progress_with_nan_where_nothing_was_measured():
    columns = filled(3, measured=2).columns()
    assert list(columns) == [field.name for field in dataclasses.fields(Progress)]
    np.testing.assert_array_equal(columns["step"], [1, 2, 3])
    np.testing.assert_array_equal(columns["validation_loss"], [np.nan, 4, np.nan])


def test_an_empty_history_has_empty_columns():
    assert len(History()) == 0
    assert {column.shape for column in History().columns().values()} == {(0,)}


@pytest.mark.parametrize("steps", [1999, 2000, 2001, 30_000])
def test_a_long_run_is_thinned_evenly_and_keeps_every_validation_loss(steps):
    columns = filled(steps).columns()
    measured = ~np.isnan(columns["validation_loss"])
    assert len(measured) <= 2000 and len(measured) >= min(steps, 2000) // 2
    np.testing.assert_array_equal(columns["step"][measured], np.arange(100, steps + 1, 100))
    others = columns["step"][(columns["step"] % 100) != 0]
    every = int(np.diff(others[1:]).min())
    expected = [1, *(step for step in range(every, steps + 1, every) if step % 100 and step > 1)]
    np.testing.assert_array_equal(others, expected)
    np.testing.assert_array_equal(columns["loss"], columns["step"])


def test_a_run_that_is_only_measured_stays_bounded():
    assert 1000 <= len(filled(9000, measured=1)) <= 2000


@pytest.mark.parametrize("stop", [500, 2500, 9000])
def test_going_on_from_saved_columns_is_not_having_stopped(stop):
    whole, resumed = filled(12_000), filled(12_000, History(filled(stop).columns()), first=stop + 1)
    for name, column in whole.columns().items():
        np.testing.assert_array_equal(resumed.columns()[name], column)


def test_columns_of_another_make_are_left_aside():
    assert len(History({"loss": np.arange(3.0)})) == 0


def test_the_loss_of_an_epoch_is_the_one_measured_at_its_end():
    columns = {"validation_loss": np.array([np.nan, 3.0, np.nan, np.nan, 1.0, 2.0])}
    assert [epoch_loss(columns, epoch) for epoch in (1, 2, 3, None)] == [3.0, 1.0, 2.0, 2.0]
    assert np.isnan(epoch_loss({"validation_loss": np.array([np.nan])}))
