"""Every route of the rooms, as somebody would use it who has read the interface: a good request for each."""

from typing import NamedTuple

HOST, STUDENT, NOBODY = "host", "student", "nobody"


class Route(NamedTuple):
    """A method and an address behind /api/rooms, whose token it needs, and a body that is taken."""

    method: str
    path: str
    whose: str = NOBODY
    body: dict | None = None


_STAGE = {"asking": "1", "stage": "talk", "round": 1, "after": 3, "bars": True, "seconds": 60}
_ASK = {"question": "second", "after": 3, "plan": {"minutes": 45, "stop": 1}}
_HANDS = {"asking": "1", "round": 1, "answer": "keeps", "count": 1}
ROUTES = {
    "open": Route("POST", "", body={}),
    "pair": Route("POST", "/pair", body={"once": "ACDEFGHJ"}),
    "state": Route("GET", "/CODE"),
    "events": Route("GET", "/CODE/events"),
    "QR code": Route("GET", "/CODE/qr.svg?address=http://course/j/CODE"),
    "address": Route("GET", "/CODE/address"),
    "picture": Route("GET", "/CODE/picture/1"),
    "runs": Route("GET", "/CODE/runs/1"),
    "network": Route("GET", "/CODE/network/1?seed=1"),
    "join": Route("POST", "/CODE/join", body={}),
    "mine": Route("GET", "/CODE/mine", STUDENT),
    "vote": Route("POST", "/CODE/vote", STUDENT, {"asking": "1", "round": 1, "answer": "adds", "n": 5}),
    "commit": Route("POST", "/CODE/commit", STUDENT, {"kind": "x", "value": 1, "n": 5, "asking": "1"}),
    "forget": Route("POST", "/CODE/forget", STUDENT, {}),
    "questions": Route("GET", "/CODE/questions", HOST),
    "ask": Route("POST", "/CODE/ask", HOST, _ASK),
    "stage": Route("POST", "/CODE/stage", HOST, _STAGE),
    "follow": Route("POST", "/CODE/follow", HOST, {"page": "gates", "query": "f=1", "after": 3}),
    "position": Route("POST", "/CODE/position", HOST, {"position": {"f": "1"}}),
    "hands": Route("POST", "/CODE/hands", HOST, _HANDS),
    "admission": Route("POST", "/CODE/admission", HOST, {"open": True}),
    "remove": Route("DELETE", "/CODE/students/no body", HOST),
    "results": Route("GET", "/CODE/results", HOST),
    "pairing code": Route("POST", "/CODE/pair", HOST, {}),
    "renew": Route("POST", "/CODE/host", HOST, {}),
    "CSV": Route("GET", "/CODE/export.csv", HOST),
    "JSON": Route("GET", "/CODE/export.json", HOST),
    "end": Route("DELETE", "/CODE", HOST),
}
POSTS = {name: route for name, route in ROUTES.items() if route.method == "POST"}
FORMS = {name: route for name, route in POSTS.items() if route.body}
_CAPITALS = {"students/no body": "students/HANDLE", "/1": "/ASKING"}


def pattern_of(route):
    """The row of the server's table that a route is."""
    pattern = route.path.partition("?")[0].removeprefix("/")
    for literal, capitals in _CAPITALS.items():
        pattern = pattern.replace(literal, capitals)
    return pattern
