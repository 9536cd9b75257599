"""How fast a client may send, and who runs when many want to."""

import asyncio

from lesson.server.pace import AT_ONCE, LONGEST, Client, Pace, Turnstile


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def test_a_burst_passes_and_then_so_many_a_second():
    clock = Clock()
    pace = Pace(10, 40, clock)
    assert [pace.take() for _ in range(40)] == [0] * 40
    assert round(pace.take(), 6) == 0.1 and round(pace.take(), 6) == 0.2
    clock.now += 1  # ten more, two of which are taken already
    assert [pace.take() for _ in range(8)] == [0] * 8 and pace.take() > 0
    clock.now += 100
    assert [pace.take() for _ in range(40)] == [0] * 40 and pace.take() > 0  # a rest is no credit


def test_amounts_count():
    clock = Clock()
    pace = Pace(1.0, 10.0, clock)
    assert pace.take(10) == 0 and pace.take(5) == 5


def turnstile():
    clock = Clock()
    return Turnstile(clock, lambda: clock.now), clock


def client(clock, used=0.0):
    made = Client(clock)
    made.add(used)
    return made


async def waits(gate, *clients):
    """Let them come one after another; which of them wait."""
    turns = []
    for one in clients:
        turns.append(asyncio.create_task(gate.enter(one)))
        await asyncio.sleep(0)
    return turns


def test_only_a_few_scripts_run_and_who_has_used_least_goes_first():
    async def play():
        gate, clock = turnstile()
        running = [client(clock) for _ in range(AT_ONCE)]
        heavy, usual, new = client(clock, 5), client(clock, 1), client(clock)
        turns = await waits(gate, *running, heavy, usual, new)
        assert [turn.done() for turn in turns] == [True] * AT_ONCE + [False] * 3
        order = []
        for one in running:
            gate.leave(one)
            await asyncio.sleep(0)
            order.append([turn.done() for turn in turns[AT_ONCE:]])
        assert order == [[False, False, True], [False, True, True]]
        gate.leave(new)
        await turns[AT_ONCE]
        assert turns[AT_ONCE].done()

    asyncio.run(play())


def test_who_runs_already_is_not_held_up_unless_others_wait():
    async def play():
        gate, clock = turnstile()
        running = [client(clock) for _ in range(AT_ONCE)]
        again = await waits(gate, *running, running[0])
        assert again[-1].done()
        other, once_more = await waits(gate, client(clock), running[0])
        assert not other.done() and not once_more.done()
        clock.now += 0.1
        gate.leave(running[0])
        await asyncio.sleep(0)
        assert other.done() and not once_more.done()
        gate.leave(running[1])
        await asyncio.sleep(0)
        assert once_more.done()

    asyncio.run(play())


def test_where_those_that_run_wait_themselves_others_are_let_in():
    async def play():
        gate, clock = turnstile()
        running = [client(clock) for _ in range(AT_ONCE)]
        turns = await waits(gate, *running, client(clock))
        gate.look(passed=1.0, computed=0.9)
        await asyncio.sleep(0)
        assert not turns[-1].done()
        gate.look(passed=1.0, computed=0.01)
        await asyncio.sleep(0)
        assert turns[-1].done()

    asyncio.run(play())


def test_nobody_runs_for_ever():
    async def play():
        gate, clock = turnstile()
        running = [client(clock) for _ in range(AT_ONCE)]
        turns = await waits(gate, *running, client(clock))
        clock.now += LONGEST + 0.1
        gate.look(passed=1.0, computed=1.0)
        await asyncio.sleep(0)
        assert turns[-1].done()

    asyncio.run(play())


def test_who_has_left_while_they_waited_takes_no_turn():
    async def play():
        gate, clock = turnstile()
        running = [client(clock) for _ in range(AT_ONCE)]
        gone, next_one = client(clock), client(clock, 9)
        turns = await waits(gate, *running, gone, next_one)
        turns[AT_ONCE].cancel()
        await asyncio.sleep(0)
        gate.leave(gone)
        gate.leave(running[0])
        await asyncio.sleep(0)
        assert turns[-1].done() and not turns[-1].cancelled()

    asyncio.run(play())


def test_what_was_used_is_forgotten_in_time():
    clock = Clock()
    one = client(clock, 8.0)
    clock.now += 5
    assert one.used() == 4.0
    clock.now += 100
    assert one.used() < 0.001
