"""The networks that a class has the server train: they take longer than anything else in a lesson."""

import re
from typing import Any

from playwright.sync_api import expect

from tests.browser.class_room import call
from tests.played.everybody import Everybody
from tests.played.people import PATIENCE, CourseStudent
from tests.played.record import Record

# Seconds that a class waits for its networks, and that they may still take after the lesson, on a machine
# that is busy with other things.
TRAINING, LAST_TRAINING = 120.0, 900.0


class Networks:
    """The networks of a class, and what all are told of them."""

    def __init__(self, everybody: Everybody, record: Record) -> None:
        self.everybody, self.record = everybody, record

    def watch(self, moment: str) -> None:
        """Wait until the networks of the class are trained, and compare what all are told of them."""
        everybody, record = self.everybody, self.record
        begin = record.seconds
        done = everybody.lecturer.page.locator(".trained")
        with record.check(f"{moment}, the networks begin"):
            expect(done).to_contain_text(re.compile("Update|of 60"), timeout=PATIENCE)
        record.note(f"The first curves are there after {record.seconds - begin:.0f} s.")
        self._look(f"{moment}, first curves")
        while self._learned() is None and record.seconds - begin < TRAINING:
            everybody.lecturer.page.wait_for_timeout(1_000)
        if self._learned() is None:
            record.note("The networks go on training, and so does the lesson.")
            return
        record.note(f"The networks are trained after {record.seconds - begin:.0f} s.")
        with record.check(f"{moment}, the networks"):
            table = self._networks()
            for count, setup in zip(table["learned"], table["setups"], strict=True):
                name = setup["name"].split("=")[-1].strip()
                everybody.lecturer.sees("section.runs", re.compile(rf"{count} learned it with .*{name}"))
            for student in everybody.students:
                selector = "#lstm-bar .sheet" if isinstance(student, CourseStudent) else "main"
                student.sees(selector, "All networks are done.")
        self._look(f"{moment}, all networks")

    def finish(self) -> None:
        """Wait for networks that still train: what they come to is in the report."""
        record, page = self.record, self.everybody.lecturer.page
        if self._trained() is None:
            return
        end = record.seconds + LAST_TRAINING
        while self._learned() is None and record.seconds < end:
            page.wait_for_timeout(1_000)
        record.note(f"{self._learned()} networks of the first setup have learned it.")
        with record.check("the networks at the end"):
            self._networks()

    def _trained(self) -> dict[str, Any] | None:
        """Return the last asking whose networks the class has trained, None if there is none."""
        askings = self.everybody.room.results["askings"]
        return next((asking for asking in reversed(askings) if asking.get("experiment")), None)

    def _learned(self) -> int | None:
        """Return how many networks have learned it, None before all are trained."""
        asking = self._trained()
        return None if asking is None else asking.get("right")

    def _networks(self) -> dict[str, Any]:
        """Return the table of the networks; what the class is told is counted from its rows."""
        room, asking = self.everybody.room, self._trained()
        assert asking is not None
        table: dict[str, Any] = call(room.address, "GET", f"/{room.code}/runs/{asking['id']}")
        runs, seeds = table["runs"], asking["experiment"]["seeds"]
        assert len(runs) == len(table["setups"]) * seeds, len(runs)
        counts = [
            sum(run["learned"] for run in runs if run["setup"] == at) for at in range(len(runs) // seeds)
        ]
        assert table["learned"] == counts and asking["right"] == counts[0], (table["learned"], counts)
        return table

    def _look(self, moment: str) -> None:
        self.record.take_pictures(moment, self.everybody.pages())
