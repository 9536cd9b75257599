"""The worker: trains the runs of all visitors in turns.  `python -m lesson.training.engine.worker`

It is a process of its own, so that a run that needs too much memory takes no visitor with it, and so
that it can have a lower priority than the server.  Python's lock is another reason with small arrays only:
then everybody's sliders would wait for a thread in the server (measured: `python -m
tests.benchmarks.live_training`).
One thread, and one process for each core beyond the first: a server of two cores keeps one for its visitors.
On a Dask cluster the same class does the same (`cluster/actor.py`).

From the server: {"do": "start", "run", "settings", "text_bytes"} with the text as file and, where it goes
on with one, a checkpoint after it; {"do": "work", "run", "limit"}: up to this step;
{"do": "drop", "run"}; {"do": "checkpoint", "run", "ask", "notes"}.
To the server: {"run", "begun"}, {"run", "report"}, {"run", "error"}, {"run", "ask", …} with a file.
"""

import ctypes
import gc
import os
import queue
import sys
import threading
import time
from contextlib import suppress
from typing import Any, BinaryIO

from lesson.training.engine.jobs import Maker, Work, work
from lesson.training.engine.messages import receive, send
from lesson.training.engine.settings import from_json
from lstm.errors import InputError

SLICE = 0.05  # seconds that a run works before the next one's turn

Message = tuple[dict[str, Any], bytes]


class Worker:
    """The runs, and how far each of them may go."""

    def __init__(self, answers: BinaryIO, make: Maker = work) -> None:
        self._answers, self._make = answers, make
        self._runs: dict[str, Work] = {}
        self._limits: dict[str, int] = {}  # of runs that have something to do; in the order of their turns

    @property
    def busy(self) -> bool:
        """Whether any run wants to go on."""
        return bool(self._limits)

    def handle(self, message: dict[str, Any], data: bytes) -> None:
        """Do what the server says."""
        run = message.get("run", "")
        try:
            match message["do"]:
                case "start":
                    self._start(run, message, data)
                case "work":
                    self._work(run, message["limit"])
                case "drop":
                    self._limits.pop(run, None)
                    if self._runs.pop(run, None) is not None:
                        gc.collect()  # a network refers to itself: its memory would stay for a long time
                        _trim()
                case "checkpoint":
                    self._checkpoint(run, message)
        except InputError as error:
            self._limits.pop(run, None)
            send(self._answers, {"run": run, "ask": message.get("ask"), "error": str(error)})

    def _start(self, run: str, message: dict[str, Any], data: bytes) -> None:
        size = message["text_bytes"]
        text, resume = data[:size].decode("utf-8", "surrogatepass"), data[size:]
        job = self._runs[run] = self._make(from_json(message["settings"]), text, resume)
        send(self._answers, {"run": run, "begun": job.begin()})

    def _work(self, run: str, limit: int) -> None:
        job = self._runs.get(run)
        if job is None:
            return
        if job.step < limit and not job.finished:
            self._limits[run] = limit
        elif self._limits.pop(run, None) is not None:
            job.release()

    def _checkpoint(self, run: str, message: dict[str, Any]) -> None:
        if run not in self._runs:
            raise InputError("This run has ended; start it again to keep it.")
        data = self._runs[run].checkpoint(message["notes"])
        send(self._answers, {"run": run, "ask": message["ask"], "step": self._runs[run].step}, data)

    def turn(self) -> None:
        """Give the run that has waited longest its slice."""
        run, limit = next(iter(self._limits.items()))
        job = self._runs[run]
        report = job.advance(limit, time.monotonic() + SLICE)
        del self._limits[run]  # and to the end of the line, if there is more to do
        if job.step < limit and not job.finished:
            self._limits[run] = limit
        else:
            job.release()
        send(self._answers, {"run": run, "report": report})


def _trim() -> None:
    """Give memory that is free back to the system, where the C library would keep it (glibc)."""
    with suppress(AttributeError, OSError, TypeError):  # another library; Windows
        ctypes.CDLL(None).malloc_trim(0)


def serve(orders: BinaryIO, answers: BinaryIO) -> None:
    """Work until the server has gone."""
    inbox: queue.Queue[Message | None] = queue.Queue()
    threading.Thread(target=_listen, args=(orders, inbox), daemon=True).start()
    worker = Worker(answers)
    while True:
        while not worker.busy or not inbox.empty():
            if (message := inbox.get()) is None:
                return
            worker.handle(*message)
        worker.turn()


def _listen(orders: BinaryIO, inbox: "queue.Queue[Message | None]") -> None:
    while message := receive(orders):
        inbox.put(message)
    inbox.put(None)


def main() -> None:
    """Serve on standard input and output, politely."""
    if hasattr(os, "nice"):
        os.nice(5)  # whoever moves a slider comes first
    gc.freeze()  # modules never go: only runs are looked through when one is dropped
    answers = sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing that is printed may come between the messages
    with suppress(BrokenPipeError, KeyboardInterrupt):  # the server has gone
        serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
