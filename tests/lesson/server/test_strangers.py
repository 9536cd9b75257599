"""A client that speaks Streamlit's protocol tries a real server: another visitor notices nothing."""

import asyncio

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from lesson.frame.lessons import LESSONS
from tests.load.asking import Asking
from tests.load.server import course
from tests.load.stranger import leave, upload
from tests.load.visitor import Visitor
from tests.load.watching import Watching, id_of

pytestmark = pytest.mark.slow
RUN = {"hidden": "8", "budget": "50 epochs"}
REACH_OTHERS = ("clear_cache", "debug_shutdown_runtime", "set_run_on_save", "load_git_info")


@pytest.fixture(scope="module")
def server():
    with course() as running:
        yield running


def visit(server, *steps):
    """Two visitors come to the course: a pupil, whose training runs, and a stranger."""

    async def play():
        pupil, stranger = Visitor(server.address), Visitor(server.address)
        await pupil.enter("training", tab="Live", **RUN)
        await pupil.move("start", True)
        await stranger.enter("gates")
        try:
            for step in steps:
                await step(pupil, stranger)
        finally:
            await leave(pupil, stranger)

    asyncio.run(asyncio.wait_for(play(), 120))


def test_every_page_opens_and_a_script_that_is_not_beside_pages_finds_all_it_needs(server):
    """The first file to import `exercises` is the start page, in a process that has not done so."""

    async def play():
        visitor = Visitor(server.address)
        await visitor.enter("")
        for lesson in LESSONS:
            await visitor.go(lesson.address)
            assert visitor.exceptions == [], lesson.file
            assert visitor.read(), lesson.file
        await leave(visitor)

    asyncio.run(asyncio.wait_for(play(), 120))


async def trains_on(pupil, stranger):
    watching = Watching(Asking(pupil.address), id_of(**RUN))
    await watching.look()
    before = watching.step
    for _ in range(100):
        await watching.look()
        if watching.step > before:
            break
        await asyncio.sleep(0.1)
    await watching.asking.leave()
    assert watching.step > before
    assert pupil.exceptions == []


async def is_served(pupil, stranger):
    await stranger.run()
    assert stranger.find("cell_step")


async def is_disconnected(pupil, stranger):
    while (kind := await stranger.hear()) != "closed":
        assert kind


def sends(message):
    async def step(pupil, stranger):
        await stranger.say(message)

    return step


@pytest.mark.parametrize(
    "kind", ["clear_cache", "debug_shutdown_runtime", "set_run_on_save", "load_git_info"]
)
def test_messages_that_would_reach_others_reach_nobody(server, kind):
    visit(server, sends(BackMsg(**{kind: True})), is_served, trains_on)


def test_a_message_larger_than_its_kind_ends_its_senders_connection_alone(server):
    names = BackMsg()
    names.file_urls_request.file_names.extend([""] * 1_500_000)
    visit(server, sends(names), is_disconnected, trains_on)


def test_values_of_another_type_than_the_widgets_tell_nothing_of_the_server(server):
    async def asks_nonsense(pupil, stranger):
        await stranger.go("training", tab="Live")
        stranger.set_state("rate", "json_value", '{"a": [1]}')
        await stranger.run()
        assert stranger.traces == []
        assert not any("/" in words or "Error" in words for words in stranger.exceptions)

    visit(server, asks_nonsense, trains_on)


def test_an_upload_is_taken_if_it_says_its_size(server):
    async def uploads(pupil, stranger):
        for length, status in ((True, 204), (False, 411)):
            assert await asyncio.to_thread(upload, stranger, "f", b"12345", length) == status
        assert await asyncio.to_thread(upload, stranger, "f", bytes(12 * 2**20)) in (0, 413)

    visit(server, uploads, trains_on)
