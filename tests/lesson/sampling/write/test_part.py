"""The part Write of the sampling page: what is written, and what is said of each character."""

import re

import numpy as np
import pytest

from lesson.frame.query import QueryError
from lesson.sampling.networks import network_named
from lesson.sampling.parameters import TEMPERATURE
from lesson.sampling.write.controls import LONGEST_TEXT
from lesson.sampling.write.passages import LONGEST_PROMPT, Draw, gates_and_states, longest_text, write
from lesson.sampling.write.questions import write_questions
from lesson.sampling.write.sentences import share_copied
from lesson.sampling.write.variations import THREE
from lesson.widgets.catalogue import model, model_names
from lesson.widgets.temperatures import RANGES
from lstm import Vocabulary, generate
from lstm.sampling import distribution
from lstm.textstats.surprise import surprise
from tests.app import words_of
from tests.lesson.sampling.opening import ask, asked_by, frame_of, numbers, open_sampling, panel_of
from tests.tiers import first_fast

NET, VOCABULARY = model("fables").net, model("fables").vocabulary


def drawn(prompt="", *settings, seed=1):
    return "".join(sampled.char for sampled in generate(NET, VOCABULARY, prompt, *settings, seed=seed))


# -- the text --


def test_it_is_what_the_library_writes_with_these_settings():
    frame = frame_of("write", network="fables", prompt="The fox", tau="0.6", k="10", p="0.9", n="100", s="7")
    assert frame["text"] == "The fox" + drawn("The fox", 100, 0.6, 10, 0.9, seed=7)
    assert frame["start"] == len("The fox")


@pytest.mark.slow
@pytest.mark.parametrize("cuts", first_fast(1, [{}, {"k": "5"}, {"p": "0.8"}]), ids=str)
@pytest.mark.parametrize("prompt", ["", "The fox"])
def test_along_the_slider_each_text_is_that_of_its_temperature(prompt, cuts):
    query = {"prompt": prompt, "s": "9", **cuts}
    along = ask("write", along="tau", at="60", **query)
    assert len(along["frames"]) == len(TEMPERATURE.address_values) == 41
    for k, (value, frame) in enumerate(zip(TEMPERATURE.address_values, along["frames"], strict=True)):
        one = frame_of("write", tau=value, at="60", **query)
        same = {"text", "start", "tints", "at", "given"}
        assert {name: frame[name] for name in same} == {name: one[name] for name in same}
        assert (frame["row"], frame["from"], frame["to"]) == (k, 59, 60)
        assert (one["row"], one["from"], one["to"]) == (0, 0, len(one["text"]))
        for name, code in along["common"]["codes"].items():
            row = numbers(code).reshape(41, -1)[k]
            whole = numbers(one["codes"][name]).astype(int).reshape(len(one["text"]), -1)
            np.testing.assert_allclose(row, whole[59], atol=1)
        assert along["common"]["certainty"][k] == one["certainty"][59]


def test_for_keys_only_the_texts_nearby_are_written():
    near = ask("write", along="tau", near="3", tau="0.1", n="100", at="5")
    assert [k for k, frame in enumerate(near["frames"]) if frame] == [0, 1, 2, 3, 4, 5]
    whole = ask("write", along="tau", tau="0.1", n="100", at="5")
    assert near["frames"][4]["text"] == whole["frames"][4]["text"] and len(near["frames"]) == 41
    for near in ("0", "99"):
        with pytest.raises(QueryError):
            ask("write", along="tau", near=near)


@pytest.mark.slow
@pytest.mark.parametrize("name", model_names())
def test_every_model_writes_along_the_slider_what_it_writes_at_one_temperature(name):
    net, vocabulary = model(name).net, model(name).vocabulary
    for seed in range(2):
        along = ask("write", along="tau", network=name, s=str(seed), n="1000")
        for value, frame in zip(TEMPERATURE.grid, along["frames"], strict=True):
            assert frame["text"] == "".join(
                s.char for s in generate(net, vocabulary, "", 1000, value, seed=seed)
            )


@pytest.mark.parametrize("name", model_names())
def test_every_model_writes(name):
    assert len(frame_of("write", network=name, n="100")["text"]) == 100


def test_a_link_says_what_the_panel_asks():
    app = open_sampling(network="brackets", prompt="(a", tau="0.6", k="10", n="100", s="7", at="12")
    panel = panel_of(app, "write")
    assert panel["setting"] == {"tau": "0.6", "k": "10", "n": "100", "s": "7", "at": "12"}
    assert panel["fixed"]["network"] == "brackets" and panel["fixed"]["prompt"] == "(a"
    assert asked_by(app, "write")["at"] == 11


def test_only_what_a_visitor_has_typed_goes_by_post():
    assert not panel_of(open_sampling(), "write")["byPost"]
    assert panel_of(open_sampling(prompt="The fox"), "write")["byPost"]


def test_an_unknown_character_in_the_prompt_is_named_and_left_out():
    app = open_sampling(prompt="The 狐 fox", n="100")
    assert "never seen this character, so it is left out" in app.warning[0].value
    assert app.code[0].value == "狐"
    assert asked_by(app, "write")["text"].startswith("The  fox")
    assert frame_of("write", prompt="The 狐 fox")["text"].startswith("The  fox")


def test_of_a_long_prompt_the_end_is_read_and_it_is_said():
    app = open_sampling(prompt="a" * LONGEST_PROMPT + "The fox", n="100")
    assert f"only its last {LONGEST_PROMPT} characters" in words_of(app)
    assert asked_by(app, "write")["text"][:LONGEST_PROMPT].endswith("The fox")
    for prompt in ("x" * 10**6, "\n" * 500):
        assert frame_of("write", prompt=prompt, n="100")["start"] == LONGEST_PROMPT


