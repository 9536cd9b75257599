"""The registry: who shares a run, who works, who waits, and when a run ends."""

import pytest

from lesson.training.engine import registry as module
from lesson.training.engine.registry import ACTIVE, GRACE, KEPT, MOST, TURN
from lstm import InputError


def test_equal_settings_are_one_run_and_others_are_not(hall):
    first, same, other = hall.join("a"), hall.join("b"), hall.join("c", seed=2)
    assert first is same and other is not first
    assert sum(m["do"] == "start" for m, _ in hall.worker.orders) == 2
    assert hall.registry.lookers(first) == 2 and hall.registry.watched() == 3


def test_nothing_is_worked_before_somebody_wants_it(hall):
    run = hall.join("a")
    assert not hall.works(run)
    hall.registry.want("a", run)
    assert hall.works(run)


def test_work_goes_as_far_as_the_foremost_viewer_wants(hall):
    run = hall.join("a")
    hall.join("b")
    hall.registry.want("a", run, 5)
    hall.registry.want("b", run, 8)
    hall.work(run, 50)
    assert run.head == 8 and not hall.works(run)
    hall.registry.want("a", run, 9)
    hall.work(run, 50)
    assert run.head == 9


def test_a_run_ends_when_its_last_viewer_leaves(hall):
    run = hall.join("a")
    hall.join("b")
    for viewer in "ab":
        hall.registry.want(viewer, run)
    hall.registry.leave("a", run)
    assert hall.works(run)
    number = hall.run_of(run)
    hall.registry.leave("b", run)
    assert ({"do": "drop", "run": number}, b"") in hall.worker.orders
    assert hall.join("c") is not run


def test_who_is_away_for_a_moment_finds_the_run_again_and_who_stays_away_has_left(hall):
    run = hall.join("a")
    hall.registry.want("a", run)
    hall.work(run, 10)
    hall.registry.away("a")
    assert not hall.works(run)  # at once nothing more is done for nobody
    hall.clock.now += GRACE - 1
    hall.registry.settle()
    assert hall.registry.want("a", run) is run
    assert hall.works(run)
    hall.registry.away("a")
    hall.clock.now += GRACE + 1
    hall.registry.settle()
    assert hall.registry.watched() == 0
    assert hall.worker.done == {}


def test_who_comes_back_later_still_sees_the_same_numbers(hall):
    run = hall.join("a")
    hall.registry.want("a", run)
    hall.work(run, 10)
    before = run.up_to(10).loss.tolist()
    hall.registry.away("a")
    hall.clock.now += GRACE + 1
    hall.registry.settle()
    assert hall.registry.want("a", run) is run  # begun again from its settings
    hall.work(run, 7)
    assert run.head == 10  # what is known is not known twice
    hall.work(run, 7)
    assert run.head == 14
    assert run.up_to(10).loss.tolist() == before
    assert run.up_to(14).loss.tolist() == [10.0 / (n + 1) for n in range(14)]


def test_a_finished_run_is_kept_for_the_next_and_the_oldest_is_forgotten(hall):
    for seed in range(KEPT + 2):
        run = hall.join("a", seed)
        hall.registry.want("a", run)
        hall.work(run, 100)
        assert run.finished
        hall.registry.leave("a", run)
        hall.clock.now += 1
    kept = hall.join("b", KEPT)
    assert kept.finished
    assert hall.join("b", 0).head == 0
    assert len(hall.worker.done) <= KEPT + 2


def test_there_is_an_end_to_what_is_held_and_it_is_said(hall):
    for seed in range(MOST):
        hall.join(f"viewer {seed}", seed)
    with pytest.raises(InputError, match=r"already; try again .*share their run\.$"):
        hall.join("one more", MOST)
    assert hall.join("one more", 3) is hall.join("viewer 3", 3)  # to share is always possible


def test_more_runs_than_may_work_wait_and_know_their_place(hall):
    runs = [hall.join(f"v{seed}", seed) for seed in range(ACTIVE + 2)]
    for seed, run in enumerate(runs):
        hall.registry.want(f"v{seed}", run)
    assert [hall.registry.place(run) for run in runs] == [0] * ACTIVE + [1, 2]
    assert [hall.works(run) for run in runs] == [True] * ACTIVE + [False] * 2
    hall.registry.leave("v0", runs[0])
    assert hall.registry.place(runs[ACTIVE]) == 0 and hall.works(runs[ACTIVE])
    assert hall.registry.place(runs[ACTIVE + 1]) == 1


def test_whoever_had_a_turn_makes_room_and_everybody_moves(hall):
    runs = [hall.join(f"v{seed}", seed) for seed in range(ACTIVE + 2)]
    for seed, run in enumerate(runs):
        hall.registry.want(f"v{seed}", run)
    worked = {id(run): 0 for run in runs}
    for _ in range(20):
        hall.clock.now += TURN + 0.1
        hall.registry.settle()
        assert sum(hall.works(run) for run in runs) == ACTIVE
        for run in runs:
            worked[id(run)] += hall.works(run)
    # Over 20 turns, ACTIVE of ACTIVE + 2 each time.
    fair = 20 * ACTIVE / (ACTIVE + 2)
    assert all(abs(turns - fair) <= 2 for turns in worked.values())


def test_nobody_makes_room_when_nobody_waits(hall):
    run = hall.join("a")
    hall.registry.want("a", run)
    orders = len(hall.worker.orders)
    hall.clock.now += 10 * TURN
    hall.registry.settle()
    assert len(hall.worker.orders) == orders


def test_a_run_that_fails_says_why_and_is_begun_anew_by_the_next(hall):
    run = hall.join("a")
    hall.worker.answered({"run": hall.run_of(run), "error": "The text is too short."}, b"")
    assert run.error == "The text is too short."
    assert run.wait(1, 0)
    again = hall.join("a")
    assert again is not run and not again.error


def test_when_the_worker_dies_another_does_everything_again(hall):
    run = hall.join("a")
    hall.registry.want("a", run)
    hall.work(run, 10)
    hall.worker.died()
    assert len(hall.workers) == 2
    assert hall.works(run)
    hall.work(run, 12)
    assert run.head == 12
    assert run.up_to(12).loss.tolist() == [10.0 / (n + 1) for n in range(12)]


def test_when_it_dies_again_the_runs_that_worked_are_given_up(hall):
    runs = [hall.join(f"v{seed}", seed) for seed in range(ACTIVE + 1)]
    for seed, run in enumerate(runs):
        hall.registry.want(f"v{seed}", run)
    hall.worker.died()
    hall.worker.died()
    assert [bool(run.error) for run in runs] == [True] * ACTIVE + [False]
    assert hall.works(runs[-1])
    hall.clock.now += 100
    hall.worker.died()
    assert not runs[-1].error


def test_a_checkpoint_is_asked_for_and_its_failure_said(hall):
    run = hall.join("a")
    hall.registry.want("a", run)
    assert hall.registry.checkpoint(run, {}) == b"file"
    hall.registry.leave("a", run)
    with pytest.raises(InputError, match="has ended"):
        hall.registry.checkpoint(run, {})


def test_a_checkpoint_that_never_comes_is_given_up(hall, monkeypatch):
    run = hall.join("a")
    monkeypatch.setattr(hall.worker, "send", lambda message, data=b"": None)
    with pytest.raises(InputError, match="busy"):
        hall.registry.checkpoint(run, {}, seconds=0.01)


def test_closing_ends_the_worker(hall):
    hall.join("a")
    hall.registry.close()
    assert hall.worker.closed
    assert module.ACTIVE >= 3  # three different runs have to move at the same time
