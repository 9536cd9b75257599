"""The rooms over HTTP: the interface that pages, tests and other people's scripts use.

    /api/rooms…              JSON: student_routes.py and host_routes.py
    /api/rooms/CODE/qr.svg   the way in as a picture: joining.py
    /api/rooms/CODE/events   the public state, and what changes of it, as server-sent events
    /j/CODE, /p/CODE         the phone's page and the projector's

Errors are one sentence: {"error": …}.
"""

import re
from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request

from lesson.classroom.pages.pages import show_page
from lesson.classroom.question import Catalogue
from lesson.classroom.refusals import Refused
from lesson.classroom.server.experiments import Trainer
from lesson.classroom.server.host_routes import HostRoutes
from lesson.classroom.server.joining import JoiningRoutes
from lesson.classroom.server.listeners import App, Message, Receive, Send
from lesson.classroom.server.requests import Guesses, check_origin, refusal
from lesson.classroom.server.rooms import BUSY, Rooms
from lesson.classroom.server.routes import Routes
from lesson.classroom.server.student_routes import StudentRoutes
from lesson.classroom.storage.pending import LogError

FOLDER = "/api/rooms"
_PAGE = re.compile(r"/([jp])(?:/[\w -]{0,20})?/?$")  # without a code it asks for one
_LAST = {
    "students": "handle",
    "picture": "asking",
    "runs": "asking",
    "network": "asking",
}  # names behind a code that have a third part, and what that is
Handler = Callable[[Request], Awaitable[App]]
# An address behind FOLDER: its pattern, as "CODE/join", and what stands there for words in capitals.
Place = tuple[str, Mapping[str, str]]


class Classroom:
    """ASGI middleware: answers what is about rooms, below whatever base path, and passes on the rest."""

    def __init__(self, app: App, rooms: Rooms, catalogue: Catalogue, trainer: Trainer | None = None) -> None:
        self._app = app
        self._guesses = Guesses()
        routes = Routes(rooms, catalogue, trainer)
        student, host = StudentRoutes(routes), HostRoutes(routes)
        joining = JoiningRoutes(routes)
        self._table: Mapping[str, Mapping[str, Handler]] = {
            "": {"POST": host.open},
            "pair": {"POST": host.pair},
            "CODE": {"GET": student.state, "DELETE": host.end},
            "CODE/events": {"GET": student.events},
            "CODE/qr.svg": {"GET": joining.qr_code},
            "CODE/address": {"GET": joining.address},
            "CODE/picture/ASKING": {"GET": student.picture},
            "CODE/runs/ASKING": {"GET": student.runs},
            "CODE/network/ASKING": {"GET": student.network},
            "CODE/join": {"POST": student.join},
            "CODE/mine": {"GET": student.mine},
            "CODE/vote": {"POST": student.vote},
            "CODE/commit": {"POST": student.commit},
            "CODE/forget": {"POST": student.forget},
            "CODE/questions": {"GET": host.questions},
            "CODE/ask": {"POST": host.ask},
            "CODE/stage": {"POST": host.stage},
            "CODE/follow": {"POST": host.follow},
            "CODE/position": {"POST": host.position},
            "CODE/hands": {"POST": host.hands},
            "CODE/admission": {"POST": host.admission},
            "CODE/students/HANDLE": {"DELETE": host.remove},
            "CODE/results": {"GET": host.results},
            "CODE/pair": {"POST": host.pairing_code},
            "CODE/host": {"POST": host.renew},
            "CODE/export.csv": {"GET": host.export_csv},
            "CODE/export.json": {"GET": host.export_json},
        }

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request about a room, or pass it on."""
        app = self._app
        if scope["type"] == "http":
            path: str = scope["path"]
            _, folder, rest = path.partition(FOLDER)
            if folder and rest[:1] in ("", "/"):
                app = await self._answer(rest, scope, receive)
            elif (match := _PAGE.search(path)) and scope["method"] in ("GET", "HEAD"):
                app = await show_page(Request(scope, receive), match[1])
        await app(scope, receive, send)

    async def _answer(self, path: str, scope: Message, receive: Receive) -> App:
        pattern, parameters = _place(path)
        request = Request({**scope, "path_params": parameters}, receive)
        try:
            if (handlers := self._table.get(pattern)) is None:
                raise Refused(404, "There is nothing at this address.")
            if (handler := handlers.get(request.method)) is None:
                raise Refused(405, f"Ask here by {' or '.join(handlers)}.")
            if request.method != "GET":
                check_origin(request)
            return await handler(request)
        except LogError:
            return refusal(Refused(503, BUSY))
        except Refused as error:
            if error.status in (401, 403, 404):
                await self._guesses.wait()
            return refusal(error)


def _place(path: str) -> Place:
    match path.split("/")[1:]:
        case []:
            return "", {}
        case ["pair"]:
            return "pair", {}
        case [code]:
            return "CODE", {"code": code}
        case [code, name]:
            return f"CODE/{name}", {"code": code}
        case [code, name, last] if name in _LAST:
            return f"CODE/{name}/{_LAST[name].upper()}", {"code": code, _LAST[name]: last}
    return "?", {}
