"""A batch in parts: the same numbers, whatever becomes of the other processes, and nothing left behind."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pytest

from lstm import GRU, LSTM, RNN, InputError, train
from lstm.parallel import BatchParts, batch_parts, suitable_processes
from lstm.parallel.part import LocalPart
from lstm.training.step_gradients import StepInputs

V, H, T, B = 7, 12, 6, 5  # a batch that two don't share evenly


@pytest.fixture(autouse=True)
def temporary_files(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def training(make=LSTM, dtype=np.float32, layers=1, **settings):
    ids = np.random.default_rng(0).integers(0, V, B * T * 3 + 40)
    settings = {"seq_length": T, "batch_size": B, "epochs": 2, "learning_rate": 0.01} | settings
    return train(make(V, H, V, seed=1, dtype=dtype, layers=layers), ids, **settings)


def run(training, processes, say=pytest.fail):
    """Losses, norms and weights of a whole run."""
    with BatchParts(training, processes, say):
        reports = [(p.loss, p.gradient_norm, p.validation_loss or 0) for p in training]
    return np.array(reports), training.net.weights.flat


@pytest.mark.parametrize(
    ("make", "more"), [(LSTM, {}), (GRU, {}), (RNN, {}), (LSTM, {"layers": 2, "dropout": 0.3})]
)
def test_parts_of_a_batch_add_up_to_the_batch(make, more):
    in_parts, whole = training(make, np.float64, **more), training(make, np.float64, **more)
    reports, weights = run(in_parts, 2)
    expected = [(p.loss, p.gradient_norm, p.validation_loss or 0) for p in whole]
    np.testing.assert_allclose(reports, expected, rtol=1e-11)
    np.testing.assert_allclose(weights, whole.net.weights.flat, atol=1e-11)
    for name, value in whole.state().items():  # the states that are carried on, the optimiser's numbers
        if name != "seconds":
            np.testing.assert_allclose(in_parts.state()[name], value, atol=1e-11, err_msg=name)


def test_float32_differs_in_its_last_digits_only():
    _, weights = run(training(), 3)
    whole = training()
    list(whole)
    np.testing.assert_allclose(weights, whole.net.weights.flat, atol=2e-4)


def test_the_same_number_of_processes_gives_the_same_bits():
    first, second = run(training(), 2), run(training(), 2)
    for ours, theirs in zip(first, second, strict=True):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.slow
def test_a_run_that_is_stopped_and_resumed_has_the_same_bits():
    _, expected = run(training(), 2)
    begun = training()
    with BatchParts(begun, 2):
        for _ in range(4):
            next(begun)
    going_on = train(
        begun.net, np.random.default_rng(0).integers(0, V, B * T * 3 + 40), begun.state(),
        seq_length=T, batch_size=B, epochs=2, learning_rate=0.01,
    )  # fmt: skip
    _, weights = run(going_on, 2)
    np.testing.assert_array_equal(weights, expected)


def test_a_process_that_dies_changes_no_number_and_is_said_once():
    _, expected = run(training(), 2)
    run_here, sentences = training(), []
    with BatchParts(run_here, 2, sentences.append) as parts:
        for progress in run_here:
            if progress.step == 2:
                parts._parts[0]._process.kill()
    np.testing.assert_array_equal(run_here.net.weights.flat, expected)
    assert len(sentences) == 1
    assert "has ended; the training goes on without it" in sentences[0]


def test_where_no_process_can_be_started_the_numbers_are_the_same(monkeypatch):
    _, expected = run(training(), 2)
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    sentences = []
    _, weights = run(training(), 2, sentences.append)
    np.testing.assert_array_equal(weights, expected)
    assert len(sentences) == 1
    assert "No other process can help (No such file or directory)" in sentences[0]


def test_one_process_is_the_training_itself():
    reports, weights = run(training(), 1)
    whole = training()
    expected = [(p.loss, p.gradient_norm, p.validation_loss or 0) for p in whole]
    np.testing.assert_array_equal(reports, expected)
    np.testing.assert_array_equal(weights, whole.net.weights.flat)


def test_nothing_is_left_behind(temporary_files):
    begun = training()
    alone = begun.compute_gradients
    with BatchParts(begun, 3) as parts:
        next(begun)
        processes = [part._process for part in parts._parts]
        assert [process.poll() for process in processes] == [None, None]
        if os.name == "posix":  # even if all of them are killed from here on
            assert list(temporary_files.iterdir()) == []
    assert [process.poll() for process in processes] == [0, 0]
    assert list(temporary_files.iterdir()) == []
    assert begun.compute_gradients == alone
    next(begun)  # alone


def test_nothing_is_left_behind_by_a_training_without_a_step(temporary_files):
    BatchParts(training(), 2).close()
    assert list(temporary_files.iterdir()) == []


def test_an_error_in_the_loop_ends_the_processes():
    with pytest.raises(KeyboardInterrupt), BatchParts(begun := training(), 2) as parts:
        next(begun)
        raise KeyboardInterrupt
    assert parts._parts[0]._process.poll() == 0


_ENDLESS = """
import numpy as np
from lstm import LSTM, train
from lstm.parallel import BatchParts
run = train(LSTM(7, 12, 7), np.arange(400) % 7, seq_length=6, batch_size=5, epochs=10**5)
with BatchParts(run, 2) as parts:
    next(run)
    print(parts._parts[0]._process.pid, flush=True)
    for _ in run:
        pass
"""


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for a process in /proc")
def test_a_training_that_is_killed_takes_its_processes_with_it(temporary_files):
    environment = os.environ | {"TMPDIR": str(temporary_files)}
    with subprocess.Popen(
        [sys.executable, "-c", _ENDLESS], stdout=subprocess.PIPE, env=environment
    ) as process:
        helper = Path("/proc", process.stdout.readline().decode().strip())
        assert helper.exists()
        process.kill()
    deadline = time.monotonic() + 20
    while helper.exists() and "Z" not in (helper / "stat").read_text().split(")")[1][:3]:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert list(temporary_files.iterdir()) == []


@pytest.mark.parametrize("processes", [0, 6, 1.5])
def test_a_number_of_processes_that_does_not_fit_gets_a_sentence(processes):
    with pytest.raises(InputError, match="processes must be a whole number from 1 to 5"):
        BatchParts(training(), processes)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("hidden_size", "batch_size", "processors", "expected"),
    [(128, 32, 2, 2), (128, 16, 2, 2), (128, 15, 2, 1), (64, 31, 8, 1), (64, 32, 1, 1), (2_048, 1, 2, 1)],
)
def test_two_processes_where_two_pay(monkeypatch, hidden_size, batch_size, processors, expected):
    monkeypatch.setattr(batch_parts, "_processors", lambda: processors)
    assert suitable_processes(LSTM(2, hidden_size, 2), batch_size) == expected


def test_a_part_here_has_a_network_of_its_own():
    begun = training()
    with BatchParts(begun, 2, lambda sentence: None) as parts:
        part = LocalPart(parts._parts[0].sizes)
        inputs, targets = (array[:, 2:] for array in begun.batch(0, 0))
        part.begin(begun.net, StepInputs(inputs, targets, begun.net.zero_state(3), ()))
        loss, last, gradients = part.finish()
    assert not np.shares_memory(gradients, begun.net.gradients.flat)
    assert begun.net.forward(inputs, targets) * 3 / 5 == pytest.approx(loss, rel=1e-6)
    begun.net.backward(clip=None)
    np.testing.assert_allclose(gradients, begun.net.gradients.flat * 3 / 5, atol=1e-6)
    assert [state.shape for state in last] == [(3, H)] * 2
