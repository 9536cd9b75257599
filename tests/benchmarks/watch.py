"""What a visitor's browser shows and when, and what it costs a server: for the benchmark of the live cell.

Times are taken inside the page.  An input counts from its event's time stamp, which is when the browser
got it; a change counts as painted in a task that is posted from the animation frame after it, and so
runs when that frame has been made.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen

from playwright.sync_api import Locator, Page, WebSocket

from tests.browser.conftest import serving

# What the gates page is compared with.  Both pages are as small as they can be, on a server with
# Streamlit's default settings.
REFERENCE = '''
import streamlit as st

if "empty" in st.query_params:
    component = st.components.v2.component(
        "empty",
        html="""<label>Empty <input type="range" min="0" max="64" value="36" style="width: 280px"></label>
                <svg viewBox="0 0 64 10"><line x1="0" y1="5" x2="36" y2="5" stroke="currentColor"/></svg>""",
        js="""export default function ({ parentElement }) {
            const line = parentElement.querySelector("line")
            parentElement.querySelector("input").addEventListener("input", (event) => {
                line.setAttribute("x2", event.target.value)
            })
        }""",
    )
    component(key="empty")
else:
    st.metric("Metric", st.slider("Slider", -8.0, 8.0, 1.0, 0.25))
'''

_SENDS = """
    const send = WebSocket.prototype.send
    window.sends = []
    WebSocket.prototype.send = function (data) {
        window.sends.push(performance.now())
        return send.call(this, data)
    }
"""
_PROBE = """() => {
    const probe = window.probe = { inputs: [], paints: {} }
    let newest = 0
    const note = (event) => {
        newest = event.timeStamp
        probe.inputs.push([event.type, newest])
    }
    for (const type of ["keydown", "pointerdown", "pointermove", "pointerup"]) {
        document.addEventListener(type, note, true)
    }
    probe.clear = () => {
        probe.inputs.length = 0
        for (const paints of Object.values(probe.paints)) paints.length = 0
    }
    // Note every frame in which something below one of the nodes has changed.
    probe.watch = (name, nodes) => {
        const paints = probe.paints[name] ??= []
        let waiting = false
        const changed = () => {
            if (waiting) return
            waiting = true
            const input = newest, change = performance.now()
            requestAnimationFrame(() => {
                const channel = new MessageChannel()
                channel.port1.onmessage = () => {
                    waiting = false
                    paints.push([input, change, performance.now()])
                }
                channel.port2.postMessage(0)
            })
        }
        const all = { subtree: true, childList: true, characterData: true, attributes: true }
        for (const node of nodes) new MutationObserver(changed).observe(node, all)
    }
    const main = document.querySelector("[data-testid=stMain]")
    const shadows = [...main.querySelectorAll("*")].map((element) => element.shadowRoot).filter(Boolean)
    probe.watch("all", [main, ...shadows])
}"""


class Watched:
    """A page in a browser of which every input, every paint and every frame of the websocket is noted.

    frames: bytes, in order; sent ones negative.
    """

    def __init__(self, page: Page, url: str, slider: str, track: str = "", **parts: str) -> None:
        """slider: its name; track: where a pointer can take it, if that is another element.

        parts: name to selector of what is watched apart from everything together.
        """
        self.page, self.frames = page, []
        page.on("websocket", self._listen)
        page.add_init_script(_SENDS)
        page.goto(url)
        self.slider = page.get_by_role("slider", name=slider)
        self.slider.wait_for()
        self.track = page.locator(track) if track else self.slider
        page.wait_for_timeout(1500)  # until all has been drawn and the first commits are over
        page.evaluate(_PROBE)
        for name, selector in parts.items():
            page.locator(selector).first.evaluate("(node, name) => probe.watch(name, [node])", name)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framesent", lambda payload: self.frames.append(-len(payload)))
        socket.on("framereceived", lambda payload: self.frames.append(len(payload)))

    def begin(self) -> None:
        """Forget what has been noted, and come to the front."""
        self.page.bring_to_front()
        self.page.evaluate("() => probe.clear()")
        self.frames.clear()

    def paints(self, part: str) -> list[tuple[float, float, float]]:
        """Frames in which a part has changed: the newest input before, the change, the paint; ms."""
        return self.page.evaluate("(part) => probe.paints[part]", part)

    def inputs(self) -> list[tuple[str, float]]:
        """What the visitor did, and when, ms."""
        return self.page.evaluate("() => probe.inputs")

    def sent_while_moving(self) -> int:
        """How often the page sent something while the pointer moved; it rests if nothing comes for 100 ms."""
        moves = [at for name, at in self.inputs() if name == "pointermove"]
        sends = self.page.evaluate("() => window.sends")
        return sum(
            moves[0] < sent < moves[-1] and any(sent - 100 < at < sent for at in moves) for sent in sends
        )

    def bytes_by_commit(self) -> list[int]:
        """How many bytes came after each frame that was sent, until the next."""
        answers: list[int] = []
        for frame in self.frames:
            if frame < 0:
                answers.append(0)
            elif answers:
                answers[-1] += frame
        return answers

    def answers(self, kind: str, part: str) -> list[float]:
        """For each input of a kind: until the last change of a part before any other input, in ms; without
        end if there is none.

        A pointer that is let go counts from there: what was repainted while it was down has taken 0 ms.
        """
        inputs, paints = self.inputs(), self.paints(part)
        found = []
        for k, (name, at) in enumerate(inputs):
            if name != kind:
                continue
            following = inputs[k + 1][1] if k + 1 < len(inputs) else float("inf")
            downs = [when for what, when in inputs[:k] if what == "pointerdown"]
            since = downs[-1] if name == "pointerup" and downs else at
            own = [painted for _, change, painted in paints if since < change < following]
            found.append(max(0.0, own[-1] - at) if own else float("inf"))
        return found


def spots(track: Locator, places: list[float]) -> list[tuple[float, float]]:
    """Points of the page on a slider's track, from shares of its length; the slider is brought into view."""
    track.scroll_into_view_if_needed()
    box = track.bounding_box()
    return [(box["x"] + share * box["width"], box["y"] + box["height"] / 2) for share in places]


def every(seconds: float, times: int) -> Iterator[int]:
    """Count in time; never faster than asked."""
    due = 0.0
    for k in range(times):
        time.sleep(max(0.0, due - time.perf_counter()))
        due = time.perf_counter() + seconds
        yield k


def processor_time(process: int) -> float:
    """Seconds that a process and its threads have used."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")  # user and system


@contextmanager
def reference() -> Iterator[tuple[str, Popen]]:
    """A server of the pages that the gates page is compared with; yields its address and its process."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "reference.py").write_text(REFERENCE, "utf-8")
        with serving("reference.py", folder) as served:
            yield served
