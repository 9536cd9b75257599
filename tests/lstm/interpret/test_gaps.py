"""A gap between two sides: held against what can be counted and against reading every text from the start."""

import numpy as np
import pytest

from lstm import GRU, LSTM, RNN
from lstm.errors import InputError
from lstm.interpret import gaps
from lstm.interpret.gaps import (
    both_sides,
    character_frequencies,
    from_left,
    from_right,
    reading_on,
    steps_read_on,
)

V = 7
IDS = np.random.default_rng(3).integers(V, size=12)


def net(kind=LSTM, **settings):
    return kind(V, 6, V, seed=4, dtype=np.float64, **settings)


def log_probability(network, ids):
    """ln p of all characters but the first."""
    expected = from_left(network, ids)
    return np.log(expected[np.arange(len(ids) - 1), ids[1:]]).sum()


def test_each_side_knows_only_what_stands_there():
    network, changed = net(), IDS.copy()
    changed[6] = (changed[6] + 1) % V
    left, right = from_left(network, IDS), from_right(network, IDS)
    assert left.shape == right.shape == (len(IDS) - 1, V)
    assert np.allclose(left.sum(axis=1), 1) and np.allclose(right.sum(axis=1), 1)
    # Row t of the left is about character t + 1, row t of the right about character t.
    moved_left = np.abs(from_left(network, changed) - left).max(axis=1) > 1e-12
    moved_right = np.abs(from_right(network, changed) - right).max(axis=1) > 1e-12
    assert moved_left.tolist() == [False] * 6 + [True] * 5
    assert moved_right.tolist() == [True] * 6 + [False] * 5


def test_the_right_side_is_the_left_side_of_the_text_turned_round():
    assert np.allclose(from_right(net(), IDS), from_left(net(), IDS[::-1])[::-1])


def test_the_product_is_exact_where_left_and_right_are_independent_given_the_character():
    """Counted: a character c, then left and right drawn each from a table of c alone."""
    rng = np.random.default_rng(0)
    prior = rng.dirichlet(np.ones(V))
    left_given, right_given = rng.dirichlet(np.ones(4), V), rng.dirichlet(np.ones(5), V)
    joint = prior[:, None, None] * left_given[:, :, None] * right_given[:, None, :]  # (c, left, right)
    for a in range(4):
        for b in range(5):
            given_left = joint[:, a].sum(axis=1) / joint[:, a].sum()
            given_right = joint[:, :, b].sum(axis=1) / joint[:, :, b].sum()
            exact = joint[:, a, b] / joint[:, a, b].sum()
            assert np.allclose(both_sides(given_left, given_right, prior), exact)


def test_a_side_that_says_nothing_changes_nothing():
    left, prior = np.array([0.7, 0.2, 0.1]), np.array([0.5, 0.3, 0.2])
    assert np.allclose(both_sides(left, prior, prior), left)
    assert both_sides([1, 0, 0], [0.2, 0.5, 0.3], prior).tolist() == [1, 0, 0]


@pytest.mark.parametrize(
    "network", [net(), net(layers=2), net(GRU), net(RNN)], ids=["lstm", "two", "gru", "rnn"]
)
@pytest.mark.parametrize("gap", [1, 5, 10, 11])
def test_reading_on_is_what_every_whole_text_would_say(network, gap):
    """p(c | rest) ∝ p(text with c): each text read from its beginning, by itself."""
    logs = []
    for c in range(V):
        ids = IDS.copy()
        ids[gap] = c
        logs.append(log_probability(network, ids))
    expected = np.exp(np.array(logs) - max(logs))
    found = reading_on(network, IDS, gap)
    assert np.allclose(found, expected / expected.sum())


def test_what_stands_in_the_gap_is_not_looked_at():
    changed = IDS.copy()
    changed[5] = (changed[5] + 1) % V
    assert np.array_equal(reading_on(net(), IDS, 5), reading_on(net(), changed, 5))


@pytest.mark.parametrize("chunk", [1, 2, 3])
def test_in_how_many_parts_it_is_read_changes_nothing(monkeypatch, chunk):
    whole = reading_on(net(), IDS, 3)
    monkeypatch.setattr(gaps, "_CHUNK", chunk)
    assert np.allclose(reading_on(net(), IDS, 3), whole, rtol=1e-12)


def test_the_price_is_what_is_read(monkeypatch):
    network, count = net(), 0
    run = type(network).run

    def counted(self, inputs, state=None):
        nonlocal count
        count += np.asarray(inputs).size
        return run(self, inputs, state)

    monkeypatch.setattr(type(network), "run", counted)
    for gap in (1, 6, 11):
        count = 0
        reading_on(network, IDS, gap)
        assert count == steps_read_on(len(IDS), gap, V)


def test_no_character_has_the_frequency_0():
    shares = character_frequencies(np.array([0, 0, 2]), 4)
    assert shares.tolist() == [3 / 7, 1 / 7, 2 / 7, 1 / 7]


@pytest.mark.parametrize("gap", [0, 12, -1])
def test_a_gap_outside_the_text_is_refused(gap):
    with pytest.raises(InputError):
        reading_on(net(), IDS, gap)


def test_a_text_that_is_too_short_is_refused():
    with pytest.raises(InputError, match="at least 2"):
        from_left(net(), IDS[:1])
