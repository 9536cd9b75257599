"""What the lecturer's devices ask."""

import json
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from lesson.classroom.event import Kind
from lesson.classroom.export import as_csv, as_file, as_report
from lesson.classroom.refusals import Refused, check_after, check_asking, check_hands, check_stage, check_test
from lesson.classroom.room import Room
from lesson.classroom.server import form
from lesson.classroom.server.requests import HEADERS, body_of, reply, token_of
from lesson.classroom.server.routes import Routes
from lesson.classroom.state import revealed
from lesson.classroom.storage.change import Make

MOST_FIRST = 969  # the first seed of an experiment: pages show those of the last one, too, up to 999


class HostRoutes:
    """The routes of the lecturer."""

    def __init__(self, routes: Routes) -> None:
        self._routes = routes

    async def open(self, request: Request) -> Response:
        """Open a room."""
        await body_of(request)
        code, host = await self._routes.rooms.open()
        return reply({"code": code, "host": host}, 201)

    async def questions(self, request: Request) -> Response:
        """Return all that the course can ask, with what is right and why."""
        await self._routes.of_host(request)
        rows = [
            {
                "id": question.id, "page": question.page, "text": question.text, "html": question.html,
                "kind": question.kind,
                "answers": [answer.to_public() for answer in question.answers],
                "scale": question.scale and question.scale._asdict(),
                "link": question.link, "again": question.again,
                "settings": [setting._asdict() for setting in question.settings],
                "is_test": question.is_test, "right": question.right,
                "replies": revealed(question)["replies"],
            }
            for question in (await self._routes.questions()).values()
        ]  # fmt: skip
        return reply(rows)

    async def ask(self, request: Request) -> Response:
        """Ask a question of the course, or one that is typed."""
        live = await self._routes.of_host(request)
        body = await body_of(request)
        id, after, more = form.ask(body)
        question = form.typed(body) if id is None else (await self._routes.questions()).get(id)
        if question is None:
            raise Refused(422, "The course has no question with this id.")
        # Each class trains networks of its own: what another has seen says nothing of them.
        first = {"first": 1 + secrets.randbelow(MOST_FIRST)} if question.experiment else {}

        def make(room: Room) -> Mapping[str, Any]:
            check_after(room, after)
            check_asking(room)
            check_test(question, more)
            return {"id": str(len(room.askings) + 1), "question": question.to_json(), **first, **more}

        room = await self._routes.rooms.change(live, Kind.QUESTION, "", make)
        return reply({"asking": room.askings[-1].id, "stage_version": room.stage_version}, 201)

    async def stage(self, request: Request) -> Response:
        """Go on or back to a stage; of two devices that do so at a time the first wins."""
        live = await self._routes.of_host(request)
        stage = form.stage(await body_of(request))
        make = _checked(stage, check_stage, stage)
        room = await self._routes.rooms.change(live, Kind.STAGED, "", make)
        self._routes.experiments.begin(live)
        return reply({"stage_version": room.stage_version})

    async def follow(self, request: Request) -> Response:
        """Lead all to a page, let them look up, or let them go."""
        live = await self._routes.of_host(request)
        body = await body_of(request)
        follow, after = form.follow(body), form.after(body)
        _check_no_secret(request, follow)
        make = _checked(follow, check_after, after)
        room = await self._routes.rooms.change(live, Kind.FOLLOWED, "", make)
        return reply({"stage_version": room.stage_version})

    async def position(self, request: Request) -> Response:
        """Tell followers where the lecturer's controls are; it is not stored."""
        live = await self._routes.of_host(request)
        positions = form.positions(await body_of(request))
        _check_no_secret(request, positions)
        await self._routes.rooms.show_position(live, positions)
        return Response(status_code=204)

    async def hands(self, request: Request) -> Response:
        """Add hands that were counted by eye, in place of those that were added before."""
        live = await self._routes.of_host(request)
        hands = form.hands(await body_of(request))
        make = _checked(hands, check_hands, hands)
        room = await self._routes.rooms.change(live, Kind.HANDS, "", make)
        return reply({"tally_version": room.tally_version})

    async def admission(self, request: Request) -> Response:
        """Let students join, or not."""
        live = await self._routes.of_host(request)
        admission = form.admission(await body_of(request))
        room = await self._routes.rooms.change(live, Kind.ADMISSION, "", lambda _: admission)
        return reply({"open": room.admits})

    async def remove(self, request: Request) -> Response:
        """Remove the student with a handle, and all that they have done."""
        live = await self._routes.of_host(request)
        handle = request.path_params["handle"]
        student = next((who for who, each in live.room.students.items() if each.handle == handle), None)
        if student is None:
            raise Refused(422, "Nobody in this room has this name.")
        await self._routes.rooms.leave(live, student)
        return Response(status_code=204)

    async def results(self, request: Request) -> Response:
        """Return how all have answered, and how far they have come."""
        live = await self._routes.of_host(request)
        self._routes.experiments.go_on(live)
        return reply(as_report(live.room))

    async def pairing_code(self, request: Request) -> Response:
        """Return a code by which one more device becomes the lecturer's."""
        live = await self._routes.of_host(request)
        await body_of(request)
        return reply({"once": await self._routes.rooms.pairing_code(live)}, 201)

    async def pair(self, request: Request) -> Response:
        """Make this device the lecturer's, by a code."""
        code, host = await self._routes.rooms.pair(form.once(await body_of(request)))
        return reply({"code": code, "host": host})

    async def renew(self, request: Request) -> Response:
        """Give this device another secret; those of all others end."""
        live = await self._routes.of_host(request)
        await body_of(request)
        return reply({"host": await self._routes.rooms.renew(live)})

    async def export_csv(self, request: Request) -> Response:
        """Return a row for each vote; with ?handles=1 with the students' handles."""
        live = await self._routes.of_host(request)
        text = as_csv(live.room, with_handles=request.query_params.get("handles") == "1")
        # With a byte order mark, by which spreadsheets know that it is UTF-8.
        headers = {**HEADERS, "content-disposition": 'attachment; filename="votes.csv"'}
        return Response(text.encode("utf-8-sig"), media_type="text/csv; charset=utf-8", headers=headers)

    async def export_json(self, request: Request) -> Response:
        """Return all results."""
        live = await self._routes.of_host(request)
        headers = {**HEADERS, "content-disposition": 'attachment; filename="room.json"'}
        return JSONResponse(as_file(live.room), headers=headers)

    async def end(self, request: Request) -> Response:
        """Delete the room and all that happened in it."""
        live = await self._routes.of_host(request)
        await self._routes.rooms.end(live.code)
        return Response(status_code=204)


def _checked(body: Mapping[str, Any], check: Callable[[Room, Any], None], request: object) -> Make:
    """Return what makes an event with this body, where a room does not refuse what is request."""

    def make(room: Room) -> Mapping[str, Any]:
        check(room, request)
        return body

    return make


def _check_no_secret(request: Request, address: object) -> None:
    """Refuse to send everybody an address that holds the lecturer's secret."""
    if token_of(request) in json.dumps(address):
        raise Refused(422, "An address that is followed holds no secret.")
