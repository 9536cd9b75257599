"""The worker does what the library does, to the bit, in whatever pieces and turns it is asked for."""

import gc
import io
import platform
import subprocess
import sys
import time
import weakref

import numpy as np
import pytest

from lesson.training.engine import speed_benchmark
from lesson.training.engine.jobs import work
from lesson.training.engine.messages import receive
from lesson.training.engine.process import WorkerProcess
from lesson.training.engine.recording import Recording
from lesson.training.engine.registry import Registry
from lesson.training.engine.settings import RECALL, SPEED, RunSettings
from lesson.training.engine.text_work import is_moment
from lesson.training.engine.viewer import Viewer
from lesson.training.engine.worker import Worker
from lesson.widgets.catalogue import sample_text
from lstm import InputError, Vocabulary, train
from lstm.recall.experiment import recall_network, train_recall
from lstm.sampling import walk
from lstm.storage.checkpoint import read_bytes
from tests.waiting import PATIENCE, wait_until

TEXT = sample_text("fables")[:9_000]
SMALL = RunSettings(hidden=12, seq=20, batch=8, amount=3)
FOREVER = float("inf")


def whole(settings):
    """The losses and norms of a run as `lstm.train` gives them."""
    vocabulary = Vocabulary.from_text(TEXT)
    net = settings.network(len(vocabulary))
    reports = list(train(net, vocabulary.encode(TEXT), **vars(settings.training())))
    return net, reports


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
def test_a_run_in_pieces_is_the_run_of_the_library_to_the_bit(cell):
    settings = SMALL.but(cell=cell)
    net, reports = whole(settings)
    made = work(settings, TEXT)
    made.begin()
    losses, norms, limit = [], [], 0
    while not made.finished:
        limit += 7
        report = made.advance(limit, FOREVER)
        assert report["from"] == len(losses) and report["to"] == made.step
        losses += report["loss"]
        norms += report["norm"]
        made.release()
    assert losses == [r.loss for r in reports] and norms == [r.gradient_norm for r in reports]
    assert (read_bytes(made.checkpoint({})).net.weights.flat == net.weights.flat).all()


def test_runs_of_one_text_share_its_indices_and_cannot_change_them():
    one, other = work(SMALL, TEXT), work(SMALL.but(seed=2), TEXT)
    assert one._ids is other._ids and not one._ids.flags.writeable


@pytest.mark.slow
def test_runs_of_one_text_share_its_indices_whatever_other_texts_come_in_between():
    first = work(SMALL, TEXT, b"")
    others = [work(SMALL, TEXT[k:], b"") for k in range(1, 6)]
    assert work(SMALL, TEXT, b"")._ids is first._ids
    ids = [weakref.ref(run._ids) for run in (first, *others)]
    del first, others
    gc.collect()
    assert [each() for each in ids] == [None] * 6  # nobody reads them any more


@pytest.mark.slow
def test_looking_at_a_run_changes_nothing_and_the_same_seed_writes_the_same():
    runs = [work(SMALL, TEXT) for _ in range(2)]
    begun = [run.begin() for run in runs]
    assert begun[0] == begun[1]
    reports = [run.advance(10**9, FOREVER) for run in runs]
    for name in ("loss", "norm", "samples", "validation", "probes"):
        assert reports[0][name] == reports[1][name] and reports[0][name]
    steps = [step for step, _ in reports[0]["samples"]]
    assert steps == [s for s in range(1, runs[0].step + 1) if is_moment(s) or s == runs[0].step]
    assert work(SMALL.but(seed=2), TEXT).advance(1, FOREVER)["loss"] != reports[0]["loss"][:1]


@pytest.mark.slow
@pytest.mark.parametrize("changes", [{"dropout": 0.4}, {"decay": 0.3}])
def test_a_run_with_a_cure_of_overfitting_is_that_of_the_library(changes):
    settings = SMALL.but(**changes)
    net, reports = whole(settings)
    made = work(settings, TEXT)
    report = made.advance(10**9, FOREVER)
    assert report["loss"] == [r.loss for r in reports]
    assert report["loss"] != [r.loss for r in whole(SMALL)[1]]
    assert (read_bytes(made.checkpoint({})).net.weights.flat == net.weights.flat).all()


