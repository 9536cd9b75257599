"""What every screen says, held against the room's own state and against what was answered."""

import re
from typing import Any

from playwright.sync_api import expect

from lesson.classroom.question import DEALT, RIGHT, UNSURE, Question
from tests.browser.visit import WORDS
from tests.played.answers import Answer, counts_of, giveaways, number_words, plain
from tests.played.everybody import Everybody
from tests.played.people import PATIENCE, CourseStudent, Student, words_of
from tests.played.record import Record

_AFTERWARDS = {"right", "replies", "rounds", "moved", "truths", "keys", "picture", "curve", "surface", "gain"}


_NOT_YET = re.compile("^(You have not voted yet|Time is up)")


class Checks:
    """Checks of all screens at a moment; what does not hold is noted, and the lesson goes on."""

    def __init__(self, everybody: Everybody, record: Record) -> None:
        self.everybody, self.record = everybody, record

    def all(self, moment: str) -> None:
        """Check every screen at the present stage."""
        state = self.everybody.state
        asking = state["asking"]
        if asking is None:
            return
        self.counts(moment, state)
        self.leaders(moment, state)
        if state["elsewhere"]:
            return
        for student in self.everybody.students:
            with self.record.check(f"{moment}, {student.name}"):
                self._student(student, asking)
        if asking["stage"] != "revealed":
            self.nothing_is_given_away(moment, asking)
        else:
            self.reveal(moment, asking)

    def counts(self, moment: str, state: dict[str, Any]) -> None:
        """The room counts each vote once."""
        asking, everybody = state["asking"], self.everybody
        with self.record.check(f"{moment}, the room's counts"):
            answers = everybody.answers(asking)
            assert state["joined"] == len(everybody.all), (state["joined"], len(everybody.all))
            assert state["voted"] == len(answers), (state["voted"], len(answers))
            expected = counts_of(everybody.question_of(asking), answers, asking["id"])
            assert everybody.room.counts(asking["round"]) | {"numbers": 0} == expected | {"numbers": 0}
            if asking["kind"] == "number":
                assert everybody.room.counts(asking["round"]).get("numbers") == expected.get("numbers")

    def leaders(self, moment: str, state: dict[str, Any]) -> None:
        """Private screen and projector say how many have answered."""
        asking, lecturer = state["asking"], self.everybody.lecturer
        voted, joined = state["voted"], state["joined"]
        with self.record.check(f"{moment}, private screen"):
            lecturer.sees(".joining .in strong", str(joined))
            if asking["stage"] != "waiting" and not _is_past(state):
                lecturer.sees(".counts", f"{voted}of {joined} answered")
            leads = lecturer.page.get_by_role("button", name=re.compile("^Take the class")).all_inner_texts()
            assert len(leads) < 2, f"two buttons do the same: {leads}"
        with self.record.check(f"{moment}, projector"):
            if asking["stage"] == "waiting":
                lecturer.projects("The vote opens soon.", "#count")
            elif asking["stage"] != "revealed" and not _is_past(state):
                lecturer.projects(
                    re.compile(rf"{voted} of {joined} (have )?(has )?(answered|chosen|chose)"), "#count"
                )

    def _student(self, student: Student, asking: dict[str, Any]) -> None:
        """A student's screen says where the class is, and what the student has answered."""
        stage, round = asking["stage"], asking["round"]
        question = self.everybody.question_of(asking)
        own = student.answers.get((asking["id"], round))
        if isinstance(student, CourseStudent):
            is_test = "test" in asking
            voted = "Your vote is in" if own is not None else "Vote again" if round > 1 else "Vote now"
            words = {
                "waiting": "The vote opens soon", "vote": voted,
                "talk": "The vote is closed" if is_test else "Talk to your neighbour",
                "revealed": re.compile("The answer is here|The networks train"),
            }[stage]  # fmt: skip
            student.sees("#lstm-bar .words", words)
        elif stage == "waiting":
            student.sees("main", "The vote opens here by itself.")
        elif stage == "vote":
            student.is_in() if own is not None else student.sees("#line", _NOT_YET)
        else:
            student.sees("#line", re.compile(r"^\d+ of \d+ answered"))
            if own is not None:
                student.sees("main", answer_words(question, own))
        if stage == "waiting" or isinstance(student, CourseStudent) and stage == "talk":
            return
        shown = _text_of(student)
        heading = plain(question.html or question.text).split("{")[0][:40]
        assert _letters(heading) in _letters(shown), f"{heading!r} is not in {shown[:300]!r}"

    def nothing_is_given_away(self, moment: str, asking: dict[str, Any]) -> None:
        """No screen and nothing that the room sends has what is right, or a reply, or how others voted."""
        with self.record.check(f"{moment}, what the room sends"):
            assert not _AFTERWARDS & set(asking), _AFTERWARDS & set(asking)
        pieces = giveaways(self.everybody.question_of(asking))
        for name, page in self.everybody.pages().items():
            if name == "private screen":
                continue
            with self.record.check(f"{moment}, {name} before the reveal"):
                words = page.evaluate(WORDS)
                given = [piece for piece in [*pieces, "✓ right", "Computed:"] if piece in words]
                assert not given, f"it says {given}"

    def reveal(self, moment: str, asking: dict[str, Any]) -> None:
        """Everybody is told what the model computes, and what that means for the own answer."""
        question, everybody = self.everybody.question_of(asking), self.everybody
        if question.experiment:
            return  # what is true comes when the networks are trained
        piece = max((plain(part) for part in re.split(r"<[^>]*>|&nbsp;", question.reply)), key=len)
        with self.record.check(f"{moment}, projector"):
            # A class's gain takes the place of the reply.
            gained = asking.get("gain") or {}
            words = "What this class has learned" if gained.get("gain") is not None else piece.strip()
            everybody.lecturer.projects(words, "#screen")
            if isinstance(question.right, str) and question.answers and question.kind != DEALT:
                right = words_of(question, question.right)
                everybody.lecturer.projects(
                    right, "#screen" if gained else "#screen :is(.right, [class*=right])"
                )
        if items := asking.get("gain", {}).get("items"):
            self._ends(moment, items)
        for student in everybody.students:
            own = student.answers.get((asking["id"], asking["round"]))
            with self.record.check(f"{moment}, {student.name}"):
                for words in told(question, asking, student.seat, own):
                    selector = "#lstm-bar .sheet" if isinstance(student, CourseStudent) else "main"
                    student.sees(selector, words if isinstance(words, re.Pattern) else _loosely(words))

    def _ends(self, moment: str, items: list[dict[str, Any]]) -> None:
        """After the lesson all are told what was right in each item, and the own results at both ends."""
        with self.record.check(f"{moment}, what was right in each item"):
            rights = [item["answer"] and item["answer"]["id"] for item in items]
            assert rights == [self.everybody.questions[item["question"]].right for item in items], rights
        for student in self.everybody.students:
            with self.record.check(f"{moment}, both ends for {student.name}"):
                results = student.page.locator(".record li")
                expect(results).to_have_count(len(items), timeout=PATIENCE)
                for result in results.all():
                    expect(result).to_contain_text("Right answer: ", timeout=PATIENCE)

    def stored(self, moment: str) -> None:
        """What everybody has answered is what the room says is theirs."""
        for student in self.everybody.all:
            with self.record.check(f"{moment}, what {student.name} has answered"):
                rows = self.everybody.own_of(student)["answers"]
                assert len(rows) == len({(row["asking"], row["round"]) for row in rows})
                found = {(row["asking"], row["round"]): row["answer"] for row in rows}
                assert found == student.answers, (found, student.answers)

    def scripts_ran(self) -> None:
        """No script of a page has failed."""
        for person in self.everybody.people():
            for fault in person.faults:
                self.record.fault(f"{person.name}, a script: {fault}")
            person.faults.clear()


