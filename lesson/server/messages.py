"""Which messages of a client pass: their kind and their size, looked at before Streamlit reads them.

Every kind of Streamlit's protocol stands in RULES; a test holds the two equal.
"""

from collections.abc import Callable
from dataclasses import dataclass

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from streamlit.proto.BackMsg_pb2 import BackMsg

# A text of 2**20 characters that was pasted travels in it, up to four bytes a character.
LARGEST = 5 * 2**20
MOST_WIDGETS, MOST_HASHES = 500, 5_000  # a page has up to a hundred widgets; hashes: cached elements
MOST_FILES = 4  # asked for at once; our uploaders take one
LONGEST_NAME = 4_096  # of an id, an address, a page
_SMALL = 64  # bytes of a message that only says that something is to be done
_REQUEST = 4_096


class Refused(Exception):
    """The message can't come from the course's own pages; its sender is disconnected."""


@dataclass(frozen=True)
class Rule:
    """largest: bytes of a message of this kind; passes: whether this one does, else it is left out."""

    largest: int
    passes: Callable[[BackMsg], bool]


def _always(message: BackMsg) -> bool:
    return True


def _never(message: BackMsg) -> bool:
    return False


def _is_usual_rerun(message: BackMsg) -> bool:
    state = message.rerun_script
    browser = state.context_info
    names = (
        state.query_string, state.page_script_hash, state.page_name, state.fragment_id,
        browser.url, browser.timezone, browser.locale, browser.color_scheme,
    )  # fmt: skip
    return (
        len(state.widget_states.widgets) <= MOST_WIDGETS
        and len(state.cached_message_hashes) <= MOST_HASHES
        and all(len(name) <= LONGEST_NAME for name in names)
        and all(len(widget.id) <= LONGEST_NAME for widget in state.widget_states.widgets)
    )


def _asks_for_few_files(message: BackMsg) -> bool:
    return len(message.file_urls_request.file_names) <= MOST_FILES


def _reads_only(message: BackMsg) -> bool:
    """Return whether an operation only reads; the others write on the server."""
    return message.backend_operation_request.WhichOneof("payload") in ("deferred_file", "dataframe_chunk")


RULES = {
    "rerun_script": Rule(LARGEST, _is_usual_rerun),
    "stop_script": Rule(_SMALL, _always),
    "app_heartbeat": Rule(_SMALL, _always),
    "file_urls_request": Rule(_REQUEST, _asks_for_few_files),
    "backend_operation_request": Rule(_REQUEST, _reads_only),
    "clear_cache": Rule(_SMALL, _never),  # it would empty what all sessions share
    "set_run_on_save": Rule(_SMALL, _never),  # for developing
    "load_git_info": Rule(_SMALL, _never),  # it would run git while everybody waits
    "debug_disconnect_websocket": Rule(_SMALL, _never),
    "debug_shutdown_runtime": Rule(_SMALL, _never),
}
_KINDS: dict[int, str] = {field.number: field.name for field in BackMsg.DESCRIPTOR.fields}


def checked(data: bytes) -> BackMsg | None:
    """Return the message that a client has sent; None if it is to be left out.

    Raises Refused if it is none, of a kind that nobody knows, or larger than its kind can be.
    """
    rule = RULES.get(_kind(data))
    if rule is None or len(data) > rule.largest:
        raise Refused
    try:
        message = BackMsg.FromString(data)
    except DecodeError as error:
        raise Refused from error
    if RULES.get(message.WhichOneof("type") or "") is not rule:  # a second kind after the first
        raise Refused
    return message if rule.passes(message) else None


def _kind(data: bytes) -> str:
    """Return a message's kind by its first bytes, so that none is read that is too large for its kind."""
    number = 0
    for place, byte in enumerate(data[:2]):
        number |= (byte & 0x7F) << 7 * place
        if byte < 0x80:
            return _KINDS.get(number >> 3, "")
    return ""
