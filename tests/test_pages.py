"""Every page on disk opens, in both themes and at its controls' ends, and shows numbers of the library."""

import json
import re
import time
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lesson.frame.lessons import LESSONS
from lesson.gates import input_presets, live_cell, sliders
from lesson.gates import questions as gate_questions
from lesson.gates.challenges.checker import CHALLENGES
from lesson.gradients.flows import Setup, halving, race, updates
from lesson.gradients.recall_experiment import PAIR
from lesson.training.live.watch import right_words
from lstm.scalar import half_life, scalar_rnn_run, scalar_run, scalar_step
from visualization.gates import number, steps
from visualization.gradients import describe_flow
from visualization.logarithmic import scientific

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "pages").glob("*.py"))
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)


def healthy(app):
    assert not app.exception, app.exception[0].value
    return app


def opened(page, **query):
    """A page in the frame, run once, with what a link asks of it."""
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60).run()
    for name, value in query.items():
        app.query_params[name] = value
    if not page.name.startswith("1_"):
        app.switch_page(f"pages/{page.name}").run()
    return healthy(app)


def test_every_page_on_disk_is_in_the_navigation_and_the_other_way_round():
    assert [page.name for page in PAGES] == [lesson.file for lesson in LESSONS]


@each_page
def test_a_page_opens_with_one_title_and_no_error(page):
    app = opened(page)
    assert len(app.title) == 1
    assert not app.error


@each_page
def test_sliders_can_stand_at_both_ends(page):
    app = opened(page)
    for end in ("min", "max"):
        for slider in app.slider:
            slider.set_value(getattr(slider, end))
        healthy(app.run())


@each_page
def test_a_page_is_short_enough_to_be_read(page):
    assert len(page.read_text("utf-8").splitlines()) <= 120


GATES = ROOT / "pages/2_gates.py"


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
    """All that the page says in words."""
    kinds = ("info", "warning", "success", "markdown", "caption")
    return " ".join(e.value for kind in kinds for e in app.get(kind)) + said(app)


def test_the_gates_page_answers_what_the_browser_sends():
    app = opened(GATES)
    setting = {**sliders.START, "x": -2.5, "C_prev": 3.0, "b_f": -1.25}
    app.session_state[live_cell.KEY] = sends("step", setting)
    healthy(app.run())
    step = scalar_step(setting)
    words = said(app)
    assert f"It keeps {number(step.f)} of what it held (3.00 becomes {number(step.kept)})" in words
    assert f"adds {number(step.added)} and holds {number(step.C)}" in words
    assert f"gone after {number(half_life(step.f), 1)} steps" in words


@pytest.mark.parametrize(
    "sent",
    [
        None,
        5,
        {"setting": {"x": 1}},
        {"setting": "x", "open": 3},
        {"open": []},
        {"view": "step", "setting": {}},
    ],
)
@pytest.mark.parametrize("part", ["One step", "Over time", "Challenges"])
def test_the_gates_page_bears_what_a_browser_should_not_send(sent, part):
    app = opened(GATES, part=part)
    before = told(app)
    app.session_state[live_cell.KEY] = {"sent": sent}
    assert told(healthy(app.run())) == before


def test_what_another_part_of_the_page_sent_is_not_taken():
    app = opened(GATES, part="Challenges")
    app.session_state[live_cell.KEY] = sends("step", {**sliders.START, "b_f": 8.0})
    healthy(app.run())
    assert app.session_state["live_cells"]["try-keep"].setting["b_f"] == 1


@pytest.mark.parametrize("part", ["One step", "Over time", "Vectors", "Challenges"])
def test_every_part_has_its_own_address(part):
    app = opened(GATES, part=part)
    assert app.get("button_group")[0].value == part
    assert not app.warning


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"cell": "nonsense"}, "could not be read"),
        ({"cell": "1_99999" + "_1" * 14}, "nearest are shown"),
        ({"part": "Nowhere"}, "`part` is nothing this page can show; shown is One step"),
        ({"part": "over time", "T": "900"}, "`T` is nothing this page can show; shown is 40"),
        ({"part": "Over time", "T": "-3"}, "shown is 5"),
        ({"part": "Over time", "T": "abc"}, "shown is 20"),
        ({"part": "Over time", "T": ["7", "9"]}, "`T` 2 times; shown is 9"),
        ({"part": "Over time", "T": "9" * 500}, "shown is 40"),
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
    app = opened(GATES, **{"part": "One step", **query})
    assert words in " ".join(warning.value for warning in app.warning)
    assert app.get("bidi_component") or app.main  # the page is there


