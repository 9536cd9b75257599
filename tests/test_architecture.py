"""Imports go one way, and a few habits hold everywhere.  The rules are those of the README's layout."""

import ast
import functools
import graphlib
import importlib
import inspect
import pkgutil
import sys
import types
from collections import Counter
from pathlib import Path

import pytest

import lstm

ROOT = Path(__file__).parents[1]
# What each part may import besides the standard library and itself.
ARROWS = {
    "streamlit_app.py": {"lesson", "streamlit", "starlette"},
    "pages": {"lesson", "visualization", "lstm", "exercises", "streamlit"},
    # google: protobuf, which comes with Streamlit, as starlette and uvicorn do.
    "lesson": {
        "visualization",
        "lstm",
        "streamlit",
        "numpy",
        "pandas",
        "altair",
        "dask",
        "distributed",
        "google",
        "markdown_it",
        "platformdirs",
        "rcssmin",
        "segno",
        "sqlalchemy",
        "starlette",
        "uvicorn",
    },
    # What comes with distributed is optional: imported where a cluster is reached.
    "lesson/training/engine": {"lstm", "numpy", "dask", "distributed"},
    "visualization": {"pandas", "altair", "numpy", "PIL", "lstm"},
    "train_minimal.py": {"lstm", "numpy"},
    "exercises": {"lstm", "numpy"},
    "lstm": {"numpy", "safetensors"},  # safetensors is optional: imported where a file of it is read
}
_EVERY = "frame widgets"
_RUNS = f"{_EVERY} training training/engine training/live"
_LESSONS = (
    "exercises gates gates/cell_variants gates/challenges gates/gru gradients gradients/challenges "
    "gradients/explosion gradients/first_weights gradients/product pytorch sampling sampling/gaps "
    "sampling/memory sampling/own_mistakes sampling/surgery sampling/two_layers sampling/write series "
    "training training/engine training/engine/seeds training/live training/replay training/troubles "
    "training/truncation"
)
# Which other rooms each room may import.  A room is a folder; what a folder above it holds is another room,
# "." for the topmost.
ROOMS = {
    "lesson/frame": "",
    "lesson/widgets": "frame",
    "lesson/start": _EVERY,
    "lesson/exercises": _EVERY,
    "lesson/pytorch": _EVERY,
    "lesson/gates": _EVERY,
    "lesson/gates/cell_variants": f"{_EVERY} gates gates/challenges",
    "lesson/gates/challenges": f"{_EVERY} gates",
    "lesson/gates/gru": f"{_EVERY} gates gates/challenges",
    "lesson/training/engine": "training/engine/series",  # which knows nothing of the engine
    "lesson/training/engine/series": "",
    "lesson/training/engine/seeds": "training/engine",
    "lesson/training/engine/cluster": "training/engine",
    "lesson/training/live": f"{_EVERY} training training/engine training/engine/cluster",
    "lesson/training/replay": f"{_EVERY} training",
    "lesson/training/troubles": _RUNS,
    "lesson/training/truncation": f"{_EVERY} training",
    "lesson/gradients": _RUNS,
    "lesson/gradients/challenges": f"{_EVERY} gradients",
    "lesson/gradients/explosion": f"{_EVERY} gradients",
    "lesson/gradients/first_weights": f"{_EVERY} gradients",
    "lesson/gradients/product": f"{_EVERY} gradients",
    "lesson/sampling": _RUNS,
    "lesson/sampling/gaps": f"{_EVERY} sampling",
    "lesson/sampling/own_mistakes": f"{_EVERY} sampling",
    "lesson/sampling/two_layers": f"{_EVERY} sampling sampling/memory",
    "lesson/sampling/write": f"{_EVERY} sampling",
    "lesson/sampling/memory": f"{_EVERY} sampling sampling/write",
    "lesson/sampling/surgery": f"{_EVERY} sampling sampling/write",
    "lesson/series": f"{_RUNS} training/engine/series",
    "lesson/cheatsheet": f"{_EVERY} {_LESSONS}",
    "lesson/course": f"{_EVERY} {_LESSONS} start cheatsheet classroom course/worksheets",
    "lesson/course/worksheets": f"{_EVERY} {_LESSONS}",
    # What a room deals: it speaks the classroom's language, and rooms are handed it by the table above all.
    "lesson/course/variants": f"{_EVERY} {_LESSONS} cheatsheet classroom course course/worksheets",
    # The core of class mode knows no lesson but the pages' titles: the launcher hands it the questions.
    "lesson/classroom": "frame",
    "lesson/classroom/pages": "frame",
    "lesson/classroom/server": "frame classroom classroom/pages classroom/storage",
    "lesson/classroom/storage": "classroom",
    # The page of class mode, its plans and the bar.
    "lesson/class_page": f"{_EVERY} classroom course course/worksheets",
    # The warm-up, the table of answers and the table of questions, above all rooms.
    "lesson": f"{_EVERY} {_LESSONS} start cheatsheet classroom course course/variants course/worksheets",
    # The script calls the frame with the warm-up and the table of answers; the guard imports no room.
    "lesson/server": f". {_EVERY}",
    "lesson/training": "frame training/engine",  # what the page's address says
    "lstm": "",  # the book, with its chapters; it imports no tool
    "lstm/diagnosis": "",
    "lstm/exchange": "storage",
    "lstm/interpret": "textstats",
    "lstm/parallel": "",
    "lstm/recall": "",
    "lstm/series": "",
    "lstm/storage": "",
    "lstm/terminal": "storage exchange diagnosis parallel",
    "lstm/textstats": "",
    "lstm/variants": "",
    "visualization": "",
    "visualization/charts": "",
    "visualization/drawings": "",
}
HOUSES = ("lesson", "lstm", "visualization")
CHAPTERS = {"lstm/cells", "lstm/network", "lstm/training"}  # of the book: several files, one room with it
# Rooms that may import the files of the folder above them.
BOOK_IS_BELOW = {room for room in ROOMS if room.startswith(("lstm/", "visualization/"))}
FACES = {f"{house}/__init__" for house in HOUSES}  # what they offer comes from every room
MOST_FILES = 16  # in a folder, besides __init__.py


