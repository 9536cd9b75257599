"""A click counts: no run follows it before its own has ended.

When a page asks for a run of the whole script, Streamlit (`AppSession.request_rerun`) ends the run before,
and forgets what that one had not come to: a callback, or the line that asks whether a button is pressed.
A slider's value comes again with the next message, a click doesn't: it is in one message only.  So who
presses a button at the moment in which a component of the page says something would have pressed it for
nothing, the more often the busier the server is.
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
    """Keeps a client's next run back until the server has sent messages of some kinds, in their order.

    kinds: that are still waited for; none while nothing is.
    """

    def __init__(self) -> None:
        self.kinds: tuple[str, ...] = ()
        self._seconds = 0.0
        self._is_over = asyncio.Event()

    def begin(self, kinds: tuple[str, ...], seconds: float) -> None:
        """Hold until such messages are sent, but no longer than so many seconds of waiting."""
        self.kinds, self._seconds = kinds, seconds
        self._is_over.clear()

    def notice(self, kind: str) -> None:
        """The server has sent a message of this kind."""
        if self.kinds[:1] == (kind,):
            self.kinds = self.kinds[1:]
            if not self.kinds:
                self._is_over.set()

    async def wait(self) -> None:
        """Wait until the next run may begin."""
        if self.kinds:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._is_over.wait(), self._seconds)
            self.kinds = ()
