"""The pages without Streamlit: the phone's and the projector's, each one file with all it needs."""

import asyncio
import base64
import hashlib

from rcssmin import cssmin  # type: ignore[import-untyped]
from starlette.requests import Request
from starlette.responses import Response

from lesson.classroom.pages.shorter import shorter, shorter_style
from lesson.frame.files import asset, script
from lesson.frame.memo import memo
from lesson.frame.web_files import WebFile, reply, web_file

PHONE, PROJECTOR = "phone", "projector"
BY_LETTER = {"j": PHONE, "p": PROJECTOR}  # in the address: /j/CODE joins, /p/CODE projects
_STYLE, _SCRIPT = "<!-- style -->", "<!-- script -->"


@memo(entries=2)
def page(name: str) -> WebFile:
    """Return the page of assets/classroom/NAME/, its style and its script in one; made once."""
    code = script(f"classroom/{name}/{name}.js")
    style = cssmin(asset(f"classroom/{name}/{name}.css"))
    if name == PHONE:  # three hundred load it at a time; there is one projector
        code, style = shorter(code), shorter_style(style, code)
    html = asset(f"classroom/{name}/{name}.html").replace(">\n<", "><")
    html = html.replace(_STYLE, f"<style>{style}</style>")
    html = html.replace(_SCRIPT, f'<script type="module">{code}</script>')
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; connect-src 'self'; "
        "img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )
    return web_file(html, "text/html; charset=utf-8", policy)


async def show_page(request: Request, letter: str) -> Response:
    """Answer a request for /j/CODE or /p/CODE; the script looks whether there is such a room."""
    # Made in a thread: a quarter of a second of everybody's event loop, when the first one of a class comes.
    document = await asyncio.to_thread(page, BY_LETTER[letter])
    return reply(request, document)
