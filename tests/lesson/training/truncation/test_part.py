"""The part Truncation: it opens by its links, with its questions, and says what is compared."""

import numpy as np
import pytest

from lesson.training.replay.film import catalogue
from lesson.training.truncation.measured import MODELS, state_costs
from lesson.training.truncation.part import zero_starts
from lesson.training.truncation.questions import questions
from lesson.widgets.catalogue import model, sample_text
from lstm.text import split
from tests.app import open_page, press, words_of


def test_it_opens_by_its_link_and_asks():
    app = open_page("4_training.py", {"tab": "Truncation"})
    assert not app.exception
    assert questions()[0].text[:40] in words_of(app)[: 10**6]


@pytest.mark.parametrize("query", [{"cut": "5", "cut_model": "programs"}, {"trained_length": "50"}])
def test_it_opens_in_a_state(query):
    app = open_page("4_training.py", {"tab": "Truncation", **query})
    assert not app.exception


def test_every_reply_is_its_own():
    for question in questions():
        assert len({answer.reply for answer in question.answers}) == 3
        assert question.text.strip().endswith("?")


def test_what_the_state_is_for_is_not_said_while_a_question_asks_for_it():
    app = open_page("4_training.py", {"tab": "Truncation", "ask": "further_back"})
    assert "carries the state on" not in words_of(app)
    press(app, "Show the answer")
    assert "carries the state on" in words_of(app)


def test_where_the_same_model_has_two_losses_the_page_says_why():
    elsewhere = {row["model"]: float(row["validation loss"].split()[0]) for row in catalogue()}
    apart = {name: elsewhere[name] / state_costs()[name].carried for name in MODELS}
    assert min(apart.values()) > 1  # so that it is higher holds of every model
    most = max(apart, key=apart.__getitem__)
    here = f"{state_costs()[most].carried:.2f}"
    assert f"most for the model {most} ({elsewhere[most]:.2f} and {here})" in zero_starts()
    assert zero_starts() in words_of(open_page("4_training.py", {"tab": "Truncation"}))


def test_the_loss_without_a_reset_is_that_of_the_text_read_in_one_go():
    checkpoint = model("programs")
    _, ids = split(checkpoint.vocabulary.encode(sample_text("programs")))
    reading = checkpoint.net.run(ids[:-1])
    losses = -np.log(reading.probabilities[np.arange(len(ids) - 1), 0, ids[1:]])
    assert losses.mean() == pytest.approx(state_costs()["programs"].carried, abs=2e-4)
    assert "0.26" in zero_starts()
