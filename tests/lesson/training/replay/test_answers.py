"""What the replay's slider looks up: every moment as the library has it, prompts, bad questions."""

import json

import numpy as np
import pytest

from lesson.answers import answers
from lesson.frame.query import Query, QueryError
from lesson.training.replay import film as films
from lesson.training.replay.answers import EXPECTED, FILM, expected_answer, film_answer, moments
from lesson.training.replay.film import film_of
from lesson.widgets.catalogue import model_names
from lesson.widgets.inline_html import inline_html
from lstm import generate
from visualization.drawings.bars import likeliest

each_model = pytest.mark.parametrize("name", model_names())


def whole(name):
    """The answer along a model's moments."""
    return film_answer(Query({"model": name, "along": "moment"}))


def after(prompt, name="fables"):
    """What is expected after a prompt, at every moment."""
    return expected_answer(Query({"model": name, "replay_prompt": prompt}))


def bars_of(shown, moment, prompt):
    """The bars of the library's own probabilities."""
    net, vocabulary = shown.network(moment), shown.checkpoint.vocabulary
    (step,) = generate(net, vocabulary, prompt, 1, temperature=1.0, seed=3)
    return likeliest(step.probabilities, vocabulary.chars)


@each_model
def test_every_moment_is_the_films(name):
    shown, answer = film_of(name), whole(name)
    snapshots = shown.checkpoint.snapshots
    assert len(answer["frames"]) == len(moments().grid) >= shown.last + 1
    assert answer["common"]["reading"] == inline_html(films.describe_reading(shown))
    steps = snapshots.step.tolist()
    assert answer["common"]["steps"][: len(steps)] == [f"step {step:,}" for step in steps]
    assert len(answer["common"]["steps"]) == len(moments().grid)
    for moment, frame in enumerate(answer["frames"]):
        at = min(moment, shown.last)
        assert frame["text"] == shown.texts[at]
        assert frame["where"] == inline_html(films.place_of(shown, at))
        assert frame["change"] == inline_html(films.change_since(shown, at))
        assert frame["at"] == snapshots.step[at] and f"at step {snapshots.step[at]:,} " in frame["alt"]
        losses = [snapshots.loss[at], snapshots.validation_loss[at]]
        assert frame["dots"][1] == round(1000 * losses[1])
        assert at == 0 or frame["dots"][0] == round(1000 * losses[0])
        assert ("A plain RNN has no gates" in frame["gates"]) == (shown.checkpoint.net.kind == "rnn")
        assert "nan" not in json.dumps({**frame, "alt": "", "text": ""})
    assert (answer["common"]["measured"] == "") == (shown.checkpoint.net.kind == "rnn")


@each_model
@pytest.mark.parametrize("moment", [0, -1])
def test_gates_and_next_characters_are_those_of_the_moment(name, moment):
    shown = film_of(name)
    frame = whole(name)["frames"][moment]
    assert frame["next"]["rows"] == bars_of(shown, moment % (shown.last + 1), "")
    gates = shown.network(moment % (shown.last + 1)).run(shown.validation_text).values
    for letter in {"lstm": "fio", "gru": "zr", "rnn": ""}[shown.checkpoint.net.kind]:
        assert (
            f"<b>{letter}</b>" in frame["gates"] and f"<td>{gates[letter].mean():.2f}</td>" in frame["gates"]
        )


def test_one_moment_is_that_of_the_whole_film_and_the_curves_are_sent_once():
    alone, along = film_answer(Query({"model": "fables_rnn", "moment": "6"})), whole("fables_rnn")
    assert alone["frames"] == [along["frames"][6]] and alone["common"] == along["common"]
    (run,) = along["common"]["losses"]["runs"]
    assert run["at"] is None and run["dots"] == [] and "losses" not in along["frames"][0]
    assert along["common"]["losses"]["guess"][1] == f"guessing: ln 59 = {film_of('fables_rnn').guess:.2f}"


def test_a_film_answers_without_a_network_once_it_is_made(monkeypatch):
    whole("rhymes")
    monkeypatch.setattr(films, "networks", None)
    monkeypatch.setattr(films, "generate", None)
    assert whole("rhymes")["frames"]


def test_a_prompt_is_read_by_the_network_of_every_moment():
    shown, answer = film_of("fables"), after("The fo")
    assert answer["unknown"] == answer["long"] == ""
    for moment in (0, 5, shown.last):
        frame = answer["frames"][moment]
        assert frame["rows"] == bars_of(shown, moment, "The fo")
        assert f"{frame['rows'][0].character} {frame['rows'][0].says}" in frame["alt"]
    assert answer["frames"][shown.last] != whole("fables")["frames"][shown.last]["next"]


@pytest.mark.parametrize(
    ("prompt", "words", "read"),
    [
        ("<script>alert(1)</script>", "so they are left out: <code>&lt; &gt; ( 1 ) /</code>",
         "scriptalertscript"),
        ("🦊🦊 fox 狐", "these characters, so they are left out: <code>🦊 狐</code>", " fox "),
        ("The\x00", "this character, so it is left out: <code>\x00</code>", "The"),
        ("**", "this character, so it is left out: <code>*</code>", ""),
        (" ", "", " "),
        ("x" * 600, "", "x" * 200),
    ],
)  # fmt: skip
def test_strange_prompts_are_read_as_far_as_they_are_known(prompt, words, read):
    answer = after(prompt)
    assert words in answer["unknown"] and (answer["unknown"] == "") == (words == "")
    assert ("only its last 200" in answer["long"]) == (len(prompt) > 200)
    assert answer["frames"][-1]["rows"] == bars_of(film_of("fables"), film_of("fables").last, read)


def test_of_many_unknown_characters_some_are_named():
    assert after("".join(map(chr, range(0x4E00, 0x4E00 + 150))))["unknown"].count(" ") < 75


def test_expected_probabilities_have_a_row_for_every_moment():
    probabilities = films.expected("rhymes", "The")
    shown = film_of("rhymes")
    assert probabilities.shape == (shown.last + 1, len(shown.checkpoint.vocabulary))
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, rtol=1e-5)


@pytest.mark.parametrize(
    "values",
    [
        {"model": "<script>"}, {"model": ""}, {"model": "../fables"}, {"moment": "99"}, {"moment": "-1"},
        {"moment": "x"}, {"moment": "1.5"}, {"moment": "1_0"}, {"along": "model"}, {"along": "replay_prompt"},
        {"along": "moment" * 40},
    ],
)  # fmt: skip
def test_a_question_that_no_page_sends_is_refused(values):
    with pytest.raises(QueryError):
        film_answer(Query(values))


@pytest.mark.parametrize("name", ["nobody", "fables.npz"])
def test_a_prompt_for_no_model_is_refused(name):
    with pytest.raises(QueryError):
        after("The", name)


def test_both_answers_are_json_and_small_enough_for_a_class():
    table = answers()
    film_, expected = table[FILM], table[EXPECTED]
    assert film_.in_thread and expected.in_thread and not film_.changes
    assert len(film_.reply(Query({"model": "fables", "along": "moment"}))) < 30_000
    assert len(film_.reply(Query({"model": "fables"}))) < 5_000
    assert len(expected.reply(Query({"replay_prompt": "The\ufffe" * 100}))) < 5_000
