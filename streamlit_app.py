"""The launcher: the course as a server, with the guard and the answers in front; run as a plain script, the
same course."""

from pathlib import Path

import streamlit as st

if __name__ == "__main__":  # a host that runs scripts and knows no st.App, or a test
    from lesson.server.script import show

    show()
else:
    import os

    # Before NumPy is imported: the products of a page are small and gain nothing by a second thread, which
    # then waits for the next one on a core of its own.
    for library in ("OPENBLAS", "MKL", "OMP"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")

    from starlette.middleware import Middleware

    from lesson.answers import answers
    from lesson.catalogue import catalogue
    from lesson.classroom.server.http import Classroom
    from lesson.classroom.server.rooms import Rooms
    from lesson.classroom.storage.log import Log
    from lesson.networks import Trainer
    from lesson.server.draining import Draining, seconds_to_drain
    from lesson.server.heads import bound_heads
    from lesson.server.health import Health
    from lesson.server.in_front import in_front
    from lesson.server.lifespan import lifespan
    from lesson.warm_up import prepare

    bound_heads()
    script = Path(__file__).parent / "lesson" / "server" / "script.py"
    rooms = Rooms(Log())
    health = Health(Draining(seconds_to_drain()), is_away=lambda: rooms.log.is_away)
    front = in_front(
        health,
        answers,
        Middleware(Classroom, rooms=rooms, catalogue=catalogue, trainer=Trainer()),
    )
    app = st.App(script, middleware=front, lifespan=lifespan(prepare, rooms, health))
