"""A lesson of six stops, everybody in a browser of their own; the server is killed in the middle."""

import csv
import io
import re
from collections import Counter
from contextlib import ExitStack
from urllib.parse import parse_qsl, urlsplit

import pytest

from lesson.catalogue import catalogue
from lesson.widgets.questions import COVERED_IN_CLASS
from tests.browser.class_room import call, sleep
from tests.browser.conftest import ROOT, free_port, serving
from tests.browser.six_stops import MINUTES
from tests.browser.six_stops import stops as six_stops
from tests.browser.visit import WORDS, settle, settled

playwright = pytest.importorskip("playwright.sync_api")
expect = playwright.expect

STOPS = 6
KEY = "PageDown"
TWICE = 600  # milliseconds: quicker is a key that was pressed twice
PATIENCE = 60_000  # milliseconds for what a machine with seven browser windows on it does when it can
QUESTIONS = {question.id: question for question in catalogue()}
REPLIES = {"keep": "For example, if C was 2.00 before the step", "three": "The measured factor is smaller"}
# In each round: of the phone, of the one with the course open, and of the one with a keyboard.
ANSWERS = {
    "keep": (("forgets", "keeps", "depends"), ("keeps", "keeps", "forgets")),
    "three": (("same", "little_more", "hundreds"), ("hundreds", "hundreds", "same")),
}


def text_of(id, answer):
    """Return an answer in words, up to a symbol, which a page may write in another way."""
    text = next(each.text for each in QUESTIONS[id].answers if each.id == answer)
    return re.split(r" \S*_", text)[0]


class Course:
    """The course's server on one port with one database; killed and started again."""

    def __init__(self, folder):
        self.port, self.database = free_port(), f"sqlite:///{folder / 'rooms.sqlite'}"
        self._running = ExitStack()

    def start(self):
        running = serving("tests/browser/six_stops.py", ROOT, self.port, database=self.database)
        self.address, self.process = self._running.enter_context(running)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self._running.close()


class Person:
    """Somebody with a browser of their own."""

    def __init__(self, browser, width=1280, height=720, **options):
        options = {"viewport": {"width": width, "height": height}, "reduced_motion": "reduce", **options}
        self.context = browser.new_context(**options)
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()

    def button(self, name, exact=True):
        return self.page.get_by_role("button", name=name, exact=exact)

    def sees(self, selector, words):
        expect(self.page.locator(selector).first).to_contain_text(words, timeout=PATIENCE)


class Student(Person):
    """A student on the page of phones."""

    def join(self):
        self.button("Join the class").click()

    def answer(self, text):
        self.button(text, exact=False).click()
        self.is_stored(text)

    def is_stored(self, text):
        self.sees("main button[aria-pressed=true]", text)
        self.sees("#line", re.compile("^Your vote is in"))

    def is_at(self, stage, round=1):
        if stage == "vote":
            self.sees(
                "main.vote .again" if round == 2 else "main.vote", "Second vote" if round == 2 else "know"
            )
            return
        kicker = {"waiting": "Next question", "talk": "Convince your neighbour."}.get(stage)
        if stage == "revealed":
            kicker = re.compile("^After the second vote")
        self.sees("h1 >> visible=true", kicker)


class KeyboardStudent(Student):
    """A student without a mouse, at the same page."""

    def press_until(self, name):
        for _ in range(15):
            self.page.keyboard.press("Tab")
            # A letter stands before an answer.
            if name in self.page.evaluate("document.activeElement.innerText"):
                return self.page.keyboard.press("Enter")
        raise AssertionError(f"no way to {name!r} by the keyboard")

    def join(self):
        self.press_until("Join the class")

    def answer(self, text):
        self.press_until(text)
        self.is_stored(text)


