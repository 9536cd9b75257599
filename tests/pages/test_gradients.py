"""The gradients page: what is said and drawn is what was computed; its links, challenges and its training."""

import pytest

from lesson.frame.query import Query
from lesson.gradients.answers import ANSWERS as CURVES
from lesson.gradients.challenges.answers import ANSWERS as CHECKS
from lesson.gradients.explosion.answers import ANSWERS as EXPLOSION
from lesson.gradients.recall_experiment import PAIR
from lesson.training.live.sentences import right_words
from tests.app import open_page, panel_of, panels_of, press, rerun
from tests.waiting import wait_until

ANSWERS = CURVES | EXPLOSION


def open_gradients(**query):
    """Open the page with what a link asks."""
    return open_page("3_gradients.py", query)


@pytest.mark.parametrize(
    ("view", "answers", "along"),
    [
        ("The race", "gradients/race", {"bf", "radius", "bz", "scale"}),
        ("Two gradient paths", "gradients/paths", {"bf", "scale"}),
        ("Explosion", "gradients/explosion", {"explode"}),
    ],
)
def test_every_part_has_a_panel_whose_question_is_answered(view, answers, along):
    panel = panel_of(open_gradients(view=view))
    assert panel["answers"] == answers and panel["page"] == "gradients"
    assert {control["name"] for control in panel["controls"] if control["along"]} == along
    question = {control["name"]: control["start"] for control in panel["controls"]}
    for name in ("", *along):
        reply = ANSWERS[answers].compute(Query(question | ({"along": name} if name else {})))
        curves = {**reply["common"]["still"], **reply["frames"][0]["moving"]}
        assert set(curves) == set(panel["look"]["curves"])  # each has its colour


def test_what_was_set_by_a_link_is_shown_in_every_part():
    app = open_gradients(view="The race", bf="2", scale="1")
    assert panel_of(app)["setting"] == {"bf": "2", "scale": "1"}
    app.session_state["view"] = "Two gradient paths"
    assert panel_of(rerun(app))["setting"] == {"bf": "2", "scale": "1"}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"bf": "99"}, "`bf` that does not exist; showing 8"),
        ({"T": "-1"}, "showing 5"),
        ({"H": "77"}, "`H` that does not exist; showing 64"),
        ({"radius": "x"}, "showing 0.9"),
        ({"gradient_of": "dL/dx"}, "showing ∂L/∂h"),
        ({"view": "the race", "seed": ["1", "2"]}, "`seed` 2 times; showing 2"),
        ({"view": "Nowhere"}, "showing The race"),
    ],
)
def test_a_gradient_link_that_asks_for_too_much_opens_the_nearest(query, words):
    app = open_gradients(**{"view": "The race", **query})
    assert words in " ".join(warning.value for warning in app.warning)


def test_the_page_knows_which_window_was_found():
    app = open_gradients(view="Challenges")
    assert [panel["look"].get("solved") for panel in panels_of(app)] == [None, False, False, None]
    app.session_state["record_entries"] = {"solved/gradients/between": "yes"}
    assert [panel["look"].get("solved") for panel in panels_of(rerun(app))] == [None, False, True, None]


def test_every_challenge_asks_what_is_answered():
    for panel in panels_of(open_gradients(view="Challenges")):
        question = {control["name"]: control["start"] for control in panel["controls"]} | panel["fixed"]
        for along in ["", *(control["name"] for control in panel["controls"] if control["along"])]:
            reply = CHECKS[panel["answers"]].compute(Query(question | ({"along": along} if along else {})))
            assert not reply["frames"][0]["right"]


@pytest.mark.slow
def test_a_pair_can_be_trained():
    app = open_gradients(view="Does it matter?")
    press(app, "Skip")  # the pair would answer the question above it
    press(app, "Start")
    viewer = app.session_state["viewer"]
    kept, lost = viewer.runs
    assert [one.settings for one in (kept, lost)] == list(PAIR)
    wait_until(lambda: kept.finished)
    right = kept.up_to(kept.head).right
    assert kept.head < 600 and right[-1][1] >= 0.99  # b_f = 3 recalls and stops; the other still guesses
    assert "forget bias 3: 1" in right_words("forget bias 3", right)
    viewer.leave()
