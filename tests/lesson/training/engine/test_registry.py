"""The registry: who shares a run, which run works, which waits, and when it ends."""

import gc
import threading

import pytest

from lesson.training.engine.line import ACTIVE, CLASS_ACTIVE, CLASS_PLACES, PLACES, SHORTEST_TURN, TURN
from lesson.training.engine.presence import CLOSED, GRACE, PRESENT, STAY
from lesson.training.engine.recording import Recording
from lesson.training.engine.registry import MOST_IDLE, MOST_OF_ONE, MOST_VIEWERS
from lesson.training.engine.settings import RunSettings
from lstm import InputError


def test_equal_settings_are_one_run_and_others_are_not(hall):
    first, same, other = hall.join("a"), hall.join("b"), hall.join("c", seed=2)
    assert first is same and other is not first
    assert sum(m["do"] == "start" for m, _ in hall.worker.orders) == 2
    assert hall.registry.viewers(first) == 2 and hall.registry.viewer_count() == 3


def test_nothing_is_worked_before_somebody_wants_it(hall):
    run = hall.join("a")
    assert not hall.works(run)
    hall.registry.request("a", run)
    assert hall.works(run)


def test_work_goes_as_far_as_the_foremost_viewer_wants(hall):
    run = hall.join("a")
    hall.join("b")
    hall.registry.request("a", run, 5)
    hall.registry.request("b", run, 8)
    hall.work(run, 50)
    assert run.head == 8 and not hall.works(run)
    hall.registry.request("a", run, 9)
    hall.work(run, 50)
    assert run.head == 9


def test_a_run_ends_when_its_last_viewer_leaves(hall):
    run = hall.join("a")
    hall.join("b")
    for viewer in "ab":
        hall.registry.request(viewer, run)
    hall.registry.leave("a", run)
    assert hall.works(run)
    number = hall.run_of(run)
    hall.registry.leave("b", run)
    assert ({"do": "drop", "run": number}, b"") in hall.worker.orders
    assert hall.join("c") is not run


def test_who_is_away_for_a_moment_finds_the_run_again_and_who_stays_away_has_left(hall):
    run = hall.join("a")
    hall.registry.request("a", run)
    hall.work(run, 10)
    hall.registry.away("a")
    assert not hall.works(run)  # at once nothing more is done for nobody
    hall.clock.now += CLOSED - 1
    hall.registry.reschedule()
    assert hall.registry.request("a", run) is run
    assert hall.works(run)
    hall.registry.away("a")
    hall.clock.now += CLOSED + 1
    hall.registry.reschedule()
    assert hall.registry.viewer_count() == 0
    assert hall.worker.done == {}


def test_who_is_silent_is_no_longer_counted_then_not_worked_for_and_leaves_in_the_end(hall):
    run = hall.join("a")
    hall.registry.request("a", run)
    hall.clock.now += PRESENT + 1
    hall.registry.reschedule()
    assert hall.registry.viewers(run) == hall.registry.viewer_count() == 0 and hall.works(run)
    hall.clock.now += GRACE - PRESENT
    hall.registry.reschedule()
    assert not hall.works(run) and hall.run_of(run) in hall.worker.done
    hall.registry.request("a", run)  # a phone that wakes up
    assert hall.works(run) and hall.registry.viewers(run) == 1
    hall.clock.now += GRACE + 1
    hall.registry.reschedule()
    hall.clock.now += STAY
    hall.registry.reschedule()
    assert hall.worker.done == {}


def test_a_run_is_known_by_its_settings_while_somebody_holds_it(hall):
    run = hall.join("a")
    assert hall.registry.recording(run.id) is run
    hall.registry.leave("a", run)
    assert hall.registry.recording(run.id) is run  # the session of a visitor who may come back
    del run
    gc.collect()
    assert hall.registry.recording(Recording(RunSettings(seed=1), "").id) is None


