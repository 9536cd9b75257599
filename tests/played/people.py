"""Who is in class: a lecturer with two screens, and students, each with a browser of their own."""

import json
import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Browser, Page, expect

from lesson.classroom.question import UNSURE, Question
from tests.browser.class_room import call
from tests.played.answers import Answer, number_words

PATIENCE = 60_000  # milliseconds for what a machine with ten windows on it does when it can
DO_NOT_KNOW = "I don’t know"
TWICE = 600  # milliseconds: quicker is a key that was pressed twice
# What has the focus, inside components as well: its label and its role.
_FOCUS = """() => {
  let element = document.activeElement
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
  const label = element?.labels?.[0]?.innerText ?? ""
  return `${element?.getAttribute("aria-label") ?? ""} ${label} ${element?.innerText ?? ""}`
    .replace(/\\s+/g, " ")
}"""


class Person:
    """Somebody with a browser of their own; options are Playwright's of a context."""

    def __init__(self, browser: Browser, name: str, width: int, height: int, **options: Any) -> None:
        self.name = name
        self.context = browser.new_context(viewport={"width": width, "height": height}, **options)
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []  # what the page's scripts did not catch
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def button(self, name: str, exact: bool = True) -> Any:
        """Return the button of this name."""
        return self.page.get_by_role("button", name=name, exact=exact)

    def sees(self, selector: str, words: str | re.Pattern[str], patience: int = PATIENCE) -> None:
        """Check that what a selector finds first holds some words."""
        expect(self.page.locator(selector).first).to_contain_text(words, timeout=patience)

    def stored(self, key: str) -> dict[str, Any]:
        """Return what this browser keeps under a key."""
        text = self.page.evaluate("(key) => localStorage.getItem(key)", key)
        return dict(json.loads(text))


class Lecturer(Person):
    """Who leads, with a private screen and a projector beside it."""

    projector: Page

    def open_room(self, address: str) -> tuple[str, str]:
        """Open a room and its projector; return its code and its secret."""
        self.page.goto(f"{address}/class")
        self.button("Open a room").click()
        button = self.button("Open the projector")
        expect(button).to_be_visible(timeout=PATIENCE)
        with self.context.expect_page() as opened:
            button.click()
        self.projector = opened.value
        self.projector.on("pageerror", lambda error: self.faults.append(f"projector: {error}"))
        expect(self.projector.locator("#screen")).to_contain_text("Nobody has joined yet", timeout=PATIENCE)
        room = self.stored("lstm_room/host")
        return room["code"], room["host"]

    @property
    def label(self) -> str:
        """What the big button says."""
        return str(self.page.locator("button.next span").inner_text())

    def press(self, on_projector: bool = True) -> str:
        """Press the clicker's key, there or here, and wait until the big button says something else."""
        label, page = self.label, self.projector if on_projector else self.page
        page.wait_for_timeout(TWICE)
        page.keyboard.press("PageDown")
        says = re.compile(f"^(?!{re.escape(label)}$|Stop the reveal|Keep |Don't train|One moment).+")
        expect(self.page.locator("button.next span")).to_have_text(says, timeout=PATIENCE)
        return label

    def projects(self, words: str | re.Pattern[str], selector: str = "body") -> None:
        """Check that some words are on the projector."""
        expect(self.projector.locator(selector).first).to_contain_text(words, timeout=PATIENCE)


class Student(Person):
    """Somebody in class, with what they have answered: by asking and round."""

    def __init__(self, browser: Browser, name: str, width: int, height: int, **options: Any) -> None:
        super().__init__(browser, name, width, height, **options)
        self.answers: dict[tuple[str, int], Answer] = {}
        self.seat = -1

    def join(self, address: str, code: str) -> None:
        """Join the class."""
        raise NotImplementedError

    def give(self, question: Question, answer: Answer, text: str) -> None:
        """Answer the question that is open; text: the answer as it is written."""
        raise NotImplementedError

    def is_in(self) -> None:
        """Check that it says that the own answer is in."""
        raise NotImplementedError

    def own(self, address: str, code: str) -> dict[str, Any]:
        """Return what the room says is theirs."""
        state = call(address, "GET", f"/{code}/mine", token=self.stored("lstm_room/student")["token"])
        return dict(state)


