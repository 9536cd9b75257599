"""How many questions have their spike in the same sequence, by counting."""

import numpy as np
import pytest

from lstm.series.reach import left_of_state, marks_and_questions, sequence_starts, share_together
from lstm.series.streams import PAIRS, stream
from lstm.series.training import take_chunks


@pytest.mark.parametrize("length", [50, 100, 101, 150, 200])
def test_the_share_is_that_of_a_long_series(length):
    chunks = take_chunks(stream("spike", 2, 40), 6000)
    together = [
        mark // length == question // length
        for series in range(40)
        for mark, question in marks_and_questions(chunks, series)
    ]
    assert share_together("spike", length) == pytest.approx(np.mean(together), abs=0.03)
    assert (share_together("spike", length) == 0) == (sum(together) == 0) == (length <= 100)


@pytest.mark.parametrize("length", [5, 10, 25, 50, 100, 150, 200])
def test_an_adding_problem_takes_a_whole_sequence(length):
    chunks = take_chunks(stream("adding", 2, 40), PAIRS)
    starts = sequence_starts(chunks, length)
    for series in range(40):
        (first, question), _ = marks_and_questions(chunks, series)
        is_together = not any(first < start <= question for start in starts)
        assert is_together == bool(share_together("adding", length))


def test_what_is_left_of_a_state():
    np.testing.assert_allclose(left_of_state(0, 3), [1, 0.5, 0.25, 0.125])
    assert left_of_state(np.log(99), 100)[-1] == pytest.approx(0.99**100)


def test_sequences_begin_anew_with_each_chunk():
    chunks = take_chunks(stream("adding", 1, 1), 200)
    assert sequence_starts(chunks, 60) == [0, 60, 100, 160]
