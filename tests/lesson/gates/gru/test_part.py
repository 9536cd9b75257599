"""The part GRU of the gates page: its two views, its questions, help, and what counts as solved."""

import json

import pytest

from lesson.gates.gru import count_part
from lesson.gates.gru.challenge import CHALLENGE
from lesson.gates.gru.questions import KEEP, questions
from lesson.gates.parameters import GRU_CELL, GRU_COUNT, GRU_VIEW
from tests.app import open_page, open_script, press, words_of

SOLUTION = {name: value for stage in CHALLENGE.solution for name, value in stage.change.items()}


def open_gru(**query):
    """Open the part with what a link asks."""
    return open_page("2_gates.py", {"part": "GRU", **query})


def drawn(app, name):
    """What a drawing was sent last."""
    (feed,) = (e.proto for e in app.get("bidi_component") if e.proto.component_name == name)
    return json.loads(feed.json)[0]


def test_the_first_view_is_the_cell_and_the_other_has_its_address():
    app = open_gru()
    assert drawn(app, "gru")["answers"] == "gates/gru"
    app = open_gru(gru="Count")
    assert drawn(app, "gru_count")["look"]["isSolved"] is False
    assert drawn(app, "gru_pulses") and CHALLENGE.title in [one.value for one in app.subheader]
    app = open_gru(gru="nowhere")
    assert "`gru` that does not exist; showing The cell" in app.warning[0].value


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"gru_bz": "99"}, "showing 8"),
        ({"gru_x": "abc"}, "showing 1"),
        ({"gru_h": "-3"}, "showing -1"),
        ({"gru_input": "my own"}, "showing two pulses"),
        ({"gru": "Count", "count_wzx": "-9"}, "showing -8"),
        ({"gru": "Count", "pulse_bz": "7"}, "showing 6"),
    ],
)
def test_a_link_that_asks_for_too_much_opens_the_nearest_and_says_so(query, words):
    assert words in open_gru(**query).warning[0].value


def test_a_link_sets_the_cell():
    setting = drawn(open_gru(gru_bz="2.5", gru_whx="-3"), "gru")["setting"]
    assert (setting["gru_bz"], setting["gru_whx"]) == ("2.5", "-3")


def test_a_question_covers_its_answer_and_shows_its_case_in_the_cell():
    app = open_gru()
    first, second = questions()
    covered = set(first.covers)
    assert set(drawn(app, "gru")["covered"]) == covered and drawn(app, "gru")["look"]["hidden"]
    assert "The code that computed" not in str([one.label for one in app.expander])
    press(app, "Show the answer")
    assert first.right_answer.reply in words_of(app)
    assert drawn(app, "gru")["covered"] == [] == drawn(app, "gru")["look"]["hidden"]
    press(app, "Show it in the cell")
    jump = drawn(app, "gru")["jump"]
    assert jump["count"] == 1 and set(jump["setting"]) == {slider.name for slider in GRU_CELL.values()}
    assert jump["setting"]["gru_bz"] == f"{KEEP['b_z']:g}"
    press(app, "Next question")
    assert set(drawn(app, "gru")["covered"]) == set(second.covers)


def test_the_challenge_gives_hints_and_its_solution_step_by_step():
    app = open_gru(gru="Count")
    for k, hint in enumerate(CHALLENGE.hints, 1):
        press(app, f"Hint {k} of {len(CHALLENGE.hints)}")
        assert hint in words_of(app)
    expected = {name: CHALLENGE.start[name] for name in GRU_COUNT}
    for k, stage in enumerate(CHALLENGE.solution):
        press(app, "The next step of the solution" if k else "The worked solution, step by step")
        expected |= stage.change
        jump = drawn(app, "gru_count")["jump"]
        assert jump["count"] == k + 1
        assert jump["setting"] == {slider.name: f"{expected[name]:g}" for name, slider in GRU_COUNT.items()}
    assert "The sliders were set as in the solution" in words_of(app)


def solves(sent):
    """What counts as solved after the browser of a visitor has said this."""

    def page():
        from types import SimpleNamespace

        import streamlit as st

        from lesson.gates.gru import count_part
        from lesson.widgets.solved import solved

        st.session_state["gru_count"] = SimpleNamespace(solved=st.session_state["sent"])
        count_part._take_solution()
        st.text(",".join(sorted(solved("gates"))))

    return open_script(page, state={"sent": sent}).text[0].value


def as_sent(values, attempt="0"):
    return {GRU_COUNT[name].name: f"{value:g}" for name, value in values.items()} | {"attempt": attempt}


def test_a_solution_counts():
    assert solves(as_sent(SOLUTION)) == CHALLENGE.name
    assert solves(as_sent(SOLUTION, "31")) == CHALLENGE.name


@pytest.mark.parametrize(
    "sent",
    [
        None, "x", 3, [], {}, {"attempt": "0"}, as_sent(SOLUTION, "-1"), as_sent(SOLUTION, "1" * 40),
        as_sent({**SOLUTION, "b_z": 1.0}), as_sent(SOLUTION) | {"count_bz": 6}, {"count_bz": "nan"},
        {**as_sent(SOLUTION), "count_wzx": "-8000"}, as_sent(SOLUTION) | {"count_bz": None},
    ],
    ids=lambda sent: str(sent)[:40],
)  # fmt: skip
def test_what_does_not_solve_it_does_not_count(sent):
    assert solves(sent) == ""


def test_what_is_solved_is_ticked_and_its_proof_stays():
    state = {"record_entries": {f"solved/gates/{CHALLENGE.name}": "yes"}}
    app = open_page("2_gates.py", {"part": "GRU", "gru": "Count"}, state)
    assert drawn(app, "gru_count")["look"]["isSolved"] is True
    assert f"✓ {CHALLENGE.title}" in [one.value for one in app.subheader]
    assert GRU_VIEW.options[1] == "Count" and count_part.PAGE == "gates"
