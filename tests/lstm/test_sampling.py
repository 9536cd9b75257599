"""Writing text: the distribution that is drawn from, the draws, and what comes with them."""

import numpy as np
import pytest

from lstm import InputError, Vocabulary, generate
from lstm.sampling import Sampled, distribution, walk
from tests.lstm.textbook import attributes, log_softmax

VOCABULARY = Vocabulary("\nabcd")
V = len(VOCABULARY)
LOGITS = np.log([0.1, 0.4, 0.2, 0.25, 0.05])


@pytest.fixture
def net(make):
    return make(V, 33, V)


@pytest.fixture
def coin(make):
    """A network that expects LOGITS after every character."""
    net = make(V, 4, V)
    net.Wy, net.by = 0, LOGITS
    return net


def write(net, **settings):
    return "".join(sampled.char for sampled in generate(net, VOCABULARY, **settings))


# -- the distribution --


def test_temperature_divides_the_logits():
    expected = np.exp(log_softmax(LOGITS / 0.5))
    np.testing.assert_allclose(distribution(LOGITS, 0.5), expected, rtol=1e-12)
    np.testing.assert_allclose(distribution(LOGITS), np.exp(LOGITS), rtol=1e-12)


def test_temperature_0_is_certain_of_the_largest():
    np.testing.assert_array_equal(distribution(LOGITS, 0), [0, 1, 0, 0, 0])


def test_temperature_0_takes_the_first_of_equals():
    np.testing.assert_array_equal(distribution(np.array([1.0, 2.0, 2.0]), 0), [0, 1, 0])


@pytest.mark.parametrize(
    ("top_k", "expected"),
    [(1, [0, 1, 0, 0, 0]), (2, [0, 40, 0, 25, 0]), (3, [0, 40, 20, 25, 0]), (99, [10, 40, 20, 25, 5])],
)
def test_top_k_keeps_the_k_most_probable(top_k, expected):
    np.testing.assert_allclose(
        distribution(LOGITS, top_k=top_k), np.array(expected) / sum(expected), rtol=1e-12
    )


@pytest.mark.parametrize(
    ("top_p", "expected"),
    [
        (1e-9, [0, 1, 0, 0, 0]),
        (0.39, [0, 1, 0, 0, 0]),
        (0.4, [0, 1, 0, 0, 0]),  # 0.4 is reached by one
        (0.41, [0, 40, 0, 25, 0]),
        (0.65, [0, 40, 0, 25, 0]),
        (0.85, [0, 40, 20, 25, 0]),
        (0.96, [10, 40, 20, 25, 5]),
        (1, [10, 40, 20, 25, 5]),
    ],
)
def test_top_p_keeps_the_fewest_that_reach_p(top_p, expected):
    np.testing.assert_allclose(
        distribution(LOGITS, top_p=top_p), np.array(expected) / sum(expected), rtol=1e-12
    )


def test_of_equals_the_first_are_kept_and_no_more_than_needed():
    even = np.zeros(4)
    np.testing.assert_array_equal(distribution(even, top_p=0.5), [0.5, 0.5, 0, 0])
    np.testing.assert_array_equal(distribution(even, top_k=3) > 0, [True, True, True, False])
    np.testing.assert_array_equal(distribution(even, top_p=1), np.full(4, 0.25))


def test_top_p_is_a_share_of_what_top_k_left():
    # Of 0.4 and 0.25 the first has 62 %.
    np.testing.assert_array_equal(distribution(LOGITS, top_k=2, top_p=0.6), [0, 1, 0, 0, 0])
    assert (distribution(LOGITS, top_k=2, top_p=0.65) > 0).sum() == 2


# -- the draws --


@pytest.mark.parametrize(
    "how",
    [
        {"temperature": 1},
        {"temperature": 0.5},
        {"temperature": 1.5, "top_k": 3},
        {"temperature": 1, "top_p": 0.8},
    ],
    ids=str,
)
def test_frequencies_are_the_probabilities(coin, how):
    N = 6000
    found = np.bincount([s.index for s in generate(coin, VOCABULARY, length=N, seed=1, **how)], minlength=V)
    expected = N * distribution(LOGITS, **how)
    assert found[expected == 0].sum() == 0
    found, expected = found[expected > 0], expected[expected > 0]
    assert ((found - expected) ** 2 / expected).sum() < 18.5  # chi-square, 4 degrees of freedom, 0.1 %


