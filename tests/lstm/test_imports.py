"""How the modules of the library import each other: without a circle, and the book no tool."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import lstm

ROOT = Path(lstm.__file__).parent
BOOK_FOLDERS = {"cells", "network"}  # every other folder in lstm/ is a room of tools


def module_name(path):
    """A file's dotted name: lstm/cells/__init__.py is lstm.cells."""
    parts = path.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


SOURCES = {module_name(path): path.read_text("utf-8") for path in ROOT.rglob("*.py")}


def imported(source, known):
    """The modules among `known` that a source imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom):
            for name in [f"{node.module}.{alias.name}" for alias in node.names]:
                yield name if name in known else node.module


def circle(sources):
    """Modules that import each other in a circle; empty if there is none."""
    graph = {name: set(imported(text, sources)) & sources.keys() for name, text in sources.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1]
    return []


BOOK = {
    module_name(path)
    for path in ROOT.rglob("*.py")
    if path != ROOT / "__init__.py" and (path.parent == ROOT or path.parent.name in BOOK_FOLDERS)
}


def test_no_circle():
    assert circle(SOURCES) == []


def test_the_book_imports_no_tool():
    tools = SOURCES.keys() - BOOK  # the face `lstm` among them, which re-exports some
    assert {name: found for name in BOOK if (found := tools & set(imported(SOURCES[name], SOURCES)))} == {}


@pytest.mark.parametrize("line", ["import b", "from b import x", "def f():\n    from b import x"])
def test_a_circle_is_noticed(line):
    assert set(circle({"a": line, "b": "import c", "c": "from a import y"})) == {"a", "b", "c"}
    assert circle({"a": line, "b": "import c", "c": ""}) == []