def told(question: Question, asking: dict[str, Any], seat: int, own: Answer | None) -> list[Any]:
    """Return what a student has to be told at the reveal."""
    if own is None:
        return []
    if question.surface:
        if own == UNSURE:
            return []
        row = 0
        for setting, place in zip(question.settings, str(own).split(","), strict=True):
            row = row * len(setting.values) + int(place)
        return [question.surface.words[row]]
    if question.kind == DEALT:
        deal = question.deal(seat, asking["id"])
        assert deal is not None
        outcome = own if isinstance(own, str) else deal.outcome(own)
        truth = f"Computed: {number_words(deal.truth, question.digits)}"
        return ["Right."] if outcome == RIGHT else [*([] if own == UNSURE else ["Not right."]), truth]
    if question.scale:
        assert isinstance(question.right, int | float)
        return [] if own == question.right else [f"Computed: {number_words(question.right)}"]
    if own == UNSURE:
        return [re.compile("Here is the answer")]
    return ["Right." if own == question.right else "Not right."]


def answer_words(question: Question, own: Answer) -> str:
    """Return the words by which a phone says what was answered."""
    if own == UNSURE or not question.settings:
        return words_of(question, own)
    place = int(str(own).split(",")[0])
    return question.settings[0].values[place].replace("-", "−")


def _is_past(state: dict[str, Any]) -> bool:
    return bool(state["led_on"] or state["moved_on"])


def _text_of(student: Student) -> str:
    if isinstance(student, CourseStudent):
        return str(student.sheet.inner_text())
    return str(student.page.locator("main").inner_text())


def _loosely(words: str) -> re.Pattern[str]:
    """Return a pattern of words, whose symbols a page may write with a lowered letter."""
    return re.compile(re.escape(words).replace("_", "_?").replace(r"\ ", r"\s*"))


def _letters(text: str) -> str:
    """Return letters and digits alone: a formula may be written in another way."""
    return re.sub(r"[^A-Za-z0-9]", "", text)
