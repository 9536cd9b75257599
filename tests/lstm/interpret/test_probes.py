"""Linear probes: known answers, least squares by another route, and what each property is."""

import numpy as np
import pytest

from lstm import GRU, LSTM, Vocabulary
from lstm.errors import InputError
from lstm.interpret.probes import (
    INSIDE_QUOTES,
    LONGEST_WORD,
    MOST_BACK,
    NEXT,
    PROPERTIES,
    WORD_END,
    WORD_POSITION,
    back,
    class_count,
    classes_of,
    fit_probe,
    layer_states,
    most_frequent,
    paired_difference,
)

TEXT = 'A hen said "no, extraordinary" to me.\nMe'


@pytest.fixture
def states():
    """Three clouds of states, one for each class, and the class of each state."""
    rng = np.random.default_rng(0)
    classes = rng.integers(3, size=400)
    return np.eye(5)[classes] + 0.1 * rng.standard_normal((400, 5)), classes


def test_a_probe_names_what_is_there_on_new_states_too(states):
    h, classes = states
    probe = fit_probe(h[:200], classes[:200], 3)
    assert (probe.classes(h[200:]) == classes[200:]).mean() > 0.99
    assert probe.weights.shape == (5, 3) and probe.offsets.shape == (3,)


def test_a_probe_without_ridge_is_least_squares(states):
    h, classes = states
    probe = fit_probe(h, classes, 3, ridge=0)
    extended = np.column_stack([h, np.ones(len(h))])
    expected = np.linalg.lstsq(extended, np.eye(3)[classes], rcond=None)[0]
    assert np.allclose(probe.weights, expected[:-1]) and np.allclose(probe.offsets, expected[-1])


def test_a_ridge_is_what_least_squares_makes_of_further_rows(states):
    """√ridge in each column, with targets of 0: the textbook's other way to write it; offsets are free."""
    h, classes = states
    probe = fit_probe(h, classes, 3, ridge=7.0)
    rows = np.vstack([np.column_stack([h, np.ones(len(h))]), np.sqrt(7) * np.eye(6)[:5]])
    targets = np.vstack([np.eye(3)[classes], np.zeros((5, 3))])
    expected = np.linalg.lstsq(rows, targets, rcond=None)[0]
    assert np.allclose(probe.weights, expected[:-1]) and np.allclose(probe.offsets, expected[-1])


def test_an_endless_ridge_leaves_the_most_frequent_class():
    classes = np.array([0, 1, 1, 2, 1])
    probe = fit_probe(np.random.default_rng(0).standard_normal((5, 4)), classes, 3, ridge=1e12)
    assert probe.classes(np.ones((2, 4))).tolist() == [1, 1] and most_frequent(classes) == 1


def test_noise_says_nothing():
    rng = np.random.default_rng(1)
    classes = rng.integers(4, size=4000)
    h = rng.standard_normal((4000, 8))
    right = fit_probe(h[:2000], classes[:2000], 4).classes(h[2000:]) == classes[2000:]
    assert abs(right.mean() - 0.25) < 0.05


def test_a_probe_needs_a_class_for_each_state():
    for states, classes in ((np.ones((0, 3)), []), (np.ones((2, 3)), [1])):
        with pytest.raises(InputError, match="class for each"):
            fit_probe(states, np.array(classes, int), 2)


def test_a_difference_has_the_interval_of_its_blocks():
    # Quantiles of the t distribution as tables have them, by blocks.
    for blocks, t in ((5, 2.776), (10, 2.262), (30, 2.045), (153, 1.976)):
        right, other = np.ones(100 * blocks), np.ones(100 * blocks)
        other[:50] = 0  # all in one block of 100
        difference = paired_difference(right, other)
        means = np.array([0.5, *np.zeros(blocks - 1)])
        assert difference.mean == pytest.approx(0.5 / blocks)
        error = means.std(ddof=1) / np.sqrt(blocks)
        assert difference.half_width == pytest.approx(t * error, rel=0.003) and not difference.is_sure
    assert paired_difference(right, np.zeros_like(right)).is_sure
    assert paired_difference(np.zeros_like(right), right).mean == -1
    with pytest.raises(InputError, match="500 steps"):
        paired_difference(right[:499], other[:499])


@pytest.mark.parametrize(
    "net", [LSTM(9, 5, 9, seed=1, layers=2), LSTM(9, 5, 9, seed=1), GRU(9, 5, 9, seed=1)]
)
def test_states_are_those_of_one_reading_however_long_the_text_is(net):
    ids = np.random.default_rng(0).integers(9, size=1203)
    values = net.run(ids).values
    states = layer_states(net, ids)
    assert len(states) == net.layers
    for h, name in zip(states, ("h", "h_2"), strict=False):
        assert np.allclose(h, values[name][:, 0], atol=1e-6) and h.shape == (1203, 5)


def test_each_property_is_what_a_reader_would_say():
    vocabulary = Vocabulary.from_text(TEXT)
    ids = vocabulary.encode(TEXT)
    classes = {name: classes_of(name, TEXT, ids) for name in PROPERTIES}
    assert vocabulary.decode(classes[NEXT][:-1]) == TEXT[1:]
    for steps in range(MOST_BACK + 1):
        assert (
            vocabulary.decode(classes[back(steps)][MOST_BACK:])
            == TEXT[MOST_BACK - steps :][: len(TEXT) - MOST_BACK]
        )
    quotes = "".join("x" if inside else "." for inside in classes[INSIDE_QUOTES])
    assert quotes == "...........xxxxxxxxxxxxxxxxxx..........."
    ends = [k for k, end in enumerate(classes[WORD_END]) if end]
    assert [TEXT[max(0, k - 1) : k + 1] for k in ends] == ["A", "en", "id", "no", "ry", "to", "me", "Me"]
    word = TEXT.index("extraordinary")
    assert classes[WORD_POSITION][word - 1 : word + 14].tolist() == [0, *range(1, 9), 8, 8, 8, 8, 8, 0]
    assert all(classes[name].max() < class_count(name, len(vocabulary)) for name in PROPERTIES)
    assert class_count(WORD_POSITION, 99) == LONGEST_WORD + 1 and class_count(NEXT, 99) == 99


def test_what_is_no_property_is_refused():
    with pytest.raises(InputError, match="property is one of"):
        classes_of("back 11", TEXT, np.zeros(3, int))
    with pytest.raises(InputError):
        back(11)
