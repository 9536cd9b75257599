"""The gates page: what it hands to the live cell, its links, its challenges and questions."""

import json

import pytest

from lesson.gates import questions as gate_questions
from lesson.gates import sliders
from lesson.gates.challenges.catalogue import CHALLENGES
from tests.app import open_page, open_script, press, rerun, words_of


def open_gates(**query):
    """Open the page with what a link asks."""
    return open_page("2_gates.py", query)


def drawn(app):
    """What the live cell was sent last."""
    (feed,) = (e.proto for e in app.get("bidi_component") if e.proto.component_name == "cell")
    return json.loads(feed.json)[0]


def cell_of(name, change):
    """The setting of a challenge's cell, as the browser has it."""
    return sliders.to_link({**sliders.START, **CHALLENGES[name].start, **change})


def solution_of(name):
    return {slider: value for stage in CHALLENGES[name].solution for slider, value in stage.change.items()}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"cell": "nonsense"}, "could not be read"),
        ({"cell": "1_99999" + "_1" * 14}, "nearest are shown"),
        ({"part": "Nowhere"}, "`part` that does not exist; showing One step"),
        ({"part": "over time", "steps": "900"}, "`steps` that does not exist; showing 40"),
        ({"part": "Over time", "steps": "-3"}, "showing 5"),
        ({"part": "Over time", "steps": "abc"}, "showing 20"),
        ({"part": "Over time", "steps": ["7", "9"]}, "`steps` 2 times; showing 9"),
        ({"part": "Over time", "steps": "9" * 500}, "showing 40"),
        ({"part": "Over time", "input": "<b>x</b>"}, "`input` that does not exist; showing pulse"),
        (
            {"part": "Over time", "input": "noise", "noise": "1e99"},
            "`noise` that does not exist; showing 999",
        ),
        ({"part": "Over time", "t": "77"}, "`t` that does not exist; showing 20"),
        (
            {"part": "Challenges", "challenge": "fly"},
            "`challenge` that does not exist; showing keep",
        ),
        ({"part": "Challenges", "try-keep": "x"}, "could not be read"),
    ],
)
def test_a_link_that_asks_for_too_much_opens_the_nearest_and_says_so(query, words):
    app = open_gates(**{"part": "One step", **query})
    assert words in " ".join(warning.value for warning in app.warning)
    assert app.get("bidi_component") or app.main  # the page is there


@pytest.mark.parametrize("name", CHALLENGES)
def test_a_challenge_gives_hints_and_its_solution_step_by_step(name):
    app, challenge = open_gates(part="Challenges", challenge=name), CHALLENGES[name]
    for k, hint in enumerate(challenge.hints, 1):
        press(app, f"Hint {k} of {len(challenge.hints)}")
        assert hint in words_of(app)
    expected = {slider: challenge.start[slider] for slider in challenge.unlocked}
    for k, stage in enumerate(challenge.solution):
        press(app, "The next step of the solution" if k else "The worked solution, step by step")
        expected |= stage.change
        jump = drawn(app)["jump"]
        # What can be moved and nothing else: the sequence in view keeps the C that it starts with.
        assert jump == {"count": k + 1, "positions": sliders.positions(expected), "t": 1}
    assert "The sliders were set as in the solution" in words_of(app)


def test_another_cell_is_not_set_by_what_was_set_in_this_one():
    app = open_gates(part="Challenges", challenge="keep")
    for label in ("Hint 1 of 3", "Hint 2 of 3", "Hint 3 of 3", "The worked solution, step by step"):
        press(app, label)
    app.session_state["challenge"] = "count"
    assert drawn(rerun(app))["jump"] == {"count": 1, "positions": {}, "t": 1}


def solves(name, sent):
    """The names of what counts as solved after the browser of a visitor has said this of a challenge."""

    def page():
        from types import SimpleNamespace

        import streamlit as st

        from lesson.gates.challenges import part
        from lesson.gates.challenges.catalogue import CHALLENGES
        from lesson.widgets.solved import solved

        challenge = CHALLENGES[st.session_state["name"]]
        view = part.view_of(challenge)
        st.session_state[f"cell_{view.name}"] = SimpleNamespace(solved=st.session_state["sent"])
        part._take_solution(challenge, view)
        st.text(",".join(sorted(solved("gates"))))

    app = open_script(page, state={"name": name, "sent": sent})
    return app.text[0].value


@pytest.mark.parametrize("name", CHALLENGES)
def test_what_solves_a_challenge_is_noted(name):
    assert solves(name, {"cell": cell_of(name, solution_of(name)), "attempt": 3}) == name


@pytest.mark.parametrize(
    "sent",
    [
        None, 5, "keep", [], {}, {"cell": "1_1", "attempt": 0}, {"cell": cell_of("keep", {}), "attempt": 0},
        {"cell": cell_of("keep", solution_of("keep")), "attempt": "0"},
        {"cell": cell_of("keep", solution_of("keep")), "attempt": -1},
        {"cell": cell_of("keep", solution_of("keep")), "attempt": 10**30},
        {"cell": "9" * 10_000, "attempt": 0},
    ],
    ids=lambda sent: str(sent)[:40],
)  # fmt: skip
def test_what_does_not_solve_it_is_not(sent):
    assert solves("keep", sent) == ""


def test_a_question_is_answered_shown_and_skipped():
    app = open_gates()
    first, second = gate_questions.one_step()[:2]
    press(app, "Show the answer")
    assert first.right_answer.reply in words_of(app)
    press(app, "Show it in the cell")
    jump = drawn(app)["jump"]
    assert (jump["count"], jump["positions"]["b_f"]) == (1, sliders.SLIDERS["b_f"].position(8.0))
    press(app, "Next question")
    wrong = next(answer.id for answer in second.answers if answer.id != second.right)
    app.button_group(key=f"step_{second.id}").set_value(wrong)
    rerun(app)
    assert "Not quite" in words_of(app) and second.answer(wrong).reply in words_of(app)
    app.button_group(key=f"step_{second.id}").set_value(second.right)
    rerun(app)
    assert "**Yes.**" in words_of(app)
    assert (
        app.session_state["record_entries"][f"answer/{second.id}"] == wrong
    )  # the first guess stays the first
    for _ in gate_questions.one_step()[1:-1]:
        press(app, "Next question" if "**Yes.**" in words_of(app) else "Skip")
    press(app, "Skip")
    assert "Questions in this part: 5. You answered one; your first guess was wrong." in words_of(app)
    press(app, "Ask again")
    assert "1 of 5" in words_of(app)


def test_questions_have_a_reply_for_every_answer():
    questions = [*gate_questions.one_step(), *gate_questions.over_time()]
    assert len(questions) >= 5 and len({q.id for q in questions}) == len(questions)
    for question in questions:
        assert question.right_answer in question.answers and len(question.answers) >= 3
        assert all(len(reply) > 40 for reply in (answer.reply for answer in question.answers))
