"""What a Dask worker holds for a server: the worker that a process of this machine has too.

It does nothing by itself: a server asks for one slice after the other.  A Dask worker has one thread for all
actors, which takes calls in the order in which they arrive; so the slices of several servers take turns, and
nothing is worked for a server that has gone.
"""

from io import BytesIO

from lesson.training.engine.messages import receive
from lesson.training.engine.worker import Worker


class Trainer:
    """The runs of one server on one Dask worker."""

    def __init__(self) -> None:
        self._answers = BytesIO()
        self._worker = Worker(self._answers)

    def work(self, orders: bytes) -> tuple[bool, bytes]:
        """Take orders, let one run work for a slice; return whether there is more to do, and the answers.

        Orders and answers are messages as `engine.messages` writes them, one after the other.
        """
        stream = BytesIO(orders)
        while message := receive(stream):
            self._worker.handle(*message)
        if self._worker.busy:
            self._worker.turn()
        answers = self._answers.getvalue()
        self._answers.seek(0)
        self._answers.truncate()
        return self._worker.busy, answers
