"""The code of large components by plain HTTP, beside Streamlit, below whatever base path:

GET /scripts/cell/cell.js
"""

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from lesson.frame.web_files import offered_script, reply

FOLDER = "/scripts/"


class Scripts:
    """ASGI middleware; one for the whole server."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
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
