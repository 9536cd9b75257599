"""One wrong character: read by the definition, character by character, and by `exchange`."""

import numpy as np
import pytest

from lstm import GRU, LSTM, RNN, InputError
from lstm.interpret.mistakes import distance_at_random, exchange, read_along, wrong_characters

KINDS = {"LSTM": LSTM, "GRU": GRU, "RNN": RNN}
V, H, T, K = 5, 7, 30, 6


@pytest.fixture(params=KINDS)
def net(request):
    return KINDS[request.param](V, H, V, seed=3, dtype=np.float64)


@pytest.fixture
def ids():
    return np.random.default_rng(0).integers(0, V, T)


def bits_along(net, ids):
    """The surprise at each character but the first, (T − 1,), and the states after each, by name."""
    reading = net.run(ids)
    p = np.exp(reading.logits[:, 0])
    p /= p.sum(axis=1, keepdims=True)
    bits = -np.log2(p[np.arange(len(ids) - 1), ids[1:]])
    return bits, {name: reading.values[name][:, 0] for name in net.cell_type.states}


def test_an_exchange_is_what_two_whole_readings_differ_by(net, ids):
    places, wrong = [4, 11, T - K - 1], [(ids[place] + 1) % V for place in (4, 11, T - K - 1)]
    both = exchange(net, read_along(net, ids), places, wrong, K)
    without, states = bits_along(net, ids)
    for row, (place, char) in enumerate(zip(places, wrong, strict=True)):
        changed = ids.copy()
        changed[place] = char
        bits, other = bits_along(net, changed)
        np.testing.assert_allclose(both.without[row], without[place : place + K], atol=1e-12)
        np.testing.assert_allclose(both.with_mistake[row], bits[place : place + K], atol=1e-12)
        for name, values in states.items():
            distance = np.linalg.norm(other[name] - values, axis=1)[place : place + K + 1]
            np.testing.assert_allclose(both.distances[name][row], distance, atol=1e-12)
    np.testing.assert_allclose(both.extra, both.with_mistake - both.without)
    assert np.abs(both.extra).max() > 1e-3


def test_the_true_character_changes_nothing(net, ids):
    both = exchange(net, read_along(net, ids), [5, 9], ids[[5, 9]], K)
    np.testing.assert_allclose(both.extra, 0, atol=1e-12)
    assert all(np.abs(values).max() < 1e-12 for values in both.distances.values())


@pytest.mark.parametrize("place", [0, -1, T - K, T])
def test_a_place_needs_text_on_both_sides(net, ids, place):
    with pytest.raises(InputError, match="one|before"):
        exchange(net, read_along(net, ids), [5, place], [0, 0], K)


def test_wrong_characters_come_by_their_probability(net, ids):
    reading = read_along(net, ids)
    for place in (1, 7, T - 1):
        order = wrong_characters(reading, place)
        assert sorted([*order, ids[place]]) == list(range(V))
        assert (np.diff(reading.probabilities[place - 1][order]) <= 0).all()


def test_networks_of_several_layers_are_refused(ids):
    with pytest.raises(InputError, match="one layer"):
        read_along(LSTM(V, H, V, seed=0, layers=2), ids)


def test_the_distance_at_random_places():
    states = np.random.default_rng(1).normal(size=(5_000, 50))
    assert distance_at_random(states) == pytest.approx(10, rel=0.02)  # √(2 · 50)
    assert distance_at_random(np.ones((9, 3))) == 0
