"""Questions: one at a time, answered, shown or skipped, and what is kept of the first guesses."""

import pytest

from lesson.widgets.question import Answer, Question
from tests.app import open_script, press, rerun, words_of


def page():
    import streamlit as st

    from lesson.widgets.question import Answer, Question
    from lesson.widgets.questions import ask

    answers = (Answer("yes", "Yes, it is", "It is so."), Answer("no", "No", "It is not otherwise."))
    asked = [
        Question("first", "is it so?", answers, right="yes", covers=("picture",)),
        Question("second", "f is 1?", answers, right="no", setting={"b_f": 9.0}),
    ]
    covered = ask(asked, "test", show=lambda question: st.text(f"shown: {question.setting}"))
    st.text(f"covered: {sorted(covered)}")


@pytest.fixture
def app():
    return open_script(page)


def choose(app, answer):
    app.pills[0].set_value(answer)
    return rerun(app)


def test_an_answer_is_replied_to_and_the_first_guess_stays(app):
    assert "**First guess, 1 of 2:** is it so?" in words_of(app)
    assert "**Not quite.** It is not otherwise." in words_of(choose(app, "no"))
    assert "**Yes.** It is so." in words_of(choose(app, "yes"))
    assert app.session_state["record_entries"] == {"answer/first": "no"}


def test_the_answer_can_be_shown_without_a_guess(app):
    press(app, "Show the answer")
    assert "**Yes, it is.** It is so." in words_of(app)
    assert not any(button.label == "Show the answer" for button in app.button)
    assert app.session_state["record_entries"] == {"shown/first": "yes"}


def test_skipping_leads_to_the_end_and_back(app):
    press(app, "Skip")
    assert "2 of 2:** f is 1?" in words_of(app)
    press(app, "Skip")
    assert "Questions in this part: 2. You answered none of them." in words_of(app)
    press(app, "Ask again")
    assert "1 of 2" in words_of(app)


def test_the_score_counts_first_guesses(app):
    choose(app, "yes")
    press(app, "Next question")
    press(app, "Skip")
    assert "You answered one; your first guess was right." in words_of(app)


def test_what_gives_the_answer_away_is_covered_until_the_visitor_has_committed(app):
    assert "covered: ['picture']" in words_of(app)
    assert "covered: []" in words_of(choose(app, "no"))


def test_what_gives_the_answer_away_is_shown_with_the_answer(app):
    press(app, "Show the answer")
    assert "covered: []" in words_of(app)


def page_with_covers_ahead():
    import streamlit as st

    from lesson.widgets.question import Answer, Question
    from lesson.widgets.questions import ask

    answers = (Answer("yes", "Yes", "It is."), Answer("no", "No", "It is not."))
    asked = [
        Question("first", "is it so?", answers, right="yes", covers=("picture",)),
        Question("last", "is C?", answers, right="no", covers=("words", "table"), covers_ahead=("table",)),
    ]
    st.text(f"covered: {sorted(ask(asked, 'test'))}")


def test_what_says_an_answer_outright_is_covered_while_an_earlier_question_stands():
    app = open_script(page_with_covers_ahead)
    for presses, covered in (
        ("", ["picture", "table"]),
        ("Show the answer", ["table"]),
        ("Next question", ["table", "words"]),
        ("Show the answer", []),
    ):
        if presses:
            press(app, presses)
        assert f"covered: {covered}" in words_of(app)


def test_all_questions_can_be_passed_by(app):
    press(app, "Explore without questions")
    assert "Questions in this part: 2. You answered none of them." in words_of(app)
    assert "covered: []" in words_of(app)


def test_the_order_of_the_answers_is_one_for_all_who_draw_alike():
    answers = tuple(Answer(name, name, "") for name in "abcd")
    questions = [Question(f"q{k}", "?", answers, right="a") for k in range(400)]
    places = [
        [question.in_random_order(draw).index(answers[0]) for question in questions] for draw in ("", "1")
    ]
    assert places[0] != places[1]
    for of_draw in places:
        assert all(70 < of_draw.count(place) < 130 for place in range(4))
    assert questions[0].in_random_order("1") == questions[0].in_random_order("1")


def test_only_a_question_with_a_setting_is_shown_in_the_cell(app):
    choose(app, "yes")
    assert not any(button.label == "Show it in the cell" for button in app.button)
    press(app, "Next question")
    choose(app, "yes")
    press(app, "Show it in the cell")
    assert "shown: {'b_f': 9.0}" in words_of(app)
    assert any(button.label == "Finish" for button in app.button)


@pytest.mark.parametrize(("id", "cases"), [("second", ["shown: {'b_f': 9.0}"]), ("first", []), ("none", [])])
def test_in_a_frame_a_link_shows_a_questions_case_without_the_question(monkeypatch, id, cases):
    monkeypatch.setattr("lesson.widgets.questions.is_embedded", lambda: True)
    app = open_script(page, {"ask": id})
    assert [text.value for text in app.text] == [*cases, "covered: []"]
    assert not app.button and not app.pills


def test_answers_are_named_by_their_ids_and_by_what_they_once_said():
    answers = (Answer("a", "Mended", "", former=("Mendde",)), Answer("b", "Other", ""))
    question = Question("q", "?", answers, right="b")
    assert question.right_answer is answers[1]
    assert [question.id_of(text) for text in ("Mended", "Mendde", "Other", "a")] == ["a", "a", "b", None]
    with pytest.raises(KeyError):
        question.answer("c")