@pytest.mark.parametrize(
    "query",
    [{"tau": "0.81"}, {"k": "4"}, {"n": "10000"}, {"s": "-1"}, {"network": "../x"}, {"at": "0"}],
    ids=str,
)
def test_what_no_page_asks_is_refused(query):
    with pytest.raises(QueryError):
        ask("write", **query)


# -- what was expected --


@pytest.mark.parametrize("prompt", ["", "The fox"])
def test_what_was_expected_is_what_it_was_drawn_from(prompt):
    draw = Draw(prompt, 0.7, 8, 0.95, 200, 5)
    written = write(network_named("fables"), draw)
    steps = generate(NET, VOCABULARY, prompt, 200, 0.7, 8, 0.95, seed=5)
    expected = written.expected(draw)
    for k, sampled in enumerate(steps, len(prompt)):
        np.testing.assert_allclose(written.logits[k], sampled.logits, atol=1e-4)
        np.testing.assert_allclose(expected.after[k], sampled.probabilities, atol=1e-4)
    plain = distribution(written.logits)
    np.testing.assert_allclose(expected.surprise, surprise(plain, written.ids), rtol=1e-6)


def test_before_the_first_character_of_a_prompt_only_the_biases_speak():
    written = write(network_named("fables"), Draw("The fox"))
    np.testing.assert_array_equal(written.logits[0], NET.by)


@pytest.mark.parametrize("prompt", ["", "The fox"])
def test_the_values_are_those_after_each_character(prompt):
    written = write(network_named("fables"), Draw(prompt, length=60))
    values = gates_and_states(network_named("fables"), written)
    first = [] if prompt else [VOCABULARY.encode("\n")[0]]
    alone = NET.run([*first, *written.ids[:40]])
    np.testing.assert_allclose(values["C"][39], alone.state[1][0], rtol=1e-4, atol=1e-5)
    assert values["f"].shape == (len(written.text), NET.hidden_size)


def test_the_rows_of_every_character_have_its_numbers():
    bits = numbers(frame_of("write", n="100")["codes"]["surprise"])
    draw = Draw(length=100)
    np.testing.assert_array_equal(
        bits, np.rint(100 * write(network_named("fables"), draw).expected(draw).surprise)
    )


def test_along_the_slider_the_bars_are_the_draws_at_the_chosen_character():
    logits = write(network_named("fables"), Draw(length=100)).logits[0]
    codes = ask("write", along="tau", n="100", at="1")["common"]["codes"]
    index, after = (numbers(codes[name]).reshape(41, -1) for name in ("index", "after"))
    for k, temperature in enumerate(TEMPERATURE.grid):
        np.testing.assert_allclose(after[k], 10_000 * distribution(logits, temperature)[index[k]], atol=1.5)


def test_without_a_link_the_least_sure_character_is_looked_at():
    draw = Draw(length=100)
    entropy = write(network_named("fables"), draw).expected(draw).entropy
    assert frame_of("write", n="100")["at"] == entropy.argmax()


def test_a_link_beyond_the_text_shows_its_end_and_one_beyond_all_texts_is_mended():
    assert frame_of("write", n="100", at="400")["at"] == 99
    app = open_sampling(n="100", at="4000")
    assert f"`at` that does not exist; showing {LONGEST_TEXT}" in words_of(app)


def test_a_large_vocabulary_bounds_the_length():
    small, large = Vocabulary("abc"), Vocabulary([chr(k) for k in range(0x4E00, 0x4E00 + 2_000)])
    assert longest_text(small) > 1_000 and 100 <= longest_text(large) < 300


# -- the drawers --


def test_three_temperatures_are_written_with_one_seed():
    texts = ask("three", s="9", tau="0.3")["texts"]
    assert [text["text"] for text in texts] == [drawn("", 240, t, seed=9) for t in THREE]
    assert all("The mean surprise is" in text["words"] for text in texts)


def test_lines_after_other_first_characters_meet_the_same_noise():
    answer = ask("firsts", firsts="AT狐A", tau="0.5", s="3")
    assert answer["chars"] == "AT"
    assert answer["lines"] == [(c + drawn(c, 70, 0.5, seed=3)).replace("\n", "⏎") for c in "AT"]
    assert "of the places have the same character" in answer["words"]
    assert len(ask("firsts")["lines"]) == 4


# -- words --


def test_how_long_a_text_took_is_said_for_what_was_computed_together():
    assert re.match(r"100 characters were computed in \d+ ms\.", frame_of("write", n="100")["words"])
    words = ask("write", along="tau", near="2", n="100")["frames"][16]["words"]
    assert re.match(r"100 characters at each of 5 temperatures were computed in \d+ ms\.", words)


def test_what_was_measured_of_temperatures_stands_beside_what_is_seen():
    look = panel_of(open_sampling(), "write")["look"]
    for one in RANGES:
        assert one.words in look["ranges"] and f"{one.low:g} to {one.high:g}" in look["ranges"]
    words = frame_of("write", n="100")["words"]
    assert "perplexity" in words and "20-grams also occur in the training text" in words


def test_copied_text_is_compared_with_what_was_learned_and_not_with_the_rest():
    network = network_named("fables")
    assert share_copied(network, network.learned[-200:]).startswith("100%")
    assert share_copied(network, network.held_out[-200:]).startswith("0%")


def test_the_right_answers_are_those_of_the_measurements():
    for question in write_questions():
        assert question.right_answer in question.answers
    first = write_questions()[0].answer(write_questions()[0].id_of("The same phrase again and again")).reply
    zero, half, hot = (int(share) for share in re.findall(r"(\d+)%", first))
    assert zero > 50 > 5 > half >= hot
