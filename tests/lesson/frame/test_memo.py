"""What is computed once for everybody."""

import ast
import threading

import numpy as np
import pytest

from lesson.frame.files import ROOT
from lesson.frame.memo import memo


def test_a_result_is_computed_once_and_the_oldest_is_forgotten():
    computed = []

    @memo(entries=2)
    def double(number, _note=""):
        computed.append(number)
        return 2 * number

    assert [double(1), double(1, "a"), double(number=1), double(2)] == [2, 2, 2, 4]
    assert computed == [1, 2]
    double(1)
    double(3)  # 2 was used longest ago
    double(1)
    assert computed == [1, 2, 3]
    double(2)
    assert computed == [1, 2, 3, 2]
    double.clear()
    double(2)
    assert computed == [1, 2, 3, 2, 2]


def test_who_asks_while_it_is_computed_waits_for_it():
    begun, go_on, computed = threading.Event(), threading.Event(), []

    @memo()
    def slow():
        begun.set()
        computed.append(go_on.wait(10))
        return object()

    results = []
    threads = [threading.Thread(target=lambda: results.append(slow())) for _ in range(4)]
    threads[0].start()
    assert begun.wait(10)
    for thread in threads[1:]:
        thread.start()
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert computed == [True] and len(results) == 4 and len({id(result) for result in results}) == 1


def test_a_failure_is_not_remembered():
    attempts = []

    @memo()
    def fails_at_first():
        attempts.append(1)
        if len(attempts) == 1:
            raise ValueError
        return "result"

    with pytest.raises(ValueError):
        fails_at_first()
    assert fails_at_first() == "result"


@pytest.mark.parametrize("wrap", [lambda a: a, lambda a: {"f": a}, lambda a: (1, a)])
def test_nobody_writes_into_what_everybody_reads(wrap):
    array = np.zeros(3)
    memo()(lambda: wrap(array))()
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 1


def test_nothing_that_visitors_share_lies_in_the_caches_of_streamlit():
    """Any client's `clear_cache` message empties those."""
    uses = []
    for file in sorted([*(ROOT / "lesson").rglob("*.py"), *(ROOT / "pages").glob("*.py")]):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in ("cache_data", "cache_resource"):
                uses.append(file.relative_to(ROOT).as_posix())
    assert uses == []
