"""Rules about a text, against what can be counted by hand."""

import numpy as np
import pytest

from lstm.interpret.text_rules import RULES, from_spans


def of(name, text):
    return "".join(str(int(value)) for value in RULES[name].of(text))


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("inside quotes", 'a "b c" d', "001111000"),
        ("inside quotes", 'a "b\nc "d"', "00110001" + "10"),
        ("inside quotes", '"\n"', "101"),
        ("inside brackets", "a(b[c]d)e", "011111100"),
        ("bracket depth", "a(b[c]d)e", "011221100"),
        ("bracket depth", "))(", "001"),
        ("bracket depth", "((\n(", "1201"),
        ("start of line", "ab\nc\n\nd", "1001001"),
        ("position in line", "ab\nc\n\nd", "1201001"),
        ("vowel", "aBIe yu", "1011001"),
        ("position in word", "to be, don't", "120120012301"),
    ],
)
def test_rules(name, text, found):
    assert of(name, text) == found


@pytest.mark.parametrize("name", RULES)
def test_every_rule_has_a_number_for_each_character_of_any_text(name):
    for text in ("", "\n", "\r\n\x0b\x0c\u2028x", '"(\u0663 狐 🦊'):
        found = RULES[name].of(text)
        assert found.shape == (len(text),) and found.dtype == float
        if RULES[name].yes_no:
            assert set(found) <= {0, 1}


def test_spans_become_ones():
    assert from_spans([(1, 3), (4, 5)], 6).tolist() == [0, 1, 1, 0, 1, 0]
    assert from_spans([], 2).tolist() == [0, 0]
    assert np.array_equal(from_spans([(0, 9)], 3), [1, 1, 1])
