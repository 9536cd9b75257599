"""What answers the questions of a picture: a pure function from a query to what is sent as JSON."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lesson.frame.query import Query

Answer = Mapping[str, Any]


@dataclass(frozen=True)
class Source:
    """A function that answers a picture, and what it costs.

    compute: returns what JSON can hold; knows no streamlit and no session, raises QueryError or InputError.
    in_thread: it takes more than a few milliseconds, so that others would wait for it.  slow: more than a
    tenth of a second, always or for some queries; such answers have a thread of their own, and those of
    sliders do not wait for them.
    changes: the same query has another answer later, as that of a run that goes on: it is not stored.
    """

    compute: Callable[[Query], Answer]
    in_thread: bool = False
    slow: bool | Callable[[Query], bool] = False
    changes: bool = False

    def is_slow(self, query: Query) -> bool:
        """Return whether the answer to this query is one of those with a thread of their own."""
        return self.slow(query) if callable(self.slow) else self.slow

    def reply(self, query: Query) -> bytes:
        """Return the answer as it travels."""
        answer = self.compute(query)
        return json.dumps(answer, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
