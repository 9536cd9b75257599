"""How fast the course answers a slider: python -m tests.benchmarks.moves

The main slider of every lesson page, beside two pages to compare it with: an SVG component of one slider and
one line, and a bare page of one slider and one metric on Streamlit's default settings.  One browser looks at
all of them and they take turns, so that whatever else the machine does meets them alike; read the ratios.
Processor time is measured at settings drawn at random from all that the sliders can reach, each opened anew,
so that no answer is there already.  Takes about five minutes; needs Chromium and Linux.
"""

import os
import random
from statistics import median
from typing import NamedTuple
from urllib.parse import urlencode

import numpy as np
from playwright.sync_api import Browser, sync_playwright

from lesson.training.parameters import MOMENT
from tests.benchmarks.race import table
from tests.benchmarks.watch import Watched, every, processor_time, reference, spots
from tests.browser.conftest import ARGUMENTS, CHROMIUM, ROOT, serving
from tests.load.habits import anywhere

DRAGS, MOVES = 8, 40  # turns that each page takes at being dragged, and moves in each of them
TURNS, ANSWERS = 4, 8  # turns that each page takes at answering, and answers in each of them
PAUSE, REPEAT = 0.42, 1 / 30  # seconds between inputs that are answered one by one, and of a held key
SETTINGS, PRESSES = 12, 10  # drawn at random for each page, and key presses at each of them

KEYS = {"gates, over time": "time"}  # other names of views in tests.figures
PATHS = ("", "gates", "gradients", "training", "sampling", "exercises", "cheatsheet", "class")
METRIC = "[data-testid=stMetricValue]"


class Pace(NamedTuple):
    """How often each page is measured: turns of being dragged and of answering, settings that are drawn."""

    drags: int = DRAGS
    turns: int = TURNS
    settings: int = SETTINGS


class View(NamedTuple):
    """A lesson page with its main slider.

    link: its address.  slider: its name.  drawing: what follows the slider.  asked: most milliseconds of
    processor time that a key press may cost.
    """

    link: str
    slider: str
    drawing: str
    asked: float


VIEWS = {
    "gates": View("gates", "input x", "svg.wide", 0.6),
    "gates, over time": View(
        "gates?part=Over+time&input=noise&steps=40&rnn=true", "forget bias", ".time svg", 0.6
    ),
    "gradients": View("gradients", "Forget bias", ".curves", 2.0),
    "replay": View("training", MOMENT.label, ".place", 0.5),
    "sampling": View("sampling", "Temperature", ".place", 4.0),
}


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
    cells = ["", ""] if not compared else [f"{compared:.1f} {unit}", f"{measured / compared:.2f}"]
    verdict = "" if not asked else "✓" if all(asked.values()) else "✗"
    return [figure, ", ".join(asked), f"{measured:.1f} {unit}", *cells, verdict]


# -- drag --


def drag(watched: Watched) -> tuple[list[float], int]:
    """Move the slider back and forth: ms from each move to its paint, and frames sent through the socket."""
    mouse = watched.page.mouse
    way = np.abs((np.arange(MOVES) + 20) % 40 - 20)  # twenty positions down and up again
    positions = watched.slider.evaluate(
        "(slider) => (slider.max - slider.min) / (Number(slider.step) || 0.01)"
    )
    # A slider with few positions is dragged over all of them.
    low, high = (0.3, 0.7) if positions > MOVES else (0.02, 0.98)
    points = spots(watched.slider, [low + (high - low) * step / 20 for step in way])
    watched.page.bring_to_front()
    mouse.move(*points[0])
    mouse.down()
    watched.page.wait_for_timeout(350)  # the answers along it are asked for when it is taken hold of
    watched.begin()
    for k in every(1 / 60, MOVES):
        mouse.move(*points[k])
    paints, sent = watched.paints("drawing"), watched.sent_while_moving()
    mouse.up()
    watched.page.wait_for_timeout(200)
    assert len(paints) > min(MOVES, positions) / 2, "the drawing did not follow the pointer"
    return [painted - moved for moved, _, painted in paints], sent


