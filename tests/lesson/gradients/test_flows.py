"""What the gradients page computes: curves, half-lives, clipping, the windows of its challenges."""

import numpy as np
import pytest

from lesson.gradients.flows import (
    GHOSTS,
    Setup,
    best_carrier,
    digits,
    halvings,
    paths,
    runners,
    steps_to_half,
    updates,
)
from lesson.gradients.questions import (
    about_clipping,
    about_learning,
    about_the_paths,
    about_the_race,
    nearest,
)
from lesson.gradients.race import where_in_the_sequence
from lesson.gradients.two_paths import through_the_candidate
from lesson.gradients.windows import (
    CANDIDATE,
    GATES,
    SEEDS,
    medians,
    only_through,
    shares,
    shares_through,
)
from lstm.gradients import gradient_flow, random_cell, random_inputs
from lstm.recall.experiment import HIDDEN_SIZE, recall_network
from lstm.recall.task import recall
from lstm.recall.untrained import left_at_first_symbol
from lstm.scalar import half_life
from visualization.numbers import factor, scientific


def test_the_page_opens_with_what_lstm_gives():
    setup = Setup()
    assert (setup.forget_bias, setup.T, setup.radius, setup.scale, setup.H) == (1, 100, 0.9, 0.5, 32)
    expected = gradient_flow(random_cell("lstm", forget_bias=1), random_inputs(100))
    np.testing.assert_array_equal(setup.flow("lstm").dh, expected.dh)
    assert list(runners(setup)) == ["LSTM, b_f = 0", "LSTM, b_f = 3", "LSTM", "GRU", "RNN"]
    for bias, (kind, ghost) in zip(GHOSTS, runners(setup).values(), strict=False):
        assert kind == "lstm" and ghost == setup._replace(forget_bias=bias)


def test_what_is_measured_is_h_or_C():
    setup = Setup(T=12, measured="C")
    flow = setup.flow("lstm")
    np.testing.assert_array_equal(setup.norms(flow), flow.dC)
    np.testing.assert_array_equal(setup._replace(measured="h").norms(flow), flow.dh)
    np.testing.assert_array_equal(setup.norms(setup.flow("rnn")), setup.flow("rnn").dh)


def halving(**change):
    setup = Setup()._replace(**change)
    flow = setup.flow("lstm")
    return halvings(flow, paths(flow), setup.norms(flow))[0]


def test_the_half_lives_are_in_steps():
    half_lives = halving(forget_bias=2)
    assert half_lives.half_life == pytest.approx(float(half_life(half_lives.f)))
    alone = paths(Setup(forget_bias=2).flow("lstm")).alone[::-1]
    back = int(half_lives.path)
    assert alone[back + 1] <= 0.5 * alone[0] <= alone[back]
    assert halving(forget_bias=8, measured="C").curve == np.inf  # it never comes down to half
    assert 0 < halving(T=5, forget_bias=0).curve <= 4


@pytest.mark.parametrize(
    ("norms", "back"),
    [
        ([0.25, 0.5, 1.0], 1), ([0.1, 0.3, 2.0, 1.0], 1 + np.log(4) / np.log(20 / 3)),
        ([3.0, 2.0, 1.0], np.inf), ([0.0, 1.0], 0), ([5.0, 0.25, 1.0], 0.5),
    ],
)  # fmt: skip
def test_a_curve_is_down_to_half_where_it_first_is(norms, back):
    assert steps_to_half(np.array(norms)) == pytest.approx(back)


def test_the_best_carrier_carries_most():
    flow = Setup(T=30).flow("lstm")
    unit, most = best_carrier(flow)
    assert most == np.abs(flow.dh_units[0]).max() == abs(flow.dh_units[0, unit])


def test_the_badge_counts_at_least_six_digits():
    assert digits(Setup()) >= 6


def test_clipping_by_norm_keeps_the_direction_and_by_value_does_not():
    raw, value, norm = updates(Setup(T=50, radius=3.0), 0.1)
    assert raw.norm == value.norm == norm.norm > 1e4
    assert norm.clipped == pytest.approx(5) and norm.kept_direction == pytest.approx(1)
    assert value.kept_direction < 0.9 and value.clipped < raw.clipped
    assert raw.moved / norm.moved == pytest.approx(raw.norm / 5)
    small = updates(Setup(T=50, radius=0.5), 0.1)
    assert small[0].clipped == pytest.approx(small[2].clipped)


