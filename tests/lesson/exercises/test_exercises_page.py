"""The exercises' page: hints one by one, what is counted, and the file that is taken away."""

import io
import subprocess
import sys
import zipfile

from exercises.catalogue import EXERCISES
from lesson.exercises.download import exercise_zip
from tests.app import open_page, press, rerun, words_of


def open_at(file, **query):
    return open_page(file, query)


def test_hints_come_one_by_one_and_the_page_counts_what_the_student_says():
    app = open_at("7_exercises.py")
    first = EXERCISES[0]
    assert first.hints[0] not in words_of(app) and first.goal in words_of(app)
    press(app, f"Hint 1 of {len(first.hints)}")
    assert first.hints[0] in words_of(app) and first.hints[1] not in words_of(app)
    app.checkbox(key="exercise_1_done").set_value(True)
    assert f"You have ticked “My check passes” in 1 of {len(EXERCISES)} exercises" in words_of(rerun(app))


def test_a_tick_that_the_browser_has_kept_is_there_and_can_be_taken_back():
    app = open_page("7_exercises.py", None, {"record_entries": {}, "record_news": {}})
    for table in ("record_entries", "record_news"):
        app.session_state[table] = {"tick/1": "yes", "tick/2": "no"}
    rerun(app)
    assert [box.value for box in app.checkbox][:3] == [True, False, False]
    app.checkbox(key="exercise_1_done").set_value(False)
    assert f"You have ticked “My check passes” in 0 of {len(EXERCISES)} exercises" in words_of(rerun(app))
    assert app.session_state["record_entries"] == {"tick/1": "no", "tick/2": "no"}


def test_hints_that_were_opened_are_open_after_a_reload():
    first, last = EXERCISES[0], EXERCISES[-1]
    app = open_at("7_exercises.py")
    for k in (1, 2):
        press(app, f"Hint {k} of {len(first.hints)}")
    kept = app.session_state["record_entries"]
    assert kept == {"hints/1": "2"}
    brought = {**kept, "hints/2": "9" * 99, f"hints/{last.number}": "no number"}
    app = open_page("7_exercises.py", None, {"record_entries": brought, "record_news": dict(brought)})
    words = words_of(app)
    assert first.hints[0] in words and first.hints[1] in words and first.hints[2] not in words
    assert EXERCISES[1].hints[-1] in words and last.hints[0] not in words
    press(app, f"Hint 3 of {len(first.hints)}")
    assert first.hints[2] in words_of(app) and app.session_state["record_entries"]["hints/1"] == "3"


def test_the_zip_has_all_that_a_check_needs(tmp_path):
    with zipfile.ZipFile(io.BytesIO(exercise_zip(1, EXERCISES[0].title))) as archive:
        archive.extractall(tmp_path)
    folder = tmp_path / "lstm_exercise_1"  # two unpacked side by side do not meet
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]
    command = [sys.executable, "-m", "exercises", "check", "1"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1 and "gap 1" in done.stdout.lower() and "Traceback" not in done.stderr
    solution = ["exercises/solutions/solution_1.py"]
    done = subprocess.run(command + solution, cwd=folder, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0
