"""The part Read its memory of the sampling page, as it is opened from a link and asked."""

import re

import numpy as np
import pandas as pd
import pytest

from lesson.sampling.memory.gate_statistics import readings_in_words
from lesson.sampling.memory.keeping import closings_in_words, half_lives_in_words
from lesson.sampling.memory.questions import memory_questions
from lesson.sampling.networks import network_named
from lesson.sampling.parameters import MEMORY
from lesson.sampling.write.passages import Draw, gates_and_states, read, write
from lesson.widgets.catalogue import model, model_names
from tests.app import rerun, words_of
from tests.lesson.sampling.opening import asked_by, frame_of, numbers, open_sampling, panel_of
from visualization.symbols import letters_of_cell, symbol_of_letter


@pytest.mark.parametrize("name", model_names())
def test_the_map_holds_the_values_of_every_symbol(name):
    chosen = network_named(name)
    written = write(chosen, Draw(length=100))
    for symbol in letters_of_cell(chosen.checkpoint.net.kind):
        frame = frame_of("memory", network=name, symbol=symbol, order="by number", n="100")
        codes = numbers(frame["codes"], "<i2").reshape(len(frame["units"]), -1)
        values = gates_and_states(chosen, written)[symbol_of_letter(symbol).id]
        np.testing.assert_array_equal(codes, np.rint(100 * values.astype(float)).T)


def test_a_link_chooses_unit_character_and_order():
    app = open_sampling(MEMORY, unit="17", at="12", order="by mean", n="100")
    setting, frame = panel_of(app, "memory")["setting"], asked_by(app, "memory")
    assert setting["unit"] == "17" and frame["at"] == 11
    assert "Unit 17 of C: mean" in frame["words"][17]
    C = gates_and_states(network_named("fables"), write(network_named("fables"), Draw(length=100)))["C"]
    means = np.tanh(C).mean(axis=0)[frame["units"]]
    assert (np.diff(means) <= 1e-6).all()


def test_without_a_link_the_liveliest_unit_is_looked_at():
    C = gates_and_states(network_named("fables"), write(network_named("fables"), Draw(length=100)))["C"]
    assert frame_of("memory", n="100")["unit"] == np.tanh(C).std(axis=0).argmax()


def test_text_that_it_never_saw_is_read():
    app = open_sampling(MEMORY, reads="text it never saw")
    assert asked_by(app, "memory")["text"] == network_named("fables").unseen_text(500)
    names = [control["name"] for control in panel_of(app, "memory")["controls"]]
    assert "tau" not in names, "how a text was written says nothing of one that was not"


def test_a_text_of_ones_own_is_read_and_what_is_unknown_named():
    app = open_sampling(MEMORY, reads="my own text")
    assert "two characters or more that the network knows" in words_of(app)
    app.text_area(key="memory_text").set_value("The 狐 fox <script>")
    rerun(app)
    assert "狐" in app.code[0].value
    assert panel_of(app, "memory")["byPost"]
    text = "".join(c for c in "The 狐 fox <script>" if c in model("fables").vocabulary)
    assert asked_by(app, "memory")["text"] == text
    assert frame_of("memory", reads="my own text", own="The 狐 fox <script>")["text"] == text
    assert "two characters" in frame_of("memory", reads="my own text", own="狐")["missing"]


def test_another_network_has_other_gates_and_fewer_units_and_the_page_goes_on():
    app = open_sampling(MEMORY, unit="127", symbol="o", n="100")
    for name in ("fables_gru", "fables_rnn", "brackets"):
        app.query_params["symbol"] = letters_of_cell(model(name).net.kind)[0]  # as the browser writes it
        app.selectbox(key="network").set_value(name)
        rerun(app)
        options = panel_of(app, "memory")["controls"][0]["values"]
        assert options == list(letters_of_cell(model(name).net.kind))
        assert len(asked_by(app, "memory")["units"]) == model(name).net.hidden_size


