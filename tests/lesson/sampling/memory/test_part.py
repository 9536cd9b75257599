"""The parts Read its memory and Gate surgery of the sampling page, as they are opened from a link."""

import numpy as np
import pytest

from lesson.sampling.memory.questions import memory_questions
from lesson.sampling.networks import network_named
from lesson.sampling.parameters import MEMORY, SURGERY
from lesson.sampling.surgery.ablation import entry_of
from lesson.sampling.surgery.operation import Hold, Operation, carry_out
from lesson.sampling.surgery.questions import surgery_questions
from lesson.sampling.write.passages import Draw, gates_and_states, read, write
from lesson.widgets.catalogue import model, model_names
from tests.app import press, rerun, words_of
from tests.lesson.sampling.opening import numbers, open_sampling, pointer, shown
from visualization.symbols import letters_of_cell, symbol_of_letter


@pytest.mark.parametrize("name", model_names())
def test_the_map_holds_the_values_of_every_symbol(name):
    chosen = network_named(name)
    written = write(chosen, Draw(length=100))
    for symbol in letters_of_cell(chosen.checkpoint.net.kind):
        app = open_sampling(MEMORY, network=name, symbol=symbol, order="by number", n="100")
        data = shown(app, "memory")
        codes = numbers(data["maps"][0]["codes"], "<i2").reshape(len(data["units"]), -1)
        found = gates_and_states(chosen, written)[symbol_of_letter(symbol).id]
        np.testing.assert_array_equal(codes, np.rint(100 * found.astype(float)).T)


def test_a_link_chooses_unit_character_and_order():
    app = open_sampling(MEMORY, unit="17", at="12", order="by mean", n="100")
    assert pointer(app, "memory") == (11, 17)
    assert "Unit 17 of C: mean" in words_of(app)
    C = gates_and_states(network_named("fables"), write(network_named("fables"), Draw(length=100)))["C"]
    means = np.tanh(C).mean(axis=0)[shown(app, "memory")["units"]]
    assert (np.diff(means) <= 1e-6).all()


def test_text_that_it_never_saw_is_read():
    app = open_sampling(MEMORY, reads="text it never saw")
    assert shown(app, "memory")["texts"][0]["chars"] == network_named("fables").unseen_text(500)


def test_a_text_of_ones_own_is_read_and_what_is_unknown_named():
    app = open_sampling(MEMORY, reads="my own text")
    assert "two characters that it knows" in words_of(app)
    app.text_area(key="memory_text").set_value("The 狐 fox <script>")
    rerun(app)
    assert "狐" in app.code[0].value
    text = shown(app, "memory")["texts"][0]["chars"]
    assert text == "".join(c for c in "The 狐 fox <script>" if c in model("fables").vocabulary)


def test_another_network_has_other_gates_and_fewer_units_and_the_page_goes_on():
    app = open_sampling(MEMORY, unit="127", symbol="o", n="100")
    for name in ("fables_gru", "fables_rnn", "brackets"):
        app.selectbox(key="network").set_value(name)
        rerun(app)
        assert app.session_state["unit"] < model(name).net.hidden_size
        assert app.session_state["symbol"] in letters_of_cell(model(name).net.kind)


def test_the_statistics_are_over_all_units_and_characters():
    gates = gates_and_states(network_named("fables"), write(network_named("fables"), Draw(length=100)))
    words = words_of(open_sampling(MEMORY, n="100"))
    f = gates["f"]
    row = f"**f** forget | {f.mean():.2f} | {f.std():.2f} | {(f > 0.9).mean():.0%} | {(f < 0.1).mean():.0%} |"
    assert row in words


# -- surgery --


def test_a_link_does_the_operation_and_both_continuations_are_shown():
    app = open_sampling(
        SURGERY, operation="hold a gate", gate="o", hold="0.5", units="3, 8", at="50", n="100"
    )
    texts = [text["chars"] for text in shown(app, "surgery_pair")["texts"]]
    written = write(network_named("fables"), Draw(length=100))
    operation = Operation(Hold("o", 0.5), units=(3, 8))
    assert tuple(texts) == carry_out(network_named("fables"), written, 49, Draw(length=100), operation).texts
    assert "costs" in words_of(app) or "gains" in words_of(app)


