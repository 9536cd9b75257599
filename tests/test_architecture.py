"""Imports go one way, and a few habits hold everywhere.  The rules are those of the README's layout."""

import ast
import importlib
import inspect
import pkgutil
import sys
import types
from pathlib import Path

import pytest

import lstm

ROOT = Path(__file__).parents[1]
# What each part may import besides the standard library and itself.
ARROWS = {
    "streamlit_app.py": {"lesson", "streamlit"},
    "pages": {"lesson", "visualization", "lstm", "exercises", "streamlit"},
    "lesson": {"visualization", "lstm", "streamlit", "numpy", "pandas", "altair"},
    "visualization": {"lstm", "pandas", "altair", "numpy"},
    "train_minimal.py": {"lstm", "numpy"},
    "exercises": {"lstm", "numpy"},
    "lstm": {"numpy"},
}


def files(part):
    path = ROOT / part
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


SOURCES = [(part, path) for part in ARROWS for path in files(part)]
EACH_SOURCE = pytest.mark.parametrize(
    ("part", "path"), SOURCES, ids=[str(path.relative_to(ROOT)) for _, path in SOURCES]
)


def imports(tree):
    """(module, names) of every import, wherever in the file it stands; relative ones have no module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, ()) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module, tuple(alias.name for alias in node.names)


def forbidden_imports(part, tree):
    allowed = ARROWS[part] | {part} | sys.stdlib_module_names
    return [module for module, _ in imports(tree) if module.split(".")[0] not in allowed]


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


@EACH_SOURCE
def test_imports_follow_the_arrows(part, path):
    assert forbidden_imports(part, ast.parse(path.read_text("utf-8"))) == []


@pytest.mark.parametrize("path", files("visualization"), ids=lambda path: path.name)
def test_charts_take_nothing_but_types_from_the_library(path):
    for module, names in imports(ast.parse(path.read_text("utf-8"))):
        if module.split(".")[0] == "lstm":
            found = {name: getattr(importlib.import_module(module), name) for name in names}
            assert found, f"import {module} as a whole"
            for name, value in found.items():
                assert isinstance(value, (type, types.GenericAlias)), f"{module}.{name} is no type"


@EACH_SOURCE
def test_no_bad_habits(part, path):
    assert list(bad_habits(ast.parse(path.read_text("utf-8")))) == []


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


MODULES = sorted(f"lstm.{module.name}" for module in pkgutil.iter_modules(lstm.__path__))


@pytest.mark.parametrize("name", MODULES)
def test_public_functions_have_docstrings_and_type_hints(name):
    functions = dict(public_functions(importlib.import_module(name)))
    assert {
        name: list(unexplained(function))
        for name, function in functions.items()
        if any(unexplained(function))
    } == {}


@pytest.mark.parametrize("name", MODULES)
def test_modules_and_public_classes_have_docstrings(name):
    module = importlib.import_module(name)
    assert module.__doc__
    classes = [
        c for n, c in inspect.getmembers(module, inspect.isclass) if c.__module__ == name and n[0] != "_"
    ]
    assert [c.__name__ for c in classes if not c.__doc__] == []


def test_the_walk_finds_functions_methods_and_properties():
    found = {name for module in MODULES for name, _ in public_functions(importlib.import_module(module))}
    assert {
        "train",
        "sigmoid",
        "Cell.forward",
        "Network.gates",
        "Vocabulary.from_text",
        "LSTM.forward",
    } <= found
    assert not any("._" in name or name.startswith("_") for name in found)


def test_a_missing_hint_and_a_missing_docstring_are_noticed():
    def bare(a, b: int, *c, **d): ...

    assert list(unexplained(bare)) == ["docstring", "a", "c", "d"]
