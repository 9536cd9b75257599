"""My course: what is kept comes back, what a file claims beyond it is left out, the self-test."""

import json

import pytest

from exercises.catalogue import EXERCISES
from lesson.course import my_course
from lesson.course.challenges import CHALLENGES
from lesson.course.course_file import LARGEST, Course, from_file, to_file
from lesson.course.decks import DECKS, all_questions
from lesson.course.self_test import self_test
from lesson.frame.files import ROOT
from lesson.frame.lessons import WAY
from lesson.widgets.questions import sentence
from lstm import InputError
from tests.app import open_page, press, rerun, without_error, words_of

START = "1_start.py"


def open_at(file, **query):
    return open_page(file, query)


QUESTIONS = all_questions()
WORDINGS = json.loads((ROOT / "tests/data/wordings_of_version_1.json").read_text("utf-8"))


def test_what_is_kept_comes_back():
    name, question = next(iter(QUESTIONS.items()))
    course = Course(
        {name: question.right},
        {page: frozenset(names) & {"keep", "quotes"} for page, names in CHALLENGES.items()},
    )
    assert from_file(to_file(course), QUESTIONS, CHALLENGES) == course


def test_a_file_of_version_1_is_read_by_the_wording_of_its_answers():
    """tests/data has every answer as it was worded then; to reword one, add its old wording to `former`.

    An answer to a question that is asked no longer is left out; one that is offered since then comes last.
    """
    for id, wordings in WORDINGS.items():
        choices = []
        for wording in wordings:
            data = {"lstm_course": 1, "answers": {id: wording}, "solved": {"gates": ["keep"]}}
            course = from_file(json.dumps(data).encode(), QUESTIONS, CHALLENGES)
            assert course.left_out == (id not in QUESTIONS) and course.solved["gates"] == {"keep"}, wording
            choices.append(course.answers.get(id))
        assert id not in QUESTIONS or choices == [a.id for a in QUESTIONS[id].answers][: len(wordings)]


@pytest.mark.parametrize(
    "data",
    [
        b"", b"x", b"[]", b"{}", b'{"lstm_course": 3, "answers": {}, "solved": {}}',
        b'{"lstm_course": 2}', b'{"lstm_course": 1}', b"\xff\xfe", b"[" * 50_000,
        b'{"lstm_course": 1, "answers": [], "solved": {}}', b"0" * (LARGEST + 1), b'{"lstm_course": NaN}',
    ],
)  # fmt: skip
def test_another_file_is_refused_in_one_sentence(data):
    with pytest.raises(InputError):
        from_file(data, QUESTIONS, CHALLENGES)


def test_what_a_file_claims_beyond_the_course_is_left_out():
    name = next(iter(QUESTIONS))
    data = {
        "lstm_course": 1,
        "answers": {name: "<script>", "nobody": "x", "other": 3},
        "solved": {"gates": ["keep", "none", 7], "training": "all", "elsewhere": ["x"]},
    }
    found = from_file(json.dumps(data).encode(), QUESTIONS, CHALLENGES)
    assert found.answers == {} and found.solved["gates"] == {"keep"} and not found.solved["training"]


def test_guesses_and_challenges_are_counted():
    app = open_at(START, section="My course")
    name, question = next(iter(QUESTIONS.items()))
    app.session_state["record_entries"] = {f"answer/{name}": question.right, "solved/sampling/closing": "yes"}
    rerun(app)
    assert [metric.value for metric in app.metric][:2] == [f"1 of {len(QUESTIONS)}", "1 of 1"]
    assert app.metric[2].value.startswith("1 of")


def test_the_self_test_is_found_from_the_start_and_from_the_last_page():
    app = press(open_at(START), "At the end: the self-test")
    assert self_test()[0].text in words_of(app) and app.session_state["section"] == "Self-test"
    last = open_at(WAY[-1].file).get("page_link")[-1].proto
    assert "section=Self-test" in last.query_string and "self-test" in last.label


def test_an_answer_of_the_self_test_is_complete_without_the_others():
    for question in self_test():
        texts = [answer.text for answer in question.answers]
        assert len(set(texts)) == len(texts)
        assert not any(word in " ".join(texts) for word in ("None of these", "All of these"))


def test_without_guesses_the_pages_that_ask_are_named():
    words = words_of(open_at(START, section="My course"))
    assert all(deck in words for deck in DECKS) and "every page" not in words


