"""Two real processes of this machine: the same numbers on both, and after the end of one."""

import pytest

from lesson.training.engine.process import WorkerProcess
from lesson.training.engine.registry import Registry
from tests.lesson.training.engine.test_worker import SMALL, TEXT, whole
from tests.waiting import PATIENCE

pytestmark = pytest.mark.slow


def test_runs_on_two_processes_are_those_of_the_library_also_after_the_end_of_one():
    registry = Registry(WorkerProcess, most=lambda: 2)
    try:
        settings = [SMALL.but(seed=seed, amount=6) for seed in range(4)]
        runs = [registry.request("v", registry.join("v", each, TEXT)) for each in settings]
        for run in runs:
            assert run.wait(6, PATIENCE)
        processes = registry._places._workers
        assert len({process.pid for process in processes.values()}) == 2
        processes[1]._process.kill()
        for run, each in zip(runs, settings, strict=True):
            assert run.wait(10**9, PATIENCE) and not run.error
            assert run.up_to(run.head).loss.tolist() == [report.loss for report in whole(each)[1]]
        assert 1 not in processes
    finally:
        registry.close()
