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
from streamlit.proto.ForwardMsg_pb2 import RunIdentity

BEGUN, ENDED = ("new_session",), ("new_session", "script_finished")  # what the server sends of a run
# What a click is among the values of widgets.
CLICKS = {"trigger_value", "string_trigger_value", "chat_input_value", "json_trigger_value"}


def has_click(message: BackMsg) -> bool:
    """Return whether a run is asked for by a click, or by anything else that counts for one run."""
    return any(each.WhichOneof("value") in CLICKS for each in message.rerun_script.widget_states.widgets)


class Hold:
    """Keeps a client's next run back until the one before it has begun, or has ended.

    missing: the kinds of messages by which the server says so, as far as they have not been sent; none while
    nothing is waited for.  A message of a run before does not count, wherever it lay when this one was asked
    for: every run waits until the one before has begun, a fragment's tells its fragment, and an end tells
    whose it is.
    """

    def __init__(self) -> None:
        self.missing: tuple[str, ...] = ()
        self._seconds, self._fragment, self._run = 0.0, "", ""
        self._is_over = asyncio.Event()

    def begin(self, seconds: float, fragment: str = "", until: tuple[str, ...] = ENDED) -> None:
        """A run of a fragment is asked for, or of the whole script: hold, but no longer than so many seconds
        of waiting."""
        self.missing, self._seconds, self._fragment = until, seconds, fragment
        self._is_over.clear()

    def notice(self, kind: str, run: RunIdentity) -> None:
        """The server has sent a message of this kind about a run."""
        if kind == "new_session":
            counts = not run.fragment_ids or self._fragment in run.fragment_ids
            self._run = run.script_run_id if counts else self._run
        else:
            counts = run.script_run_id in ("", self._run)
        if counts and self.missing[:1] == (kind,):
            self.missing = self.missing[1:]
            if not self.missing:
                self._is_over.set()

    async def wait(self) -> None:
        """Wait until the next run may begin."""
        if self.missing:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._is_over.wait(), self._seconds)
            self.missing = ()
