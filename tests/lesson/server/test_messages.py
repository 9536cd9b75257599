"""Every kind of message of Streamlit's protocol: what passes, what is left out, whose sender goes."""

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from lesson.server import messages as module
from lesson.server.messages import LARGEST, MOST_FILES, MOST_HASHES, MOST_WIDGETS, RULES, Refused, checked


def message(kind, **values):
    """A message of a kind: a flag, or the fields of what it holds."""
    made = BackMsg()
    field = BackMsg.DESCRIPTOR.fields_by_name[kind]
    if field.message_type is None:
        setattr(made, kind, True)
    else:
        getattr(made, kind).SetInParent()
        for name, value in values.items():
            held = getattr(made, kind)
            if isinstance(value, list):
                getattr(held, name).extend(value)
            else:
                setattr(held, name, value)
    return made


# Of each kind, one that a browser on the course's pages sends, or might.
USUAL = {
    "rerun_script": message("rerun_script", query_string="T=20", cached_message_hashes=["a"] * 300),
    "stop_script": message("stop_script"),
    "app_heartbeat": message("app_heartbeat"),
    "file_urls_request": message("file_urls_request", request_id="1", file_names=["net.npz"]),
    "backend_operation_request": message("backend_operation_request", request_id="1", session_id="s"),
    "clear_cache": message("clear_cache"),
    "set_run_on_save": message("set_run_on_save"),
    "load_git_info": message("load_git_info"),
    "debug_disconnect_websocket": message("debug_disconnect_websocket"),
    "debug_shutdown_runtime": message("debug_shutdown_runtime"),
}
USUAL["backend_operation_request"].backend_operation_request.deferred_file.file_id = "f"
PASSES = {"rerun_script", "stop_script", "app_heartbeat", "file_urls_request", "backend_operation_request"}
KINDS = [field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields]


def test_every_kind_of_the_protocol_has_its_rule_and_its_test():
    """A new kind in a newer Streamlit is refused until somebody has decided about it."""
    fields = {field.name for field in BackMsg.DESCRIPTOR.fields}
    assert set(KINDS) == fields == set(RULES) == set(USUAL)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_browser_sends_passes_and_what_reaches_others_is_left_out(kind):
    passed = checked(USUAL[kind].SerializeToString())
    assert (passed == USUAL[kind]) if kind in PASSES else passed is None


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_too_large_for_its_kind_is_refused_before_it_is_read(kind, monkeypatch):
    data = USUAL[kind].SerializeToString().ljust(RULES[kind].largest + 1, b"\0")

    def read(_):
        raise AssertionError("it was read")

    monkeypatch.setattr(module.BackMsg, "FromString", read)
    with pytest.raises(Refused):
        checked(data)


def test_a_million_names_of_files_are_refused():
    """One of these took everybody twelve seconds."""
    with pytest.raises(Refused):
        checked(message("file_urls_request", file_names=[""] * 1_500_000).SerializeToString())
    assert (
        checked(message("file_urls_request", file_names=[""] * (MOST_FILES + 1)).SerializeToString()) is None
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"cached_message_hashes": ["a"] * (MOST_HASHES + 1)},
        {"query_string": "a" * 10_000},
        {"page_name": "a" * 10_000},
        {"fragment_id": "a" * 10_000},
        {"page_script_hash": "a" * 10_000},
    ],
)
def test_a_run_that_no_page_asks_for_is_left_out(changes):
    assert checked(message("rerun_script", **changes).SerializeToString()) is None


def test_widgets_beyond_number_and_names_beyond_length_are_left_out():
    many = BackMsg()
    for number in range(MOST_WIDGETS + 1):
        many.rerun_script.widget_states.widgets.add(id=str(number))
    assert checked(many.SerializeToString()) is None
    long = BackMsg()
    long.rerun_script.widget_states.widgets.add(id="a" * 10_000)
    assert checked(long.SerializeToString()) is None


def test_a_text_that_was_pasted_passes():
    pasted = BackMsg()
    pasted.rerun_script.widget_states.widgets.add(id="text", string_value="日" * 2**20)
    assert checked(pasted.SerializeToString()) == pasted
    pasted.rerun_script.widget_states.widgets[0].string_value = "a" * LARGEST
    with pytest.raises(Refused):
        checked(pasted.SerializeToString())


@pytest.mark.parametrize("operation", ["install_skills", "dismiss_skills_nudge"])
def test_operations_that_write_on_the_server_are_left_out(operation):
    asked = BackMsg()
    getattr(asked.backend_operation_request, operation).SetInParent()
    assert checked(asked.SerializeToString()) is None


def test_operations_are_known():
    fields = BackMsg.DESCRIPTOR.fields_by_name["backend_operation_request"].message_type
    known = {"deferred_file", "dataframe_chunk", "install_skills", "dismiss_skills_nudge"}
    assert {field.name for field in fields.oneofs_by_name["payload"].fields} == known


@pytest.mark.parametrize("data", [b"", b"\xff", b"\xff" * 100, b"hello", b"\x00", b"\x5a\x05ab"])
def test_what_is_no_message_is_refused(data):
    with pytest.raises(Refused):
        checked(data)


@pytest.mark.parametrize("second", ["file_urls_request", "clear_cache"])
def test_a_second_kind_behind_the_first_is_refused(second):
    """Of two kinds in a message the last one counts, and the size of the first was allowed."""
    with pytest.raises(Refused):
        checked(USUAL["rerun_script"].SerializeToString() + USUAL[second].SerializeToString())
