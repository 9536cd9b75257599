"""The ways of a slider, a vote and a training through the house are as NOTES.md says."""

import asyncio
import io
import re
import sys
import threading
from pathlib import Path

import pytest

from lesson.answers import answers
from lesson.frame.query import Query
from lesson.server.answers import Answers
from lesson.training.engine.process import WorkerProcess
from lesson.training.engine.registry import Registry
from lesson.training.engine.settings import RunSettings
from lesson.training.engine.viewer import Viewer
from lesson.training.engine.worker import Worker
from lesson.training.live import answers as live_answers
from lesson.training.live import watch
from lesson.widgets.catalogue import sample_text
from tests.lesson.classroom.server import Server
from tests.test_architecture import graph
from tests.waiting import wait_until

ROOT = Path(__file__).parents[1]
NOTES = (ROOT / "NOTES.md").read_text("utf-8")
STEP = re.compile(r"^\d+\. `([^`]+)` `([^`]+)`: ", re.MULTILINE)
SETTINGS = RunSettings(text="places", hidden=8, seq=10, batch=4, amount=1)


def way(title):
    """The steps below a heading, each a file and a function."""
    return STEP.findall(NOTES.split(f"### {title}\n")[1].split("\n#")[0])


WAYS = re.findall(r"^### (The way of .*)$", NOTES, re.MULTILINE)


@pytest.mark.parametrize("title", WAYS)
def test_every_step_is_a_function_of_its_file(title):
    steps = way(title)
    assert len(steps) >= 10
    for file, function in steps:
        text = (ROOT / file).read_text("utf-8")
        definition = rf"def {function}\(" if file.endswith(".py") else rf"(?:function |^  ){function}\("
        assert re.search(definition, text, re.MULTILINE), f"{file} has no {function}"


def test_arrows_of_the_picture_are_imports():
    picture = NOTES.split("```mermaid")[1].split("```")[0]
    labels = dict(re.findall(r'(\w+)\["([^":]+)', picture))
    names = {place: name for name, label in labels.items() for place in places_of(label)}
    assert all((ROOT / place).exists() for place in names if place != "a worker")

    def name_of(file):
        """The box in which a file lies: the innermost."""
        inside = [place for place in names if file == place or file.startswith(f"{place}/")]
        return names[max(inside, key=len)] if inside else None

    imports = set()
    for path, others in graph().items():
        imports |= {(name_of(within(path)), name_of(within(other))) for other in others}
    for path in (ROOT / "streamlit_app.py", *(ROOT / "pages").glob("*.py")):
        modules = re.findall(r"^ *from (\S+) import", path.read_text("utf-8"), re.MULTILINE)
        imports |= {(name_of(within(path)), name_of(module.replace(".", "/"))) for module in modules}
    arrows = re.findall(r"^ +(\w+)\S*?(?:\[.*\])? --> (\w+)", picture, re.MULTILINE)
    assert len(arrows) == picture.count("-->") > 10
    for one, other in arrows:
        assert (one, other) in imports, f"{one} does not import {other}"
        assert (other, one) not in imports, f"{other} imports {one}"


def within(path):
    return path.relative_to(ROOT).as_posix()


def places_of(label):
    """The folders that a label names: "lesson/gates, gradients, …" are two."""
    first, *others = label.replace(", …", "").split(", ")
    return [first, *(f"{first.rpartition('/')[0]}/{other}" for other in others)]


class Calls(list[tuple[str, str]]):
    """The calls of these steps while it is open, in their order."""

    def __init__(self, steps: list[tuple[str, str]]) -> None:
        super().__init__()
        self._steps = [step for step in steps if step[0].endswith(".py")]

    def __enter__(self) -> "Calls":
        threading.setprofile(self._note)
        sys.setprofile(self._note)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)
        threading.setprofile(None)

    def _note(self, frame, event, _) -> None:
        if event == "call":
            call = (frame.f_code.co_filename.removeprefix(f"{ROOT}/"), frame.f_code.co_name)
            if call in self._steps:
                self.append(call)

    def check(self) -> None:
        """Check that all steps were called, one after the other."""
        calls = iter(self)
        missing = next((step for step in self._steps if step not in calls), None)
        assert missing is None, f"{missing} was not called after the steps before it"


@pytest.mark.slow
def test_a_slider_goes_its_way():
    sent = []

    async def ask():
        async def send(message):
            sent.append(message)

        scope = {"type": "http", "method": "GET", "path": "/api/gradients/race", "headers": []}
        await Answers(None, answers)(scope | {"query_string": b"along=bf&T=20"}, None, send)

    with Calls(way("The way of a slider")) as calls:
        asyncio.run(ask())
    assert sent[0]["status"] == 200
    calls.check()


@pytest.mark.slow
def test_a_vote_goes_its_way():
    with Calls(
        way("The way of a vote")
    ) as calls:  # from the beginning: its threads are noted from their start
        server = Server("sqlite://")
        room = server.room()
        token = room.student()
        room.ask("forget")
        room.stage("vote")

        async def vote_and_hear():
            stream = await server.listen(room.code)
            calls.clear()
            vote = {"asking": "1", "round": 1, "answer": "keeps", "n": 1}
            reply = await server.request("POST", f"/{room.code}/vote", vote, token)
            while stream.events[-1][0] != "tally":
                await asyncio.sleep(0.05)
            stream.gone.set()
            return reply

        assert server.run(vote_and_hear()).json == {"counted": True}
    calls.check()
    server.close()


@pytest.mark.slow
def test_a_training_goes_its_way(monkeypatch):
    def news():
        run = viewer.runs[0]
        return live_answers.runs_news(
            Query({"runs": run.id, "since": "-1", "width": "1", "watcher": "me", "goal": "all"})
        )

    steps = way("The way of a training")
    of_worker = [s for s in steps if s[0].startswith("lstm/") or s[0].endswith(("worker.py", "text_work.py"))]
    with Calls(
        [step for step in steps if step not in of_worker]
    ) as calls:  # its threads are noted from their start
        registry = Registry(WorkerProcess)
        viewer = Viewer("me", registry)
        monkeypatch.setattr(watch, "viewer", lambda: viewer)
        monkeypatch.setattr(live_answers, "registry", lambda: registry)
        watch.start("a test", [(SETTINGS, sample_text("places"))])
        wait_until(lambda: viewer.runs[0].finished)
        assert news()["picture"]
        registry.close()

    calls.check()

    with Calls(of_worker) as worker_calls:  # a process of its own, once more in this one
        worker = Worker(io.BytesIO())
        text = sample_text("places").encode()
        order = {"do": "start", "run": "1", "settings": SETTINGS.key, "text_bytes": len(text)}
        worker.handle(order, text)
        worker.handle({"do": "work", "run": "1", "limit": 3}, b"")
        while worker.busy:
            worker.turn()
    worker_calls.check()
