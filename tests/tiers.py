"""Which cases of a large table run in the fast tier; all the others are marked slow, and lost is none."""

from collections.abc import Callable, Iterable

import pytest


def fast_if(is_fast: Callable[[int], bool], cases: Iterable) -> list:
    """Return the cases, those slow for whose place in the list `is_fast` says no."""
    return [case if is_fast(at) else _slow(case) for at, case in enumerate(cases)]


def first_fast(count: int, cases: Iterable) -> list:
    """Return the cases, all but the first ones slow."""
    return fast_if(lambda at: at < count, cases)


def every_fast(distance: int, cases: Iterable) -> list:
    """Return the cases, all slow but the first of every so many."""
    return fast_if(lambda at: at % distance == 0, cases)


def _slow(case: object) -> object:
    values = case if isinstance(case, tuple) else (case,)
    return pytest.param(*values, marks=pytest.mark.slow)
