"""How phones find a room: its QR code, and the address at which they reach a server that runs on a laptop."""

import asyncio
import io
import ipaddress
import re
import socket
from functools import lru_cache

import segno
from starlette.requests import Request
from starlette.responses import Response

from lesson.classroom.refusals import Refused
from lesson.classroom.server.requests import HEADERS, reply
from lesson.classroom.server.routes import Routes

LONGEST_ADDRESS = 200
QUIET_ZONE = 4  # modules around the code, as its standard demands
# Plain letters, no name and password, no query: where a lecturer's browser leads is where phones are led.
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]+(?:/[A-Za-z0-9._~%\-]+)*/j/(?P<code>[A-Z0-9]+)")
_PORT = re.compile(r":\d{1,5}$")
# Nobody is asked here: an address for documentation, by which the system says which way it would take.
_ELSEWHERE = ("192.0.2.1", 9)


class JoiningRoutes:
    """The routes by which the lecturer's screens show how to join; they need no secret."""

    def __init__(self, routes: Routes) -> None:
        self._routes = routes

    async def qr_code(self, request: Request) -> Response:
        """Return the QR code of an address of this room's page for phones."""
        live = await self._routes.room(request)
        address = request.query_params.get("address", "")
        match = _ADDRESS.fullmatch(address)
        if len(address) > LONGEST_ADDRESS or match is None or match["code"] != live.code:
            raise Refused(422, f"The address has to end in /j/{live.code}, and to begin with http.")
        svg = await asyncio.get_running_loop().run_in_executor(None, qr_svg, address)
        return Response(svg, media_type="image/svg+xml", headers=HEADERS)

    async def address(self, request: Request) -> Response:
        """Return host and port by which phones reach this server, as far as it knows."""
        await self._routes.room(request)
        host = request.headers.get("host", "")
        name, _, port = host.rpartition(":") if _PORT.search(host) else (host, "", "")
        if _is_loopback(name.strip("[]")) and _is_at_this_machine(request):
            own = await asyncio.get_running_loop().run_in_executor(None, network_address)
            host = f"{own}:{port}".rstrip(":") if own else host
        return reply({"host": host})


def _is_at_this_machine(request: Request) -> bool:
    """Return whether the browser and the server are one machine: nobody else is told of its network."""
    is_passed_on = "x-forwarded-for" in request.headers or "forwarded" in request.headers
    return request.client is not None and _is_loopback(request.client.host) and not is_passed_on


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@lru_cache(maxsize=64)
def qr_svg(address: str) -> bytes:
    """Return the QR code of an address as an SVG, dark on light in every theme, for cameras need it so."""
    file = io.BytesIO()
    code = segno.make_qr(address, error="m")
    code.save(
        file, kind="svg", border=QUIET_ZONE, dark="#000", light="#fff", omitsize=True, xmldecl=False, nl=False
    )
    return file.getvalue()


def network_address() -> str:
    """Return this machine's address in its network, "" if there is none.  Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_ELSEWHERE)
            addresses = [probe.getsockname()[0]]
        except OSError:  # a room's network without a way out
            addresses = _own_addresses()
    return next((address for address in addresses if not _is_loopback(address)), "")


def _own_addresses() -> list[str]:
    try:
        return socket.gethostbyname_ex(socket.gethostname())[2]
    except OSError:
        return []
