"""Files that a browser loads by plain HTTP: packed once for all, and kept by the browser.

The code of large components is among them.  Streamlit would send it through each visitor's socket, unpacked,
at each visit; by an address of its own it travels at a third of its size, once a version.
"""

import gzip
import hashlib
import json
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from lesson.frame.files import script
from lesson.frame.memo import memo
from lesson.frame.version import VERSION, version

SCRIPT = "text/javascript; charset=utf-8"
_YEAR = "private, max-age=31536000, immutable"


class WebFile(NamedTuple):
    """A file as it travels: its content, packed, a short text that is another for any other content.

    kind: its media type.  policy: what it may load, as a browser enforces it.
    """

    content: bytes
    packed: bytes
    tag: str
    kind: str
    policy: str = ""


def web_file(text: str, kind: str, policy: str = "") -> WebFile:
    """Return a text as a file that travels."""
    data = text.encode()
    return WebFile(data, gzip.compress(data, mtime=0), hashlib.sha256(data).hexdigest()[:16], kind, policy)


def reply(request: Request, file: WebFile) -> Response:
    """Return the answer to a request for a file; a script of this version is not asked for again."""
    is_lasting = file.kind == SCRIPT and request.query_params.get(VERSION) == version()
    headers = {
        "cache-control": _YEAR if is_lasting else "no-cache",
        "referrer-policy": "no-referrer",
        "vary": "accept-encoding",
        "x-content-type-options": "nosniff",
        "etag": f'"{file.tag}"',
    }
    if file.policy:
        headers["content-security-policy"] = file.policy
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    body = file.content
    if "gzip" in request.headers.get("accept-encoding", ""):
        body = file.packed
        headers["content-encoding"] = "gzip"
    return Response(body, media_type=file.kind, headers=headers)


_OFFERED: dict[str, object] = {}  # by path, the look that a module exports


def offer_script(path: str, look: object = None) -> None:
    """Let browsers load a module of assets/, such as `cell/cell.js`, with all that it imports.

    look: what the module exports by this name besides; JSON.
    """
    _OFFERED[path] = look


def offered_scripts() -> list[str]:
    """Return the paths of all modules that browsers may load."""
    return list(_OFFERED)


def offered_script(path: str) -> WebFile | None:
    """Return a module that browsers may load, None if there is none of this path."""
    return _script(path) if path in _OFFERED else None


@memo(entries=64)
def _script(path: str) -> WebFile:
    return web_file(f"{script(path)}\nexport const look = {json.dumps(_OFFERED[path])}\n", SCRIPT)
