"""The sample texts are what the README says they are, and can be made again."""

import random
import re
import runpy
from pathlib import Path

import pytest

from lstm import Vocabulary
from lstm.text import read_text

TEXTS = Path(__file__).parents[1] / "sample_texts"
each_text = pytest.mark.parametrize("path", sorted(TEXTS.glob("*.txt")), ids=lambda path: path.stem)


def closes_what_it_opens(line):
    """Whether every bracket outside quotes is closed by its own kind, and every quote."""
    open_brackets, quoted = [], False
    for char in line:
        if char == '"':
            quoted = not quoted
        elif not quoted and char in "([{":
            open_brackets.append(")]}"["([{".index(char)])
        elif not quoted and char in ")]}" and (not open_brackets or open_brackets.pop() != char):
            return False
    return not open_brackets and not quoted


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


@pytest.mark.parametrize("name", ["brackets"])
def test_the_synthetic_texts_can_be_made_again_to_the_byte(name):
    script = runpy.run_path(str(TEXTS / "make_texts.py"))
    assert script["WRITERS"][name](random.Random(f"{name} 1")) == (TEXTS / f"{name}.txt").read_text("utf-8")
