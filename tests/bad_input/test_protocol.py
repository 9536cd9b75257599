"""Every field of every message of Streamlit's protocol with what no browser writes.

It passes as it is, is left out, or its sender goes; a field of a newer protocol is tried once it is there.
"""

import asyncio

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from lesson.server.guard import Guard
from lesson.server.messages import LARGEST, LONGEST_NAME, RULES, Refused, checked
from tests.bad_input.backmsg import field_of, message_with, paths, values_of
from tests.lesson.server.test_guard import SOCKET, Network, finished, frame
from tests.tiers import every_fast

PATHS = list(paths())
CASES = ["/".join(path) for path in PATHS]
NAMES = [  # of what is no value of a widget: short in every message of a page
    ("rerun_script", name) for name in ("query_string", "page_script_hash", "page_name", "fragment_id")
] + [("rerun_script", "context_info", name) for name in ("timezone", "locale", "url", "color_scheme")]


def judged(data):
    """What becomes of bytes: the message, None where it is left out, Refused where its sender goes."""
    try:
        return checked(data)
    except Refused:
        return Refused


@pytest.mark.parametrize("path", every_fast(2, CASES))
def test_a_field(path):
    path = tuple(path.split("/"))
    rule = RULES[path[0]]
    for value in values_of(path):
        message = message_with(path, value)
        data = message.SerializeToString()
        passed = judged(data)
        assert passed in (None, Refused) or (len(data) <= rule.largest and passed == message), value
        if path[0] in ("clear_cache", "set_run_on_save", "load_git_info") or path[0].startswith("debug"):
            assert passed in (None, Refused)


@pytest.mark.parametrize("path", every_fast(4, CASES))
def test_a_field_that_is_cut_off_or_doubled(path):
    """Half of a message is none, and twice the same is one."""
    path = tuple(path.split("/"))
    data = message_with(path, values_of(path)[-1]).SerializeToString()
    for cut in range(1, min(len(data), 40)):
        half = judged(data[:cut])
        assert half in (None, Refused) or (half.ByteSize() <= cut and half.WhichOneof("type") == path[0])
    twice = judged(data + data)
    assert twice in (None, Refused) or twice.WhichOneof("type") == path[0]


@pytest.mark.parametrize("path", NAMES, ids="/".join)
def test_a_name_that_is_too_long_for_any_page(path):
    assert judged(message_with(path, "x" * LONGEST_NAME).SerializeToString())
    assert judged(message_with(path, "x" * (LONGEST_NAME + 1)).SerializeToString()) is None


def varint(number):
    out = b""
    while number > 0x7F:
        out, number = out + bytes([number & 0x7F | 0x80]), number >> 7
    return out + bytes([number])


def field(number, wire, data=b""):
    return varint(number << 3 | wire) + data


RERUN = BackMsg.DESCRIPTOR.fields_by_name["rerun_script"].number
BEAT = BackMsg.DESCRIPTOR.fields_by_name["app_heartbeat"].number
WIRE = {
    "no field": field(0, 0, b"\1"),
    "a field far above": field(2**28, 0, b"\1"),
    "the largest field": field(2**29 - 1, 2, b"\0"),
    "a kind of field that is none": field(RERUN, 7, b"\0"),
    "a group": field(RERUN, 3) + field(RERUN, 4),
    "a group that does not end": field(RERUN, 3) * 300,
    "a length beyond the end": field(RERUN, 2, varint(2**31)),
    "a length beyond any": field(RERUN, 2, b"\xff" * 10),
    "a length that never ends": field(RERUN, 2, b"\xff" * 99),
    "a number that never ends": b"\xff" * 99,
    "text that is not UTF-8": field(RERUN, 2, b"\4" + field(1, 2, b"\2\xff\xfe")),
    "half a character": field(RERUN, 2, b"\5" + field(1, 2, b"\3\xed\xa0\x80")),
    "a flag that is text": field(BEAT, 2, b"\1x"),
    "a message that is a number": field(RERUN, 0, b"\1"),
    "an unknown field first": field(999, 2, b"\1x") + field(BEAT, 0, b"\1"),
    "messages in each other": field(RERUN, 2, varint(300)) * 200,
    "HTTP": b"GET / HTTP/1.1\r\nHost: course\r\n\r\n",
    "JSON": b'{"rerun_script": {}}',
    "a pickle": b"\x80\x04\x95\x0b\x00\x00\x00\x00\x00\x00\x00\x8c\x05hello.",
}


@pytest.mark.parametrize("name", WIRE)
def test_bytes_that_are_no_message(name):
    assert judged(WIRE[name]) is Refused


def test_unknown_fields_within_a_run_are_no_way_round_its_size():
    padded = field(RERUN, 2, varint(LARGEST) + field(999, 2, varint(LARGEST - 6) + bytes(LARGEST - 6)))
    assert judged(padded) is Refused


def told(*data):
    """What reaches Streamlit of these messages, and what their sender hears."""
    network, arrived = Network(*map(frame, data)), []

    async def streamlit(scope, receive, send):
        while (event := await receive())["type"] == "websocket.receive":
            arrived.append(event["bytes"])
            await send(finished())

    asyncio.run(Guard(streamlit)(SOCKET, network.receive, network.send))
    return arrived, [event.get("code") for event in network.sent if event["type"] == "websocket.close"]


@pytest.mark.parametrize("name", WIRE)
def test_who_sends_them_goes_and_what_came_before_counts(name):
    beat = BackMsg(app_heartbeat=True).SerializeToString()
    arrived, closed = told(beat, WIRE[name], beat)
    assert (arrived, closed) == ([beat], [1008])


def test_the_fields_are_those_of_this_protocol():
    """What is new here is tried above by itself; this says that somebody has looked at what it does."""
    assert len(PATHS) == len(set(PATHS)) == 96, "look at the new fields in lesson/server/messages.py"
    assert {field_of(path).name for path in PATHS if path[0] == "rerun_script" and len(path) == 2} == {
        "query_string", "widget_states", "page_script_hash", "page_name", "fragment_id", "is_auto_rerun",
        "cached_message_hashes", "context_info", "is_history_navigation",
    }  # fmt: skip
