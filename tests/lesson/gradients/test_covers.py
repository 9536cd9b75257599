"""Each question of the gradients page covers what shows its answer, and the page knows how to cover it."""

import pytest

from lesson.course.decks import places
from lesson.frame.files import ROOT
from lesson.gradients.explosion.questions import about_lstms
from lesson.gradients.product.questions import questions as about_the_product
from lesson.gradients.questions import (
    RESULTS,
    about_clipping,
    about_learning,
    about_the_paths,
    about_the_race,
)
from lesson.widgets.questions import COVERED
from tests.app import open_page, panels_of, press, words_of

QUESTIONS = {
    question.id: question
    for about in (
        about_the_race,
        about_the_product,
        about_the_paths,
        about_clipping,
        about_lstms,
        about_learning,
    )
    for question in about()
}
IN_PANELS = [id for id, question in QUESTIONS.items() if RESULTS not in question.covers]


def asked(id, **state):
    place = places()[id]
    return open_page(place.file, {**place.query, **state})


def test_the_rnns_factor_is_not_written_out_where_a_question_asks_for_it():
    app = asked("one_step_back")
    assert not [each.value for each in app.get("latex") if "RNN" in each.value]
    press(app, "Show the answer")
    assert [each.value for each in app.get("latex") if "RNN" in each.value]


def test_every_question_covers_something():
    assert len(QUESTIONS) == 9 and all(question.covers for question in QUESTIONS.values())


@pytest.mark.parametrize("id", IN_PANELS)
def test_a_panel_is_covered_until_the_answer_is_asked_for(id):
    app = asked(id)
    (panel,) = panels_of(app)
    assert panel["covered"] == sorted(QUESTIONS[id].covers)
    press(app, "Show the answer")
    (panel,) = panels_of(app)
    assert panel["covered"] == []


@pytest.mark.parametrize("id", IN_PANELS)
def test_what_a_question_covers_is_known_to_the_drawing(id):
    """By a rule of its style sheets, or in the script that draws the curves."""
    name = panels_of(asked(id))[0]["answers"].removeprefix("gradients/").removeprefix("lstm_")
    files = [
        f"{name}/{name}.css",
        f"{name}/{name}.js",
        "panel/panel.css",
        "curves/curves.css",
        "curves/frames.js",
    ]
    text = "\n".join((ROOT / "assets" / file).read_text("utf-8") for file in files)
    for cover in QUESTIONS[id].covers:
        assert f'[data-covered~="{cover}"]' in text or f'covered.includes("{cover}")' in text


def test_numbers_about_networks_that_a_reply_has_come_after_the_race_is_asked():
    app = asked("three")
    assert "The position of a step matters" not in words_of(app)
    press(app, "Explore without questions")
    assert "The position of a step matters" in words_of(app)


def test_what_was_learned_comes_with_the_answer_about_learning():
    app = asked("learning")
    assert COVERED in words_of(app) and "The task:" in words_of(app)
    assert "to train two LSTMs with N = 50" not in words_of(app) and not app.get("vega_lite_chart")
    assert "5/5" not in words_of(app)
    press(app, "Show the answer")
    words = words_of(app)
    assert (
        COVERED not in words
        and "to train two LSTMs with N = 50" in words
        and "| LSTM, $b_f$ = 3 | 5/5 |" in words
    )
