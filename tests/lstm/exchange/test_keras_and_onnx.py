"""Keras' and ONNX' layouts, by the equations of their documentation, written out without the table."""

import numpy as np
import pytest

from lstm.errors import InputError
from lstm.exchange import from_keras, from_onnx, to_keras, to_onnx
from lstm.network import NETWORKS

D, H, T = 5, 3, 7
IDS = np.array([0, 3, 1, 4, 4, 2, 0])
ONE_HOT = np.eye(D)[IDS]


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def keras_lstm(kernel, recurrent, bias):
    """keras.layers.LSTM: columns i, f, c, o."""
    h = c = np.zeros(H)
    for x in ONE_HOT:
        z = x @ kernel + h @ recurrent + bias
        i, f, o = sigmoid(z[:H]), sigmoid(z[H : 2 * H]), sigmoid(z[3 * H :])
        c = f * c + i * np.tanh(z[2 * H : 3 * H])
        h = o * np.tanh(c)
        yield h


def keras_gru(kernel, recurrent, bias):
    """keras.layers.GRU: columns z, r, h; with reset_after the bias is (2, 3H)."""
    h = np.zeros(H)
    for x in ONE_HOT:
        first, second = bias if bias.ndim == 2 else (bias, np.zeros(3 * H))
        a, b = x @ kernel + first, h @ recurrent + second
        z, r = sigmoid((a + b)[:H]), sigmoid((a + b)[H : 2 * H])
        if bias.ndim == 2:
            candidate = np.tanh(a[2 * H :] + r * b[2 * H :])
        else:
            candidate = np.tanh(a[2 * H :] + (r * h) @ recurrent[:, 2 * H :])
        h = z * h + (1 - z) * candidate
        yield h


def keras_rnn(kernel, recurrent, bias):
    h = np.zeros(H)
    for x in ONE_HOT:
        h = np.tanh(x @ kernel + h @ recurrent + bias)
        yield h


def onnx_lstm(W, R, B):
    """ONNX LSTM: rows i, o, f, c."""
    W, R, b = W[0], R[0], B[0, : 4 * H] + B[0, 4 * H :]
    h = c = np.zeros(H)
    for x in ONE_HOT:
        z = W @ x + R @ h + b
        i, o, f = sigmoid(z[:H]), sigmoid(z[H : 2 * H]), sigmoid(z[2 * H : 3 * H])
        c = f * c + i * np.tanh(z[3 * H :])
        h = o * np.tanh(c)
        yield h


def onnx_gru(W, R, B, linear_before_reset):
    """ONNX GRU: rows z, r, h."""
    W, R, Wb, Rb = W[0], R[0], B[0, : 3 * H], B[0, 3 * H :]
    h = np.zeros(H)
    for x in ONE_HOT:
        a, b = W @ x + Wb, R @ h + Rb
        z, r = sigmoid((a + b)[:H]), sigmoid((a + b)[H : 2 * H])
        if linear_before_reset:
            candidate = np.tanh(a[2 * H :] + r * b[2 * H :])
        else:
            candidate = np.tanh(a[2 * H :] + R[2 * H :] @ (r * h) + Rb[2 * H :])
        h = (1 - z) * candidate + z * h
        yield h


def onnx_rnn(W, R, B):
    h = np.zeros(H)
    for x in ONE_HOT:
        h = np.tanh(W[0] @ x + R[0] @ h + B[0, :H] + B[0, H:])
        yield h


def logits(net):
    return net.run(IDS).logits[:, 0]


def assert_same(actual, expected):
    np.testing.assert_allclose(actual, expected, rtol=0, atol=1e-12)


KERAS_CELLS = {"rnn": keras_rnn, "gru": keras_gru, "gru_reset_after": keras_gru, "lstm": keras_lstm}
ONNX_CELLS = {
    "rnn": onnx_rnn, "gru": lambda *inputs: onnx_gru(*inputs, 0),
    "gru_reset_after": lambda *inputs: onnx_gru(*inputs, 1), "lstm": onnx_lstm,
}  # fmt: skip
GATES = {"rnn": 1, "gru": 3, "gru_reset_after": 3, "lstm": 4}


def linear_before_reset(kind):
    return int(kind == "gru_reset_after")


def keras_weights(kind, rng):
    G = GATES[kind]
    bias = (2, G * H) if kind == "gru_reset_after" else (G * H,)
    shapes = (D, G * H), (H, G * H), bias, (H, D), (D,)
    return [rng.standard_normal(shape) for shape in shapes]


