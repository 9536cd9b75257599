"""Repetition, by hand and against counting in the plainest way."""

import numpy as np
import pytest

from lstm.errors import InputError
from lstm.textstats.repetition import copied_share, longest_copy, longest_repeat, loop, repeated_share


@pytest.mark.parametrize(
    ("text", "n", "share"),
    [
        ("abcabc", 3, 1 / 4),  # abc, bca, cab, abc: the last one stood there before
        ("aaaa", 1, 3 / 4),
        ("aaaa", 2, 2 / 3),
        ("abcdef", 2, 0.0),
        ("abab", 4, 0.0),
        ("ab", 3, 0.0),
        ("", 1, 0.0),
    ],
)
def test_repeated_by_hand(text, n, share):
    assert repeated_share(text, n) == pytest.approx(share)


@pytest.mark.parametrize(
    ("text", "reference", "n", "share"),
    [
        ("abcx", "xxabc", 3, 1 / 2),  # abc stands there, bcx does not
        ("abc", "abc", 3, 1.0),
        ("abc", "ab bc", 3, 0.0),
        ("abc", "", 1, 0.0),
        ("ab", "abab", 3, 0.0),
    ],
)
def test_known_by_hand(text, reference, n, share):
    assert copied_share(text, reference, n) == pytest.approx(share)


@pytest.mark.parametrize(
    ("text", "longest"),
    [
        ("the fox and the hen", "the "),
        ("aaaa", "aaa"),  # the two may overlap
        ("xyzxyz", "xyz"),
        ("abc", ""),
        ("", ""),
    ],
)
def test_longest_repeat_by_hand(text, longest):
    assert longest_repeat(text) == longest


def test_longest_known_by_hand():
    assert longest_copy("a fox ate", "the fox sat") == " fox "
    assert longest_copy("abc", "xyz") == longest_copy("", "xyz") == longest_copy("abc", "") == ""
    assert longest_copy("abc", "xabcx") == "abc"


@pytest.mark.parametrize(
    ("text", "how", "piece"),
    [
        ("The fox ate. ate. ate.", {"least": 15}, " ate."),
        ("The fox ate. ate. ate.", {"least": 16}, ""),  # over 15 characters only
        ("The fox ate. ate. ate.", {"times": 4, "least": 15}, ""),
        ("aaaa", {"least": 4}, "a"),  # the shortest, not aa
        ("ababab", {"least": 6}, "ab"),
        ("abababc", {"least": 6}, ""),  # not at its end
        ("xab" + "ab" * 40, {}, "ab"),
        ("", {}, ""),
    ],
)
def test_loop_by_hand(text, how, piece):
    assert loop(text, **how) == piece


@pytest.mark.parametrize("seed", range(5))
def test_all_of_it_against_counting_in_the_plainest_way(seed):
    rng = np.random.default_rng(seed)
    text, reference = ("".join(rng.choice(list("abc"), 60)) for _ in range(2))
    for n in (1, 2, 3, 5, 8):
        pieces = [text[k : k + n] for k in range(len(text) - n + 1)]
        again = [piece in pieces[:k] for k, piece in enumerate(pieces)]
        assert repeated_share(text, n) == pytest.approx(np.mean(again))
        assert copied_share(text, reference, n) == pytest.approx(np.mean([p in reference for p in pieces]))
    every = {text[a:b] for a in range(60) for b in range(a + 1, 61)}
    twice = max(len(p) for p in every if text.find(p, text.find(p) + 1) >= 0)
    assert len(longest_repeat(text)) == twice and text.count(longest_repeat(text)[:1]) > 1
    found = longest_copy(text, reference)
    assert found in text and found in reference
    assert len(found) == max(len(p) for p in every if p in reference)


def test_impossible_lengths_are_refused():
    for call in (
        lambda: repeated_share("abc", 0),
        lambda: copied_share("abc", "abc", -1),
        lambda: loop("abc", times=1),
    ):
        with pytest.raises(InputError):
            call()
