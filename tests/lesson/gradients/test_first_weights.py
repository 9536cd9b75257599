"""Where it starts: what is drawn and said of each start is what its networks have, in every state."""

import json
import re
from itertools import product

import numpy as np
import pytest

from lesson.frame.query import Query, QueryError
from lesson.gradients.first_weights.answers import ANSWERS
from lesson.gradients.first_weights.questions import questions
from lesson.gradients.first_weights.starts import Start, forget_gates
from lesson.gradients.parameters import FIRST_BIAS, FIRST_RULE, T_MAX
from lstm.gradients import gradient_flow, random_cell, random_inputs
from lstm.network.starts import FORGET_BIAS, chrono_biases
from tests.lesson.gradients.test_verdicts import NUMBER, agree, value_of
from tests.tiers import every_fast

LARGEST = 100_000  # bytes of an answer
DRAWS = {"this course": "course", "Keras": "keras", "PyTorch": "pytorch", "orthogonal": "orthogonal"}


def answer(**values):
    return json.loads(ANSWERS["gradients/starts"].reply(Query(values)))


def frame_of(**values):
    reply = answer(**values)
    return {**reply["common"], **reply["frames"][0]}


def cell_of(name, bias, T_max, seed):
    if name == "chrono":
        return random_cell("lstm", seed=seed, forget_bias=0, T_max=T_max)
    return random_cell("lstm", seed=seed, start=DRAWS[name], forget_bias=bias)


def shares(name, bias, T_max, T, what):
    """What is left of a gradient in each of 21 networks, (21, T), from the last step backwards."""
    left = []
    for seed in range(21):
        flow = gradient_flow(cell_of(name, bias, T_max, seed), random_inputs(T, seed=seed), seed=seed)
        norms = flow.dC if what == "∂L/∂C" else flow.dh
        left.append(norms[::-1] / norms[-1])
    return np.array(left)


def path_share(name, bias, T_max, T):
    """The median of what the forget gates alone leave of ∂L/∂C in 21 networks."""
    left = []
    for seed in range(21):
        flow = gradient_flow(cell_of(name, bias, T_max, seed), random_inputs(T, seed=seed), seed=seed)
        direct = flow.dC_units[-1] * np.exp(np.log(flow.gates["f"][1:]).sum(axis=0))
        left.append(np.linalg.norm(direct) / flow.dC[-1])
    return np.median(left)


def half_lives(name, bias, T_max):
    cell = cell_of(name, bias, T_max, 0)
    f = 1 / (1 + np.exp(-cell.b[cell.gates.index("f")]))
    return np.sort(np.log(0.5) / np.log(f))


def steps_of(text):
    return float(text.replace(",", ""))


def complaints(frame, name, bias, T_max, T, what):
    """What is drawn or said and does not fit."""
    wrong, left = [], shares(name, bias, T_max, T, what)
    curve = {**frame["still"], **frame["moving"]}[name]
    for logs, true in (
        (curve["logs"], np.median(left, axis=0)),
        (curve["spread"][0], left.min(axis=0)),
        (curve["spread"][1], left.max(axis=0)),
    ):
        length = len(logs)
        if length < T and 1e-40 < true[length] < 1e40:
            wrong.append("a curve that ends early")
        if not np.allclose(logs, 100 * np.log10(true[:length]), atol=0.51):
            wrong.append("a curve")
    words = re.sub("<[^>]+>", "", frame["words"])
    said = re.search(
        rf"(\d+) steps back (∂L/∂\w) is ({NUMBER}) times as long as at the last step \(the median of 21 "
        rf"untrained networks; the smallest ({NUMBER}), the largest ({NUMBER})\)", words
    )  # fmt: skip
    true = [np.median(left[:, -1]), left[:, -1].min(), left[:, -1].max()]
    if not said or int(said[1]) != T - 1 or said[2] != what:
        wrong.append("what is said")
    elif not all(agree(value_of(text), value) for text, value in zip(said.group(3, 4, 5), true, strict=True)):
        wrong.append("the shares")
    path = path_share(name, bias, T_max, T)
    alone = re.search(rf"cell-state path alone (?:it would be )?({NUMBER})(.*?)\.(?: |$)", words)
    if not alone or not agree(value_of(alone[1]), path):
        wrong.append("the path alone")
    elif what == "∂L/∂h":
        if alone[2] != " of ∂L/∂C would be left":
            wrong.append("what is left of which")
    elif ("the rest comes back through h" in alone[2]) != bool(true[0] > 1.05 * path):
        wrong.append("the rest")
    setting = f"Tmax = {T_max}" if name == "chrono" else f"bf = {bias:g}"
    if name == "PyTorch":
        setting = f"{bias:g} added to bf" if bias else "PyTorch: "
    if setting not in words:
        wrong.append("the setting")
    lives = half_lives(name, bias, T_max)
    if not np.allclose(frame["gates"][name], 100 * np.log10(lives), atol=0.51):
        wrong.append("the half-lives")
    same = re.search(r"All 32 forget gates start at f = ([\d.]+), a half-life of ([\d.,]+) steps", words)
    apart = re.search(r"half-lives of its 32 forget gates are from ([\d.,]+) steps to ([\d.,]+) steps", words)
    if bool(same) == bool(apart) or bool(same) != bool(np.ptp(lives) < 1e-6):
        wrong.append("whether they are the same")
    elif same:
        f = 0.5 ** (1 / lives[0])
        rounded = 10.0 ** -len(same[1].split(".")[1])
        if abs(float(same[1]) - f) > 0.51 * rounded or float(same[1]) in (0, 1):
            wrong.append("the gate")
        if steps_of(same[2]) != pytest.approx(lives[0], abs=0.51 if lives[0] > 99 else 0.051):
            wrong.append("its half-life")
    else:
        for text, value in zip(apart.groups(), (lives[0], lives[-1]), strict=True):
            if steps_of(text) != pytest.approx(value, abs=0.51 if value > 99 else 0.051):
                wrong.append("a half-life")
    return wrong