QUESTIONS = {
    question.id: question
    for about in (about_the_race, about_the_paths, about_clipping, about_learning)
    for question in about()
}


def test_every_question_has_a_right_answer_among_its_answers():
    for question in QUESTIONS.values():
        assert question.right_answer in question.answers and len(question.answers) >= 3


def left(kind, **change):
    """What is left 50 steps back in 21 networks, each computed alone."""
    flows = [Setup(seed=seed)._replace(**change).flow(kind) for seed in range(SEEDS)]
    return np.array([flow.dh[-51] / flow.dh[-1] for flow in flows])


def test_what_a_question_calls_right_holds_for_21_networks():
    one, three, without = (left("lstm", forget_bias=bias) for bias in (1.0, 3.0, 0.0))
    rnn, at_one = left("rnn"), left("rnn", radius=1.0)
    ratios = three / one
    assert QUESTIONS["three"].right == "hundreds" and 50 < np.median(ratios) < 200
    assert ratios.min() > 2  # not twice as much in any
    said = f"In {(ratios > 10).sum()} of {SEEDS} networks the factor is above 10."
    assert said in QUESTIONS["three"].answer("ten").reply
    assert (without < rnn / 50).all()  # far less in each
    assert (at_one < 1e-2).all()  # much less in each
    assert QUESTIONS["three"].right_answer.text == "About a hundred times as much"
    reply = QUESTIONS["three"].right_answer.reply
    for value in (np.median(one), np.median(three)):
        assert scientific(float(value)) in reply
    for value in (np.median(ratios), ratios.min(), ratios.max()):
        assert factor(float(value)) in reply
    assert scientific(float(np.median(without))) in QUESTIONS["without"].right_answer.reply
    assert scientific(float(np.median(rnn))) in QUESTIONS["without"].right_answer.reply
    assert scientific(float(np.median(at_one))) in QUESTIONS["radius"].right_answer.reply


def test_the_cell_state_path_alone_is_almost_nothing_in_each_of_21_networks():
    flows = [paths(Setup(seed=seed).flow("lstm")) for seed in range(SEEDS)]
    share = np.array([one.alone[-51] / one.whole[-51] for one in flows])
    assert share.max() < 0.01
    low, median, high = (scientific(float(value)) for value in (share.min(), np.median(share), share.max()))
    said = f"only {low} to {high} of ∂L/∂C (median {median}) comes along the cell-state path."
    assert said in QUESTIONS["roads"].right_answer.reply
    assert all((one.rest > one.alone)[-51] for one in flows)  # more comes through h


def test_the_path_through_h_goes_through_the_candidate_and_not_through_the_gates():
    """Without any block of weights the cell-state path is left, with all of them the whole."""
    setting = {"forget_bias": 1.0, "T": 100, "back": 50}
    whole, alone = (shares("lstm", (1.0,), 100, what=what, back=50)[:, 0] for what in ("C", "path"))
    np.testing.assert_allclose(shares_through((*CANDIDATE, *GATES), **setting), whole)
    np.testing.assert_allclose(shares_through((), **setting), alone)
    candidate, gates = (shares_through(blocks, **setting) for blocks in (CANDIDATE, GATES))
    assert (candidate > 100 * gates).all() and np.median(gates) < 2 * np.median(alone)
    for left in (whole, candidate, gates, alone):  # what the gates leave is nearly all the cell-state path's
        assert scientific(float(np.median(left))) in through_the_candidate()


def test_an_explosion_comes_through_h_and_the_candidate():
    setting = {"forget_bias": 8.0, "T": 200, "scale": 0.0}
    whole = np.median(shares("lstm", (8.0,), 200, scale=0.0, what="C"))
    candidate, gates = (np.median(shares_through(blocks, **setting)) for blocks in (CANDIDATE, GATES))
    assert np.isclose(candidate, whole) and gates < 1


