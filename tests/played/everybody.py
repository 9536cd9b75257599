"""A lecturer with two screens, eight students in browsers of their own, and others by plain HTTP."""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Browser, Page

from lesson.catalogue import catalogue
from lesson.classroom.question import Question
from tests.browser.class_room import ClassRoom, call
from tests.played.answers import Answer, answer_of
from tests.played.people import (
    CourseStudent,
    KeyboardStudent,
    Lecturer,
    Person,
    PhoneStudent,
    Student,
    words_of,
)

LATE, CUT_OFF = "comes late", "cut off"
_TOUCH = {"is_mobile": True, "has_touch": True}


class Script:
    """A student of whom there is no screen: a program of their own asks the room's interface."""

    def __init__(self, room: ClassRoom, number: int) -> None:
        self.name = f"script {number}"
        self.answers: dict[tuple[str, int], Answer] = {}
        self._room = room
        (self._own,) = room.join(1)
        self.seat: int = self.own()["seat"]

    def own(self) -> dict[str, Any]:
        """Return what the room says is theirs."""
        token = self._own["token"]
        return dict(call(self._room.address, "GET", f"/{self._room.code}/mine", token=token))

    def give(self, asking: dict[str, Any], answer: Answer) -> None:
        """Answer the question that is open."""
        self._room.vote([answer], [self._own])


class Everybody:
    """All who are in class.  address: of the course; others: how many have no screen."""

    def __init__(self, browser: Browser, address: str, others: int) -> None:
        self.address, self._others = address, others
        self.lecturer = Lecturer(browser, "private screen", 1280, 720)
        self._outside: list[Student] = [
            PhoneStudent(browser, "phone 1", 360, 640, **_TOUCH),
            PhoneStudent(browser, "phone 2", 390, 844, **_TOUCH),
            PhoneStudent(browser, "phone 3, dark", 412, 915, color_scheme="dark", **_TOUCH),
            KeyboardStudent(browser, "keyboard alone", 1280, 720),
            CourseStudent(browser, "laptop at 200 %", 640, 360, device_scale_factor=2),
            CourseStudent(browser, "reduced motion", 1280, 800, reduced_motion="reduce"),
            PhoneStudent(browser, CUT_OFF, 820, 1180),
            PhoneStudent(browser, LATE, 360, 740, **_TOUCH),
        ]
        self.questions: dict[str, Question] = {question.id: question for question in catalogue()}
        self.students: list[Student] = []
        self.scripts: list[Script] = []
        self.room: ClassRoom

    def close(self) -> None:
        """Close all browsers' windows."""
        for person in [self.lecturer, *self.students, *self._outside]:
            person.context.close()

    def named(self, name: str) -> Student:
        """Return a student by name."""
        return next(student for student in [*self.students, *self._outside] if student.name == name)

    def open(self) -> None:
        """Let the lecturer open a room and its projector."""
        self.room = ClassRoom(self.address, *self.lecturer.open_room(self.address))

    def come_in(self) -> Iterator[Student]:
        """Let those come in who are in time, one after the other."""
        for student in [student for student in self._outside if student.name != LATE]:
            yield self.join(student.name)
        self.scripts = [Script(self.room, number + 1) for number in range(self._others)]

    def join(self, name: str) -> Student:
        """Let a student come in."""
        student = self.named(name)
        student.join(self.address, self.room.code)
        student.seat = self.own_of(student)["seat"]
        self._outside.remove(student)
        self.students.append(student)
        return student

    def own_of(self, student: Student | Script) -> dict[str, Any]:
        """Return what the room says is a student's."""
        return student.own() if isinstance(student, Script) else student.own(self.address, self.room.code)

    @property
    def all(self) -> list[Student | Script]:
        """All students."""
        return [*self.students, *self.scripts]

    @property
    def state(self) -> dict[str, Any]:
        """What the room tells everybody."""
        return dict(self.room.state)

    def question_of(self, asking: dict[str, Any]) -> Question:
        """Return the question that is asked."""
        return self.questions[asking["question"]]

    def choose(self, student: Student | Script, asking: dict[str, Any]) -> Answer:
        """Return what a student answers, and remember it as theirs."""
        part = (asking.get("test") or {}).get("part", "")
        id, round = asking["id"], asking["round"]
        answer = answer_of(self.question_of(asking), student.seat, id, round, part)
        student.answers[id, round] = answer
        return answer

    def answer(self, student: Student | Script, asking: dict[str, Any]) -> Answer:
        """Let a student answer the question that is open."""
        answer, question = self.choose(student, asking), self.question_of(asking)
        if isinstance(student, Script):
            student.give(asking, answer)
        else:
            student.give(question, answer, words_of(question, answer))
        return answer

    def answers(self, asking: dict[str, Any], round: int = 0) -> dict[int, Answer]:
        """Return what was answered in a round of an asking, by seat; 0: in the present one."""
        key = asking["id"], round or asking["round"]
        return {each.seat: each.answers[key] for each in self.all if key in each.answers}

    def pages(self) -> dict[str, Page]:
        """Return all screens by the names of who looks at them."""
        return {
            "private screen": self.lecturer.page,
            "projector": self.lecturer.projector,
            **{student.name: student.page for student in self.students},
        }

    def people(self) -> list[Person]:
        """Return all who have a screen."""
        return [self.lecturer, *self.students]
