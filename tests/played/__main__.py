"""A lesson of 45 minutes in real browsers: python -m tests.played [--minutes N] [--screens FOLDER]

A lecturer with a private screen and a projector, eight students in browsers of their own and some by plain
HTTP go through the plan against one server of the course, which ends and starts again in the middle of a
vote.  It prints what happened at each stop and when, takes pictures of all screens, and ends with what was
wrong: exit code 1 if anything was.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.played.lesson import MINUTES, Lesson
from tests.played.record import Record
from tests.played.server import running_server


def main() -> int:
    """Play the lesson; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.played", description=__doc__.splitlines()[0])
    parser.add_argument(
        "--minutes",
        type=float,
        default=0,
        help=f"how long it lasts: {MINUTES} as in class; 0: as quick as it goes",
    )
    parser.add_argument("--screens", type=Path, help="a folder for pictures of all screens")
    parser.add_argument("--others", type=int, default=4, help="students without a screen")
    parser.add_argument("--port", type=int, default=0, help="of the server; 0: a free one")
    options = parser.parse_args()
    record = Record(options.minutes, MINUTES, options.screens)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_server(Path(folder), options.port) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        Lesson(browser, server, record, options.others).play()
        browser.close()
    return 1 if record.finish() else 0


if __name__ == "__main__":
    sys.exit(main())
