"""The course with one question of each other kind in it, and a small plan that asks them: for tests.

Run as the launcher is, it serves every page; its experiments train nothing.
"""

from typing import Any

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
from tests.browser.class_away import Away
from tests.browser.class_samples import SAMPLES, SampleTrainer

MINUTES = 12
_ITEMS = ["keep", "hide", "other_keep"]


def _stop(kind: str, does: str, asks: list[str], page: str, query: str, **more: str) -> dict[str, Any]:
    free = f"{query}&ask=none"
    return {
        "minutes": 2, "kind": kind, "does": does, "watch": "They say why.", "asks": asks, "test": "",
        "challenge": "", "page": page, "query": f"{query}&ask={asks[0]}", "free_query": free, **more,
    }  # fmt: skip


STOPS = [
    _stop("test", "A test of three items.", _ITEMS, "gates", "part=One+step", test="before"),
    _stop(
        "challenge", "Solve Keep, then choose two biases.", ["sweep_keep"], "gates",
        "part=Challenges&challenge=keep", challenge="gates/keep",
    ),
    _stop("prediction", "Everybody computes with own numbers.", ["other_keep"], "gates", "part=One+step"),
    _stop("prediction", "Estimate the half-life.", ["number_half"], "gates", "part=Over+time"),
    _stop("prediction", "Train thirty networks.", ["seeds_recall"], "gradients", "view=The+race"),
    _stop("test", "The same test once more.", _ITEMS, "gates", "part=One+step", test="after"),
]  # fmt: skip

part.plans = lambda: {str(MINUTES): STOPS, **plans()}
rooms = Rooms(Log())
health = Health(Draining(), is_away=lambda: rooms.log.is_away)
front = in_front(
    health,
    answers,
    Middleware(Away, rooms=rooms),
    Middleware(Classroom, rooms=rooms, catalogue=lambda: [*catalogue(), *SAMPLES], trainer=SampleTrainer()),
)
app = st.App(
    ROOT / "lesson" / "server" / "script.py", middleware=front, lifespan=lifespan(prepare, rooms, health)
)