GRID = [
    (name, bias, 100, T, what)
    for name, bias, T, what in product(DRAWS, (0.0, 1.0, 3.5, 8.0), (50, 100, 200), ("∂L/∂C", "∂L/∂h"))
] + [
    ("chrono", 1.0, T_max, T, what)
    for T_max, T, what in product((3, 10, 100, 1000), (50, 100, 200), ("∂L/∂C", "∂L/∂h"))
]  # fmt: skip


def values_of(name, bias, T_max, T, what):
    return {
        "first": name, "first_bf": f"{bias:g}", "T_max": str(T_max), "first_T": str(T), "first_of": what
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("name", "bias", "T_max", "T", "what"), every_fast(13, GRID))
def test_what_is_drawn_and_said_fits_in_every_state(name, bias, T_max, T, what):
    state = (name, bias, T_max, T, what)
    assert not complaints(frame_of(**values_of(*state)), *state)


def test_what_does_not_fit_would_be_noticed():
    state = ("chrono", 1.0, 100, 50, "∂L/∂C")
    other = frame_of(**values_of("chrono", 1.0, 150, 50, "∂L/∂C"))
    assert {"a curve", "the shares", "the setting", "the half-lives", "a half-life"} <= set(
        complaints(other, *state)
    )
    ours = ("this course", 1.0, 100, 50, "∂L/∂C")
    frame = frame_of(**values_of(*ours))
    frame["words"] = frame["words"].replace("f = 0.73", "f = 1.00")
    assert complaints(frame, *ours) == ["the gate"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("control", "rule"), [(FIRST_BIAS, "this course"), (FIRST_BIAS, "PyTorch"), (T_MAX, "chrono")]
)
def test_along_a_slider_each_position_is_as_alone(control, rule):
    reply = answer(first=rule, first_T="50", along=control.name)
    assert len(reply["frames"]) == len(control.address_values)
    low, high = reply["common"]["range"]
    for value, frame in zip(control.address_values, reply["frames"], strict=True):
        alone = answer(first=rule, first_T="50", **{control.name: value})
        assert frame == alone["frames"][0]
        assert low <= frame["axes"][0] and frame["axes"][1] <= high
    assert {k: v for k, v in reply["common"].items() if k != "range"} == {
        k: v for k, v in alone["common"].items() if k != "range"
    }


@pytest.mark.slow
@pytest.mark.parametrize("rule", FIRST_RULE.options)
def test_an_answer_is_small(rule):
    along = T_MAX if rule == "chrono" else FIRST_BIAS
    reply = ANSWERS["gradients/starts"].reply(Query({"first": rule, "first_T": "200", "along": along.name}))
    assert len(reply) < LARGEST


def test_the_other_starts_are_as_they_come():
    T = 50
    reply = answer(first="chrono", first_T=str(T))["common"]
    for name, rule in DRAWS.items():
        left = np.median(shares(name, FORGET_BIAS[rule], 0, T, "∂L/∂C"), axis=0)
        np.testing.assert_allclose(reply["still"][name]["logs"], 100 * np.log10(left), atol=0.51)
    reply = answer(first="Keras", first_T=str(T))["common"]
    left = np.median(shares("chrono", 0, T, T, "∂L/∂C"), axis=0)
    np.testing.assert_allclose(reply["still"]["chrono"]["logs"], 100 * np.log10(left), atol=0.51)
    np.testing.assert_allclose(
        reply["still_gates"]["chrono"], 100 * np.log10(half_lives("chrono", 0, T)), atol=0.51
    )
    assert f"= {T}" in reply["rule"] and set(reply["still"]) == {*FIRST_RULE.options} - {"Keras"}


def test_impossible_settings_are_refused():
    for values in (
        {"first": "jax"},
        {"first": "chrono", "T_max": "99"},
        {"first_bf": "0.25"},
        {"along": "first_T"},
    ):
        with pytest.raises(QueryError):
            answer(**values)


def test_the_first_network_of_the_picture_is_the_one_that_the_library_draws():
    b_f = np.sort(chrono_biases(32, 70, 0))
    np.testing.assert_allclose(np.log(forget_gates(Start("course", T_max=70)) ** -1 - 1), -b_f)


def test_the_reply_about_two_biases_has_the_numbers_of_pytorchs_rule():
    (question,) = (each for each in questions() if each.id == "two_biases")
    reply = question.right_answer.reply
    f = 0.5 ** (1 / half_lives("PyTorch", 0.0, 0))
    assert f"−{1 / np.sqrt(32):.2f} and {1 / np.sqrt(32):.2f}" in reply
    assert f"−{2 / np.sqrt(32):.2f} and {2 / np.sqrt(32):.2f}" in reply
    assert f"between {f[0]:.2f} and {f[-1]:.2f}" in reply
    assert all(reply in each.reply for each in question.answers)
