"""What is counted in a written text: words, names and brackets that are as in the text learned from."""

import pytest

from lstm.interpret.imitation import closed_lines, known_words, names_alike


def test_words_count_whatever_their_capitals():
    assert known_words("The fox. Qwx!", "a fox and the hen") == pytest.approx(2 / 3)
    assert known_words("1 2 3", "x") == 0


def test_names_count_by_their_endings():
    assert names_alike("Oxbridge\nUpham\n\nQqq", "Cambridge\nOldham") == pytest.approx(1 / 3)
    assert names_alike("", "Cambridge") == 0


def test_lines_count_that_close_what_they_open():
    assert closed_lines("(a)\n[b\n\n{c}", "") == pytest.approx(2 / 3)
