"""The learning rate of each step; what a setting may be is in `test_training`."""

import numpy as np
import pytest

from lstm import LSTM, train
from lstm.settings import Settings


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ({}, [1, 1, 1, 1, 1, 1]),
        ({"decay": 0.5}, [1, 1, 1, 0.5, 0.5, 0.5]),
        ({"schedule": "linear"}, [1, 5 / 6, 4 / 6, 3 / 6, 2 / 6, 1 / 6]),
        ({"schedule": "linear", "warm_up": 2, "decay": 0.5}, [0.5, 1, 1, 3 / 8, 2 / 8, 1 / 8]),
    ],
)
def test_a_rate_falls_by_its_decay_and_along_its_schedule(setting, expected):
    settings = Settings(epochs=2, learning_rate=0.2, seq_length=5, batch_size=1, **setting)
    rates = [settings.rate_at(step, chunks=3) for step in range(6)]
    np.testing.assert_allclose(rates, 0.2 * np.array(expected))


def test_a_training_takes_this_rate():
    settings = {"epochs": 3, "seq_length": 5, "batch_size": 2, "schedule": "cosine", "warm_up": 3}
    training = train(LSTM(4, 3, 4, seed=0), np.arange(60) % 4, **settings)
    rates = [training.learning_rate for _ in training]  # of the step after each
    assert rates == [Settings(**settings).rate_at(k + 1, training.chunks) for k in range(training.steps)]
