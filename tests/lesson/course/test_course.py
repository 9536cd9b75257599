"""The course around the pages: links open what they promise, plans fit, files come back."""

import io
import json
import re
import subprocess
import sys
import zipfile
from html import escape

import numpy as np
import pytest

from exercises.catalogue import EXERCISES
from lesson.cheatsheet import half_true
from lesson.cheatsheet.half_true import HALF, TRUE, lines
from lesson.cheatsheet.printed import printed_sheet
from lesson.cheatsheet.sheet import GUIDE, REFERENCES, equations_html, symbol_rows
from lesson.course import my_course
from lesson.course.challenges import CHALLENGES
from lesson.course.course_file import LARGEST, Course, from_file, to_file
from lesson.course.decks import DECKS, all_questions
from lesson.course.plan import CHALLENGE, PLANS, PREDICTION
from lesson.course.self_test import self_test
from lesson.course.worksheet import SIGNS, plain_formula, sheet_html
from lesson.exercises.download import exercise_zip
from lesson.frame.files import ROOT
from lesson.frame.glossary import TERMS
from lesson.frame.lessons import LESSONS
from lesson.sampling.surgery.ablation import entries
from lesson.start.belt import STEPS, _table
from lesson.start.carry import carry_signal
from lesson.training.live.controls import GOOD_START
from lesson.training.parameters import CONTROLS
from lesson.training.troubles.experiments import EXPERIMENTS
from lesson.widgets.questions import Answer, Question, sentence
from lstm import LSTM, RNN, InputError
from lstm.diagnosis.checklist import ITEMS, checklist
from tests.app import open_page, press, rerun, tables, without_error, words_of
from visualization.equations import Html
from visualization.numbers import scientific
from visualization.palette import colour
from visualization.symbols import owner

START, SHEET, TRAINING = "1_start.py", "7_cheatsheet.py", "4_training.py"


def open_at(file, **query):
    return open_page(file, query)


# -- links --

LIVE = [(TRAINING, {"tab": "Live", **state}) for _, _, *states in GUIDE for state in states]
LINKS = [
    *((stop.file, dict(stop.query)) for stops in PLANS.values() for stop in stops),
    *LIVE,
    (TRAINING, {"tab": "Live", **GOOD_START}),
    *((TRAINING, {"tab": "Troubles", "cause": experiment.title}) for experiment in EXPERIMENTS),
    *((line.file, line.query) for line in lines()),
]
UNIQUE = list({json.dumps(link): link for link in LINKS}.values())


@pytest.mark.parametrize(("file", "query"), UNIQUE, ids=[f"{f[:-3]} {q}" for f, q in UNIQUE])
def test_every_link_opens_the_state_it_promises(file, query):
    app = open_at(file, **query)
    assert "nothing this page can show" not in words_of(app)
    for name, value in query.items():
        found = app.session_state[name]
        assert str(found) == value or float(found) == float(value)


def test_links_name_what_their_pages_know_today():
    known = tables()
    for file, query in LINKS:
        if (room := file[2:-3]) in known:
            assert query.keys() <= {parameter.name for parameter in known[room]}, (file, query)


# -- the start page --


def test_the_way_through_the_course_names_every_page_and_what_one_can_do_afterwards():
    words = words_of(open_at(START))
    for lesson in LESSONS[1:]:
        assert lesson.minutes and lesson.afterwards in words and lesson.promise in words


def test_the_belts_table_is_the_textbooks_at_every_position():
    table = _table()
    for position, values, says in zip(table["positions"], table["lstm"], table["says"], strict=True):
        signal = carry_signal(STEPS, float(position))
        np.testing.assert_allclose(values, 1000 * signal.lstm, atol=0.51)
        assert f"{signal.lstm[-1]:.2f}" in says


def test_a_word_is_unrolled_and_unknown_characters_are_named():
    app = open_at(START, word="fo狐x")
    (feed,) = (e.proto for e in app.get("bidi_component") if e.proto.component_name == "unrolled")
    steps = json.loads(feed.json)[0]["steps"]
    assert [step["char"] for step in steps] == list("fox") and len(steps[0]["state"]) == 16
    assert "狐" in app.code[0].value
    without_error(open_at(START, word="狐"))


@pytest.mark.parametrize("minutes", PLANS)
def test_plans_take_the_minutes_they_say(minutes):
    assert sum(stop.minutes for stop in PLANS[minutes]) == minutes
    kinds = [stop.kind for stop in PLANS[minutes]]
    assert kinds.count(PREDICTION) <= 5 and kinds.count(CHALLENGE) <= 2


def test_a_plan_shows_all_its_stops():
    words = words_of(open_at(START, section="Plan a lesson"))
    assert all(stop.does in words for stop in PLANS[45])


