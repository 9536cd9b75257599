"""Several workers: where a run lives, whose turn it is over all of them, and what the end of one means."""

import os

import pytest

from lesson.training.engine import process
from lesson.training.engine.line import ACTIVE, CLASS_ACTIVE, CLASS_PLACES, PLACES, SHORTEST_TURN, TURN
from lesson.training.engine.process import spare_cores
from tests.lesson.training.engine.conftest import Hall


@pytest.fixture
def two():
    return Hall(most=2)


def started(hall, count, first=0, viewer=None):
    """So many runs that have work, of a viewer each or all of one."""
    runs = []
    for seed in range(first, first + count):
        name = viewer or f"v{seed}"
        runs.append(hall.registry.request(name, hall.join(name, seed)))
    return runs


def pass_time(hall, seconds, runs, names, step=0.5):
    """Pages look all the time, and every run that may does a step; return the seconds that each worked."""
    worked = dict.fromkeys(runs, 0.0)
    for _ in range(int(seconds / step)):
        hall.clock.now += step
        for name, run in zip(names, runs, strict=True):
            hall.registry.request(name, run)
        for run in [run for run in runs if hall.moves(run)]:
            worked[run] += step
    return [worked[run] for run in runs]


def begun(hall):
    """How often a run has been begun."""
    return sum(order["do"] == "start" for worker in hall.workers for order, _ in worker.orders)


# -- where a run lives --


def test_a_second_worker_is_started_when_a_second_run_has_work(two):
    (first,) = started(two, 1)
    assert len(two.workers) == 1
    two.registry.request("v0", first, 0)  # it stands, and has no work
    (second,) = started(two, 1, first=1)
    assert len(two.workers) == 1 and two.on(second) == 0
    two.go(second, 1)
    two.registry.request("v0", first)
    assert len(two.workers) == 2, "two runs have work"
    assert (two.on(first), two.on(second)) == (1, 0), "the one goes of which nothing has come"
    assert two.moves(first) and two.moves(second)


def test_both_runs_of_a_pair_work_on_a_worker_each(two):
    """They are joined before either is requested, as a page does that starts two."""
    runs = [two.join("a", seed) for seed in (1, 2)]
    for run in runs:
        two.registry.request("a", run)
    assert {two.on(run) for run in runs} == {0, 1} and all(map(two.moves, runs))


def test_runs_are_spread_and_each_worker_has_its_share_that_works(two):
    runs = started(two, 2 * ACTIVE + 3)
    assert two.registry.workers == len(two.workers) == 2
    spread = [sum(two.on(run) == worker for run in runs) for worker in (0, 1)]
    assert abs(spread[0] - spread[1]) == 1
    for worker in two.workers:
        assert len(worker.working()) == ACTIVE
    waiting = [run for run in runs if not two.moves(run)]
    assert sorted(two.registry.place(run) for run in waiting) == [1, 2, 3]
    assert all(two.registry.place(run) == 0 for run in runs if two.moves(run))


def test_one_worker_alone_is_what_it_was():
    alone = Hall(most=1)
    runs = started(alone, 2 * ACTIVE)
    assert len(alone.workers) == 1 and sum(map(alone.moves, runs)) == ACTIVE


def test_a_new_run_comes_to_the_worker_with_fewer_runs_that_have_work(two):
    runs = started(two, 4)
    here = two.on(runs[0])
    for run in runs:
        two.go(run, 1)
    for run in [run for run in runs if two.on(run) == here]:
        two.go(run, 100)
        assert run.finished  # it keeps its place
    (late,) = started(two, 1, first=9)
    assert two.on(late) == here


def test_each_worker_has_places_of_its_own(two):
    runs = started(two, 2 * PLACES)
    assert [len(worker.done) for worker in two.workers] == [PLACES, PLACES]
    (late,) = started(two, 1, first=2 * PLACES)
    assert two.holder(late) == (None, "")
    assert two.registry.place(late) == 2 * PLACES + 1 - 2 * ACTIVE
    gone = runs[5]
    two.registry.leave("v5", gone)
    assert two.holder(late)[0] is not None


