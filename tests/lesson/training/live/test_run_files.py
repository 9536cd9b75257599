"""What is kept of a run: the history is exact, and the script repeats it to the bit."""

import csv
import io
import json
import math
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from lesson.training.engine.recording import Recording
from lesson.training.engine.settings import RunSettings, digest
from lesson.training.live.run_files import OWN_FILE, file_stem, history_csv, script
from tests.lesson.training.live.recording import OWN, PLACES, SMALL, recorded_run

ROOT = Path(__file__).parents[4]


def columns(data):
    """The columns of a table by name; NaN where it is empty."""
    rows = list(csv.DictReader(io.StringIO(data.decode())))
    return {name: [row[name] or "nan" for row in rows] for name in rows[0]}


# -- the history --


def test_the_history_has_every_step_and_its_numbers_are_exact():
    recording, _ = recorded_run(SMALL.but(amount=3))
    data = history_csv(recording)
    assert data.startswith(b"step,epoch,loss,validation_loss,gradient_norm\n1,1,") and b"\r" not in data
    table = {name: np.array(column, float) for name, column in columns(data).items()}
    seen = recording.up_to(recording.head)
    chunks = recording.begun.chunks
    assert table["step"].tolist() == list(range(1, 3 * chunks + 1))
    assert table["epoch"].tolist() == [1] * chunks + [2] * chunks + [3] * chunks
    assert table["loss"].tolist() == seen.loss.tolist()
    assert table["gradient_norm"].tolist() == seen.gradient_norm.tolist()
    measured = ~np.isnan(table["validation_loss"])
    assert (
        table["step"][measured].tolist() == seen.validation_step.tolist() == [chunks, 2 * chunks, 3 * chunks]
    )
    assert table["validation_loss"][measured].tolist() == seen.validation_loss.tolist()


def test_a_run_that_has_not_begun_has_an_empty_history():
    assert history_csv(Recording(SMALL, PLACES)) == b"step,epoch,loss,validation_loss,gradient_norm\n"


def test_a_run_that_went_on_with_a_checkpoint_has_its_earlier_history_too():
    whole, _ = recorded_run(SMALL.but(amount=2))
    _, half = recorded_run(SMALL)
    resumed, _ = recorded_run(SMALL.but(amount=2), resume=half.checkpoint({}))
    assert resumed.begun.began == half.step
    assert history_csv(resumed) == history_csv(whole)


def test_numbers_that_are_none_are_kept_as_such():
    recording = Recording(SMALL, PLACES)
    recording.begin({"steps": 2, "began": 0, "chunks": 2, "vocabulary": ["a"], "parameters": 1})
    losses = [math.inf, math.nan]
    report = {"from": 0, "to": 2, "loss": losses, "norm": losses, "validation": [[2, math.inf]]}
    recording.add(report | {"finished": True}, 0.0)
    assert history_csv(recording).splitlines()[1:] == [b"1,1,inf,,inf", b"2,1,nan,inf,nan"]


# -- the script --

CASES = {
    "lstm": (SMALL, None),
    "gru": (SMALL.but(cell="gru", clip="value", clip_at=0.01, bias=2.0, seed=7, amount=2), None),
    "rnn": (SMALL.but(cell="rnn", clip="off", optimiser="sgd", rate=0.1, seq=10, bias=0.0), None),
    "large": (SMALL.but(hidden=128, batch=64, rate=0.003, bias=-1.0), None),
    "seconds": (SMALL.but(budget="seconds", amount=600, rate=0.0003), 20),
    "own": (SMALL.but(text="my own", digest=digest(OWN), batch=4), None),
    "recall lstm": (RunSettings("recall", hidden=8, seq=3, bias=3.0, rate=0.01, amount=1, clip_at=1.0), None),
    "recall gru": (RunSettings("recall", cell="gru", hidden=8, seq=2, batch=8, amount=1), None),
    "recall rnn": (RunSettings("recall", cell="rnn", hidden=8, seq=2, budget="seconds", amount=600), 45),
}
# In a process of its own with one thread, as the worker is.
ALONE = """
import sys, json
from lesson.training.live.run_files import history_csv
from tests.lesson.training.live.recording import OWN, PLACES, RunSettings, recorded_run
for settings, steps in json.load(sys.stdin):
    settings = RunSettings(**settings)
    recording, _ = recorded_run(settings, OWN if settings.digest else PLACES, steps)
    seen = recording.up_to(recording.head)
    print(json.dumps([history_csv(recording).decode(), seen.sample and seen.sample[1]]))
"""


