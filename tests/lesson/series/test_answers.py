"""What the picture of the page Series answers: for every setting what the library has, at a bounded size."""

import json

import numpy as np
import pytest

from lesson.frame.query import Query, QueryError
from lesson.series.answers import ANSWERS
from lesson.series.measures import test_steps as steps_of_test
from lesson.series.parameters import ADDING, LENGTH, OWN, SERIES_BIAS, SERIES_CELL, SERIES_TASK, SINE, SPIKE
from lstm.series.reach import left_of_state

LARGEST = 60_000  # bytes


def answer(**values):
    """The answer as the browser has it, and how long it is."""
    reply = ANSWERS["series/setting"].reply(Query(values))
    return json.loads(reply), len(reply)


@pytest.mark.parametrize("along", [SERIES_BIAS, LENGTH])
@pytest.mark.parametrize("task", SERIES_TASK.options)
def test_there_is_a_frame_for_every_position_and_it_is_that_of_its_setting(task, along):
    base = {SERIES_TASK.name: task, SERIES_BIAS.name: "4", LENGTH.name: "25"}
    reply, size = answer(**base, along=along.name)
    assert len(reply["frames"]) == len(along.address_values) and size < LARGEST
    for value, frame in zip(along.address_values, reply["frames"], strict=True):
        alone, _ = answer(**base | {along.name: value})
        assert alone["frames"] == [frame]


def test_the_series_is_that_of_the_test_and_its_marks_and_questions_are_drawn():
    reply, _ = answer(**{SERIES_TASK.name: SPIKE, LENGTH.name: "150", SERIES_BIAS.name: "5"})
    picture, (frame,) = reply["common"]["picture"], reply["frames"]
    (chunk,) = steps_of_test("spike")
    np.testing.assert_allclose(picture["values"], 1000 * chunk.inputs[:400, 0, 0], atol=0.51)
    for step, value in picture["questions"]:
        assert value == round(1000 * float(chunk.targets[step, 0]))
    spikes = np.flatnonzero(np.abs(chunk.inputs[:400, 0, 0]) > 0.4)  # the noise ends at 0.3
    assert picture["marks"] == spikes.tolist() and spikes[-1] + 100 > 400  # whose question is not in view
    assert frame["cuts"] == [150, 300]
    for mark, question, is_held in frame["pairs"]:
        assert question == mark + 100 and is_held == (mark // 150 == question // 150)
    np.testing.assert_allclose(frame["left"], 100 * left_of_state(5, 100), atol=0.51)


def test_what_is_predicted_is_drawn_where_that_is_the_next_value():
    picture = answer(**{SERIES_TASK.name: SINE})[0]["common"]["picture"]
    targets = np.concatenate([chunk.targets for chunk in steps_of_test("sine")])
    first = picture["first"]
    np.testing.assert_allclose(picture["values"], 1000 * targets[first:, 0], atol=0.51)
    assert picture["isNext"] and not picture["marks"]


def test_an_rnn_has_no_gate_and_a_series_of_ones_own_no_picture_here():
    (frame,) = answer(**{SERIES_TASK.name: ADDING, SERIES_CELL.name: "RNN"})[0]["frames"]
    assert frame["left"] == [] and "RNN has no gate" in frame["words"]
    reply, _ = answer(**{SERIES_TASK.name: OWN})
    assert "picture" not in reply["common"] and reply["common"]["map"] is None


@pytest.mark.parametrize(
    "values",
    [
        {"series_task": "Chess"}, {"series_bf": "9"}, {"series_bf": "1.5"}, {"series_length": "42"},
        {"series_cell": "CNN"}, {"series_seed": "0"}, {"along": "series_cell"},
    ],
)  # fmt: skip
def test_what_no_control_can_say_is_refused(values):
    with pytest.raises(QueryError):
        ANSWERS["series/setting"].reply(Query(values))