def test_a_plan_leads_back_to_the_start_page_too():
    app = press(open_at(START, section="Plan a lesson"), "Open it")
    assert app.session_state["section"] == "Start" and "unrolled" in words_of(app)


@pytest.mark.parametrize("deck", DECKS)
def test_the_projector_shows_every_question_and_reveals_it(deck):
    questions = DECKS[deck]()
    app = open_at(START, section="Projector", deck=deck)
    for number, question in enumerate(questions, 1):
        assert all(answer in words_of(app) for answer in (a.text for a in question.answers))
        assert question.right_answer.reply not in words_of(app)
        press(app, "Reveal")
        assert question.right_answer.reply in words_of(app)
        press(app, "Next")
        assert app.session_state["q"] == number % len(questions) + 1


def test_questions_have_names_of_their_own():
    names = [question.id for deck in DECKS.values() for question in deck()]
    assert len(names) == len(set(names)) and len(names) > 25


# -- my course --

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
    """tests/data has every answer as it was worded then; to reword one, add its old wording to `former`."""
    for id, wordings in WORDINGS.items():
        choices = []
        for wording in wordings:
            data = {"lstm_course": 1, "answers": {id: wording}, "solved": {"gates": ["keep"]}}
            course = from_file(json.dumps(data).encode(), QUESTIONS, CHALLENGES)
            assert course.left_out == 0 and course.solved["gates"] == {"keep"}, wording
            choices.append(course.answers[id])
        assert choices == [answer.id for answer in QUESTIONS[id].answers]


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
    app.session_state["first_answers"] = {name: question.right}
    app.session_state["solved"] = {"sampling": {"closing"}}
    rerun(app)
    assert [metric.value for metric in app.metric][:2] == [f"1 of {len(QUESTIONS)}", "1 of 1"]
    assert app.metric[2].value.startswith("1 of")


def test_the_self_test_has_its_right_answers():
    test = self_test()
    assert len(test) >= 8
    for question in test:
        assert question.right_answer in question.answers and len(question.answers) >= 3


# -- the cheat sheet --


def test_every_symbol_of_the_equations_has_its_colour_and_its_meaning():
    for tone in ("light", "dark"):
        html = equations_html(tone)
        for name, means, _, span in symbol_rows():
            marked = (
                rf'<b title="{re.escape(means)}; shape [^"]*; {re.escape(span)}" style="color:(#\w+);[^"]*">'
            )
            (shown,) = set(re.findall(marked + re.escape(Html().name(name)) + "</b>", html))
            assert shown == colour(owner(name), tone), name


@pytest.mark.parametrize("part", ["Sheet", "True, half true", "Compared", "Words"])
def test_the_parts_open(part):
    app = open_at(SHEET, sheet=part)
    assert not app.error and not app.warning


def test_the_guide_and_the_checklist_are_the_librarys():
    words = words_of(open_at(SHEET))
    for _, control, low, high in GUIDE:
        entry = CONTROLS[control]
        assert entry.usual in words and entry.too_low in words and entry.too_high in words
        for state, side in ((low, entry.too_low), (high, entry.too_high)):
            comment = entry.comment(next(iter(state.values()))) if entry.typical else ""
            assert side in (comment or side)  # the advice of the guide and of the controls is one
    assert all(item in words for item in ITEMS) and callable(checklist)


def test_every_line_stands_with_a_number_that_was_computed():
    for line in lines():
        assert line.verdict in (TRUE, HALF, half_true.FALSE) and re.search(r"\d", line.evidence)


def test_the_numbers_of_the_lines():
    found = {line.says: line.evidence for line in lines()}
    cells = {kind: kind(65, 128, 65) for kind in (RNN, LSTM)}
    sizes = [net.weights["W"].size + net.weights["b"].size for net in cells.values()]
    assert f"{sizes[1]:,} and {sizes[0]:,}" in found["An LSTM has four times the parameters of an RNN."]
    assert "It has 3 gates" in found["An LSTM has four gates."]
    kept = found["The LSTM preserves gradients."]
    share = half_true.medians("lstm", (0.0, 1.0, 3.0, 5.0), 100, what="h")[2]
    assert f"b_f = 3: {scientific(float(share))}" in kept
    assert (
        f"Of {sum(e['kind'] == 'lstm' for e in entries())} LSTMs"
        in found["Without the forget gate an LSTM loses most."]
    )


def test_words_are_in_the_order_of_the_alphabet_and_of_pages_that_exist():
    terms = [term.name.casefold() for term in TERMS]
    assert terms == sorted(terms)
    assert {term.page for term in TERMS} <= {lesson.title for lesson in LESSONS}


# -- the worksheet --


