"""After the lesson: what they have learned, the files that the lecturer takes away, the end of the room."""

import csv
import io
import re
from collections import Counter
from typing import Any

from playwright.sync_api import expect

from lesson.classroom.gain import ENOUGH
from tests.played.checks import Checks
from tests.played.everybody import Script
from tests.played.people import CourseStudent, Student


class Ending:
    """The end of a lesson.  stops: of its plan."""

    def __init__(self, checks: Checks, stops: list[dict[str, Any]]) -> None:
        self.checks, self.everybody, self.record = checks, checks.everybody, checks.record
        self.stops = stops

    def play(self) -> None:
        """See what they learned, take the files away, and delete the room."""
        everybody, record = self.everybody, self.record
        lecturer = everybody.lecturer
        lecturer.page.locator("button.next").click()
        review = lecturer.page.locator(".review")
        results = everybody.room.results
        gain, both = results["gain"], self._answered_both()
        with record.check("the gain"):
            assert gain["n"] == len(both), (gain["n"], len(both))
            if gain["n"] < ENOUGH:
                assert gain["gain"] is None
                expect(review).to_contain_text(f"From {ENOUGH} students on there are shares and a gain.")
            else:
                before, after = (self._share_right(part, both) for part in ("before", "after"))
                assert abs(gain["share_before"] - before) < 1e-9 and abs(gain["share_after"] - after) < 1e-9
                words = f"{round(100 * before)}% right before, {round(100 * after)}% after"
                expect(review).to_contain_text(words)
        self.record.take_pictures("after class", everybody.pages())
        self.checks.stored("after class")
        with record.check("the votes in the file"):
            with lecturer.page.expect_download() as download:
                lecturer.button("Votes (CSV)").click()
            rows = csv.DictReader(io.StringIO(download.value.path().read_text("utf-8-sig")))
            found = Counter((row["asking"], int(row["round"]), _value(row["answer"])) for row in rows)
            expected = Counter(
                (id, round, _value(str(answer)))
                for student in everybody.all
                for (id, round), answer in student.answers.items()
            )
            assert found == expected, (found - expected, expected - found)
            record.note(f"{sum(found.values())} votes are in the file that the lecturer takes away.")
        with record.check("the page to print"):
            with lecturer.context.expect_page() as opened:
                lecturer.button("This page, to print or keep").click()
            expect(opened.value.locator("h1")).to_contain_text(everybody.room.code)
            self.record.take_pictures("the page to print", {"report": opened.value})
            opened.value.close()
        self._delete()

    def _delete(self) -> None:
        """Delete the room: everybody is told, and phones keep what was their own."""
        everybody, record = self.everybody, self.record
        with record.check("the end of the room"):
            everybody.lecturer.button("Delete this room").click()
            self.record.take_pictures("before the end", {"private screen": everybody.lecturer.page})
            everybody.lecturer.page.get_by_role("button", name=re.compile("^(Yes|Delete)")).last.click()
            for student in everybody.students:
                if not isinstance(student, CourseStudent):
                    student.sees("main", "This class is over.")
                    student.sees("main", "Your answers")
        self.record.take_pictures("the room is deleted", everybody.pages())

    def _answered_both(self) -> list[Student | Script]:
        """Return who has answered every item of the test at both ends."""
        return [student for student in self.everybody.all if all(
            any((asking["id"], 1) in student.answers for asking in self._items(part, id))
            for part in ("before", "after") for id in self._tested()
        )]  # fmt: skip

    def _tested(self) -> list[str]:
        return next(stop["asks"] for stop in self.stops if stop["test"])

    def _items(self, part: str, id: str) -> list[dict[str, Any]]:
        askings = self.everybody.room.results["askings"]
        return [
            asking for asking in askings
            if asking["question"] == id and asking.get("test", {}).get("part") == part
        ]  # fmt: skip

    def _share_right(self, part: str, students: list[Student | Script]) -> float:
        rights = [
            student.answers[asking["id"], 1] == self.everybody.questions[id].right
            for id in self._tested() for asking in self._items(part, id) for student in students
        ]  # fmt: skip
        return sum(rights) / len(rights)


def _value(text: str) -> str:
    """Return a number in one way of writing it, anything else as it is."""
    try:
        return f"{float(text):g}"
    except ValueError:
        return text
