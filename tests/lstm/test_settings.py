"""A batch size that fits a text; what a setting may be is in `test_training`."""

import pytest

from lstm.settings import fitting_batch


@pytest.mark.parametrize(
    ("characters", "seq_length", "size"),
    [
        (0, 50, 1), (2_499, 50, 1), (2_500, 50, 1), (4_999, 50, 1), (5_000, 50, 2), (7_500, 50, 2),
        (79_999, 50, 16), (80_000, 50, 32), (10**9, 50, 32), (10**4, 0, 32),
    ],
)  # fmt: skip
def test_a_batch_leaves_fifty_steps_in_an_epoch(characters, seq_length, size):
    assert fitting_batch(characters, seq_length) == size
