"""The gates page: the live cell, its links, its challenges and questions."""

import json

import pytest

from lesson.gates import input_presets, sliders
from lesson.gates import questions as gate_questions
from lesson.gates.cell_state import FEED
from lesson.gates.challenges.catalogue import CHALLENGES
from lstm.scalar import half_life, scalar_rnn_run, scalar_run, scalar_step
from tests.app import open_page, press, rerun, words_of
from visualization.numbers import number


def open_gates(**query):
    """Open the page with what a link asks."""
    return open_page("2_gates.py", query)


def sends(view, setting, **more):
    """What the browser sends for a setting."""
    positions = {name: sliders.SLIDERS[name].position(value) for name, value in setting.items()}
    return {"sent": {"view": view, "setting": positions, "open": [], "t": 1, "seen": 0, **more}}


def fed(app):
    """What the live cell was sent, as JSON."""
    feeds = [e.proto for e in app.get("bidi_component") if e.proto.component_name == "lstm_cell_feed"]
    return feeds[0].json if feeds else "{}"


def said(app):
    """What the live cell says in words."""
    return json.loads(fed(app)).get("words", "")


def told(app):
    """All that the page says in words, those of the live cell included."""
    return words_of(app) + said(app)


def test_the_gates_page_answers_what_the_browser_sends():
    app = open_gates()
    setting = {**sliders.START, "x": -2.5, "C_prev": 3.0, "b_f": -1.25}
    app.session_state[FEED] = sends("step", setting)
    rerun(app)
    step = scalar_step(setting)
    words = said(app)
    assert f"It keeps {number(step.f)} of what it held (3.00 becomes {number(step.kept_part)})" in words
    assert f"adds {number(step.added_part)} and holds {number(step.C)}" in words
    assert f"gone after {number(half_life(step.f), 1)} steps" in words


NOT_SENT_BY_US = [
    None,
    5,
    {"setting": {"x": 1}},
    {"setting": "x", "open": 3},
    {"open": []},
    {"view": "step", "setting": {}},
]


@pytest.mark.parametrize("part", ["One step", "Over time", "Challenges"])
def test_the_page_bears_what_a_browser_should_not_send(part):
    app = open_gates(part=part)
    before = told(app)
    for sent in NOT_SENT_BY_US:
        app.session_state[FEED] = {"sent": sent}
        assert told(rerun(app)) == before, sent


def test_what_another_part_of_the_page_sent_is_not_taken():
    app = open_gates(part="Challenges")
    app.session_state[FEED] = sends("step", {**sliders.START, "b_f": 8.0})
    rerun(app)
    assert app.session_state["try-keep"].setting["b_f"] == 1


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"cell": "nonsense"}, "could not be read"),
        ({"cell": "1_99999" + "_1" * 14}, "nearest are shown"),
        ({"part": "Nowhere"}, "`part` is nothing this page can show; shown is One step"),
        ({"part": "over time", "steps": "900"}, "`steps` is nothing this page can show; shown is 40"),
        ({"part": "Over time", "steps": "-3"}, "shown is 5"),
        ({"part": "Over time", "steps": "abc"}, "shown is 20"),
        ({"part": "Over time", "steps": ["7", "9"]}, "`steps` 2 times; shown is 9"),
        ({"part": "Over time", "steps": "9" * 500}, "shown is 40"),
        ({"part": "Over time", "input": "<b>x</b>"}, "`input` is nothing this page can show; shown is pulse"),
        (
            {"part": "Over time", "input": "noise", "noise": "1e99"},
            "`noise` is nothing this page can show; shown is 999",
        ),
        ({"part": "Over time", "t": "77"}, "`t` is nothing this page can show; shown is 20"),
        (
            {"part": "Challenges", "challenge": "fly"},
            "`challenge` is nothing this page can show; shown is keep",
        ),
        ({"part": "Challenges", "try-keep": "x"}, "could not be read"),
    ],
)
def test_a_link_that_asks_for_too_much_opens_the_nearest_and_says_so(query, words):
    app = open_gates(**{"part": "One step", **query})
    assert words in " ".join(warning.value for warning in app.warning)
    assert app.get("bidi_component") or app.main  # the page is there


def test_typed_numbers_that_are_none_get_a_sentence_and_the_page_goes_on():
    app = open_gates(part="Over time", input="my own", values="1 0 spam")
    assert "“spam” is not a number" in app.error[0].value
    assert "At step 1" in said(app)


