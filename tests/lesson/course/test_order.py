"""Right answers stand at every place: whoever always takes the second is right in a third."""

from collections import Counter

from lesson.course.decks import all_questions
from lesson.course.self_test import self_test


def test_right_answers_are_spread_evenly_over_the_first_three_places():
    questions = [*all_questions().values(), *self_test()]
    places = Counter(question.in_random_order().index(question.right_answer) for question in questions)
    for place in range(3):
        assert 0.24 <= places[place] / len(questions) <= 0.42, places
