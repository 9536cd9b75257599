"""Rooms that are open meanwhile: a lesson after another, each with a lecturer and phones of its own."""

import asyncio
import random
import time

from tests.load.networks import QUESTION as NETWORKS
from tests.load.phone import Class, Client, Phone, lost_votes
from tests.load.soak.visitors import LOST, WRONG, Diary

PATIENCE = 120.0  # seconds that anything may take on a busy machine
PHONES = 10  # in each room when its lesson begins
LISTENING, SLEEPING, FROZEN, GONE = "listening", "sleeping", "frozen", "gone"


class Lessons:
    """What one lecturer does until an end, by the clock: a room after another.

    left: rooms that were not deleted when their lesson ended.  opened: how many there were.
    """

    def __init__(self, address: str, number: int, end: float, diary: Diary) -> None:
        self._netloc, self._number, self._end = address.partition("://")[2], number, end
        self._diary, self._dice = diary, random.Random(100 + number)
        self.left: list[Class] = []
        self.opened = 0
        self._count = 0  # of lessons

    async def live(self) -> None:
        """Hold one lesson after another."""
        await asyncio.sleep(5 * self._number)
        while time.monotonic() < self._end:
            try:
                await self._hold()
            except LOST + WRONG as error:
                self._diary.complain(f"lesson of lecturer {self._number}: {error!r}")
                await asyncio.sleep(1)

    async def delete_all(self) -> None:
        """Delete what was left."""
        for room in self.left:
            await _delete(room)
        self.left.clear()

    async def _hold(self) -> None:
        room = await Class.new(self._netloc)
        self.left.append(room)
        await room.choose()
        self.opened += 1
        self._count += 1
        self._diary.note("rooms opened")
        lesson = Lesson(room, self._dice, self._diary, self._end)
        try:
            await lesson.hold(with_networks=self._count % 4 == 1)
        finally:
            await lesson.go_home()
        if self._dice.random() < 0.6:
            await _delete(room)
            self.left.remove(room)
            self._diary.note("rooms deleted")
        room.host.drop()


