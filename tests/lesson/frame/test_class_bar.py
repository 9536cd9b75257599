"""What the bar of class mode says to the session: the open question stays covered, the class is followed."""

import json
from types import SimpleNamespace

import pytest

from lesson.frame.class_bar import read_place
from lesson.frame.files import script
from tests.app import open_page, open_script, press, rerun, words_of


def page():
    import streamlit as st

    from lesson.frame import record
    from lesson.frame.class_bar import open_bar, take_vote
    from lesson.widgets.question import Answer, Question
    from lesson.widgets.questions import ask, cover_sentence

    answers = (Answer("yes", "Yes, it is", "It is so."), Answer("no", "No", "It is not otherwise."))
    questions = [
        Question("first", "is it so?", answers, right="yes", covers=("picture",)),
        Question("second", "f is 1?", answers, right="no"),
    ]
    open_bar()
    st.button("offer", on_click=lambda: take_vote(st.session_state["room"]))
    record.open_record(None)
    covered = ask(questions, "test")
    st.text(f"covered: {sorted(covered)} {cover_sentence()}")
    record.send("page", end=True)


def told(app, question, answer="", **more):
    """The same page, once the bar has told which question is open."""
    room = {"question": question, "answer": answer, **more}
    app.session_state["class_bar"] = SimpleNamespace(room=room)
    return rerun(app)


@pytest.fixture
def app():
    return open_script(page, state={"record_entries": {}})


def labels(app):
    return [button.label for button in app.button]


def test_without_a_class_nothing_changes(app):
    assert "Show the answer" in labels(app) and "covered: ['picture'] Something is hidden" in words_of(app)
    app.pills[0].set_value("no")
    assert "**Not quite.** It is not otherwise." in words_of(rerun(app)) and "covered: []" in words_of(app)
    assert app.session_state["record_entries"] == {"answer/first": "no"}


def test_the_open_question_gives_nothing_away(app):
    told(app, "first")
    assert "Your choice here is your vote." in words_of(app) and "Show the answer" not in labels(app)
    app.pills[0].set_value("no")
    rerun(app)
    assert "Your vote is in. Your lecturer shows the answer later." in words_of(app)
    assert "It is not otherwise" not in words_of(app) and "covered: ['picture']" in words_of(app)
    assert "Next question" in labels(app)
    told(app, "")
    assert "**Not quite.** It is not otherwise." in words_of(app) and "covered: []" in words_of(app)


def test_every_choice_while_it_is_open_is_a_vote_and_the_first_guess_stays(app):
    told(app, "first")
    for answer in ("no", "yes"):
        app.pills[0].set_value(answer)
        rerun(app)
    assert app.session_state["record_entries"] == {"vote/first": "yes", "answer/first": "no"}


def test_what_was_answered_before_is_covered_again_and_is_no_vote(app):
    app.pills[0].set_value("yes")
    rerun(app)
    told(app, "first")
    assert "It is so" not in words_of(app) and "covered: ['picture']" in words_of(app)
    assert app.session_state["record_entries"] == {"answer/first": "yes"}


def test_it_stays_covered_from_another_question_too_and_counts_in_no_score(app):
    app.pills[0].set_value("yes")
    rerun(app)
    told(app, "first")
    press(app, "Next question")
    assert "2 of 2" in words_of(app) and "covered: ['picture']" in words_of(app)
    press(app, "Skip")
    assert "You answered none of them." in words_of(app) and "covered: ['picture']" in words_of(app)


def test_a_vote_in_the_bar_is_the_first_guess_of_the_page(app):
    for room in (
        None,
        {"question": "first", "answered": "", "answer": ""},
        {"question": "first", "answered": "", "answer": "no"},
        {"answered": 1},
    ):
        app.session_state["room"] = room
        press(app, "offer")
        assert app.session_state["record_entries"] == {}
    app.session_state["room"] = {"question": "", "answered": "first", "answer": "no"}
    press(app, "offer")
    assert app.session_state["record_entries"] == {"answer/first": "no"}
    assert app.pills[0].value == "no" and "**Not quite.**" in words_of(app)
    app.session_state["room"] = {"question": "", "answered": "first", "answer": "yes"}
    press(app, "offer")
    assert app.session_state["record_entries"] == {"answer/first": "no"}


def test_a_closed_vote_takes_no_choice_and_says_so(app):
    told(app, "first", closed=True)
    assert app.pills[0].disabled and "No choice counts here now." in words_of(app)
    told(app, "first", closed=False)
    assert not app.pills[0].disabled and "Your choice here is your vote." in words_of(app)
    told(app, "second", closed=True)
    assert not app.pills[0].disabled  # of another question


def test_after_the_reveal_the_page_speaks_of_the_last_vote_once(app):
    room = {"question": "", "answered": "first", "answer": "no", "last": "yes"}
    app.session_state["room"] = room
    press(app, "offer")
    assert app.pills[0].value == "yes" and "**Yes.** It is so." in words_of(app)
    assert app.session_state["record_entries"] == {"answer/first": "no"}
    app.pills[0].set_value("no")
    assert "**Not quite.**" in words_of(rerun(app))  # the visitor's later choice stays
    app.session_state["room"] = room | {"answered": "second", "answer": "no", "last": "x" * 5}
    press(app, "offer")
    assert app.pills[0].value == "no"


def test_who_did_not_know_in_the_class_is_not_asked_again(app):
    app.session_state["room"] = {"question": "first", "answered": "first", "answer": "unsure"}
    press(app, "offer")
    told(app, "first")
    assert "You answered: I don’t know." in words_of(app) and "Your choice here" not in words_of(app)
    assert "Next question" in labels(app) and "It is so" not in words_of(app)
    told(app, "")
    assert "You did not know. **Yes, it is.** It is so." in words_of(app)
    assert "Show the answer" not in labels(app) and "covered: []" in words_of(app)
    app.pills[0].set_value("no")
    assert "**Not quite.**" in words_of(rerun(app))
    entries = {"answer/first": "unsure", "shown/first": "yes"}
    assert app.session_state["record_entries"] == entries  # a later choice is no first guess


def bars(app):
    """What was sent to the browser's side, each time that it stands on the page."""
    sent = [e.proto.json for e in app.get("bidi_component") if e.proto.component_name == "class_bar"]
    return [json.loads(data)[0] for data in sent]


def test_the_bar_is_mounted_once_by_the_frame_and_says_nothing_of_the_visitor():
    (bar,) = bars(open_page("1_start.py"))
    assert bar.keys() == {"version", "joining", "session"} and bar["joining"] == [0, ""]


def test_a_place_to_go_to_is_taken_once():
    app = open_page(
        "1_start.py", state={"class_place": read_place({"page": "", "query": "section=Self-test"})}
    )
    assert "class_place" not in app.session_state


@pytest.mark.parametrize(
    "place",
    [None, "gates", {"page": "gates"}, {"page": 1, "query": ""}, {"page": "gates", "query": "a" * 3000}],
)
def test_what_is_no_place_is_left_out(place):
    assert read_place(place) is None


def test_a_place_embeds_nothing():
    assert read_place({"page": "", "query": "embed=true&part=A&part=B&x="}) == (
        "", {"part": ["A", "B"], "x": [""]},
    )  # fmt: skip


def test_a_visitor_without_a_class_is_sent_next_to_nothing():
    assert len(script("classroom/bar/mount.js")) < 1_300