def test_presets_set_the_controls():
    app = press(open_sampling(SURGERY, n="100", units="7", hold="0.5"), "f = 1: nothing is forgotten")
    assert app.session_state["gate"] == "f" and app.session_state["hold"] == 1.0
    assert app.session_state["units"] == "all"


@pytest.mark.parametrize("name", model_names())
def test_every_network_has_something_to_be_done_with(name):
    app = open_sampling(SURGERY, network=name, n="100")
    assert not app.error
    app.selectbox(key="operation").set_value("cut units out")
    rerun(app)
    app.text_input(key="units").set_value("0, 1")
    rerun(app)
    assert len(shown(app, "surgery_pair")["texts"]) == 2


def test_units_that_do_not_exist_get_one_sentence():
    app = open_sampling(SURGERY, units="500", n="100")
    assert [e.value for e in app.error] == [
        "Units are whole numbers from 0 to 127, such as 3, 17, 20-25, or all."
    ]


def test_the_memory_of_another_text():
    app = open_sampling(SURGERY, operation="the memory of another text", n="100")
    assert "two continuations appear" in words_of(app)
    app.text_input(key="other").set_value("the hen 狐")
    rerun(app)
    assert "狐" in app.code[0].value and len(shown(app, "surgery_pair")["texts"]) == 2


@pytest.mark.parametrize("questions", [memory_questions, surgery_questions])
def test_the_right_answer_is_among_the_answers(questions):
    for question in questions():
        assert question.right_answer in question.answers


def test_the_answers_are_what_was_measured():
    chosen = network_named("fables")
    f = gates_and_states(chosen, read(chosen, chosen.held_out[:500]))["f"]
    assert 0.5 < (f > 0.9).mean() < 0.9
    kept = entry_of("fables")["held"]["f"]["0"]
    assert f"{kept:.2f}" in surgery_questions()[0].right_answer.reply
    assert abs(kept - entry_of("fables")["table_1"]) < 0.15, "as if it saw one character, nearly"
    assert surgery_questions()[1].right.startswith("o")


# -- the challenge of the open bracket --


def solve(**query):
    app = open_sampling(SURGERY, network="brackets", n="100", **query)
    return press(app, "Check what is held")


def test_the_challenge_is_solved_by_what_is_held_and_says_how_it_was_left_alone():
    app = solve(gate="f", hold="1")
    assert "**Solved.**" in app.success[0].value and "left alone" in app.success[0].value
    assert app.session_state["solved"] == {"sampling": {"closing"}}


def test_what_the_controls_begin_with_does_not_solve_it():
    app = solve()
    assert not app.success and "of 10 right" in app.warning[0].value


def test_what_does_not_solve_it_shows_a_line_and_changing_the_controls_says_so():
    app = solve(gate="i", hold="0")
    assert "0 of 10 right" in app.warning[0].value and "would close it" in words_of(app)
    assert "solved" not in app.session_state
    app.slider(key="hold").set_value(0.5)
    assert "have changed since the last check" in words_of(rerun(app))


def test_another_network_is_first_exchanged_for_the_brackets():
    app = press(open_sampling(SURGERY, n="100"), "Take the bracket model")
    assert app.session_state["network"] == "brackets"
    assert any(button.label == "Check what is held" for button in app.button)
    for label in ("Hint", "Solution"):
        press(app, label)
    assert "f = 1 for all units" in words_of(app)


def test_of_a_long_text_the_first_part_is_read_as_it_was_written():
    chosen, draw = network_named("fables"), Draw("The fox", length=1000)
    whole = write(chosen, draw)
    data = shown(open_sampling(MEMORY, prompt="The fox", n="1000", symbol="h", order="by number"), "memory")
    codes = numbers(data["maps"][0]["codes"], "<i2").reshape(len(data["units"]), -1)
    assert codes.shape[1] == 500 and data["texts"][0]["start"] == len("The fox")
    net = chosen.checkpoint.net  # nothing was read before the prompt, not even a line's end
    np.testing.assert_allclose(codes.T / 100, net.run(whole.ids[:500]).values["h"][:, 0], atol=0.0051)


def test_what_a_text_costs_is_what_the_ablation_says():
    found = entry_of("fables")
    words = words_of(open_sampling(SURGERY, gate="f", hold="0", n="100"))
    assert f"{found['intact']:.2f} becomes {found['held']['f']['0']:.2f}" in words
