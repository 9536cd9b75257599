"""Functions of the browser's scripts, called from Python: Node runs them as they are."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

NODE = shutil.which("node")


@pytest.fixture(scope="session")
def node():
    """The path of Node.  Without it the tests are skipped, but never in CI."""
    if NODE is None:
        assert not os.environ.get("CI"), "CI needs Node"
        pytest.skip("no Node on this machine")
    return NODE


@pytest.fixture(scope="session")
def task(node):
    """task(…): do a task of run.mjs, in one Node for all tests, and return what comes of it."""
    command = [node, "--experimental-vm-modules", "--no-warnings", str(Path(__file__).with_name("run.mjs"))]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, encoding="utf-8") as process:

        def do(**task):
            process.stdin.write(f"{json.dumps(task)}\n")
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
            assert "error" not in answer, answer["error"]
            return answer["result"]

        yield do
        process.stdin.close()


@pytest.fixture(scope="session")
def run(task):
    """run(files, function, input): apply a JavaScript function to modules of assets/ and an input.

    files: one name or several, separated by spaces; the function gets all they export as one object.  In the
    input {"int16": […]} is an Int16Array; what comes back is JSON, arrays as lists, NaN as "NaN".
    """
    return lambda files, function, value=None: task(files=files.split(), function=function, input=value)


@pytest.fixture(scope="session")
def read_script(task):
    """read_script(text): read a module as a browser does before it runs it; fail on no JavaScript."""
    return lambda text: task(script=text)
