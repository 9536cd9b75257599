"""What a Dask worker holds for a server: the worker that a process of this machine has too.

It does nothing by itself: a server asks for a few slices after the others.  A Dask worker has one thread for
all actors, which takes calls in the order in which they arrive; so several servers take turns, and nothing is
worked for a server that has gone.
"""

from io import BytesIO

from lesson.training.engine.messages import receive
from lesson.training.engine.worker import Worker

# Slices of a call.  Between two calls the worker waits for the network, some milliseconds; a run that is to
# stop goes on for so many slices.
SLICES = 3


class ServerRuns:
    """The runs of one server on one Dask worker."""

    def __init__(self) -> None:
        self._answers = BytesIO()
        self._worker = Worker(self._answers)

    def work(self, orders: bytes) -> tuple[bool, bytes]:
        """Take orders, let runs work for some slices; return whether there is more to do, and the answers.

        Orders and answers are messages as `engine.messages` writes them, one after the other.
        """
        stream = BytesIO(orders)
        while message := receive(stream):
            self._worker.handle(*message)
        for _ in range(SLICES):
            if self._worker.busy:
                self._worker.turn()
        answers = self._answers.getvalue()
        self._answers.seek(0)
        self._answers.truncate()
        return self._worker.busy, answers
