"""Overfitting, said where it happens."""

import numpy as np
import pytest

from lstm import LSTM, train
from lstm.diagnosis.overfitting import Lowest, describe_overfitting, lowest_validation
from lstm.storage.history import History
from tests.lstm.training.test_best_epoch import IDS, OVERFITTING

VALIDATION = [3.0, 2.48, 2.5, 2.61, 2.68, 2.714]


def history(validation, training=None):
    """Two steps an epoch; the second has the validation loss."""
    training = np.linspace(3, 2, len(validation)) if training is None else np.array(training)
    epochs = np.arange(1, len(validation) + 1)
    return {
        "step": np.arange(1, 2 * len(epochs) + 1),
        "epoch": np.repeat(epochs, 2),
        "loss": np.stack([training + 0.1, training - 0.1], axis=1).ravel(),
        "validation_loss": np.stack([np.full(len(epochs), np.nan), validation], axis=1).ravel(),
    }


def test_it_says_the_gap_the_best_epoch_and_both_training_losses():
    assert describe_overfitting(history(VALIDATION)) == (
        "The validation loss 2.71 is 0.23 above its lowest (2.48, epoch 2) while the training loss falls "
        "(from 2.80 to 2.00). The network overfits; the best epoch is kept."
    )


def test_the_lowest_validation_loss_is_the_first_of_several():
    assert lowest_validation(history([3.0, 2.5, 2.5, np.nan])) == Lowest(4, 2, 2.5)


@pytest.mark.parametrize(
    ("validation", "training"),
    [
        ([3, 2.8, 2.6, 2.5], None),  # still falling
        ([2.5, 2.9, 2.9], None),  # too few
        ([3, 2.5, 2.9, 2.52, 2.9], None),  # a good one among the last three
        ([3, 2.5, 2.57, 2.57, 2.57], None),  # less than 3 %
        (VALIDATION, [3, 2, 2, 2, 2.1, 2.2]),  # training rises too: that is another trouble
        ([np.nan] * 6, None), ([2.5, np.nan, np.nan, np.nan, 2.9], None),
        (VALIDATION, [np.nan] * 6),
    ],
)  # fmt: skip
def test_what_is_no_overfitting_is_not_said(validation, training):
    assert describe_overfitting(history(validation, training)) is None


def test_an_empty_history_says_nothing():
    assert describe_overfitting(History().columns()) is None


def test_it_reads_the_history_of_a_run():
    training, run = train(LSTM(6, 12, 6, seed=1), IDS, **OVERFITTING), History()
    for progress in training:
        run.append(progress)
    sentence = describe_overfitting(run.columns())
    assert f"its lowest ({training.best_loss:.2f}, epoch {training.best_epoch})" in sentence
