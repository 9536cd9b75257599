"""What doctor and checklist say fits the numbers beside it: of every run, in its middle and at extremes."""

import dataclasses
import re
from functools import cache

import numpy as np
import pytest

from lstm import LSTM, train
from lstm.diagnosis.checklist import ITEMS, checklist
from lstm.diagnosis.doctor import diagnose, verdict
from lstm.diagnosis.observation import GAP, Observed
from lstm.diagnosis.probes import examine, novelty
from lstm.settings import Settings
from lstm.text import Vocabulary, read_text, split
from lstm.training import Training
from tests.lstm.diagnosis.observing import RUNS, TEXTS, recorded, until

VALIDATION = next(item for item in ITEMS if item.startswith("Is the validation loss measured"))


def moments(run):
    """The run at twelve steps, the first and the last among them."""
    return [until(run, int(step)) for step in np.unique(np.geomspace(1, run.steps, 12).astype(int))]


def with_validation(run, ratio):
    """The run, whose last validation loss is so many times the training loss."""
    training = run.mean_loss()
    steps = np.array([run.steps - 3, run.steps])
    return dataclasses.replace(
        run, validation_step=steps, validation_loss=np.array([ratio * training, ratio * training])
    )


@pytest.mark.parametrize("name", RUNS)
def test_validation_is_said_to_follow_only_where_it_is_near(name):
    for run in [*moments(recorded(name)), *(with_validation(recorded(name), r) for r in (0.9, 1.2, 1.4, 3))]:
        words, checks = verdict(run), {check.item: check for check in checklist(run)}
        if not len(run.validation_loss) or not np.isfinite(run.loss).all():
            assert "follow" not in words
            continue
        validation, training = run.gap()
        is_near = validation <= GAP * training
        assert "validation follows" not in words or is_near
        if "does not follow" in words:
            assert (
                not is_near
                and f"{validation - training:.2f} above the training loss ({training:.2f})" in words
            )
        if not run.early and run.validation_characters:
            overfits = "overfitting" in [finding.name for finding in diagnose(run)]
            assert checks[VALIDATION].passed == (is_near and not overfits)


@pytest.mark.parametrize("name", RUNS)
def test_every_finding_has_its_number(name):
    """The symptom that a title names is there in the losses, norms and probes."""
    for run in moments(recorded(name)):
        for finding in diagnose(run):
            match finding.name:
                case "not_a_number":
                    assert not np.isfinite(run.loss).all()
                case "exploding":
                    assert run.gradient_norm[-50:].max() > 10
                case "overfitting":
                    assert run.validation_loss[-1] > 1.03 * run.validation_loss.min()
                case "plateau":
                    assert abs(run.mean_loss() - run.guessing) < 0.15 * run.guessing
                case "vanishing":
                    assert run.probe["dh_10"] < 1e-6
                case "rate_too_low":
                    assert run.step_length() < 0.002
                case "unlike_validation":
                    assert not run.follows and run.novelty


def test_nobody_is_advised_to_take_what_there_is_not():
    """Half of one unit, for one."""
    small = dataclasses.replace(recorded("6,000 characters"), hidden_size=1)
    (finding,) = [one for one in diagnose(small) if one.name == "overfitting"]
    assert "fewer units" not in finding.cure and "dropout or weight decay" in finding.cure


@pytest.mark.parametrize(
    ("kind", "gate", "cure"),
    [("lstm", "f", "b_f between 1 and 3; the forget gate"), ("gru", "z", "b_z between 1 and 3; the update"),
     ("rnn", "", "larger recurrent weights")],
)  # fmt: skip
def test_the_cure_of_a_vanishing_gradient_is_the_cells_own(kind, gate, cure):
    run = recorded("fables, Adam 0.01")
    probe = {"step": 100.0, "dh_10": 1e-9, "dC_10": 1e-9} | ({f"{gate}_mean": 0.1} if gate else {})
    faulty = dataclasses.replace(run, kind=kind, probes=[probe, {**probe, "step": 150.0}])
    (finding,) = [one for one in diagnose(faulty) if one.name == "vanishing"]
    assert cure in finding.cure


# -- a validation part that is unlike the rest --


@cache
def ordered_list():
    """What is observed of a training on the words of the fables in alphabetical order: it ends with W."""
    text = "\n".join(sorted(set(re.findall("[a-z]+", read_text(TEXTS / "fables.txt").lower()))))
    vocabulary = Vocabulary.from_text(text)
    ids, settings = vocabulary.encode(text), Settings(epochs=20, batch_size=8, learning_rate=0.01)
    net = LSTM(len(vocabulary), 32, len(vocabulary), seed=1)
    examined = examine(net, ids, settings)
    reports = list(train(net, ids, **vars(settings)))
    learned, held_out = split(ids)
    validated = [report for report in reports if report.validation_loss is not None]
    return Observed(
        "lstm", 32, len(vocabulary), settings, Training(net, ids, settings).chunks, len(learned),
        len(held_out), np.array([r.loss for r in reports]), np.array([r.gradient_norm for r in reports]),
        np.array([r.step for r in validated]), np.array([r.validation_loss for r in validated]), [], examined,
    )  # fmt: skip


@pytest.mark.slow
def test_of_an_ordered_list_the_gap_is_said_and_what_differs():
    run = ordered_list()
    validation, training = run.gap()
    assert validation > training + 0.6
    (finding,) = [finding for finding in diagnose(run) if finding.name == "unlike_validation"]
    new, usual = run.examined["new_at_the_end"], run.examined["new_in_a_tenth"]
    assert f"{validation - training:.2f} less" in finding.evidence
    assert f"{new:.0%} never occur" in finding.evidence and f"it is {usual:.0%}" in finding.evidence
    assert "shuffle" in finding.cure and "follows" not in verdict(run)
    check = next(check for check in checklist(run) if check.item == VALIDATION)
    assert check.passed is False and f"pieces of 4 characters that are new: {new:.0%}" in check.evidence


@pytest.mark.parametrize("path", sorted(TEXTS.glob("*.txt")), ids=lambda path: path.stem)
def test_the_end_of_a_sample_text_is_like_the_rest(path):
    text = read_text(path)
    vocabulary = Vocabulary.from_text(text)
    run = dataclasses.replace(
        recorded("fables, Adam 0.01"), examined=novelty(vocabulary.encode(text), len(vocabulary))
    )
    assert run.examined and run.novelty is None
    assert novelty(vocabulary.encode(text[:500]), len(vocabulary)) == {}
