"""Experiments: each seed trains its networks beside the visitors' runs, and everything comes in a table."""

import gc
import json
import threading
import weakref

import pytest

from lesson.training.engine.line import ACTIVE
from lesson.training.engine.registry import Registry
from lesson.training.engine.seeds import experiments
from lesson.training.engine.seeds.experiments import AHEAD, MOST, MOST_AT_A_TIME, REST, Experiments
from lesson.training.engine.seeds.judges import RecallJudge
from lesson.training.engine.seeds.plan import Plan
from lesson.training.engine.seeds.series import MOST_TRIES
from lesson.training.engine.settings import RECALL, RunSettings
from lstm.recall.experiment import recall_network, train_recall
from tests.lesson.training.engine.conftest import Clock
from tests.lesson.training.engine.seeds.machine import STEPS, Machine
from tests.waiting import wait_until

SEEDS = 3
BASE = RunSettings(
    text=RECALL, hidden=32, seq=5, batch=8, rate=0.003, clip_at=1.0, amount=STEPS // 100, temperature=0.5
)


def plan(**changes):
    values = {
        "setups": ("b_f = 1", "b_f = 3"), "settings": (BASE.but(bias=1.0), BASE.but(bias=3.0)), "text": "",
        "judge": RecallJudge(), "last": STEPS, "portion": 10, "together": 100,
        "heights": {"low": 0, "high": 1}, "main": 1, "link": lambda s: f"page?seed={s.seed}",
        "reply": lambda learned, seeds: f"{learned} of {seeds}",
    }  # fmt: skip
    return Plan(**values | changes)


class School:
    """Experiments with a machine in the test's hands."""

    def __init__(self, seeds=SEEDS, fails=lambda settings: False, most=1, **changes):
        self.machines, self.clock, self._fails, self.free = [], Clock(), fails, True
        self.registry = Registry(self._start, most=lambda: most)
        plans = {"recall": lambda: plan(**changes), "other": lambda: plan(**changes)}
        self.experiments = Experiments(lambda: self.registry, plans, seeds, self.clock)

    def _start(self, answered, died):
        machine = Machine(answered, died, self._fails)
        if not self.free:
            machine.free.clear()
        self.machines.append(machine)
        return machine

    @property
    def machine(self):
        return self.machines[-1]

    def hold(self):
        """Let the machine wait from the beginning."""
        self.registry.warm()
        self.machine.free.clear()

    def table(self, first=1, experiment="recall"):
        return self.experiments.table(experiment, first)

    def finish(self, first=1, experiment="recall"):
        wait_until(lambda: self.table(first, experiment)["done"] == 2 * SEEDS)
        return self.table(first, experiment)


@pytest.fixture
def school():
    with_machines = []

    def make(*args, **kwargs):
        with_machines.append(School(*args, **kwargs))
        return with_machines[-1]

    yield make
    for each in with_machines:
        each.experiments.close()
        each.registry.close()


def test_every_seed_trains_each_setup_and_the_table_says_what_came_of_them(school):
    here = school()
    assert here.table() is None
    here.experiments.start("recall", 4)
    table = here.finish(4)
    assert json.loads(json.dumps(table))["done"] == 2 * SEEDS
    assert [(r["seed"], r["setup"]) for r in table["runs"]] == [(s, k) for s in (4, 5, 6) for k in (0, 1)]
    assert table["setups"] == [{"name": "b_f = 1"}, {"name": "b_f = 3"}]
    assert table["learned"] == [0, SEEDS] and table["truth"] == SEEDS and table["reply"] == "[0, 3] of 3"
    for run in table["runs"]:
        assert run["done"] and run["learned"] is (run["setup"] == 1)
        assert run["link"] == f"page?seed={run['seed']}"
        assert bool(run["diagnosis"]) is not run["learned"]
    assert "12% of its answers are right after 100 updates" in table["runs"][0]["diagnosis"]
    assert table["runs"][1]["points"][0] == (10, 0.204) and table["runs"][1]["points"][-1] == (80, 1.0)
    # Of 4, 5, 6: the quartiles lie between the middle one and its neighbours.
    assert table["quantiles"][1][0] == pytest.approx([10, 0.2045, 0.205, 0.2055], abs=6e-4)
    assert table["quantiles"][1][-1] == [80, 1.0, 1.0, 1.0]
    assert table["quantiles"][0][-1] == [100, 0.12, 0.12, 0.12]


