"""The lecturer's pointer drags a slider in a browser; when do browsers that follow paint it?

All run on one machine, so that their clocks agree: a page's own time is its `performance.timeOrigin` and what
has gone since.
"""

import json
import math
import time
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import ARGUMENTS, CHROMIUM

PAGE, SLIDER = "gates", "forget bias"
EVERY = 0.02  # seconds between two moves of the pointer
LAST = 1500  # milliseconds after the last move in which it is still awaited

# Notes each value that the pointer drags the slider to: when it moved there, and what is drawn for it.
_LEAD = """(name) => {
  const input = [...document.querySelectorAll(".stBidiComponent, .stBidiComponent *")]
    .map(({ shadowRoot }) => shadowRoot?.querySelector(`input[aria-label="${name}"]`)).find(Boolean)
  const number = input.getRootNode().querySelector("[data-value=f]")
  window.notes = []
  let moved = 0
  addEventListener("pointermove", ({ timeStamp }) => { moved = performance.timeOrigin + timeStamp }, true)
  document.addEventListener("input", () => notes.push([moved, input.value, number.textContent]))
}"""

# Notes each frame in which the slider or the number beside it is another: when it is painted, and both.
_FOLLOW = """(name) => {
  const input = [...document.querySelectorAll(".stBidiComponent, .stBidiComponent *")]
    .map(({ shadowRoot }) => shadowRoot?.querySelector(`input[aria-label="${name}"]`)).find(Boolean)
  const number = input.getRootNode().querySelector("[data-value=f]")
  window.notes = []
  let last = "", waits = false
  const { port1, port2 } = new MessageChannel() // a message that is sent in a frame comes after its paint
  port1.onmessage = ({ data }) => notes.push([performance.timeOrigin + performance.now(), ...data])
  const frame = () => {
    waits = false
    const now = [input.value, number.textContent]
    if (String(now) !== last) port2.postMessage(now)
    last = String(now)
  }
  const changed = () => {
    if (!waits) requestAnimationFrame(frame)
    waits = true
  }
  new MutationObserver(changed)
    .observe(input.getRootNode(), { subtree: true, childList: true, characterData: true, attributes: true })
}"""


class Painted(NamedTuple):
    """What was seen.  seconds: from each move of the pointer until a page showed it, or a later one."""

    moves: int
    pages: int
    seconds: list[float]
    at_the_end: int  # of the pages: how many stood where the lecturer's slider stood at last

    @property
    def is_whole(self) -> bool:
        """Whether each page has shown each move, or a later one."""
        return self.at_the_end == self.pages and len(self.seconds) == self.moves * self.pages


def drag(
    address: str, code: str, host: str, students: list[dict[str, str]], seconds: float = 10.0
) -> Painted:
    """Drag the slider of the page that leads; students: token and handle of each page that follows."""
    kept = [("host", {"host": host}), *(("student", {**student, "n": 0}) for student in students)]
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        lead, *follow = [_open(browser, address, role, {"code": code, **own}) for role, own in kept]
        try:
            lead.locator("#lstm-bar").get_by_role("switch", name="Lead").click()
            lead.evaluate(_LEAD, SLIDER)
            for page in follow:
                page.evaluate(_FOLLOW, SLIDER)
            _move(lead, seconds)
            lead.wait_for_timeout(LAST)
            moves = lead.evaluate("notes")
            frames = [page.evaluate("notes") for page in follow]
        finally:
            browser.close()
    lags = [lag for each in frames for lag in lags_of(moves, each)]
    at_the_end = sum(each[-1][1:] == moves[-1][1:] for each in frames if each)
    return Painted(len(moves), len(follow), lags, at_the_end)


def _open(browser: Browser, address: str, role: str, own: dict[str, Any]) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    text = json.dumps(json.dumps({**own, "until": 9e15}))
    page.add_init_script(f"localStorage['lstm_room/{role}'] = {text}")
    page.goto(f"{address}/{PAGE}")
    page.locator("#lstm-bar .bar").wait_for(timeout=60_000)
    page.locator("[data-test-script-state=notRunning]").wait_for(timeout=60_000)
    page.get_by_role("slider", name=SLIDER).wait_for(timeout=60_000)
    return page


def _move(page: Page, seconds: float) -> None:
    """Drag to and fro along the whole slider, a way in two seconds."""
    slider = page.get_by_role("slider", name=SLIDER)
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box is not None
    height = box["y"] + box["height"] / 2

    def at(share: float) -> tuple[float, float]:
        return box["x"] + 10 + share * (box["width"] - 20), height

    page.mouse.move(*at(0.5))
    page.mouse.down()
    began = time.perf_counter()
    while (gone := time.perf_counter() - began) < seconds:
        page.mouse.move(*at(0.5 + 0.45 * math.sin(math.pi * gone / 2)))
        time.sleep(EVERY)
    page.mouse.up()


def lags_of(moves: list[list[Any]], frames: list[list[Any]]) -> list[float]:
    """Return the seconds from each move until a frame showed it, or a later one; both are [when, what …]."""
    newest: list[tuple[float, int]] = []  # when, and the newest move that is shown
    for when, *what in frames:
        shows = [number for number, move in enumerate(moves) if move[1:] == what and move[0] <= when]
        if shows:
            newest.append((when, shows[-1]))
    first = [next((when for when, number in newest if number >= k), None) for k in range(len(moves))]
    return [(when - move[0]) / 1000 for move, when in zip(moves, first, strict=True) if when is not None]