def test_a_waiting_run_moves_to_a_worker_that_has_nothing_to_do_and_comes_to_the_same_numbers(two):
    two.most = 1
    runs = started(two, ACTIVE + 2)
    for _ in range(3):
        pass_time(two, TURN + 1, runs, [f"v{n}" for n in range(len(runs))])
        for run in [run for run in runs if two.moves(run)]:
            two.go(run, 7)
    assert all(run.head for run in runs)
    waiting = [run for run in runs if not two.moves(run)]
    one = waiting[0]
    heads, losses = [run.head for run in runs], one.up_to(99).loss.tolist()
    two.most = 2  # a machine comes
    two.registry.reschedule()
    assert [run for run in runs if two.on(run) == 1] == waiting, "the others work where they are"
    assert all(map(two.moves, runs))
    assert [run.head for run in runs] == heads
    two.go(one, len(losses) - 1)
    assert one.computed == len(losses) - 1 and one.up_to(99).loss.tolist() == losses
    two.go(one, 3)
    assert one.up_to(99).loss.tolist() == [10.0 / (n + 1) for n in range(len(losses) + 2)]


def test_a_run_that_works_is_not_moved(two):
    two.most = 1
    runs = started(two, 2)
    for run in runs:
        two.go(run, 3)
    two.most = 2
    two.registry.reschedule()
    assert [two.on(run) for run in runs] == [0, 0] and all(map(two.moves, runs))


def test_nobody_moves_to_and_fro_for_a_run_that_stands_for_a_moment(two):
    runs = started(two, 2 * ACTIVE + 2)
    names = [f"v{n}" for n in range(len(runs))]
    pass_time(two, 3 * TURN, runs, names)
    for run in runs:
        if two.moves(run):
            two.go(run, 1)
    pass_time(two, 3 * TURN, runs, names)
    for run in runs:
        if two.moves(run):
            two.go(run, 1)
    before = begun(two)
    halted = [n for n, run in enumerate(runs) if two.on(run) == 0][:2]
    for n in halted:
        two.registry.request(names[n], runs[n], 0)  # a step is looked at
    two.clock.now += 1
    two.registry.reschedule()
    for n in halted:
        two.registry.request(names[n], runs[n])
    assert begun(two) == before


# -- whose turn it is --


@pytest.mark.slow
def test_who_has_four_runs_has_no_more_turns_than_who_has_one(two):
    """Twelve who look at one run each, and one who compares four, on two workers: equal shares for each."""
    several = started(two, 4, viewer="many")
    alone = started(two, 12, first=10)
    names = ["many"] * 4 + [f"v{n}" for n in range(10, 22)]
    worked = pass_time(two, 600, several + alone, names)
    fair = sum(worked) / 13
    assert abs(sum(worked[:4]) - fair) < 0.35 * fair
    assert min(worked[:4]) > 0, "all four have turns"
    assert all(abs(seconds - fair) < 0.35 * fair for seconds in worked[4:])


def test_on_one_worker_the_turns_are_equal_among_visitors():
    hall = Hall()
    several, alone = started(hall, 4, viewer="many"), started(hall, 3, first=10)
    worked = pass_time(hall, 600, several + alone, ["many"] * 4 + ["v10", "v11", "v12"])
    shares = [sum(worked[:4]), *worked[4:]]
    assert max(shares) - min(shares) < 0.1 * min(shares)
    assert max(worked[:4]) - min(worked[:4]) < 2 * TURN


def test_who_is_alone_works_on_all_they_have(two):
    runs = started(two, 4, viewer="a")
    assert all(map(two.moves, runs))


def test_a_run_that_a_class_shares_does_not_wait_for_the_runs_that_one_of_them_has_beside_it():
    hall = Hall()
    shared = hall.join("a", 1)
    for name in "abcdef":
        hall.join(name, 1)
        hall.registry.request(name, shared)
    own = started(hall, 3, first=2, viewer="a")
    others = started(hall, ACTIVE, first=10)
    runs = [shared, *own, *others]
    names = ["b", "a", "a", "a", *(f"v{n}" for n in range(10, 10 + ACTIVE))]
    for name in "abcdef":
        hall.registry.request(name, shared)
    worked = pass_time(hall, 100, runs, names)
    assert worked[0] >= max(worked[1:4]) and worked[0] >= 0.5 * min(worked[4:])


def test_turns_are_shorter_where_many_wait_for_all_workers(two):
    runs = started(two, 60)
    for seconds, moved in ((SHORTEST_TURN - 0.1, False), (0.2, True)):
        before = set(map(id, filter(two.moves, runs)))
        two.clock.now += seconds
        two.registry.reschedule()
        assert bool(before - set(map(id, filter(two.moves, runs)))) is moved


# -- a class --


