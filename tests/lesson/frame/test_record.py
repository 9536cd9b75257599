"""The record of what a visitor has done: what the browser brings, what a link shows, how all is forgotten."""

import json

import pytest

from lesson.frame.record import LONGEST, MOST
from tests.app import open_script, press, rerun, words_of


def page():
    import streamlit as st

    from lesson.frame import record
    from lesson.frame.arrivals import note_arrival
    from lesson.frame.parameters import Choice
    from lesson.widgets.question import Answer, Question
    from lesson.widgets.questions import ask, first_answers
    from lesson.widgets.solved import solved

    answers = (Answer("yes", "Yes, it is", "It is so."), Answer("no", "No", "It is not otherwise."))
    asked = [Question(id, f"is it {id}?", answers, right="yes") for id in ("first", "second", "third")]

    if st.session_state.pop("arrival", None):
        note_arrival("page", st.session_state["by_link"], by_history=False)
    record.open_record(Choice("part", "Part", options=("One", "Two")))
    st.button("again")
    st.button("offer", on_click=lambda: record.take_over(st.session_state["offer"]))
    st.button("forget", on_click=record.clear)
    ask(asked, "test")
    st.text(f"guesses {sorted(first_answers().items())} solved {sorted(solved('gates'))}")
    record.send("page", end=True)


def opened(by_link=False):
    return open_script(page, state={"arrival": True, "by_link": by_link})


def offer(app, entries, reload=True):
    app.session_state["offer"] = {"entries": entries, "reload": reload}
    return press(app, "offer")


def sent(app, name):
    """What was sent to a component, each time that it stands on the page."""
    return [json.loads(e.proto.json)[0] for e in app.get("bidi_component") if e.proto.component_name == name]


RECORD = {"answer/first": "no", "answer/second": "yes", "place/test": "1", "solved/gates/keep": "yes"}


def test_what_the_browser_brings_is_shown_where_the_visitor_was():
    app = offer(opened(), RECORD)
    assert "2 of 3:** is it second?" in words_of(app) and "**Yes.** It is so." in words_of(app)
    assert "guesses [('first', 'no'), ('second', 'yes')] solved ['keep']" in words_of(app)


def test_an_answer_that_was_asked_for_is_shown_again():
    assert "**Yes, it is.** It is so." in words_of(offer(opened(), {"shown/first": "yes"}))


def test_it_is_shown_once_and_then_the_visitor_decides():
    app = offer(opened(), RECORD)
    app.pills[0].set_value("no")
    assert "**Not quite.**" in words_of(rerun(app)) and "**Not quite.**" in words_of(press(app, "again"))
    assert "('second', 'yes')" in words_of(app)
    press(app, "Next question")
    assert "3 of 3" in words_of(offer(app, RECORD))


def test_what_the_session_has_is_not_overwritten():
    app = opened()
    app.pills[0].set_value("yes")
    rerun(app)
    press(app, "Next question")
    offer(app, RECORD)
    assert "('first', 'yes')" in words_of(app) and "2 of 3" in words_of(app)


def test_a_click_counts_more_than_what_is_brought_in_the_same_run():
    app = opened()
    app.session_state["offer"] = {"entries": {"place/test": "2"}, "reload": True}
    next(button for button in app.button if button.label == "Skip").click()
    assert "2 of 3" in words_of(press(app, "offer"))


@pytest.mark.parametrize(("reload", "answered"), [(True, True), (False, False)])
def test_a_link_shows_its_questions_unanswered_and_a_reload_does_not(reload, answered):
    app = offer(opened(by_link=True), RECORD, reload)
    assert ("It is so." in words_of(app)) == answered
    assert ("2 of 3" in words_of(app)) == answered
    assert "('first', 'no')" in words_of(app) and "solved ['keep']" in words_of(app)  # nothing is lost


def test_a_link_shows_them_unanswered_in_a_tab_that_was_there_before():
    app = opened()
    app.pills[0].set_value("no")
    rerun(app)
    press(app, "Next question")
    press(app, "Show the answer")
    app.session_state["arrival"], app.session_state["by_link"] = True, True
    rerun(app)
    assert "1 of 3" in words_of(app) and "Not quite" not in words_of(app)
    press(app, "Skip")
    assert "2 of 3" in words_of(app) and "It is so." not in words_of(app)
    assert "guesses [('first', 'no')]" in words_of(app)
    app.session_state["arrival"], app.session_state["by_link"] = True, False
    assert "2 of 3" in words_of(rerun(app))  # back without a link: as it was left


@pytest.mark.parametrize(
    "entries",
    [
        {"answer/first": "nonsense"}, {"answer/first": 3}, {"answer/first": {"a": "b"}}, {"other": "x"},
        {"place/test": "-1"}, {"place/test": "x"}, {"place/test": "²"}, {"": ""}, {"answer/first": "x" * 200},
        {"a" * (LONGEST + 1): "yes"},
    ],
)  # fmt: skip
def test_what_no_question_knows_changes_nothing(entries):
    app = offer(opened(), entries)
    assert "1 of 3:** is it first?" in words_of(app) and not app.pills[0].value


@pytest.mark.parametrize(
    "value", [None, 3, "x", [], {}, {"entries": []}, {"entries": {"answer/first": "no"}}]
)
def test_what_is_no_record_is_left_out(value):
    app = opened()
    app.session_state["offer"] = value
    assert "guesses []" in words_of(press(app, "offer"))


def test_so_many_entries_are_taken_and_no_more():
    app = offer(opened(), {f"tick/{k}": "yes" for k in range(MOST + 50)})
    assert len(app.session_state["record_entries"]) == MOST


def test_a_number_beyond_the_questions_is_the_end():
    app = offer(opened(), {"place/test": "99"})
    assert "Questions in this part" in words_of(app)


def test_the_browser_is_sent_what_was_done_and_whether_it_was_heard():
    app = opened()
    assert sent(app, "record")[0]["part"] == {"name": "part", "options": ["One", "Two"], "start": "One"}
    first, last = sent(app, "record_feed")
    assert first == last | {"end": False} and last["end"] and not last["restored"] and not last["entries"]
    app.pills[0].set_value("no")
    assert all(feed["entries"] == {"answer/first": "no"} for feed in sent(rerun(app), "record_feed"))
    offer(app, {})
    assert sent(app, "record_feed")[-1]["restored"]
    assert len({feed["session"] for feed in sent(app, "record_feed")} | {last["session"]}) == 1


def test_a_new_student_finds_nothing():
    app = press(offer(opened(), {"answer/second": "no", "solved/gates/keep": "yes"}), "forget")
    assert "guesses [] solved []" in words_of(app)
    assert all(feed["clear"] and not feed["entries"] for feed in sent(app, "record_feed"))


# -- what a link had wrong is still said in the run that the record costs --


def mended_page():
    import streamlit as st

    from lesson.frame import record
    from lesson.frame.links import complain, mend
    from lesson.frame.parameters import Number

    T = Number("T", "T", 5, 40, 20)
    complain(mend(T))
    T.slider()
    st.button("offer", on_click=lambda: record.take_over({"entries": {}, "reload": False}))


def test_what_was_mended_is_said_again_and_only_once():
    app = open_script(mended_page, {"T": "900"})
    assert app.slider[0].value == 40 and len(app.warning) == 1
    press(app, "offer")
    assert app.slider[0].value == 40 and len(app.warning) == 1
    app.slider[0].set_value(12)
    assert not rerun(app).warning
    assert press(app, "offer").slider[0].value == 12 and not app.warning  # news of another tab
