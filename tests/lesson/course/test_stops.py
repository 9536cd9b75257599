"""What a plan tells a teacher to watch for is what the pages compute."""

import numpy as np
import pytest

from lesson.course.stops import PLANS
from lesson.gates.challenges.catalogue import CHALLENGES
from lesson.gates.challenges.checker import check
from lesson.gates.sliders import START
from lesson.gradients.flows import Setup
from lesson.gradients.windows import shares
from lesson.sampling import parameters as sampling
from lesson.sampling.surgery.bracket_lines import BRACKETS, depth_unit
from lstm.scalar import scalar_step

BACK, STEPS = 50, 100
STOPS = [stop for stops in PLANS.values() for stop in stops]


def stops_that_say(*words):
    """Stops whose sentence has all of these words."""
    return [stop for stop in STOPS if all(word in stop.watch for word in words)]


def test_with_no_forget_bias_the_lstm_of_the_race_keeps_less_than_the_rnn():
    races = stops_that_say("LSTM", "an RNN", "forget bias of 0 it keeps less")
    assert [stop.asks for stop in races] == [("three",), ("three",)]
    none, three = shares("lstm", (0.0, 3.0), STEPS, what="h", back=BACK).T
    (rnn,) = shares("rnn", (Setup().radius,), STEPS, what="h", back=BACK).T
    assert np.all(none < rnn) and np.all(three > rnn)  # in each of the networks


@pytest.mark.parametrize("forget_bias", [1.0, 4.0, 7.0, 8.0])
def test_who_leaves_the_input_gate_open_does_not_solve_keep(forget_bias):
    assert len(stops_that_say("leaves the input gate open")) == 1
    keep = CHALLENGES["keep"]
    for input_bias in (0.0, 4.0, 8.0):
        assert not check(keep, {"b_f": forget_bias, "b_i": input_bias}, 0).passed
    assert check(keep, {"b_f": 7.0, "b_i": -7.0}, 0).passed


def test_one_minus_f_is_no_share_that_stays():
    assert len(stops_that_say("f is the share that stays, and i C̃ is added to it")) == 1
    step = scalar_step(START)
    assert float(step.C) == pytest.approx(float(step.f) * START["C_prev"] + float(step.i * step.C_tilde))


def test_the_forget_gate_alone_is_the_share_that_is_kept():
    assert len(stops_that_say("f is the share that is *kept*")) == 2
    step = scalar_step({**START, "b_f": 40.0, "b_i": -40.0})
    assert float(step.C) == pytest.approx(START["C_prev"])


def test_the_bracket_model_opens_without_the_unit_that_is_asked_about():
    (stop,) = [stop for stop in STOPS if "one_unit_less" in stop.asks]
    assert (stop.query[sampling.NETWORK.name], stop.query[sampling.OPERATION.name]) == (
        BRACKETS,
        sampling.ABLATE,
    )
    assert stop.query[sampling.UNITS.name] == str(depth_unit())