def test_names_that_somebody_makes_up_are_counted_up_to_a_limit_and_leave_at_no_price(hall):
    run = hall.join("a")
    for number in range(MOST_VIEWERS + 5):
        assert hall.registry.request(f"made up {number}", run) is run
    assert hall.registry.viewers(run) == MOST_VIEWERS
    threads = threading.active_count()
    hall.registry.away("never seen")
    assert threading.active_count() == threads


def test_who_comes_back_later_still_sees_the_same_numbers(hall):
    run = hall.join("a")
    hall.registry.request("a", run)
    hall.work(run, 10)
    before = run.up_to(10).loss.tolist()
    hall.registry.away("a")
    hall.clock.now += CLOSED + 1
    hall.registry.reschedule()
    assert hall.registry.request("a", run) is run  # begun again from its settings
    hall.work(run, 7)
    assert run.head == 10  # what is known is not known twice
    hall.work(run, 7)
    assert run.head == 14
    assert run.up_to(10).loss.tolist() == before
    assert run.up_to(14).loss.tolist() == [10.0 / (n + 1) for n in range(14)]


def test_a_finished_run_is_kept_for_the_next_and_the_oldest_is_forgotten(hall):
    for seed in range(MOST_IDLE + 2):
        run = hall.join("a", seed)
        hall.registry.request("a", run)
        hall.work(run, 100)
        assert run.finished
        hall.registry.leave("a", run)
        hall.clock.now += 1
    kept = hall.join("b", MOST_IDLE)
    assert kept.finished
    assert hall.join("b", 0).head == 0
    assert len(hall.worker.done) <= MOST_IDLE + 2


def test_of_finished_runs_that_many_leave_at_once_few_are_kept(hall):
    runs = []
    for seed in range(3 * MOST_IDLE):
        run = hall.join(f"viewer {seed}", seed)
        hall.registry.request(f"viewer {seed}", run)
        hall.work(run, 100)
        assert run.finished
        runs.append(run)
    for seed, run in enumerate(runs):
        hall.registry.leave(f"viewer {seed}", run)
    assert len(hall.registry._runs) == MOST_IDLE


def started(hall, count, first=0):
    """So many runs that have work, of a viewer each."""
    runs = [hall.join(f"v{seed}", seed) for seed in range(first, first + count)]
    for seed, run in enumerate(runs, first):
        hall.registry.request(f"v{seed}", run)
    return runs


def has_place(hall, run):
    return hall.run_of(run) in hall.worker.done


def look_at(hall, runs, first=0):
    """Every viewer looks, as a page does that plays."""
    for seed, run in enumerate(runs, first):
        hall.registry.request(f"v{seed}", run)


def test_runs_that_do_nothing_hold_no_place(hall):
    """A class of 21 pairs starts both of one epoch each: all 42 have their turn, and the next one as well."""
    for pair in range(21):
        for seed in (2 * pair, 2 * pair + 1):
            run = hall.join(f"pair {pair}", seed)
            hall.registry.request(f"pair {pair}", run)
            hall.work(run, 100)
            assert run.finished
    late = hall.join("late", 99)
    hall.registry.request("late", late)
    assert hall.works(late) and hall.registry.place(late) == 0
    assert len(hall.worker.done) <= PLACES


def test_who_was_not_looked_at_for_longest_makes_room_first(hall):
    runs = [hall.join(f"v{seed}", seed) for seed in range(PLACES)]
    for seed, run in enumerate(runs):
        hall.clock.now += 0.1
        hall.registry.request(f"v{seed}", run, 5)
        hall.work(run, 5)  # and pause
    hall.clock.now += 0.1
    hall.registry.request("v0", runs[0], 5)
    late = hall.join("late", PLACES)
    hall.registry.request("late", late)
    assert hall.works(late)
    assert has_place(hall, runs[0]) and not has_place(hall, runs[1]) and has_place(hall, runs[2])
    # What was put aside is begun again when it is looked at, and comes to the same numbers.
    hall.registry.request("v1", runs[1])
    assert hall.works(runs[1])
    hall.work(runs[1], 3)
    assert (runs[1].computed, runs[1].head) == (3, 5)
    hall.work(runs[1], 2)
    assert runs[1].computed == runs[1].head == 5
    hall.work(runs[1], 3)
    assert runs[1].up_to(8).loss.tolist() == [10.0 / (n + 1) for n in range(8)]