def files(part):
    path = ROOT / part
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


SOURCES = [(part, path) for part in ARROWS for path in files(part)]


@functools.cache
def trees():
    """Every file, read when a test first asks: not each process of the tests holds these rules."""
    return {path: ast.parse(path.read_text("utf-8")) for _, path in SOURCES}


def offences(check):
    """What a check finds in every file: (file, words) of each."""
    return [
        (str(path.relative_to(ROOT)), words) for part, path in SOURCES for words in check(part, trees()[path])
    ]


@functools.cache
def imports(tree):
    """(module, names) of every import, wherever in the file it stands; relative ones have no module."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, ()) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found += [(node.module, tuple(alias.name for alias in node.names))]
    return found


def forbidden_imports(part, tree):
    allowed = ARROWS[part] | {part} | sys.stdlib_module_names
    own = part.replace("/", ".")
    return [
        module
        for module, _ in imports(tree)
        if module.split(".")[0] not in allowed and module != own and not module.startswith(f"{own}.")
    ]


def modules_of(tree):
    """Every file of lesson, lstm and visualization that a file imports, as a path without its ending."""
    for module, names in imports(tree):
        path = ROOT / module.replace(".", "/")
        if module.split(".")[0] not in HOUSES:
            continue
        if path.with_suffix(".py").is_file():
            yield path
            continue
        for name in names:
            yield path / name if (path / f"{name}.py").is_file() else path / "__init__"


@functools.cache
def graph():
    """What each file of the houses imports of them; their faces are left out."""
    faces = {ROOT / face for face in FACES}
    return {
        path.with_suffix(""): set(modules_of(tree)) - faces
        for path, tree in trees().items()
        if path.relative_to(ROOT).parts[0] in HOUSES and path.with_suffix("") not in faces
    }


def room_of(path):
    room = str(path.parent.relative_to(ROOT))
    return "lstm" if room in CHAPTERS else room


@functools.cache
def arrows_between_rooms():
    """Each room with the rooms of the same top folder that its files import."""
    arrows = {}
    for path, imported in graph().items():
        top = path.relative_to(ROOT).parts[0]
        others = {room_of(other) for other in imported if other.relative_to(ROOT).parts[0] == top}
        arrows.setdefault(room_of(path), set()).update(others - {room_of(path)})
    return arrows


def circle(arrows):
    """A circle in a graph, as text; empty if there is none."""
    try:
        graphlib.TopologicalSorter(arrows).prepare()
    except graphlib.CycleError as error:
        return " -> ".join(str(node) for node in error.args[1])
    return ""


def dotted(node):
    """a.b.c of an attribute or a name, else ''."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def bad_habits(tree):
    """What no file may do, as words with line numbers."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            if any(c is None or dotted(c).split(".")[-1] in ("Exception", "BaseException") for c in caught):
                yield f"line {node.lineno}: catches everything"
        if isinstance(node, ast.Attribute) and dotted(node) == "sys.path":
            yield f"line {node.lineno}: uses sys.path"
        is_option = isinstance(node, ast.keyword) and node.arg == "allow_pickle"
        if is_option and ast.unparse(node.value) != "False":
            yield f"line {node.value.lineno}: allows pickles"
    for module, names in imports(tree):
        if {"pickle", "cPickle", "dill", "joblib", "shelve", "marshal"} & {module.split(".")[0]}:
            yield f"imports {module}"
        if module == "sys" and "path" in names:
            yield "imports sys.path"


def test_imports_follow_the_arrows():
    assert offences(forbidden_imports) == []


def test_rooms_import_only_the_rooms_below_them():
    for room, others in arrows_between_rooms().items():
        top = room.split("/")[0]
        allowed = {top if name == "." else f"{top}/{name}" for name in ROOMS[room].split()}
        allowed |= {top} if room in BOOK_IS_BELOW else set()
        assert others <= allowed, f"{room} imports {sorted(others - allowed)}"


def test_every_room_is_in_the_table():
    folders = {str(p.parent.relative_to(ROOT)) for top in HOUSES for p in files(top)}
    assert folders - CHAPTERS == set(ROOMS)


def test_there_is_no_circle_between_files_or_rooms():
    assert circle(graph()) == ""
    assert circle(arrows_between_rooms()) == ""


def test_a_circle_is_noticed():
    assert circle({"network": {"sampling"}, "sampling": {"text", "network"}})


def test_no_folder_has_more_files_than_can_be_looked_through():
    folders = Counter(path.parent for path in trees() if path.name != "__init__.py")
    assert {str(f.relative_to(ROOT)): n for f, n in folders.items() if n > MOST_FILES} == {}


def test_charts_take_nothing_but_types_from_the_library():
    parsed = [trees()[path] for path in files("visualization")]
    for module, names in (row for tree in parsed for row in imports(tree)):
        if module.split(".")[0] == "lstm":
            found = {name: getattr(importlib.import_module(module), name) for name in names}
            assert found, f"import {module} as a whole"
            for name, value in found.items():
                assert isinstance(value, (type, types.GenericAlias)), f"{module}.{name} is no type"


def test_no_bad_habits():
    assert offences(lambda _, tree: list(bad_habits(tree))) == []


def test_the_library_is_where_this_test_looks():
    assert len(files("lstm")) > 10


# -- the checks themselves notice --


@pytest.mark.parametrize(
    ("part", "line"),
    [
        ("lstm", "import streamlit"),
        ("lstm", "import numpy, pandas as pd"),
        ("lstm", "def f():\n    from visualization.charts import plot"),
        ("visualization", "if True:\n    import streamlit.components"),
        ("visualization", "from lesson import widgets"),
        ("pages", "import numpy as np"),
        ("lesson", "import pages"),
        ("lesson/training/engine", "import streamlit as st"),
        ("lesson/training/engine", "from lesson.frame import files"),
        ("streamlit_app.py", "from lstm import LSTM"),
        ("exercises", "import torch"),
        ("train_minimal.py", "from lesson import runs"),
    ],
)
def test_a_wrong_arrow_is_noticed(part, line):
    assert len(forbidden_imports(part, ast.parse(line))) == 1


@pytest.mark.parametrize(
    ("part", "line"),
    [
        ("lstm", "import os, numpy.typing\nfrom lstm.text import split\nfrom . import cells"),
        ("pages", "import streamlit as st\nfrom lesson import runs"),
        ("visualization", "import altair as alt\nfrom lstm.gradients import GradientFlow"),
    ],
)
def test_a_right_arrow_is_let_through(part, line):
    assert forbidden_imports(part, ast.parse(line)) == []


@pytest.mark.parametrize(
    "code",
    [
        "try:\n    f()\nexcept:\n    pass",
        "try:\n    f()\nexcept Exception:\n    pass",
        "try:\n    f()\nexcept (KeyError, builtins.BaseException) as e:\n    raise",
        "import sys\nsys.path.insert(0, 'x')",
        "from sys import path",
        "import pickle",
        "from pickle import load",
        "np.load(f, allow_pickle=True)",
        "np.load(f, allow_pickle=maybe)",
    ],
)
def test_a_bad_habit_is_noticed(code):
    assert len(list(bad_habits(ast.parse(code)))) == 1


def test_a_good_habit_is_let_through():
    code = "try:\n    f()\nexcept (KeyError, OSError):\n    np.load(f, allow_pickle=False)"
    assert list(bad_habits(ast.parse(code))) == []


# -- what is public in the library is explained --


def public_functions(module):
    """(name, function) of a module's own functions and of its own classes' methods."""
    for name, value in vars(module).items():
        if name.startswith("_") or getattr(value, "__module__", None) != module.__name__:
            continue
        if inspect.isfunction(value):
            yield name, value
        elif inspect.isclass(value):
            for attribute, method in vars(value).items():
                method = getattr(method, "fget", None) or getattr(method, "__func__", method)
                overridden = [getattr(base, attribute, None) for base in value.__mro__[1:]]
                overrides = any(old.__doc__ for old in overridden if old is not None)
                if inspect.isfunction(method) and not attribute.startswith("_") and not overrides:
                    yield f"{name}.{attribute}", method


def unexplained(function):
    """What a function lacks: a docstring, or type hints of parameters."""
    if not inspect.getdoc(function):
        yield "docstring"
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.annotation is parameter.empty and name not in ("self", "cls"):
            yield name


MODULES = sorted(module.name for module in pkgutil.walk_packages(lstm.__path__, "lstm."))


def test_public_functions_have_docstrings_and_type_hints():
    missing = {
        f"{module}.{name}": list(unexplained(function))
        for module in MODULES
        for name, function in public_functions(importlib.import_module(module))
    }
    assert {name: what for name, what in missing.items() if what} == {}


def test_modules_and_public_classes_have_docstrings():
    for name in MODULES:
        module = importlib.import_module(name)
        assert module.__doc__, name
        classes = [
            c for n, c in inspect.getmembers(module, inspect.isclass) if c.__module__ == name and n[0] != "_"
        ]
        assert [c.__name__ for c in classes if not c.__doc__] == [], name


def test_the_walk_finds_functions_methods_and_properties():
    found = {name for module in MODULES for name, _ in public_functions(importlib.import_module(module))}
    assert {
        "train",
        "sigmoid",
        "Cell.forward",
        "Network.gates",
        "Vocabulary.from_text",
    } <= found
    assert not any("._" in name or name.startswith("_") for name in found)


def test_a_missing_hint_and_a_missing_docstring_are_noticed():
    def bare(a, b: int, *c, **d): ...

    assert list(unexplained(bare)) == ["docstring", "a", "c", "d"]
