"""What all routes need: the room that a request is about, and who asks."""

import asyncio

from starlette.requests import Request

from lesson.classroom.codes import hash_of, read_code
from lesson.classroom.question import Catalogue, Question
from lesson.classroom.refusals import Refused
from lesson.classroom.server.experiments import Experiments, Trainer
from lesson.classroom.server.live_room import LiveRoom
from lesson.classroom.server.requests import needed_token, token_of
from lesson.classroom.server.rooms import Rooms


class Routes:
    """The rooms and the questions of the course, as routes use them.

    catalogue: makes the questions when they are needed.  trainer: trains what a class wants to see trained.
    """

    def __init__(self, rooms: Rooms, catalogue: Catalogue, trainer: Trainer | None = None) -> None:
        self.rooms, self._catalogue = rooms, catalogue
        self.experiments = Experiments(rooms, trainer)
        self._questions: dict[str, Question] | None = None

    async def room(self, request: Request) -> LiveRoom:
        """Return the room of an address."""
        return await self.rooms.room(read_code(request.path_params["code"]))

    async def of_host(self, request: Request) -> LiveRoom:
        """Return the room of an address, for its lecturer."""
        live, secret = await self.room(request), needed_token(request)
        if secret not in live.room.hosts:
            await self.rooms.refresh(live)  # it may be new, and from another server
        if secret not in live.room.hosts:
            raise Refused(403, "This is not the secret of this room's lecturer.")
        return live

    async def of_student(self, request: Request) -> tuple[LiveRoom, str]:
        """Return the room of an address, and which of its students asks."""
        live, student = await self.room(request), needed_token(request)
        if student not in live.room.students:
            await self.rooms.refresh(live)  # they may have joined just now, through another server
        if student not in live.room.students:
            raise Refused(403, "This room does not know you; join it again.")
        live.unheard.discard(student)
        return live, student

    async def of_anybody(self, request: Request) -> LiveRoom:
        """Return the room of an address; a student who asks has been heard of."""
        live = await self.room(request)
        if token := token_of(request):
            live.unheard.discard(hash_of(token))
        return live

    async def questions(self) -> dict[str, Question]:
        """Return the course's questions by id; the first time made in a thread, for it takes a while."""
        if self._questions is None:
            rows = await asyncio.get_running_loop().run_in_executor(None, self._catalogue)
            self._questions = {question.id: question for question in rows}
        return self._questions