def test_typed_numbers_that_are_none_get_a_sentence_and_the_page_goes_on():
    app = opened(GATES, part="Over time", input="my own", values="1 0 spam")
    assert "“spam” is not a number" in app.error[0].value
    assert "At step 1" in said(app)


def test_an_rnn_can_read_the_same_input():
    app = opened(GATES, part="Over time", rnn="true", t="3")
    x = input_presets.preset("pulse", 20)
    run, rnn = scalar_run(sliders.START, x), scalar_rnn_run(sliders.START, x)
    assert f"shows {number(rnn[2])} where the LSTM shows {number(run.h[2])}" in said(app)


def press(app, label):
    next(button for button in app.button if button.label == label).click()
    return healthy(app.run())


@pytest.mark.parametrize("name", CHALLENGES)
def test_a_challenge_is_checked_helped_with_and_solved(name):
    app = opened(GATES, part="Challenges", challenge=name)
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
    app = press(opened(GATES, part="Challenges", challenge=name), "Check")
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
    app = press(opened(GATES, part="Challenges"), "Check")
    held = app.session_state["live_cells"]["try-keep"]
    app.session_state[live_cell.KEY] = sends("challenge-keep", {**held.setting, "b_f": 6.0}, seen=held.jump)
    healthy(app.run())
    assert "moved since the last check" in told(app) and not app.warning


def test_a_question_is_answered_shown_and_skipped():
    app = opened(GATES)
    first, second = gate_questions.one_step()[:2]
    press(app, "Show the answer")
    assert first.right_answer.reply in told(app)
    press(app, "Show it in the cell")
    assert app.session_state["live_cells"]["cell"].setting["b_f"] == 8
    press(app, "Next question")
    wrong = next(answer.id for answer in second.answers if answer.id != second.right)
    app.button_group(key=f"step_{second.id}").set_value(wrong)
    healthy(app.run())
    assert "Not quite" in told(app) and second.answer(wrong).reply in told(app)
    app.button_group(key=f"step_{second.id}").set_value(second.right)
    healthy(app.run())
    assert "**Yes.**" in told(app)
    assert app.session_state["first_answers"][second.id] == wrong  # the first guess stays the first
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
        assert all(len(reply) > 40 for reply in (a.reply for a in question.answers))


def test_the_page_sends_little_for_a_commit():
    """One commit with three sliders, and everything open: what the feed carries, with all names."""
    for groups, largest in (([], 6_000), (["more", "weights"], 14_000)):
        app = opened(GATES)
        app.session_state[live_cell.KEY] = sends("step", sliders.START, open=groups)
        healthy(app.run())
        assert len(fed(app)) < largest


GRADIENTS = ROOT / "pages/3_gradients.py"
VIEWS = ("The race", "Two roads", "Explosion", "Does it matter?", "Challenges")


@pytest.mark.parametrize("view", VIEWS)
def test_every_part_of_the_gradients_page_has_its_own_address(view):
    app = opened(GRADIENTS, view=view)
    assert app.get("button_group")[0].value == view
    assert not app.warning and not app.error


def test_the_race_says_what_was_computed():
    app = opened(GRADIENTS, view="The race", bf="3", T="60", radius="1.5", seed="4")
    setup = Setup(forget_bias=3, T=60, radius=1.5, seed=4)
    curves = race(setup)
    assert describe_flow({"LSTM": curves.lstm, "GRU": curves.gru, "RNN": curves.rnn}, 50) in told(app)
    assert "RNN of radius 1.5" in told(app)
    values = [metric.value for metric in app.metric]
    assert values[0] == f"3 → {number(halving(curves.flow).f, 3)}"
    assert values[1] == steps(halving(curves.flow).half_life)


def test_the_curves_that_are_drawn_are_those_that_the_caption_is_about():
    app = opened(GRADIENTS, view="The race", bf="2", T="30", radius="0.3", keep="4")
    curves = race(Setup(forget_bias=2, T=30, radius=0.3, keep_bias=4))
    drawn = curves_of(app)
    for name, norms in {"LSTM": curves.lstm, "GRU": curves.gru, "RNN": curves.rnn, **curves.ghosts}.items():
        logs = 100 * np.log10((norms / norms[-1])[::-1])
        np.testing.assert_allclose(drawn[name]["logs"], logs, atol=0.5 + 1e-9)
    assert len(drawn) == 5


def curves_of(app):
    """The curves that are drawn, by name, with logarithms in hundredths."""
    sent = next(e.proto for e in app.get("bidi_component") if e.proto.component_name == "curves")
    return {curve["name"]: curve for curve in json.loads(sent.json)["curves"]}


