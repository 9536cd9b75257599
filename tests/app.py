"""Pages of the course as a test sees them: every page and part, how one is opened, pressed and read."""

import functools
import json
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from lesson.frame.files import ROOT
from lesson.frame.lessons import LESSONS
from lesson.frame.parameters import Choice, Parameter
from tests.waiting import PATIENCE
from visualization.text import WORD_JOINER

Query = Mapping[str, str | Sequence[str]]

# Every AppTest reads the metadata of all installed packages, in search of components: longer than a
# page of ours. They stay the same while tests run, so once will do.
manifest_scanner.scan_component_manifests = functools.cache(manifest_scanner.scan_component_manifests)


# -- every page, and every part of it, as the pages themselves name them --


def tables() -> dict[str, tuple[Parameter, ...]]:
    """Return every page's table of parameters, by its room."""
    paths = sorted(path for path in ROOT.glob("lesson/*/parameters.py") if path.parent.name != "frame")
    return {p.parent.name: import_module(f"lesson.{p.parent.name}.parameters").PARAMETERS for p in paths}


def _parts(file: str) -> tuple[str, list[str]]:
    table = tables().get(file.removesuffix(".py").split("_", 1)[1], ())
    for parameter in table:
        if isinstance(parameter, Choice) and parameter.label == "Part":
            return parameter.name, list(parameter.options)
    return "", [""]


# Of each file in pages/: the parameter of the address that names a part, and the parts; "" for a page in one.
PARTS = {lesson.file: _parts(lesson.file) for lesson in LESSONS}
VIEWS = [(file, part) for file, (_, parts) in PARTS.items() for part in parts]


def query_of(file: str, part: str) -> dict[str, str]:
    """Return what the address of a part says."""
    return {PARTS[file][0]: part} if part else {}


# -- opening and using one --


def without_error(app: AppTest) -> AppTest:
    """Return the page as it was run; fail with its traceback if it broke."""
    assert not app.exception, app.exception[0].value
    return app


def rerun(app: AppTest) -> AppTest:
    """Run the page once more, as after a visitor's click."""
    return without_error(app.run())


def start_course() -> AppTest:
    """Return the course as a visitor finds it, not run yet."""
    return AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=PATIENCE)


def open_script(
    script: Callable[[], None], query: Query | None = None, state: Mapping[str, object] | None = None
) -> AppTest:
    """Open a page that is nothing but this function."""
    app = AppTest.from_function(script, default_timeout=PATIENCE)
    for name, value in (state or {}).items():
        app.session_state[name] = value
    for name, value in (query or {}).items():
        app.query_params[name] = value
    return rerun(app)


def open_page(file: str, query: Query | None = None, state: Mapping[str, object] | None = None) -> AppTest:
    """Open a page in the frame, with what a link asks and what the visitor's session holds."""
    app = start_course()
    for name, value in (state or {}).items():
        app.session_state[name] = value
    first = file == LESSONS[0].file  # it reads its address at the first run
    if not first:
        app.run()
    for name, value in (query or {}).items():
        app.query_params[name] = value
    return without_error(app.run() if first else app.switch_page(f"pages/{file}").run())


def press(app: AppTest, label: str) -> AppTest:
    """Press the button with this label."""
    next(button for button in app.button if button.label == label).click()
    return rerun(app)


def rerun_until(app: AppTest, condition: Callable[[], bool]) -> AppTest:
    """Run the page again, each time after its training has gone on, until this is so."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it never came to that"
        for run in app.session_state["viewer"].runs:
            run.wait(run.head + 1, 0.5)
        rerun(app)
    return rerun(app)


# -- reading one --

_WORDS = ("markdown", "caption", "warning", "error", "info", "success", "text")
_MARKS = re.compile(r"\\text\{([.,;:!?)]+)\}\$")
_ENTRY = re.compile(r'\[([^\]]*)\]\(cheatsheet\?sheet=Words&term=[^ )]* "[^"]*"\)')


def without_entries(text: str) -> str:
    """Return a text as it was written: without the glossary's links, and without what keeps a line whole."""
    text = _MARKS.sub(r"$\1", text.replace(WORD_JOINER, ""))
    return _ENTRY.sub(r"\1", text)


def words_of(app: AppTest) -> str:
    """Return all that a page says in words, without the glossary's links."""
    return without_entries(" ".join(element.value for kind in _WORDS for element in app.get(kind)))


def text_blocks(block) -> Iterator[str]:
    """Yield the texts of a page from top to bottom, as they were written."""
    for child in block.children.values():
        if hasattr(child, "children"):
            yield from text_blocks(child)
        elif child.type in ("markdown", "caption"):
            yield child.value


def panels_of(app: AppTest) -> list[dict[str, Any]]:
    """Return what a page has sent of its panels."""
    sent = [json.loads(element.proto.json) for element in app.get("bidi_component") if element.proto.json]
    return [data[0] for data in sent if isinstance(data, list) and data and "controls" in data[0]]


def panel_of(app: AppTest) -> dict[str, Any]:
    """Return what a page has sent of its only panel."""
    (panel,) = panels_of(app)
    return panel
