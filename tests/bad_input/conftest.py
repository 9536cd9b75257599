"""Where bad input is given, and what watches that nothing is written where it should not be."""

import os
import pickle
import sys

import pytest

from lesson.frame.files import ROOT
from tests.bad_input.doors import CONTROL, Runs
from tests.files import GOOD

_CACHES = {"__pycache__", ".git", ".pytest_cache", ".hypothesis"}
written: list[str] = []  # what this process has opened for writing, renamed or made below the course


def _note_writing(event, arguments):
    if event == "open":
        path, mode, flags = arguments
        writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) if mode is None else set(mode) & set("wax+")
        targets = [path] if writes else []
    elif event in ("os.rename", "os.link", "os.symlink", "os.mkdir", "os.remove", "os.truncate"):
        targets = arguments[:2]
    else:
        return
    for target in targets:
        if isinstance(target, (str, bytes, os.PathLike)):
            path = os.path.abspath(os.fsdecode(target))
            if path.startswith(f"{ROOT}{os.sep}") and not _CACHES.intersection(path.split(os.sep)):
                written.append(path)


sys.addaudithook(_note_writing)  # it sees this process alone: an editor beside the tests disturbs nothing


@pytest.fixture(autouse=True)
def nothing_is_written_into_the_course():
    written.clear()
    yield
    assert not written


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with files to be named on a command line."""
    folder = tmp_path_factory.mktemp("place")
    (folder / "text").write_text("the cat sat on the mat.\n" * 100, "utf-8")
    (folder / "folder").mkdir()
    for name, target in (("dangling", "missing"), ("loop", "loop"), ("link", "text")):
        os.symlink(target, folder / name)
    with open(folder / "enormous", "wb") as file:
        file.truncate(5 * 2**30)  # of zeros that take no place
    for name, data in {"binary": bytes(range(256)), "one": b"a" * 3_000, "control": CONTROL.encode() * 500,
                       "half": GOOD[:500], "pickle": pickle.dumps(Runs()), "good": GOOD}.items():  # fmt: skip
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def run(place, monkeypatch, capfd):
    """Run a command line in the folder; return the exit code and what it said, error output last."""
    monkeypatch.chdir(place)

    def run(main, argv):
        capfd.readouterr()
        try:
            code = main(argv)
        except SystemExit as stopped:
            code = stopped.code
        return code, *capfd.readouterr()

    return run
