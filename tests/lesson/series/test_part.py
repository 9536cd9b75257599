"""The page Series: a file of one's own is read or refused in one sentence, and challenges draw a seed."""

import math
import re

from lesson.series.own_series import OWN_NUMBERS
from lesson.series.parameters import OWN, SERIES_TASK
from tests.app import open_page, words_of
from tests.lesson.training.live.recording import give

WAVE = "\n".join(f"{math.sin(k / 5):.4f}" for k in range(400)).encode()


def test_a_bad_file_gets_one_sentence_and_takes_nothing_away():
    app = open_page("6_series.py", {SERIES_TASK.name: OWN})
    assert give(app, WAVE, "wave.csv") == []
    assert "Your series has 400 numbers" in words_of(app)
    assert "the last 80 are the test" in words_of(app)
    (sentence,) = give(app, b"a,b\n1,2\n", "two.csv")
    assert sentence.startswith("The file has more than one column in line 1")
    assert len(app.session_state[OWN_NUMBERS].values) == 400
    assert give(app, WAVE, "wave.csv") == []


def test_what_the_first_question_speaks_of_is_explained_before_it():
    words = words_of(open_page("6_series.py"))
    before, question, _ = words.partition("a spike’s value is asked for")
    assert question
    for said in ("**sequences** of some steps", "*carried on*", "forget bias $b_f$", "$b_i = −b_f$"):
        assert said in re.sub(r"\[(.*?)\]\(.*?\)", r"\1", before), said


def test_a_challenge_draws_a_seed_that_is_not_in_the_map():
    app = open_page("6_series.py")
    app.button(key="take_quick_sum").click().run()
    name, seed = app.session_state["series_challenge"]
    assert name == "quick_sum" and 100 <= seed <= 9999
    assert app.session_state[SERIES_TASK.name] == "Adding problem"
    assert f"with seed {seed}" in words_of(app)
