"""A viewer's runs: started, shared, taken up again after the page was loaded anew."""

from lesson.training.engine.settings import RunSettings
from lesson.training.engine.viewer import Viewer, Watched


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


def test_a_run_has_ended_for_who_has_seen_all_of_it(hall):
    (run,) = started(hall).runs
    hall.work(run, 100)
    assert Watched(run, 100).ended and not Watched(run, 99).ended
    run.fail("It broke.")
    assert Watched(run, 5).ended
