"""A lesson as its plan has it: who does what when, and what each screen has to say then."""

import re
from typing import Any

from playwright.sync_api import Browser, expect

from lesson.class_page.plans import plans
from tests.browser.class_room import wait_for
from tests.cluster.processes import CourseServer
from tests.played.checks import Checks
from tests.played.ending import Ending
from tests.played.everybody import CUT_OFF, LATE, Everybody, Script
from tests.played.networks import Networks
from tests.played.people import PATIENCE, CourseStudent, Student
from tests.played.record import Record

MINUTES = 45
LAST = "See what they learned"
# In which stops of the plan, from 0, something happens beside it.
COMES_LATE, LOSES_CONNECTION, RESTARTS = 2, 3, 5
AWAY = 60.0  # seconds that a connection is broken, in a lesson of its true length
LEAST_AWAY = 5.0  # seconds, in a quick one


class Lesson:
    """A lesson that is played.  others: students without a screen."""

    def __init__(self, browser: Browser, server: CourseServer, record: Record, others: int = 4) -> None:
        self.server, self.record = server, record
        self.everybody = Everybody(browser, f"http://{server.netloc}", others)
        self.checks = Checks(self.everybody, record)
        self.networks = Networks(self.everybody, record)
        self.stops = plans()[str(MINUTES)]
        self._is_cut, self._restarts = False, 0

    def play(self) -> None:
        """Play the whole lesson."""
        try:
            self._begin()
            stop = -1
            while (label := self.everybody.lecturer.label) != LAST:
                assert self.record.seconds < 3 * 3600, "the lesson does not end"
                if (now := self.state["plan"]["stop"]) != stop:
                    stop = now
                    self._name_stop(stop)
                self._step(stop, label)
            self.record.until_minute(self.everybody.lecturer.page, MINUTES)
            self.networks.finish()
            Ending(self.checks, self.stops).play()
        finally:
            self.everybody.close()

    @property
    def state(self) -> dict[str, Any]:
        """What the room tells everybody."""
        return self.everybody.state

    def _begin(self) -> None:
        """Open a room, let them come in, and choose the plan."""
        everybody, record = self.everybody, self.record
        everybody.open()
        record.note(f"The room {everybody.room.code} is open, and its projector.")
        for student in everybody.come_in():
            record.note(f"{student.name} is in.")
        joined = len(everybody.all)
        with record.check("joining"):
            everybody.lecturer.sees(".joining .in strong", str(joined))
            everybody.lecturer.projects(f"{joined} have joined", "#screen")
        self._look("before the lesson")
        record.begin()
        everybody.lecturer.button(f"{MINUTES} minutes").click()
        everybody.lecturer.sees(".stop .label", f"Stop 1 of {len(self.stops)}")

    def _name_stop(self, stop: int) -> None:
        row = self.stops[stop]
        does = re.sub(r"<[^>]*>|&nbsp;", " ", row["does"])
        self.record.note(f"STOP {stop + 1} of {len(self.stops)}, {row['minutes']} min: {does}")

    def _step(self, stop: int, label: str) -> None:
        """Let the class do what is due, and press the big button."""
        state, everybody = self.state, self.everybody
        asking = state["asking"]
        if asking and asking["stage"] == "vote" and not everybody.answers(asking):
            self._vote(stop, asking)
        elif asking and asking["stage"] == "talk" and "test" not in asking:
            self.record.rest(everybody.lecturer.page, 90)
        if label == "Next stop":
            end = sum(row["minutes"] for row in self.stops[: stop + 1])
            self.record.until_minute(everybody.lecturer.page, end)
        everybody.lecturer.press(on_projector=state["stage_version"] % 3 > 0)
        if label.startswith("Ask item"):  # its vote opens at once, by a message of its own
            wait_for(lambda: self.state["asking"]["stage"], "vote")
        state = self.state
        asking = state["asking"]
        said = f"{asking['question']}, {asking['stage']} {asking['round']}" if asking else "nothing is asked"
        self.record.note(f"“{label}”: {said}, {state['voted']} of {state['joined']}")
        moment = f"stop {stop + 1} {label.lower().replace(':', '')}"
        if label == "Take the class to this stop":
            self._lead(moment, self.stops[stop])
        else:
            self.checks.all(moment)
        self._look(moment)
        if asking and asking["stage"] == "revealed" and asking.get("experiment") and "train" in label:
            self.networks.watch(moment)
        if asking and asking["stage"] in ("waiting", "revealed"):
            self.record.rest(everybody.lecturer.page, 20)
        self.checks.scripts_ran()

    def _look(self, moment: str) -> None:
        self.record.take_pictures(moment, self.everybody.pages())

    def _vote(self, stop: int, asking: dict[str, Any]) -> None:
        """Let everybody answer, with what happens beside it in this stop."""
        everybody, record = self.everybody, self.record
        if stop == COMES_LATE and everybody.named(LATE) not in everybody.students:
            with record.check(f"stop {stop + 1}, who comes late"):
                everybody.join(LATE)
                record.note(f"{LATE}: joins while the vote is open.")
        is_cut = stop == LOSES_CONNECTION and not self._is_cut
        is_restarted = stop == RESTARTS and not self._restarts
        cut_off = everybody.named(CUT_OFF)
        if is_cut:
            self._is_cut = True
            cut_off.context.set_offline(True)
            cut_at = record.seconds
            record.note(f"{CUT_OFF}: the connection breaks.")
        half = len(everybody.all) // 2
        for place, student in enumerate(everybody.all):
            record.rest(everybody.lecturer.page, 40 / len(everybody.all))
            if is_restarted and place == half:
                self._restart(stop, asking)
            answer = everybody.answer(student, asking)
            if isinstance(student, Script) or (is_cut and student is cut_off):
                continue
            with record.check(f"stop {stop + 1}, {student.name} answers {answer}"):
                student.is_in()
        if is_cut:
            self._come_back(stop, asking, cut_off, cut_at)
        moment = f"stop {stop + 1} all have answered {asking['question']}"
        with record.check(moment):
            voted = len(everybody.answers(asking))
            everybody.lecturer.sees(".counts", f"{voted}of {len(everybody.all)} answered")
        self.checks.all(moment)
        self._look(moment)

    def _come_back(self, stop: int, asking: dict[str, Any], student: Student, since: float) -> None:
        """A connection that was broken for a minute is there again."""
        everybody, record = self.everybody, self.record
        with record.check(f"stop {stop + 1}, {student.name} without a connection"):
            student.sees("#line", "No connection. Your vote waits here.")
            voted = len(everybody.answers(asking)) - 1
            everybody.lecturer.sees(".counts", f"{voted}of {len(everybody.all)} answered")
        self._look(f"stop {stop + 1} a connection is broken")
        left = max(LEAST_AWAY, AWAY * record.share) - (record.seconds - since)
        student.page.wait_for_timeout(max(0.0, 1_000 * left))
        student.context.set_offline(False)
        record.note(f"{student.name}: the connection is back after {record.seconds - since:.0f} s.")
        with record.check(f"stop {stop + 1}, {student.name} with a connection again"):
            student.is_in()

    def _restart(self, stop: int, asking: dict[str, Any]) -> None:
        """The server ends and starts again, in the middle of a vote."""
        everybody, record = self.everybody, self.record
        self._restarts += 1
        begin = record.seconds
        self.server.end()
        record.note("The server has ended, with half of the votes in.")
        with record.check("while the server is away"):
            everybody.lecturer.projects("The server is out of reach.", "#notices")
            everybody.lecturer.sees(".notice", "The server is not reached at present.")
            for student in everybody.students:
                is_bar = isinstance(student, CourseStudent)
                student.sees("#lstm-bar .words" if is_bar else "#line", re.compile("^No connection"))
        self._look(f"stop {stop + 1} the server is away")
        self.server.start()
        self.server.wait()
        record.note(f"The server is ready again, after {record.seconds - begin:.0f} s.")
        with record.check("after the restart"):
            expect(everybody.lecturer.projector.locator("#notices")).not_to_contain_text(
                "out of reach", timeout=PATIENCE
            )
            for student in everybody.students:
                is_bar = isinstance(student, CourseStudent)
                line = student.page.locator("#lstm-bar .words" if is_bar else "#line").first
                expect(line).not_to_contain_text("No connection", timeout=PATIENCE)
        record.note("Every screen has its connection again.")
        self.checks.stored("after the restart")
        self.checks.all("after the restart")
        self._look(f"stop {stop + 1} after the restart")

    def _lead(self, moment: str, stop: dict[str, Any]) -> None:
        """Check that all are at a stop, and let those with the course open move something there."""
        everybody, record = self.everybody, self.record
        projector = everybody.lecturer.projector
        with record.check(f"{moment}, projector"):
            expect(projector.locator("body")).to_have_attribute("data-model", "full", timeout=PATIENCE)
            source = projector.locator("#course").get_attribute("src") or ""
            assert source.startswith(f"{everybody.address}/{stop['page']}?{stop['free_query']}"), source
            control = projector.frame_locator("#course").locator(
                ":is(input, button, [role=slider]) >> visible=true"
            )
            expect(control.first).to_be_visible(timeout=PATIENCE)
        for student in everybody.students:
            with record.check(f"{moment}, {student.name}"):
                if isinstance(student, CourseStudent):
                    student.is_led_to(stop["page"], stop["free_query"])
                    continue
                link = student.page.get_by_role("link", name=re.compile("^(Open it|Open what|See it)"))
                expect(link.first).to_have_attribute("href", re.compile(rf"/{stop['page']}\?"))
        self._look(moment)
        laptop = everybody.named("reduced motion").page
        with record.check(f"{moment}, a slider"):
            slider = laptop.get_by_test_id("stMain").get_by_role("slider").first
            if slider.count():
                slider.press("ArrowRight")
        check = laptop.get_by_role("button", name="✓ Check")
        if stop["challenge"] and check.count():
            with record.check(f"{moment}, a try at the challenge"):
                check.first.click()
                progress = everybody.lecturer.page.get_by_text(re.compile(r"1 trying|1 solved|solved it"))
                expect(progress.first).to_be_visible(timeout=PATIENCE)
