"""A lesson of 45 minutes as its plan has it, as quick as it goes: on no screen is anything wrong."""

from tests.played.lesson import MINUTES, Lesson
from tests.played.record import Record
from tests.played.server import running_server


def test_a_lesson_of_45_minutes_with_ten_screens(browser, tmp_path):
    lines = []
    record = Record(planned=MINUTES, say=lines.append)
    with running_server(tmp_path) as server:
        Lesson(browser, server, record).play()
    assert not record.wrong, "\n".join(lines)
