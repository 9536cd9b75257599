"""What happened when, what was wrong, and pictures of all screens."""

import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Error, Page

CHUNK = 1_000  # milliseconds of waiting at a time: pages go on meanwhile


class Record:
    """The record of a lesson.

    minutes: that it lasts; 0: as quick as it goes.  planned: minutes of its plan.  folder: for the pictures,
    None: none are taken.  say: gets each line.
    """

    def __init__(
        self, minutes: float = 0, planned: int = 45, folder: Path | None = None,
        say: Callable[[str], None] = lambda line: print(line, flush=True),
    ) -> None:  # fmt: skip
        self.share, self.folder, self.say = minutes / planned, folder, say
        self.wrong: list[str] = []
        self._begin = time.monotonic()
        self._pictures = 0
        if folder:
            folder.mkdir(parents=True, exist_ok=True)

    @property
    def seconds(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self._begin

    def begin(self) -> None:
        """Let the lesson's time begin now."""
        self._begin = time.monotonic()

    def note(self, sentence: str) -> None:
        """Say what happens, with the time."""
        minutes, seconds = divmod(int(self.seconds), 60)
        self.say(f"{minutes:2d}:{seconds:02d}  {sentence}")

    def fault(self, sentence: str) -> None:
        """Note something that is wrong; the lesson goes on."""
        self.wrong.append(sentence)
        self.note(f"WRONG: {sentence}")

    @contextmanager
    def check(self, what: str) -> Iterator[None]:
        """Whatever does not hold in here is noted as wrong, with what was checked."""
        try:
            yield
        except (AssertionError, Error) as error:
            lines = [re.sub(r"\x1b\[[0-9;]*m", "", line).strip() for line in str(error).splitlines()]
            self.fault(f"{what}: {' '.join(line for line in lines[:6] if line) or 'it does not hold'}")

    def rest(self, page: Page, seconds: float) -> None:
        """Wait as long as a class takes for something: seconds of a lesson in its true time."""
        self._until(page, self.seconds + seconds * self.share)

    def until_minute(self, page: Page, minute: float) -> None:
        """Wait for a minute of the plan."""
        self._until(page, 60 * minute * self.share)

    def _until(self, page: Page, end: float) -> None:
        while (left := end - self.seconds) > 0:
            page.wait_for_timeout(min(CHUNK, 1_000 * left))

    def take_pictures(self, moment: str, pages: Mapping[str, Page]) -> None:
        """Take a picture of each screen; moment: what it shows."""
        if self.folder is None:
            return
        self._pictures += 1
        for name, page in pages.items():
            file = self.folder / f"{self._pictures:02d} {moment} - {name}.png"
            try:
                page.screenshot(path=file, timeout=20_000)
            except Error as error:
                self.note(f"no picture of {name}: {error.message.splitlines()[0]}")

    def finish(self) -> int:
        """Say what was wrong; returns how many things."""
        self.note("The lesson is over.")
        self.say("Wrong: nothing." if not self.wrong else f"Wrong, {len(self.wrong)} times:")
        for sentence in self.wrong:
            self.say(f"- {sentence}")
        sys.stdout.flush()
        return len(self.wrong)
