"""A viewer's cursor: it plays, pauses, steps and goes back, and moves nobody else's."""

from lesson.training.engine.settings import RunSettings
from lesson.training.engine.viewer import Viewer


def viewer(hall, name="a"):
    return Viewer(name, hall.registry, hall.clock)


def started(hall, name="a", seed=1):
    someone = viewer(hall, name)
    someone.start([(RunSettings(seed=seed), "text")])
    return someone, someone.runs[0].recording


def looks(hall, someone, seconds=0.25, times=1):
    for _ in range(times):
        hall.clock.now += seconds
        someone.look()
    return someone.runs[0].cursor


def test_a_cursor_follows_the_newest_step(hall):
    someone, run = started(hall)
    hall.work(run, 1)
    assert looks(hall, someone) == 1
    for _ in range(4):
        hall.work(run, 10)
        assert looks(hall, someone) == run.head


def test_a_pause_moves_nobody_elses_cursor_and_the_work_goes_on_for_the_other(hall):
    one, run = started(hall, "a")
    two, same = started(hall, "b")
    assert run is same
    hall.work(run, 4)
    for someone in (one, two):
        looks(hall, someone)
    one.pause()
    stood = one.runs[0].cursor
    hall.work(run, 20)
    looks(hall, one)
    looks(hall, two, times=40)
    assert one.runs[0].cursor == stood and two.runs[0].cursor == run.head == 24
    two.pause()
    assert not hall.works(run)


def test_a_step_is_one_step_and_computed_if_it_must_be(hall, monkeypatch):
    someone, run = started(hall)
    hall.work(run, 1)
    looks(hall, someone)
    someone.pause()
    monkeypatch.setattr(run, "wait", lambda goal, seconds: hall.work(run, 50))
    someone.step()
    assert someone.runs[0].cursor == run.head == 2


def test_going_back_and_on_again(hall):
    someone, run = started(hall)
    hall.work(run, 60)
    looks(hall, someone, times=30)
    someone.go(20)
    assert someone.runs[0].cursor == 20 and not someone.playing
    someone.go(999)
    assert someone.runs[0].cursor == run.head
    someone.reset()
    assert someone.runs[0].cursor == 0
    assert run.up_to(0).sample == (0, "noise")
    someone.play()
    assert 0 < looks(hall, someone) < 60  # it does not jump over what is worth seeing
    assert looks(hall, someone, times=60) == 60


def test_a_finished_run_is_a_film_of_some_seconds_and_then_stands(hall):
    first, run = started(hall)
    hall.work(run, 100)
    late, _ = started(hall, "late")
    seconds = 0
    while late.playing:
        looks(hall, late)
        seconds += 0.25
        assert seconds < 60
    assert late.ended and late.runs[0].cursor == 100
    assert 1.5 < seconds < 15


def test_two_runs_have_a_cursor_each(hall):
    someone = viewer(hall)
    someone.start([(RunSettings(seed=1), "text"), (RunSettings(seed=2), "text")])
    one, two = (watched.recording for watched in someone.runs)
    hall.work(one, 1)
    hall.work(two, 1)
    looks(hall, someone)
    hall.work(one, 5)
    looks(hall, someone, times=30)
    assert [watched.cursor for watched in someone.runs] == [6, 1]


def test_other_runs_take_the_place_of_those_before(hall):
    someone, run = started(hall)
    someone.start([(RunSettings(seed=2), "text")])
    assert hall.registry.viewers(run) == 0
    assert [watched.recording.settings.seed for watched in someone.runs] == [2]
    someone.leave()
    assert hall.registry.viewer_count() == 0 and someone.runs == []


def test_the_same_run_again_begins_at_its_beginning(hall):
    someone, run = started(hall)
    hall.work(run, 30)
    looks(hall, someone, times=30)
    someone.start([(RunSettings(), "text")])
    assert someone.runs[0].recording is run and someone.runs[0].cursor == 0


def test_a_viewer_whose_run_was_given_up_meanwhile_goes_on(hall):
    someone, run = started(hall)
    hall.work(run, 10)
    looks(hall, someone, times=20)
    hall.registry.leave("a", run)  # as if they had been away for long
    looks(hall, someone)
    assert someone.runs[0].recording is run and hall.works(run)
    hall.work(run, 20)
    assert looks(hall, someone, times=20) == 20


def test_a_run_that_goes_on_from_a_checkpoint_begins_where_that_ended(hall, monkeypatch):
    someone, run = started(hall)
    begun = run.begun._replace(began=40)
    monkeypatch.setattr(run, "begun", begun)
    someone.reset()
    assert someone.runs[0].first == someone.runs[0].cursor == 40