def test_what_was_set_in_one_part_is_so_in_the_next():
    app = opened(GRADIENTS, view="The race", bf="2", scale="1.0")
    app.session_state["view"] = "Two roads"
    healthy(app.run())
    assert app.slider(key="bf").value == 2 and app.slider(key="scale").value == 1


@pytest.mark.parametrize("H", ["16", "128"])
@pytest.mark.parametrize("T", ["5", "200"])
@pytest.mark.parametrize("ends", ["0.0", "end"])
def test_the_race_bears_every_control_at_its_ends(H, T, ends):
    low = ends == "0.0"
    app = opened(
        GRADIENTS, view="The race", bf="0" if low else "8", T=T, radius="0.1" if low else "3",
        keep="0" if low else "8", scale="0" if low else "2", H=H, of="dL/dh" if low else "dL/dC",
    )  # fmt: skip
    assert "nan" not in told(app).lower().replace("finance", "")
    assert not app.warning
    for curve in curves_of(app).values():
        assert all(-4000 <= log <= 4000 for log in curve["logs"])
        assert curve["end"] is None or curve["end"]["says"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"bf": "99"}, "`bf` is nothing this page can show; shown is 8"),
        ({"T": "-1"}, "shown is 5"),
        ({"H": "77"}, "`H` is nothing this page can show; shown is 64"),
        ({"radius": "x"}, "shown is 0.9"),
        ({"of": "dL/dx"}, "shown is dL/dh"),
        ({"view": "the race", "seed": ["1", "2"]}, "`seed` 2 times; shown is 2"),
        ({"view": "Nowhere"}, "shown is The race"),
    ],
)
def test_a_gradient_link_that_asks_for_too_much_opens_the_nearest(query, words):
    app = opened(GRADIENTS, **{"view": "The race", **query})
    assert words in " ".join(warning.value for warning in app.warning)


def test_the_roads_agree_with_a_finite_difference():
    app = opened(GRADIENTS, view="Two roads")
    digits = int(re.search(r"finite difference to (\d+) digits", told(app))[1])
    assert digits >= 6


def test_the_explosion_is_clipped_in_words():
    app = opened(GRADIENTS, view="Explosion")
    raw, value, norm = updates(Setup(T=50, radius=3.0), 0.1)
    assert f"(cosine {number(value.kept_direction)})" in told(app)
    assert scientific(raw.moved) in told(app) and scientific(norm.moved) in told(app)
    app.slider(key="explode").set_value(0.5)
    assert "small enough" in told(healthy(app.run()))


def test_the_gradient_challenges_check_themselves():
    app = opened(GRADIENTS, view="Challenges")
    app.number_input(key="by_hand").set_value(2.0)
    healthy(app.run())
    assert "too little" in app.warning[0].value
    app.number_input(key="by_hand").set_value(3.75)
    healthy(app.run())
    assert "b_f = ln(f / (1 − f)) = 3.76" in app.success[0].value
    app.slider(key="window_bias").set_value((1.75, 3.5))
    app.button(key="check_bias").click()
    healthy(app.run())
    assert "median of 21 networks" in app.success[1].value
    app.slider(key="window_radius").set_value((0.5, 1.0))
    app.button(key="check_radius").click()
    healthy(app.run())
    assert "lower end is too low and the upper end is too low" in app.warning[0].value
    app.radio(key="moves_without").set_value("to smaller radii")
    app.radio(key="moves_larger").set_value("to larger radii")
    healthy(app.run())
    assert "Input pushes h away from 0" in app.success[-1].value


def test_a_pair_can_be_trained_stopped_and_goes_on():
    app = opened(GRADIENTS, view="Does it matter?")
    press(app, "Start")
    viewer = app.session_state["viewer"]
    kept, lost = (watched.recording for watched in viewer.runs)
    assert [one.settings for one in (kept, lost)] == list(PAIR)
    press(app, "Pause")
    before = [watched.cursor for watched in viewer.runs]
    healthy(app.run())
    assert [watched.cursor for watched in viewer.runs] == before
    press(app, "Go on")
    for _ in range(200):
        healthy(app.run())
        if kept.finished:
            break
        time.sleep(0.1)
    right = kept.up_to(kept.head).right
    assert kept.head < 600 and right[-1][1] >= 0.99  # b_f = 3 recalls and stops; the other still guesses
    assert "forget bias 3: 1" in right_words("forget bias 3", right)
    viewer.leave()