def test_nothing_is_worked_for_who_does_not_look_and_they_hold_no_place(hall):
    silent = started(hall, PLACES)
    hall.work(silent[0], 1)
    late = hall.join("late", PLACES)
    hall.registry.request("late", late)
    assert not has_place(hall, late) and hall.registry.place(late) == PLACES + 1 - ACTIVE
    hall.clock.now += GRACE + 1
    hall.registry.request("late", late)
    assert hall.works(late) and not any(map(hall.works, silent))
    assert hall.registry.viewer_count() == 1 and hall.registry.viewers(silent[0]) == 0
    hall.registry.request("v1", silent[1])  # who looks again is there again
    assert hall.works(silent[1]) and hall.registry.viewer_count() == 2


@pytest.mark.slow
def test_where_all_look_and_all_work_the_line_moves_on(hall):
    """Twenty tabs with two endless runs each, which are looked at all the time: who comes late has a turn."""
    runs = started(hall, PLACES)
    late = hall.join("late", PLACES)
    places = []
    for _ in range(200):
        hall.clock.now += 0.5
        hall.registry.request("late", late)
        look_at(hall, runs)
        for run in [run for run in runs if hall.works(run)]:
            hall.work(run, 1)
        places.append(hall.registry.place(late))
        if hall.works(late):
            break
    assert hall.works(late)
    assert places[0] > places[len(places) // 2] > places[-1] == 0
    assert len(hall.worker.done) == PLACES


def test_one_visitor_holds_a_few_runs_also_where_they_are_begun_again(hall):
    runs = [hall.join("a", seed) for seed in range(MOST_OF_ONE + 2)]
    assert [hall.registry.viewers(run) for run in runs] == [0, 0] + [1] * MOST_OF_ONE
    for run in runs:
        hall.registry.request("a", run)
    assert sum(hall.registry.viewers(run) for run in runs) == MOST_OF_ONE
    assert len(hall.worker.done) == MOST_OF_ONE


def test_turns_are_shorter_where_many_wait(hall):
    runs = started(hall, 30)
    hall.clock.now += SHORTEST_TURN - 0.1
    hall.registry.reschedule()
    assert [hall.works(run) for run in runs[:ACTIVE]] == [True] * ACTIVE
    hall.clock.now += 0.2
    hall.registry.reschedule()
    assert [hall.works(run) for run in runs[: 2 * ACTIVE]] == [False] * ACTIVE + [True] * ACTIVE


def test_more_runs_than_may_work_wait_and_know_their_place(hall):
    runs = [hall.join(f"v{seed}", seed) for seed in range(ACTIVE + 2)]
    for seed, run in enumerate(runs):
        hall.registry.request(f"v{seed}", run)
    assert [hall.registry.place(run) for run in runs] == [0] * ACTIVE + [1, 2]
    assert [hall.works(run) for run in runs] == [True] * ACTIVE + [False] * 2
    hall.registry.leave("v0", runs[0])
    assert hall.registry.place(runs[ACTIVE]) == 0 and hall.works(runs[ACTIVE])
    assert hall.registry.place(runs[ACTIVE + 1]) == 1


def test_whoever_had_a_turn_makes_room_and_everybody_moves(hall):
    runs = [hall.join(f"v{seed}", seed) for seed in range(ACTIVE + 2)]
    for seed, run in enumerate(runs):
        hall.registry.request(f"v{seed}", run)
    worked = {id(run): 0 for run in runs}
    for _ in range(20):
        hall.clock.now += TURN + 0.1
        look_at(hall, runs)
        assert sum(hall.works(run) for run in runs) == ACTIVE
        for run in runs:
            worked[id(run)] += hall.works(run)
    # Over 20 turns, ACTIVE of ACTIVE + 2 each time.
    fair = 20 * ACTIVE / (ACTIVE + 2)
    assert all(abs(turns - fair) <= 2 for turns in worked.values())


def test_where_only_one_waits_all_make_room_for_it_in_turn(hall):
    """Two minutes of pages that look twice a second: nobody works on while the others share what is left."""
    runs = started(hall, ACTIVE + 1)
    worked = [0.0] * len(runs)
    for _ in range(240):
        hall.clock.now += 0.5
        look_at(hall, runs)
        worked = [seconds + 0.5 * hall.works(run) for seconds, run in zip(worked, runs, strict=True)]
    assert max(worked) - min(worked) < TURN


def test_nobody_makes_room_when_nobody_waits(hall):
    run = hall.join("a")
    hall.registry.request("a", run)
    orders = len(hall.worker.orders)
    for _ in range(10):
        hall.clock.now += TURN
        hall.registry.request("a", run)
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
    hall.registry.request("a", run)
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
        hall.registry.request(f"v{seed}", run)
    hall.worker.died()
    hall.worker.died()
    assert [bool(run.error) for run in runs] == [True] * ACTIVE + [False]
    assert hall.works(runs[-1])
    hall.clock.now += 100
    hall.worker.died()
    assert not runs[-1].error


def test_a_checkpoint_is_asked_for_and_its_failure_said(hall):
    run = hall.join("a")
    hall.registry.request("a", run)
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
    assert ACTIVE >= 3  # three different runs have to move at the same time


# -- a class --


def test_a_class_takes_no_turn_and_no_place_of_visitors(hall):
    of_class = [hall.join("class:a:1", seed=100 + n) for n in range(CLASS_PLACES)]
    for recording in of_class:  # and none of them is left for another: a class looks at more than four
        hall.registry.request("class:a:1", recording)
    assert sum(map(hall.works, of_class)) == CLASS_ACTIVE and hall.registry.viewer_count() == 0
    assert len(hall.worker.done) == CLASS_PLACES
    visitors = [hall.join(f"v{n}", seed=n) for n in range(PLACES)]
    for n, recording in enumerate(visitors):
        hall.registry.request(f"v{n}", recording)
    assert [hall.works(recording) for recording in visitors[: ACTIVE + 1]] == [True] * ACTIVE + [False]
    assert hall.registry.place(visitors[ACTIVE]) == 1
    assert all(map(hall.run_of, visitors))
    hall.clock.now += SHORTEST_TURN + 0.1
    hall.registry.reschedule()
    assert [hall.works(recording) for recording in visitors[: 2 * ACTIVE]] == [False] * ACTIVE + [
        True
    ] * ACTIVE
    assert sum(map(hall.works, of_class)) == CLASS_ACTIVE


def test_what_a_class_has_finished_gives_its_place_up_and_is_still_there_for_visitors(hall):
    run = hall.join("class:a:1")
    hall.registry.request("class:a:1", run)
    hall.work(run, 100)
    assert run.finished and hall.worker.done == {}
    assert hall.join("v") is run and hall.registry.request("v", run) is run


def test_a_run_of_a_class_that_a_visitor_joins_is_the_visitors(hall):
    runs = [hall.join("class:a:1", seed=n) for n in range(CLASS_ACTIVE + 1)]
    for run in runs:
        hall.registry.request("class:a:1", run)
    assert not hall.works(runs[-1])
    hall.join("v", seed=CLASS_ACTIVE)
    assert hall.works(runs[-1])


def test_who_waits_for_a_step_of_a_run_that_has_ended_before_waits_no_longer(hall):
    run = hall.join("a")
    hall.registry.request("a", run)
    hall.work(run, 100)
    assert run.wait(101, 60)
