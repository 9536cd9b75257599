"""Results that are computed once for everybody: a bounded memory of the process.

Not `st.cache_data` and `st.cache_resource`: a message of any visitor's client empties those for all.
"""

import inspect
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Generic, ParamSpec, TypeVar

import numpy as np

P = ParamSpec("P")
R = TypeVar("R")


class Memo(Generic[P, R]):
    """A function that remembers its latest results; safe to call from any thread.

    Arguments must be hashable, except those whose name begins with an underscore: they are no part of the
    question.  Everybody gets the same object, so nobody writes into it; arrays can't be written into.
    """

    def __init__(self, function: Callable[P, R], entries: int) -> None:
        self.function, self.entries = function, entries
        self.__doc__, self.__name__ = function.__doc__, function.__name__
        self._signature = inspect.signature(function)
        self._names = tuple(self._signature.parameters)
        self._results: OrderedDict[Hashable, R] = OrderedDict()  # the latest used is the last
        self._computing: dict[Hashable, threading.RLock] = {}
        self._lock = threading.Lock()

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Return the result for these arguments; who asks while it is computed waits for it."""
        key = self._key(args, kwargs)
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
                return self._results[key]
            turn = self._computing.setdefault(key, threading.RLock())
        with turn:
            with self._lock:
                if key in self._results:  # computed while this thread waited
                    return self._results[key]
            try:
                result = _read_only(self.function(*args, **kwargs))
                self._remember(key, result)
            finally:
                with self._lock:
                    self._computing.pop(key, None)
            return result

    def clear(self) -> None:
        """Forget every result."""
        with self._lock:
            self._results.clear()

    def _remember(self, key: Hashable, result: R) -> None:
        with self._lock:
            self._results[key] = result
            while len(self._results) > self.entries:
                self._results.popitem(last=False)

    def _key(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Hashable:
        if kwargs or len(args) != len(self._names):
            bound = self._signature.bind(*args, **kwargs)
            bound.apply_defaults()
            args = tuple(bound.arguments.values())
        values = [value for name, value in zip(self._names, args, strict=True) if not name.startswith("_")]
        return tuple(tuple(sorted(value.items())) if isinstance(value, dict) else value for value in values)


def memo(entries: int = 1) -> Callable[[Callable[P, R]], Memo[P, R]]:
    """Decorate a function so that its results are computed once for everybody.

    entries: how many results are kept, the latest used ones.
    """
    return lambda function: Memo(function, entries)


def _read_only(result: R) -> R:
    """Protect a result's arrays against writing: one of them, or a dict or tuple of them."""
    members: Any = result.values() if isinstance(result, dict) else result
    for member in members if isinstance(result, dict | tuple) else (result,):
        if isinstance(member, np.ndarray):
            member.setflags(write=False)
    return result
