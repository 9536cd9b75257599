"""A state that begins anew hides what came before: losses held to one character at a time."""

import numpy as np
import pytest

from lstm import GRU, LSTM, RNN, InputError
from lstm.interpret.context import losses_by_context, losses_with_resets

rng = np.random.default_rng(0)
IDS = rng.integers(0, 5, 43)


def network(kind=LSTM):
    net = kind(5, 7, 5, seed=1, dtype=np.float64)
    net.weights.flat *= 4  # so that the state matters
    return net


def one_by_one(net, ids, begins):
    """The loss at each character, with a state of zeros before the places in `begins`."""
    state, losses = None, []
    for t, (now, then) in enumerate(zip(ids[:-1], ids[1:], strict=True)):
        reading = net.run([now], None if t in begins else state)
        state = reading.state
        losses.append(-np.log(reading.probabilities[0, 0, then]))
    return losses


@pytest.mark.parametrize("kind", [LSTM, GRU, RNN])
@pytest.mark.parametrize("every", [1, 2, 5, 8, 41, 42, 100, None])
def test_losses_are_those_of_one_character_at_a_time(kind, every):
    net = network(kind)
    begins = range(0, 42, every) if every else [0]
    assert losses_with_resets(net, IDS, every) == pytest.approx(one_by_one(net, IDS, begins), abs=1e-12)


def test_a_state_is_carried_on_from_before():
    net = network()
    state = net.run(IDS[:10]).state
    whole = losses_with_resets(net, IDS, None)
    assert losses_with_resets(net, IDS[10:], None, state) == pytest.approx(whole[10:], abs=1e-12)
    assert abs(losses_with_resets(net, IDS[10:], None)[0] - whole[10]) > 1e-3


@pytest.mark.parametrize("at_once", [1, 7, 1024])
def test_each_character_is_predicted_from_the_last_k_alone(at_once, monkeypatch):
    monkeypatch.setattr("lstm.interpret.context._AT_ONCE", at_once)
    net, longest = network(), 9
    expected = [
        np.mean([one_by_one(net, IDS[t - k : t + 1], [0])[-1] for t in range(longest, len(IDS))])
        for k in range(1, longest + 1)
    ]
    assert losses_by_context(net, IDS, longest) == pytest.approx(expected, abs=1e-12)


def test_too_short_a_text_is_refused():
    with pytest.raises(InputError, match="two characters"):
        losses_with_resets(network(), IDS[:1], None)
    with pytest.raises(InputError, match="every"):
        losses_with_resets(network(), IDS, 0)
    with pytest.raises(InputError, match="needs a text of 44"):
        losses_by_context(network(), IDS, 43)
