"""Ctrl-C in the middle of a training."""

import signal


class Interrupt:
    """Ctrl-C lets the present step finish, so that what is saved is whole; a second one does not wait."""

    def __init__(self) -> None:
        self.requested = False
        signal.signal(signal.SIGINT, self._request)

    def _request(self, number: int, frame: object) -> None:
        self.requested = True
        signal.signal(signal.SIGINT, signal.default_int_handler)
