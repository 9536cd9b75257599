"""assets/experiments/starts.json is what its script measures, and what the page says of it."""

import json
import re

import numpy as np
import pytest

from assets.build.experiments.starts import (
    BIASES,
    GAPS,
    NAME,
    SETTINGS,
    Start,
    measure,
    network,
    own,
    tasks,
)
from assets.build.experiments.table import FOLDER
from assets.build.recall import SETTINGS as RECALL_SETTINGS
from lesson.gradients.first_weights.questions import questions
from lesson.gradients.first_weights.results import CHRONO, NAMES, TOO_SHORT, results
from lesson.gradients.first_weights.sentences import KEEPING, OURS, both_line, recall_lines, text_line
from lesson.gradients.first_weights.table import table
from lstm.network.starts import chrono_biases

RECALLS = 0.95


@pytest.fixture(scope="module")
def trained():
    return json.loads((FOLDER / f"{NAME}.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def runs(trained):
    """Right answers by the table's row and the distance; losses by the row.  Sorted here, by another rule."""
    earlier = json.loads((FOLDER.parent / "recall.json").read_text("utf-8"))["runs"]
    shares, losses = {}, {}
    for run in earlier:
        if not run["curriculum"] and run["row"].startswith("LSTM") and run["gap"] in GAPS:
            name = run["row"].replace("LSTM", "this course").replace("b_f", "$b_f$")
            shares.setdefault((name, run["gap"]), []).append(run["accuracy"])
    for row in trained["rows"]:
        name = {"pytorch": "PyTorch", "keras": "Keras", "orthogonal": "orthogonal, $b_f$ = 1"}.get(
            row["rule"]
        )
        if row["T_max"] is not None:
            name = TOO_SHORT if row["T_max"] != (row["gap"] or 100) else CHRONO
        elif name is None:
            name = f"this course, $b_f$ = {row['forget_bias']:g}"
        if row["gap"]:
            shares.setdefault((name, row["gap"]), []).append(row["accuracy"])
        else:
            losses.setdefault(name, []).append(row["losses"][-1])
    return shares, losses


def counted(shares):
    return f"{sum(share >= RECALLS for share in shares)} of {len(shares)}"


def test_every_start_was_trained_with_these_settings(trained):
    assert trained["settings"] == json.loads(json.dumps(SETTINGS))
    names = list(tasks()[0])
    assert [{name: row[name] for name in names} for row in trained["rows"]] == tasks()
    for row in trained["rows"]:
        if row["gap"]:
            assert 0 <= row["accuracy"] <= 1 and 0 < row["updates"] <= 2_000 and row["losses"] is None
        else:
            assert len(row["losses"]) == SETTINGS["text"]["epochs"] and row["accuracy"] is None
            assert row["losses"][-1] == min(row["losses"]) < 2  # each still learns


def test_recall_was_trained_as_in_the_other_part(trained):
    """So its rows can stand in the same table."""
    shared = set(SETTINGS["recall"]) & set(RECALL_SETTINGS)
    assert shared == set(SETTINGS["recall"])
    assert all(SETTINGS["recall"][name] == RECALL_SETTINGS[name] for name in shared)


def test_a_run_gives_the_same_again(trained):
    """The quickest of those that got everything right, which other rounding does not tip over."""
    right = [row for row in trained["rows"] if row["accuracy"] == 1]
    cheapest = min(right, key=lambda row: row["gap"] * row["updates"])
    names = list(tasks()[0])
    again = measure(**{name: cheapest[name] for name in names})
    assert again["accuracy"] >= 0.97
    assert cheapest["updates"] / 2 <= again["updates"] <= cheapest["updates"] * 2


def test_the_networks_have_the_biases_of_their_start():
    T_max = 30
    chrono = network(Start("course", T_max=T_max), 9, 16, 2)
    np.testing.assert_allclose(chrono.bf, chrono_biases(16, T_max, 2), rtol=1e-6)
    np.testing.assert_allclose(chrono.bi, -chrono.bf)
    assert (network(own("keras"), 9, 16, 2).bf == 1).all()
    assert (network(Start("course", 5.0), 9, 16, 2).bf == 5).all()
    drawn = network(own("pytorch"), 9, 16, 2).bf
    assert 0 < np.abs(drawn).max() <= 2 / np.sqrt(16) and drawn.min() < 0 < drawn.max()


def test_the_table_has_a_row_for_each_start_with_all_of_its_networks(runs):
    shares, losses = runs
    measured = results()
    assert measured.gaps == GAPS and [one.name for one in measured.results] == list(NAMES)
    for one in measured.results:
        assert {gap: list(of_gap) for gap, of_gap in one.recalled.items()} == {
            gap: shares.get((one.name, gap), []) for gap in GAPS
        }
        assert list(one.losses) == losses[one.name]
    markup = table(measured)
    dots = markup.count("<span style=")
    assert dots == sum(map(len, shares.values())) + sum(map(len, losses.values()))
    for says in ("5 of 5", f"{np.mean(losses['PyTorch']):.3f}"):
        assert f">{says}</span>" in markup


def test_what_is_said_of_recall_holds(runs):
    shares, _ = runs
    over, distance = recall_lines(results())
    gap = max(GAPS)
    for name in NAMES:
        if name == TOO_SHORT:
            continue
        of_gap = shares[name, gap]
        able = sum(share >= RECALLS for share in of_gap)
        said = f"{name.replace('= N', f'= {gap}')} ({counted(of_gap)})"
        before, _, after = over.partition("; some do: ")
        assert (said in before) == (able == len(of_gap))
        assert (said in after) == (0 < able < len(of_gap))
    assert f"= 100, {counted(shares[CHRONO, gap])} networks" in distance
    assert f"= 20, {counted(shares[TOO_SHORT, gap])} do" in distance


def test_what_is_said_of_the_text_holds(runs):
    _, losses = runs
    mean = {name: np.mean(of_start) for name, of_start in losses.items()}
    line = text_line(results())
    assert f"mean loss is {mean[OURS]:.3f}" in line
    costs = re.findall(r"([\d.]+) (higher|lower) with", line)
    assert len(costs) == len(KEEPING)
    for (cost, word), name in zip(costs, KEEPING, strict=True):
        assert float(cost) == pytest.approx(abs(mean[name] - mean[OURS]), abs=0.00051)
        assert (word == "higher") == (mean[name] > mean[OURS])
    best = min(mean, key=mean.get)
    assert f"The lowest is {mean[best]:.3f}, with {best}." in line
    spread = max(np.ptp(of_start) for of_start in losses.values())
    assert f"by up to {spread:.3f}." in line


def test_long_half_lives_cost_on_the_text_what_seeds_do_not_explain(runs):
    """What the part is about: b_f keeps, and costs; the order of the means is no chance."""
    shares, losses = runs
    spread = max(np.ptp(of_start) for of_start in losses.values())
    means = [np.mean(losses[f"this course, $b_f$ = {bias:g}"]) for bias in BIASES]
    assert all(b - a > spread for a, b in zip(means, means[1:], strict=False))
    able = [name for name in NAMES if (s := shares.get((name, 100))) and min(s) >= RECALLS]
    unable = [name for name in NAMES if (s := shares.get((name, 100))) and max(s) < RECALLS]
    assert CHRONO in able and min(np.mean(losses[n]) for n in able) > max(np.mean(losses[n]) for n in unable)
    assert "No start is best at both" in both_line(results())


def test_the_question_has_the_answer_that_was_measured(runs):
    shares, _ = runs
    (question,) = (each for each in questions() if each.id == "starts_recall")
    assert question.right == "chrono" and min(shares[CHRONO, 100]) >= RECALLS
    for name in ("PyTorch", "Keras", "orthogonal, $b_f$ = 1"):
        assert max(shares[name, 100]) < RECALLS
    assert counted(shares[CHRONO, 100]) in question.right_answer.reply
    three, five = (counted(shares[f"this course, $b_f$ = {bias}", 100]) for bias in (3, 5))
    assert f"{five} learned it with $b_f = 5$ and {three} with $b_f = 3$." in question.right_answer.reply
    assert "(Chrono also sets $b_i = -b_f$; there $b_i$ is 0.)" in question.right_answer.reply
    assert (network(Start("course", 2.0), 9, 16, 2).bi == 0).all()