@pytest.mark.slow
def test_the_end_of_a_run_reports_its_best_epoch_and_what_those_weights_write():
    """Of a text so short that the last epochs overfit it."""
    settings = SMALL.but(hidden=32, rate=0.03, amount=60)
    text = TEXT[:800]
    vocabulary = Vocabulary.from_text(text)
    training = train(settings.network(len(vocabulary)), vocabulary.encode(text), **vars(settings.training()))
    losses = [r.validation_loss for r in training if r.validation_loss is not None]
    made, reports = work(settings, text), []
    while not made.finished:
        reports.append(made.advance(made.step + 11, FOREVER))
    assert all("best" not in report for report in reports[:-1])
    step, loss, sample = reports[-1]["best"]
    best = int(np.argmin(losses))
    assert best < len(losses) / 2
    assert (step, loss) == ((best + 1) * training.chunks, losses[best])
    first = [vocabulary.char_to_idx[text[0]]]
    steps = walk(training.best_network(), first, length=240, temperature=0.8, seed=0)
    assert sample == vocabulary.decode([one.index for one in steps]) != reports[-1]["samples"][-1][1]


def test_what_a_run_began_with_is_examined_whatever_became_of_it():
    wild = SMALL.but(optimiser="sgd", rate=1000.0, clip="off")
    examined = [work(settings, TEXT).advance(20, FOREVER)["examined"] for settings in (SMALL, wild)]
    for name in ("forget_bias", "digits"):
        found = [{k: v for k, v in one.items() if name in k} for one in examined]
        assert found[0] == found[1] and found[0]


def test_a_step_is_done_even_if_the_time_is_over_and_no_more_than_was_asked():
    made = work(SMALL, TEXT)
    assert len(made.advance(10**9, time.monotonic() - 1)["loss"]) == 1
    assert len(made.advance(4, FOREVER)["loss"]) == 3
    assert made.advance(4, FOREVER)["loss"] == []


def test_a_budget_of_seconds_ends_the_run():
    made = work(SMALL.but(amount=1, budget="seconds"), TEXT)
    assert made.begin()["steps"] is None
    made.training.seconds = 0.99
    while not made.finished:
        made.advance(10**9, time.monotonic() + 0.05)
    assert made.training.seconds >= 1.0


def test_a_run_goes_on_from_its_checkpoint_to_the_bit():
    _, reports = whole(SMALL)
    first = work(SMALL, TEXT)
    first.advance(50, FOREVER)
    second = work(SMALL, TEXT, first.checkpoint({"text": "x"}))
    begun = second.begin()
    assert begun["began"] == 50 and begun["before"]["loss"][-1] == reports[49].loss
    report = second.advance(10**9, FOREVER)
    assert report["loss"] == [r.loss for r in reports[50:]]
    recording = Recording(SMALL, TEXT)
    recording.begin(begun)
    recording.add(report, now=0.0)
    assert recording.head == len(reports)
    assert recording.observed(recording.head).steps == len(reports)
    assert recording.up_to(52).step.tolist() == [51, 52]


def test_a_checkpoint_of_another_run_is_refused():
    made = work(SMALL, TEXT)
    made.advance(3, FOREVER)
    data = made.checkpoint({})
    for other in (SMALL.but(hidden=13), SMALL.but(cell="gru"), SMALL.but(seed=5), SMALL.but(batch=4)):
        with pytest.raises(InputError):
            work(other, TEXT, data)
    with pytest.raises(InputError):
        work(SMALL, TEXT + "€", data)


def test_the_recall_task_is_the_librarys_to_the_bit():
    settings = RunSettings(
        text=RECALL, hidden=32, seq=5, batch=8, rate=0.003, bias=3.0, clip_at=1.0, amount=1
    )
    made = work(settings, "")
    assert made.begin()["steps"] == 100
    losses, right = [], []
    for limit in (30, 77, 10**9):
        report = made.advance(limit, FOREVER)
        losses += report["loss"]
        right += report["right"]
        assert all(space._arrays for space in made._spaces)
        made.release()  # others have their turn, and the memory
        assert not any(space._arrays or space._layers for space in made._spaces)
    net = recall_network("LSTM, b_f = 3", 1)
    reports = list(train_recall(net, 5, 100, seed=1, batch_size=8, learning_rate=0.003))
    assert losses == [r.loss for r in reports]
    assert right == [(r.step, r.accuracy) for r in reports if r.accuracy is not None]
    assert made.finished
    with pytest.raises(InputError, match="nothing to keep"):
        made.checkpoint({})