@pytest.mark.slow
def test_nothing_is_said_of_the_whole_before_all_have_come(school):
    here = school()
    here.hold()
    here.experiments.start("recall", 1)
    wait_until(lambda: here.machine.working())
    table = here.table()
    assert (table["done"], table["learned"], table["truth"], table["reply"]) == (0, [0, 0], None, "")
    assert table["quantiles"] == [[], []] and len(table["runs"]) == 2 * SEEDS


def test_all_curves_grow_together(school):
    here = school()
    here.experiments.start("recall", 1)
    here.finish()
    heads = {(seed, bias): 0 for seed in (1, 2, 3) for bias in (1.0, 3.0)}
    for seed, bias, step in here.machine.turns:
        heads[seed, bias] = step
        if max(heads.values()) < 80:  # then the first are done
            assert max(heads.values()) - min(heads.values()) <= 20
    assert here.machine.most <= AHEAD


def test_where_memory_is_short_seeds_come_one_after_the_other(school):
    here = school(together=2)
    here.experiments.start("recall", 1)
    here.finish()
    seeds = [seed for seed, _, _ in here.machine.turns]
    assert seeds.index(3) > len(seeds) / 3 and seeds.index(2) < seeds.index(3)


def test_the_same_seeds_give_the_same_table(school):
    tables = []
    for _ in range(2):
        here = school()
        here.experiments.start("recall", 1)
        tables.append(here.finish())
    assert tables[0] == tables[1]


def test_to_start_again_changes_nothing(school):
    here = school()
    for _ in range(3):
        here.experiments.start("recall", 1)
    table = here.finish()
    here.experiments.start("recall", 1)
    assert here.table() == table
    assert len(here.machine.turns) == SEEDS * (8 + 10)


@pytest.mark.slow
def test_nobody_looks_and_the_runs_rest_until_somebody_does(school):
    here = school()
    here.hold()
    here.experiments.start("recall", 1)
    wait_until(lambda: here.machine.working())
    here.clock.now += REST + 1
    wait_until(lambda: not here.machine.working())  # also what was under way
    here.machine.free.set()
    count = len(here.machine.turns)
    threading.Event().wait(0.3)
    assert len(here.machine.turns) == count
    assert here.finish()["learned"] == [0, SEEDS]


def test_a_worker_that_dies_is_started_again_and_the_table_is_the_same(school):
    calm, here = school(), school()
    calm.experiments.start("recall", 1)
    here.experiments.start("recall", 1)
    wait_until(lambda: here.machines and len(here.machine.turns) > 5)
    here.machine.die()
    assert here.finish() == calm.finish()
    assert len(here.machines) == 2


@pytest.mark.slow
def test_runs_that_the_registry_has_dropped_are_joined_again(school):
    calm, here = school(), school()
    calm.experiments.start("recall", 1)
    here.hold()
    here.experiments.start("recall", 1)
    wait_until(lambda: here.machine.working())
    with here.registry._lock:
        for run in list(here.registry._runs.values()):
            run.requests.clear()
        here.registry.reschedule()
    assert not here.machine.working()
    here.machine.free.set()
    assert here.finish() == calm.finish()


def test_a_run_that_fails_each_time_is_done_without_having_learned(school):
    starts = []

    def fails(settings):
        if failing := settings["seed"] == 2 and settings["bias"] == 3:
            starts.append(settings)
        return failing

    here = school(fails=fails)
    here.experiments.start("recall", 1)
    table = here.finish()
    assert len(starts) == MOST_TRIES and table["learned"] == [0, 2]
    (failed,) = (r for r in table["runs"] if r["seed"] == 2 and r["setup"] == 1)
    assert failed["diagnosis"] == "It fails." and failed["points"] == [] and not failed["learned"]


