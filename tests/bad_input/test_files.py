"""Names of files that nobody should give, of texts, of checkpoints and of what is kept."""

import ast
import re

import pytest

from lesson.training.engine.settings import RunSettings
from lesson.training.live.run_files import file_stem, script
from lstm import InputError
from lstm.storage.checkpoint import read
from lstm.text import read_text
from tests.bad_input.doors import ACCEPTED, CONTROL, RIGHT_TO_LEFT, each_case

FILES = {  # of a text, and of a checkpoint
    "missing": ("no file", "no file"),
    "folder": ("folder", "folder"),
    "dangling": ("no file", "no file"),
    "loop": ("Too many levels", "Too many levels"),
    "text/beyond": ("Not a directory", "Not a directory"),
    "a\0b": ("can't be the name", "can't be the name"),
    "x" * 300: ("File name too long", "File name too long"),
    "\udcff\n": ("no file", "no file"),
    "": ("folder", "folder"),
    "enormous": ("larger than 128 MB", "not a checkpoint"),
    "link": (ACCEPTED, "not a checkpoint"),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("door", [0, 1], ids=["text", "checkpoint"])
def test_a_file(place, monkeypatch, name, door):
    monkeypatch.chdir(place)
    if FILES[name][door] is ACCEPTED:
        assert (read_text, read)[door](name)
        return
    with pytest.raises(InputError, match=FILES[name][door]):
        (read_text, read)[door](name)


TEXT_NAMES = {
    "a way out": "../../etc/passwd",
    "the end of a docstring": '"""\nimport os\nos.abort()\n"""',
    "NUL and control": f"a\0b{CONTROL}",
    "a format": "{title}{0}%s",
    "an escape": "\\",
    "very long": "x" * 10_000,
    "nothing": "",
    "right to left": RIGHT_TO_LEFT,
    "a quote": "'; import os #",
}


@each_case(TEXT_NAMES)
@pytest.mark.parametrize("digest", ["", "0" * 16], ids=["ours", "own"])
def test_a_name_of_a_text_in_a_file_to_keep(name, digest):
    settings = RunSettings(text=TEXT_NAMES[name], digest=digest)
    assert re.fullmatch(r"[a-z0-9_]{1,60}", file_stem(settings))
    code = ast.parse(script(settings, None))
    called = {
        node.func.id for node in ast.walk(code) if isinstance(node, ast.Call) and hasattr(node.func, "id")
    }
    assert called <= {"read_text", "LSTM", "train", "print", "len", "walk"}
    imported = [
        a.name for n in ast.walk(code) if isinstance(n, (ast.Import, ast.ImportFrom)) for a in n.names
    ]
    assert imported.count("os") == 1  # the script's own
