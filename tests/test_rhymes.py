"""The table of sounds knows a rhyme, and what only looks or sounds a little like one."""

import pytest

from assets.build.rhymes import FAMILIES, last_word, rhyme, rhyming_pairs


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("night", "kite"), ("sea", "bee"), ("bread", "bed"), ("said", "red"), ("bear", "chair"),
        ("moon", "tune"), ("door", "four"), ("shoe", "blue"), ("everyone", "sun"), ("all", "small"),
        ("afternoon", "spoon"), ("now", "cow"), ("snow", "toe"), ("done", "run"), ("great", "gate"),
        ("break", "cake"),
    ],
)  # fmt: skip
def test_words_of_one_sound_rhyme_whichever_way_they_are_spelled(first, second):
    assert rhyme(first, second) and rhyme(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("hill", "hill"),  # the same word
        ("cow", "snow"), ("bear", "ear"), ("done", "bone"), ("bread", "bead"), ("great", "meat"),
        ("hen", "moon"), ("walked", "bed"), ("morning", "ring"), ("curtain", "rain"), ("captain", "lane"),
        ("brxt", "frxt"), ("", ""),
    ],
)  # fmt: skip
def test_what_looks_alike_or_ends_alike_without_stress_does_not_rhyme(first, second):
    assert not rhyme(first, second) and not rhyme(second, first)


def test_every_ending_and_word_stands_in_one_family_only():
    names = [name for family in FAMILIES for name in family.split()]
    assert len(names) == len(set(names))


def test_pairs_are_the_first_two_and_the_last_two_lines_of_a_verse():
    verse = "The goat ran up the hill,\nAnd sat upon the sill!\nOne hen went home,\nAnd ate the bread."
    assert rhyming_pairs(verse) == [True, False]
    assert rhyming_pairs(f"\n{verse}\n\n\nThe sun,\nThe bun.\n") == [True, False, True]
    assert rhyming_pairs("A bee,\nA sea,\nA tree.") == [True, False], "the third has no second"
    assert rhyming_pairs("A bee,\n\nA sea.") == [False, False], "two verses, no pair"


def test_the_last_word_is_found_before_marks():
    assert last_word("And said good-bye!") == "good-bye"
    assert last_word("Are you the farmer's?") == "farmer's" and last_word("...") == ""