class CourseStudent(Person):
    """A student with the course open, who votes in the bar, or on the page that asks the same question."""

    def open(self, address, path):
        self.page.goto(f"{address}/{path}")
        expect(self.page.get_by_role("heading", level=1)).to_be_visible(timeout=PATIENCE)

    def join(self, address, code):
        self.open(address, "?section=My+course")
        field = self.page.get_by_role("textbox", name="The code of your class")
        field.fill(code)
        field.press("Enter")
        self.button("Join the class").click()
        self.sees("#lstm-bar .bar", code)

    @property
    def sheet(self):
        return self.page.locator("#lstm-bar .sheet:not(.menu)")

    def answer(self, text):
        self.sheet.get_by_role("button", name=text).click()
        self.is_stored()

    def answer_on_the_page(self, text):
        self.page.locator("[class*='st-key-question_']").get_by_role("radio", name=text).click()
        self.is_stored()

    def is_stored(self):
        self.sees("#lstm-bar .words", "Your vote is in")

    def is_at(self, stage, round=1):
        words = {"waiting": "The vote opens soon", "talk": "Talk to your neighbour"}
        self.sees("#lstm-bar .words", {
            **words, "vote": "Vote again" if round == 2 else "Vote now", "revealed": "The answer is here",
        }[stage])  # fmt: skip

    def is_led_to(self, stop):
        """The page is there with the stop's part; what is as at first goes out of its address."""
        self.page.wait_for_url(lambda url: urlsplit(url).path == f"/{stop['page']}")
        part, *_ = dict(parse_qsl(stop["free_query"])).values()
        chosen = self.page.get_by_role("radio", name=part, exact=True)
        expect(chosen).to_be_checked(timeout=PATIENCE)


class Lesson:
    """All of them.  students: those who are there, in the order of their answers."""

    def __init__(self, browser, course):
        self.course = course
        self.lecturer = Person(browser)
        self.device = Person(browser, 360, 740, is_mobile=True, has_touch=True)
        self.phone = Student(browser, 360, 740, is_mobile=True, has_touch=True)
        self.course_student = CourseStudent(browser)
        self.keyboard = KeyboardStudent(browser)
        self.projector = None
        self.students = [self.phone, self.course_student]

    def close(self):
        for person in (self.lecturer, self.device, self.phone, self.course_student, self.keyboard):
            person.context.close()

    @property
    def state(self):
        return call(self.course.address, "GET", f"/{self.code}")

    def begin(self):
        """Open a room and the projector, pair the second device, and let two students in."""
        page = self.lecturer.page
        page.goto(f"{self.course.address}/class")
        settled(page)
        self.lecturer.button("Open a room").click()
        projector = self.lecturer.button("Open the projector")
        with self.lecturer.context.expect_page() as opened:
            projector.click()
        self.projector = opened.value
        self.code = self.projector.url.rsplit("/", 1)[1]
        self.on_projector("#screen", "Nobody has joined yet")
        page.locator("summary", has_text="The class and your devices").click()
        self.lecturer.button("Pair another device").click()
        once = page.locator("details strong.code")
        expect(once).to_have_text(re.compile("^[A-Z0-9]{4} [A-Z0-9]{4}$"))
        self.device.page.goto(f"{self.course.address}/class")
        settled(self.device.page)
        self.device.page.locator("summary", has_text="I already lead a room").click()
        self.device.page.get_by_label("Code for pairing").fill(once.inner_text())
        self.device.button("Pair this device").click()
        self.phone.page.goto(f"{self.course.address}/j/{self.code}")
        self.phone.join()
        self.phone.sees("h1", "You are in.")
        self.course_student.join(self.course.address, self.code)
        for screen in (self.lecturer, self.device):
            screen.sees(".in strong", "2")
        self.on_projector("#screen", "2 have joined")
        self.lecturer.button(f"{MINUTES} minutes").click()

    def on_projector(self, selector, words):
        expect(self.projector.locator(selector).first).to_contain_text(words, timeout=PATIENCE)

    def go_on(self, label, page=None):
        """Press the one key, on the projector or where it is said, for what the big button says."""
        for screen in (self.lecturer, self.device):
            screen.sees("button.next", label)
        (page or self.projector).wait_for_timeout(TWICE)
        (page or self.projector).keyboard.press(KEY)

    def are_at(self, stage, round=1):
        """Everybody is at a stage, and before the reveal nobody is told its answer."""
        status = {
            "waiting": "They read the question.", "talk": "The vote is closed.",
            "vote": f"Vote {round} is open." if round > 1 else "The vote is open.",
            "revealed": "The answer is revealed.",
        }[stage]  # fmt: skip
        for screen in (self.lecturer, self.device):
            screen.sees(".status", status)
        words = {"waiting": ("#count", "The vote opens soon."), "talk": ("#screen", "Talk to your neighbour")}
        vote = ("#screen", "Vote again.") if round > 1 else ("#count", "have answered")
        self.on_projector(*words.get(stage, vote if stage == "vote" else (".answer.right", "")))
        for student in self.students:
            student.is_at(stage, round)
        if stage != "revealed":
            self.nothing_is_given_away()

    def nothing_is_given_away(self):
        asking = self.state["asking"]
        assert not {"right", "replies", "rounds", "moved"} & set(asking)
        for page in (self.projector, *(student.page for student in self.students)):
            assert REPLIES[asking["question"]] not in page.evaluate(WORDS)
            expect(page.get_by_role("button", name="Show the answer")).to_have_count(0)

    def count(self, voted):
        """Everybody who leads sees how many have answered."""
        joined = len(self.students)
        for screen in (self.lecturer, self.device):
            screen.sees(".counts", f"{voted}of {joined} answered")
        self.on_projector("#count", f"{voted} of {joined} have answered")

    def lead(self, stop):
        """Take the class to a stop: the course and the model on the projector go there, the desk stays."""
        self.go_on("Take the class to this stop")
        self.course_student.is_led_to(stop)
        expect(self.projector.locator("body")).to_have_attribute("data-model", "full", timeout=PATIENCE)
        frame = self.projector.frame_locator("#course")
        expect(frame.locator(":is(input, [role=slider]) >> visible=true").first).to_be_visible(
            timeout=PATIENCE
        )
        assert (
            self.projector.locator("#course")
            .get_attribute("src")
            .startswith(f"{self.course.address}/{stop['page']}?{stop['free_query']}")
        )
        if stop["page"]:
            words = re.compile("^(Open it|Open what the class looks at|See it in the course)$")
            link = self.phone.page.get_by_role("link", name=words)
            expect(link).to_have_attribute("href", re.compile(rf"/{stop['page']}\?"))
        for screen in (self.lecturer, self.device):
            assert screen.page.url.endswith("/class")

    def next_stop(self):
        self.go_on("Next stop")

    def answers(self, id, round):
        """Return the texts of what the three answer."""
        return [text_of(id, answer) for answer in ANSWERS[id][round - 1]]


