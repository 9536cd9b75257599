"""Ctrl-C in the middle of a training, and a system that ends it."""

import signal
import threading
from types import TracebackType

# Ctrl-C; `kill`, a batch system or a container that stops; a terminal window that is closed.
_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


class Interrupt:
    """Lets the present step finish, so that what is saved is whole; a second Ctrl-C does not wait.

    A context: what Ctrl-C did before, it does again afterwards.  Outside the main thread, where Python
    delivers no signals, it changes nothing.
    """

    def __init__(self) -> None:
        self.requested = False
        self._before: dict[int, object] = {}

    def __enter__(self) -> "Interrupt":
        if threading.current_thread() is threading.main_thread():
            for number in (getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)):
                before = signal.getsignal(number)
                # `nohup` has the closed window ignored, and that holds.
                if number in (signal.SIGINT, signal.SIGTERM) or before is not signal.SIG_IGN:
                    self._before[number] = before
                    signal.signal(number, self._request)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, before in self._before.items():
            # None: a handler that was not set from Python, and can't be set again from it.
            signal.signal(number, signal.SIG_DFL if before is None else before)  # type: ignore[arg-type]

    def _request(self, number: int, frame: object) -> None:
        if self.requested:
            raise KeyboardInterrupt
        self.requested = True
