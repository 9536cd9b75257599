"""What the browser is sent of a text's expectations: whole numbers that say the same."""

import base64

import numpy as np

from lstm.textstats.surprise import entropy, surprise
from visualization.drawings.expectations import ROWS, Expected, expectation_codes, likeliest_rows, tints

L, V = 50, 20
RNG = np.random.default_rng(0)
BEFORE = RNG.dirichlet(np.full(V, 0.3), L)
AFTER = RNG.dirichlet(np.full(V, 0.3), L)
CAME = RNG.integers(0, V, L)
EXPECTED = Expected(BEFORE, AFTER, CAME, surprise(BEFORE, CAME), entropy(BEFORE))


def unpacked(text, kind="<u2"):
    return np.frombuffer(base64.b64decode(text), kind)


def test_each_place_has_its_likeliest_characters_and_the_one_that_came():
    rows = likeliest_rows(BEFORE, CAME)
    assert rows.shape == (L, ROWS)
    for row, p, came in zip(rows, BEFORE, CAME, strict=True):
        assert came in row and len(set(row)) == ROWS
        best = np.argsort(-p, kind="stable")
        assert (row[:-1] == best[: ROWS - 1]).all() and row[-1] in (best[ROWS - 1], came)


def test_the_numbers_are_those_of_python_rounded():
    codes = {name: unpacked(text) for name, text in expectation_codes(EXPECTED).items()}
    rows = codes["index"].reshape(L, ROWS)
    for name, p in (("before", BEFORE), ("after", AFTER)):
        sent = codes[name].reshape(L, ROWS) / 10_000
        np.testing.assert_allclose(sent, np.take_along_axis(p, rows.astype(int), axis=1), atol=5.1e-5)
    np.testing.assert_allclose(codes["surprise"] / 100, EXPECTED.surprise, atol=0.0051)
    np.testing.assert_allclose(codes["entropy"] / 100, EXPECTED.entropy, atol=0.0051)
    np.testing.assert_allclose(codes["among"] / 10, 2**EXPECTED.entropy, atol=0.051)
    ranks = [1 + sum(p > p[came]) for p, came in zip(BEFORE, CAME, strict=True)]
    assert codes["rank"].tolist() == ranks


def test_a_vocabulary_of_two_and_an_endless_surprise_can_be_sent():
    p = np.array([[1.0, 0.0], [0.5, 0.5]])
    expected = Expected(p, p, np.array([1, 0]), surprise(p, [1, 0]), entropy(p))
    codes = {name: unpacked(text) for name, text in expectation_codes(expected).items()}
    assert codes["surprise"].tolist() == [2**16 - 1, 100] and codes["index"].tolist() == [0, 1, 0, 1]


def test_tints_go_from_nothing_to_the_full_colour_and_no_further():
    assert unpacked(tints([0, 2, 8, 99, np.inf], 8), "<i2").tolist() == [0, 25, 100, 100, 100]
