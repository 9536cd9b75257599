"""What is seen of a run, and when it has learned; many curves in three."""

import math

import pytest

from lesson.training.engine.recording import Recording
from lesson.training.engine.seeds.judges import RecallJudge, TextJudge
from lesson.training.engine.seeds.quantiles import Curve, quantiles
from lesson.training.engine.settings import RECALL, RunSettings


def recording(losses, right=(), **settings):
    run = Recording(RunSettings(**settings), "")
    run.begin({"steps": len(losses), "began": 0, "chunks": 10, "vocabulary": list("abcd"), "parameters": 1})
    run.add(
        {"from": 0, "to": len(losses), "loss": losses, "norm": [1.0] * len(losses), "right": list(right),
         "finished": True},
        0.0,
    )  # fmt: skip
    return run


@pytest.mark.parametrize(
    ("shares", "learned"),
    [((1.0, 0.99), True), ((0.98, 1.0), False), ((1.0, 0.98), False), ((1.0,), False), ((), False)],
)
def test_recall_is_learned_where_its_training_stops(shares, learned):
    right = [(20 * (n + 1), share) for n, share in enumerate(shares)]
    assert RecallJudge().has_learned(recording([1.0] * 60, right, text=RECALL)) is learned


def test_a_network_that_guesses_is_told_from_one_that_still_learned_and_from_one_that_broke():
    judge = RecallJudge()
    guesses = recording([2.5, 2.08], [(2, 0.13)], text=RECALL)
    assert judge.diagnosis(guesses) == (
        "It still guesses: 13% of its answers are right after 2 updates, and guessing gives 12.5%. Its last "
        "loss is 2.08; that of guessing is ln 8 = 2.08."
    )
    late = recording([2.5, 0.5], [(2, 0.8)], text=RECALL)
    assert judge.diagnosis(late) == "It was still learning: 80.0% of its answers are right after 2 updates."
    nearly = recording([2.0, 0.1], [(1, 0.8), (2, 0.996)], text=RECALL)  # nearly all is not written as all
    assert judge.diagnosis(nearly).startswith("It was nearly there: 99% of its answers were right once")
    broken = recording([2.5, math.nan], [(2, 0.1)], text=RECALL)
    assert judge.diagnosis(broken) == "The loss is not a number."


def test_a_text_is_learned_below_the_limit_in_the_last_steps_alone():
    judge = TextJudge(3.0, 100)
    assert judge.has_learned(recording([9.0] * 50 + [2.9] * 50)) is True
    assert judge.has_learned(recording([1.0] * 50 + [3.1] * 50)) is False
    assert judge.has_learned(recording([1.0] * 99 + [math.nan])) is False
    assert "not a number" in judge.diagnosis(recording([1.0] * 99 + [math.nan]))


def test_a_loss_is_drawn_as_means_of_windows_without_what_is_no_number():
    judge = TextJudge(3.0, 81)
    assert judge.window == 3
    points = judge.points(recording([1.0, 2.0, 3.0, 4.0, math.inf, 5.0, 7.0, 7.0, 8.0, 100.0]))
    assert points == [(3, 2.0), (9, 7.333)]
    assert judge.points(Recording(RunSettings(), "")) == []


def test_who_has_learned_stays_where_it_ended_and_others_end():
    learned, other = Curve([(1, 0.0), (2, 1.0)], True), Curve([(1, 0.4), (2, 0.2), (3, 0.2)], False)
    assert quantiles([learned, other]) == [
        [1, 0.1, 0.2, 0.3], [2, 0.4, 0.6, 0.8], [3, 0.4, 0.6, 0.8]
    ]  # fmt: skip
    ended = learned._replace(stays=False)
    assert quantiles([ended, other])[-1] == [3, 0.2, 0.2, 0.2]


def test_a_step_that_few_have_reached_has_no_quantiles():
    curves = [Curve([(1, 0.0)], False), Curve([(1, 0.0)], False), Curve([(1, 0.0), (2, 1.0)], False)]
    assert [row[0] for row in quantiles([*curves, Curve([], False)])] == [1]
    assert quantiles([]) == []
