"""The replay: every model and moment, its numbers from the library, links and prompts of any kind."""

import json

import numpy as np
import pytest

from lesson.training.replay import film as films
from lesson.training.replay import part as replay
from lesson.training.replay.film import film_of
from lesson.training.replay.questions import questions
from lesson.widgets.catalogue import model, model_names, sample_text
from lstm import generate
from tests.app import open_page, rerun, without_error, words_of

each_model = pytest.mark.parametrize("name", model_names())


def open_replay(**query):
    """Open the training page at its part Replay."""
    return open_page("4_training.py", query)


def texts(app):
    return [code.value for code in app.code]


# -- the film and its numbers --


@each_model
def test_every_film_ends_readable_and_begins_with_noise(name):
    shown = film_of(name)
    assert shown.pieces[0] < 0.5 < films.WORTH_READING <= shown.pieces.max() <= 1
    assert 0 < shown.readable <= shown.last
    assert shown.pieces[shown.readable - 1] < films.WORTH_READING <= shown.pieces[shown.readable]
    assert shown.epochs[0] == 0 and shown.epochs[-1] == shown.checkpoint.history["epoch"][-1]
    assert (np.diff(shown.epochs) >= 0).all()


def test_epochs_are_those_of_the_steps():
    shown = film_of("fables")
    steps, epochs = shown.checkpoint.history["step"][-1], shown.checkpoint.history["epoch"][-1]
    chunks = steps / epochs
    assert shown.epochs.tolist() == np.ceil(shown.checkpoint.snapshots.step / chunks).tolist()


@each_model
def test_pieces_are_counted_over_the_indices_as_over_the_text(name):
    shown = film_of(name)
    vocabulary = shown.checkpoint.vocabulary
    learned = vocabulary.encode(sample_text(shown.checkpoint.notes["text"])).astype(np.int64)
    pieces = [
        np.lib.stride_tricks.sliding_window_view(ids.astype(np.int64), films.PIECE, axis=-1)
        @ len(vocabulary) ** np.arange(films.PIECE)
        for ids in (learned, shown.checkpoint.snapshots.samples)
    ]
    np.testing.assert_allclose(shown.pieces, np.isin(pieces[1], pieces[0]).mean(axis=-1))


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
    first, overfits = questions()
    shown = film_of("fables")
    letters = films.settles(shown.letters, 0.75)
    words = films.settles([films.words_known(t, sample_text("fables")) for t in shown.texts], 0.5)
    sentences = films.settles([films.sentences_begun(t) for t in shown.texts], 0.9)
    assert letters < words <= sentences
    assert (
        first.right_answer.text == "How frequent spaces and letters are"
        and first.right_answer in first.answers
    )
    lstm, gru = (film_of(name).checkpoint.snapshots for name in ("fables", "fables_gru"))
    assert gru.loss[-1] < lstm.loss[-1] and lstm.validation_loss[-1] < gru.validation_loss[-1]
    assert overfits.right_answer.text == "The LSTM"
    assert f"{gru.validation_loss[-1]:.2f} in validation" in overfits.answer(overfits.id_of("The LSTM")).reply


def test_every_answer_has_a_reply_of_its_own_with_what_was_measured():
    first, overfits = questions()
    step = film_of("fables").checkpoint.snapshots.step
    letters = f"as frequent as in its text from step {step[films.settles(film_of('fables').letters, 0.75)]:,}"
    ends = [f"{film_of(n).checkpoint.snapshots.validation_loss[-1]:.2f}" for n in ("fables", "fables_gru")]
    for question, measured in ((first, [letters]), (overfits, ends)):
        assert len({a.reply for a in question.answers}) == len(question.answers) == 3
        for reply in (a.reply for a in question.answers):
            assert all(number in reply for number in measured)


@each_model
@pytest.mark.parametrize("moment", [0, -1])
def test_gates_and_probabilities_are_those_of_the_moment(name, moment):
    shown = film_of(name)
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
    shown = film_of("fables")
    net = shown.network(shown.last)
    np.testing.assert_allclose(net.weights.flat, model("fables").net.weights.flat, atol=1e-2)


def test_overfitting_is_named_where_it_is_measured_and_nowhere_else():
    assert "overfitting" in films.change_since(film_of("fables_gru"), film_of("fables_gru").last)
    programs = film_of("programs")
    assert not any("overfitting" in films.change_since(programs, m) for m in range(programs.last))


def test_the_catalogue_has_a_row_for_every_model():
    table = films.catalogue()
    assert [row["model"] for row in table] == model_names()
    row = next(row for row in table if row["model"] == "fables_gru")
    assert (row["cell"], row["text"], row["units"]) == ("GRU", "fables", 128)
    assert row["parameters"] == model("fables_gru").net.weights.flat.size
    assert row["validation loss"] == "1.12 of 4.08" and row["worth reading"].startswith("from step ")


def test_the_marker_stands_at_the_losses_that_are_told():
    shown = film_of("fables")
    for moment, step in enumerate(shown.checkpoint.snapshots.step):
        curve = shown.marked(moment)
        training, validation = curve.at_marker()
        assert curve.at == step and f"validation loss {validation:.2f}" in films.place_of(shown, moment)
        assert np.isnan(training) if moment == 0 else f"loss {training:.2f}," in films.place_of(shown, moment)


