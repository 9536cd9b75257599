"""Reading requests and writing replies: tokens, bodies, origins, refusals."""

import asyncio
import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from lesson.classroom.codes import hash_of
from lesson.classroom.refusals import Refused

LARGEST = 16_384  # bytes of a body
SECONDS = 10.0  # that a body may take to arrive
HEADERS = {"cache-control": "no-store", "x-content-type-options": "nosniff"}


class Guesses:
    """Slows those who guess: only failures wait, and a right code never does."""

    def __init__(self) -> None:
        self._waiting = 0

    async def wait(self) -> None:
        """Wait the longer the more others do; at most two seconds."""
        self._waiting += 1
        try:
            await asyncio.sleep(min(2.0, 0.02 * self._waiting))
        finally:
            self._waiting -= 1


def check_origin(request: Request) -> None:
    """Refuse what a browser sends from another site's page."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        if site not in ("same-origin", "none"):
            raise Refused(403, "This comes from another site.")
    elif origin is not None and origin.partition("://")[2] != request.headers.get("host"):
        raise Refused(403, "This comes from another site.")


async def body_of(request: Request) -> dict[str, Any]:
    """Return a request's body: a JSON object of at most 16 kB."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise Refused(415, "Send JSON, with content-type: application/json.")
    try:
        data = await asyncio.wait_for(_bytes_of(request), SECONDS)
    except TimeoutError as error:
        raise Refused(408, "The request did not arrive in time.") from error
    try:
        body = json.loads(data, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Refused(422, "This is no JSON.") from error
    if not isinstance(body, dict):
        raise Refused(422, "Send a JSON object.")
    return body


async def _bytes_of(request: Request) -> bytes:
    data = b""
    async for piece in request.stream():
        data += piece
        if len(data) > LARGEST:
            raise Refused(413, f"A request has at most {LARGEST:,} bytes.")
    return data


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")


def token_of(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def needed_token(request: Request) -> str:
    """Return the hash of the token that a request carries."""
    if not (token := token_of(request)):
        raise Refused(401, "Send your token: Authorization: Bearer …")
    return hash_of(token)


def reply(value: object, status: int = 200) -> Response:
    """Return a JSON reply that nobody stores."""
    return JSONResponse(value, status, headers=HEADERS)


def refusal(error: Refused) -> Response:
    """Return the reply to what is not carried out."""
    headers = {**HEADERS, "retry-after": "1"} if error.status == 503 else HEADERS
    if error.status == 401:
        headers = {**headers, "www-authenticate": "Bearer"}
    return JSONResponse({"error": error.sentence}, error.status, headers=headers)