def measure_drag(
    views: dict[str, Watched], empty: Watched, pace: Pace, values: dict[str, float]
) -> list[list[str]]:
    """From a pointer's move to the paint, against a component that is almost empty.

    Of each percentile the middle turn counts: most of what disturbs a shared machine is over in one turn.
    """
    taken = {**views, "empty": empty}
    turns = {name: [] for name in taken}
    for _ in range(pace.drags):
        for name, watched in taken.items():
            turns[name].append(drag(watched))

    def middle(name: str, share: float) -> float:
        return median(percentile(times, share) for times, _ in turns[name])

    rows = []
    for name in taken:
        key = KEYS.get(name, name)
        values |= {f"drag50_{key}": middle(name, 50), f"drag95_{key}": middle(name, 95)}
        values[f"ratio_{key}"] = middle(name, 95) / middle("empty", 95)
    for name in views:
        rows += [
            row(f"drag, {name}: move to paint, median", "ms", middle(name, 50), middle("empty", 50)),
            row(f"drag, {name}: move to paint, p95", "ms",
                middle(name, 95), middle("empty", 95), most=16.7, ratio=1.2),
            row(f"drag, {name}: sent through the socket", "frames",
                sum(sent for _, sent in turns[name]), most=0),
        ]  # fmt: skip
    return rows


# -- release --


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


def measure_release(
    views: dict[str, Watched], bare: Watched, pace: Pace, values: dict[str, float]
) -> list[list[str]]:
    """From a slider's release until all has been repainted, against a bare page."""
    taken, rows = {**views, "bare": bare}, []
    for what, act in (("key", press), ("pointer", click)):
        times = {name: [] for name in taken}
        for _ in range(pace.turns):
            for name, watched in taken.items():
                watched.begin()
                kind = act(watched)
                watched.page.wait_for_timeout(1000 * PAUSE)
                times[name] += watched.answers(kind, "all")
        values |= {f"{what}_{KEYS.get(name, name)}": median(times[name]) for name in taken}
        for name in views:
            rows += [
                row(f"{what}, {name}: all repainted, median", "ms",
                    median(times[name]), median(times["bare"]), most=30, ratio=1),
                row(f"{what}, {name}: all repainted, p95", "ms", percentile(times[name], 95),
                    percentile(times["bare"], 95)),
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
    if len(paints) < 2:  # a bare page on a busy machine
        return 0.0
    return (len(paints) - 1) / (paints[-1] - paints[0]) * 1000


def measure_hold(views: dict[str, Watched], bare: Watched) -> list[list[str]]:
    """Repaints a second while an arrow key is held, against a bare page's metric."""
    other = hold(bare, "words")
    return [
        row(f"arrow key held, {name}: repaints", "a second", hold(watched, "drawing"), other, least=20)
        for name, watched in views.items()
    ]


# -- what a key press costs --


def cost(browser: Browser, url: str, slider: str, process: int) -> tuple[float, float, int]:
    """What ten key presses cost the server that follow one another on a page just opened.

    Returns milliseconds of processor time and kB of answers a press, and frames through the socket.
    """
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(_size(response)))
    watched = Watched(page, url, slider)
    watched.begin()
    sizes.clear()
    before = processor_time(process)
    watched.slider.focus()
    for k in every(0.1, PRESSES):
        page.keyboard.press("ArrowRight" if k < PRESSES / 2 else "ArrowLeft")
    page.wait_for_timeout(700)
    used = processor_time(process) - before
    page.close()
    return 1000 * used / PRESSES, sum(sizes) / 1000 / PRESSES, sum(frame < 0 for frame in watched.frames)


def _size(response) -> int:
    return int(response.headers.get("content-length", 0)) if "/api/" in response.url else 0


