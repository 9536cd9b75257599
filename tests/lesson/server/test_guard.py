"""The middleware, with an application behind it that notes what reaches it."""

import asyncio

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from lesson.server.coming_back import request_for_run
from lesson.server.guard import BACKLOG, BURST, Guard
from lesson.server.hold import ENDED
from lesson.server.pace import AT_ONCE
from tests.lesson.server.test_messages import PASSES, USUAL
from tests.lesson.server.test_uploads import Hall

SOCKET = {"type": "websocket", "path": "/_stcore/stream", "headers": []}
UPLOAD = {"type": "http", "method": "PUT", "path": "/course/_stcore/upload_file/a/1"}


class Network:
    """What a client sends, one after another, and what it gets."""

    def __init__(self, *events):
        self.events, self.sent = list(events), []

    async def receive(self):
        return self.events.pop(0) if self.events else {"type": "websocket.disconnect", "code": 1000}

    async def send(self, event):
        self.sent.append(event)


def frame(data):
    return {"type": "websocket.receive", "bytes": data}


def finished(how=ForwardMsg.FINISHED_SUCCESSFULLY):
    return {"type": "websocket.send", "bytes": ForwardMsg(script_finished=how).SerializeToString()}


def introduced(session):
    message = ForwardMsg()
    message.new_session.initialize.session_id = session
    return {"type": "websocket.send", "bytes": message.SerializeToString()}


async def run(send):
    """Say that a run has begun, and that it has ended."""
    await send(introduced(""))
    await send(finished())


def reached(*data):
    """What arrives at Streamlit of these messages, and what the client gets."""
    network, arrived = Network(*map(frame, data)), []

    async def streamlit(scope, receive, send):
        while (event := await receive())["type"] == "websocket.receive":
            arrived.append(event["bytes"])
            await run(send)
        arrived.append(event["type"])

    asyncio.run(Guard(streamlit)(SOCKET, network.receive, network.send))
    return arrived, network.sent


def test_messages_pass_or_are_left_out():
    data = {kind: message.SerializeToString() for kind, message in USUAL.items()}
    arrived, sent = reached(*data.values())
    assert arrived == [data[kind] for kind in USUAL if kind in PASSES] + ["websocket.disconnect"]
    assert {event["type"] for event in sent} == {"websocket.send"}


@pytest.mark.parametrize("data", [b"", b"\xff\xff", b"\x82\x01" + b"\0" * 10_000])
def test_who_speaks_another_protocol_is_disconnected(data):
    rerun = USUAL["rerun_script"].SerializeToString()
    arrived, sent = reached(rerun, data, rerun)
    assert arrived == [rerun, "websocket.disconnect"]
    assert sent[-1] == {"type": "websocket.close", "code": 1008}


def test_text_is_no_part_of_the_protocol():
    network, arrived = Network({"type": "websocket.receive", "text": "hello"}), []

    async def streamlit(scope, receive, send):
        arrived.append(await receive())

    asyncio.run(Guard(streamlit)(SOCKET, network.receive, network.send))
    assert arrived[0]["type"] == "websocket.disconnect" and network.sent[0]["type"] == "websocket.close"


def fragment_run(name):
    message = BackMsg()
    message.rerun_script.fragment_id, message.rerun_script.is_auto_rerun = name, True
    message.rerun_script.query_string = "f=1"
    message.rerun_script.widget_states.widgets.add(id="slider", double_value=0.5)
    message.rerun_script.widget_states.widgets.add(id="button", trigger_value=True)
    return message


def test_the_first_run_of_a_connection_is_one_of_the_whole_script():
    """On a server that a page has come to from another one, no fragment has been drawn."""
    beat = USUAL["app_heartbeat"].SerializeToString()
    part, whole = fragment_run("a"), fragment_run("")
    whole.rerun_script.is_auto_rerun = False
    del whole.rerun_script.widget_states.widgets[1]  # what was clicked is clicked when there is a callback
    arrived, _ = reached(beat, part.SerializeToString())
    assert BackMsg.FromString(arrived[1]) == whole
    assert arrived[2:] == [part.SerializeToString(), "websocket.disconnect"]
    assert arrived[0] == beat


def opened(protocols, *data):
    """What a client gets whose socket is accepted, and what arrives of what it sends."""
    network, arrived = Network(*map(frame, data)), []

    async def streamlit(scope, receive, send):
        await send({"type": "websocket.accept", "subprotocol": protocols[0]})
        while (event := await receive())["type"] == "websocket.receive":
            arrived.append(BackMsg.FromString(event["bytes"]))
            await run(send)

    scope = SOCKET | {"subprotocols": protocols}
    asyncio.run(Guard(streamlit)(scope, network.receive, network.send))
    assert network.sent[0]["type"] == "websocket.accept"
    told = [ForwardMsg.FromString(event["bytes"]) for event in network.sent[1:]]
    return [message for message in told if message.WhichOneof("type") not in ENDED], arrived


@pytest.mark.parametrize("protocols", [["streamlit"], ["streamlit", "token"]])
def test_a_browser_that_comes_for_the_first_time_is_told_nothing(protocols):
    assert opened(protocols)[0] == []


def test_a_browser_that_comes_back_is_asked_to_let_its_page_run():
    (message,), _ = opened(["streamlit", "", "session"])
    assert message.WhichOneof("type") == "auto_rerun"
    assert message.auto_rerun.interval < 1
    name = message.auto_rerun.fragment_id
    # It asks every so many seconds, until the run has begun.
    run, again = fragment_run(name), fragment_run("a")
    data = [each.SerializeToString() for each in (run, run, run, again)]
    _, arrived = opened(["streamlit", "", "session"], *data)
    assert [each.rerun_script.fragment_id for each in arrived] == ["", "a"]
    slider = run.rerun_script.widget_states.widgets[0]
    assert list(arrived[0].rerun_script.widget_states.widgets) == [slider]


