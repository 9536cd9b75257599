"""Behind the first use of every term on a page stands its entry."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from lesson.frame.glossary import _PARTS, TERMS, gloss
from tests.lesson.sampling.opening import healthy
from tests.parts import VIEWS, opened, query_of

# The projector shows one question and nothing else; Words are the entries themselves.
READ = [view for view in VIEWS if view[1] not in ("Projector", "Words")]


@pytest.fixture(autouse=True)
def without_entries():
    """Here they are what is tested."""


def texts(block):
    """What a reader reads, from top to bottom."""
    for child in block.children.values():
        if hasattr(child, "children"):
            yield from texts(child)
        elif child.type in ("markdown", "caption"):
            yield child.value


@pytest.mark.parametrize(("file", "part"), READ)
def test_the_first_use_of_every_term_on_a_page_has_its_entry_behind_it(file, part):
    missing, seen = [], set()
    for text in texts(healthy(opened(file, query_of(file, part))).main):
        for found in _PARTS.finditer(text):
            link = re.match(r'\[[^\]]*\]\((cheatsheet\?[^ )]*) "', found.group())
            if link:
                seen.add("".join(parse_qs(urlsplit(link[1]).query)["term"]))
            elif found.lastgroup != "left" and (term := TERMS[int(found.lastgroup[1:])].name) not in seen:
                seen.add(term)
                missing.append((term, text[:90]))
    assert not missing


def test_a_term_that_a_page_uses_says_what_it_is_and_leads_to_its_entry():
    said = gloss("A gate, `gate`, $gate$, [a gate](gates), :red-badge[gate] and two gates.")
    assert said.count("cheatsheet?sheet=Words&term=gate") == 1
    assert said.startswith('A [gate](cheatsheet?sheet=Words&term=gate "a number from 0 to 1')
    assert said.endswith(", `gate`, $gate$, [a gate](gates), :red-badge[gate] and two gates.")


def test_a_table_stays_as_it_is():
    assert gloss("| gate | loss |\n|---|---|\n| f | 1 |") == "| gate | loss |\n|---|---|\n| f | 1 |"


def test_the_longest_term_wins_and_a_part_of_a_word_is_none():
    assert gloss("investigates") == "investigates"
    assert "forget%20bias" in gloss("the forget bias") and "term=bias" not in gloss("the forget bias")


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.name)
def test_every_entry_of_a_link_stands_on_top_of_the_words(term):
    app = healthy(opened("7_cheatsheet.py", {"sheet": "Words", "term": term.name}))
    assert app.info[0].value == f"**{term.name}**: {term.means}"