def test_the_statistics_are_over_all_units_and_characters():
    gates = gates_and_states(network_named("fables"), write(network_named("fables"), Draw(length=100)))
    frame, f = frame_of("memory", n="100"), gates["f"]
    shares = [f"{(f > 0.9).mean():.0%}", f"{(f < 0.1).mean():.0%}"]
    assert frame["rows"][1] == ["f forget", f"{f.mean():.2f}", f"{f.std():.2f}", *shares]
    assert "The table covers 100 characters and 128 units." in frame["about"]
    assert "no gates" in frame_of("memory", network="fables_rnn")["about"]


def test_the_right_answer_is_among_the_answers():
    for question in memory_questions():
        assert question.right_answer in question.answers


def test_the_answer_is_what_was_measured():
    chosen = network_named("fables")
    f = gates_and_states(chosen, read(chosen, chosen.held_out[:500]))["f"]
    assert 0.5 < (f > 0.9).mean() < 0.9


def test_of_a_long_text_the_first_part_is_read_as_it_was_written():
    chosen, draw = network_named("fables"), Draw("The fox", length=1000)
    whole = write(chosen, draw)
    frame = frame_of("memory", prompt="The fox", n="1000", symbol="h", order="by number")
    codes = numbers(frame["codes"], "<i2").reshape(len(frame["units"]), -1)
    assert codes.shape[1] == 500 and frame["start"] == len("The fox")
    net = chosen.checkpoint.net  # nothing was read before the prompt, not even a line's end
    np.testing.assert_allclose(codes.T / 100, net.run(whole.ids[:500]).values["h"][:, 0], atol=0.0051)


@pytest.mark.parametrize("name", model_names())
def test_half_lives_are_said_unit_by_unit(name):
    kind = model(name).net.kind
    values = gates_and_states(network_named(name), write(network_named(name), Draw(length=100)))
    about = frame_of("memory", network=name, n="100")["about"]
    if kind == "rnn":
        assert "half-life" not in about
        return
    letter, state = ("f", "C") if kind == "lstm" else ("z", "h")
    assert (
        f"its own half-life of {state}. It is computed from the geometric mean of its {letter} over" in about
    )
    steps = [float(life.replace(",", "")) for life in re.findall(r"(?:most|than) ([\d.,]*\d) steps", about)]
    with np.errstate(divide="ignore"):
        factor = np.exp(np.log(values[letter].astype(float)).mean(axis=0))  # what is left of each unit a step
    for life, share in zip(steps, (0.25, 0.5, 0.95), strict=True):
        assert (factor ** (life - 0.1) > 0.5).mean() >= 1 - share
        assert (factor ** (life + 0.1) < 0.5).mean() >= share


def test_closed_units_are_counted():
    gate = np.array([[0.05, 0.05, 0.5], [0.05, 0.9, 0.5], [0.5, 0.9, 0.5]])
    words = (
        "In 2 of the 3 units f is below 0.1 at least once, and in 1 of them at more than half of the "
        "characters."
    )
    assert closings_in_words(gate, "f", 0.1) == words


def test_units_that_keep_all_and_nothing_have_half_lives_in_words():
    words = half_lives_in_words(np.array([[0.0, 0.5, 1.0, 1.0]] * 2), "f")
    assert words.endswith(
        "It is less than 0.1 steps in a quarter of the units, at most 1.0 steps in half of the units, and "
        "more than 3,000 steps in at least 5% of the units."
    )


def test_the_reply_about_open_gates_says_how_units_differ():
    fables = network_named("fables")
    f = gates_and_states(fables, read(fables, fables.held_out[:500]))["f"]
    (question,) = memory_questions()
    assert half_lives_in_words(f, "f") in question.right_answer.reply
    assert closings_in_words(f, "f", 0.1) in question.right_answer.reply


def test_characters_at_which_a_gate_stands_out_are_counted():
    table = pd.DataFrame(
        {"character": list("abab"), "reading": ["forgets, shows", "usual", "forgets", "writes"]}
    )
    assert readings_in_words(table) == (
        "In this text 3 of 4 characters are not “usual”. “forgets” describes 2 of them, most often ‘a’ "
        "(2 times)."
    )
