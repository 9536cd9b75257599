"""The questions of the part Live: what they call right is right, and their numbers are measured."""

import math
import re

import numpy as np
import pytest

from lesson.training.engine.settings import RunSettings
from lesson.training.live.questions import questions
from lesson.widgets.catalogue import model, sample_text
from lstm import LSTM, Vocabulary
from lstm.training import evaluate

BY_NAME = {question.id: question for question in questions()}


@pytest.mark.parametrize("question", BY_NAME.values(), ids=BY_NAME)
def test_every_answer_has_a_reply_of_its_own_and_one_is_right(question):
    assert question.right_answer in question.answers
    assert len({a.reply for a in question.answers}) == len(question.answers) >= 3


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_before_the_first_step_the_loss_is_about_ln_v(seed):
    text = sample_text("brackets")
    vocabulary = Vocabulary.from_text(text)
    size = len(vocabulary)
    net = RunSettings(seed=seed).network(size)
    assert evaluate(net, vocabulary.encode(text[:4_000])) == pytest.approx(math.log(size), abs=0.1)
    question = BY_NAME["first_loss"]
    assert question.right_answer.text == f"About {math.log(size):.1f}"
    assert f"ln {size} = {math.log(size):.2f}" in question.right_answer.reply


def test_parameters_are_counted_in_networks_and_by_the_formula():
    size = len(Vocabulary.from_text(sample_text(RunSettings.text)))
    counts = [LSTM(size, units, size).weights.flat.size for units in (64, 128)]
    assert counts == [4 * H * (H + size) + 4 * H + size * H + size for H in (64, 128)]
    question = BY_NAME["twice_the_units"]
    assert question.right_answer.text == f"About {round(counts[1] / counts[0])} times"
    assert f"{counts[0]:,} and {counts[1]:,}" in question.right_answer.reply


def test_the_validation_loss_was_lowest_where_the_answer_says():
    history, moments = model("fables_gru").history, model("fables_gru").snapshots
    best, last = int(np.nanargmin(history["validation_loss"])), history["step"][-1]
    third = ("first_third", "second_third", "at_the_end")[int(3 * history["step"][best] / last)]
    question = BY_NAME["when_to_stop"]
    assert question.right == third
    numbers = [float(number) for number in re.findall(r"\d+\.\d\d", question.right_answer.reply)]
    measured = [moments.loss[-1], history["validation_loss"][best], moments.validation_loss[-1]]
    assert numbers == pytest.approx(measured, abs=0.006)
    assert moments.validation_loss[-1] > history["validation_loss"][best] + 0.1
