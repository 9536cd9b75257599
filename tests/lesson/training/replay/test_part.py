"""The replay: what is said of every model's training, measured; the page and its links."""

import numpy as np
import pytest

from assets.build.models import MODELS
from lesson.training.replay import film as films
from lesson.training.replay.answers import EXPECTED, FILM
from lesson.training.replay.film import film_of
from lesson.training.replay.questions import ALIKE, at_their_best, questions
from lesson.training.replay.reading import ENOUGH, sentences_begun
from lesson.widgets.catalogue import model, model_names, sample_text
from tests.app import open_page, panel_of

each_model = pytest.mark.parametrize("name", model_names())


def open_replay(**query):
    """Open the training page at its part Replay."""
    return open_page("4_training.py", query)


# -- the film and its numbers --


@each_model
def test_a_film_is_readable_from_where_on_its_measure_stays_high(name):
    shown = film_of(name)
    assert shown.epochs[0] == 0 and shown.epochs[-1] == shown.checkpoint.history["epoch"][-1]
    assert (np.diff(shown.epochs) >= 0).all()
    said, at = films.describe_reading(shown), shown.readable
    if name == "brackets":  # an alphabet of eleven has no words
        assert at is None and "no words to read" in said and "readable" not in said
        return
    assert 0 < at <= shown.last and (shown.imitated[at:] >= ENOUGH).all()
    assert shown.imitated[at - 1] < ENOUGH and shown.imitated[0] < 0.5
    steps = [f"{step:,}" for step in shown.checkpoint.snapshots.step]
    assert said.startswith(
        f"Of the {len(steps)} moments that we kept, step {steps[at]} is the first from which on what it "
        "writes is readable"
    )
    assert said.endswith(f"The moment before is step {steps[at - 1]}.")


@each_model
def test_what_is_written_is_compared_with_the_part_that_was_learned_from(name):
    shown = film_of(name)
    text = sample_text(shown.checkpoint.notes["text"])
    learned = text[: len(text) - int(0.1 * len(text))]
    assert shown.characters == len(learned)
    assert shown.imitated.tolist() == [shown.measure.share(written, learned) for written in shown.texts]


def test_epochs_are_those_of_the_steps():
    shown = film_of("fables")
    steps, epochs = shown.checkpoint.history["step"][-1], shown.checkpoint.history["epoch"][-1]
    chunks = steps / epochs
    assert shown.epochs.tolist() == np.ceil(shown.checkpoint.snapshots.step / chunks).tolist()


def test_characters_alike_is_1_for_the_same_text_and_0_for_another():
    a, b = np.array([0, 0, 1]), np.array([2, 2, 2])
    assert films.letters_alike(a, a, 3) == pytest.approx(1) and films.letters_alike(a, b, 3) == 0


def test_the_shares_behind_the_question():
    assert sentences_begun("It is. So it is. and") == 0.5
    assert sentences_begun("no end") == 0
    assert films.settles([0.9, 0.1, 0.8, 0.9], 0.5) == 2
    assert films.settles([0.9, 0.1], 0.5) is None and films.settles([0.9], 0.5) == 0


def test_the_answers_of_the_questions_are_what_was_measured():
    first, reading, overfits = questions()
    shown = film_of("fables")
    letters, words = films.settles(shown.letters, 0.75), films.settles(shown.imitated, 0.5)
    sentences = films.settles([sentences_begun(t) for t in shown.texts], 0.9)
    assert letters < words <= sentences and first.right == "frequencies"
    steps = shown.checkpoint.snapshots.step
    assert reading.id == "readable_from"
    assert reading.right_answer.text == f"From step {films.readable_from(shown)} on"
    early = [answer for answer in reading.answers if answer.id in ("at_once", "early")]
    for answer in early:
        (moment,) = (m for m, step in enumerate(steps) if answer.text == f"From step {step:,} on")
        assert moment < shown.readable and f"{shown.imitated[moment]:.0%} of the words" in answer.reply
    kept = f"Of the {len(steps)} moments that we kept, step {steps[shown.readable]:,} is the first"
    for answer in reading.answers:
        assert kept in answer.reply and f"the one before is {steps[shown.readable - 1]:,}." in answer.reply
    assert f"We kept {len(steps)} moments" in reading.text
    lstm, gru = (film_of(name).checkpoint.snapshots for name in ("fables", "fables_gru"))
    assert gru.loss[-1] < lstm.loss[-1] and lstm.validation_loss[-1] < gru.validation_loss[-1]
    assert overfits.right == "lstm"


def test_every_answer_has_a_reply_of_its_own_with_what_was_measured():
    first, reading, overfits = questions()
    shown = film_of("fables")
    letters = f"From step {shown.checkpoint.snapshots.step[films.settles(shown.letters, 0.75)]:,} on, its"
    ends = [f"{film_of(n).checkpoint.snapshots.validation_loss[-1]:.2f}" for n in ("fables", "fables_gru")]
    best = [f"validation loss was {film_of('fables_gru').best.loss:.2f}"]
    best += [f"the LSTM's was {film_of('fables').best.loss:.2f}"]
    for question, measured in ((first, [letters]), (reading, []), (overfits, ends + best)):
        assert len({a.reply for a in question.answers}) == len(question.answers) >= 3
        for reply in (a.reply for a in question.answers):
            assert all(number in reply for number in measured)


def test_the_two_networks_were_trained_as_it_is_said():
    assert MODELS["fables"]["dropout"] and MODELS["fables"]["schedule"] == "cosine"
    assert not MODELS["fables_gru"].get("dropout")
    lstm, gru = film_of("fables"), film_of("fables_gru")
    assert int(gru.epochs[-1]) > gru.best.epoch and "training went on" in at_their_best(lstm, gru)


