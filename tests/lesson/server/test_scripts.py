"""The code of large components by plain HTTP."""

import asyncio
import gzip
import json
import subprocess
import sys

import pytest

from lesson.frame.files import ROOT, script
from lesson.frame.version import version
from lesson.server.scripts import Scripts
from lesson.widgets import bars  # which offers its drawing
from tests.lesson.server.test_answers import get, streamlit

PATH = f"/scripts/{bars._BARS.name}/bars.js"


def ask(path, **request):
    status, headers, body = asyncio.run(get(Scripts(streamlit), path, **request))
    return status, {name.decode(): value.decode() for name, value in headers.items()}, body


@pytest.mark.parametrize("base", ["", "/course", "/a/deep/base"])
def test_a_drawing_s_code_travels_packed_with_its_look_below_any_base_path(base):
    status, headers, body = ask(f"{base}{PATH}", headers=[(b"accept-encoding", b"br, gzip")])
    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert headers["content-type"] == "text/javascript; charset=utf-8"
    code = gzip.decompress(body).decode()
    assert code.startswith(script("bars/bars.js"))
    look = json.loads(code.splitlines()[-1].removeprefix("export const look = "))
    assert look == bars._BARS._look and ".bars" in look["css"]
    assert ask(f"{base}{PATH}")[2].decode() == code
    assert len(body) < len(code) / 2


def test_a_browser_keeps_the_code_of_its_version_and_no_other():
    assert "immutable" in ask(f"{PATH}?v={version()}")[1]["cache-control"]
    for query in ("", "?v=", "?v=other"):
        assert ask(PATH + query)[1]["cache-control"] == "no-cache"
    tag = ask(PATH)[1]["etag"].encode()
    assert ask(PATH, headers=[(b"if-none-match", tag)])[::2] == (304, b"")


@pytest.mark.parametrize(
    "name", ["", "bars.js", "bars/bars.css", "../bars/bars.js", "bars/../bars/bars.js", "x"]
)
def test_nothing_else_is_read(name):
    status, headers, body = ask(f"/scripts/{name}")
    assert status == 404 and json.loads(body) == {"error": "There is no such script; reload the page."}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_code_is_read_alone(method):
    status, _, body = ask(PATH, method=method)
    assert status == 405 and json.loads(body) == {"error": "Ask by GET."}


@pytest.mark.slow
def test_a_server_that_has_shown_no_page_has_every_drawing():
    """Behind a proxy, who asks for a drawing's code may have their page from another server."""
    drawings = {
        path.relative_to(ROOT / "assets").as_posix()
        for path in (ROOT / "assets").glob("*/*.js")
        if "register(component, " in path.read_text("utf-8")
    }
    assert len(drawings) > 25
    code = (
        "from lesson.frame.web_files import offered_script; from lesson.warm_up import prepare; prepare(); "
        f"print([name for name in {sorted(drawings)} if not offered_script(name)])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
