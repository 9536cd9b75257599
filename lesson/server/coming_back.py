"""Pages that come back to a server where they have never run: the one that they were on has ended.

Streamlit's browser opens a socket again by itself, and then waits for a click.  In a session that has not run
there is no fragment and no callback: the click would do nothing.  So the server asks the browser for a run as
soon as it is back, in the way in which Streamlit lets a fragment run every so many seconds, and the first run
of each connection is one of the whole script, with all that the visitor has set.  A click that comes before
this run has ended waits for it, and then counts.
"""

from collections.abc import Mapping
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from lesson.server.hold import CLICKS

_FRAGMENT = "coming back"  # of no page
_SECONDS = 0.1  # until the browser asks for it; the run ends the asking


def has_come_back(scope: Mapping[str, Any]) -> bool:
    """Return whether a browser had a session before, here or elsewhere: the third of its socket's protocols
    names it."""
    return len(scope.get("subprotocols", ())) > 2


def request_for_run() -> bytes:
    """Return the message upon which a browser asks for a run."""
    message = ForwardMsg()
    message.auto_rerun.fragment_id, message.auto_rerun.interval = _FRAGMENT, _SECONDS
    data: bytes = message.SerializeToString()
    return data


def is_requested(message: BackMsg) -> bool:
    """Return whether a browser asks for a run because it was told to."""
    return bool(message.rerun_script.fragment_id == _FRAGMENT)


def make_whole(message: BackMsg) -> bytes:
    """Return a run as one of the whole script without its click: the session has no callback for it yet."""
    whole = BackMsg()
    whole.CopyFrom(message)
    rerun = whole.rerun_script
    rerun.fragment_id, rerun.is_auto_rerun = "", False
    values = [each for each in rerun.widget_states.widgets if each.WhichOneof("value") not in CLICKS]
    del rerun.widget_states.widgets[:]
    rerun.widget_states.widgets.extend(values)
    data: bytes = whole.SerializeToString()
    return data