def run(arguments, folder, threads, given=None):
    """What a Python process says, with this many threads."""
    environment = os.environ | {"OPENBLAS_NUM_THREADS": threads, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, input=given, capture_output=True,
        timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout, done.stderr.decode()


@pytest.fixture(scope="module")
def runs():
    """Histories of the cases and what was written at the end, by name."""
    given = json.dumps([(asdict(settings), steps) for settings, steps in CASES.values()])
    out, _ = run(["-c", ALONE], ROOT, "1", given.encode())
    return dict(zip(CASES, map(json.loads, out.splitlines()), strict=True))


@pytest.fixture
def folder(tmp_path):
    """The course's folder, as far as a script needs it."""
    (tmp_path / "sample_texts").mkdir()
    (tmp_path / "sample_texts" / "places.txt").write_text(PLACES, "utf-8", newline="\n")
    (tmp_path / OWN_FILE).write_text(OWN, "utf-8", newline="\r\n")  # as a Windows editor saves it
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_the_script_repeats_the_run_to_the_bit(name, runs, folder):
    settings, steps = CASES[name]
    (folder / "again.py").write_text(script(settings, steps), "utf-8")
    out, said = run(["again.py"], folder, "2")
    history, written = runs[name]
    assert out.decode().replace("\r", "") == history and len(history.splitlines()) > 5
    if not settings.recall:
        assert said == f"\n{written}\n"


@pytest.mark.slow
def test_the_script_goes_on_with_the_checkpoint_that_the_run_went_on_with(folder):
    _, half = recorded_run(SMALL)
    more = SMALL.but(amount=3)
    whole, _ = recorded_run(more)
    (folder / "checkpoint.npz").write_bytes(half.checkpoint({}))
    for steps in (None, half.step + 5):
        (folder / "again.py").write_text(script(more, steps, resumed=True), "utf-8")
        out, _ = run(["again.py"], folder, "1")
        lines = out.decode().split()
        assert [int(line.split(",")[0]) for line in lines[1:]] == list(
            range(half.step + 1, (steps or whole.head) + 1)
        )
        found = [float(line.split(",")[2]) for line in lines[1:]]
        # Here with as many threads as this test: the last digits may differ.
        np.testing.assert_allclose(found, whole.up_to(steps or whole.head).loss[half.step :], rtol=1e-4)


def test_another_text_under_the_own_ones_name_is_noticed(folder):
    (folder / OWN_FILE).write_text(OWN + "x", "utf-8")
    (folder / "again.py").write_text(script(*CASES["own"]), "utf-8")
    _, said = run(["again.py"], folder, "1")
    assert said.startswith(f"{OWN_FILE} is not the text of that run: the numbers will be different.\n")


@pytest.mark.parametrize(
    "name", ['"""', "a'b", "x\ny", "\\", "{settings}", "../../etc/passwd", "", "é" * 300]
)
def test_a_name_of_a_text_can_neither_break_the_script_nor_the_files_name(name):
    settings = RunSettings(text=name, digest="0" * 16)
    for steps in (None, 7):
        compile(script(settings, steps), "again.py", "exec")
        compile(script(settings.but(digest=""), steps), "again.py", "exec")
    stem = file_stem(settings)
    assert stem.endswith("lstm_64") and set(stem) <= set("abcdefghijklmnopqrstuvwxyz0123456789_")
    assert len(stem) < 60


def test_files_are_named_after_text_cell_and_size():
    assert file_stem(RunSettings()) == "fables_lstm_64"
    assert file_stem(RunSettings(text="my own", cell="gru", hidden=128)) == "my_own_gru_128"