class Lesson:
    """One lesson in a room."""

    def __init__(self, room: Class, dice: random.Random, diary: Diary, end: float) -> None:
        self._room, self._dice, self._diary, self._end = room, dice, diary, end
        self._states: dict[int, str] = {}  # of phones, by their place
        self._asking: set[asyncio.Task[None]] = set()

    @property
    def _has_time(self) -> bool:
        return time.monotonic() < self._end

    @property
    def _awake(self) -> list[Phone]:
        return [phone for n, phone in enumerate(self._room.phones) if self._states.get(n) == LISTENING]

    async def hold(self, with_networks: bool) -> None:
        """Let phones come, ask, be led, train; phones come and go meanwhile."""
        await self._come(PHONES)
        for number in range(self._dice.randint(3, 6)):
            if not self._has_time:
                break
            await self._ask()
            await self._shuffle()
            if number == 1:
                await self._lead()
                await self._pair()
            if number == 2 and with_networks and self._has_time:
                await self._train()
        await self._room.host.must("GET", "/results")
        for route in ("/export.csv", "/export.json"):
            reply = await self._room.host.ask("GET", self._room.door.path(route))
            assert reply.status == 200, (route, reply.status)
        await self._check()

    async def go_home(self) -> None:
        """Let all phones be put away: nobody listens any more."""
        for task in self._asking:
            task.cancel()
        for phone in self._room.phones:
            phone.sleep()

    async def _come(self, count: int) -> None:
        """Let more phones come."""
        first = len(self._room.phones)
        for number in range(first, first + count):
            phone = Phone(self._room.door, random.Random(self._dice.random()))
            phone.staged, phone.moved = self._room._staged, self._room._moved
            self._room.phones.append(phone)
            async with asyncio.timeout(PATIENCE):
                await phone.arrive()
            self._states[number] = LISTENING
            self._diary.note("phones that came")
            await asyncio.sleep(self._dice.uniform(0, 1))

    async def _ask(self) -> None:
        """Ask a question: vote, vote otherwise, talk, vote again, reveal."""
        room = self._room
        asking, version = await room.ask()
        for stage, round in (("vote", 1), ("talk", 1), ("vote", 2), ("revealed", 2)):
            version = await room.go(asking, stage, round, after=version)
            await self._rest(2, 5)
            if stage == "vote":
                await asyncio.gather(*(self._vote(phone, asking, round) for phone in self._awake))
            if not self._has_time:
                return
        self._diary.note("questions asked")

    async def _vote(self, phone: Phone, asking: str, round: int) -> None:
        for _ in range(self._dice.choice((1, 1, 2, 3))):
            await asyncio.sleep(self._dice.uniform(0, 4))
            async with asyncio.timeout(PATIENCE):
                await phone.vote(asking, round, self._dice.choice(self._room.answers))
            self._diary.note("votes")

    async def _lead(self) -> None:
        """Lead all to a page, and drag a slider there."""
        host = self._room.host
        await host.must("POST", "/follow", {"page": "gates", "query": ""})
        for step in range(50):
            await host.must("POST", "/position", {"position": {"step": str(step), "b_f": "1.5"}})
            await asyncio.sleep(0.1)
        await host.must("POST", "/follow", {"eyes_up": True})
        await self._rest(1, 3)
        await host.must("POST", "/follow", {"free": True})
        self._diary.note("pages led to")

    async def _pair(self) -> None:
        """Pair a second device, or ask for a code that nobody uses."""
        once = await self._room.host.must("POST", "/pair", {})
        self._diary.note("codes for pairing")
        if self._dice.random() < 0.5:
            second = Client(self._room.door)
            reply = await second.ask("POST", "/api/rooms/pair", once)
            assert reply.status == 200, reply
            second.token = reply.json()["host"]
            await second.must("GET", "/results")
            second.drop()

    async def _train(self) -> None:
        """Reveal a question that networks answer, and look at them for a while: not always to their end."""
        room = self._room
        asked = await room.host.must("POST", "/ask", {"question": NETWORKS})
        id = asked["asking"]
        version = await room.go(id, "vote", after=asked["stage_version"])
        await room.go(id, "revealed", after=version)
        first = (await room.host.must("GET", ""))["asking"]["experiment"]["first"]
        end = min(self._end, time.monotonic() + self._dice.choice((15, 60, 200)))
        while time.monotonic() < end:
            reply = await room.host.ask("GET", room.door.path(f"/runs/{id}"))
            if reply.status == 200 and reply.json()["truth"] is not None:
                self._diary.note("experiments that came to their end")
                break
            for phone in self._awake[:3]:
                seed = first + phone.mine["seat"] % 30
                await phone.client.ask("GET", room.door.path(f"/network/{id}?seed={seed}"))
            await asyncio.sleep(2)
        self._diary.note("experiments")

    async def _shuffle(self) -> None:
        """Let phones fall asleep, wake, be out of reach, go for good, be forgotten, be sent out, and come."""
        for number, phone in enumerate(self._room.phones):
            state, chance = self._states[number], self._dice.random()
            if state in (SLEEPING, FROZEN) and chance < 0.6:
                phone.sleep()
                async with asyncio.timeout(PATIENCE):
                    await phone.wake()
                self._states[number] = LISTENING
                self._diary.note("phones that woke")
            elif state == LISTENING and chance < 0.4:
                self._states[number] = await self._disturb(phone, chance)
        await self._come(self._dice.randint(0, 2))

    async def _disturb(self, phone: Phone, chance: float) -> str:
        """Let a phone do something else than listen; returns its state afterwards."""
        if chance < 0.15:
            phone.sleep()
            self._diary.note("phones that fell asleep")
            return SLEEPING
        if chance < 0.25:
            phone.freeze()
            self._diary.note("phones out of reach")
            return FROZEN
        if chance < 0.30:
            phone.sleep()
            self._asking.add(asyncio.create_task(phone.ask_again_and_again(20)))
            self._diary.note("phones without events")
            return SLEEPING
        if chance < 0.34:
            await phone.client.must("POST", "/forget", {})
            self._diary.note("students that forgot themselves")
        elif chance < 0.37:
            handle = (await phone.client.must("GET", "/mine"))["handle"].replace(" ", "%20")
            await self._room.host.must("DELETE", f"/students/{handle}")
            self._diary.note("students that were sent out")
        else:
            self._diary.note("students that left for good")
        phone.sleep()
        phone.acknowledged.clear()
        return GONE

    async def _check(self) -> None:
        """Ask the phones that are here whether each of their votes is."""
        lost = await lost_votes(Class(self._room.door, self._room.host, "", [], self._awake))
        assert lost == 0, f"{lost} votes that were acknowledged are lost"

    async def _rest(self, least: float, most: float) -> None:
        await asyncio.sleep(self._dice.uniform(least, most))


async def _delete(room: Class) -> None:
    reply = await room.host.ask("DELETE", room.door.path())
    assert reply.status in (204, 410), reply.status  # 410: it was deleted, and the answer was lost
    reply = await room.host.ask("GET", room.door.path())
    assert reply.status == 410, reply.status
    room.host.drop()