def test_gates_are_measured_on_text_that_was_kept_from_training():
    shown = film_of("rhymes")
    text = sample_text(shown.checkpoint.notes["text"])
    read = shown.checkpoint.vocabulary.decode(shown.validation_text)
    begin = len(text) - int(len(text) * 0.1)
    assert read == text[begin : begin + films.MEASURED_LENGTH]


# -- the page --


@each_model
def test_every_model_opens_and_its_slider_has_two_ends(name):
    app = open_replay(model=name)
    shown = film_of(name)
    assert app.selectbox(key="model").value == name and not app.warning
    step = shown.checkpoint.snapshots.step[shown.readable]
    assert f"worth reading from step {step:,}" in words_of(app)
    for moment in (0, shown.last):
        app.slider(key="moment").set_value(moment)
        rerun(app)
        (written,) = texts(app)
        assert written.strip("\n") == shown.texts[moment].strip("\n")  # st.code drops an empty line at an end
        assert films.place_of(shown, moment) in words_of(app)
        assert films.change_since(shown, moment) in words_of(app)
        assert ("A plain RNN has no gates" in words_of(app)) == (shown.checkpoint.net.kind == "rnn")
        assert "nan" not in words_of(app)


def drawn(app, name):
    """What a drawing of the page was sent."""
    (found,) = (e.proto for e in app.get("bidi_component") if e.proto.component_name == name)
    (sent,) = json.loads(found.mixed.json or found.json)
    return sent


def test_curves_and_bars_are_those_of_the_model_and_the_moment():
    app = open_replay(model="fables_rnn", moment="6")
    shown = film_of("fables_rnn")
    snapshots = shown.checkpoint.snapshots
    losses, bars = drawn(app, "losses"), drawn(app, "bars")
    (run,) = losses["runs"]
    assert run["at"] == snapshots.step[6] and losses["guess"][1] == f"guessing: ln 59 = {shown.guess:.2f}"
    assert run["dots"] == [round(1000 * loss[6]) for loss in (snapshots.loss, snapshots.validation_loss)]
    likely = films.expected("fables_rnn", 6, "")
    assert bars["rows"][0][2] == round(10_000 * float(likely.max())) and len(bars["rows"]) == 8
    assert f"validation ends at {snapshots.validation_loss[-1]:.2f}" in losses["alt"]


def test_the_code_of_a_drawing_is_sent_once_a_visit():
    def components(app):
        return [e.proto.component_name for e in app.get("bidi_component")]

    app = open_replay()
    assert components(app).count("losses_code") == components(app).count("bars_code") == 1
    app.slider(key="moment").set_value(3)
    assert components(rerun(app)) == ["losses", "bars"]


def test_a_model_can_be_chosen_in_the_catalogue():
    app = open_replay(moment="3")
    catalogue = app.radio(key="catalogue")
    assert catalogue.value == "fables" and len(catalogue.proto.captions) == len(model_names())
    assert "LSTM with 128 units, 103,867 parameters · text: fables" in catalogue.proto.captions[0]
    catalogue.set_value("rhymes")
    rerun(app)
    assert app.selectbox(key="model").value == "rhymes" and texts(app) == [film_of("rhymes").texts[3]]
    app.selectbox(key="model").set_value("places")
    assert rerun(app).radio(key="catalogue").value == "places"


def test_another_model_is_shown_at_the_same_moment():
    app = open_replay(moment="7")
    app.selectbox(key="model").set_value("rhymes")
    rerun(app)
    assert texts(app) == [film_of("rhymes").texts[7]]


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
    app = open_replay(**query)
    assert words in " ".join(warning.value for warning in app.warning)


@pytest.mark.parametrize("prompt", ["<script>alert(1)</script>", "🦊🦊 fox 狐", "x" * 600, "**", " ", "\x00"])
def test_strange_prompts_are_read_as_far_as_they_are_known(prompt):
    app = open_replay(replay_prompt=prompt, model="fables", moment="9")
    unknown = film_of("fables").checkpoint.vocabulary.unknown(prompt)
    assert texts(app)[1:] == ([" ".join(unknown)] if unknown else [])
    assert ("left out" in words_of(app)) == bool(unknown)
    assert ("only the last 200" in words_of(app)) == (len(prompt) > 200)
    assert not any("script" in e.value for e in (*app.markdown, *app.caption))


def test_a_prompt_changes_what_is_expected():
    assert films.expected("fables", 11, "The fo").argmax() != films.expected("fables", 11, "").argmax()


def test_play_goes_through_the_moments_and_stops_at_the_end(monkeypatch):
    monkeypatch.setattr(replay, "PACE", 0)
    app = open_replay(moment="9")
    without_error(app.button(key="replay_play").click().run())
    for _ in range(4):
        rerun(app)
    assert app.slider(key="moment").value == 11 and not app.session_state["replay_playing"]
    assert app.button(key="replay_play").label == "Play"
    assert texts(app) == [film_of("fables").texts[11]]


def test_play_can_be_stopped_and_moving_the_slider_stops_it():
    app = open_replay(moment="11")
    without_error(app.button(key="replay_play").click().run())
    assert app.button(key="replay_play").label == "Stop" and app.slider(key="moment").value == 0
    without_error(app.button(key="replay_play").click().run())
    assert app.button(key="replay_play").label == "Play"
    without_error(app.button(key="replay_play").click().run())
    app.slider(key="moment").set_value(5)
    rerun(app)
    assert app.button(key="replay_play").label == "Play" and app.slider(key="moment").value == 5
