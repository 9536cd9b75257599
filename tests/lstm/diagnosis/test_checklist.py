"""The checklist: green on healthy runs, red where a run was made to be faulty, silent where it can't know."""

import dataclasses

import numpy as np
import pytest

from lstm.diagnosis.checklist import checklist
from tests.lstm.diagnosis.observing import recorded, recorded_and_anew, until

GREEN = ["fables, Adam 0.01", "fables, GRU", "fables, RNN", "programs"]
# An ill run for each question, or a number to put into what was examined of a healthy one.
RED = {
    "Is each target": {"follows": 0.4},
    "Does the loss begin": "weights times 10",
    "Does the gradient agree": {"digits": 1.2},
    "Can the network memorise one": {"memory_after": 3.9},
    "Does the loss fall": "Adam 0.00001",
    "Is the gradient norm": "weights times 10",
    "Does the forget bias": "b_f = 8",
    "Are gates and units": "GRU, Adam 0.3",
    "Does the cell state": "b_f = 8",
    "Is the validation loss measured": "6,000 characters",
    "Is the learning rate": "GRU, Adam 0.0001",
    "Does the gradient reach back": "b_f = −5, hardly moving",
    "Is the text long": "6,000 characters",
}


def answers(run):
    return {check.item: check for check in checklist(run)}


def asked(run, beginning):
    (check,) = (check for item, check in answers(run).items() if item.startswith(beginning))
    return check


def observed(made, run_of=recorded):
    """The run that was made so, or a healthy one with another number among those examined."""
    if isinstance(made, str):
        return run_of(made)
    run = run_of("fables, Adam 0.01")
    return dataclasses.replace(run, examined={**run.examined, **made})


@recorded_and_anew
@pytest.mark.parametrize("made", GREEN)
def test_all_green_on_a_healthy_run(made, run_of):
    run = observed(made, run_of)
    gates = {
        "Does the forget bias begin between 1 and 3?",
        "Does the cell state stay bounded?",
    }
    expected = {item: None if item in gates and run.kind != "lstm" else True for item in answers(run)}
    assert {item: check.passed for item, check in answers(run).items()} == expected


@recorded_and_anew
@pytest.mark.parametrize(("beginning", "made"), RED.items(), ids=RED)
def test_red_where_it_was_made_ill(beginning, made, run_of):
    assert asked(observed(made, run_of), beginning).passed is False


def test_every_question_has_an_ill_run():
    items = list(answers(observed("fables, Adam 0.01")))
    assert len(items) == 13
    assert [next(item for item in items if item.startswith(beginning)) for beginning in RED] == items


@pytest.mark.parametrize("made", [*GREEN, *RED.values()], ids=[*GREEN, *RED])
def test_each_says_what_it_found(made):
    run = observed(made)
    for step in (0, 1, 60, run.steps):
        for check in checklist(until(run, step)):
            assert check.evidence and "|" not in check.evidence and check.item.endswith("?")
            assert check.passed is None or any(character.isdigit() for character in check.evidence)
            assert check.passed in (True, False, None) and not isinstance(check.passed, np.bool)


def test_the_numbers_are_those_of_the_run():
    run = observed("fables, Adam 0.01")
    found = [check.evidence for check in checklist(run)]
    assert found[1] == f"{run.loss[0]:.2f}; ln V = {np.log(run.vocabulary_size):.2f}"
    assert f"{run.examined['digits']:.1f} digits" in found[2]
    assert f"→ {run.examined['memory_after']:.3f}" in found[3]
    assert f"→ {run.loss[-50:].mean():.2f}" in found[4]
    assert f"median {np.median(run.gradient_norm[-50:]):.2g}" in found[5] and "0% of them" in found[5]
    assert f"i {run.probes[-1]['i_slope']:.2g}" in found[7]
    assert f"at most {run.probes[-1]['C_max']:.3g}" in found[8]
    assert f"validation {run.validation_loss[-1]:.2f}" in found[9]
    left = max(run.probes[-1]["dh_10"], run.probes[-1]["dC_10"])
    assert f"{left:.1g} after 10" in found[11]
    assert f"{run.train_characters:,} characters for {run.parameters:,} parameters" in found[12]


def test_nothing_is_red_before_it_can_be_known():
    run = dataclasses.replace(observed("fables, Adam 0.01"), examined={}, probes=[])
    passed = {check.item.split()[0:3][-1]: check.passed for check in checklist(until(run, 0))}
    assert set(passed.values()) == {None, True} and sum(map(bool, passed.values())) == 1  # the text's length
    assert all(check.passed is not False for step in (1, 30, 60) for check in checklist(until(run, step)))


def test_a_run_that_goes_on_does_not_begin_at_ln_v():
    run = observed("fables, Adam 0.01")
    resumed = dataclasses.replace(run, loss=run.loss[100:], gradient_norm=run.gradient_norm[100:], began=100)
    check = asked(resumed, "Does the loss begin")
    assert check.passed is None and "goes on" in check.evidence
    others = [check for check in checklist(run) if not check.item.startswith("Does the loss")]
    assert [check for check in checklist(resumed) if not check.item.startswith("Does the loss")] == others


def test_without_text_for_validation_there_is_none():
    run = recorded("no validation")
    check = asked(run, "Is the validation loss measured")
    assert check.passed is False and "no text" in check.evidence
    assert asked(run, "Are gates and units").passed is None  # nothing was probed


def test_clipping_at_every_step_is_red():
    run = recorded("clipped to 0.01")
    check = asked(run, "Is the gradient norm")
    assert check.passed is False and "100% of them clipped to 0.01" in check.evidence
    run = recorded("not clipped")
    check = asked(run, "Is the gradient norm")
    assert check.passed is True and "not clipped" in check.evidence


def test_a_sequence_that_cuts_the_gradient_off_is_red():
    """With small weights kept alive by b_f = 8 an error arrives from far; T = 5 cuts it off."""
    run = recorded("T = 5")
    assert asked(run, "Does the gradient reach back").passed is False
    longer = dataclasses.replace(run, settings=dataclasses.replace(run.settings, seq_length=50))
    assert asked(longer, "Does the gradient reach back").passed is True


def test_a_broken_run_is_red_and_does_not_crash():
    run = recorded("GRU, weights times 20")
    assert not np.isfinite(run.loss[-1])
    for beginning in ("Does the loss fall", "Is the gradient norm", "Are gates and units"):
        assert asked(run, beginning).passed is False
    assert asked(run, "Does the gradient reach back").passed is None