def onnx_inputs(kind, rng):
    G = GATES[kind]
    shapes = {"W": (1, G * H, D), "R": (1, G * H, H), "B": (1, 2 * G * H), "weight": (D, H), "bias": (D,)}
    return {name: rng.standard_normal(shape) for name, shape in shapes.items()}


def test_weights_of_keras_compute_what_keras_computes(kind, rng):
    kernel, recurrent, bias, dense, dense_bias = weights = keras_weights(kind, rng)
    net = from_keras(weights)
    assert net.kind == kind
    expected = np.array(list(KERAS_CELLS[kind](kernel, recurrent, bias))) @ dense + dense_bias
    assert_same(logits(net), expected)


def test_to_keras_gives_what_keras_computes_with(kind, make):
    net = make(D, H)
    kernel, recurrent, bias, dense, dense_bias = to_keras(net)
    assert_same(np.array(list(KERAS_CELLS[kind](kernel, recurrent, bias))) @ dense + dense_bias, logits(net))


def test_inputs_of_onnx_compute_what_onnx_computes(kind, rng):
    inputs = onnx_inputs(kind, rng)
    W, R, B = (inputs[name] for name in "WRB")
    cell = ONNX_CELLS[kind]
    net = from_onnx(inputs, linear_before_reset=linear_before_reset(kind))
    assert net.kind == kind
    assert_same(logits(net), np.array(list(cell(W, R, B))) @ inputs["weight"].T + inputs["bias"])


def test_to_onnx_gives_what_onnx_computes_with(kind, make):
    net = make(D, H)
    inputs = to_onnx(net)
    cell = ONNX_CELLS[kind]
    states = np.array(list(cell(inputs["W"], inputs["R"], inputs["B"])))
    assert_same(states @ inputs["weight"].T + inputs["bias"], logits(net))


def test_an_embedding_of_keras_is_part_of_the_input_weights(kind, rng):
    kernel, recurrent, bias, dense, dense_bias = keras_weights(kind, rng)
    embedding, narrow = rng.standard_normal((D, 4)), rng.standard_normal((4, kernel.shape[1]))
    net = from_keras([embedding, narrow, recurrent, bias, dense, dense_bias])
    expected = np.array(list(KERAS_CELLS[kind](embedding @ narrow, recurrent, bias))) @ dense + dense_bias
    assert_same(logits(net), expected)


def test_keras_without_biases_has_biases_of_0_here(kind, rng):
    kernel, recurrent, _, dense, _ = keras_weights(kind, rng)
    net = from_keras([kernel, recurrent, dense])
    assert net.kind == {"gru": "gru_reset_after"}.get(kind, kind)  # Keras' default, where no bias tells
    assert not net.weights["b"].any()
    assert not net.weights["by"].any()


@pytest.mark.parametrize(
    "change",
    [
        lambda w: w[:3],
        lambda w: w[1:],
        lambda w: [],
        lambda w: [w[0][:, :-1], *w[1:]],
        lambda w: [*w[:3], w[3][:-1], w[4]],
        lambda w: [*w, w[4]],
        lambda w: [*w[:2], w[2][..., :-1], *w[3:]],
    ],
)
def test_another_list_is_refused_in_a_sentence(kind, rng, change):
    with pytest.raises(InputError, match="get_weights|kernel of Dense"):
        from_keras(change(keras_weights(kind, rng)))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"W": np.zeros((2, 4 * H, D))}, "one direction"),
        ({"R": np.zeros((4 * H, H))}, "one direction"),
        ({"R": np.zeros((1, 4 * H + 1, H))}, r"must be \(1, H, H\)"),
        ({"B": np.zeros((1, 4 * H))}, "B has shape"),
        ({"W": np.zeros((1, 3 * H, D))}, "W has shape"),
        ({"P": np.zeros((1, 3 * H))}, "Give W, R"),
        ({"weight": np.zeros((D, H + 1))}, "weight has shape"),
    ],
)
def test_other_inputs_are_refused_in_a_sentence(rng, change, sentence):
    with pytest.raises(InputError, match=sentence):
        from_onnx(onnx_inputs("lstm", rng) | change)


def test_what_is_saved_for_one_library_comes_back_the_same(kind, make):
    net = make(D, H)
    for back in (
        from_keras(to_keras(net)),
        from_onnx(to_onnx(net), linear_before_reset=linear_before_reset(kind)),
    ):
        assert type(back) is NETWORKS[kind]
        np.testing.assert_array_equal(back.weights.flat, net.weights.flat)