@pytest.mark.parametrize("deck", DECKS)
def test_a_worksheet_has_every_question_and_no_answer_and_the_answer_sheet_has_them(deck):
    questions = DECKS[deck]()
    blank, answers = (sheet_html(deck, questions, "t = <b>", with_answers) for with_answers in (False, True))
    assert blank.count("<section>") == answers.count("<section>") == len(questions)
    assert "My guess" in blank and 'class="right"' not in blank
    assert answers.count('class="right"') == len(questions) and "My guess" not in answers
    for html in (blank, answers):
        assert "t = &lt;b&gt;" in html and "$" not in html and "**" not in html and "\\" not in html


def _texts(question):
    return [question.text, *(text for answer in question.answers for text in (answer.text, answer.reply))]


@pytest.mark.parametrize("deck", DECKS)
def test_every_command_of_a_formula_has_its_sign_on_paper(deck):
    texts = [text for question in DECKS[deck]() for text in _texts(question)]
    formulas = [tex for text in texts for tex in re.findall(r"\$([^$]+)\$", text)]
    for command in {command for tex in formulas for command in re.findall(r"\\[a-z]+", tex)} - {r"\tilde"}:
        assert command in SIGNS, command
    assert not any("\\" in plain_formula(tex) for tex in formulas)


def test_a_worksheet_writes_markdown_as_markup_and_tags_as_text():
    text = "is *f* **wide** `open` at $C_{t-1} \\odot f$ <b>?"
    question = Question("q", text, (Answer("less", "a < b", "2 * 3 * 4"),), "less")
    html = sheet_html("Gates", [question], "", answers=True)
    assert "Is <em>f</em> <strong>wide</strong> <code>open</code> at C_t-1 ⊙ f &lt;b&gt;?" in html
    assert ">a &lt; b</li>" in html and "<p>2 * 3 * 4</p>" in html


def test_the_printed_sheet_has_all_of_it():
    html = printed_sheet()
    for words in (
        *ITEMS,
        *REFERENCES,
        *(line.says for line in lines()),
        *(CONTROLS[c].usual for _, c, *_ in GUIDE),
    ):
        assert escape(words) in html
    assert all(experiment.title in html for experiment in EXPERIMENTS)


# -- the exercises' page --


def test_the_way_through_the_course_knows_how_long_the_exercises_take():
    page = next(lesson for lesson in LESSONS if lesson.file == "6_exercises.py")
    assert page.minutes == sum(exercise.minutes for exercise in EXERCISES)


def test_hints_come_one_by_one_and_the_page_counts_what_the_student_says():
    app = open_at("6_exercises.py")
    first = EXERCISES[0]
    assert first.hints[0] not in words_of(app) and first.goal in words_of(app)
    press(app, f"Hint 1 of {len(first.hints)}")
    assert first.hints[0] in words_of(app) and first.hints[1] not in words_of(app)
    app.checkbox(key="exercise_1_done").set_value(True)
    assert f"By your own word 1 of {len(EXERCISES)} pass" in words_of(rerun(app))


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


def test_an_exercise_that_passes_is_kept_in_the_file_and_comes_back():
    app = open_at("6_exercises.py")
    next(box for box in app.checkbox if box.key == "exercise_3_done").check()
    app = without_error(rerun(app).switch_page(f"pages/{START}").run())
    app.segmented_control(key="section").set_value("My course")
    app = rerun(app)
    assert f":green[:material/check:] {EXERCISES[2].title}" in words_of(app)
    assert f":gray[{EXERCISES[1].title}]" in words_of(app)
    kept = Course({}, {"gates": frozenset(), "exercises": frozenset({"3"})})
    assert from_file(to_file(kept), {}, {"gates": {}, "exercises": {"2": "", "3": ""}}) == kept


def test_a_file_that_is_brought_back_says_what_came_of_it():
    solved = {"gates": ["keep", "no such"], "exercises": "3", "nowhere": [1]}
    data = json.dumps({"lstm_course": 1, "answers": {"no such": "a"}, "solved": solved}).encode()
    course = from_file(data, QUESTIONS, CHALLENGES | {"exercises": {"3": ""}})
    assert course.solved == {
        "gates": frozenset({"keep"}), "gradients": frozenset(), "training": frozenset(),
        "sampling": frozenset(),
        "exercises": frozenset(),
    }  # fmt: skip
    assert course.left_out == 4 and "0 guesses and 1 solved. 4 of its entries" in my_course._welcome(course)


@pytest.mark.parametrize(
    ("text", "begun"),
    [("f = 0 at every step", "f = 0 at every step"), ("a gradient explodes", "A gradient explodes"),
     ("$f_t$ is 1", "$f_t$ is 1"), ("“x”, says", "“x”, says")],
)  # fmt: skip
def test_a_question_begins_with_a_capital_unless_it_is_a_symbol(text, begun):
    assert sentence(text) == begun
