"""Bad input takes little memory: all of its tests once more, in a process that can have no more."""

import os
import subprocess
import sys

import pytest

from lesson.frame.files import ROOT
from tests.conftest import MEMORY

DOORS = ("texts", "checkpoints", "course_files", "files", "typed", "pages")
FILES = (
    *(f"tests/bad_input/test_{door}.py" for door in DOORS),
    "tests/lstm/storage",
    "tests/lesson/training/live/test_own_checkpoint.py",
)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the limit is one of Linux")
def test_bad_input_takes_little_memory():
    command = [sys.executable, "-m", "pytest", "-n", "0", "-m", "not slow", "-p", "no:cacheprovider"]
    # One arena: the limit counts what threads reserve and never touch.
    limits = {MEMORY: "250", "MALLOC_ARENA_MAX": "1"}
    done = subprocess.run(
        [*command, "tests/bad_input/test_memory.py", *FILES],
        cwd=ROOT, env=os.environ | limits, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0 and "skipped" not in done.stdout, done.stdout[-3000:]


if MEMORY in os.environ:  # in the process that can have no more

    def test_there_is_a_limit():
        with pytest.raises(MemoryError):
            bytes(2 * int(os.environ[MEMORY]) * 2**20)
