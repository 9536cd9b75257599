"""Questions for a number: their truths against the textbook, their scales, what rooms are sent of them."""

import math

import numpy as np
import pytest

from lesson.catalogue import catalogue
from lesson.classroom.question import NUMBER, Question
from lesson.course.estimates import estimates
from lesson.widgets.catalogue import sample_text
from lstm.equations import lstm_step
from lstm.gradients import random_cell, random_inputs
from visualization.numbers import number, scientific


@pytest.fixture(scope="module")
def rows():
    return {each.id: each for each in estimates()}


def test_after_how_many_steps_half_of_the_state_is_left(rows):
    life = rows["number_half_life"].truth
    C = 1.0
    for _ in range(math.floor(life)):
        C *= 0.9
    assert C > 0.5 > 0.9 * C
    assert 0.9**life == pytest.approx(0.5)


def test_how_many_parameters_a_cell_has(rows):
    shapes = [(20, 10 + 20)] * 4 + [(20,)] * 4  # the textbook's W_f, W_i, W_C, W_o, b_f, …
    rng = np.random.default_rng(0)
    arrays = [rng.normal(size=shape) for shape in shapes]
    lstm_step(rng.normal(size=10), np.zeros(20), np.zeros(20), *arrays)  # which these fit
    assert rows["number_parameters"].truth == sum(array.size for array in arrays) == 2480


def test_what_is_left_of_a_gradient(rows):
    left = np.median([_share_by_differences(seed) for seed in range(21)])
    assert rows["number_share_left"].truth == pytest.approx(left, rel=1e-3)


def _share_by_differences(seed, T=100, back=50, step=1e-5):
    """Measure ∂L/∂h of the last step and of one further back: by moving h there and running on from there."""
    cell = random_cell("lstm", 32, seed=seed, forget_bias=3.0)
    x = random_inputs(T, scale=0.5, seed=seed)
    at = [cell.gates.index(name) for name in ("f", "i", "C_tilde", "o")]
    blocks = [*cell.W[at], *cell.b[at]]
    h, C = np.zeros(32), np.zeros(32)
    for k in range(T - back):
        now = lstm_step(x[k], h, C, *blocks)
        h, C = now.h, now.C
    g = _direction(seed)
    moved = h + step * np.vstack([np.eye(32), -np.eye(32)])  # 64 networks side by side
    C = np.broadcast_to(C, moved.shape)
    for k in range(T - back, T):
        now = lstm_step(np.broadcast_to(x[k], (64, x.shape[1])), moved, C, *blocks)
        moved, C = now.h, now.C
    loss = moved @ g
    return np.linalg.norm((loss[:32] - loss[32:]) / (2 * step)) / np.linalg.norm(g)


def _direction(seed):
    """Draw the weights of the loss, L = u · h of the last step."""
    return np.random.default_rng(seed).standard_normal(32)


def test_the_loss_before_the_first_step(rows):
    V = len(set(sample_text("fables")))
    assert rows["number_first_loss"].truth == pytest.approx(-np.log(np.full(V, 1 / V)[0]))


def test_each_truth_lies_well_inside_its_scale_and_stands_in_the_reply(rows):
    for each in rows.values():
        assert each.low < each.truth < each.high
        assert each.low > 0 or not each.logarithmic
        spellings = {number(each.truth), number(each.truth, 1), scientific(each.truth), f"{each.truth:,.0f}"}
        assert any(spelling in each.reply for spelling in spellings), each.reply
        assert not any(spelling in each.text for spelling in spellings - {"0", "4", "7"}), each.text


def test_rooms_can_ask_them(rows):
    questions = {question.id: question for question in catalogue() if question.kind == NUMBER}
    assert list(questions) == list(rows)
    for id, question in questions.items():
        assert Question.from_json(question.to_json()) == question
        assert question.right == rows[id].truth and question.has_answer(question.right)
        assert question.page and question.link and question.reply and question.answers == ()
        assert not question.has_answer(question.scale.high * 2)