def test_speed_is_measured_case_by_case(monkeypatch):
    monkeypatch.setattr(speed_benchmark, "_SECONDS", 0.0)
    made = work(RunSettings(text=SPEED), "")
    assert made.begin()["steps"] == len(speed_benchmark.CASES)
    rows = []
    while not made.finished:
        report = made.advance(10**9, 0.0)
        assert (report["from"], report["to"]) == (len(rows), len(rows) + 1)
        rows += report["speed"]
    assert [(what, value) for what, value, _ in rows] == list(speed_benchmark.CASES)
    assert all(speed > 0 for _, _, speed in rows)
    with pytest.raises(InputError, match="nothing to keep"):
        made.checkpoint({})


@pytest.mark.parametrize("text", ["", "a", "too short"])
def test_a_text_that_cannot_be_learned_is_refused_in_one_sentence(text):
    with pytest.raises(InputError, match=r"\.$"):
        work(SMALL, text)


def test_a_network_that_diverges_is_still_looked_at():
    made = work(SMALL.but(optimiser="sgd", rate=1000.0, clip="off"), TEXT)
    made.begin()
    report = made.advance(10**9, FOREVER)
    assert made.finished and len(report["samples"][-1][1]) > 0
    assert not np.isfinite(report["loss"][-1]) or report["loss"][-1] > 4


# -- turns --


class Counting:
    """A run that only counts."""

    def __init__(self, settings, text, resume):
        self.step, self.finished, self.released = 0, False, 0

    def begin(self):
        return {}

    def advance(self, limit, until):
        self.step += 1
        return {"to": self.step}

    def release(self):
        self.released += 1


def started(*runs):
    worker = Worker(io.BytesIO(), Counting)
    for run in runs:
        order = {"do": "start", "run": run, "settings": RunSettings().key, "text_bytes": 0}
        worker.handle(order, b"")
    return worker


@pytest.mark.slow
def test_a_run_that_is_dropped_gives_its_memory_back_at_once():
    worker = Worker(io.BytesIO())
    text = TEXT.encode()
    order = {"do": "start", "run": "a", "settings": SMALL.key, "text_bytes": len(text)}
    worker.handle(order, text)
    worker.handle({"do": "work", "run": "a", "limit": 10**9}, b"")
    worker.turn()
    weights = weakref.ref(worker._runs["a"].training.net.weights.flat)
    assert weights() is not None
    worker.handle({"do": "drop", "run": "a"}, b"")
    assert weights() is None


# Runs with texts of their own, worked on in turns, so that what they take lies among each other.
_MEMORY = """
import io, random
from lesson.training.engine.settings import RunSettings
from lesson.training.engine.worker import Worker

def megabytes():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096 / 2**20

worker, names = Worker(io.BytesIO()), [str(n) for n in range(24)]
def let_work(name):
    text = " ".join(random.choices("the fox and his king saw a crow with cheese".split(), k=30_000)).encode()
    order = {"do": "start", "run": name, "settings": RunSettings(hidden=48).key, "text_bytes": len(text)}
    worker.handle(order, text)
    worker.handle({"do": "work", "run": name, "limit": 3}, b"")
    while worker.busy:
        worker.turn()
let_work("first")
before = megabytes()
for name in names:
    let_work(name)
most = megabytes()
for name in names:
    worker.handle({"do": "drop", "run": name}, b"")
print(most - before, megabytes() - before)
"""


@pytest.mark.slow
@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="what another C library does is its own")
def test_memory_of_runs_that_are_dropped_goes_back_to_the_system():
    run = subprocess.run([sys.executable, "-c", _MEMORY], capture_output=True, text=True, check=True)
    most, after = map(float, run.stdout.split())
    assert most > 20 and after < most / 3