@pytest.mark.parametrize("is_first", [True, False])
def test_a_click_waits_for_the_first_run_of_who_comes_back_and_counts_once(is_first):
    """A session that has not run has no callback for it."""
    name = ForwardMsg.FromString(request_for_run()).auto_rerun.fragment_id
    click = fragment_run("a")
    messages = [click, fragment_run("b")] if is_first else [fragment_run(name), click, fragment_run("b")]
    network, order = Network(*[frame(each.SerializeToString()) for each in messages]), []
    scope = SOCKET | {"subprotocols": ["streamlit", "", "session"]}

    async def streamlit(scope, receive, send):
        first = BackMsg.FromString((await receive())["bytes"]).rerun_script
        order.append(first.fragment_id)
        assert [each.id for each in first.widget_states.widgets] == ["slider"]
        second = asyncio.create_task(receive())
        await asyncio.sleep(0.01)
        order.append("it runs")
        assert not second.done()
        await run(send)
        order.append(BackMsg.FromString((await second)["bytes"]) == click)
        third = asyncio.create_task(receive())
        await asyncio.sleep(0.01)
        await send(finished())  # of a run before it
        await asyncio.sleep(0.01)
        assert not third.done()
        await run(send)
        order.append(BackMsg.FromString((await third)["bytes"]).rerun_script.fragment_id)
        order.append((await receive())["type"])

    asyncio.run(Guard(streamlit)(scope, network.receive, network.send))
    assert order == ["", "it runs", True, "b", "websocket.disconnect"]


def test_who_sends_too_fast_waits(monkeypatch):
    waited = []

    async def sleep(seconds):
        waited.append(seconds)

    monkeypatch.setattr("lesson.server.guard.asyncio.sleep", sleep)
    beat = USUAL["app_heartbeat"].SerializeToString()
    arrived, _ = reached(*[beat] * (int(BURST) + 20))
    assert len(arrived) == BURST + 21 and 15 <= len(waited) <= 20 and max(waited) > 1


def test_who_sends_on_without_waiting_for_answers_is_disconnected(monkeypatch):
    """What lies in the network's buffers would be worked off long after its sender has gone."""

    async def sleep(seconds):
        pass

    monkeypatch.setattr("lesson.server.guard.asyncio.sleep", sleep)
    beat = USUAL["app_heartbeat"].SerializeToString()
    arrived, sent = reached(*[beat] * 1_000)
    assert len(arrived) == BACKLOG + 1 and sent[-1]["type"] == "websocket.close"


def test_a_script_that_has_finished_makes_room_for_the_next_clients():
    rerun, order = USUAL["rerun_script"].SerializeToString(), []

    async def play():
        guard = Guard(lambda *_: None)
        go_on = asyncio.Event()

        async def streamlit(scope, receive, send):
            await receive()
            order.append(scope["name"])
            await go_on.wait()
            await send(finished(ForwardMsg.FINISHED_EARLY_FOR_RERUN))  # another follows at once
            await send(finished())
            await receive()

        guard._app = streamlit
        networks = [Network(frame(rerun)) for _ in range(AT_ONCE + 1)]
        visits = [
            asyncio.create_task(guard(SOCKET | {"name": number}, network.receive, network.send))
            for number, network in enumerate(networks)
        ]
        await asyncio.sleep(0.005)
        assert order == list(range(AT_ONCE))
        go_on.set()
        await asyncio.gather(*visits)
        assert order == list(range(AT_ONCE + 1))

    asyncio.run(play())


def put(guard, length, body):
    headers = [] if length is None else [(b"content-length", str(length).encode())]
    network = Network({"type": "http.request", "body": body, "more_body": False})
    asyncio.run(guard(UPLOAD | {"headers": headers}, network.receive, network.send))
    return network.sent


def test_an_upload_is_bounded_and_freed_when_its_visitor_leaves():
    hall, arrived = Hall(), []

    async def streamlit(scope, receive, send):
        if scope["type"] == "websocket":
            await send(introduced("a"))
            return
        arrived.append(await receive())
        hall.upload("a", 5)
        await send({"type": "http.response.start", "status": 204, "headers": []})

    guard = Guard(streamlit, hall.uploads)
    assert put(guard, None, b"12345")[0]["status"] == 411
    assert put(guard, 2**30, b"12345")[0]["status"] == 413
    assert arrived == []
    hall.uploads.refusal = lambda session, length: 0
    assert put(guard, 5, b"12345")[0]["status"] == 204
    assert arrived[0]["body"] == b"12345" and hall.held("a") == 5
    network = Network()
    asyncio.run(guard(SOCKET, network.receive, network.send))
    assert hall.held("a") == 0


def test_who_goes_while_they_are_told_something_is_no_fault():
    """Streamlit would take what follows for a fault of its own, and fill the log with it."""
    network, ends = Network(), []

    async def streamlit(scope, receive, send):
        await send(finished())
        ends.append((await receive())["type"])

    async def send(event):
        raise ConnectionResetError

    asyncio.run(Guard(streamlit)(SOCKET, network.receive, send))
    assert ends == ["websocket.disconnect"]


def test_everything_else_passes_untouched():
    scope = {"type": "http", "method": "GET", "path": "/gates", "headers": []}
    seen = []

    async def streamlit(*arguments):
        seen.append(arguments)

    network = Network()
    asyncio.run(Guard(streamlit)(scope, network.receive, network.send))
    assert seen == [(scope, network.receive, network.send)]