def measure_cost(
    browser: Browser, address: str, process: int, other: str, other_process: int,
    pace: Pace, values: dict[str, float],
) -> list[list[str]]:  # fmt: skip
    """What a key press costs the server and the line, at settings drawn at random, by page."""
    dice = random.Random(1)
    bare = cost(browser, other, "Slider", other_process)
    values |= {"press_bare": bare[0], "frames_bare": bare[2]}
    rows = []
    for name, view in VIEWS.items():
        each = [
            cost(browser, f"{address}/{_anywhere(view.link, dice)}", view.slider, process)
            for _ in range(pace.settings)
        ]
        used, size, frames = (float(np.mean(column)) for column in zip(*each, strict=True))
        values |= {f"press_{KEYS.get(name, name)}": used, f"frames_{KEYS.get(name, name)}": frames}
        rows += [
            row(f"key press, {name}: processor time", "ms", used, bare[0], most=view.asked),
            row(f"key press, {name}: bytes of answers", "kB", size),
            row(f"ten key presses, {name}: sent through the socket", "frames", frames, bare[2], most=0),
        ]
    return rows


def _anywhere(link: str, dice: random.Random) -> str:
    """A view's address with settings drawn at random."""
    path, _, query = link.partition("?")
    settings = urlencode(anywhere(path, dice))
    return f"{path}?{'&'.join(part for part in (query, settings) if part)}"


def figures(is_quick: bool) -> dict[str, float]:
    """Measure what the README says of moves."""
    return main(Pace(1, 1, 1)) if is_quick else main()


# -- the first visit --


def first_visit(browser: Browser, url: str) -> tuple[float, float]:
    """Return the kB that a page brings to a browser that has nothing yet: ours, and Streamlit's files.

    What comes through the socket counts as ours: pages and their scripts come that way, and are not packed.
    """
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    session = page.context.new_cdp_session(page)
    paths: dict[str, str] = {}
    sizes: dict[str, float] = {}
    frames: list[int] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(len(frame))))
    session.send("Network.enable")
    session.on("Network.requestWillBeSent", lambda e: paths.update({e["requestId"]: e["request"]["url"]}))
    session.on("Network.loadingFinished", lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]}))
    page.goto(url)
    page.wait_for_selector("h1")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(3000)  # the code of the drawings, too
    page.close()
    theirs = sum(size for number, size in sizes.items() if "/static/" in paths[number])
    return (sum(sizes.values()) - theirs + sum(frames)) / 1000, theirs / 1000


def main(pace: Pace = Pace()) -> dict[str, float]:  # noqa: B008
    """Serve all pages, look at them, measure them in turn; figures by name."""
    values: dict[str, float] = {}
    print(f"Load of the machine before: {os.getloadavg()[0]:.1f}", end=", ", flush=True)
    with (
        serving("streamlit_app.py", ROOT) as (address, server),
        reference() as (other, other_server),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)

        def look(*where: str, **parts: str) -> Watched:
            return Watched(browser.new_page(viewport={"width": 1280, "height": 900}), *where, **parts)

        views = {
            name: look(f"{address}/{view.link}", view.slider, drawing=view.drawing)
            for name, view in VIEWS.items()
        }
        empty = look(f"{other}/?empty", "Empty", drawing="line")
        bare = look(other, "Slider", "[data-testid=stSlider] [role=group] > div", words=METRIC)
        rows = measure_drag(views, empty, pace, values)
        rows += measure_release(views, bare, pace, values)
        rows += measure_hold(views, bare)
        for watched in [*views.values(), empty, bare]:
            watched.page.close()
        rows += measure_cost(browser, address, server.pid, other, other_server.pid, pace, values)
        visits = [first_visit(browser, f"{address}/{path}") for path in PATHS]
        values |= {"visit_most": max(visits)[0], "visit_streamlit": min(kB for _, kB in visits) / 1000}
        browser.close()
    print(f"and after: {os.getloadavg()[0]:.1f}")
    table("Sliders", ["figure", "asked", "measured", "compared with", "ratio", ""], rows)
    return values


if __name__ == "__main__":
    main()
