"""Where the same units are on again: what is sent and said, in a grid of states."""

import re

import pytest

from lesson.sampling.memory.match_sentences import Comparison, in_words, units_in_words
from lesson.sampling.memory.matches import LONGEST, MOST, allowed_starts
from lesson.sampling.networks import network_named
from lesson.sampling.parameters import ON_THRESHOLD, UNSEEN_TEXT
from lstm.interpret.text_rules import RULES
from tests.lesson.sampling.opening import ask

GRID = [
    {"network": "fables"},
    {"network": "fables", "reads": UNSEEN_TEXT},
    {"network": "fables", "reads": UNSEEN_TEXT, "symbol": "h", "from": "3", "to": "3"},
    {"network": "fables_gru", "reads": UNSEEN_TEXT, "edges": "true"},
    {"network": "fables_rnn", "from": "300", "to": "280"},
    {"network": "brackets", "reads": "my own text", "own": "[a(b)]\n(ab)"},
    {"network": "programs", "from": "1", "to": "500"},
    {"network": "places", "reads": UNSEEN_TEXT, "from": "499", "to": "500"},
]


@pytest.mark.parametrize("query", GRID, ids=str)
def test_an_answer_has_a_frame_for_each_threshold_and_the_words_are_about_it(query):
    answer = ask("matches", **query)
    assert answer["thresholds"] == ON_THRESHOLD.address_values and len(answer["frames"]) == 15
    assert 1 <= answer["from"] <= answer["to"] <= answer["from"] + LONGEST - 1
    length, counts = answer["to"] - answer["from"] + 1, []
    for frame in answer["frames"]:
        units = re.match(r"<b>(None|\d+) of", frame["words"])[1]
        counts.append(0 if units == "None" else int(units))
        assert len(frame["matches"]) <= MOST and bool(counts[-1]) == bool(frame["units"])
        for match in frame["matches"]:
            assert len(match["stretch"]) == length and 0 < match["on"] <= counts[-1] and match["bits"] >= 0
        bits = [match["bits"] for match in frame["matches"]]
        assert bits == sorted(bits, reverse=True)
    is_off = query.get("edges") == "true"
    assert all(("and off just before" in frame["words"]) == is_off for frame in answer["frames"])
    if not is_off:
        assert counts == sorted(counts, reverse=True), "a higher threshold leaves fewer units"


def test_stretches_stand_in_the_text_and_not_across_two_texts():
    held_out = network_named("fables").unseen_text(8_000)
    for frame in ask("matches", reads=UNSEEN_TEXT)["frames"]:
        for match in frame["matches"]:
            assert match["before"] + match["stretch"] + match["after"] in held_out


def test_a_stretch_lies_in_one_text_and_beside_the_marked_one():
    T, passage, start, window = 60, 25, 10, 4
    allowed = allowed_starts(T, passage, start, window)
    for k in range(T - window + 1):
        characters = set(range(k, k + window))
        is_across = min(characters) < passage <= max(characters)
        assert allowed[k] == (not is_across and not characters & set(range(start, start + window)))


def test_a_stretch_inside_a_quotation_leads_to_other_quotations():
    """What the page's task is about: in the LSTM nearly all matches are quotes, in the RNN none is."""
    text = network_named("fables").unseen_text(8_000)
    inside = RULES["inside quotes"].of(text)
    for network, least, most in (("fables", 8, 10), ("fables_rnn", 0, 2)):
        frame = ask("matches", network=network, reads=UNSEEN_TEXT)["frames"][2]
        said = int(re.search(r"So (?:is|are) (\d+) of the 10", frame["words"])[1])
        counted = 0
        for match in frame["matches"]:
            start = text.index(match["before"] + match["stretch"] + match["after"]) + len(match["before"])
            counted += bool(inside[start : start + len(match["stretch"])].all())
        assert said == counted and least <= counted <= most


def test_a_text_that_is_too_short_is_said():
    assert "two characters" in ask("matches", reads="my own text", own="a")["missing"]


def test_words_for_none_one_and_many():
    none = Comparison(0, 128, [], 0.0, "", 0, 0.0, 0.0)
    assert in_words(none) == (
        "**None of the 128 units is on during the whole stretch.** Mark a shorter stretch, or lower the "
        "threshold."
    )
    assert in_words(none._replace(can_lower=False)).endswith("Mark a shorter stretch.")
    assert in_words(none._replace(off_outside=True)).endswith("after it.** Mark another stretch.")
    assert "Nowhere else" in in_words(none._replace(count=3))
    one = in_words(none._replace(count=1, on=[1]))
    assert "1 of 128 units is on" in one and "the only other stretch, this unit is on." in one
    assert "0 of this 1 unit are on." in in_words(none._replace(count=1, on=[0]))
    assert "other stretches, all of these 2 units are on." in in_words(none._replace(count=2, on=[2, 2]))
    assert "With 1 random unit in its place it would be 0.0." in one
    quotes = none._replace(count=4, on=[4, 3], by_chance=1.0, rule="inside quotes", inside=1)
    said = in_words(quotes)
    assert "In the 2 best other stretches, on average 3.5 of these 4 units are on." in said
    assert "With 4 random units in their place it would be 1.0." in said and "So is 1 of the 2" in said
    tied = quotes._replace(equal=23, are_all_equal=True)
    assert "In the first 2 of 23 equally good other stretches, on" in in_words(tied)
    assert "of 90 or more as good as the last" in in_words(tied._replace(equal=95, are_all_equal=False))
    assert units_in_words([(4, 1)]) == "Unit 4 (above its mean)."
    assert units_in_words([(k, -1) for k in range(15)]).endswith("11 (below its mean) and 3 more.")
