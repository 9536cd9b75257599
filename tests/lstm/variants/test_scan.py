"""A scan computes what the loop computes, in ⌈log₂ T⌉ rounds."""

from fractions import Fraction

import numpy as np
import pytest

from lstm.variants.scan import Steps, joined, loop, rounds_of, scan, scan_rounds

LENGTHS = [1, 2, 3, 7, 8, 9, 50, 64, 1_000]


def steps(rng, T, shape=()):
    return rng.uniform(0, 1, (T, *shape)), rng.standard_normal((T, *shape))


@pytest.mark.parametrize("T", LENGTHS)
def test_a_scan_is_the_loop_up_to_rounding(rng, T):
    a, b = steps(rng, T, (3, 4))
    C_0 = rng.standard_normal((3, 4))
    # Measured: at most 4.4e-16 for |C| up to 3.
    np.testing.assert_allclose(scan(a, b, C_0), loop(a, b, C_0), rtol=0, atol=4e-15)


@pytest.mark.parametrize(("T", "rounds"), [(1, 0), (2, 1), (3, 2), (8, 3), (9, 4), (16, 4), (1_000, 10)])
def test_it_takes_the_logarithm_of_the_steps_in_rounds(rng, T, rounds):
    assert rounds_of(T) == rounds == int(np.ceil(np.log2(T)))
    assert len(scan_rounds(*steps(rng, T))) == rounds + 1


def test_in_exact_arithmetic_it_is_the_loop_to_the_last_digit(rng):
    a, b = (np.array([Fraction(int(n), 7) for n in rng.integers(-9, 10, 13)], dtype=object) for _ in range(2))
    assert scan(a, b, Fraction(1, 3)).tolist() == loop(a, b, Fraction(1, 3)).tolist()


def test_joining_is_associative_and_in_order(rng):
    one, two, three = (Steps(*rng.standard_normal((2, 5))) for _ in range(3))
    left, right = joined(joined(one, two), three), joined(one, joined(two, three))
    np.testing.assert_allclose(left, right, atol=1e-14)
    C = rng.standard_normal(5)
    after_two = two.a * (one.a * C + one.b) + two.b
    np.testing.assert_allclose(joined(one, two).a * C + joined(one, two).b, after_two, atol=1e-14)


def test_after_round_k_an_entry_stands_for_two_to_the_k_steps(rng):
    T, C = 16, 0.7
    a, b = steps(rng, T)
    for k, (a_k, b_k) in enumerate(scan_rounds(a, b)):
        for t in range(T):
            first = max(0, t + 1 - 2**k)
            expected = loop(a[first : t + 1], b[first : t + 1], C)[-1]
            assert a_k[t] * C + b_k[t] == pytest.approx(expected, abs=1e-14)


def test_shapes_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="at least one step"):
        scan_rounds(np.ones(3), np.ones(4))
    with pytest.raises(ValueError, match="at least one step"):
        scan_rounds(np.ones(0), np.ones(0))
