"""The course with a lesson of six stops that asks two questions of its pages, each in two votes: for tests.

Run as the launcher is.
"""

from dataclasses import replace

import streamlit as st
from starlette.middleware import Middleware

from lesson.answers import answers
from lesson.catalogue import catalogue
from lesson.class_page import part
from lesson.class_page.plans import plans
from lesson.classroom.server.http import Classroom
from lesson.classroom.server.rooms import Rooms
from lesson.classroom.storage.log import Log
from lesson.frame.files import ROOT
from lesson.server.draining import Draining
from lesson.server.health import Health
from lesson.server.in_front import in_front
from lesson.server.lifespan import lifespan
from lesson.warm_up import prepare

MINUTES = 90


def stops():
    """The first stops of a plan that are neither a test nor train networks, with their pages' questions."""
    rows = [row for row in plans()[str(MINUTES)] if not row["test"] and "seeds_recall" not in row["asks"]]
    return [row | {"asks": [id for id in ("keep", "three") if f"ask={id}" in row["query"]]} for row in rows][
        :6
    ]


part.plans = lambda: {**plans(), str(MINUTES): stops()}
rooms = Rooms(Log())
health = Health(Draining(), is_away=lambda: rooms.log.is_away)
front = in_front(
    health,
    answers,
    # Nothing is asked again with other numbers: other tests do that.
    Middleware(Classroom, rooms=rooms, catalogue=lambda: [replace(each, again="") for each in catalogue()]),
)
app = st.App(
    ROOT / "lesson" / "server" / "script.py", middleware=front, lifespan=lifespan(prepare, rooms, health)
)
