"""Who watches a live run: asks what is new of it, as the drawing of the training page does."""

import time
import uuid
from typing import Any

from lesson.training.engine.settings import digest
from lesson.training.live.controls import settings_of
from lesson.training.parameters import CONTROLS, SEED
from tests.load.asking import Asking

TEXT = "fables"  # that the page begins with


def id_of(seed: int = SEED.start, **changes: str) -> str:
    """Return the id of the run that a page starts with these controls changed."""
    values = {name: control.start for name, control in CONTROLS.items()} | changes | {"seed": seed}
    return digest(settings_of(TEXT, "", values).key)


class Watching:
    """One who watches the run with this id."""

    def __init__(self, asking: Asking, run: str) -> None:
        self.asking, self.run, self.watcher = asking, run, uuid.uuid4().hex
        self.step, self.width, self.again = -1, 0, 0.25

    async def look(self) -> float:
        """Ask once what is new; the seconds until it is there."""
        question = {
            "runs": self.run, "since": str(self.step), "width": str(self.width), "watcher": self.watcher,
            "goal": "all",
        }  # fmt: skip
        began = time.perf_counter()
        news: dict[str, Any] = await self.asking.answer("runs/news", question)
        seconds = time.perf_counter() - began
        self.again = news["again"]
        if news["picture"]:
            self.step, self.width = news["runs"][0]["head"], news["picture"]["axes"]["width"]
        return seconds
