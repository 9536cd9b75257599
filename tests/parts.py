"""Every page and every part of it, as the pages themselves name them, and how a test opens one."""

import ast
import re
from collections.abc import Mapping, Sequence

from streamlit.testing.v1 import AppTest

from lesson.frame.files import ROOT
from lesson.frame.lessons import LESSONS


def _names(source: str) -> list[str]:
    """The names in a page's PARTS, a tuple of names or a mapping from them."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "PARTS":
            names = node.value.keys if isinstance(node.value, ast.Dict) else node.value.elts
            return [ast.literal_eval(name) for name in names]
    return []


def _parts(file: str) -> tuple[str, list[str]]:
    source = (ROOT / "pages" / file).read_text("utf-8")
    parameter = re.search(r'choose_part\(.*, "(\w+)"\)', source)
    names = _names(source)
    assert bool(parameter) == bool(names), file
    return (parameter[1], names) if parameter else ("", [""])


# Of each file in pages/: the parameter of the address that names a part, and the parts; "" for a page in one.
PARTS = {lesson.file: _parts(lesson.file) for lesson in LESSONS}
VIEWS = [(file, part) for file, (_, parts) in PARTS.items() for part in parts]


def query_of(file: str, part: str) -> dict[str, str]:
    """What the address of a part says."""
    return {PARTS[file][0]: part} if part else {}


def opened(file: str, query: Mapping[str, str | Sequence[str]]) -> AppTest:
    """A page in the frame, with what a link asks."""
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    first = file == LESSONS[0].file  # it reads its address at the first run
    if not first:
        app.run()
    for name, value in query.items():
        app.query_params[name] = value
    return app.run() if first else app.switch_page(f"pages/{file}").run()
