"""Questions for a number: truths and curves against the textbook, scales, what rooms are sent of them."""

import math
import re
from itertools import pairwise

import numpy as np
import pytest

from lesson.catalogue import catalogue
from lesson.classroom.question import NUMBER, Question
from lesson.course.decks import all_questions
from lesson.course.estimates import estimates
from lesson.training.replay.film import film_of
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


def test_which_bias_leaves_a_tenth(rows):
    truth = rows["number_forget_bias"].truth
    below, at = (
        np.median([_share_by_differences(seed, T=51, bias=bias) for seed in range(21)])
        for bias in (truth - 0.1, truth)
    )
    assert below < 0.1 <= at


def _share_by_differences(seed, T=100, back=50, step=1e-5, bias=3.0):
    """Measure ∂L/∂h of the last step and of one further back: by moving h there and running on from there."""
    cell = random_cell("lstm", 32, seed=seed, forget_bias=bias)
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


def test_from_which_step_on_it_is_readable(rows):
    """Counted in the film's texts, word by word, and as the course's own question has it."""
    film, truth = film_of("fables"), rows["number_readable_from"].truth
    pattern = r"[a-z]+(?:'[a-z]+)*"
    real = set(re.findall(pattern, sample_text("fables")[: film.characters].lower()))
    shares = []
    for text in film.texts:
        words = re.findall(pattern, text.lower())
        shares.append(sum(word in real for word in words) / len(words))
    at = film.checkpoint.snapshots.step.tolist().index(truth)
    assert shares[at - 1] < 0.75 <= min(shares[at:])
    assert f"step {truth:,} on" in all_questions()["readable_from"].right_answer.text
    assert rows["number_readable_from"].high == film.checkpoint.snapshots.step[-1]
    steps = film.checkpoint.snapshots.step[1:].tolist()  # "each time after about twice as many steps"
    assert all(1.9 < later / earlier < 2.1 for earlier, later in pairwise(steps))


# -- the curves --


def height_at(curve, x):
    """Return the height at which a curve that goes from left to right is at x."""
    return float(np.interp(x, *zip(*curve.points, strict=True)))


def test_every_curve_lies_on_its_question_s_scale_and_its_heights_between_0_and_1(rows):
    for each in rows.values():
        assert len(each.curve.points) >= 10 and len(each.curve.ticks) >= 3
        for x, y in each.curve.points:
            assert each.low <= x <= each.high and 0 <= y <= 1
        assert [y for y, _ in each.curve.ticks] == sorted(y for y, _ in each.curve.ticks)
        assert all(0 <= y <= 1 for y, _ in each.curve.ticks)


def test_the_state_is_at_half_where_the_truth_is(rows):
    each = rows["number_half_life"]
    assert height_at(each.curve, each.truth) == pytest.approx(0.5, abs=0.001)
    assert [y for _, y in each.curve.points] == pytest.approx([0.9**k for k in range(51)])
    assert f"{0.9**5:.2f} after 5 steps" in each.curve.words
    assert (0.5, "0.5") in each.curve.ticks


def test_the_parameters_are_the_truth_where_H_is_20(rows):
    each = rows["number_parameters"]
    (height,) = (y for y, text in each.curve.ticks if text == "20")
    assert (each.truth, height) in each.curve.points
    assert [x for x, _ in each.curve.points] == [4 * (H * (H + 10) + H) for H in range(1, 41)]


def test_the_gradient_is_all_there_at_first_and_ends_at_the_truth(rows):
    each = rows["number_share_left"]
    assert each.curve.points[0] == (1, 0)
    x, y = each.curve.points[-1]
    assert y == 1 and x == pytest.approx(each.truth, rel=1e-9)
    ten = np.median([_share_by_differences(seed, back=10) for seed in range(21)])
    assert each.curve.points[10] == (pytest.approx(ten, rel=1e-3), 0.2)
    assert f"10 steps back {scientific(ten)} of the gradient is left" in each.curve.words


def test_the_gradient_is_a_tenth_where_the_bias_is_the_truth(rows):
    each = rows["number_forget_bias"]
    heights = {text: y for y, text in each.curve.ticks}
    tenth = 1 - (heights["1"] - heights["10⁻²"]) / 2
    assert height_at(each.curve, each.truth - 0.1) < tenth <= height_at(each.curve, each.truth)
    assert all(y >= tenth for x, y in each.curve.points if x >= each.truth), "from there on"
    left = np.median([_share_by_differences(seed, T=51, bias=1.0) for seed in range(21)])
    assert height_at(each.curve, 1) == pytest.approx(1 + np.log10(left) / 10, abs=1e-4)


def test_the_loss_starts_at_the_truth(rows):
    each = rows["number_first_loss"]
    x, y = each.curve.points[0]
    assert y == 0 and x == pytest.approx(each.truth, abs=0.01)
    assert f"{number(x)} before the first step" in each.curve.words
    snapshots = film_of("fables").checkpoint.snapshots
    assert snapshots.step[5] == 160
    assert (float(snapshots.validation_loss[5]), 160 / 700) in each.curve.points


def test_the_validation_loss_is_that_of_the_film(rows):
    each, snapshots = rows["number_readable_from"], film_of("fables").checkpoint.snapshots
    (one,) = (y for y, text in each.curve.ticks if text == "1")
    for step, loss in zip(snapshots.step.tolist(), snapshots.validation_loss.tolist(), strict=True):
        assert height_at(each.curve, step) / one == pytest.approx(loss)
    at = snapshots.step.tolist().index(each.truth)
    assert f"{number(snapshots.validation_loss[at])} there" in each.reply
    assert number(snapshots.validation_loss[-1]) in each.reply


def test_each_truth_lies_well_inside_its_scale_and_stands_in_the_reply(rows):
    for each in rows.values():
        assert each.low < each.truth < each.high
        assert each.low > 0 or not each.logarithmic
        spellings = {number(each.truth), number(each.truth, 1), scientific(each.truth)}
        spellings |= {f"{each.truth:,.0f}"} if each.truth > 100 else set()
        assert any(spelling in each.reply for spelling in spellings), each.reply
        assert not any(spelling in each.text for spelling in spellings - {"4", "2", "7"}), each.text


def test_rooms_can_ask_them(rows):
    questions = {
        question.id: question
        for question in catalogue()
        if question.kind == NUMBER and not question.experiment
    }
    assert list(questions) == list(rows)
    for id, question in questions.items():
        assert Question.from_json(question.to_json()) == question
        assert question.right == rows[id].truth and question.has_answer(question.right)
        assert question.curve == rows[id].curve and question.picture
        assert question.page and question.link and question.reply and question.answers == ()
        assert not question.has_answer(question.scale.high * 2)