class PhoneStudent(Student):
    """A student at the page of phones."""

    def join(self, address: str, code: str) -> None:
        self.page.goto(f"{address}/j/{code}")
        self.button("Join the class").click()
        expect(self.button("Join the class")).to_be_hidden(timeout=PATIENCE)

    def give(self, question: Question, answer: Answer, text: str) -> None:
        if answer == UNSURE:
            self.button(DO_NOT_KNOW, exact=False).click()
        elif question.settings:
            for k, place in enumerate(str(answer).split(",")):
                slider = self.page.locator(f"#setting{k}")
                slider.fill(place)
                slider.dispatch_event("click")  # one that stays in the middle is meant, too
            self.button("Choose this").click()
        elif question.scale:
            self.page.locator("#number").fill(str(answer))
            self.button("Vote").click()
        else:
            self.button(text, exact=False).click()

    def is_in(self) -> None:
        self.sees("#line", re.compile("^Your vote is in"))
        expect(self.page.locator("main button[aria-pressed=true]")).to_have_count(1, timeout=PATIENCE)


class KeyboardStudent(PhoneStudent):
    """A student at the same page who has keys alone."""

    def reach(self, name: str, key: str = "Tab") -> None:
        """Press a key until something of this name has the focus."""
        passed = []
        for _ in range(20):
            self.page.keyboard.press(key)
            passed.append(str(self.page.evaluate(_FOCUS)))
            if name in passed[-1]:
                return
        raise AssertionError(f"no way to {name!r} by the keyboard, only to {passed}")

    def join(self, address: str, code: str) -> None:
        self.page.goto(f"{address}/j/{code}")
        expect(self.button("Join the class")).to_be_visible(timeout=PATIENCE)
        self.reach("Join the class")
        self.page.keyboard.press("Enter")
        expect(self.button("Join the class")).to_be_hidden(timeout=PATIENCE)

    def give(self, question: Question, answer: Answer, text: str) -> None:
        if answer == UNSURE:
            self.reach(DO_NOT_KNOW)
            self.page.keyboard.press("Space")
        elif question.settings:
            self._set(question, str(answer))
        elif question.scale:
            self.reach("Your number")
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(str(answer))
            self.reach("Vote")
            self.page.keyboard.press("Enter")
        else:
            self.reach(text)
            self.page.keyboard.press("Enter")

    def _set(self, question: Question, answer: str) -> None:
        for setting, place in zip(question.settings, answer.split(","), strict=True):
            self.reach(setting.text.split("_")[0].split()[0])
            # To the middle's neighbour and back: what stays in the middle is meant, too.
            steps = int(place) - (len(setting.values) - 1) // 2
            keys = ["ArrowRight", "ArrowLeft"] if steps == 0 else []
            for key in keys or ["ArrowRight" if steps > 0 else "ArrowLeft"] * abs(steps):
                self.page.keyboard.press(key)
        self.reach("Choose this")
        self.page.keyboard.press("Enter")


class CourseStudent(Student):
    """A student with the course open, who votes in the bar."""

    def join(self, address: str, code: str) -> None:
        self.page.goto(f"{address}/?section=My+course")
        field = self.page.get_by_role("textbox", name="The code of your class")
        field.fill(code)
        field.press("Enter")
        self.button("Join the class").click()
        self.sees("#lstm-bar .bar", code)

    @property
    def sheet(self) -> Any:
        """The question of the class above the bar."""
        return self.page.locator("#lstm-bar .sheet:not(.menu)")

    def give(self, question: Question, answer: Answer, text: str) -> None:
        sheet = self.sheet
        if answer == UNSURE:
            sheet.get_by_role("button", name=DO_NOT_KNOW).click()
        elif question.settings:
            for slider, place in zip(sheet.get_by_role("slider").all(), str(answer).split(","), strict=True):
                slider.fill(place)
                slider.dispatch_event("click")
            sheet.get_by_role("button", name="Choose this").click()
        elif question.scale:
            sheet.get_by_label("Your number").fill(str(answer))
            sheet.get_by_role("button", name="Vote").click()
        else:
            sheet.get_by_role("button", name=text).click()

    def is_in(self) -> None:
        self.sees("#lstm-bar .words", "Your vote is in")

    def is_led_to(self, page: str, query: str) -> None:
        """Check that the own page is where the class was led."""
        self.page.wait_for_url(lambda url: urlsplit(url).path == f"/{page}")
        part = next(iter(dict(parse_qsl(query)).values()))
        chosen = self.page.get_by_role("radio", name=part, exact=True)
        expect(chosen).to_be_checked(timeout=PATIENCE)


def words_of(question: Question, answer: Answer) -> str:
    """Return an answer as its student reads it, up to a symbol, which a page may write in another way."""
    if answer == UNSURE:
        return DO_NOT_KNOW
    if isinstance(answer, str) and not question.settings:
        text = next(each.text for each in question.answers if each.id == answer)
        return re.split(r" \S*_", text)[0]
    return "" if question.settings else number_words(float(answer), question.digits)
