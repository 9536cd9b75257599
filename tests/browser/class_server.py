"""A server of rooms alone, for tests: the course's questions, and one of each other kind."""

from starlette.responses import PlainTextResponse

import lesson.frame.class_bar  # noqa: F401  it offers the bar's script
from lesson.catalogue import catalogue
from lesson.classroom.question import NUMBER, Question, Scale
from lesson.classroom.server.http import Classroom
from lesson.classroom.server.rooms import Rooms
from lesson.classroom.storage.log import Log
from lesson.server.scripts import Scripts
from tests.browser.class_samples import SAMPLES, SampleTrainer

NUMBER_QUESTION = Question(
    "parameters", "How many parameters has an LSTM with 64 units?", kind=NUMBER, right=35579.0,
    reply="It has four blocks, and an output layer.", scale=Scale(100, 1e7, True), page="Gates", link="gates",
)  # fmt: skip


async def health(scope, receive, send):
    await PlainTextResponse("ok")(scope, receive, send)


QUESTIONS = [NUMBER_QUESTION, *SAMPLES]
app = Scripts(Classroom(health, Rooms(Log()), lambda: [*catalogue(), *QUESTIONS], SampleTrainer()))