def test_an_rnn_can_read_the_same_input():
    app = open_gates(part="Over time", rnn="true", t="3")
    x = input_presets.preset("pulse", 20)
    run, rnn = scalar_run(sliders.START, x), scalar_rnn_run(sliders.START, x)
    assert f"shows {number(rnn[2])} where the LSTM shows {number(run.h[2])}" in said(app)


@pytest.mark.parametrize("name", CHALLENGES)
def test_a_challenge_is_checked_helped_with_and_solved(name):
    app = open_gates(part="Challenges", challenge=name)
    press(app, "Check")
    assert "sequences fail. At step" in app.warning[0].value
    challenge = CHALLENGES[name]
    for k, hint in enumerate(challenge.hints, 1):
        press(app, f"Hint {k} of {len(challenge.hints)}")
        assert hint in told(app)
    press(app, "The worked solution, step by step")
    for _ in challenge.solution[1:]:
        press(app, "The next step of the solution")
    press(app, "Check")
    assert "**Solved**" in app.success[0].value and challenge.ending in app.success[0].value
    press(app, "Start again")
    assert not app.success


@pytest.mark.parametrize("name", CHALLENGES)
def test_the_solution_moves_the_cell_on_the_sequence_in_view(name):
    """The band and the first C are those of the sequence that failed: no solution puts another's there."""
    app = press(open_gates(part="Challenges", challenge=name), "Check")
    for k in (1, 2, 3):
        press(app, f"Hint {k} of 3")
    press(app, "The worked solution, step by step")
    sent = json.loads(fed(app))
    trial = app.session_state["challenges"][name].trial
    assert sent["setting"]["C_prev"] == sliders.SLIDERS["C_prev"].position(trial.C_0)
    assert sent["moved"].items() <= sent["setting"].items()
    for change, value in CHALLENGES[name].solution[0].change.items():
        assert sent["moved"][change] == sliders.SLIDERS[change].position(value)


def test_moving_a_slider_after_a_check_is_said():
    app = press(open_gates(part="Challenges"), "Check")
    held = app.session_state["try-keep"]
    app.session_state[FEED] = sends("challenge-keep", {**held.setting, "b_f": 6.0}, seen=held.jump)
    rerun(app)
    assert "moved since the last check" in told(app) and not app.warning


def test_a_check_moves_nothing_that_the_visitor_has_moved_since_the_start():
    app = press(open_gates(part="Challenges"), "Start again")
    held = app.session_state["try-keep"]
    app.session_state[FEED] = sends("challenge-keep", {**held.setting, "b_f": 2.0}, seen=held.jump)
    press(app, "Check")
    assert app.warning and list(json.loads(fed(app))["moved"]) == ["C_prev"]


def test_a_question_is_answered_shown_and_skipped():
    app = open_gates()
    first, second = gate_questions.one_step()[:2]
    press(app, "Show the answer")
    assert first.right_answer.reply in told(app)
    press(app, "Show it in the cell")
    assert app.session_state["cell"].setting["b_f"] == 8
    press(app, "Next question")
    wrong = next(answer.id for answer in second.answers if answer.id != second.right)
    app.button_group(key=f"step_{second.id}").set_value(wrong)
    rerun(app)
    assert "Not quite" in told(app) and second.answer(wrong).reply in told(app)
    app.button_group(key=f"step_{second.id}").set_value(second.right)
    rerun(app)
    assert "**Yes.**" in told(app)
    assert (
        app.session_state["record_entries"][f"answer/{second.id}"] == wrong
    )  # the first guess stays the first
    for _ in gate_questions.one_step()[1:-1]:
        press(app, "Next question" if "**Yes.**" in told(app) else "Skip")
    press(app, "Skip")
    assert "0 of 1 first guesses were right; 4 were not answered" in told(app)
    press(app, "Ask again")
    assert "1 of 5" in told(app)


def test_questions_have_a_reply_for_every_answer():
    questions = [*gate_questions.one_step(), *gate_questions.over_time()]
    assert len(questions) >= 5 and len({q.id for q in questions}) == len(questions)
    for question in questions:
        assert question.right_answer in question.answers and len(question.answers) >= 3
        assert all(len(reply) > 40 for reply in (answer.reply for answer in question.answers))


def test_the_page_sends_little_for_a_commit():
    """One commit with three sliders, and everything open: what the feed carries, with all names."""
    for groups, largest in (([], 6_000), (["more", "weights"], 14_000)):
        app = open_gates()
        app.session_state[FEED] = sends("step", sliders.START, open=groups)
        rerun(app)
        assert len(fed(app)) < largest
