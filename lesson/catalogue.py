"""All that a room can ask: the questions of the course, for the classroom, which knows no lesson."""

import html
import re
from urllib.parse import urlencode

from lesson.classroom.question import NUMBER, Answer, Question, Scale
from lesson.frame.lessons import LESSONS
from lesson.frame.memo import memo


@memo()
def catalogue() -> list[Question]:
    """Return every question of the course, with the address of the part that asks it.

    The decks are imported when they are needed: the first page's text comes before anything heavy.
    """
    from lesson.course.decks import DECKS, places
    from lesson.course.worksheets.formulas import line_html
    from lesson.pictures import picture_of
    from lesson.widgets.questions import sentence

    address = {lesson.file: lesson.address for lesson in LESSONS}
    questions = []
    for page, deck in DECKS.items():
        for question in deck():
            file, query = places()[question.id]
            svg, words = picture_of(question.id) or ("", "")
            questions.append(
                Question(
                    question.id,
                    *_texts(line_html(sentence(question.text))),
                    answers=tuple(
                        Answer(answer.id, *_texts(line_html(answer.text)), line_html(answer.reply))
                        for answer in question.in_random_order()
                    ),
                    right=question.right,
                    reply=line_html(question.right_answer.reply),
                    page=page,
                    link=f"{address[file]}?{urlencode(query)}",
                    covers=question.covers,
                    picture=svg,
                    picture_text=words,
                )
            )
    return questions + _numbers()


def _numbers() -> list[Question]:
    """Return the questions whose answer is a number on a scale."""
    from lesson.course.decks import all_questions
    from lesson.course.estimates import estimates
    from lesson.course.worksheets.formulas import line_html

    lessons = {lesson.file: lesson for lesson in LESSONS}
    return [
        Question(
            each.id,
            *_texts(line_html(each.text)),
            kind=NUMBER,
            right=each.truth,
            reply=line_html(each.reply),
            scale=Scale(each.low, each.high, each.logarithmic, each.unit),
            page=lessons[each.file].title,
            link=f"{lessons[each.file].address}?{urlencode(each.query)}",
            covers=all_questions()[each.like].covers if each.like else (),
        )
        for each in estimates()
    ]


def _texts(marked: str) -> tuple[str, str]:
    """Return a text of HTML in plain letters, for screen readers, files and scripts, and as it is."""
    plain = re.sub(r"<sub>(.*?)</sub>", r"_\1", marked)
    return html.unescape(re.sub(r"<[^>]+>", "", plain).replace("&nbsp;", " ")), marked
