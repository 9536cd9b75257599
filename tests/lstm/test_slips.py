"""What students type by mistake: each slip gets a sentence with the right name or shape."""

import copy

import numpy as np
import pytest

from lstm import GRU, LSTM, RNN, InputError, Vocabulary, train
from lstm.gradient_ranges import flow_over_biases
from lstm.gradients import gradient_flow
from lstm.network.one_hot import is_surely_one_hot
from lstm.network.starts import write_start
from lstm.training import evaluate
from lstm.variants.networks import MinLSTM

V, H = 5, 7


@pytest.fixture
def net(make):
    return make(V, H, V)


def one_hot(indices, width=V, dtype=int):
    return np.eye(width, dtype=dtype)[indices]


# -- names --


@pytest.mark.parametrize(
    ("network", "name", "says"),
    [
        (LSTM, "WC", "the LSTM's candidate weights are net.Wc"),
        (LSTM, "W_C", "the LSTM's candidate weights are net.Wc"),
        (LSTM, "Wg", "candidate weights are net.Wc"),
        (LSTM, "W_candidate", "candidate weights are net.Wc"),
        (LSTM, "W_f", "forget-gate weights are net.Wf"),
        (LSTM, "b_f", "the LSTM's forget-gate biases are net.bf"),
        (LSTM, "bF", "forget-gate biases are net.bf"),
        (LSTM, "bias_forget_gate", "forget-gate biases are net.bf"),
        (LSTM, "w_input", "input-gate weights are net.Wi"),
        (LSTM, "W_o", "output-gate weights are net.Wo"),
        (LSTM, "dWf", "gradients are in net.gradients['Wf'], after backward()"),
        (LSTM, "dW_C", "gradients are in net.gradients['Wc']"),
        (LSTM, "dWhy", "gradients are in net.gradients['Wy']"),
        (LSTM, "dbf", "gradients are in net.gradients['bf']"),
        (LSTM, "Why", "output-layer weights are net.Wy"),
        (LSTM, "b_y", "output-layer biases are net.by"),
        (LSTM, "Wxh", "weights of all gates, the columns for h_prev before those for x, are net.W"),
        (LSTM, "weight_ih_l0", "are net.W"),
        (LSTM, "f", "net.gates['f']"),
        (LSTM, "h", "write net.state"),
        (LSTM, "hidden_dim", "write net.hidden_size"),
        (LSTM, "train", "from lstm import train"),
        (LSTM, "Wz", "its weights are W, b, Wy, by, Wc"),
        (GRU, "W_u", "update-gate weights are net.Wz"),
        (GRU, "Wc", "candidate weights are net.Wh"),
        (GRU, "dWr", "net.gradients['Wr']"),
        (GRU, "f", "its weights are"),
        (RNN, "Whh", "the RNN's weights, the columns for h_prev before those for x, are net.Wh"),
        (RNN, "bhy", "output-layer biases are net.by"),
    ],
)
def test_a_name_of_another_book_leads_to_ours(network, name, says):
    net = network(V, H, V, seed=0)
    with pytest.raises(AttributeError) as reading:
        getattr(net, name)
    with pytest.raises(AttributeError) as writing:
        setattr(net, name, 0)
    assert says in str(reading.value) and str(reading.value).startswith(f"{network.__name__} has no")
    assert str(writing.value) == str(reading.value)


def test_every_name_that_is_there_is_read_and_hidden_names_are_not_explained(kind, net):
    assert all(getattr(net, name) is net.weights[name] for name in net.weights)
    for name in ("_repr_html_", "__array__", "_nothing"):
        with pytest.raises(AttributeError, match=f"has no attribute '{name}'$"):
            getattr(net, name)
    np.testing.assert_array_equal(copy.deepcopy(net).weights.flat, net.weights.flat)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("W_f", "There is no 'W_f'; it is called 'Wf'"),
        ("dWf", "it is called 'Wf'"),
        ("Why", "it is called 'Wy'"),
        ("Wq", "the names are W, b, Wy, by, Wc, Wf, Wi, Wo, bc, bf, bi, bo"),
        (3, "There is no 3; the names are W"),
    ],
)
def test_a_key_of_another_book_leads_to_ours(name, says):
    net = LSTM(V, H, V)
    for parameters in (net.weights, net.gradients):
        with pytest.raises(KeyError) as error:
            parameters[name]
        assert says in error.value.args[0]
        assert name not in parameters and parameters.get(name) is None


# -- one-hot rows --


@pytest.mark.parametrize("dtype", [int, bool, np.uint8, float])
def test_one_hot_targets_are_told_of_indices(net, rng, dtype):
    for shape in ((6,), (6, 2)):
        inputs = rng.integers(0, V, shape)
        with pytest.raises(InputError, match=r"indices, e\.g\. targets\.argmax\(axis=-1\)"):
            net.forward(inputs, one_hot(inputs, dtype=dtype))


