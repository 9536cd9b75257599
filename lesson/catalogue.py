"""All that a room can ask: the questions of the course, for the classroom, which knows no lesson."""

from urllib.parse import urlencode

from lesson.classroom.question import Answer, Question
from lesson.course.decks import DECKS, places
from lesson.frame.lessons import LESSONS


def catalogue() -> list[Question]:
    """Return every question of the course, with the address of the part that asks it."""
    address = {lesson.file: lesson.address for lesson in LESSONS}
    questions = []
    for page, deck in DECKS.items():
        for question in deck():
            file, query = places()[question.id]
            questions.append(
                Question(
                    question.id,
                    question.text,
                    answers=tuple(
                        Answer(answer.id, answer.text, answer.reply) for answer in question.in_random_order()
                    ),
                    right=question.right,
                    reply=question.right_answer.reply,
                    page=page,
                    link=f"{address[file]}?{urlencode(query)}",
                    covers=question.covers,
                )
            )
    return questions
