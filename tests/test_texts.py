"""The sample texts are what the README says they are, and can be made again."""

import random
import re
import runpy
from pathlib import Path

import pytest

from assets.build.measures import MEASURES, counted_steps, indented_lines, verse_lines
from lstm import Vocabulary
from lstm.interpret.brackets import closes_what_it_opens
from lstm.text import read_text

TEXTS = Path(__file__).parents[1] / "sample_texts"
each_text = pytest.mark.parametrize("path", sorted(TEXTS.glob("*.txt")), ids=lambda path: path.stem)


@each_text
def test_a_text_encodes_and_is_named_with_what_can_be_learned(path):
    text = read_text(path)
    vocabulary = Vocabulary.from_text(text)
    assert vocabulary.decode(vocabulary.encode(text)) == text
    assert f"| `{path.name}` |" in (TEXTS / "README.md").read_text("utf-8")


def test_the_fables_are_long_enough_and_no_sentence_comes_twice():
    text = read_text(TEXTS / "fables.txt")
    assert len(text.encode()) >= 40_000
    sentences = [" ".join(s.split()).lower() for s in re.split(r"(?<=[.?!])[\"']?\s+", text) if s.strip()]
    twice = {s for s in sentences if sentences.count(s) > 1}
    assert not twice
    for paragraph in text.split("\n"):
        assert paragraph.count('"') % 2 == 0, paragraph


def test_the_brackets_close_what_they_open():
    lines = read_text(TEXTS / "brackets.txt").splitlines()
    assert all(closes_what_it_opens(line) for line in lines)
    assert not closes_what_it_opens("([)]") and not closes_what_it_opens('("a)')


@pytest.mark.parametrize(
    ("name", "least"), [("programs", 100_000), ("recipes", 100_000), ("rhymes", 20_000), ("places", 20_000)]
)
def test_a_text_is_long_enough(name, least):
    assert (TEXTS / f"{name}.txt").stat().st_size >= least


@pytest.mark.parametrize("name", ["rhymes", "places"])
def test_no_line_comes_twice(name):
    lines = [line for line in read_text(TEXTS / f"{name}.txt").split("\n") if line]
    assert len(lines) == len(set(lines))


def test_the_texts_have_the_structure_that_the_models_are_measured_by():
    for name, measure in (("programs", indented_lines), ("recipes", counted_steps)):
        assert measure(read_text(TEXTS / f"{name}.txt"), "") == 1.0
    assert verse_lines(read_text(TEXTS / "rhymes.txt"), "") > 0.9, "some sentences go on in the next line"
    for verse in read_text(TEXTS / "rhymes.txt").strip().split("\n\n"):
        assert verse.count("\n") == 3


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("programs", "def f():\n    if a:\n    b = 1\n            c = 2\n   d = 3"),
        ("recipes", "1. Mix.\n3. Bake.\n5. Serve.\n\n2. Wait."),
        ("brackets", "(a[b)]\n(a"),
        ("rhymes", "the cat.\nThe dog"),
        ("places", "Neverheard"),
        ("fables", "xqz jkw"),
    ],
)
def test_a_measure_notices_what_is_wrong(name, wrong):
    assert MEASURES[name][0](wrong, read_text(TEXTS / f"{name}.txt")) <= 0.5


@pytest.mark.parametrize("name", ["brackets", "programs", "recipes", "places"])
def test_the_synthetic_texts_can_be_made_again_to_the_byte(name):
    script = runpy.run_path(str(TEXTS / "make_texts.py"))
    assert script["WRITERS"][name](random.Random(f"{name} 1")) == (TEXTS / f"{name}.txt").read_text("utf-8")