@pytest.mark.parametrize("dtype", [int, np.uint8, bool])
def test_whole_numbers_that_are_one_hot_are_not_read_as_a_batch(net, rng, dtype):
    ids = rng.integers(0, V, 9)
    with pytest.raises(InputError, match=r"inputs\.argmax\(axis=-1\), or numbers, inputs\.astype\(float\)"):
        net.forward(one_hot(ids[:-1], dtype=dtype), one_hot(ids[1:], dtype=dtype))
    with pytest.raises(InputError, match="argmax"):
        net.run(one_hot(ids, dtype=dtype))
    with pytest.raises(InputError, match="argmax"):  # (T, B, D)
        net.forward(one_hot(ids[:, None], dtype=dtype), ids[:, None])
    assert net.forward(one_hot(ids[:-1]).astype(float), ids[1:]) == pytest.approx(
        net.forward(ids[:-1], ids[1:]), rel=1e-12
    )


def test_inputs_and_targets_together_are_surer_than_inputs_alone():
    net, inputs, targets = LSTM(4, H, 4, seed=0), one_hot([0, 1, 2], 4), one_hot([1, 2, 3], 4)
    assert not is_surely_one_hot((inputs, 4))
    with pytest.raises(InputError, match="Targets of shape .* one-hot"):
        net.forward(inputs, targets)


@pytest.mark.parametrize(
    ("rows", "width", "sure"),
    [(6, 3, False), (7, 3, True), (2, 5, False), (3, 5, True), (1, 8, True), (1, 7, False), (9, 2, False)],
)
def test_the_rule_is_a_chance_of_one_in_a_million(rows, width, sure):
    array = one_hot(np.arange(rows) % width, width)
    assert is_surely_one_hot((array, width)) == sure
    chance = (width * float(width) ** -width) ** rows
    assert sure == (chance <= 1e-6 and width > 2)


def test_honest_batches_are_read(net, rng):
    """As many sequences as characters; zeros and ones; a row with two ones, none, or a two."""
    targets = rng.integers(0, V, (9, V))
    ids = one_hot(rng.integers(0, V, 9))
    for change in ([1, 1, 0, 0, 0], [0] * V, [2, 0, 0, 0, 0]):
        inputs = ids.copy()
        inputs[4] = change
        assert net.forward(inputs, targets) > 0
    assert net.forward(ids[:, :4], targets[:, :4]) > 0 and net.forward(ids[:2], targets[:2]) > 0
    many = LSTM(2, H, 2, seed=0)
    assert many.forward(one_hot(rng.integers(0, 2, 50), 2), one_hot(rng.integers(0, 2, 50), 2)) > 0


# -- other slips --


@pytest.mark.parametrize(
    ("inputs", "targets", "says"),
    [
        ("hello", "hello", r"vocabulary\.encode\(text\)"),
        (list("hello"), [0] * 5, r"inputs must be whole numbers .* vocabulary\.encode\(text\)"),
        ([0, 1, 2, 3], [0, 1, 2, 3, 4], r"inputs = ids\[:-1\], targets = ids\[1:\]"),
        ([0, 1], [0.0, 1.0], r"targets must be whole numbers from -1 to 4; \.astype\(int\)"),
        ([0.0, 1.0], [0, 1], r"inputs\.astype\(int\)"),
        (np.ones((4, V + 1)) / 2, [0] * 4, f"the last axis, D, is {V} here, not {V + 1}"),
        (np.zeros((3, 2), int), np.zeros((2, 3), int), r"time is the first axis: \(T, B\), so pass its \.T"),
    ],
)
def test_slips_in_inputs_and_targets_get_their_sentence(net, inputs, targets, says):
    with pytest.raises(InputError, match=says):
        net.forward(inputs, targets)


def test_states_that_are_turned_or_packed_get_their_sentence(rng):
    net, ids = LSTM(V, H, V, seed=0), rng.integers(0, V, (6, 2))
    with pytest.raises(InputError, match=r"it is transposed: pass its \.T"):
        net.forward(ids, ids, np.zeros((H, 2)), np.zeros((H, 2)))
    net.forward(ids, ids)
    with pytest.raises(InputError, match=r"forward\(inputs, targets, \*net\.state\)"):
        net.forward(ids, ids, net.state)
    assert net.forward(ids, ids, *net.state) > 0


def test_a_training_that_nobody_iterates_over_says_how():
    vocabulary = Vocabulary.from_text("abc")
    net = LSTM(3, 4, 3, seed=0)
    training = train(net, vocabulary.encode("abc" * 40), seq_length=5, batch_size=2, epochs=2)
    how = "iterate over it to train: for progress in training: print(progress)"
    assert repr(training) == f"Training: step 0 of {training.steps}; {how}"
    next(training)
    assert repr(training).startswith(f"Training: step 1 of {training.steps};")
    with pytest.raises(InputError, match=r"vocabulary\.encode\(text\)"):
        train(net, "abcabc")


