"""What the image has of the repository is enough: the course runs from it alone."""

import asyncio
import re
import shutil

import pytest

from lesson.frame.files import ROOT
from lesson.frame.lessons import LESSONS
from tests.browser.conftest import serving
from tests.load.visitor import Visitor

LINES = [
    line for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if not line.startswith("#")
]


def test_all_is_left_out_but_what_is_named():
    assert LINES[0] == "*" and LINES[-1] == "**/__pycache__"
    for line in LINES[1:-1]:
        assert re.fullmatch(r"![\w./-]+", line) and (ROOT / line[1:]).exists(), line


def test_secrets_stay_out():
    """Streamlit's lie beside its settings."""
    assert [line for line in LINES if "streamlit/" in line] == ["!.streamlit/config.toml"]
    assert "!.streamlit" not in LINES and not any(".env" in line for line in LINES)


@pytest.mark.slow
def test_every_page_opens_with_what_the_image_has(tmp_path):
    for name in (line[1:] for line in LINES[1:-1]):
        source, target = ROOT / name, tmp_path / name
        target.parent.mkdir(exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)

    async def open_all(address):
        faults = []
        for lesson in LESSONS:
            visitor = Visitor(address)
            await visitor.enter(lesson.address)
            assert visitor.read() or visitor.keys()
            faults += visitor.exceptions
            await visitor.leave()
        return faults

    with serving("streamlit_app.py", tmp_path) as (address, _):
        assert asyncio.run(open_all(address)) == []
