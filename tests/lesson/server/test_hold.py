"""A click, and what is sent right behind it."""

import asyncio

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import RunIdentity

from lesson.server.hold import BEGUN, CLICKS, Hold, has_click
from tests.lesson.server.test_messages import USUAL
from tests.load.server import course
from tests.load.stranger import leave
from tests.load.visitor import Visitor


async def waits(hold):
    """Whether the next run has to wait at present."""
    waiting = asyncio.create_task(hold.wait())
    await asyncio.sleep(0.01)
    is_held = not waiting.done()
    waiting.cancel()
    return is_held


def run(name, *fragments):
    """What Streamlit says of a run: of the whole script, or of fragments."""
    return RunIdentity(script_run_id=name, fragment_ids=fragments)


@pytest.mark.parametrize(("fragment", "own"), [("", ()), ("f", ("e", "f")), ("f", ())])
def test_a_click_counts_until_its_run_has_ended(fragment, own):
    async def play():
        hold = Hold()
        assert not await waits(hold)
        hold.begin(30, fragment)
        for kind, of in (
            ("script_finished", run("before")),
            ("new_session", run("another fragment's", "e")),
            ("script_finished", run("another fragment's", "e")),
            ("new_session", run("own", *own)),
            ("script_finished", run("before")),
            ("script_finished", run("another fragment's", "e")),
        ):
            hold.notice(kind, of)
            assert await waits(hold)
        hold.notice("script_finished", run("own", *own))
        assert not await waits(hold)

    asyncio.run(play())


def test_a_click_whose_run_begins_anew_counts_until_that_has_ended():
    async def play():
        hold = Hold()
        hold.begin(30)
        for kind, of in (("new_session", "own"), ("new_session", "again"), ("script_finished", "own")):
            hold.notice(kind, run(of))
            assert await waits(hold)
        hold.notice("script_finished", run("again"))
        assert not await waits(hold)

    asyncio.run(play())


def test_any_other_run_waits_until_the_one_before_has_begun():
    async def play():
        hold = Hold()
        hold.begin(30, until=BEGUN)
        hold.notice("new_session", run("a fragment's", "f"))
        assert await waits(hold)
        hold.notice("new_session", run("own"))
        assert not await waits(hold)

    asyncio.run(play())


def test_what_never_begins_holds_nobody_for_ever():
    async def play():
        hold = Hold()
        hold.begin(0.01)
        await hold.wait()
        assert not hold.missing and not await waits(hold)

    asyncio.run(play())


def test_a_click_is_told_from_what_is_sent_with_every_run():
    message = BackMsg()
    message.rerun_script.widget_states.widgets.add(id="slider", double_value=1.0)
    assert not has_click(message) and not has_click(USUAL["app_heartbeat"])
    message.rerun_script.widget_states.widgets.add(id="button", trigger_value=True)
    assert has_click(message)


def test_all_that_counts_for_one_run_is_known():
    """A later Streamlit may have one more."""
    fields = BackMsg().rerun_script.widget_states.widgets.add().DESCRIPTOR.fields
    assert {f.name for f in fields if "trigger" in f.name or "chat" in f.name} == CLICKS


async def click_and_run(visitor, key):
    """Press a button, and have the page run before that can have been worked off."""
    click, behind = visitor.rerun(), visitor.rerun()
    name, _ = visitor.find(key)
    click.rerun_script.widget_states.widgets.add(id=name, trigger_value=True)
    await visitor.say(click)
    await visitor.say(behind)


async def is_read(visitor, words):
    """Whether the page says this within some runs: the first that end are those of what was sent before."""
    for _ in range(8):
        if words in visitor.read():
            return True
        await visitor.run()
    return False


@pytest.mark.slow
def test_each_click_counts_whatever_is_sent_right_behind_it():
    async def play(address):
        visitor = Visitor(address)
        await visitor.enter("gates")
        for number in (2, 3, 4, 5):  # a callback's
            await click_and_run(visitor, "step_skip")
            assert await is_read(visitor, f"First guess, {number} of 5:")
        await leave(visitor)
        visitor = Visitor(address)  # whose first run is its own: what was sent above may not be worked off
        await visitor.enter("sampling", task="Gate surgery", network="brackets")
        await click_and_run(visitor, "check_closing")  # a line of the page asks whether it is pressed
        assert await is_read(visitor, "Checked: ")
        await leave(visitor)

    with course() as server:
        asyncio.run(asyncio.wait_for(play(server.address), 120))