def test_only_the_gates_of_a_backward_pass_are_left_out():
    """A step of the Jacobian by finite differences: h changes one block of sums, the others stay."""
    cell = random_cell("lstm", 4, 3, seed=5)
    state = [0.3 * np.random.default_rng(k).standard_normal(4) for k in (1, 2)]
    x, H = np.array([0.5, -1.0, 0.2]), 4

    def C_after(h, blocks):
        sums = {
            name: cell.W[k] @ np.r_[h if name in blocks else state[0], x] + cell.b[k]
            for k, name in enumerate(cell.gates)
        }
        f, i = (1 / (1 + np.exp(-sums[name])) for name in "fi")
        return f * state[1] + i * np.tanh(sums["C_tilde"])

    trace = cell.forward(x[None, None], tuple(s[None] for s in state))
    for blocks in (CANDIDATE, GATES):
        dC = np.random.default_rng(3).standard_normal(H)
        at_states = (np.zeros((1, H)), dC[None])
        _, back = only_through(cell, blocks).backward(trace, np.zeros((1, 1, H)), at_states)
        slopes = [
            (C_after(state[0] + e, blocks) - C_after(state[0] - e, blocks)) @ dC / 2e-6
            for e in 1e-6 * np.eye(H)
        ]
        np.testing.assert_allclose(back.dh[0, 0], slopes, rtol=1e-5, atol=1e-9)


def test_near_the_first_step_more_is_left_with_a_large_forget_bias():
    both = [shares("lstm", (3.0,), T, back=50) for T in (100, 51)]
    long, short = map(np.median, both)
    assert short > 10 * long
    for left in both:  # single networks are far from the median, and it is said how far
        median, low, high = (scientific(float(pick(left))) for pick in (np.median, np.min, np.max))
        assert f"{median} ({low} to {high})" in where_in_the_sequence()


def test_the_question_about_learning_quotes_the_networks_that_learn_it():
    reply = QUESTIONS["learning"].right_answer.reply
    for bias in (1, 3):
        measured = left_at_first_symbol(f"LSTM, b_f = {bias}", 50, range(SEEDS))
        assert scientific(float(np.median(measured))) in reply


def test_the_recall_task_leaves_other_shares_than_the_race_for_the_reasons_that_the_page_names():
    """The place in the sequence matters to the LSTM with b_f = 3, inputs and radius to the RNN."""
    lstm, rnn = (
        [float(medians(kind, (value,), T, back=50)[0]) for T in (100, 51)]
        for kind, value in (("lstm", 3.0), ("rnn", 0.9))
    )
    assert lstm[1] > 10 * lstm[0] and 0.5 < rnn[1] / rnn[0] < 2
    of_task = {
        row: np.median(left_at_first_symbol(row, 50, range(SEEDS))) for row in ("LSTM, b_f = 3", "RNN")
    }
    assert lstm[1] / 2 < of_task["LSTM, b_f = 3"] < 2 * lstm[1] and of_task["RNN"] > 100 * rnn[0]
    radii, of_noise, of_symbols = [], [], []
    for seed in range(SEEDS):
        cell, size = recall_network("RNN", seed).cell, HIDDEN_SIZE
        W = cell.W.reshape(-1, cell.W.shape[-1])
        radii.append(float(np.abs(np.linalg.eigvals(W[:, :size])).max()))
        W[:, :size] *= 0.9 / radii[-1]
        symbols = recall(np.random.default_rng([seed, 1]), 1, 50).inputs[:, 0]
        noise = 0.5 * np.random.default_rng(seed).standard_normal((len(symbols), W.shape[1] - size))
        for x, left in ((symbols, of_symbols), (noise, of_noise)):
            norms = gradient_flow(cell, x, seed=seed).dh
            left.append(norms[0] / norms[-1])
    assert np.median(radii) > 0.92  # not set to 0.9
    assert np.median(of_symbols) > 5 * np.median(of_noise)  # both with radius 0.9


@pytest.mark.parametrize(
    ("wording", "id"),
    [
        ("Over ten times as much, in most networks", "hundreds"),
        ("At most twice as much", "little_more"),
        ("Just as much: both are LSTMs", "same"),
    ],
)
def test_an_answer_of_an_earlier_wording_is_known(wording, id):
    assert QUESTIONS["three"].id_of(wording) == id


def test_the_right_factor_is_the_nearest_one():
    assert [nearest(ratio) for ratio in (0.5, 1.3, 2.5, 12, 92, 900)] == [
        "same", "same", "little_more", "ten", "hundreds", "hundreds",
    ]  # fmt: skip
