"""How fast the live cell of the gates page answers: python -m tests.benchmarks.live_cell

The course runs beside two pages to compare it with: an SVG component of one slider and one line, and a
bare page of one slider and one metric on Streamlit's default settings.  One browser looks at all of them
and they take turns, so that whatever else the machine does meets them alike; read the ratios.  Takes
about three minutes; needs Chromium and Linux.
"""

import os
from statistics import median
from typing import NamedTuple

import numpy as np
from playwright.sync_api import Browser, sync_playwright

from tests.benchmarks.race import table
from tests.benchmarks.watch import Watched, every, processor_time, reference, spots
from tests.browser.conftest import ARGUMENTS, CHROMIUM, ROOT, serving

DRAGS, MOVES = 8, 40  # turns that each page takes at being dragged, and moves in each of them
TURNS, ANSWERS = 4, 8  # turns that each page takes at answering, and answers in each of them
PAUSE, REPEAT = 0.42, 1 / 30  # seconds between inputs that are answered one by one, and of a held key
COMMITS, FLOOR = 60, 0.08  # over which costs are counted, and seconds that the cell leaves between two

METRIC = "[data-testid=stMetricValue]"
BUSY = "part=Over+time&input=noise&T=40&rnn=true"
IN_VIEW = {
    "three sliders": "",
    "seven sliders": "open=more",
    "all fifteen, with the weights": "open=more.weights",
    "over time, T = 40": "part=Over+time&input=noise&T=40",
    "over time, T = 40, and an RNN": BUSY,
}


class Pages(NamedTuple):
    """What takes turns: two views of the cell, two pages to compare them with."""

    step: Watched
    time: Watched
    empty: Watched
    bare: Watched

    def ours(self) -> dict[str, Watched]:
        """The cell, by what is in view."""
        return {"one step": self.step, "over time": self.time}


def percentile(values: list[float], share: float) -> float:
    """One of the values; an answer that never came is without end."""
    return float(np.percentile(values, share, method="higher"))


def row(
    figure: str, unit: str, measured: float, compared: float | None = None,
    *, most: float | None = None, least: float | None = None, ratio: float | None = None,
) -> list[str]:  # fmt: skip
    """A row of the table: the figure, what is asked, measured, of the page to compare with, their ratio.

    most, least: asked of the figure itself; ratio: asked at most of the figure by the other page's.
    """
    asked = {}
    if most is not None:
        asked[f"≤ {most:g} {unit}"] = measured <= most
    if least is not None:
        asked[f"≥ {least:g} {unit}"] = measured >= least
    if ratio is not None:
        asked[f"≤ {ratio:g} ×"] = measured / compared <= ratio
    cells = ["", ""] if compared is None else [f"{compared:.1f} {unit}", f"{measured / compared:.2f}"]
    verdict = "" if not asked else "✓" if all(asked.values()) else "✗"
    return [figure, ", ".join(asked), f"{measured:.1f} {unit}", *cells, verdict]


# -- drag --


def drag(watched: Watched) -> tuple[list[float], int]:
    """Move the slider back and forth: ms from each move to its paint, and frames sent meanwhile."""
    mouse = watched.page.mouse
    way = np.abs((np.arange(MOVES) + 20) % 40 - 20)  # twenty positions down and up again
    points = spots(watched.slider, [0.3 + 0.4 * step / 20 for step in way])
    watched.page.bring_to_front()
    mouse.move(*points[0])
    mouse.down()
    watched.page.wait_for_timeout(350)  # taking the slider may tell the server; moving it must not
    watched.begin()
    for k in every(1 / 60, MOVES):
        mouse.move(*points[k])
    paints, sent = watched.paints("drawing"), watched.sent_while_moving()
    mouse.up()
    watched.page.wait_for_timeout(200)
    assert len(paints) > MOVES / 2, "the drawing did not follow the pointer"
    return [painted - moved for moved, _, painted in paints], sent


def measure_drag(pages: Pages) -> list[list[str]]:
    """From a pointer's move to the paint, against a component that is almost empty.

    Of each percentile the middle turn counts: most of what disturbs a shared machine is over in one turn.
    """
    taken = {**pages.ours(), "empty": pages.empty}
    turns = {name: [] for name in taken}
    for _ in range(DRAGS):
        for name, watched in taken.items():
            turns[name].append(drag(watched))

    def middle(name: str, share: float) -> float:
        return median(percentile(times, share) for times, _ in turns[name])

    rows = []
    for name in pages.ours():
        rows += [
            row(f"drag, {name}: move to paint, median", "ms", middle(name, 50), middle("empty", 50)),
            row(f"drag, {name}: move to paint, p95", "ms",
                middle(name, 95), middle("empty", 95), most=20, ratio=1.2),
            row(f"drag, {name}: sent while moving", "frames", sum(sent for _, sent in turns[name]), most=0),
        ]  # fmt: skip
    return rows


# -- commit --


