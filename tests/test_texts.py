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


def test_the_fables_are_long_enough_and_no_two_of_them_share_a_long_sentence():
    """A chain tale says a sentence again; two fables share no more than "What are you looking for?"."""
    text = read_text(TEXTS / "fables.txt")
    assert len(text.encode()) >= 300_000
    fables, first = text.strip().split("\n\n"), dict[str, int]()
    for number, fable in enumerate(fables):
        for sentence in re.split(r"(?<=[.?!])[\"']?\s+", fable):
            plain = " ".join(sentence.split()).lower()
            assert first.setdefault(plain, number) == number or len(plain.split()) <= 6, plain
    assert len({fable.split("\n")[0] for fable in fables}) == len(fables), "no title twice"
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
    for name in ("rhymes", "couplets"):
        verses = read_text(TEXTS / f"{name}.txt").strip().split("\n\n")
        assert all(verse.count("\n") == 3 for verse in verses) and len(verses) == len(set(verses))
    assert MEASURES["couplets"][0](read_text(TEXTS / "couplets.txt"), "") > 0.99
    assert MEASURES["couplets"][0](read_text(TEXTS / "rhymes.txt"), "") > 0.95, "some rhyme for the eye only"


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("programs", "def f():\n    if a:\n    b = 1\n            c = 2\n   d = 3"),
        ("recipes", "1. Mix.\n3. Bake.\n5. Serve.\n\n2. Wait."),
        ("brackets", "(a[b)]\n(a"),
        ("rhymes", "the cat.\nThe dog"),
        ("couplets", "The cat sat down,\nAnd saw a dog.\nThe dog sat down,\nAnd so sat down."),
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


def test_the_couplets_can_be_made_again_to_the_byte_and_need_no_other_characters_than_the_rhymes():
    couplets = read_text(TEXTS / "couplets.txt")
    script = runpy.run_path(str(TEXTS / "make_couplets.py"))
    assert script["couplets"](random.Random("couplets 1")) == couplets
    assert Vocabulary.from_text(couplets) == Vocabulary.from_text(read_text(TEXTS / "rhymes.txt"))
