"""The replay: every model and moment, its numbers from the library, links and prompts of any kind."""

from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lesson import film as films
from lesson import replay
from lesson.film import film
from lesson.models import model, model_names
from lstm import generate

ROOT = Path(__file__).parents[2]
each_model = pytest.mark.parametrize("name", model_names())


def opened(**query):
    """The training page at its part Replay."""
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=30).run()
    for name, value in query.items():
        app.query_params[name] = value
    return healthy(app.switch_page("pages/4_training.py").run())


def healthy(app):
    assert not app.exception, app.exception[0].value
    return app


def told(app):
    """All that the page says in words."""
    return " ".join(e.value for kind in ("markdown", "caption", "warning") for e in app.get(kind))


def texts(app):
    return [code.value for code in app.code]


# -- the film and its numbers --


@each_model
def test_every_film_ends_readable_and_begins_with_noise(name):
    shown = film(name)
    assert shown.pieces[0] < 0.5 < films.WORTH <= shown.pieces.max() <= 1
    assert 0 < shown.readable <= shown.last
    assert shown.pieces[shown.readable - 1] < films.WORTH <= shown.pieces[shown.readable]
    assert shown.epochs[0] == 0 and shown.epochs[-1] == shown.checkpoint.history["epoch"][-1]
    assert (np.diff(shown.epochs) >= 0).all()


def test_epochs_are_those_of_the_steps():
    shown = film("fables")
    steps, epochs = shown.checkpoint.history["step"][-1], shown.checkpoint.history["epoch"][-1]
    chunks = steps / epochs
    assert shown.epochs.tolist() == np.ceil(shown.checkpoint.snapshots.step / chunks).tolist()


def test_pieces_are_counted_as_strings_would_be():
    learned, written = "abcabdabc", ["abcabc", "dddddd", "abdabc"]
    letters = {char: index for index, char in enumerate("abcd")}
    ids = [np.array([letters[char] for char in text]) for text in (learned, *written)]
    known = {learned[k : k + 4] for k in range(len(learned) - 3)}
    expected = [np.mean([text[k : k + 4] in known for k in range(3)]) for text in written]
    np.testing.assert_allclose(films.pieces_known(np.array(ids[1:]), ids[0], 4), expected)


def test_characters_alike_is_1_for_the_same_text_and_0_for_another():
    a, b = np.array([0, 0, 1]), np.array([2, 2, 2])
    assert films.letters_alike(a, a, 3) == pytest.approx(1) and films.letters_alike(a, b, 3) == 0


def test_the_shares_behind_the_question():
    assert films.words_known("The fox. Qwx!", "a fox and the hen") == pytest.approx(2 / 3)
    assert films.words_known("a b", "x") == 0
    assert films.sentences_begun("It is. So it is. and") == 0.5
    assert films.sentences_begun("no end") == 0
    assert films.settles([0.9, 0.1, 0.8, 0.9], 0.5) == 2
    assert films.settles([0.9, 0.1], 0.5) is None and films.settles([0.9], 0.5) == 0


def test_the_answers_of_the_questions_are_what_was_measured():
    first, overfits = replay._questions()
    shown = film("fables")
    letters = films.settles(shown.letters, 0.75)
    words = films.settles([films.words_known(t, replay.sample_text("fables")) for t in shown.texts], 0.5)
    sentences = films.settles([films.sentences_begun(t) for t in shown.texts], 0.9)
    assert letters < words <= sentences
    assert first.right == "How frequent spaces and letters are" and first.right in first.replies
    lstm, gru = (film(name).checkpoint.snapshots for name in ("fables", "fables_gru"))
    assert gru.loss[-1] < lstm.loss[-1] and lstm.validation_loss[-1] < gru.validation_loss[-1]
    assert overfits.right == "The LSTM"
    assert f"{gru.validation_loss[-1]:.2f} in validation" in overfits.replies["The LSTM"]


@each_model
@pytest.mark.parametrize("moment", [0, -1])
def test_gates_and_probabilities_are_those_of_the_moment(name, moment):
    shown = film(name)
    moment %= shown.last + 1
    net = shown.network(moment)
    expected = films.expected(name, moment, "")
    again = next(generate(net, shown.checkpoint.vocabulary, "", 1, temperature=1.0, seed=3)).probabilities
    np.testing.assert_array_equal(expected, again)
    measured = films.gates(name, moment)
    assert "".join(measured) == {"lstm": "fio", "gru": "zr", "rnn": ""}[net.kind]
    for mean, is_open, closed in measured.values():
        assert 0 < mean < 1 and 0 <= is_open + closed <= 1


