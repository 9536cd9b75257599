"""A click counts: no run follows it before its own has begun.

When a page asks for a run of the whole script, Streamlit (`AppSession.request_rerun`) ends the run before,
and forgets what that one had not begun with.  A slider's value comes again with the next message, a click
doesn't: it is in one message only.  So who presses a button at the moment in which a component of the page
says something would have pressed it for nothing, the more often the busier the server is.
"""

import asyncio
from contextlib import suppress

from streamlit.proto.BackMsg_pb2 import BackMsg

# What a click is among the values of widgets.
CLICKS = {"trigger_value", "string_trigger_value", "chat_input_value", "json_trigger_value"}


def has_click(message: BackMsg) -> bool:
    """Return whether a run is asked for by a click, or by anything else that counts for one run."""
    return any(each.WhichOneof("value") in CLICKS for each in message.rerun_script.widget_states.widgets)


class Hold:
    """Keeps a client's next run back until the server has sent a kind of message.

    kind: of the message that is waited for; "" while nothing is.
    """

    def __init__(self) -> None:
        self.kind = ""
        self._seconds = 0.0
        self._is_over = asyncio.Event()

    def begin(self, kind: str, seconds: float) -> None:
        """Hold until such a message is sent, but no longer than so many seconds of waiting."""
        self.kind, self._seconds = kind, seconds
        self._is_over.clear()

    def notice(self, kind: str) -> None:
        """The server has sent a message of this kind."""
        if kind == self.kind:
            self.kind = ""
            self._is_over.set()

    async def wait(self) -> None:
        """Wait until the next run may begin."""
        if self.kind:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._is_over.wait(), self._seconds)
            self.kind = ""
