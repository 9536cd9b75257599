"""The page To PyTorch: its numbers are those of the networks, its files are read by PyTorch and by us."""

import importlib.util
import re
import subprocess
import sys

import numpy as np
import pytest

from lesson.frame.files import ROOT
from lesson.pytorch.networks import loss_of, model_of, next_of, next_probabilities, state_of
from lesson.pytorch.questions import questions, shuffled_network, unsorted_network
from lesson.pytorch.reset_gate import losses, with_reset_after
from lesson.pytorch.there import in_quotes, printed
from lstm.equations import gru_reset_after_step
from lstm.exchange import from_torch, load_safetensors, to_keras, to_onnx
from lstm.exchange.files import dump_safetensors
from lstm.exchange.weights import layers_of
from lstm.network import LSTM, ResetAfterGRU
from lstm.network.starts import FORGET_BIAS
from tests.app import open_page, rerun, words_of
from tests.tiers import first_fast

PAGE, SCRIPTS = "9_pytorch.py", ROOT / "assets" / "pytorch"
needs_torch = pytest.mark.skipif(
    importlib.util.find_spec("torch") is None, reason="PyTorch is not part of the project's environment"
)


@pytest.mark.parametrize("cell", ["LSTM", "RNN"])
def test_the_file_to_download_is_the_network_on_the_page(cell):
    checkpoint = model_of(cell)
    net, vocabulary = load_safetensors(dump_safetensors(checkpoint.net, checkpoint.vocabulary))
    assert vocabulary == checkpoint.vocabulary
    np.testing.assert_array_equal(next_of(net, cell), next_probabilities(cell, "Once upon a "))


def number_at(place, net):
    """The number at a place as the page writes it: of our network, or of a library's arrays."""
    arrays = {"net": net}
    if net.kind != "gru":
        arrays |= {name.removeprefix("rnn."): array for name, array in state_of(net).items()}
    arrays |= to_onnx(net) | dict(zip(("kernel", "recurrent_kernel", "bias"), to_keras(net), strict=False))
    return eval(place, {"__builtins__": {}}, arrays)


@pytest.mark.slow
@pytest.mark.parametrize("library", ["PyTorch", "Keras", "ONNX"])
@pytest.mark.parametrize(("cell", "gate"), [("LSTM", "f"), ("LSTM", "C̃"), ("GRU", "r"), ("RNN", "all")])
def test_the_two_places_of_a_number_hold_it(cell, gate, library):
    app = open_page(PAGE, {"sent": cell, "library": library, "rows": gate})
    table = next(m.value for m in app.markdown if m.value.startswith("The first weights"))
    net = model_of(cell).net
    for row in table.split("\n")[4:]:
        here, there, value = (cell.strip(" `") for cell in row.strip("|").split("|"))
        written = float(value.replace("−", "-"))
        assert number_at(here, net) == pytest.approx(written, abs=5e-5)
        if library != "PyTorch" or cell != "GRU":
            assert number_at(there, net) == number_at(here, net)


@pytest.mark.parametrize(
    ("cell", "library", "row"),
    [
        ("LSTM", "PyTorch", 3 * 128 + 5),  # o, the last of i, f, g, o
        ("LSTM", "ONNX", 128 + 5),  # o, the second of i, o, f, c
        ("GRU", "PyTorch", 5),  # r, the first of r, z, n
        ("GRU", "Keras", 128 + 5),  # r, the second of z, r, h
        ("RNN", "Keras", 5),
    ],
)
def test_the_challenge_is_solved_by_the_row_that_has_the_weights(cell, library, row):
    app = open_page(PAGE, {"sent": cell, "library": library})
    app.number_input[0].set_value((row + 1) % 128)
    assert "Not yet" in words_of(rerun(app)) and not app.success
    app.number_input[0].set_value(row)
    assert "Yes. " in rerun(app).success[0].value
    assert "solved/pytorch/find-the-row" in app.session_state["record_entries"]
    net = model_of(cell).net
    weights = to_keras(net)[1][:, row] if library == "Keras" else to_onnx(net)["R"][0, row]
    if library == "PyTorch" and cell == "LSTM":
        weights = state_of(net)["rnn.weight_hh_l0"][row]
    if library != "PyTorch" or cell == "LSTM":
        np.testing.assert_array_equal(weights, net.weights[f"W{net.letters[-1]}"][5, :128])