@pytest.fixture
def lesson(browser, tmp_path):
    course = Course(tmp_path)
    course.start()
    everybody = Lesson(browser, course)
    yield everybody
    everybody.close()
    course.stop()


def test_a_lesson_of_six_stops(lesson):
    lesson.begin()
    stops = six_stops()
    assert [stop["asks"] for stop in stops] == [[], ["keep"], [], ["three"], [], []]
    lesson.lead(stops[0])
    lesson.next_stop()
    first_question(lesson, stops[1])
    lesson.next_stop()
    lesson.lead(stops[2])
    a_challenge(lesson)
    lesson.next_stop()
    second_question(lesson, stops[3])
    for stop in stops[4:]:
        lesson.next_stop()
        lesson.lead(stop)
    assert lesson.state["plan"].items() >= {"minutes": MINUTES, "stop": STOPS - 1}.items()
    take_away(lesson)


def first_question(lesson, stop):
    """A phone that is reloaded, somebody who comes late, and a desk that is reloaded."""
    phone, course, keyboard = lesson.phone, lesson.course_student, lesson.keyboard
    answers, again = lesson.answers("keep", 1), lesson.answers("keep", 2)
    lesson.go_on("Ask the next question")
    lesson.are_at("waiting")
    lesson.go_on("Open the vote")
    lesson.are_at("vote")
    phone.answer(answers[0])
    course.answer(answers[1])
    lesson.count(2)
    keyboard.page.goto(f"{lesson.course.address}/j/{lesson.code}")
    keyboard.join()
    keyboard.is_at("vote")
    lesson.students.append(keyboard)
    keyboard.answer(answers[2])
    lesson.count(3)
    phone.page.reload()
    phone.is_stored(answers[0])
    lesson.nothing_is_given_away()
    lesson.go_on("Close the vote: talk")
    lesson.are_at("talk")
    lesson.lecturer.page.reload()
    lesson.are_at("talk")
    lesson.go_on("Vote again", lesson.device.page)
    lesson.are_at("vote", 2)
    for student, text in zip(lesson.students, again, strict=True):
        student.answer(text)
    lesson.count(3)
    reveal(lesson, "keep")
    course.sees("#lstm-bar .sheet .reply", REPLIES["keep"])
    lesson.lead(stop)


