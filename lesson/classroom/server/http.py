"""The rooms over HTTP: the interface that pages, tests and other people's scripts use.

    /api/rooms…              JSON: student_routes.py and host_routes.py
    /api/rooms/CODE/events   the public state, and what changes of it, as server-sent events
    /j/CODE, /p/CODE         the phone's page and the projector's

Errors are one sentence: {"error": …}.
"""

import re
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router

from lesson.classroom.codes import read_code
from lesson.classroom.question import Catalogue
from lesson.classroom.refusals import Refused
from lesson.classroom.server.host_routes import HostRoutes
from lesson.classroom.server.listeners import Message
from lesson.classroom.server.pages import show_page
from lesson.classroom.server.requests import Guesses, check_origin, refusal
from lesson.classroom.server.rooms import Rooms
from lesson.classroom.server.routes import Routes
from lesson.classroom.server.student_routes import StudentRoutes

FOLDER = "/api/rooms"
_OF = FOLDER + "/{code}"
_PAGE = re.compile(r"/([jp])/[A-Za-z0-9]{1,12}/?$")
_EVENTS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),  # a proxy that collects answers lets events through
]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
Handler = Callable[[Request], Awaitable[Response]]
App = Callable[[Message, Receive, Send], Awaitable[None]]


class Classroom:
    """ASGI middleware: answers what is about rooms, below whatever base path, and passes on the rest."""

    def __init__(self, app: App, rooms: Rooms, catalogue: Catalogue) -> None:
        self._app, self._rooms = app, rooms
        self._guesses = Guesses()
        routes = Routes(rooms, catalogue)
        student, host = StudentRoutes(routes), HostRoutes(routes)
        rows: list[tuple[str, str, Handler]] = [
            ("POST", FOLDER, host.open),
            ("POST", f"{FOLDER}/pair", host.pair),
            ("GET", _OF, student.state),
            ("DELETE", _OF, host.end),
            ("POST", f"{_OF}/join", student.join),
            ("GET", f"{_OF}/mine", student.mine),
            ("POST", f"{_OF}/vote", student.vote),
            ("POST", f"{_OF}/commit", student.commit),
            ("POST", f"{_OF}/forget", student.forget),
            ("GET", f"{_OF}/questions", host.questions),
            ("POST", f"{_OF}/ask", host.ask),
            ("POST", f"{_OF}/stage", host.stage),
            ("POST", f"{_OF}/follow", host.follow),
            ("POST", f"{_OF}/position", host.position),
            ("POST", f"{_OF}/hands", host.hands),
            ("POST", f"{_OF}/admission", host.admission),
            ("DELETE", _OF + "/students/{handle}", host.remove),
            ("GET", f"{_OF}/results", host.results),
            ("POST", f"{_OF}/pair", host.pairing_code),
            ("POST", f"{_OF}/host", host.renew),
            ("GET", f"{_OF}/export.csv", host.export_csv),
            ("GET", f"{_OF}/export.json", host.export_json),
        ]
        self._router = Router(
            [Route(path, self._guarded(handler), methods=[method]) for method, path, handler in rows]
        )

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request about a room, or pass it on."""
        place = scope["path"].find(FOLDER) if scope["type"] == "http" else -1
        if place < 0:
            await self._pages_or_app(scope, receive, send)
            return
        path = scope["path"][place:]
        if scope["method"] == "GET" and path.endswith("/events"):
            await self._events(path, scope, receive, send)
        else:
            await self._router({**scope, "path": path, "root_path": ""}, receive, send)

    async def _pages_or_app(self, scope: Message, receive: Receive, send: Send) -> None:
        match = _PAGE.search(scope["path"]) if scope["type"] == "http" else None
        if match and scope["method"] in ("GET", "HEAD"):
            request = Request({**scope, "path_params": {"letter": match[1]}}, receive)
            await (await show_page(request))(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _guarded(self, handler: Handler) -> Handler:
        async def answer(request: Request) -> Response:
            try:
                if request.method != "GET":
                    check_origin(request)
                return await handler(request)
            except Refused as error:
                if error.status in (401, 403, 404):
                    await self._guesses.wait()
                return refusal(error)

        return answer

    async def _events(self, path: str, scope: Message, receive: Receive, send: Send) -> None:
        code = path.removesuffix("/events").rpartition("/")[2]
        try:
            live = await self._rooms.room(read_code(code))
            if live.listeners.is_full:
                raise Refused(503, "Too many listen to this room; ask from time to time.")
        except Refused as error:
            if error.status == 404:
                await self._guesses.wait()
            await refusal(error)(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": 200, "headers": _EVENTS})
        await live.listeners.stream(receive, send)
