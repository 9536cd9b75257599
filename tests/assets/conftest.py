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
def run(node):
    """run(files, function, input): apply a JavaScript function to modules of assets/ and an input.

    files: one name or several, separated by spaces; the function gets all they export as one object.  In the
    input {"int16": […]} is an Int16Array; what comes back is JSON, arrays as lists, NaN as "NaN".
    """

    def apply(files, function, value=None):
        done = subprocess.run(
            [node, str(Path(__file__).with_name("run.mjs"))],
            input=json.dumps({"files": files.split(), "function": function, "input": value}),
            capture_output=True, text=True, encoding="utf-8", timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return apply
