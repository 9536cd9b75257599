"""A database of rooms that a test can take away: what a server does without it, as browsers see it."""

from starlette.responses import JSONResponse, Response


class Away:
    """ASGI middleware before the rooms.  POST /test/away and /test/back take their database away and bring it
    back; meanwhile the room is as it was, and what would be stored is refused with 503."""

    def __init__(self, app, rooms):
        self._app, self._rooms, self._is_away = app, rooms, False

    async def __call__(self, scope, receive, send):
        app = self._app
        if scope["type"] == "http" and scope["path"] in ("/test/away", "/test/back"):
            self._is_away = scope["path"] == "/test/away"
            for live in self._rooms._live.values():
                live.listeners.tell_away(self._is_away)
            app = Response(status_code=204)
        elif scope["type"] == "http" and self._is_away and scope["method"] != "GET":
            app = JSONResponse({"error": "The server has much to store."}, 503, {"retry-after": "1"})
        await app(scope, receive, send)
