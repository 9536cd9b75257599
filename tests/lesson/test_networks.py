"""Networks that a class trains: their questions, and the drawing with a student's own."""

import re

from lesson.catalogue import catalogue
from lesson.classroom.question import NUMBER
from lesson.course.decks import all_questions
from lesson.course.experiments import PLANS
from lesson.networks import network_picture
from tests.browser.class_samples import SampleTrainer


def table_after(looks):
    trainer = SampleTrainer()
    trainer.start("seeds_recall", 7)
    for _ in range(looks):
        table = trainer.table("seeds_recall", 7)
    return table


def paths(svg, kind):
    return [path for name, path in re.findall(r'<path class="([^"]+)" d="([^"]+)"', svg) if kind(name)]


def test_the_own_network_is_in_front_of_all_others():
    svg = network_picture(table_after(12), 9)
    own = [path for path in paths(svg, lambda name: "thin" not in name) if path.count("L") == 12]
    assert len(own) == 2
    thin = paths(svg, lambda name: "thin" in name)
    assert [path.count("M") for path in thin] == [29, 29]  # one path for each colour
    assert svg.count("your network") == 2 and "share of right answers" in svg


def test_the_heights_are_those_of_the_run():
    table = table_after(12)
    run = next(run for run in table["runs"] if (run["seed"], run["setup"]) == (9, 1))
    (path,) = [
        path for path in paths(network_picture(table, 9), lambda name: name == "C") if path.count("L") == 12
    ]
    ys = [float(point.split()[1]) for point in path[1:].split("L")]
    top, bottom = min(ys), max(ys)
    heights = [value for _, value in run["points"]]
    share = [(bottom - y) / (bottom - top) for y in ys]
    wanted = [(height - min(heights)) / (max(heights) - min(heights)) for height in heights]
    assert max(abs(a - b) for a, b in zip(share, wanted, strict=True)) < 0.01


def test_before_the_first_points_there_is_an_empty_drawing():
    table = table_after(1)
    for run in table["runs"]:
        run["points"] = []
    assert "updates" in network_picture(table, 9)


def test_each_experiment_is_asked_for_with_the_networks_that_it_trains():
    questions = [question for question in catalogue() if question.experiment]
    assert [question.id for question in questions] == list(PLANS)
    for question in questions:
        assert question.kind == NUMBER and question.right is None
        assert question.experiment.id == question.id
        assert question.experiment.setups == PLANS[question.id]().setups
        assert (question.scale.low, question.scale.high) == (0, question.experiment.seeds)
    recall, _ = questions  # the page of the first one shows what five seeds have come to
    assert recall.covers == all_questions()["learning"].covers != ()
