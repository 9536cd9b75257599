"""The part Write of the sampling page: what is written, and what is said of each character."""

import re

import numpy as np
import pytest

from lesson.sampling.networks import network_named
from lesson.sampling.write.passages import LONGEST_PROMPT, Draw, gates_and_states, longest_text, write
from lesson.sampling.write.questions import write_questions
from lesson.widgets.catalogue import model, model_names
from lstm import Vocabulary, generate
from lstm.sampling import distribution
from lstm.textstats.surprise import surprise
from tests.app import press, rerun, words_of
from tests.lesson.sampling.opening import numbers, open_sampling, pointer, shown


def text_of(app):
    return shown(app, "paper")["texts"][0]["chars"]


def test_it_is_what_the_library_writes_with_these_settings():
    app = open_sampling(network="fables", prompt="The fox", tau="0.6", k="10", p="0.9", n="100", s="7")
    net, vocabulary = model("fables").net, model("fables").vocabulary
    drawn = generate(net, vocabulary, "The fox", 100, 0.6, 10, 0.9, seed=7)
    assert text_of(app) == "The fox" + "".join(sampled.char for sampled in drawn)
    assert shown(app, "paper")["texts"][0]["start"] == len("The fox")


def test_the_same_settings_write_the_same_and_another_seed_does_not():
    first = text_of(open_sampling(n="100", s="3"))
    app = open_sampling(n="100", s="3")
    assert text_of(app) == first
    press(app, "Another")
    assert app.session_state["s"] == 4 and text_of(app) != first


def test_write_lets_the_text_appear_anew_and_nothing_else_does():
    app = open_sampling(n="100")
    assert shown(app, "paper")["stream"] == 0
    app.slider(key="tau").set_value(1.0)
    assert shown(rerun(app), "paper")["stream"] == 0
    assert shown(press(app, "Write"), "paper")["stream"] == 1


@pytest.mark.parametrize("name", model_names())
def test_every_model_writes(name):
    app = open_sampling(network=name, n="100")
    assert len(text_of(app)) == 100 and not app.error


def test_an_unknown_character_in_the_prompt_is_named_and_left_out():
    app = open_sampling(prompt="The 狐 fox", n="100")
    assert "never seen this character; it is left out" in app.warning[0].value
    assert app.code[0].value == "狐"
    assert text_of(app).startswith("The  fox")


def test_of_a_long_prompt_the_end_is_read_and_it_is_said():
    app = open_sampling(prompt="a" * LONGEST_PROMPT + "The fox", n="100")
    assert f"only the last {LONGEST_PROMPT} characters" in words_of(app)
    assert text_of(app)[:LONGEST_PROMPT].endswith("The fox")


@pytest.mark.parametrize("prompt", ["", "The fox"])
def test_what_was_expected_is_what_it_was_drawn_from(prompt):
    draw = Draw(prompt, 0.7, 8, 0.95, 200, 5)
    written = write(network_named("fables"), draw)
    steps = generate(
        model("fables").net, model("fables").vocabulary, prompt, 200, 0.7, 8, 0.95, seed=5
    )  # fmt: skip
    expected = written.expected(draw)
    for k, sampled in enumerate(steps, len(prompt)):
        np.testing.assert_allclose(written.logits[k], sampled.logits, atol=1e-4)
        np.testing.assert_allclose(expected.after[k], sampled.probabilities, atol=1e-4)
    plain = distribution(written.logits)
    np.testing.assert_allclose(expected.surprise, surprise(plain, written.ids), rtol=1e-6)


def test_before_the_first_character_of_a_prompt_only_the_biases_speak():
    written = write(network_named("fables"), Draw("The fox"))
    np.testing.assert_array_equal(written.logits[0], model("fables").net.by)


@pytest.mark.parametrize("prompt", ["", "The fox"])
def test_the_values_are_those_after_each_character(prompt):
    written, net = write(network_named("fables"), Draw(prompt, length=60)), model("fables").net
    found = gates_and_states(network_named("fables"), written)
    first = [] if prompt else [model("fables").vocabulary.encode("\n")[0]]
    alone = net.run([*first, *written.ids[:40]])
    np.testing.assert_allclose(found["C"][39], alone.state[1][0], rtol=1e-4, atol=1e-5)
    assert found["f"].shape == (len(written.text), net.hidden_size)


def test_a_click_chooses_the_character_and_the_rows_have_its_numbers():
    app = open_sampling(n="100", at="34")
    assert pointer(app, "paper") == (33, -1)
    details = shown(app, "paper")["details"]
    bits = numbers(details["codes"]["surprise"])
    draw = Draw(length=100)
    found = write(network_named("fables"), draw).expected(draw)
    assert bits[33] == round(100 * found.surprise[33])


def test_without_a_link_the_least_sure_character_is_looked_at():
    at, _ = pointer(open_sampling(n="100"), "paper")
    draw = Draw(length=100)
    assert at == write(network_named("fables"), draw).expected(draw).entropy.argmax()


def test_a_link_beyond_the_text_is_said_and_the_end_shown():
    app = open_sampling(n="100", at="4000")
    assert pointer(app, "paper")[0] == 99 and "`at` is nothing this page can show; shown is 100" in words_of(
        app
    )


def test_temperature_by_hand_is_the_distribution_at_every_temperature_of_the_slider():
    app = open_sampling(n="100", at="20")
    data = shown(app, "temperature_by_hand", "temperature")
    logits = write(network_named("fables"), Draw(length=100)).logits[19]
    rows = np.argsort(-logits, kind="stable")[:8]
    assert len(data["temperatures"]) == 41
    for text, shares in zip(data["temperatures"], data["shares"], strict=True):
        np.testing.assert_allclose(shares, 10_000 * distribution(logits, float(text))[rows], atol=0.51)
    assert data["temperatures"][data["start"]] == "0.80"


def test_a_large_vocabulary_bounds_the_length():
    small, large = Vocabulary("abc"), Vocabulary([chr(k) for k in range(0x4E00, 0x4E00 + 2_000)])
    assert longest_text(small) > 1_000 and 100 <= longest_text(large) < 300


# -- words --


def test_the_advice_of_the_cheat_sheet_stands_beside_what_is_seen():
    words = words_of(open_sampling(n="100"))
    assert "0.5 to 0.8 writes coherently and 1.0 to 1.5 creatively" in words
    assert "surprised it by" in words and "stand in the text it learned from" in words


def test_the_right_answers_are_those_of_the_measurements():
    for question in write_questions():
        assert question.right_answer in question.answers
    first = write_questions()[0].answer(write_questions()[0].id_of("The same phrase again and again")).reply
    zero, half, hot = (int(share) for share in re.findall(r"(\d+)%", first))
    assert zero > 50 > 5 > half >= hot
