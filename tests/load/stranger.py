"""A stranger with a client of their own: what they try, played while another visitor opens a page.

Each attack is an async function of a server and a number of seconds; what it returns is what became of it.
The other visitor opens the gates page in full, again and again; what that took is what counts.
"""

import asyncio
import time
import urllib.request
from collections.abc import Awaitable, Callable
from contextlib import suppress
from http.client import HTTPConnection
from urllib.parse import urlsplit

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg

from tests.load.asking import Asking
from tests.load.server import Server
from tests.load.visitor import Visitor
from tests.load.watching import Watching, id_of

EVERY = 0.25  # seconds between two visits of the one who is to be served all the same
MB = 2**20


async def nothing(server: Server, seconds: float) -> str:
    """No attack: how long it takes otherwise."""
    await asyncio.sleep(seconds)
    return ""


async def clear_caches(server: Server, seconds: float) -> str:
    """`clear_cache` ten times a second, while a class trains."""
    pupil, stranger = Visitor(server.address), Visitor(server.address)
    await pupil.enter("training", tab="Live", hidden="16", budget="50 epochs", run_seed="7")
    await pupil.move("start", True)
    await stranger.enter("gates")
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        await stranger.say(BackMsg(clear_cache=True))
        await asyncio.sleep(0.1)
    run = id_of(hidden="16", budget="50 epochs", seed=7)
    watching = Watching(Asking(server.address), run)
    await watching.look()
    before = watching.step
    for _ in range(20):
        await watching.look()
        await asyncio.sleep(0.25)
    await leave(pupil, stranger)
    return f"the training went on from step {before} to {watching.step}"


async def names_by_the_million(server: Server, seconds: float) -> str:
    """One message of 3 MB after another that asks for 1.5 million addresses."""
    message = BackMsg()
    message.file_urls_request.file_names.extend([""] * 1_500_000)
    return await _sent_again_and_again(server, seconds, message.SerializeToString())


async def what_is_no_message(server: Server, seconds: float) -> str:
    """Bytes that mean nothing, 4 MB of them."""
    return await _sent_again_and_again(server, seconds, b"\xff" * 4 * MB)


async def large_texts(server: Server, seconds: float) -> str:
    """Runs with a text of 4 MB."""
    message = BackMsg()
    message.rerun_script.widget_states.widgets.add(id="text", string_value="a" * 4 * MB)
    return await _sent_again_and_again(server, seconds, message.SerializeToString())


async def _sent_again_and_again(server: Server, seconds: float, data: bytes) -> str:
    end, sent, closed = time.monotonic() + seconds, 0, 0
    while time.monotonic() < end:
        stranger = Visitor(server.address)
        await stranger.enter("gates")
        try:
            while time.monotonic() < end:
                await asyncio.wait_for(stranger.say(data), max(0.1, end - time.monotonic()))
                sent += 1
                await asyncio.sleep(0.05)
        except (websockets.ConnectionClosed, TimeoutError):
            closed += 1
        await leave(stranger)
    return f"{sent} messages sent, disconnected {closed} times"


async def reruns(server: Server, seconds: float) -> str:
    """A hundred runs a second, from ten sockets."""
    return await _flood(server, seconds, Visitor.rerun)


async def reruns_of_nothing(server: Server, seconds: float) -> str:
    """The same with a part of a page that there is not."""

    def message(visitor: Visitor) -> BackMsg:
        made = visitor.rerun()
        made.rerun_script.fragment_id = "none"
        return made

    return await _flood(server, seconds, message)


async def _flood(server: Server, seconds: float, make: Callable[[Visitor], BackMsg]) -> str:
    strangers = [Visitor(server.address) for _ in range(10)]
    sent = 0

    async def play(visitor: Visitor) -> None:
        nonlocal sent
        await visitor.enter("gates")
        end = time.monotonic() + seconds
        listening = asyncio.create_task(_listen(visitor))
        while time.monotonic() < end:
            with suppress(TimeoutError):
                await asyncio.wait_for(visitor.say(make(visitor)), 1)
                sent += 1
            await asyncio.sleep(0.1)
        listening.cancel()

    await asyncio.gather(*map(play, strangers))
    await leave(*strangers)
    return f"{sent} messages sent"


async def _listen(visitor: Visitor) -> None:
    kind = ""
    while kind != "closed":
        with suppress(TimeoutError):
            kind = await visitor.hear()