@pytest.mark.parametrize(("library", "line"), [("PyTorch", "row"), ("Keras", "column"), ("ONNX", "row")])
def test_the_challenge_asks_for_a_place_a_row_or_a_column(library, line):
    words = words_of(open_page(PAGE, {"sent": "LSTM", "library": library}))
    assert "find the place." in words and f"Which {line} of " in words


def test_an_lstm_of_keras_starts_with_one_bias_of_1_as_in_this_course():
    words = " ".join(words_of(open_page(PAGE, {"sent": "LSTM", "library": "Keras"})).split())
    assert (
        "This LSTM has one bias, and starts with $b_f = 1$ (`unit_forget_bias`), as in this course." in words
    )
    assert FORGET_BIAS["keras"] == 1 and (LSTM(3, 4, 3).bf == 1).all()
    assert [array.shape for array in to_keras(model_of("LSTM").net)[2:3]] == [(4 * 128,)]


def test_unsorted_rows_make_nonsense_and_shuffled_units_nothing():
    net = model_of("LSTM").net
    assert loss_of(unsorted_network()) > 2 * loss_of(net)
    assert not np.array_equal(layers_of(shuffled_network())[0].b["f"], layers_of(net)[0].b["f"])
    np.testing.assert_allclose(next_of(shuffled_network()), next_of(net), atol=1e-5)
    assert [question.right for question in questions()] == ["nonsense", "nothing"]


def test_the_two_grus_are_compared_with_the_same_weights():
    net = model_of("GRU").net
    other = with_reset_after(net)
    ids = model_of("GRU").vocabulary.encode("\nThe ")
    arguments = other.equation_arguments()
    h = np.zeros(net.hidden_size, np.float32)
    for index in ids:
        h = gru_reset_after_step(np.eye(net.input_size)[index], h, **arguments).h
    np.testing.assert_allclose(other.run(ids).state[0][0], h, atol=1e-5)
    assert not arguments["c_h"].any() and np.array_equal(arguments["W_h"], net.weights["Wh"])
    here, there = losses()
    assert there > here + 0.1
    words = words_of(open_page(PAGE, {"sent": "GRU"}))
    assert f"its loss is {here:.2f} nats" in words and f"loss of the second GRU is {there:.2f}" in words


def test_the_gru_of_the_course_is_not_offered_to_pytorch():
    app = open_page(PAGE, {"sent": "GRU"})
    assert "can't go to PyTorch as it is" in words_of(app)
    assert "fables_gru.safetensors" not in [button.label for button in app.get("download_button")]


def test_what_it_cannot_read_is_left_out_and_an_empty_prompt_is_no_error():
    assert "has never seen" in words_of(open_page(PAGE, {"start": "Once ☃"}))
    assert "Type some characters" in words_of(open_page(PAGE, {"start": ""}))


def test_the_command_reads_what_the_page_reads():
    app = open_page(PAGE, {"start": "The fox's dog"})
    assert any(code.value.endswith('fables.safetensors "The fox\'s dog"') for code in app.code)
    assert "in place of …" not in words_of(app)
    app = open_page(PAGE, {"start": 'She said "no'})
    assert any(code.value.endswith('fables.safetensors "…"') for code in app.code)
    assert "in place of …" in words_of(app)


@pytest.mark.parametrize("special", ["$", "`", "!", "%", '"', "\\", "\n"])
def test_what_a_terminal_would_read_otherwise_is_left_to_the_visitor(special):
    assert in_quotes(f"a{special}b") == '"…"'