# -- values --


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda net: net.update_weights(None), "learning_rate must be a number"),
        (lambda net: net.update_weights(float("nan")), "learning_rate must be a number"),
        (lambda net: net.update_weights("0.1"), "learning_rate must be a number"),
        (lambda net: net.backward(clip="5"), "clip must be above 0, or None, not '5'"),
        (lambda net: net.sample("abcde", 0, temperature=None), "temperature must be 0, or from"),
        (lambda net: net.sample("abcde", 0, temperature="1"), "temperature must be 0, or from"),
        (lambda net: net.forward([[0, 1], [2]], [1, 2]), "Inputs have rows of different lengths"),
        (lambda net: net.forward([0, 1], [[1], [2, 3]]), "Targets have rows of different lengths"),
        (lambda net: net.forward([0, 1], [1, 2], "zeros"), "A state must be numbers, not str"),
        (lambda net: net.run([0, 1], 3 * [np.zeros(H)]), "The state must be a tuple of"),
        (lambda net: evaluate(net, "hello"), "characters of the text must be whole numbers"),
        (lambda net: evaluate(net, [[0, 1], [2, 3]]), "A text is one row of indices (T,), not an array"),
        (lambda net: evaluate(net, [[0, 1], [2]]), "have rows of different lengths"),
        (lambda net: train(net, np.zeros((50, 50), int)), "A text is one row of indices (T,), not an array"),
    ],
)
def test_a_value_that_cannot_be_gets_a_sentence_and_changes_nothing(net, call, says):
    net.forward([0, 1, 2], [1, 2, 3])
    net.backward()
    before = net.weights.flat.copy()
    with pytest.raises(InputError) as error:
        call(net)
    assert says in str(error.value)
    np.testing.assert_array_equal(net.weights.flat, before)


@pytest.mark.parametrize(
    ("make_network", "says"),
    [
        (lambda: LSTM(V, H, V, forget_bias=None), "forget_bias must be a number"),
        (lambda: LSTM(V, H, V, forget_bias=float("nan")), "forget_bias must be a number"),
        (lambda: MinLSTM(V, H, V, forget_bias="1"), "forget_bias must be a number"),
        (lambda: GRU(V, H, V, keep_bias=float("inf")), "keep_bias must be a number"),
        (
            lambda: LSTM(V, H, V, dtype=None),
            "dtype must be float32 (to train) or float64 (to test), not None",
        ),
        (lambda: LSTM(V, H, V, dtype="foo"), "dtype must be float32"),
        (lambda: RNN(V, H, V, dtype=np.float16), "dtype must be float32"),
        (lambda: RNN(V, H, V, input_scale="a"), "input_scale must be above 0"),
        (lambda: LSTM(100_000, 100_000, 100_000), "has 90,000,500,000 numbers, and the most are 250,000,000"),
        (lambda: RNN(100, 20_000, 100), "numbers, and the most are 250,000,000; take fewer hidden units"),
    ],
)
def test_a_network_that_cannot_be_gets_a_sentence(make_network, says):
    with pytest.raises(InputError) as error:
        make_network()
    assert says in str(error.value)


def test_what_stands_behind_the_dtype_is_named():
    for network in (RNN, GRU, LSTM, MinLSTM):
        with pytest.raises(TypeError, match="positional"):
            network(V, H, V, 0, np.float64, 2)  # a bias in one, the layers in another
    assert MinLSTM(V, H, V, input_scale=1.0, seed=0).Wf.std() > 2 * MinLSTM(V, H, V, seed=0).Wf.std()


def test_halves_of_two_networks_cannot_be_put_together(net, make):
    other = make(V, H, V, seed=2)
    for name in ("weights", "gradients"):
        with pytest.raises(AttributeError, match=rf"write net.{name}.flat\[:\] = other.{name}.flat"):
            setattr(net, name, getattr(other, name))
    for name, value in (("hidden_size", 9), ("cell", other.cell), ("dtype", np.float32), ("layers", 2)):
        with pytest.raises(AttributeError, match="make a new network with others"):
            setattr(net, name, value)
    loss = other.forward([0, 1], [1, 2])
    net.weights.flat[:] = other.weights.flat
    assert net.forward([0, 1], [1, 2]) == loss


def test_indices_of_no_character_are_refused():
    vocabulary = Vocabulary("abc")
    assert vocabulary.decode(iter([2, 0])) == "ca" and vocabulary.decode([]) == ""
    for indices in ([-1], [3], [0.5], "ab"):
        with pytest.raises(InputError, match="indices must be whole numbers from 0 to 2"):
            vocabulary.decode(indices)


def test_a_network_that_failed_writes_no_text(net):
    net.by[1] = np.nan
    with pytest.raises(InputError, match="not numbers"):
        net.sample("abcde", 0, length=3)


def test_layers_where_one_cell_is_wanted():
    cell = LSTM(V, H, V, layers=2).cell
    ids = np.arange(4)
    for call in (
        lambda: gradient_flow(cell, ids),
        lambda: write_start(cell, "keras"),
        lambda: flow_over_biases(cell, "f", [0.0, 1.0], np.zeros((4, V))),
    ):
        with pytest.raises(InputError, match="pass one of net.cell.cells"):
            call()
    assert gradient_flow(cell.cells[1], np.zeros((3, H))).dh.shape == (3,)
