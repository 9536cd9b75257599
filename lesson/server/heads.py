"""The head of a request is short and comes soon.

The server's parser, httptools, stores a head until it has ended, whatever its length: thirty megabytes of
short headers took six hundred of memory, and a head that never ends keeps its connection for ever.  h11,
which serves where httptools is missing, has a bound of its own for the length.
"""

import asyncio
from typing import Any

LARGEST = 2**16  # bytes of a head, or of what follows the last piece of a body
MOST = 100  # headers: many short ones take twenty times the memory that they have bytes
SECONDS = 20.0  # from the beginning of a connection, or of a head, until that has ended


def bound_heads() -> None:
    """Let the server refuse requests whose heads are long or do not come.

    It has chosen the protocol of its connections before it imports the launcher, and asks nobody: so each
    connection of this kind is made as one with bounds.
    """
    try:
        protocol = with_bounds()
    except ImportError:  # no httptools
        return
    protocol.__base__.__new__ = lambda *_, **__: object.__new__(protocol)  # type: ignore[union-attr]


def with_bounds() -> type[asyncio.Protocol]:
    """Return the protocol of a connection, with bounds.  Raises ImportError without httptools."""
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

    class ShortHeads(HttpToolsProtocol):
        """One connection.  loose: bytes that have come and were neither body nor the end of a head."""

        loose = 0
        late: asyncio.TimerHandle | None = None

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._wait()

        def connection_lost(self, exc: Exception | None) -> None:
            self._wait_no_more()
            super().connection_lost(exc)

        def data_received(self, data: bytes) -> None:
            self.loose += len(data)
            super().data_received(data)
            if self.transport.is_closing():
                return
            if self.loose > LARGEST:
                self._refuse(f"The head of a request has at most {LARGEST:,} bytes.")
            # A socket of Streamlit has another protocol from its head on, and is no connection of ours.
            elif self.late is None and self._is_idle() and self in self.connections:
                self._wait()

        def on_headers_complete(self) -> None:
            self.loose = 0
            self._wait_no_more()
            super().on_headers_complete()

        def on_header(self, name: bytes, value: bytes) -> None:
            super().on_header(name, value)
            if len(self.headers) > MOST:
                raise ValueError  # the parser stops, and what it has is no request

        def on_body(self, body: bytes) -> None:
            self.loose = 0
            super().on_body(body)

        def on_message_complete(self) -> None:
            self.loose = 0
            super().on_message_complete()

        def _is_idle(self) -> bool:
            return self.cycle is None or self.cycle.response_complete

        def _wait(self) -> None:
            self.late = self.loop.call_later(SECONDS, self._refuse, "The request did not arrive in time.")

        def _wait_no_more(self) -> None:
            if self.late is not None:
                self.late.cancel()
                self.late = None

        def _refuse(self, sentence: str) -> None:
            if self.transport.is_closing():
                return
            if self.loose and self._is_idle():
                self.send_400_response(sentence)
            self.transport.close()  # in the middle of a reply nothing else can be said

    return ShortHeads
