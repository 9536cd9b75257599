"""The squared error and its gradient, against finite differences and the readout written out."""

import numpy as np
import pytest

from lstm import GRU, LSTM, RNN, InputError
from lstm.series.regression import mean_squared_error, predict, regression_gradients

NAN = np.nan


def case(network, states):
    rng = np.random.default_rng(1)
    net = network(2, 5, 1, seed=1, dtype=np.float64)
    net.weights.flat[:] += rng.normal(size=net.weights.flat.size) / 5
    inputs, targets = rng.normal(size=(7, 3, 2)), rng.normal(size=(7, 3))
    targets[::2, 1:] = NAN
    return net, inputs, targets, tuple(rng.normal(size=(3, 5)) / 3 for _ in range(states))


@pytest.mark.parametrize(("network", "states"), [(LSTM, 2), (GRU, 1), (RNN, 1)])
def test_gradients_are_those_of_finite_differences(network, states):
    net, inputs, targets, state = case(network, states)
    regression_gradients(net, inputs, targets, state)
    gradients, numeric, small = net.gradients.flat.copy(), [], 1e-6
    for k in range(len(gradients)):
        weight, losses = net.weights.flat[k], []
        for change in (small, -small):
            net.weights.flat[k] = weight + change
            losses.append(mean_squared_error(predict(net, inputs, state)[0], targets))
        net.weights.flat[k] = weight
        numeric.append((losses[0] - losses[1]) / (2 * small))
    np.testing.assert_allclose(gradients, numeric, atol=1e-8)
    assert np.abs(gradients).min() > 0


def test_predictions_are_the_readout_of_the_network():
    net, inputs, _, _ = case(LSTM, 2)
    np.testing.assert_allclose(predict(net, inputs)[0], net.run(inputs).logits[..., 0], atol=1e-12)


def test_the_state_goes_on_where_the_last_chunk_ended():
    net, inputs, _, state = case(LSTM, 2)
    whole, last = predict(net, inputs, state)
    first, middle = predict(net, inputs[:3], state)
    second, end = predict(net, inputs[3:], middle)
    np.testing.assert_allclose(np.concatenate([first, second]), whole, atol=1e-12)
    for one, other in zip(last, end, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-12)


def test_only_what_is_asked_counts():
    predictions, targets = np.array([[1.0, 2.0]]), np.array([[NAN, 5.0]])
    assert mean_squared_error(predictions, targets) == 9.0
    assert mean_squared_error(predictions, np.full((1, 2), NAN)) == 0.0
    net, inputs, targets, state = case(GRU, 1)
    step = regression_gradients(net, inputs, np.full_like(targets, NAN), state)
    assert step.loss == 0 and not net.gradients.flat.any()
    step = regression_gradients(net, inputs, targets, state)
    assert step.loss == pytest.approx(mean_squared_error(step.predictions, targets))


def test_a_network_that_does_not_fit_is_refused():
    net, inputs, targets, _ = case(LSTM, 2)
    with pytest.raises(InputError, match="1 input and 1 output, not 1, 2 and 1"):
        regression_gradients(net, inputs[..., :1], targets, net.zero_state(3))
