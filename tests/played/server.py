"""The course's server for a lesson, with rooms of its own, which can be ended and started again."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.conftest import free_port
from tests.cluster.processes import ONE_THREAD, CourseServer


@contextmanager
def running_server(folder: Path, port: int = 0) -> Iterator[CourseServer]:
    """Yield a server that is ready.  folder: of its rooms and its log; port: 0 for a free one."""
    environment = {**ONE_THREAD, "COURSE_DATABASE": f"sqlite:///{folder / 'rooms.sqlite'}"}
    server = CourseServer(port or free_port(), environment, folder / "log")
    server.start()
    try:
        server.wait()
        yield server
    finally:
        server.end()