def said(worker):
    worker._answers.seek(0)
    messages = []
    while message := receive(worker._answers):
        messages.append(message[0])
    return messages


def test_runs_take_turns():
    worker = started("a", "b", "c")
    for run in "abc":
        worker.handle({"do": "work", "run": run, "limit": 100}, b"")
    for _ in range(9):
        worker.turn()
    assert [m["run"] for m in said(worker) if "report" in m] == list("abc") * 3


def test_a_run_works_up_to_its_limit_and_gives_its_memory_back():
    worker = started("a")
    worker.handle({"do": "work", "run": "a", "limit": 2}, b"")
    worker.turn()
    assert worker.busy
    worker.turn()
    assert not worker.busy and worker._runs["a"].released == 1
    worker.handle({"do": "work", "run": "a", "limit": 2}, b"")
    assert not worker.busy
    worker.handle({"do": "work", "run": "a", "limit": 9}, b"")
    worker.handle({"do": "work", "run": "a", "limit": 0}, b"")
    assert not worker.busy and worker._runs["a"].released == 2


@pytest.mark.slow
def test_a_run_that_was_dropped_is_gone_and_orders_for_it_do_nothing():
    worker = started("a")
    worker.handle({"do": "work", "run": "a", "limit": 2}, b"")
    worker.handle({"do": "drop", "run": "a"}, b"")
    worker.handle({"do": "work", "run": "a", "limit": 2}, b"")
    assert not worker.busy
    worker.handle({"do": "checkpoint", "run": "a", "ask": 7, "notes": {}}, b"")
    assert said(worker)[-1]["ask"] == 7 and "has ended" in said(worker)[-1]["error"]


# -- the real process --


@pytest.fixture
def registry():
    registry = Registry()
    yield registry
    registry.close()


def finished(run):
    wait_until(lambda: run.finished or run.error)


def test_two_visitors_share_a_run_of_the_real_process(registry):
    _, reports = whole(SMALL)
    one, two = Viewer("one", registry), Viewer("two", registry)
    one.start([(SMALL, TEXT)])
    two.start([(SMALL, TEXT)])
    run = one.runs[0]
    assert two.runs[0] is run
    finished(run)
    assert run.up_to(run.head).loss.tolist() == [r.loss for r in reports]
    assert read_bytes(registry.checkpoint(run, {"text": "mine"}, PATIENCE)).notes == {"text": "mine"}


def test_a_run_of_which_no_more_is_wanted_stands_still_and_one_step_is_one_step(registry):
    viewer = Viewer("one", registry)
    viewer.start([(SMALL.but(amount=1_000), TEXT)])
    run = viewer.runs[0]
    assert run.wait(4, PATIENCE)
    registry.request("one", run, 4)
    registry.checkpoint(run, {}, PATIENCE)  # answered after what was under way
    head = run.head
    for _ in range(3):  # a run that works gets a slice before each answer
        registry.checkpoint(run, {}, PATIENCE)
    assert run.head == head
    registry.request("one", run, head + 1)
    assert run.wait(head + 1, PATIENCE)
    registry.checkpoint(run, {}, PATIENCE)
    assert run.head == head + 1


def test_a_process_that_is_killed_is_replaced_and_the_curve_is_the_same(registry):
    _, reports = whole(SMALL)
    viewer = Viewer("one", registry)
    viewer.start([(SMALL, TEXT)])
    run = viewer.runs[0]
    assert run.wait(6, PATIENCE)
    registry._places._workers[1]._process.kill()
    finished(run)
    assert run.up_to(run.head).loss.tolist() == [r.loss for r in reports]


def test_the_process_ends_with_its_server():
    process = WorkerProcess(lambda message, data: None, lambda: None)
    process.close()
    assert process._process.returncode is not None


def test_a_text_that_is_too_short_is_said_in_the_recording(registry):
    viewer = Viewer("one", registry)
    viewer.start([(SMALL, "too short")])
    assert viewer.runs[0].wait(1, PATIENCE)
    assert "too short" in viewer.runs[0].error
