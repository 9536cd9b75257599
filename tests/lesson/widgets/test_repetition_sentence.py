"""Whether a text repeats itself, in a sentence."""

import pytest

from lesson.widgets.repetition_sentence import repetition


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "the fox ate the hen. " + "and then. " * 20,
            "The text ends in a loop of 10 characters: “and then. ”",
        ),
        ("abcdefghijklmnopqrstuvwxyz0123456789" * 2 + "XYZ", "The text repeats itself: "),
        (
            "The fox sat under a tree and waited for rain.",
            "0% of the 20-grams (20 characters in a row) repeat an earlier one",
        ),
        ("a", "0% of the 20-grams"),
    ],
)
def test_repetition_is_measured_and_named(text, says):
    assert says in repetition(text)