def test_a_visitor_sees_the_same_run_and_is_not_counted_twice(school):
    here = school()
    here.hold()
    here.experiments.start("recall", 1)
    wait_until(lambda: here.machine.working())
    assert here.registry.viewer_count() == 0
    (of_class,) = (r for r in here.registry._runs.values() if r.recording.settings == BASE.but(bias=1.0))
    assert here.registry.join("visitor", BASE.but(bias=1.0), "") is of_class.recording
    assert here.registry.viewers(of_class.recording) == here.registry.viewer_count() == 1


def test_visitors_have_all_their_turns_beside_a_class(school):
    here = school()
    here.hold()
    visitors = [here.registry.join(f"v{n}", RunSettings(seed=n), "text") for n in range(ACTIVE)]
    here.experiments.start("recall", 1)
    wait_until(lambda: len(here.machine.working()) == AHEAD)
    for n, recording in enumerate(visitors):
        here.registry.request(f"v{n}", recording)
    seeds = {here.machine.settings[run]["text"] for run in here.machine.working()}
    assert len(here.machine.working()) == ACTIVE + AHEAD and "fables" in seeds
    assert [here.registry.place(recording) for recording in visitors] == [0] * ACTIVE
    late = here.registry.join("late", RunSettings(seed=99), "text")
    here.registry.request("late", late)
    assert here.registry.place(late) == 1  # the class is not in the visitors' queue
    here.machine.free.set()
    assert here.finish()["learned"] == [0, SEEDS]  # and the class comes to its end beside them


def test_the_seeds_are_spread_over_all_workers_and_come_to_the_same(school):
    here = school(most=2)
    here.free = False
    here.experiments.start("recall", 4)
    wait_until(lambda: [len(machine.working()) for machine in here.machines] == [AHEAD, AHEAD])
    for machine in here.machines:
        machine.free.set()
    table = here.finish(4)
    assert all(machine.turns for machine in here.machines)
    alone = school()
    alone.experiments.start("recall", 4)
    assert alone.finish(4) == table


def test_a_worker_that_is_quick_does_not_wait_for_one_that_is_not(school, monkeypatch):
    monkeypatch.setattr(experiments, "_PATIENCE", 150)  # longer than this test waits
    here = school(most=2)
    here.free = False
    here.experiments.start("recall", 1)
    wait_until(lambda: [len(machine.working()) for machine in here.machines] == [AHEAD, AHEAD])
    for machine in here.machines:  # whichever has the first: the other goes on without it
        before = len(machine.turns)
        machine.free.set()
        wait_until(lambda machine=machine, before=before: len(machine.turns) > before + 2 * AHEAD)
        machine.free.clear()
    for machine in here.machines:
        machine.free.set()
    assert here.finish()["learned"] == [0, SEEDS]


