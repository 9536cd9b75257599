"""The code of large components by plain HTTP, beside Streamlit, below whatever base path:

GET /scripts/cell/cell.js
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from lesson.frame.web_files import offered_script, reply

Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
App = Callable[[Event, Receive, Send], Awaitable[None]]

FOLDER = "/scripts/"


class Scripts:
    """ASGI middleware; one for the whole server."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Event, receive: Receive, send: Send) -> None:
        """Answer a request for a script, or pass anything else on."""
        app = self._app
        if scope["type"] == "http" and FOLDER in scope["path"]:
            request = Request(scope, receive)
            # In a thread: the first time it is joined and packed, for some milliseconds.
            file = await asyncio.to_thread(offered_script, scope["path"].rpartition(FOLDER)[2])
            if request.method not in ("GET", "HEAD"):
                app = JSONResponse({"error": "Ask by GET."}, 405)
            elif file is None:
                app = JSONResponse({"error": "There is no such script; reload the page."}, 404)
            else:
                app = reply(request, file)
        await app(scope, receive, send)
