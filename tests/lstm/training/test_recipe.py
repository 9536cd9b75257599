"""What a run begins with where nothing is asked.  How good it is: `tests/benchmarks`, and the README."""

import numpy as np
import pytest

from lesson.training.parameters import SGD_RATES
from lstm import LSTM, train
from lstm.optimisers import OPTIMISERS
from lstm.settings import Settings
from lstm.training.recipe import INPUT_SCALE, default_recipe
from tests.lstm.diagnosis.observing import text


@pytest.mark.parametrize("optimiser", OPTIMISERS)
@pytest.mark.parametrize("seq_length", [1, 50, 1_000])
@pytest.mark.parametrize("hidden_size", [1, 128, 100_000])
@pytest.mark.parametrize("characters", [0, 1, 2_000, 90_000, 10**9])
def test_every_size_gets_settings_that_can_be(characters, hidden_size, seq_length, optimiser):
    recipe = default_recipe(characters, 60, hidden_size, seq_length=seq_length, optimiser=optimiser)
    settings = Settings(**recipe)
    assert settings.patience and settings.schedule == "cosine"
    assert (settings.seq_length, settings.optimiser, settings.epochs) == (seq_length, optimiser, 50)


@pytest.mark.parametrize(
    ("characters", "size"),
    [(0, 1), (9_999, 1), (10_000, 2), (90_000, 16), (159_999, 16), (160_000, 32), (10**9, 32)],
)
def test_a_batch_leaves_a_hundred_steps_in_an_epoch(characters, size):
    assert default_recipe(characters, 60)["batch_size"] == size


def test_the_rate_rises_in_the_first_fiftieth_of_the_run_or_in_a_hundred_steps():
    assert default_recipe(90_000, 60, epochs=10)["warm_up"] == 22  # of 1,120
    assert default_recipe(90_000, 60)["warm_up"] == 100


def test_a_large_text_is_not_held_back_and_a_large_network_takes_shorter_steps():
    small, large = default_recipe(90_000, 60), default_recipe(9_000_000, 60)
    assert small["dropout"] > 0 == large["dropout"] and small["weight_decay"] > 0 == large["weight_decay"]
    assert default_recipe(90_000, 60, 512)["learning_rate"] == pytest.approx(small["learning_rate"] / 2)
    assert default_recipe(90_000, 60, 8)["learning_rate"] == small["learning_rate"]


def test_plain_descent_takes_longer_steps():
    rate = default_recipe(90_000, 60, optimiser="sgd")["learning_rate"]
    assert SGD_RATES[0] <= rate <= SGD_RATES[1]  # what the course calls usual


@pytest.mark.slow
def test_plain_descent_learns_a_small_text_with_all_its_settings():
    vocabulary, ids = text("recipes", 30_000)
    recipe = default_recipe(27_000, len(vocabulary), 64, epochs=5, optimiser="sgd")
    assert recipe["weight_decay"] and recipe["dropout"]
    net = LSTM(len(vocabulary), 64, len(vocabulary), seed=0, input_scale=INPUT_SCALE)
    *_, last = train(net, ids, **recipe)
    assert last.validation_loss < 0.8  # with the decay of Adam 3.3, with a rate of 0.1 2.8


def test_it_learns_a_small_text():
    text = np.tile([0, 1, 2, 3, 0, 2, 1, 3], 250)
    recipe = default_recipe(1_800, 4, 16, seq_length=10, epochs=5)
    *_, last = train(LSTM(4, 16, 4, seed=1), text, **recipe | {"dropout": 0.0})
    assert last.validation_loss < 0.2
