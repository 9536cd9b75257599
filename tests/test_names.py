"""Names say what a value is: no participle or filler stands alone as the name of anything in Python."""

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TREES = (
    "lesson", "pages", "lstm", "visualization", "exercises", "assets", "sample_texts", "train_minimal.py",
)  # fmt: skip
# A participle without its noun, or a word of one's own: the reader learns nothing of the value behind it.
EMPTY_WORDS = {
    "asked", "drawn", "found", "given", "held", "hungry", "kept", "known", "looked", "looking", "luck",
    "lying", "made", "road", "said", "seen", "shown", "taken", "tired", "told", "wanted", "wherein",
}  # fmt: skip
# What may not be renamed: (file, name) and the reason.
EXCEPTIONS = {
    ("exercises/exercise_3.py", "held"): "a function in the files that students have at home",
    ("exercises/solutions/solution_3.py", "held"): "the same function, filled in",
}


def files_of(tree: str) -> list[Path]:
    return [ROOT / tree] if tree.endswith(".py") else sorted((ROOT / tree).rglob("*.py"))


def names_in(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and name of each variable, attribute, argument, function, class and import alias."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield node.lineno, name
            case ast.arg(arg=name) | ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield node.lineno, name
            case ast.AsyncFunctionDef(name=name) | ast.ExceptHandler(name=str(name)):
                yield node.lineno, name
            case ast.alias(asname=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield node.lineno, name


def empty_names(source: str) -> list[tuple[int, str]]:
    """Return line and name of what is called by an empty word, whatever its case and underscores."""
    return [(line, name) for line, name in names_in(source) if name.strip("_").lower() in EMPTY_WORDS]


@functools.cache
def named_by_empty_words(tree: str) -> list[tuple[str, str, int]]:
    """Return file, name and line of what a tree calls by an empty word."""
    return [
        (path.relative_to(ROOT).as_posix(), name, line)
        for path in files_of(tree)
        for line, name in empty_names(path.read_text("utf-8"))
    ]


@pytest.mark.parametrize("tree", TREES)
def test_no_name_is_an_empty_word(tree):
    assert files_of(tree)
    assert not [row for row in named_by_empty_words(tree) if row[:2] not in EXCEPTIONS]


def test_every_exception_is_needed():
    assert {row[:2] for tree in TREES for row in named_by_empty_words(tree)} >= EXCEPTIONS.keys()


@pytest.mark.parametrize(
    "source",
    [
        "_SEEN = 1", "kept: int = 1", "self.looked = 1", "def told(): pass", "async def told(): pass",
        "class Seen: pass", "def f(*, given): pass", "lambda road: road", "for found in rows: pass",
        "[made for made in rows]", "if (said := f()): pass", "import re as known", "with f() as held: pass",
        "try: pass\nexcept ValueError as shown: pass", "match f():\n    case [1, *drawn]: pass",
    ],
)  # fmt: skip
def test_an_empty_word_is_noticed_wherever_a_name_is_given(source):
    assert len(empty_names(source)) == 1


def test_a_participle_with_its_noun_is_a_name():
    assert not empty_names("def known_words(held_out): links_taken = held_out.known")
