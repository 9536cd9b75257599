"""Every work that is cited anywhere in the course is on the list of sources, and nothing on it is uncited."""

import functools
import re

import pytest

from lesson.cheatsheet.sources import SOURCES
from lesson.frame.files import ROOT
from tests.app import open_page, words_of

FOLDERS = ("pages", "lesson", "visualization", "lstm", "exercises", "assets", "sample_texts")
FILES = sorted(
    path
    for folder in FOLDERS
    for path in (ROOT / folder).rglob("*")
    if path.suffix in (".py", ".js", ".html", ".md")
) + [ROOT / "README.md", ROOT / "NOTES.md", ROOT / "train_minimal.py"]
_NAME = r"[A-Z][\w’-]*[a-zé][\w’-]*"
_NAMES = rf"{_NAME}(?:, {_NAME})*(?:,? (?:&|and) {_NAME})?"
_YEAR = r"(?:19|20)\d\d"
_CITATION = re.compile(rf"(?<![\w-])({_NAMES})( et al\.)?,? [(]?({_YEAR})(?:/({_YEAR}))?\b")
# Words with a capital that stand before a year and name nobody.
NO_AUTHORS = {"In", "Since", "Until", "By", "Of", "January", "June", "December"}


def citations(text):
    """Yield the authors, whether others are left out, and each year, of every citation in a text."""
    in_one_line = re.sub(r"[\s#]+", " ", re.sub(r'"\s+[rf]*"', "", text))  # parts of a string, of a comment
    for names, others, *years in _CITATION.findall(in_one_line):
        authors = tuple(re.split(r",? (?:&|and) |, ", names))
        if authors[0] not in NO_AUTHORS:
            for year in filter(None, years):
                yield authors, bool(others), year


def matches(source, authors, others, year):
    """Whether a citation names a source: all of its authors, or the first of three or more with "et al."."""
    if year not in (source.year, source.earlier):
        return False
    return authors == source.authors[:1] and len(source.authors) > 2 if others else authors == source.authors


@functools.cache
def cited():
    """Return every citation with a file in which it stands."""
    return {
        citation: path.relative_to(ROOT).as_posix()
        for path in FILES
        for citation in citations(path.read_text("utf-8"))
    }


def test_every_citation_is_on_the_list():
    unknown = {c: file for c, file in cited().items() if not any(matches(s, *c) for s in SOURCES)}
    assert not unknown


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_every_source_is_cited(source):
    assert any(matches(source, *citation) for citation in cited())


def test_the_list_is_in_order_and_says_where_and_what_for():
    order = [(source.authors[0], source.year) for source in SOURCES]
    assert order == sorted(order) and len({source.title for source in SOURCES}) == len(SOURCES)
    for source in SOURCES:
        assert source.where and source.cited_for and not source.cited_for.endswith(".")


GERS = ("Gers", "Schmidhuber", "Cummins")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(Gers et al. 2000; Fan 2018)", [(("Gers",), True, "2000"), (("Fan",), False, "2018")]),
        ("Gers, Schmidhuber and Cummins 1999/2000", [(GERS, False, "1999"), (GERS, False, "2000")]),
        ("Hochreiter\n    # 1991", [(("Hochreiter",), False, "1991")]),
        ("as in Cho et al. (2014), and in 2015", [(("Cho",), True, "2014")]),
        ('"Fan and "\n    f"Fei-Fei 2015', [(("Fan", "Fei-Fei"), False, "2015")]),
        ("In 2015 somebody, 2048 numbers, T = 2000", []),
    ],
)
def test_citations_are_recognised(text, expected):
    assert list(citations(text)) == expected


def test_the_page_shows_every_source():
    words = words_of(open_page("8_cheatsheet.py", {"sheet": "Sources"}))
    for source in SOURCES:
        assert source.where in words and source.name in words
