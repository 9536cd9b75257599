"""How long a page is to read: what all its parts say, each sentence once, at 200 words a minute."""

import re

import pytest

from tests.app import PARTS, open_page, query_of, words_of
from tests.course_texts import plain, without_questions

pytestmark = pytest.mark.slow  # it opens every part of a page

WORDS_A_MINUTE = 200


def minutes_of(file: str) -> float:
    """Return how long it takes to read all parts of a page, folded texts and tables included."""
    sentences: set[str] = set()
    for part in PARTS[file][1]:
        text = plain(words_of(without_questions(open_page(file, query_of(file, part)))))
        sentences |= set(re.split(r"(?<=[.:?!]) ", text))
    return sum(len(sentence.split()) for sentence in sentences) / WORDS_A_MINUTE


def test_sampling_is_read_in_ten_minutes():
    assert 5 < minutes_of("5_sampling.py") <= 10