def a_challenge(lesson):
    """A try at a challenge is told to who leads, and the phone falls asleep."""
    lesson.course_student.button("✓ Check", exact=False).click()
    challenge = lesson.lecturer.page.get_by_role("region", name="Reset")
    expect(challenge).to_contain_text("solved it · 1 trying · 0 stuck", timeout=PATIENCE)
    expect(challenge).to_contain_text("Sequence 1, step 1")
    attempt = challenge.get_by_role("link", name="Attempt 1").get_attribute("href")
    assert attempt.startswith(f"{lesson.course.address}/gates?") and "challenge=reset" in attempt
    sleep(lesson.phone.page, True)


def second_question(lesson, stop):
    """A phone that wakes up, a projector that is reloaded, and a server that is killed."""
    phone, course, keyboard = lesson.phone, lesson.course_student, lesson.keyboard
    answers, again = lesson.answers("three", 1), lesson.answers("three", 2)
    lesson.go_on("Ask the next question")
    lesson.students.remove(phone)  # it sleeps
    lesson.are_at("waiting")
    course.open(lesson.course.address, f"{stop['page']}?{stop['query']}")
    lesson.go_on("Open the vote", lesson.lecturer.page)
    lesson.are_at("vote")
    sleep(phone.page, False)
    lesson.students.insert(0, phone)
    lesson.are_at("vote")
    phone.answer(answers[0])
    course.answer_on_the_page(answers[1])
    keyboard.answer(answers[2])
    lesson.count(3)
    settle(course.page)
    lesson.nothing_is_given_away()
    expect(course.page.get_by_text(COVERED_IN_CLASS).first).to_be_visible()
    lesson.go_on("Close the vote: talk")
    lesson.projector.reload()
    lesson.are_at("talk")
    lesson.go_on("Vote again")
    lesson.are_at("vote", 2)
    keyboard.answer(again[2])
    lesson.course.kill()
    lesson.on_projector("#notices", "The server is out of reach.")
    phone.sees("#line", re.compile("^No connection"))
    phone.button(again[0], exact=False).click()
    phone.sees("#line", "Your vote waits here")
    course.sees("#lstm-bar .words", "No connection.")
    lesson.course.start()
    phone.is_stored(again[0])
    keyboard.is_stored(again[2])
    lesson.count(2)
    course.answer(again[1])
    lesson.count(3)
    settle(course.page)
    expect(course.page.get_by_text(COVERED_IN_CLASS).first).to_be_visible(timeout=PATIENCE)
    lesson.nothing_is_given_away()
    reveal(lesson, "three")
    expect(course.page.get_by_text(COVERED_IN_CLASS)).to_have_count(0)
    lesson.lead(stop)


def reveal(lesson, id):
    """Reveal, and see that everybody is told what is said of their own last answer."""
    lesson.go_on("Reveal the answer")
    lesson.lecturer.sees("button.next", "Stop the reveal")
    lesson.nothing_is_given_away()
    lesson.are_at("revealed", 2)
    right = QUESTIONS[id].right
    lesson.on_projector(".answer.right", text_of(id, right))
    lesson.on_projector(".reply", REPLIES[id])
    for student, answer in zip(lesson.students, ANSWERS[id][1], strict=True):
        if isinstance(student, Student):
            student.sees("h1 >> visible=true", "Right." if answer == right else "Not right.")
            student.sees("main", f"Your answer: {text_of(id, answer)}")
            student.sees("main", REPLIES[id])


def take_away(lesson):
    """Every vote of everybody is in the file that the lecturer takes away."""
    page = lesson.lecturer.page
    page.locator("summary", has_text="After class").click()
    with page.expect_download() as download:
        lesson.lecturer.button("Votes (CSV)").click()
    rows = csv.DictReader(io.StringIO(download.value.path().read_text("utf-8-sig")))
    votes = Counter((row["question"], int(row["round"]), row["answer"]) for row in rows)
    assert votes == Counter(
        (id, round, answer)
        for id, rounds in ANSWERS.items()
        for round, answers in enumerate(rounds, 1)
        for answer in answers
    )
