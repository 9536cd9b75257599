"""Runs on a Dask cluster: the numbers of the library to the bit, whatever becomes of its workers."""

import os
import signal
import subprocess
import sys
import time

import pytest

from lesson.training.engine.cluster.machines import Cluster
from lesson.training.engine.jobs import work
from lesson.training.engine.process import WorkerProcess
from lesson.training.engine.settings import RECALL, RunSettings
from lesson.widgets.catalogue import sample_text
from lstm import InputError
from lstm.storage.checkpoint import read_bytes
from tests.lesson.training.engine.cluster.dask_cluster import ROOT, free_port
from tests.waiting import PATIENCE, wait_until

TEXT = sample_text("fables")[:9_000]
SMALL = RunSettings(hidden=12, seq=20, batch=8, amount=3)
LONG = SMALL.but(hidden=32, amount=30)
pytestmark = pytest.mark.slow


def start(registry, settings, viewer="one", text=TEXT):
    return registry.request(viewer, registry.join(viewer, settings, text))


def ends(run):
    assert run.wait(10**9, PATIENCE) and not run.error, run.error
    return run


def alone(settings, text=TEXT):
    """What comes of a run without any worker: losses, norms, samples, validation."""
    made = work(settings, text)
    before = made.begin()
    report = made.advance(10**9, float("inf"))
    rows = [before.get("samples", []) + report.get("samples", []), report.get("validation", [])]
    return report["loss"], report["norm"], *rows


def seen(run):
    history = run.up_to(run.head)
    validation = zip(history.validation_step.tolist(), history.validation_loss.tolist(), strict=True)
    return history.loss.tolist(), history.gradient_norm.tolist(), run.samples(-1), list(validation)


def plain(numbers):
    """Pairs as tuples, however they have come."""
    return [[tuple(row) if isinstance(row, (list, tuple)) else row for row in rows] for rows in numbers]


def workers(registry):
    """On which worker each run is, by its settings' key."""
    return {key: run.worker for key, run in registry._runs.items()}


@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_runs_on_both_workers_are_those_of_the_library_to_the_bit(server, cell):
    registry, _ = server
    settings = [SMALL.but(cell=cell, seed=seed) for seed in (1, 2)]
    runs = [start(registry, each) for each in settings]
    assert len(set(workers(registry).values())) == 2
    for run, each in zip(runs, settings, strict=True):
        assert plain(seen(ends(run))) == plain(alone(each))


def test_a_checkpoint_an_error_and_a_run_without_text_come_through(server):
    registry, _ = server
    run = ends(start(registry, SMALL))
    saved = read_bytes(registry.checkpoint(run, {"who": "me"}, PATIENCE))
    made = work(SMALL, TEXT)
    made.advance(10**9, float("inf"))
    assert (saved.net.weights.flat == read_bytes(made.checkpoint({})).net.weights.flat).all()
    short = start(registry, SMALL.but(seed=5), text="too short")
    assert short.wait(1, PATIENCE) and "too short" in short.error
    recall = RunSettings(text=RECALL, hidden=16, seq=5, batch=8, rate=0.003, amount=1, clip_at=1.0)
    assert seen(ends(start(registry, recall, text="")))[0] == alone(recall, "")[0]
    with pytest.raises(InputError, match="no text"):
        registry.checkpoint(registry._runs[recall.key].recording, {}, PATIENCE)


def test_a_run_that_is_left_is_forgotten_and_one_that_stands_goes_on_later(server):
    registry, _ = server
    run = start(registry, LONG)
    assert run.wait(5, PATIENCE)
    registry.request("one", run, 1)
    registry.checkpoint(run, {}, PATIENCE)  # answered after what was under way
    head = run.head
    time.sleep(0.3)
    assert run.head == head
    registry.request("one", run, head + 3)
    assert run.wait(head + 3, PATIENCE) and run.head == head + 3


def test_a_worker_that_is_killed_costs_its_runs_seconds_and_no_number(site, server):
    registry, _ = server
    settings = [LONG.but(seed=seed) for seed in range(4)]
    runs = [start(registry, each, f"v{each.seed}") for each in settings]
    for run in runs:
        assert run.wait(20, PATIENCE)
    site.dask.workers[0].send_signal(signal.SIGKILL)
    began, dead = time.monotonic(), set(workers(registry).values())
    heads = [run.head for run in runs]
    wait_until(lambda: len(set(workers(registry).values()) & dead) < 2)
    for run, head in zip(runs, heads, strict=True):
        assert run.wait(head + 1, PATIENCE)
    print(f"all four were further than before {time.monotonic() - began:.1f} s after the kill", heads)
    for run, each in zip(runs, settings, strict=True):
        assert plain(seen(ends(run))) == plain(alone(each))


