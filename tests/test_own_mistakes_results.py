"""The tables of one wrong character and of free running are what their scripts measure, and fit the page."""

import json
import re

import numpy as np
import pytest

from assets.build.experiments import free_running, own_mistakes
from assets.build.experiments.table import FOLDER
from lesson.sampling.own_mistakes import measured, prose
from lesson.sampling.own_mistakes.answers import FOLLOWING
from lesson.sampling.own_mistakes.free_sentences import change_of
from lesson.sampling.own_mistakes.measured import written
from lesson.sampling.own_mistakes.questions import questions, recovery
from lesson.sampling.own_mistakes.sentences import SOON
from lesson.sampling.parameters import BY_SURPRISE, FREE_TEMPERATURE, WRONG_RANK
from lstm.storage.checkpoint import read


def table(module):
    return json.loads((FOLDER / f"{module.NAME}.json").read_text("utf-8"))


@pytest.mark.parametrize("module", [own_mistakes, free_running], ids=lambda module: module.NAME)
def test_a_table_fits_its_settings(module):
    assert table(module)["settings"] == json.loads(json.dumps(module.SETTINGS))


def test_every_network_has_a_row_for_every_kind_of_mistake():
    rows = table(own_mistakes)["rows"]
    assert [(r["network"], r["kind"]) for r in rows] == [
        (network, kind) for network in own_mistakes.NETWORKS for kind in own_mistakes.KINDS
    ]
    length = own_mistakes.SETTINGS["characters"]
    assert length >= FOLLOWING and own_mistakes.SOON == SOON
    for row in rows:
        assert {len(row[name]) for name in ("mean", "low", "median", "high", "error")} == {length}
        assert {len(values) for values in row["distance"].values()} == {length + 1}
        assert (np.array(row["low"]) <= row["high"]).all()
        assert sum(row["mean"]) == pytest.approx(row["total"], abs=0.01)


@pytest.mark.slow
def test_the_rnn_gives_the_same_again():
    for stored in (r for r in table(own_mistakes)["rows"] if r["network"] == "fables_rnn"):
        again = own_mistakes.measure("fables_rnn", stored["kind"])
        # Places and draws are the same; a draw from the network's own probabilities may tip over.
        np.testing.assert_allclose(again["mean"], stored["mean"], atol=0.02)
        assert again["intact"] == pytest.approx(stored["intact"], abs=1e-3)


def test_every_network_has_written_at_every_temperature_of_the_slider():
    rows = {(r["network"], r["temperature"]) for r in table(free_running)["rows"]}
    temperatures = (free_running.TRUE, *FREE_TEMPERATURE.grid)
    assert rows == {(network, t) for network in measured.NETWORKS.values() for t in temperatures}
    assert {measured.NETWORKS[name]: measured.NETWORKS[judge] for name, judge in measured.JUDGES.items()} == (
        free_running.JUDGES
    )
    for row in table(free_running)["rows"]:
        assert {len(row[n]) for n in ("surprise", "error", "known_words", "known_error")} == {
            len(measured.ranges())
        }
        assert 0 <= min(row["known_words"]) <= max(row["known_words"]) <= 1


@pytest.mark.slow
def test_the_true_continuation_gives_the_same_again():
    (stored,) = (
        r
        for r in table(free_running)["rows"]
        if (r["network"], r["temperature"]) == ("fables_rnn", free_running.TRUE)
    )
    again = free_running.measure("fables_rnn", free_running.TRUE)
    assert again["known_words"] == stored["known_words"]
    np.testing.assert_allclose(again["surprise"], stored["surprise"], atol=1e-3)


def test_a_text_is_written_on_as_the_network_draws_it():
    """At temperature 0 the likeliest character is taken, after a whole reading of all before it."""
    model = read(own_mistakes.MODELS / "fables_rnn.npz")
    begun = free_running.beginnings(model.vocabulary.encode(own_mistakes.texts()[1]))[:30, :3]
    written = free_running.write_on(model.net, begun, 0.0)[:25]
    for column in range(3):
        ids = list(begun[:, column])
        for index in written[:, column]:
            assert model.net.run(ids).logits[-1, 0].argmax() == index
            ids.append(index)


# -- what the page says of them --


def test_the_rank_slider_has_every_wrong_character():
    for file in measured.NETWORKS.values():
        assert len(read(own_mistakes.MODELS / f"{file}.npz").vocabulary) == WRONG_RANK.high + 1


def test_the_right_answers_are_those_of_the_tables():
    assert {one.id: one.right for one in questions()} == {"one_wrong_letter": "soon", "pile_up": "level"}
    mean = measured.mistakes()["LSTM", measured.LIKELIEST].mean
    assert max(mean[recovery("LSTM") - 1 :]) < 0.1 <= min(mean[: recovery("LSTM") - 1])


def test_the_sentences_hold():
    rows = {name: measured.mistakes()[name, measured.LIKELIEST] for name in measured.NETWORKS}
    words = prose.about_mistakes()
    assert min(rows, key=lambda name: rows[name].total) == "RNN" and "**The RNN recovers fastest**" in words
    assert max(rows, key=lambda name: rows[name].intact) == "RNN" and "predicts worst" in words
    assert "A likely mistake costs more" in words
    for name, row in rows.items():
        assert row.mean[0] > measured.mistakes()[name, measured.ANY].mean[0]
    distance = rows["LSTM"].distance
    assert distance["C"][40] > 10 * distance["h"][40] and "much longer" in words
    own, true = measured.written()["LSTM", 1.0], measured.written()["LSTM", None]
    assert own.surprise[-1] <= own.surprise[0] + 2 * np.hypot(own.error[0], own.error[-1])
    assert min(own.surprise) > max(true.surprise) and max(own.known_words) < min(true.known_words)
    said = prose.what_follows()
    assert "At temperature 1 mistakes do not pile up." in said
    for name, highest in re.findall(r"text of the (\w+) at ([\d.]+) and less", said):
        for (network, temperature), row in written().items():
            if network == name and temperature is not None and temperature <= 1:
                change = change_of(row, BY_SURPRISE)
                rises = change.is_clear and change.last > change.first
                assert rises == (temperature <= float(highest)), (name, temperature)