def test_successive_draws_are_independent(coin):
    ids = np.array([s.index for s in generate(coin, VOCABULARY, length=6000, temperature=1, seed=2)])
    pairs = np.histogram2d(ids[:-1], ids[1:], bins=np.arange(V + 1))[0]
    p = np.exp(LOGITS)
    expected = len(ids) * np.outer(p, p)
    assert ((pairs - expected) ** 2 / expected).sum() < 52.6  # 24 degrees of freedom, 0.1 %


def test_probabilities_are_those_drawn_from_and_sum_to_1(net):
    for sampled in generate(net, VOCABULARY, "ab", 30, temperature=0.7, top_k=3, seed=0):
        assert isinstance(sampled, Sampled)
        assert sampled.probabilities.sum() == pytest.approx(1)
        assert sampled.probabilities[sampled.index] > 0
        assert (sampled.probabilities > 0).sum() <= 3
        expected = distribution(sampled.logits, 0.7, top_k=3)
        np.testing.assert_array_equal(sampled.probabilities, expected)


def test_temperature_0_always_takes_the_largest_whatever_the_seed(net):
    texts = {write(net, prompt="a", length=50, temperature=0, seed=seed) for seed in (None, 1, 2)}
    assert len(texts) == 1
    for sampled in generate(net, VOCABULARY, "a", 50, temperature=0, top_k=2):
        assert sampled.index == sampled.logits.argmax()


def test_top_k_1_is_greedy(net):
    assert write(net, prompt="a", length=40, temperature=1, top_k=1, seed=4) == write(
        net, prompt="a", length=40, temperature=0
    )


def test_the_same_seed_gives_the_same_text(net):
    one, same, other = (write(net, prompt="ab", length=300, temperature=1, seed=seed) for seed in (5, 5, 6))
    assert one == same != other
    assert len(one) == 300


def test_a_longer_text_begins_with_the_shorter_one(net):
    long = write(net, length=600, temperature=1, seed=5)
    assert long.startswith(write(net, length=250, temperature=1, seed=5))


def test_without_a_seed_texts_differ(net):
    assert write(net, length=100, temperature=1) != write(net, length=100, temperature=1)


def test_luck_depends_on_seed_and_position_only(coin, make):
    other = make(V, 9, V, seed=7)
    other.Wy, other.by = 0, LOGITS + 1
    texts = {write(coin, prompt=p, length=80, temperature=1, seed=3) for p in ("a", "dcb")}
    texts.add(write(other, prompt="b", length=80, temperature=1, seed=3))
    assert len(texts) == 1


# -- what comes with a character --


def test_logits_and_gates_are_those_of_reading_the_same_text(kind, net):
    prompt = "abca"
    written = list(generate(net, VOCABULARY, prompt, 25, temperature=1, seed=1, gates=True))
    ids = np.append(VOCABULARY.encode(prompt), [s.index for s in written])[:-1]
    reading = net.run(ids)
    for t, sampled in enumerate(written, start=len(prompt) - 1):
        np.testing.assert_allclose(sampled.logits, reading.logits[t, 0], rtol=0, atol=1e-12)
        assert set(sampled.gates) == set(reading.values)
        for name, value in sampled.gates.items():
            np.testing.assert_allclose(value, reading.values[name][t, 0], rtol=0, atol=1e-12)


def test_gates_come_only_on_request(net):
    assert next(generate(net, VOCABULARY)).gates is None


def test_characters_are_those_of_the_vocabulary(net):
    for sampled in generate(net, VOCABULARY, length=20):
        assert sampled.char == VOCABULARY.chars[sampled.index]


def test_what_was_yielded_is_not_overwritten(net):
    written = list(generate(net, VOCABULARY, length=10, gates=True, seed=0))
    assert len({sampled.logits.tobytes() for sampled in written}) == 10
    assert len({sampled.gates["h"].tobytes() for sampled in written}) == 10