def test_the_last_moment_is_nearly_the_model():
    shown = film("fables")
    net = shown.network(shown.last)
    np.testing.assert_allclose(net.weights.flat, model("fables").net.weights.flat, atol=1e-2)


def test_overfitting_is_named_where_it_is_measured_and_nowhere_else():
    assert "overfitting" in films.changed(film("fables_gru"), film("fables_gru").last)
    assert not any("overfitting" in films.changed(film("programs"), m) for m in range(film("programs").last))


def test_the_catalogue_has_a_row_for_every_model():
    table = films.catalogue()
    assert table["model"].tolist() == model_names()
    row = table[table["model"] == "fables_gru"].iloc[0]
    assert (row["cell"], row["text"], row["units"]) == ("GRU", "fables", 128)
    assert row["parameters"] == model("fables_gru").net.weights.flat.size
    assert row["validation loss"] == "1.68 of 4.08" and row["worth reading"] == "from step 184"


# -- the page --


@each_model
def test_every_model_opens_and_its_slider_has_two_ends(name):
    app = opened(model=name)
    shown = film(name)
    assert app.selectbox(key="model").value == name and not app.warning
    step = shown.checkpoint.snapshots.step[shown.readable]
    assert f"worth reading from step {step:,}" in told(app)
    for moment in (0, shown.last):
        app.slider(key="moment").set_value(moment)
        healthy(app.run())
        (written,) = texts(app)
        assert written.strip("\n") == shown.texts[moment].strip("\n")  # st.code drops an empty line at an end
        assert films.told(shown, moment) in told(app) and films.changed(shown, moment) in told(app)
        assert ("A plain RNN has no gates" in told(app)) == (shown.checkpoint.net.kind == "rnn")
        assert "nan" not in told(app)


def test_another_model_is_shown_at_the_same_moment():
    app = opened(moment="7")
    app.selectbox(key="model").set_value("rhymes")
    healthy(app.run())
    assert texts(app) == [film("rhymes").texts[7]]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"moment": "99"}, "`moment` is nothing this page can show; shown is 11"),
        ({"moment": "-3"}, "shown is 0"),
        ({"moment": "x"}, "shown is 0"),
        ({"moment": ["3", "4"]}, "`moment` 2 times; shown is 4"),
        ({"model": "<script>"}, "`model` is nothing this page can show; shown is fables"),
        ({"tab": "Train one now"}, "`tab` is nothing this page can show; shown is Replay"),
    ],
)
def test_a_link_that_asks_for_what_there_is_not_opens_the_nearest(query, words):
    app = opened(**query)
    assert words in " ".join(warning.value for warning in app.warning)


@pytest.mark.parametrize("prompt", ["<script>alert(1)</script>", "🦊🦊 fox 狐", "x" * 600, "**", " ", "\x00"])
def test_strange_prompts_are_read_as_far_as_they_are_known(prompt):
    app = opened(prompt=prompt, model="fables", moment="9")
    unknown = film("fables").checkpoint.vocabulary.unknown(prompt)
    assert texts(app)[1:] == ([" ".join(unknown)] if unknown else [])
    assert ("left out" in told(app)) == bool(unknown)
    assert ("only the last 200" in told(app)) == (len(prompt) > 200)
    assert not any("script" in e.value for e in (*app.markdown, *app.caption))


def test_a_prompt_changes_what_is_expected():
    assert films.expected("fables", 11, "The fo").argmax() != films.expected("fables", 11, "").argmax()


def test_play_goes_through_the_moments_and_stops_at_the_end(monkeypatch):
    monkeypatch.setattr(replay, "PACE", 0)
    app = opened(moment="9")
    healthy(app.button(key="replay_play").click().run())
    for _ in range(4):
        healthy(app.run())
    assert app.slider(key="moment").value == 11 and not app.session_state["replay_playing"]
    assert app.button(key="replay_play").label == "Play"
    assert texts(app) == [film("fables").texts[11]]


def test_play_can_be_stopped_and_moving_the_slider_stops_it():
    app = opened(moment="11")
    healthy(app.button(key="replay_play").click().run())
    assert app.button(key="replay_play").label == "Stop" and app.slider(key="moment").value == 0
    healthy(app.button(key="replay_play").click().run())
    assert app.button(key="replay_play").label == "Play"
    healthy(app.button(key="replay_play").click().run())
    app.slider(key="moment").set_value(5)
    healthy(app.run())
    assert app.button(key="replay_play").label == "Play" and app.slider(key="moment").value == 5