def test_the_self_test_has_its_right_answers():
    test = self_test()
    assert len(test) >= 8
    for question in test:
        assert question.right_answer in question.answers and len(question.answers) >= 3


def test_an_exercise_that_passes_is_kept_in_the_file_and_comes_back():
    app = open_at("7_exercises.py")
    next(box for box in app.checkbox if box.key == "exercise_3_done").check()
    app = without_error(rerun(app).switch_page(f"pages/{START}").run())
    app.segmented_control(key="section").set_value("My course")
    app = rerun(app)
    assert f":green[:material/check:] {EXERCISES[2].title}" in words_of(app)
    assert f":gray[{EXERCISES[1].title}]" in words_of(app)
    kept = Course({}, {"gates": frozenset(), "exercises": frozenset({"3"})})
    assert from_file(to_file(kept), {}, {"gates": {}, "exercises": {"2": "", "3": ""}}) == kept


def test_a_file_that_is_brought_back_adds_and_takes_nothing_away():
    (here, question), (there, other) = list(QUESTIONS.items())[:2]
    wrong = next(answer.id for answer in question.answers if answer.id != question.right)
    kept = Course({here: question.right, there: other.right}, {"gates": frozenset({"keep"})})
    state = {f"answer/{here}": wrong, "solved/gates/reset": "yes"}
    app = open_page(START, {"section": "My course"}, {"record_entries": state})
    app.file_uploader[0].set_value(("my_lstm_course.json", to_file(kept), "application/json"))
    assert "First guesses: 2. Solved challenges and exercises: 1." in rerun(app).success[0].value
    brought = {f"answer/{there}": other.right, "solved/gates/keep": "yes"}
    assert app.session_state["record_entries"] == state | brought


def test_a_guess_of_a_file_is_shown_where_it_was_asked():
    id, question = next(iter(QUESTIONS.items()))
    app = open_at(START, section="My course")
    kept = to_file(Course({id: question.right}, {"gates": frozenset()}))
    app.file_uploader[0].set_value(("my_lstm_course.json", kept, "application/json"))
    app = without_error(rerun(app).switch_page("pages/2_gates.py").run())
    assert question.right_answer.reply in words_of(app)


def test_a_new_student_is_asked_once_more_and_finds_nothing():
    app = open_page(START, {"section": "My course"}, {"record_entries": {"solved/gates/keep": "yes"}})
    assert app.metric[2].value.startswith("1 of")
    press(app, "Start as a new student")
    assert "will be forgotten" in app.warning[0].value
    assert press(app, "Leave it as it is").metric[2].value.startswith("1 of") and not app.warning
    press(app, "Start as a new student")
    press(app, "Forget it all")
    assert app.metric[2].value.startswith("0 of") and not app.warning


def test_an_answer_that_no_question_has_is_not_counted():
    name = next(iter(QUESTIONS))
    app = open_page(START, {"section": "My course"}, {"record_entries": {f"answer/{name}": "nonsense"}})
    assert app.metric[0].value.startswith("0 of")


def test_a_file_that_is_brought_back_says_what_came_of_it():
    solved = {"gates": ["keep", "no such"], "exercises": "3", "nowhere": [1]}
    data = json.dumps({"lstm_course": 1, "answers": {"no such": "a"}, "solved": solved}).encode()
    course = from_file(data, QUESTIONS, CHALLENGES | {"exercises": {"3": ""}})
    assert course.solved == {
        "gates": frozenset({"keep"}), "gradients": frozenset(), "training": frozenset(),
        "sampling": frozenset(), "series": frozenset(), "pytorch": frozenset(),
        "exercises": frozenset(),
    }  # fmt: skip
    assert course.left_out == 4
    words = my_course._welcome(course)
    assert "guesses: 0. Solved challenges and exercises: 1." in words and "leaves out: 4." in words


@pytest.mark.parametrize(
    ("text", "begun"),
    [("f = 0 at every step", "f = 0 at every step"), ("a gradient explodes", "A gradient explodes"),
     ("$f_t$ is 1", "$f_t$ is 1"), ("“x”, says", "“x”, says")],
)  # fmt: skip
def test_a_question_begins_with_a_capital_unless_it_is_a_symbol(text, begun):
    assert sentence(text) == begun
