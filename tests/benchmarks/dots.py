"""How smoothly a class's dots fall on the projector: python -m tests.benchmarks.dots

300 students' settings fall on a curve and on a map, at 1280 × 720 and at twice as many pixels a side, in a
browser without a graphics card.  Frames a second are those in which the picture was drawn anew; the work is
what our script does in one of them, as a share of the 33 ms that it may take at 30 frames a second.  Takes
half a minute; needs Chromium.
"""

import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from lesson.classroom.question import Question
from tests.browser.class_room import ClassRoom, Server, room_server
from tests.browser.class_samples import SURFACE_QUESTION, SWEEP_QUESTION
from tests.browser.class_votes import class_of
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.test_class_projector import project_states, tell

STUDENTS, FRAME = 300, 1000 / 30  # milliseconds

# When each frame was drawn, and how long our script took; a frame without a drawing is none.
_WATCH = """() => {
  const { clearRect } = CanvasRenderingContext2D.prototype, request = requestAnimationFrame
  window.drawn_at = []
  window.work = []
  let isDrawn = false
  CanvasRenderingContext2D.prototype.clearRect = function (...place) {
    isDrawn = true
    return clearRect.apply(this, place)
  }
  window.requestAnimationFrame = (call) => request((now) => {
    isDrawn = false
    const begin = performance.now()
    call(now)
    if (!isDrawn) return
    drawn_at.push(now)
    work.push(performance.now() - begin)
  })
}"""


def fall(browser: Browser, server: Server, question: Question, scale: float) -> tuple[float, float, float]:
    """Return frames a second, the longest pause between two in milliseconds, and the work of one as a share
    of a frame."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, device_scale_factor=scale)
    room = ClassRoom(server.address)
    page = project_states(context, room)
    page.evaluate(_WATCH)
    tell(page, room.code, class_of(question, "revealed", STUDENTS))
    page.wait_for_timeout(4_000)
    times, work = page.evaluate("[drawn_at, work]")
    context.close()
    pauses = [after - before for before, after in zip(times, times[1:], strict=False)]
    return 1000 * len(pauses) / (times[-1] - times[0]), max(pauses), median(work) / FRAME


def figures(is_quick: bool) -> dict[str, float]:
    """Measure what the README says of dots; half a minute is quick enough."""
    rates = measure()
    return {"least": min(rates), "most": max(rates)}


def measure() -> list[float]:
    """Print a line for each picture and size; the frames a second of each."""
    rates = []
    with (
        tempfile.TemporaryDirectory() as folder,
        room_server(Path(folder)) as server,
        sync_playwright() as p,
    ):
        browser = p.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, question in {"curve": SWEEP_QUESTION, "map": SURFACE_QUESTION}.items():
            for scale in (1, 2):
                rate, pause, share = fall(browser, server, question, scale)
                rates.append(rate)
                print(
                    f"{name}, {STUDENTS} dots, {1280 * scale} × {720 * scale}: {rate:.0f} frames a second, "
                    f"longest pause {pause:.0f} ms, work {share:.0%} of a frame at 30 a second"
                )
        browser.close()
    return rates


if __name__ == "__main__":
    measure()
