"""No part of a page tells what a later part asks, where that was found once: what stands in folded texts,
and in the replies to the part's own questions."""

import re

import pytest

from lesson.course.decks import all_questions, places
from lesson.gates.cell_variants.kinds import KINDS
from lesson.widgets.catalogue import model_names
from tests.app import open_page, press, words_of

QUESTIONS, PLACES = all_questions(), places()
# A question, an earlier part of the course, and words that would answer it there.
TOLD = [
    ("one_step_back", "3_gradients.py", {"view": "The race"}, "1 - h_t^2"),
    ("two_biases", "2_gates.py", {"part": "Vectors"}, "PyTorch"),
    ("further_back", "4_training.py", {"tab": "Replay"}, "read earlier"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("id", "file", "part", "words"), TOLD, ids=[row[0] for row in TOLD])
def test_an_earlier_part_does_not_answer_the_question(id, file, part, words):
    assert id in QUESTIONS
    app = open_page(file, part)
    while any(button.label.startswith("Explore") for button in app.button):
        press(app, "Explore without questions")
    assert words not in " ".join([words_of(app), *(formula.value for formula in app.latex)])


@pytest.mark.parametrize(
    ("id", "before", "words"),
    [
        ("roads", ("three", "without", "radius"), "through h"),
        ("when_to_stop", ("learns_first", "readable_from", "overfits"), "lowest at step"),
    ],
)
def test_the_replies_of_an_earlier_part_do_not_answer_the_question(id, before, words):
    assert PLACES[id].file == PLACES[before[0]].file
    assert not [name for name in before for a in QUESTIONS[name].answers if words in a.reply]


def test_the_first_line_of_a_variant_does_not_say_what_it_can_not_do():
    change = KINDS["LSTM of 1997"].change
    assert not re.search("adds|stays|keeps", change)


def test_the_loss_before_training_is_asked_of_another_text_than_replay_opens_with():
    """Beside that one's curve stands what uniform guessing loses."""
    assert model_names()[0] not in QUESTIONS["first_loss"].text
