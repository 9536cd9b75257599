"""The glossary's entries behind the terms of a text; those of the pages: tests/pages/test_every_view.py."""

from lesson.frame.glossary import _TERM_OR_MARKUP, TERMS, gloss
from tests.app import open_page, rerun


def test_a_term_that_a_page_uses_says_what_it_is_and_leads_to_its_entry():
    said = gloss("A gate, `gate`, $gate$, [a gate](gates), :red-badge[gate] and two gates.")
    assert said.count("cheatsheet?sheet=Words&term=gate") == 1
    assert said.startswith('A [gate](cheatsheet?sheet=Words&term=gate "a number from 0 to 1')
    assert said.endswith(", `gate`, $gate$, [a gate](gates), :red-badge[gate] and two gates.")


def test_an_equation_on_a_line_of_its_own_stays_as_it_is():
    assert gloss("$$\\mathrm{softmax}(x)$$") == "$$\\mathrm{softmax}(x)$$"


def test_a_table_stays_as_it_is():
    assert gloss("| gate | loss |\n|---|---|\n| f | 1 |") == "| gate | loss |\n|---|---|\n| f | 1 |"


def test_the_longest_term_wins_and_a_part_of_a_word_is_none():
    assert gloss("investigates") == "investigates"
    assert "forget%20bias" in gloss("the forget bias") and "term=bias" not in gloss("the forget bias")


def test_every_entry_of_a_link_stands_on_top_of_the_words():
    app = open_page("8_cheatsheet.py", {"sheet": "Words"})
    for term in TERMS:
        app.query_params["term"] = term.name
        assert rerun(app).info[0].value == f"**{term.name}**: {term.meaning}"


def test_an_entry_is_named_as_a_text_writes_it_too():
    app = open_page("8_cheatsheet.py", {"sheet": "Words", "term": "Truncated"})
    assert app.info[0].value.startswith("**truncated backpropagation**") and not app.warning
    app.query_params["term"] = "flux capacitor"
    assert "does not exist" in rerun(app).warning[0].value


def test_entries_are_short_and_use_the_terms_of_the_field():
    for term in TERMS:
        assert len(term.meaning) <= 100 and not term.meaning.endswith(".")
    names = {term.name for term in TERMS}
    assert names >= {"update gate z", "cell-state path", "output layer", "perplexity", "teacher forcing"}


def test_the_name_of_a_page_or_a_button_is_no_use_of_a_term():
    seen = [match.lastgroup for match in _TERM_OR_MARKUP.finditer("the page *Gates*, **Gates** and *gates*")]
    assert seen[0] == "markup" and "markup" not in seen[1:] and len(seen) == 3