@pytest.mark.parametrize("cell", ["LSTM", "GRU"])
def test_the_loss_of_a_model_is_the_one_that_the_other_pages_say(cell):
    checkpoint = model_of(cell)
    lowest = np.nanmin(checkpoint.history["validation_loss"])
    assert loss_of(checkpoint.net, cell) == pytest.approx(lowest, abs=1e-4)


# -- the scripts, where there is a PyTorch --


@needs_torch
@pytest.mark.parametrize("name", ["LSTM", "RNN", "GRU of PyTorch", "LSTM with two layers"])
def test_the_script_prints_what_the_page_prints(tmp_path, name):
    vocabulary = model_of("LSTM").vocabulary
    V = len(vocabulary)
    net = {
        "GRU of PyTorch": ResetAfterGRU(V, 12, V, seed=1),
        "LSTM with two layers": LSTM(V, 12, V, seed=1, layers=2),
    }.get(name) or model_of(name).net
    path = tmp_path / "model.safetensors"
    path.write_bytes(dump_safetensors(net, vocabulary))
    script = [sys.executable, SCRIPTS / "run_in_pytorch.py", path, "Once upon a "]
    lines = subprocess.run(script, capture_output=True, text=True, check=True).stdout.splitlines()
    ours = printed(next_of(net), vocabulary.chars).splitlines()
    for there, here in zip(lines, ours, strict=True):
        assert there.split()[0] == here.split()[0]
        assert float(there.split()[-1]) == pytest.approx(float(here.split()[-1]), abs=1.01e-4)


@needs_torch
def test_a_network_that_the_other_script_trains_comes_back(tmp_path):
    import torch
    from safetensors.torch import load_file

    text, path = tmp_path / "text.txt", tmp_path / "model.safetensors"
    text.write_text("abcabcabd" * 40, "utf-8")
    source = (SCRIPTS / "from_pytorch.py").read_text("utf-8").replace("400, 0.004", "3, 0.004")
    script = tmp_path / "from_pytorch.py"
    script.write_text(source, "utf-8")
    subprocess.run([sys.executable, script, text, path], check=True, capture_output=True)
    net, vocabulary = load_safetensors(path)
    assert "".join(vocabulary.chars) == "abcd"
    state = load_file(path)
    lstm, readout = torch.nn.LSTM(4, 128), torch.nn.Linear(128, 4)
    lstm.load_state_dict({n.removeprefix("rnn."): t for n, t in state.items() if n.startswith("rnn.")})
    readout.load_state_dict({n.split(".")[1]: t for n, t in state.items() if n.startswith("readout.")})
    ids = vocabulary.encode("abcab")
    with torch.no_grad():
        there = readout(lstm(torch.eye(4)[torch.tensor(ids)])[0])
    np.testing.assert_allclose(net.run(ids).logits[:, 0], there.numpy(), atol=1e-5)
    assert from_torch(state).kind == "lstm"


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.id)
@pytest.mark.parametrize("cell", first_fast(1, ["LSTM", "GRU", "RNN"]))
def test_nothing_on_the_page_answers_a_question_that_stands(question, cell):
    """So nothing has to be covered: what answers them is measured for the replies alone.

    The loss of the network as it is stands on other pages as well, and says nothing of its rows.
    """
    app = open_page(PAGE, {"sent": cell, "ask": question.id})
    assert question.text in words_of(app) and not question.covers
    for found in re.findall(r"\d\.\d\d|10⁻.", question.right_answer.reply):
        if found != f"{loss_of(model_of('LSTM').net):.2f}":
            assert not re.search(rf"(?<!\d){found}(?!\d)", words_of(app).replace(question.text, ""))
    assert not re.search("nonsense|no order|unsorted", words_of(app).replace(question.text, ""))
