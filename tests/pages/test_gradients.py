"""The gradients page: what is said and drawn is what was computed; its links, challenges and its training."""

import json
import re
from itertools import product

import numpy as np
import pytest

from lesson.gradients.flows import Setup, halving, race, updates
from lesson.gradients.recall_experiment import PAIR
from lesson.training.live.run_pictures import right_words
from tests.app import open_page, press, rerun, rerun_until, words_of
from tests.tiers import first_fast
from visualization.charts.gradients import describe_flow
from visualization.numbers import number, scientific, steps


def open_gradients(**query):
    """Open the page with what a link asks."""
    return open_page("3_gradients.py", query)


def test_the_race_says_what_was_computed():
    app = open_gradients(view="The race", bf="3", T="60", radius="1.5", seed="4")
    setup = Setup(forget_bias=3, T=60, radius=1.5, seed=4)
    curves = race(setup)
    assert describe_flow({"LSTM": curves.lstm, "GRU": curves.gru, "RNN": curves.rnn}, 50) in words_of(app)
    assert "RNN of radius 1.5" in words_of(app)
    values = [metric.value for metric in app.metric]
    assert values[0] == f"3 → {number(halving(curves.flow).f, 3)}"
    assert values[1] == steps(halving(curves.flow).half_life)


def test_the_curves_that_are_drawn_are_those_that_the_caption_is_about():
    app = open_gradients(view="The race", bf="2", T="30", radius="0.3", keep="4")
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
    app = open_gradients(view="The race", bf="2", scale="1.0")
    app.session_state["view"] = "Two roads"
    rerun(app)
    assert app.slider(key="bf").value == 2 and app.slider(key="scale").value == 1


ENDS = [(True, "5", "16"), (False, "200", "128"), *product((True, False), ("5", "200"), ("16", "128"))]


@pytest.mark.parametrize(("low", "T", "H"), first_fast(2, dict.fromkeys(ENDS)))
def test_the_race_bears_every_control_at_its_ends(low, T, H):
    app = open_gradients(
        view="The race", bf="0" if low else "8", T=T, radius="0.1" if low else "3",
        keep="0" if low else "8", scale="0" if low else "2", H=H, gradient_of="dL/dh" if low else "dL/dC",
    )  # fmt: skip
    assert "nan" not in words_of(app).lower().replace("finance", "")
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
        ({"gradient_of": "dL/dx"}, "shown is dL/dh"),
        ({"view": "the race", "seed": ["1", "2"]}, "`seed` 2 times; shown is 2"),
        ({"view": "Nowhere"}, "shown is The race"),
    ],
)
def test_a_gradient_link_that_asks_for_too_much_opens_the_nearest(query, words):
    app = open_gradients(**{"view": "The race", **query})
    assert words in " ".join(warning.value for warning in app.warning)


def test_the_roads_agree_with_a_finite_difference():
    app = open_gradients(view="Two roads")
    digits = int(re.search(r"finite difference to (\d+) digits", words_of(app))[1])
    assert digits >= 6


def test_the_explosion_is_clipped_in_words():
    app = open_gradients(view="Explosion")
    raw, value, norm = updates(Setup(T=50, radius=3.0), 0.1)
    assert f"(cosine {number(value.kept_direction)})" in words_of(app)
    assert scientific(raw.moved) in words_of(app) and scientific(norm.moved) in words_of(app)
    app.slider(key="explode").set_value(0.5)
    assert "small enough" in words_of(rerun(app))


def test_the_gradient_challenges_check_themselves():
    app = open_gradients(view="Challenges")
    app.number_input(key="by_hand").set_value(2.0)
    rerun(app)
    assert "too little" in app.warning[0].value
    app.number_input(key="by_hand").set_value(3.75)
    rerun(app)
    assert "b_f = ln(f / (1 − f)) = 3.76" in app.success[0].value
    app.slider(key="window_bias").set_value((1.75, 3.5))
    app.button(key="check_bias").click()
    rerun(app)
    assert "median of 21 networks" in app.success[1].value
    app.slider(key="window_radius").set_value((0.5, 1.0))
    app.button(key="check_radius").click()
    rerun(app)
    assert "lower end is too low and the upper end is too low" in app.warning[0].value
    app.radio(key="moves_without").set_value("to smaller radii")
    app.radio(key="moves_larger").set_value("to larger radii")
    rerun(app)
    assert "Input pushes h away from 0" in app.success[-1].value


@pytest.mark.slow
def test_a_pair_can_be_trained_stopped_and_goes_on():
    app = open_gradients(view="Does it matter?")
    press(app, "Start")
    viewer = app.session_state["viewer"]
    kept, lost = (watched.recording for watched in viewer.runs)
    assert [one.settings for one in (kept, lost)] == list(PAIR)
    press(app, "Pause")
    before = [watched.cursor for watched in viewer.runs]
    rerun(app)
    assert [watched.cursor for watched in viewer.runs] == before
    press(app, "Go on")
    rerun_until(app, lambda: kept.finished)
    right = kept.up_to(kept.head).right
    assert kept.head < 600 and right[-1][1] >= 0.99  # b_f = 3 recalls and stops; the other still guesses
    assert "forget bias 3: 1" in right_words("forget bias 3", right)
    viewer.leave()
