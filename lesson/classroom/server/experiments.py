"""Experiments of a class: networks that are trained once their question is revealed, and what comes of them.

The classroom knows no lesson: the launcher hands it what trains and draws.
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, Concatenate, ParamSpec, Protocol, TypeGuard, TypeVar

import sqlalchemy as sql

from lesson.classroom.asking import REVEALED, Asking
from lesson.classroom.event import Kind
from lesson.classroom.refusals import Refused
from lesson.classroom.room import Room
from lesson.classroom.server.live_room import LiveRoom
from lesson.classroom.server.rooms import Rooms
from lesson.classroom.storage import short_lived
from lesson.classroom.storage.pending import LogError

LOOK = 1.0  # seconds between two looks at what has come
LEASE = 6.0  # seconds after which another server trains, if the one that did says nothing more
MOST = 20  # tables with their drawings that are held; what a room has measured is in its log, too
Table = Mapping[str, Any]
Key = tuple[str, str]  # a room's code and an asking
_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")


class Trainer(Protocol):
    """What trains the networks of an experiment."""

    def start(self, experiment: str, first: int) -> None:
        """Begin the runs whose seeds begin with `first`; do nothing if they are there, or have to wait."""

    def table(self, experiment: str, first: int) -> Table | None:
        """Return what has come so far: "runs", "learned", …; once all are done with "truth" and "reply"."""

    def leave(self, experiment: str, first: int) -> None:
        """Let these runs go, whose class is over."""

    def picture(self, table: Table, seed: int) -> str:
        """Return a drawing of all networks, an SVG, with those of one seed marked."""


class Experiments:
    """The experiments of all rooms of a server, each looked at by one task.  For one event loop."""

    def __init__(self, rooms: Rooms, trainer: Trainer | None) -> None:
        self._rooms, self._trainer = rooms, trainer
        self._tables: dict[Key, Table] = {}  # the newest
        self._tasks: dict[Key, asyncio.Task[None]] = {}
        self._pictures: dict[Key, dict[int, asyncio.Task[str]]] = {}  # of the newest table, by seed
        self._trained: dict[Key, tuple[str, int]] = {}  # by this server: the experiment, and its first seed
        rooms.over = self._forget

    def begin(self, live: LiveRoom) -> None:
        """Begin what the question that is asked has revealed, if it is an experiment."""
        asking = live.room.asking
        if asking is not None and asking.question.experiment and asking.stage == REVEALED:
            self._watch(live, asking)

    def go_on(self, live: LiveRoom) -> None:
        """Go on with all experiments of a room that are not done: a server that was started anew has none
        under way, and where the class went on nobody asks for their curves."""
        for asking in live.room.askings:
            if asking.question.experiment and asking.stage == REVEALED:
                self._watch(live, asking)

    def _watch(self, live: LiveRoom, asking: Asking) -> None:
        key = (live.code, asking.id)
        if self._trainer is None or asking.measured or key in self._tasks:
            return
        task = self._tasks[key] = asyncio.create_task(self._follow(key, asking, self._trainer))
        task.add_done_callback(lambda _: self._tasks.pop(key, None))

    async def _follow(self, key: Key, asking: Asking, trainer: Trainer) -> None:
        """Look at an experiment until it is done.

        Of several servers one trains and stores what has come; the others show that.  Where it can't be
        stored, or the room is over, who asks for it next begins to look again.
        """
        try:
            while not await self._is_measured(key):
                if await self._sees_to(key):
                    await self._train(key, asking, trainer)
                else:
                    self._hold_newer(key, await self._ask(short_lived.progress, *key))
                    await asyncio.sleep(LOOK)
        except (Refused, LogError) as error:
            self._tables.pop(key, None)
            self._pictures.pop(key, None)
            if isinstance(error, Refused) and error.status in (404, 410):  # it ended while the runs began
                self._forget(key[0])

    async def _is_measured(self, key: Key) -> bool:
        live = await self._rooms.room(key[0])
        return any(asking.id == key[1] and asking.measured for asking in live.room.askings)

    async def _sees_to(self, key: Key) -> bool:
        """Return whether this server is the one that trains, for the next seconds."""
        now = self._rooms.clock()
        return await self._ask(short_lived.claim_experiment, *key, self._rooms.log.id, now, now + LEASE)

    async def _train(self, key: Key, asking: Asking, trainer: Trainer) -> None:
        """Train, and store what it has come to, unless another server does so by now."""
        assert asking.question.experiment is not None
        name, first = asking.question.experiment.id, asking.first
        await asyncio.to_thread(trainer.start, name, first)
        self._trained[key] = name, first
        while not _is_complete(table := await asyncio.to_thread(trainer.table, name, first)):
            if table is None:  # it has to wait for others
                await asyncio.to_thread(trainer.start, name, first)
            if self._hold_newer(key, table):
                await self._ask(short_lived.put_progress, *key, table)
            await asyncio.sleep(LOOK)
            await self._rooms.room(key[0])
            if not await self._sees_to(key):
                return
        self._hold_newer(key, table)
        body = {"asking": asking.id, "right": table["truth"], "reply": table["reply"], "table": table}
        await self._rooms.change(await self._rooms.room(key[0]), Kind.MEASURED, "", lambda room: body)
        await self._ask(short_lived.finish_experiment, *key)

    def _forget(self, code: str) -> None:
        """Hold nothing more of a room that is over."""
        for key in [key for key in self._tables if key[0] == code]:
            del self._tables[key], self._pictures[key]
        for key in [key for key in self._trained if key[0] == code]:
            runs = self._trained.pop(key)
            # Another class may have drawn the same seeds.
            if self._trainer is not None and runs not in self._trained.values():
                self._trainer.leave(*runs)

    async def _ask(
        self, question: Callable[Concatenate[sql.Engine, _Parameters], _Result], *arguments: _Parameters.args,
        **more: _Parameters.kwargs,
    ) -> _Result:  # fmt: skip
        log = self._rooms.log
        return await log.ask(lambda: question(log.store.engine, *arguments, **more))

    def _hold_newer(self, key: Key, table: Table | None) -> bool:
        """Hold a table if it is not the one that is held; returns whether."""
        if table is None or table == self._tables.get(key):
            return False
        self._hold(key, table)
        return True

    def _hold(self, key: Key, table: Table) -> None:
        """Hold the newest table of an asking, and let the one go that was held first where there are many."""
        self._tables[key] = table
        self._pictures[key] = {}
        for other in list(self._tables)[:-MOST]:
            del self._tables[other], self._pictures[other]

    def table(self, live: LiveRoom, id: str) -> Table:
        """Return what has come of the networks of an asking; refused before the reveal, and before they have
        begun."""
        asking = _revealed(live.room, id)
        if asking.measured:
            if self._tables.get((live.code, id)) is not asking.measured["table"]:
                self._hold((live.code, id), asking.measured["table"])
            return self._tables[live.code, id]
        self._watch(live, asking)  # the server may have been started anew
        if (live.code, id) not in self._tables:
            raise Refused(409, "The networks have not begun yet; ask again in a moment.")
        return self._tables[live.code, id]

    async def picture(self, live: LiveRoom, id: str, seed: int) -> str:
        """Return a drawing of all networks of an asking with those of one seed marked, drawn once for all who
        have this seed."""
        table = self.table(live, id)
        if self._trainer is None or not any(run["seed"] == seed for run in table["runs"]):
            raise Refused(422, "No network of this experiment has this seed.")
        drawings = self._pictures[live.code, id]
        if seed not in drawings:
            drawings[seed] = asyncio.create_task(asyncio.to_thread(self._trainer.picture, table, seed))
        return await asyncio.shield(drawings[seed])


def _is_complete(table: Table | None) -> TypeGuard[Table]:
    """Return whether all networks of a table are done."""
    return table is not None and table["truth"] is not None


def _revealed(room: Room, id: str) -> Asking:
    """Return the asking of an experiment that is revealed; refused where there is none, or not yet."""
    for asking in room.askings:
        if asking.id == id and asking.question.experiment and asking.stage == REVEALED:
            return asking
    raise Refused(409, "There is no experiment, or not yet.")
