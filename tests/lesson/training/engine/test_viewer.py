"""A viewer's runs: started, shared, taken up again after the page was loaded anew."""

from lesson.training.engine.presence import GRACE
from lesson.training.engine.settings import RunSettings
from lesson.training.engine.viewer import MOST_LOOKS, Viewer, Watched


def started(hall, name="a", *seeds):
    someone = Viewer(name, hall.registry)
    someone.start([(RunSettings(seed=seed), "text") for seed in seeds or (1,)])
    return someone


def test_two_who_start_the_same_share_a_run_and_it_works_at_once(hall):
    one, two = started(hall, "a"), started(hall, "b")
    assert one.runs[0] is two.runs[0] and hall.works(one.runs[0])
    one.leave()
    assert hall.works(two.runs[0]) and one.runs == []


def test_other_runs_take_the_place_of_those_before(hall):
    someone = started(hall, "a", 1, 2)
    first = someone.runs[0]
    someone.start([(RunSettings(seed=2), "text")])
    assert hall.registry.viewers(first) == 0
    assert [run.settings.seed for run in someone.runs] == [2]


def test_the_same_run_again_is_another_look_at_it(hall):
    someone = started(hall)
    run, visit = someone.runs[0], someone.visit
    someone.start([(RunSettings(seed=1), "text")])
    assert someone.runs[0] is run and someone.visit != visit


def test_a_page_that_is_loaded_anew_finds_its_runs_and_nothing_else(hall):
    before = started(hall, "a", 1, 2)
    hall.work(before.runs[0], 10)
    again = Viewer("b", hall.registry)
    assert again.come_back([run.id for run in before.runs], before.visit)
    assert again.runs == before.runs and again.visit == before.visit
    assert hall.registry.viewers(before.runs[0]) == 2
    assert not Viewer("c", hall.registry).come_back([before.runs[0].id, "unknown"], before.visit)
    assert not Viewer("d", hall.registry).come_back([], "")


def test_the_runs_of_another_part_stand_until_it_is_turned_to_again(hall):
    someone = Viewer("a", hall.registry)
    someone.start([(RunSettings(seed=1), "text")], about="live")
    (live,), visit = someone.runs, someone.visit
    hall.work(live, 10)
    someone.start([(RunSettings(seed=2), "text")], about="pair")
    (pair,) = someone.runs
    assert someone.all_runs == [pair, live]
    assert hall.works(pair) and not hall.works(live)
    assert [hall.registry.viewers(run) for run in (live, pair)] == [0, 1]
    assert not someone.turn_to("series") and someone.runs == [pair]
    assert someone.turn_to("live") and (someone.runs, someone.visit) == ([live], visit)
    assert hall.works(live) and not hall.works(pair) and live.head == 10
    someone.leave()
    assert someone.runs == someone.all_runs == [] and not hall.works(live)


def test_who_returns_after_a_while_does_not_wake_the_runs_of_other_parts(hall):
    someone = Viewer("a", hall.registry)
    someone.start([(RunSettings(seed=1), "text")], about="live")
    (live,) = someone.runs
    someone.start([(RunSettings(seed=2), "text")], about="pair")
    hall.clock.now += GRACE + 1
    hall.registry.reschedule()
    hall.registry.request("a", someone.runs[0])
    assert hall.works(someone.runs[0]) and not hall.works(live)
    assert hall.registry.viewers(live) == 0


def test_of_many_parts_the_runs_that_were_looked_at_last_are_remembered(hall):
    someone = Viewer("a", hall.registry)
    for seed in range(MOST_LOOKS + 1):
        someone.start([(RunSettings(seed=seed), "text")], about=str(seed))
    assert [run.settings.seed for run in someone.all_runs] == list(range(MOST_LOOKS, 0, -1))
    assert not someone.turn_to("0") and someone.turn_to("1")
    assert hall.works(someone.runs[0])  # it was given up meanwhile, and begins again


def test_a_run_has_ended_for_who_has_seen_all_of_it(hall):
    (run,) = started(hall).runs
    hall.work(run, 100)
    assert Watched(run, 100).ended and not Watched(run, 99).ended
    run.fail("It broke.")
    assert Watched(run, 5).ended