def test_a_class_works_on_all_workers_and_takes_nothing_of_visitors(two):
    viewer = "class:a:1"
    of_class = [two.join(viewer, seed=100 + n) for n in range(2 * CLASS_ACTIVE + 2)]
    for recording in of_class:
        two.registry.request(viewer, recording)
    for number in (0, 1):
        assert sum(two.on(run) == number and two.moves(run) for run in of_class) == CLASS_ACTIVE
    visitors = started(two, 2 * ACTIVE)
    assert all(map(two.moves, visitors)) and sum(map(two.moves, of_class)) == 2 * CLASS_ACTIVE
    assert len(two.workers) == 2 and CLASS_PLACES > PLACES


# -- the end of a worker --


def test_when_one_of_two_dies_only_its_runs_begin_again(two):
    runs = started(two, 4)
    for run in runs:
        two.go(run, 10)
    dead, living = two.workers
    lost = [run for run in runs if two.holder(run)[0] is dead]
    others = [run for run in runs if run not in lost]
    orders = len(living.orders)
    two.most = 1  # as on a cluster, where nothing replaces it at once
    two.die(dead)
    assert all(two.holder(run)[0] is living for run in runs) and len(two.workers) == 2
    assert [m["do"] for m, _ in living.orders[orders:]].count("start") == len(lost)
    assert not any(m["do"] == "drop" for m, _ in living.orders[orders:])
    assert [run.computed for run in others] == [10, 10]
    two.go(others[0], 2)
    again = next(run for run in lost if two.moves(run))
    two.go(again, 12)
    assert again.up_to(99).loss.tolist() == [10.0 / (n + 1) for n in range(12)]
    assert not any(run.error for run in runs)


def test_a_worker_that_dies_is_replaced_where_there_may_be_two(two):
    runs = started(two, 4)
    two.die(two.workers[0])
    assert len(two.workers) == 3
    assert sorted(map(two.on, runs)) == [1, 1, 2, 2] and all(map(two.moves, runs))


def test_a_run_that_ends_two_workers_is_given_up_and_ends_no_third(two):
    runs = started(two, 2)
    for run in runs:
        two.go(run, 1)
    guilty, other = runs
    two.die(two.holder(guilty)[0])
    assert not guilty.error and two.moves(guilty)
    two.clock.now += 1
    two.die(two.holder(guilty)[0])
    assert "twice in a row" in guilty.error and not other.error
    assert two.holder(guilty) == (None, "") and two.moves(other)


def test_what_waited_on_the_worker_is_not_to_blame(two):
    two.most = 1
    runs = started(two, ACTIVE + 1)
    for _ in range(2):
        two.die(two.workers[-1])
    assert [bool(run.error) for run in runs] == [True] * ACTIVE + [False]


def test_the_end_of_a_whole_cluster_is_no_runs_fault(two):
    runs = started(two, 4)
    for _ in range(3):
        for worker in [worker for worker in two.workers if worker.done]:
            two.die(worker, blame=False)
    assert not any(run.error for run in runs) and all(map(two.moves, runs))


def test_a_late_second_end_is_a_new_beginning(two):
    (run,) = started(two, 1)
    for _ in range(3):
        two.die(two.holder(run)[0])
        two.clock.now += 100
        two.registry.request("v0", run)
    assert not run.error and two.moves(run)


def test_a_question_to_another_worker_is_still_answered(two):
    runs = started(two, 2)
    other = two.holder(runs[1])[0]
    number, answer = two.registry._questions.ask(two.on(runs[1]) + 1)
    two.die(two.holder(runs[0])[0])
    assert not answer.done()
    other.answered({"run": "", "ask": number}, b"file")
    assert answer.result(0) == b"file"


def test_closing_ends_all_workers(two):
    started(two, 2)
    two.registry.close()
    assert [worker.closed for worker in two.workers] == [True, True]


# -- how many there may be --


@pytest.mark.parametrize(
    ("cores", "share", "workers"),
    [(1, None, 1), (2, None, 1), (8, None, 7), (8, "max 100000", 7), (8, "250000 100000", 1),
     (8, "400000 100000", 3), (8, "50000 100000", 1), (2, "400000 100000", 1)],
)  # fmt: skip
def test_one_process_for_each_core_beyond_the_first(cores, share, workers, monkeypatch, tmp_path):
    limit = tmp_path / "cpu.max"
    if share is not None:
        limit.write_text(share + "\n")
    monkeypatch.setattr(process, "_LIMIT", limit)
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: set(range(cores)), raising=False)
    assert spare_cores() == workers
