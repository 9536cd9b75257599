"""The server's own way from a socket to an application, in this process: uvicorn without Streamlit."""

import asyncio
import socket
from contextlib import asynccontextmanager, suppress

from uvicorn import Config
from uvicorn.server import ServerState

from lesson.server.heads import with_bounds

LIMIT = 10.0  # seconds against hanging
REST = 1  # seconds that a connection may rest between two requests


class Client:
    """A connection that says what nobody should."""

    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer

    async def say(self, data):
        """Send bytes; whoever has closed the connection is told nothing."""
        self.writer.write(data)
        with suppress(ConnectionError):
            await self.writer.drain()

    async def hear(self):
        """All that comes until the server closes the connection."""
        try:
            return await asyncio.wait_for(self.reader.read(), LIMIT)
        except ConnectionError:
            return b""

    async def hear_reply(self):
        """Status and body of one reply."""
        head = await asyncio.wait_for(self.reader.readuntil(b"\r\n\r\n"), LIMIT)
        length = head.lower().partition(b"content-length:")[2].split(b"\r\n")[0]
        body = await asyncio.wait_for(self.reader.readexactly(int(length or 0)), LIMIT)
        return int(head.split()[1]), body

    def leave(self):
        self.writer.transport.abort()


class Door:
    """A server of an application, and clients that come to it."""

    def __init__(self, port):
        self.port, self._clients = port, []

    async def client(self):
        client = Client(*await asyncio.open_connection("127.0.0.1", self.port))
        self._clients.append(client)
        return client

    async def hear_of(self, data):
        """Send bytes over a connection of their own; all that comes back until it is closed."""
        client = await self.client()
        await client.say(data)
        return await client.hear()

    async def ask(self, path):
        """Ask as everybody does."""
        client = await self.client()
        await client.say(f"GET {path} HTTP/1.1\r\nHost: course\r\n\r\n".encode())
        reply = await client.hear_reply()
        client.leave()
        return reply

    def leave(self):
        for client in self._clients:
            client.leave()


@asynccontextmanager
async def serving(app):
    """An application behind the protocol that the course's server has."""
    config = Config(app, log_level="critical", lifespan="off", timeout_keep_alive=REST)
    config.load()
    state, protocol = ServerState(), with_bounds()
    listening = socket.create_server(("127.0.0.1", 0), backlog=2_048)
    server = await asyncio.get_running_loop().create_server(
        lambda: protocol(config=config, server_state=state, app_state={}), sock=listening
    )
    door = Door(listening.getsockname()[1])
    try:
        yield door
    finally:
        door.leave()
        server.close()
        for task in list(state.tasks):
            task.cancel()
        await asyncio.gather(*state.tasks, return_exceptions=True)