async def uploads(server: Server, seconds: float) -> str:
    """Fifty files of 9.9 MB into one session."""
    stranger = Visitor(server.address)
    await stranger.enter("gates")
    before, end, kept = server.cost().rss, time.monotonic() + seconds, 0
    for number in range(50):
        kept += await asyncio.to_thread(upload, stranger, f"file{number}", b"\0" * int(9.9 * MB)) == 204
        if time.monotonic() > end:
            break
    grown = server.cost().rss - before
    await leave(stranger)
    return f"{kept} files taken, the server grew by {grown:.0f} MB"


def upload(visitor: Visitor, name: str, data: bytes, length: bool = True) -> int:
    """Upload a file into a visitor's session; the HTTP status."""
    with urllib.request.urlopen(f"{visitor.address}/_stcore/health") as response:
        cookie = response.headers["Set-Cookie"].split(";")[0]
    head = f'--b\r\nContent-Disposition: form-data; name="f"; filename="{name}"\r\n\r\n'.encode()
    body = head + data + b"\r\n--b--\r\n"
    connection = HTTPConnection(urlsplit(visitor.address).netloc, timeout=30)
    headers = {
        "Cookie": cookie,
        "X-Xsrftoken": cookie.partition("=")[2],
        "Content-Type": "multipart/form-data; boundary=b",
    }
    try:
        path = f"/_stcore/upload_file/{visitor.session}/{name}"
        connection.request("PUT", path, body if length else iter([body]), headers, encode_chunked=not length)
        return connection.getresponse().status
    except (BrokenPipeError, ConnectionResetError):
        return 0  # it was refused before all of it had been sent
    finally:
        connection.close()


async def silent_trainings(server: Server, seconds: float) -> str:
    """Twenty sockets with two runs each that nobody looks at; then five others start one."""
    strangers = [Visitor(server.address) for _ in range(20)]
    for number, stranger in enumerate(strangers):
        await start_two(stranger, number)
    pupils = [Visitor(server.address) for _ in range(5)]
    took = await asyncio.gather(*(first_step(pupil, 900 + n) for n, pupil in enumerate(pupils)))
    await leave(*strangers, *pupils)
    return f"five who came late had their first step after {', '.join(f'{s:.1f}' for s in took)} s"


async def start_two(visitor: Visitor, number: int) -> None:
    """Start two runs that nobody else has."""
    await visitor.enter(
        "training", tab="Live", hidden="16", budget="50 epochs", differs="Hidden units",
        other_hidden="32", run_seed=str(100 + number),
    )  # fmt: skip
    await visitor.move("start", True)


async def first_step(visitor: Visitor, seed: int, patience: float = 60) -> float:
    """Start a run; the seconds until its first step is shown."""
    await visitor.enter("training", tab="Live", hidden="16", run_seed=str(seed))
    began = time.monotonic()
    await visitor.move("start", True)
    watching = Watching(Asking(visitor.address), id_of(hidden="16", seed=seed))
    while watching.step < 1 and time.monotonic() < began + patience:
        await asyncio.sleep(0.25)
        await watching.look()
    return time.monotonic() - began


async def expressions(server: Server, seconds: float) -> str:
    """Expressions that take for ever, from one visitor's tab, one after another."""
    stranger = Visitor(server.address)
    query = {"tab": "Read its memory", "rule": "regular expression"}
    await stranger.enter("sampling", **query)
    end, count = time.monotonic() + seconds, 0
    listening = asyncio.create_task(_listen(stranger))
    while time.monotonic() < end:
        message = stranger.rerun()
        message.rerun_script.query_string = "&".join(f"{k}={v}" for k, v in query.items()) + (
            f"&pattern=({'.*' * (2 + count % 5)})*{count}b"
        )
        await stranger.say(message)
        count += 1
        await asyncio.sleep(0.3)
    listening.cancel()
    await leave(stranger)
    return f"{count} expressions"


async def leave(*visitors: Visitor) -> None:
    """All of them are gone, whatever is still on its way."""
    for visitor in visitors:
        visitor.vanish()


Attack = Callable[[Server, float], Awaitable[str]]
ATTACKS: tuple[Attack, ...] = (
    nothing, clear_caches, names_by_the_million, what_is_no_message, large_texts, reruns, reruns_of_nothing,
    uploads, silent_trainings, expressions,
)  # fmt: skip


async def probed(server: Server, attack: Attack, seconds: float) -> tuple[str, list[float]]:
    """Play an attack; what became of it, and how long another visitor's full page took meanwhile."""
    took: list[float] = []

    async def probe() -> None:
        while True:
            visitor = Visitor(server.address)
            took.append(await visitor.enter("gates"))
            await visitor.leave()
            await asyncio.sleep(EVERY)

    probing = asyncio.create_task(probe())
    try:
        return await attack(server, seconds), took
    finally:
        probing.cancel()
