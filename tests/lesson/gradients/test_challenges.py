"""The challenges of the gradients page check themselves against the median of 21 networks."""

import json

import numpy as np
import pytest

from lesson.frame.query import Query, QueryError
from lesson.gradients.challenges.answers import ANSWERS, WINDOWS
from lesson.gradients.challenges.part import CHALLENGES
from lesson.gradients.challenges.sentences import TENTH_BIAS
from lesson.gradients.flows import Setup, paths
from lesson.gradients.parameters import BIAS_FROM, RADIUS_FROM
from lesson.gradients.windows import SEEDS, medians, window
from lstm.equations import sigmoid


def check(of, **values):
    """The only frame of an answer, with what all have in common."""
    reply = json.loads(ANSWERS["gradients/check"].reply(Query({"of": of, **values})))
    return {**reply["common"], **reply["frames"][0]}


@pytest.mark.parametrize(
    ("kind", "setting", "what", "value"),
    [("lstm", "forget_bias", "C", 2.0), ("lstm", "forget_bias", "path", 3.75), ("rnn", "radius", "h", 1.8)],
)
def test_a_median_is_that_of_21_networks_alone(kind, setting, what, value):
    flows = [Setup(T=30, seed=seed)._replace(**{setting: value}).flow(kind) for seed in range(SEEDS)]
    norms = [{"h": f.dh, "C": f.dC, "path": paths(f).alone if kind == "lstm" else None}[what] for f in flows]
    expected = np.median([one[0] / one[-1] for one in norms])
    assert medians(kind, (value,), 30, what=what)[0] == pytest.approx(expected, rel=1e-9)


def test_a_tenth_by_hand_is_a_tenth():
    assert sigmoid(TENTH_BIAS) ** 100 == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("typed", "right", "words"),
    [
        ("3.75", True, "b<sub>f</sub></i> = ln(f / (1 − f)) = 3.76"),
        ("3,75", True, "<b>Yes.</b> Measured on 21 networks, 0.09"),
        ("2", False, "too little: f has to be nearer to 1"),
        ("6", False, "too much"),
        ("", False, ""),
        ("nine", False, "That is not a number from 0 to 8."),
        ("-1", False, "That is not a number from 0 to 8."),
        ("nan", False, "That is not a number from 0 to 8."),
        ("1e999", False, "That is not a number from 0 to 8."),
        ("<b>1</b>", False, "That is not a number from 0 to 8."),
    ],
)
def test_an_answer_by_hand_is_checked(typed, right, words):
    frame = check("by_hand", by_hand=typed)
    assert frame["right"] == right and words in frame["verdict"] and bool(frame["verdict"]) == bool(words)


WHERE = "In the median of 21 networks "


@pytest.mark.parametrize("of", WINDOWS)
def test_a_window_is_right_where_it_was_measured_and_says_which_end_is_off(of):
    measured = WINDOWS[of]
    low, high = measured.window()
    step = measured.low.step
    names = measured.low.name, measured.high.name

    def told(start, end):
        return check(of, **dict(zip(names, (f"{start:g}", f"{end:g}"), strict=True)))

    for ends in ((low, high), (high, low), (low + step, high - step)):
        frame = told(*ends)
        assert frame["right"] and f"is {low:g} to {high:g} (median of 21" in frame["verdict"]
        assert frame["window"] == sorted(measured.grid.index(round(end, 9)) for end in ends)
    off = 2 * measured.tolerance
    off = round(off / step) * step
    frame = told(low - off, high + off)
    assert not frame["right"]
    assert frame["verdict"].startswith(WHERE + "the lower end is too low and the upper end is too high.")
    assert told(low + off, high)["verdict"].startswith(WHERE + "the lower end is too high.")


def test_a_window_has_an_answer_along_both_of_its_ends():
    for of, along in (("bias", BIAS_FROM), ("radius", RADIUS_FROM)):
        measured = WINDOWS[of]
        reply = ANSWERS["gradients/check"].compute(Query({"of": of, "along": along.name}))
        assert [frame["ends"][0] for frame in reply["frames"]] == along.address_values
        last = len(along.grid) - 1
        assert [frame["window"] for frame in reply["frames"]] == [[k, last] for k in range(last + 1)]
        logs = 100 * np.log10(measured.shares())
        np.testing.assert_allclose(reply["common"]["curve"]["logs"], logs, atol=0.51)
    with pytest.raises(QueryError):
        check("bias", along="radius_from")
    with pytest.raises(QueryError):
        check("anything")


def test_the_bias_by_hand_and_radius_1_are_put_right_afterwards():
    assert WINDOWS["bias"].window()[1] < TENTH_BIAS and "lies above this window" in check("bias")["note"]
    assert "3.76" not in check("bias")["note"]  # whoever has not worked it out shall
    assert "grows more than tenfold" in check("bias")["note"]
    assert medians("lstm", (3.75,), 100, what="C")[0] > 10
    assert "radius 1 would be enough. With tanh" in check("radius")["note"]


def test_where_the_window_moves_is_measured():
    right = {"moves_without": "to smaller radii", "moves_larger": "to larger radii"}
    assert check("moves", **right)["right"] and "<b>Yes.</b>" in check("moves", **right)["verdict"]
    wrong = check("moves", **right | {"moves_larger": "it stays"})
    assert not wrong["right"] and wrong["verdict"].startswith(
        "One of the two is right. The window is from 1 to 1.05 without input and from 1.7 to 2"
    )
    both = check("moves", moves_without="it stays", moves_larger="it stays")["verdict"]
    assert both.startswith("Not quite: the window") and "0.5" not in both
    assert check("moves", moves_without="to smaller radii")["verdict"] == ""


def test_the_windows_of_the_challenges_are_where_they_were_measured():
    """Values measured once with other code, within a step of the grids."""
    assert WINDOWS["bias"].window() == pytest.approx((1.8, 3.4), abs=0.3)
    radii = WINDOWS["radius"].grid
    windows = [window(radii, medians("rnn", radii, 50, scale=s)) for s in (0, 0.5, 1)]
    for (low, high), expected in zip(windows, [(1.0, 1.05), (1.4, 1.8), (1.7, 2.0)], strict=True):
        assert (low, high) == pytest.approx(expected, abs=0.11)


def test_a_window_that_is_never_reached_is_none():
    assert np.isnan(window((1.0, 2.0), np.array([1e-5, 1e5]))).all()


def test_the_challenges_keep_their_names():
    assert [challenge.name for challenge in CHALLENGES] == ["tenth", "between"]