def test_a_worker_that_a_nanny_has_restarted_is_used_as_another_one(bare_site):
    bare_site.dask.start_scheduler()
    bare_site.dask.add_worker("--nanny")
    registry, cluster = bare_site.server()
    wait_until(lambda: cluster._present)
    run = start(registry, LONG)
    assert run.wait(10, PATIENCE)
    address = cluster._present[0]
    pid = cluster._client.run(os.getpid)[address]
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: cluster._present and cluster._present != [address])
    assert plain(seen(ends(run))) == plain(alone(LONG))


def test_twelve_runs_of_three_servers_take_turns_on_two_workers(site):
    servers = [site.server() for _ in range(3)]
    for _, cluster in servers:
        wait_until(lambda cluster=cluster: cluster.count() == 2)
    settings = [SMALL.but(seed=seed, amount=4) for seed in range(12)]
    runs = [start(servers[n % 3][0], each, f"v{n}") for n, each in enumerate(settings)]
    for run in runs:
        assert run.wait(1, PATIENCE)
    for run, each in zip(runs, settings, strict=True):
        assert plain(seen(ends(run))) == plain(alone(each))


def test_what_a_server_held_is_forgotten_with_it(site, server):
    registry, cluster = server
    start(registry, LONG)
    other_registry, other = site.server()
    wait_until(lambda: other.count() == 2)
    run = start(other_registry, LONG.but(seed=2))
    assert run.wait(3, PATIENCE)

    def actors():
        held = cluster._client.run(lambda dask_worker: len(dask_worker.state.actors))
        return sorted(held.values())

    assert sum(actors()) == 2
    other.close()
    wait_until(lambda: sum(actors()) == 1)


# -- without a cluster --


def test_where_nobody_answers_runs_work_here_and_move_when_the_cluster_has_come(bare_site, caplog):
    registry, cluster = bare_site.server()
    run = registry.request("one", registry.join("one", LONG, TEXT), 20)  # no further: else it might be done
    assert run.wait(20, PATIENCE)
    assert cluster.count() == 1 and isinstance(registry._places._workers[1], WorkerProcess)
    wait_until(lambda: "trainings work on this machine" in caplog.text)
    bare_site.dask.start_scheduler()
    bare_site.dask.add_worker()
    wait_until(lambda: "Trainings work on the cluster" in caplog.text)
    run = registry.request("one", run)
    wait_until(lambda: list(registry._places._workers) == [2])
    assert not isinstance(registry._places._workers[2], WorkerProcess)
    assert plain(seen(ends(run))) == plain(alone(LONG))


def test_when_the_scheduler_dies_runs_go_on_here_and_return_to_a_new_one(site, server):
    registry, cluster = server
    settings = [LONG.but(seed=seed, amount=60) for seed in (1, 2)]
    runs = [start(registry, each, f"v{each.seed}") for each in settings]
    for run in runs:
        assert run.wait(10, PATIENCE)
    site.dask.scheduler.kill()
    site.dask.scheduler.wait()
    wait_until(lambda: any(isinstance(w, WorkerProcess) for w in registry._places._workers.values()))
    site.dask.start_scheduler()
    site.dask.add_worker()  # those before have ended with their scheduler
    wait_until(lambda: cluster._present)
    wait_until(lambda: not any(isinstance(w, WorkerProcess) for w in registry._places._workers.values()))
    for run, each in zip(runs, settings, strict=True):
        assert plain(seen(ends(run))) == plain(alone(each))


def test_dask_is_imported_by_a_thread_and_only_where_a_cluster_is_named():
    code = (
        "import sys\n"
        "from lesson.training.live.registry import registry\n"
        "registry()\n"
        "print('distributed' in sys.modules or 'dask' in sys.modules)"
    )
    free = {name: value for name, value in os.environ.items() if name != "COURSE_DASK"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=free, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


def test_a_server_without_distributed_says_so_and_works_here(monkeypatch, caplog):
    monkeypatch.setitem(sys.modules, "distributed", None)  # as if it were not installed
    local = []
    cluster = Cluster(f"tcp://127.0.0.1:{free_port()}", lambda answered, died: local.append(died))
    cluster.start(print, print)
    cluster.close()
    assert len(local) == 1 and cluster.count() == 1
    assert "not installed" in caplog.text