def test_writing_can_start_from_a_state(net):
    reading = net.run(VOCABULARY.encode("abc"))
    resumed = list(generate(net, VOCABULARY, "d", 20, 1.0, seed=2, state=reading.state))
    whole = list(generate(net, VOCABULARY, "abcd", 20, 1.0, seed=2))
    assert [s.char for s in resumed] == [s.char for s in whole]
    np.testing.assert_allclose(resumed[0].logits, whole[0].logits, rtol=0, atol=1e-12)
    unread = next(generate(net, VOCABULARY, "d", 1, 1.0, seed=2))
    assert not np.allclose(unread.logits, whole[0].logits)


def test_an_empty_prompt_starts_like_a_new_line(net):
    assert write(net, length=50, seed=1) == write(net, prompt="\n", length=50, seed=1)


def test_an_empty_prompt_without_new_lines_starts_with_the_first_character(net):
    vocabulary = Vocabulary("xabcd")
    one, two = (list(generate(net, vocabulary, prompt, 50, seed=1)) for prompt in ("", "x"))
    assert [s.char for s in one] == [s.char for s in two]


def test_the_network_is_only_read(net):
    net.forward([0, 1], [1, 2])
    before, noted = net.weights.flat.copy(), attributes(net)
    write(net, prompt="abc", length=40)
    np.testing.assert_array_equal(net.weights.flat, before)
    assert attributes(net) == noted


def test_two_texts_may_be_written_at_once(net):
    alone = [write(net, length=30, seed=seed) for seed in (1, 2)]
    both = zip(
        generate(net, VOCABULARY, length=30, seed=1),
        generate(net, VOCABULARY, length=30, seed=2),
        strict=True,
    )
    assert ["".join(s.char for s in text) for text in zip(*both, strict=True)] == alone


def test_walking_needs_no_vocabulary(net):
    steps = list(walk(net, [1, 2], length=5, seed=0))
    assert [s.char for s in steps] == [""] * 5
    assert "".join(VOCABULARY.chars[s.index] for s in steps) == write(net, prompt="ab", length=5, seed=0)


# -- what a person can do wrong: told before the first character --


def test_unknown_characters_of_the_prompt_are_named(net):
    with pytest.raises(InputError, match="'x', 'ü'"):
        generate(net, VOCABULARY, "axüb")


def test_a_vocabulary_of_another_network_is_refused(net):
    with pytest.raises(InputError, match="vocabulary"):
        generate(net, Vocabulary("abc"), "a")


@pytest.mark.parametrize(
    "setting",
    [
        {"length": -1}, {"length": 2.5}, {"length": 10**9}, {"length": True}, {"temperature": -1},
        {"temperature": float("nan")}, {"temperature": float("inf")}, {"top_k": 0}, {"top_k": -3},
        {"top_k": 1.5}, {"top_p": 0}, {"top_p": 1.01}, {"top_p": float("nan")}, {"seed": -1}, {"seed": 0.5},
    ],
    ids=str,
)  # fmt: skip
def test_settings_out_of_range_are_input_errors(net, setting):
    with pytest.raises(InputError):
        generate(net, VOCABULARY, "a", **setting)


@pytest.mark.parametrize("shape", [(32,), (1, 32), (2, 33)])
def test_a_state_of_another_size_is_refused(kind, net, shape):
    state = tuple(np.zeros(shape) for _ in net.cell.states)
    with pytest.raises(ValueError):
        generate(net, VOCABULARY, "a", state=state)


def test_a_length_of_0_writes_nothing(net):
    assert list(generate(net, VOCABULARY, "a", 0)) == []


def test_noise_is_finite_for_every_seed_that_meets_a_zero():
    """Seed 2 draws an exponential number that is exactly 0 within 10,000 characters of 60."""
    from lstm.sampling import gumbel

    assert all(np.isfinite(noise).all() for noise in gumbel(2, 10_000, 60))


@pytest.mark.parametrize(
    "how", [(0,), (1,), (0.7, 5), (0.7, None, 0.9), (1.2, 7, 0.5), (1, 1, 1.0), (0.5, 100, 0.01)]
)
def test_many_distributions_at_once_are_each_by_itself(how):
    logits = np.random.default_rng(0).normal(size=(3, 40, 12)) * 3
    together = distribution(logits, *how)
    apart = [[distribution(row, *how) for row in rows] for rows in logits]
    np.testing.assert_array_equal(together, apart)
    np.testing.assert_allclose(together.sum(axis=-1), 1)
