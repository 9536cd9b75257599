"""What a student's browser asks."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from lesson.classroom.event import Kind
from lesson.classroom.refusals import Refused, check_commit, check_picture, check_vote
from lesson.classroom.room import Room
from lesson.classroom.server import form
from lesson.classroom.server.listeners import App
from lesson.classroom.server.requests import HEADERS, body_of, reply
from lesson.classroom.server.routes import Routes
from lesson.classroom.state import own_state

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"  # of a picture that is opened by itself


class StudentRoutes:
    """The routes of students, and of whoever only looks."""

    def __init__(self, routes: Routes) -> None:
        self._routes = routes

    async def state(self, request: Request) -> Response:
        """Return what everybody may see."""
        live = await self._routes.of_anybody(request)
        return Response(live.listeners.state(), media_type="application/json", headers=HEADERS)

    async def events(self, request: Request) -> App:
        """Return the stream of what everybody may see."""
        live = await self._routes.of_anybody(request)
        if live.listeners.is_full or self._routes.rooms.listeners_are_full:
            raise Refused(503, "Too many listen to this room; ask from time to time.")
        return live.listeners.respond

    async def picture(self, request: Request) -> Response:
        """Return the picture of what is right, once it is revealed."""
        live = await self._routes.room(request)
        return _drawing(check_picture(live.room, request.path_params["asking"]))

    async def runs(self, request: Request) -> Response:
        """Return what has come of the networks that a class trains."""
        live = await self._routes.of_anybody(request)
        return reply(self._routes.experiments.table(live, request.path_params["asking"]))

    async def network(self, request: Request) -> Response:
        """Return a drawing of these networks with those of one seed marked: ?seed=…"""
        live = await self._routes.of_anybody(request)
        text = request.query_params.get("seed", "")
        seed = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
        id = request.path_params["asking"]
        return _drawing(await self._routes.experiments.picture(live, id, seed))

    async def join(self, request: Request) -> Response:
        """Let a student in."""
        live = await self._routes.room(request)
        await body_of(request)
        token, student = await self._routes.rooms.join(live)
        return reply({"token": token, "handle": student.handle, "seat": student.seat}, 201)

    async def mine(self, request: Request) -> Response:
        """Return what the student has committed."""
        live, student = await self._routes.of_student(request)
        return reply(own_state(live.room, student))

    async def vote(self, request: Request) -> Response:
        """Store a vote; counted says whether it is the newest of this student's.

        One that is stored may come again, because its reply was lost: also when the vote is closed.
        """
        live, student = await self._routes.of_student(request)
        vote = form.vote(await body_of(request))
        if _is_newest(live.room, student, vote):
            return reply({"counted": True})

        def make(room: Room) -> Mapping[str, Any]:
            check_vote(room, student, vote)
            return vote

        live.check_sent(student)
        room = await self._routes.rooms.change(live, Kind.VOTED, student, make)
        live.count_sent(student)
        return reply({"counted": _is_newest(room, student, vote)})

    async def commit(self, request: Request) -> Response:
        """Store what the student has set, reached or tried."""
        live, student = await self._routes.of_student(request)
        commit = form.commit(await body_of(request))
        newest = live.room.commits.get(student, {}).get(commit["kind"])
        if newest is not None and newest.n == commit["n"]:  # it comes again: its reply was lost
            return reply({"counted": True})

        def make(room: Room) -> Mapping[str, Any]:
            check_commit(room, student, commit)
            return commit

        live.check_sent(student)
        room = await self._routes.rooms.change(live, Kind.COMMITTED, student, make)
        live.count_sent(student)
        newest = room.commits.get(student, {}).get(commit["kind"])
        return reply({"counted": newest is not None and newest.n == commit["n"]})

    async def forget(self, request: Request) -> Response:
        """Forget the student."""
        live, student = await self._routes.of_student(request)
        await body_of(request)
        await self._routes.rooms.leave(live, student)
        return Response(status_code=204)


def _drawing(svg: str) -> Response:
    headers = {**HEADERS, "content-security-policy": _POLICY}
    return Response(svg, media_type="image/svg+xml", headers=headers)


def _is_newest(room: Room, student: str, vote: Mapping[str, Any]) -> bool:
    """Return whether a vote is what a room has of a student in its round."""
    asking = next((each for each in room.askings if each.id == vote["asking"]), None)
    newest = asking.votes.get(vote["round"], {}).get(student) if asking else None
    return newest is not None and (newest.answer, newest.n) == (vote["answer"], vote["n"])
