"""The model of what visitors cost finds again what was put in, and says how sure it is."""

import numpy as np
import pytest

from tests.load import cost_model

PLACES = [(s, v, rate * v) for s in (1, 2, 3) for v in (0, 50, 100, 200, 400) for rate in (0.05, 0.25)]
TRUE = np.array([0.01, 0.0008, 0.002, 0.0005])


def cores_at(place, noise=0.0):
    servers, visitors, votes = place
    return TRUE @ [servers, visitors, votes, servers * votes] + noise


def test_without_noise_it_finds_what_was_put_in():
    model = cost_model.fit(PLACES, [cores_at(place) for place in PLACES])
    np.testing.assert_allclose(model.coefficients, TRUE, rtol=1e-9)
    cores, error = model.cores(20, 5000, 250)
    assert cores == pytest.approx(cores_at((20, 5000, 250))) and error < 1e-9


def test_with_noise_two_standard_errors_hold_the_truth_as_often_as_they_should():
    generator, holds = np.random.default_rng(1), 0
    for _ in range(300):
        noise = generator.normal(0, 0.02, len(PLACES))
        model = cost_model.fit(
            PLACES, [cores_at(place, more) for place, more in zip(PLACES, noise, strict=True)]
        )
        said, error = model.cores(10, 5000, 250)
        holds += abs(said - cores_at((10, 5000, 250))) < 2 * error
    assert 0.9 < holds / 300 < 0.99


def test_it_takes_as_many_servers_as_none_is_too_full():
    model = cost_model.fit(PLACES, [cores_at(place) for place in PLACES])
    count = cost_model.servers_for(model, 5000, 250)
    assert cores_at((count, 5000, 250)) <= cost_model.FULL * count
    assert cores_at((count - 1, 5000, 250)) > cost_model.FULL * (count - 1)
    assert cost_model.servers_for(model, 5000, 5000) == 0  # each server hears of every vote: 2.5 cores of it
