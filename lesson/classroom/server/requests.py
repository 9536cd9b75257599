"""Reading requests and writing replies: tokens, bodies, origins, refusals."""

import asyncio
import json
import math
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from lesson.classroom.codes import hash_of
from lesson.classroom.refusals import Refused

LARGEST = 16_384  # bytes of a body
SECONDS = 10.0  # that a body may take to arrive
LARGEST_WHOLE = 2**53  # beyond, a number is not the same in every program
MOST_LEVELS = 8  # of objects and lists in each other
HEADERS = {"cache-control": "no-store", "x-content-type-options": "nosniff"}


PAUSE = 0.02  # seconds that a wrong code waits for each that waits already


class Guesses:
    """Slows those who guess: only failures wait, and a right code never does."""

    def __init__(self) -> None:
        self._waiting = 0

    async def wait(self) -> None:
        """Wait the longer the more others do; at most two seconds."""
        self._waiting += 1
        try:
            await asyncio.sleep(min(2.0, PAUSE * self._waiting))
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
        async with asyncio.timeout(SECONDS):
            data = await _bytes_of(request)
    except TimeoutError as error:
        raise Refused(408, "The request did not arrive in time.") from error
    except ClientDisconnect as error:
        raise Refused(408, "The request did not arrive whole.") from error
    body = _read(data)
    if not isinstance(body, dict):
        raise Refused(422, "Send a JSON object.")
    return body


def _read(data: bytes) -> object:
    """Return what JSON says, where every program reads it alike: Python takes more for JSON."""
    try:
        body = json.loads(
            data.decode(), parse_constant=_refuse, parse_float=_number, parse_int=_whole,
            object_pairs_hook=_table,
        )  # fmt: skip
        # A half of a pair that makes one letter would break whatever shows it later.
        json.dumps(body, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise Refused(
            422, "This is no JSON, or has numbers or letters that not every program reads."
        ) from error
    if not _is_flat(body, MOST_LEVELS):
        raise Refused(422, f"This has more than {MOST_LEVELS} levels.")
    return body


def _is_flat(value: object, levels: int) -> bool:
    """Return whether a value has no more levels than that."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return levels > 0 and all(_is_flat(each, levels - 1) for each in inside if isinstance(each, dict | list))


async def _bytes_of(request: Request) -> bytes:
    data = b""
    async for piece in request.stream():
        data += piece
        if len(data) > LARGEST:
            raise Refused(413, f"A request has at most {LARGEST:,} bytes.")
    return data


def _table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a table; of a name that stands twice some programs take the first, others the last."""
    table = dict(pairs)
    if len(table) < len(pairs):
        raise ValueError("a name stands twice")
    return table


def _refuse(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")


def _number(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _refuse(text)


def _whole(text: str) -> float:
    number = int(text)
    return number if abs(number) <= LARGEST_WHOLE else _refuse(text)


def token_of(request: Request) -> str:
    """Return the token that a request carries, "" if none."""
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
