"""Series are the same however they are cut, and each asks for what it says."""

import numpy as np
import pytest

from lstm import InputError
from lstm.series import streams
from lstm.series.streams import TASKS, stream
from lstm.series.training import take_chunks


def joined(task, seed, cuts, batch=5):
    one = stream(task, seed, batch)
    chunks = [one.take(steps) for steps in cuts]
    return [np.concatenate(parts) for parts in list(zip(*chunks, strict=True))[:2]]


@pytest.mark.parametrize("task", TASKS)
def test_a_series_is_the_same_however_it_is_cut(task):
    for one, other in zip(
        joined(task, 3, [100] * 4), joined(task, 3, [7, 93, 100, 50, 50, 1, 99]), strict=True
    ):
        np.testing.assert_array_equal(one, other)
    inputs, _ = joined(task, 4, [100] * 4)
    assert not np.array_equal(inputs, joined(task, 3, [100] * 4)[0])


def test_a_question_comes_100_steps_after_each_spike_and_asks_for_its_height():
    inputs, targets = joined("spike", 1, [1000], batch=4)
    for b in range(4):
        marks = np.flatnonzero(inputs[:, b, 1] == 1)
        questions = np.flatnonzero(~np.isnan(targets[:, b]))
        np.testing.assert_array_equal(questions, [m + 100 for m in marks if m + 100 < 1000])
        np.testing.assert_array_equal(np.flatnonzero(inputs[:, b, 1] == -1), questions)
        np.testing.assert_array_equal(targets[questions, b], inputs[questions - 100, b, 0])
        assert (np.diff(marks) >= 105).all() and (np.diff(marks) <= 130).all()
        noise = np.delete(inputs[:, b, 0], marks)
        assert np.abs(noise).max() <= streams.SPIKE_NOISE < np.abs(inputs[marks, b, 0]).min()


def test_a_sine_asks_for_its_next_value():
    inputs, targets = joined("sine", 2, [500])
    np.testing.assert_array_equal(inputs[1:, :, 0], targets[:-1])
    period = streams.PERIOD
    assert np.corrcoef(targets[:-period, 0], targets[period:, 0])[0, 1] > 0.7


def test_an_adding_problem_is_that_of_1997():
    one, first_marks = stream("adding", 5, 200), set()
    for _ in range(3):
        inputs, targets, is_new = one.take(1000)
        assert is_new and len(inputs) == streams.PAIRS
        values, marks = inputs[..., 0], inputs[..., 1]
        assert (marks == 1).sum(axis=0).tolist() == [2] * 200
        assert np.isnan(targets[:-1]).all()
        for b in range(200):
            first, second = np.flatnonzero(marks[:, b] == 1)
            first_marks.add(int(first))
            assert first < 10 and second < streams.PAIRS // 2
            assert marks[-1, b] == -1 and marks[0, b] in (-1, 1)
            if first == 0:
                assert values[0, b] == 0
            assert targets[-1, b] == 0.5 + (values[first, b] + values[second, b]) / 4
        assert np.abs(values).max() <= 1
    assert first_marks == set(range(10))


def test_a_problem_ends_a_chunk():
    one = stream("adding", 1, 2)
    lengths = [(len(chunk.inputs), chunk.is_new) for chunk in (one.take(60) for _ in range(4))]
    assert lengths == [(60, True), (40, False), (60, True), (40, False)]
    assert [len(chunk.inputs) for chunk in take_chunks(stream("adding", 1, 2), 250)] == [100, 100, 50]


def test_an_unknown_task_is_refused():
    with pytest.raises(InputError, match="no task 'noise'"):
        stream("noise", 1, 2)
    with pytest.raises(InputError, match="seed"):
        stream("sine", -1, 2)