def test_replay_does_not_say_when_the_gru_was_at_its_best_because_live_asks_for_it():
    best = film_of("fables_gru").best
    replies = " ".join(answer.reply for question in questions() for answer in question.answers)
    assert f"{best.step:,}" not in replies and f"epoch {best.epoch}" not in replies


def test_two_networks_that_are_alike_at_their_best_are_called_equal_and_others_are_not():
    lstm, gru = film_of("fables"), film_of("fables_gru")
    assert abs(lstm.best.loss - gru.best.loss) < ALIKE and "they are equal" in at_their_best(lstm, gru)
    rnn = film_of("fables_rnn")
    assert rnn.best.loss > lstm.best.loss + ALIKE and "the LSTM is better" in at_their_best(lstm, rnn)


def test_the_last_moment_is_nearly_the_model():
    shown = film_of("fables")
    net = shown.network(shown.last)
    np.testing.assert_allclose(net.weights.flat, model("fables").net.weights.flat, atol=1e-2)


def test_overfitting_is_named_where_it_is_measured_and_nowhere_else():
    for shown in map(film_of, model_names()):
        loss, held_out = shown.checkpoint.snapshots.loss, shown.checkpoint.snapshots.validation_loss
        for m in range(1, shown.last + 1):
            parts = loss[m] < loss[m - 1] and held_out[m] > held_out[m - 1] + 0.02
            assert ("**overfits**" in films.change_since(shown, m)) == parts
    assert "overfits" in films.change_since(film_of("fables_gru"), film_of("fables_gru").last)


def test_the_catalogue_has_a_row_for_every_model():
    table = films.catalogue()
    assert [row["model"] for row in table] == model_names()
    row = next(row for row in table if row["model"] == "fables_gru")
    assert (row["cell"], row["text"], row["units"]) == ("GRU", "fables", 128)
    assert row["parameters"] == model("fables_gru").net.weights.flat.size
    assert row["validation loss"] == "1.12 (guessing: 4.08)"
    steps = film_of("fables_gru").checkpoint.snapshots.step
    assert row["readable from step"] in [f"{step:,}" for step in steps]


def test_the_marker_stands_at_the_losses_that_are_told():
    shown = film_of("fables")
    for moment, step in enumerate(shown.checkpoint.snapshots.step):
        curve = shown.marked(moment)
        training, validation = curve.at_marker()
        assert curve.at == step and f"validation loss is {validation:.2f}" in films.place_of(shown, moment)
        assert (
            np.isnan(training) if moment == 0 else f"loss is {training:.2f}," in films.place_of(shown, moment)
        )


def test_gates_are_measured_on_text_that_was_kept_from_training():
    shown = film_of("rhymes")
    text = sample_text(shown.checkpoint.notes["text"])
    read = shown.checkpoint.vocabulary.decode(shown.validation_text)
    begin = len(text) - int(len(text) * 0.1)
    assert read == text[begin : begin + films.MEASURED_LENGTH]


# -- the page --


def test_the_panel_has_every_model_every_moment_and_a_prompt():
    data = panel_of(open_replay())
    model_, moment, prompt = data["controls"]
    assert (data["answers"], data["look"]["expected"]) == (FILM, EXPECTED) and data["setting"] == {}
    assert model_["values"] == model_names() and moment["along"] and not model_["along"]
    assert moment["values"] == [str(m) for m in range(1 + max(film_of(n).last for n in model_names()))]
    assert prompt["kind"] == "text" and not prompt["inQuestion"] and moment["inQuestion"]


def test_the_catalogue_on_the_page_compares_all_models():
    catalogue = panel_of(open_replay())["look"]["catalogue"]
    assert [row[0] for row in catalogue["rows"]] == model_names()
    row = dict(zip(catalogue["columns"], catalogue["rows"][0], strict=True))
    assert row["model"] == "fables" and row["parameters"] == "103,867" and row["cell"] == "LSTM"
    assert "75%" in catalogue["note"]


@pytest.mark.parametrize(
    ("query", "setting"),
    [
        ({"model": "rhymes", "moment": "7"}, {"model": "rhymes", "moment": "7"}),
        ({"replay_prompt": "<b>The"}, {"replay_prompt": "<b>The"}),
        ({"replay_prompt": "x" * 600}, {"replay_prompt": "x" * 600}),
        ({"prompt": "The"}, {"replay_prompt": "The"}),
    ],
)
def test_a_link_opens_its_state(query, setting):
    app = open_replay(**query)
    assert panel_of(app)["setting"] == setting and not app.warning


@pytest.mark.parametrize(
    ("query", "words", "setting"),
    [
        ({"moment": "99"}, "`moment` that does not exist; showing 11", {"moment": "11"}),
        ({"moment": "-3"}, "showing 0", {"moment": "0"}),
        ({"moment": "x"}, "showing 0", {"moment": "0"}),
        ({"moment": ["3", "4"]}, "`moment` 2 times; showing 4", {"moment": "4"}),
        ({"model": "<script>"}, "`model` that does not exist; showing fables",
         {"model": "fables"}),
        ({"tab": "Train one now"}, "`tab` that does not exist; showing Replay", {}),
    ],
)  # fmt: skip
def test_a_link_that_asks_for_what_there_is_not_opens_the_nearest(query, words, setting):
    app = open_replay(**query)
    assert words in " ".join(warning.value for warning in app.warning)
    assert panel_of(app)["setting"] == setting
