"""The pages without Streamlit: the phone's and the projector's, each one file with all it needs.

And the script of the bar, which the course's pages load in a browser that has joined a class.
"""

import asyncio
import base64
import gzip
import hashlib
import json
from typing import NamedTuple

from rcssmin import cssmin  # type: ignore[import-untyped]
from starlette.requests import Request
from starlette.responses import Response

from lesson.classroom.pages.shorter import shorter
from lesson.frame.files import asset, script
from lesson.frame.memo import memo

PHONE, PROJECTOR = "phone", "projector"
BY_LETTER = {"j": PHONE, "p": PROJECTOR}  # in the address: /j/CODE joins, /p/CODE projects
_STYLE, _SCRIPT = "<!-- style -->", "<!-- script -->"


class Page(NamedTuple):
    """A page, or a script, as it travels.  policy: what it may load, as a browser enforces it."""

    html: bytes
    packed: bytes
    tag: str
    policy: str = ""


def _file(text: str, policy: str = "") -> Page:
    data = text.encode()
    return Page(data, gzip.compress(data, mtime=0), hashlib.sha256(data).hexdigest()[:16], policy)


@memo(entries=2)
def page(name: str) -> Page:
    """Return the page of assets/classroom/NAME/, its style and its script in one; made once."""
    code = script(f"classroom/{name}/{name}.js")
    if name == PHONE:  # three hundred load it at a time; there is one projector
        code = shorter(code)
    html = asset(f"classroom/{name}/{name}.html").replace(">\n<", "><")
    html = html.replace(_STYLE, f"<style>{cssmin(asset(f'classroom/{name}/{name}.css'))}</style>")
    html = html.replace(_SCRIPT, f'<script type="module">{code}</script>')
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; connect-src 'self'; "
        "img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )
    return _file(html, policy)


@memo()
def bar() -> Page:
    """Return the bar's script, a module that exports its look, too; made once."""
    look = json.dumps(asset("classroom/bar/bar.css"))
    return _file(f"{script('classroom/bar/bar.js')}\nexport const look = {look}\n")


async def show_page(request: Request, letter: str) -> Response:
    """Answer a request for /j/CODE or /p/CODE; the script looks whether there is such a room."""
    # Made in a thread: a quarter of a second of everybody's event loop, when the first one of a class comes.
    document = await asyncio.to_thread(page, BY_LETTER[letter])
    return _sent(request, document, "text/html; charset=utf-8")


async def show_bar(request: Request) -> Response:
    """Answer a request for the bar's script."""
    return _sent(request, bar(), "text/javascript; charset=utf-8")


def _sent(request: Request, file: Page, kind: str) -> Response:
    headers = {
        "cache-control": "no-cache",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "etag": f'"{file.tag}"',
    }
    if file.policy:
        headers["content-security-policy"] = file.policy
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    body = file.html
    if "gzip" in request.headers.get("accept-encoding", ""):
        body = file.packed
        headers["content-encoding"] = "gzip"
    return Response(body, media_type=kind, headers=headers)