def press(watched: Watched) -> str:
    """Single presses of an arrow key, with time for each answer; what kind of input to answer."""
    watched.slider.focus()
    for k in every(PAUSE, ANSWERS):
        watched.page.keyboard.press("ArrowRight" if k % 4 < 2 else "ArrowLeft")
    return "keydown"


def click(watched: Watched) -> str:
    """Short clicks on two places of the slider; what kind of input to answer."""
    points = spots(watched.track, [0.4, 0.6])
    for k in every(PAUSE, ANSWERS):
        watched.page.mouse.move(*points[k % 2])
        watched.page.mouse.down()
        watched.page.wait_for_timeout(30)
        watched.page.mouse.up()
    return "pointerup"


def measure_commits(pages: Pages) -> list[list[str]]:
    """From a slider's release until all has been repainted, against a bare page."""
    taken, rows = {**pages.ours(), "bare": pages.bare}, []
    for what, act in (("key", press), ("pointer", click)):
        times = {name: [] for name in taken}
        for _ in range(TURNS):
            for name, watched in taken.items():
                watched.begin()
                kind = act(watched)
                watched.page.wait_for_timeout(1000 * PAUSE)
                answered = zip(watched.answers(kind, "words"), watched.answers(kind, "all"), strict=True)
                times[name] += [max(both) for both in answered]  # without end if the words did not follow
        for name in pages.ours():
            ours, bare = times[name], times["bare"]
            rows += [
                row(f"commit by {what}, {name}: all repainted, median", "ms",
                    median(ours), median(bare), most=60, ratio=1),
                row(f"commit by {what}, {name}: all repainted, p95", "ms",
                    percentile(ours, 95), percentile(bare, 95), most=100),
            ]  # fmt: skip
    return rows


# -- a key that is held --


def hold(watched: Watched, part: str) -> float:
    """Hold an arrow key for two seconds: repaints of a part a second."""
    watched.slider.focus()
    watched.page.keyboard.press("Home")
    watched.page.wait_for_timeout(500)
    watched.begin()
    for _ in every(REPEAT, round(2 / REPEAT)):
        watched.page.keyboard.down("ArrowRight")
    watched.page.keyboard.up("ArrowRight")
    paints = [painted for *_, painted in watched.paints(part)]
    return (len(paints) - 1) / (paints[-1] - paints[0]) * 1000


def measure_hold(pages: Pages) -> list[list[str]]:
    """Repaints a second while an arrow key is held, against a bare page's metric."""
    bare = hold(pages.bare, "words")
    return [
        row(f"arrow key held, {name}: repaints", "a second", hold(watched, "drawing"), bare, least=20)
        for name, watched in pages.ours().items()
    ]


# -- what a commit costs --


def cost(watched: Watched, process: int) -> tuple[float, float]:
    """What a commit costs: ms of processor time, and kB of the largest answer."""
    watched.slider.focus()
    watched.page.keyboard.press("Home")
    watched.page.wait_for_timeout(500)
    watched.begin()
    before = processor_time(process)
    for k in every(1.1 * FLOOR, COMMITS):
        watched.page.keyboard.press("ArrowRight" if k < 50 else "ArrowLeft")
    watched.page.wait_for_timeout(500)
    answers = watched.bytes_by_commit()
    assert answers, "no commit was sent"
    return 1000 * (processor_time(process) - before) / len(answers), max(answers) / 1000


def measure_cost(browser: Browser, address: str, process: int, bare: Watched, other: int) -> list[list[str]]:
    """What a commit costs the server and the line, by what is in view."""
    processor, size, least = [], [], cost(bare, other)
    for name, link in IN_VIEW.items():
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        used, most = cost(Watched(page, f"{address}/gates?{link}", "forget bias"), process)
        page.close()
        processor.append(row(f"processor time of a commit, {name}", "ms", used, least[0], most=10))
        size.append(row(f"largest answer to a commit, {name}", "kB", most, least[1], most=16))
    return [*processor, *size]


def main() -> None:
    """Serve all pages, look at them, measure them in turn."""
    print(f"Load of the machine before: {os.getloadavg()[0]:.1f}", end=", ", flush=True)
    with (
        serving("streamlit_app.py", ROOT) as (address, server),
        reference() as (other, other_server),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)

        def look(*where: str, **parts: str) -> Watched:
            return Watched(browser.new_page(viewport={"width": 1280, "height": 900}), *where, **parts)

        pages = Pages(
            look(f"{address}/gates", "forget bias", drawing="svg.wide", words=".words"),
            look(f"{address}/gates?{BUSY}", "forget bias", drawing=".time svg", words=".words"),
            look(f"{other}/?empty", "Empty", drawing="line"),
            look(other, "Slider", "[data-testid=stSlider] [role=group] > div", words=METRIC),
        )
        rows = [*measure_drag(pages), *measure_commits(pages), *measure_hold(pages)]
        rows += measure_cost(browser, address, server.pid, pages.bare, other_server.pid)
        browser.close()
    print(f"and after: {os.getloadavg()[0]:.1f}")
    table("The live cell", ["figure", "asked", "measured", "compared with", "ratio", ""], rows)


if __name__ == "__main__":
    main()