def test_two_rooms_share_and_a_third_waits(school):
    here = school()
    here.hold()
    rooms = (1, 101, 201)
    for first in rooms:
        here.experiments.start("recall", first)
    here.machine.free.set()
    for first in rooms:
        here.finish(first)
    hundreds = [seed // 100 for seed, _, _ in here.machine.turns]
    ends = {room: len(hundreds) - hundreds[::-1].index(room) for room in (0, 1, 2)}
    assert MOST_AT_A_TIME == 2
    assert hundreds.index(1) < 5 and abs(ends[0] - ends[1]) < 8  # side by side
    assert hundreds.index(2) >= min(ends[0], ends[1]) - 2 * AHEAD


def test_only_so_many_experiments_are_held_and_the_runs_of_others_are_left(school):
    here = school()
    for number in range(MOST):
        here.experiments.start("recall", 1 + 100 * number)
        here.finish(1 + 100 * number)
        here.clock.now += 1
    here.table(1)  # somebody looks at the first
    here.experiments.start("other", 1)
    assert here.table(101) is None and here.table(1) is not None
    seeds = {settings.seed for settings in (r.recording.settings for r in here.registry._runs.values())}
    assert 101 in seeds
    here.finish(1, "other")

    def viewers_of_101():
        runs = [r for r in here.registry._runs.values() if r.recording.settings.seed == 101]
        return [viewer for run in runs for viewer in run.requests]

    wait_until(lambda: not viewers_of_101())


def test_an_experiment_that_is_looked_at_makes_no_room_before_it_is_done(school):
    """Its class would wait for ever; who comes later waits, and starts again."""
    here = school()
    here.hold()
    firsts = [1 + 100 * number for number in range(MOST + 1)]
    for first in firsts:
        here.experiments.start("recall", first)
    assert [here.table(first) is None for first in firsts] == [False] * MOST + [True]
    here.machine.free.set()
    here.finish(1)
    here.experiments.start("recall", firsts[-1])
    here.finish(firsts[-1])
    assert here.table(1) is None


@pytest.mark.slow
def test_an_experiment_that_nobody_looks_at_makes_room(school):
    here = school()
    here.hold()
    for number in range(MOST):
        here.experiments.start("recall", 1 + 100 * number)
    here.clock.now += REST + 1
    for number in range(1, MOST):
        here.table(1 + 100 * number)
    here.experiments.start("other", 1)
    assert here.table(1) is None and here.table(1, "other") is not None


@pytest.mark.parametrize("is_done", [True, False], ids=["done", "under way"])
def test_of_an_experiment_whose_class_is_over_nothing_is_held(school, is_done):
    """Its runs make room: in the registry, where a few stay that are done, and in the worker."""
    here = school()
    if not is_done:
        here.hold()
    here.experiments.start("recall", 1)
    here.experiments.start("other", 101)
    if is_done:
        here.finish()
    else:
        wait_until(lambda: here.machine.working())
    here.experiments.leave("recall", 1)
    here.experiments.leave("recall", 1)  # a second time, or one that never was
    assert here.table() is None
    here.machine.free.set()
    here.finish(101, "other")

    def requests():
        return {viewer for run in here.registry._runs.values() for viewer in run.requests}

    wait_until(lambda: requests() == {"class:other:101"})
    if not is_done:
        assert {run.recording.settings.seed for run in here.registry._runs.values()} == {101, 102, 103}


def test_no_recording_of_a_class_that_is_over_stays_while_the_thread_has_no_work(school):
    here = school()
    here.hold()
    here.experiments.start("recall", 1)
    trials = here.experiments._series["recall", 1].trials
    wait_until(lambda: here.machine.working())
    recordings = [weakref.ref(trial.recording) for trial in trials if trial.recording is not None]
    del trials
    here.experiments.leave("recall", 1)
    here.machine.free.set()
    wait_until(lambda: not here.registry._runs)

    def are_gone():
        gc.collect()
        return all(each() is None for each in recordings)

    wait_until(are_gone)
    assert recordings


def test_what_is_done_holds_no_place_in_the_worker(school):
    here = school()
    here.experiments.start("recall", 1)
    here.finish()
    wait_until(lambda: not here.machine.done)


@pytest.mark.slow
def test_the_numbers_are_the_librarys():
    registry = Registry()
    experiments = Experiments(lambda: registry, {"recall": plan}, seeds=2)
    try:
        experiments.start("recall", 7)
        wait_until(lambda: experiments.table("recall", 7)["done"] == 4)
        table = experiments.table("recall", 7)
    finally:
        experiments.close()
        registry.close()
    for run in table["runs"]:
        net = recall_network(f"LSTM, {table['setups'][run['setup']]['name']}", run["seed"])
        reports = list(train_recall(net, 5, 100, seed=run["seed"], batch_size=8, learning_rate=0.003))
        shares = [(r.step, round(r.accuracy, 3)) for r in reports if r.accuracy is not None]
        assert run["points"] == shares
        assert run["learned"] is (min(share for _, share in shares[-2:]) >= 0.99)
