"""The classroom's interface, word for word, and what a network promises around it."""

import numpy as np
import pytest

from lstm import GRU, LSTM, RNN, InputError
from lstm.network import NETWORKS
from tests.lstm.textbook import assert_close, attributes, network_loss

V, H = 5, 7
STATES = {"rnn": 1, "gru": 1, "gru_reset_after": 1, "lstm": 2}


@pytest.fixture
def net(make):
    return make(V, H, V)


def text(rng, *shape):
    return rng.integers(0, V, shape), rng.integers(0, V, shape)


def as_tuple(gradients):
    return gradients if isinstance(gradients, tuple) else (gradients,)


# -- the calls as the course writes them --


def test_the_classroom_calls_work_as_they_are_written(rng):
    inputs, targets = text(rng, 12)
    h_prev, C_prev = np.zeros(128), np.zeros(128)
    idx_to_char, seed_char_idx = dict(enumerate("abcde")), 2

    lstm = LSTM(input_size=V, hidden_size=128, output_size=V)
    loss = lstm.forward(inputs, targets, h_prev, C_prev)
    dh_next, dC_next = lstm.backward()
    lstm.update_weights(learning_rate=0.001)
    written = lstm.sample(idx_to_char, seed_char_idx, length=200, temperature=0.8)

    assert isinstance(loss, float) and loss > 0
    assert dh_next.shape == dC_next.shape == (128,)
    assert lstm.forward(inputs, targets, h_prev, C_prev) < loss
    assert len(written) == 200 and set(written) <= set("abcde")


@pytest.mark.parametrize("network", [RNN, GRU])
def test_rnn_and_gru_have_the_same_calls_with_one_state(network, rng):
    net = network(input_size=V, hidden_size=16, output_size=V, seed=0, dtype=np.float64)
    loss = net.forward(*text(rng, 12), np.zeros(16))
    dh_next = net.backward()
    net.update_weights(learning_rate=0.001)
    assert loss > 0 and dh_next.shape == (16,)
    assert len(net.sample(list("abcde"), 0, length=9, temperature=1.0)) == 9
    with pytest.raises(TypeError):
        net.forward(*text(rng, 12), np.zeros(16), np.zeros(16))


def test_states_are_zeros_unless_given(kind, net, rng):
    inputs, targets = text(rng, 6)
    assert net.forward(inputs, targets) == net.forward(inputs, targets, *[np.zeros(H)] * STATES[kind])


# -- initial weights --


def test_biases_start_at_0_and_the_forget_bias_at_1():
    lstm = LSTM(V, H, V)
    np.testing.assert_array_equal(lstm.bf, np.ones(H))
    for bias in (lstm.bi, lstm.bc, lstm.bo, lstm.by, GRU(V, H, V).b, RNN(V, H, V).b):
        assert not bias.any()


def test_forget_bias_and_keep_bias_can_be_chosen():
    assert (LSTM(V, H, V, forget_bias=3).bf == 3).all()
    assert (GRU(V, H, V, keep_bias=2).bz == 2).all()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_seed_makes_the_weights_repeatable(kind, dtype):
    one, same, other = (NETWORKS[kind](V, H, V, seed=seed, dtype=dtype) for seed in (1, 1, 2))
    assert one.weights.flat.dtype == dtype
    np.testing.assert_array_equal(one.weights.flat, same.weights.flat)
    assert not np.array_equal(one.weights.flat, other.weights.flat)


def test_float32_is_the_default(kind):
    assert NETWORKS[kind](V, H, V).weights.flat.dtype == np.float32


def test_initial_weights_have_the_size_that_keeps_sums_alike(kind):
    net = NETWORKS[kind](60, 100, 60, seed=0)
    assert net.weights["W"].std() == pytest.approx(1 / np.sqrt(160), rel=0.05)
    assert net.Wy.std() == pytest.approx(1 / np.sqrt(100), rel=0.05)


@pytest.mark.parametrize(
    ("kind", "count"),
    [("rnn", 128 * 193 + 128), ("gru", 3 * (128 * 193 + 128)), ("lstm", 4 * (128 * 193 + 128))],
)
def test_the_cell_has_one_block_of_weights_a_gate(kind, count):
    net = NETWORKS[kind](65, 128, 65)
    assert net.weights["W"].size + net.weights["b"].size == count
    assert net.weights.flat.size == count + 65 * 128 + 65


def test_input_weights_of_another_size_leave_the_others(kind):
    plain, wide = (NETWORKS[kind](V, H, V, seed=1, layers=2, input_scale=scale) for scale in (None, 1.0))
    np.testing.assert_allclose(
        wide.weights["W"][:, H:], plain.weights["W"][:, H:] * np.sqrt(H + V), rtol=1e-6
    )
    assert (wide.weights["W"][:, :H] == plain.weights["W"][:, :H]).all()
    assert (wide.weights["W_2"] == plain.weights["W_2"]).all() and (wide.Wy == plain.Wy).all()
    for scale in (0, -1, np.nan, np.inf):
        with pytest.raises(InputError, match="input_scale must be above 0"):
            NETWORKS[kind](V, H, V, input_scale=scale)


# -- names and numbers --

GATES = {"rnn": "h", "gru": "zrh", "gru_reset_after": "zrh", "lstm": "fico"}
MORE_BIASES = {"gru_reset_after": ["ch"]}


def test_every_name_is_a_view_of_the_one_vector(kind, net):
    names = [f"{w}{gate}" for w in "Wb" for gate in GATES[kind]] + MORE_BIASES.get(kind, []) + ["Wy", "by"]
    assert set(names) | {"W", "b"} == set(net.weights) == set(net.gradients)
    for name in names:
        assert np.shares_memory(getattr(net, name), net.weights.flat), name
    gates = names[:-2]
    for name in gates:
        stored = net.weights["W" if name[0] == "W" else "b"]
        assert np.shares_memory(net.weights[name], stored), name
    assert sum(net.weights[name].size for name in names) == net.weights.flat.size


def test_a_gates_weights_have_the_textbooks_shape(kind, net):
    for gate in GATES[kind]:
        assert getattr(net, f"W{gate}").shape == (H, H + V)
        assert getattr(net, f"b{gate}").shape == (H,)
    assert all(getattr(net, name).shape == (H,) for name in MORE_BIASES.get(kind, []))
    assert net.Wy.shape == (V, H) and net.by.shape == (V,)


def test_a_network_derived_from_another_has_its_weights(kind):
    derived = type("Derived", (NETWORKS[kind],), {"__slots__": ()})(V, H, V, seed=1)
    assert list(derived.weights) == list(NETWORKS[kind](V, H, V).weights)


def test_assigning_a_name_writes_into_the_memory_that_forward_reads(net, kind, rng):
    name = f"b{GATES[kind][0]}"
    view = getattr(net, name)
    inputs, targets = text(rng, 6)
    before = net.forward(inputs, targets)
    setattr(net, name, 3)
    assert getattr(net, name) is view
    np.testing.assert_array_equal(view, np.full(H, 3.0))
    assert (net.weights["b"] == 3).sum() == H
    assert net.forward(inputs, targets) != before


def test_assigning_a_wrong_shape_to_a_weight_is_an_error(net):
    with pytest.raises(ValueError):
        net.by = np.zeros(V + 1)


def test_an_unknown_name_is_an_attribute_error(net):
    with pytest.raises(AttributeError, match="Wq"):
        _ = net.Wq
    assert not hasattr(net, "bq")


# -- loss --


def test_the_loss_is_summed_over_steps_and_the_mean_over_sequences(kind, net, rng):
    inputs, targets = text(rng, 9, 4)
    each = [net.forward(inputs[:, b], targets[:, b]) for b in range(4)]
    assert net.forward(inputs, targets) == pytest.approx(np.mean(each), rel=1e-13)
    expected = network_loss(net, inputs, targets, *net.zero_state(4))
    assert net.forward(inputs, targets) == pytest.approx(expected, rel=1e-13)


def test_a_network_that_knows_nothing_loses_ln_V_a_step(kind):
    net = NETWORKS[kind](V, H, V, seed=0, dtype=np.float64)
    net.Wy = 0
    assert net.forward([0, 1, 2], [1, 2, 3]) == pytest.approx(3 * np.log(V))


def test_targets_of_minus_one_are_not_asked(net, rng):
    inputs, targets = text(rng, 6, 2)
    targets[:3] = -1
    full = network_loss(net, inputs, targets, *net.zero_state(2))
    assert net.forward(inputs, targets) == pytest.approx(full, rel=1e-13)
    net.backward(clip=None)
    with_asked = net.gradients.flat.copy()
    assert net.forward(inputs, np.full_like(targets, -1)) == 0
    net.backward(clip=None)
    assert with_asked.any() and not net.gradients.flat.any()


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, np.int16, np.uint64])
def test_targets_may_be_small_or_unsigned_integers(kind, dtype):
    """The largest uint8 is a character like the others, in a network that reads bytes."""
    net = NETWORKS[kind](256, 3, 256, seed=0)
    largest = min(255, np.iinfo(dtype).max)
    inputs = np.array([0, 1, largest])
    assert net.forward(inputs.astype(dtype), inputs.astype(dtype)) == net.forward(inputs, inputs)


def test_dense_inputs_equal_the_indices_they_stand_for(net, rng):
    inputs, targets = text(rng, 6, 3)
    by_index = net.forward(inputs, targets)
    net.backward(clip=None)
    gradients = net.gradients.flat.copy()
    assert net.forward(np.eye(V)[inputs], targets) == pytest.approx(by_index, rel=1e-13)
    net.backward(clip=None)
    assert_close(net.gradients.flat, gradients, 1e-12)
    assert net.forward(np.eye(V)[inputs[:, 0]], targets[:, 0]) == pytest.approx(
        net.forward(inputs[:, 0], targets[:, 0]), rel=1e-13
    )


# -- states --


@pytest.mark.parametrize("shape", [(H,), (H, 1), (1, H)])
def test_gradients_and_states_come_back_in_the_form_the_states_came_in(kind, net, rng, shape):
    inputs, targets = text(rng, 6)
    flat = [rng.standard_normal(H) for _ in range(STATES[kind])]
    expected_loss = net.forward(inputs, targets, *flat)
    expected, expected_state = as_tuple(net.backward()), net.state
    assert net.forward(inputs, targets, *(s.reshape(shape) for s in flat)) == expected_loss
    for found, wanted in zip(as_tuple(net.backward()), expected, strict=True):
        assert found.shape == shape
        np.testing.assert_array_equal(found.ravel(), wanted)
    for found, wanted in zip(net.state, expected_state, strict=True):
        assert found.shape == shape
        np.testing.assert_array_equal(found.ravel(), wanted)


def test_states_of_a_batch_are_B_by_H(kind, net, rng):
    state = [rng.standard_normal((4, H)) for _ in range(STATES[kind])]
    net.forward(*text(rng, 6, 4), *state)
    assert [d.shape for d in as_tuple(net.backward())] == [(4, H)] * STATES[kind]
    assert [s.shape for s in net.state] == [(4, H)] * STATES[kind]


def test_one_state_for_all_sequences_gets_the_sum_of_their_gradients(kind, net, rng):
    inputs, targets = text(rng, 6, 4)
    state = [rng.standard_normal(H) for _ in range(STATES[kind])]
    net.forward(inputs, targets, *state)
    shared = as_tuple(net.backward())
    net.forward(inputs, targets, *(np.tile(s, (4, 1)) for s in state))
    for one, each in zip(shared, as_tuple(net.backward()), strict=True):
        assert one.shape == (H,)
        np.testing.assert_allclose(one, each.sum(axis=0), rtol=1e-12)


def test_carrying_the_state_equals_reading_in_one_go(net, rng):
    inputs, targets = text(rng, 10)
    whole = net.forward(inputs, targets)
    first = net.forward(inputs[:4], targets[:4])
    assert first + net.forward(inputs[4:], targets[4:], *net.state) == pytest.approx(whole, rel=1e-13)


def test_the_state_is_a_copy(net, rng):
    net.forward(*text(rng, 5))
    net.state[0][:] = 99
    assert not (net.state[0] == 99).any()


# -- backward and update --


def test_gradients_are_clipped_to_plus_minus_5_unless_told_otherwise(net, rng):
    inputs, targets = text(rng, 200, 1)
    net.Wy = 8 * net.Wy
    net.forward(inputs, targets)
    net.backward(clip=None)
    raw = net.gradients.flat.copy()
    assert np.abs(raw).max() > 5
    net.backward()
    np.testing.assert_array_equal(net.gradients.flat, np.clip(raw, -5, 5))
    net.backward(clip=0.5)
    np.testing.assert_array_equal(net.gradients.flat, np.clip(raw, -0.5, 0.5))


def test_backward_twice_gives_the_same(net, rng):
    net.forward(*text(rng, 6, 3))
    first, gradients = as_tuple(net.backward()), net.gradients.flat.copy()
    second = as_tuple(net.backward())
    np.testing.assert_array_equal(net.gradients.flat, gradients)
    for a, b in zip(first, second, strict=True):
        np.testing.assert_array_equal(a, b)


def test_backward_before_forward_says_so(net):
    with pytest.raises(RuntimeError, match="forward"):
        net.backward()
    with pytest.raises(RuntimeError, match="forward"):
        _ = net.gates
    with pytest.raises(RuntimeError, match="forward"):
        _ = net.state


def test_update_weights_is_gradient_descent(net, rng):
    net.forward(*text(rng, 6, 3))
    net.backward()
    before = net.weights.flat.copy()
    net.update_weights(learning_rate=0.1)
    np.testing.assert_array_equal(net.weights.flat, before - 0.1 * net.gradients.flat)
    net.update_weights()
    np.testing.assert_allclose(net.weights.flat, before - 0.101 * net.gradients.flat, rtol=1e-12)


def test_gradient_names_share_the_gradients_memory(kind, net, rng):
    net.forward(*text(rng, 6))
    net.backward()
    for gate in GATES[kind]:
        assert np.shares_memory(net.gradients[f"W{gate}"], net.gradients.flat)
        assert net.gradients[f"W{gate}"].any()


# -- reading without writing --


def test_run_reads_like_forward_and_writes_nothing(kind, net, rng):
    inputs, targets = text(rng, 6, 3)
    state = tuple(rng.standard_normal((3, H)) for _ in range(STATES[kind]))
    net.forward(inputs, targets, *state)
    before, weights, gates = attributes(net), net.weights.flat.copy(), net.gates
    net.run(np.flip(inputs))
    reading = net.run(inputs, state)
    assert attributes(net) == before
    np.testing.assert_array_equal(net.weights.flat, weights)
    for name, value in reading.values.items():
        np.testing.assert_array_equal(value, gates[name])
    for a, b in zip(reading.state, net.state, strict=True):
        np.testing.assert_array_equal(a, b)
    np.testing.assert_allclose(reading.probabilities.sum(axis=-1), 1, rtol=1e-13)
    at_target = np.take_along_axis(reading.probabilities, targets[..., None], -1)
    assert -np.log(at_target).sum() / 3 == pytest.approx(net.forward(inputs, targets, *state))


def test_gates_of_one_sequence_have_no_batch_axis(net, rng):
    net.forward(*text(rng, 6))
    assert {value.shape for value in net.gates.values()} == {(6, H)}
    net.forward(*text(rng, 6, 3))
    assert {value.shape for value in net.gates.values()} == {(6, 3, H)}


# -- sample --


def test_sample_gives_the_same_text_for_the_same_seed(net):
    chars = dict(enumerate("abcde"))
    texts = {seed: net.sample(chars, 1, length=60, seed=seed) for seed in (1, 2)}
    assert net.sample(chars, 1, length=60, seed=1) == texts[1] != texts[2]
    assert len(net.sample(chars, 1)) == 200
    assert net.sample(chars, 1, length=0) == ""


def test_sample_leaves_the_last_forward_pass_alone(net, rng):
    net.forward(*text(rng, 6))
    before = as_tuple(net.backward())
    net.sample("abcde", 0, length=5)
    for a, b in zip(as_tuple(net.backward()), before, strict=True):
        np.testing.assert_array_equal(a, b)


# -- what a person can do wrong --


@pytest.mark.parametrize("size", [0, -1, 2.5, "7", None, True, 100_001, float("nan")])
@pytest.mark.parametrize("which", [0, 1, 2])
def test_impossible_sizes_are_input_errors(kind, size, which):
    sizes = [3, 3, 3]
    sizes[which] = size
    with pytest.raises(InputError):
        NETWORKS[kind](*sizes)


@pytest.mark.parametrize("dtype", [np.int64, np.float16, np.complex128])
def test_other_dtypes_are_input_errors(kind, dtype):
    with pytest.raises(InputError, match="float32"):
        NETWORKS[kind](3, 3, 3, dtype=dtype)


@pytest.mark.parametrize(
    ("inputs", "targets"),
    [
        ([0, V], [0, 0]),  # unknown character
        ([0, -1], [0, 0]),
        ([0, 1], [0, V]),
        ([0, 1], [0, -2]),
        ([0, 1], [0, 1, 2]),  # another length
        ([[0, 1]], [[0], [1]]),
        ([0, 1], [0.0, 1.0]),
        ([0, 1], ["a", "b"]),
        ([], []),
        (3, 3),
        (np.zeros((2, 2, 2), int), np.zeros((2, 2), int)),
        (np.zeros((4, V + 1)), [0, 0, 0, 0]),  # numbers of another width
        (["a", "b"], [0, 1]),
        ([True, False], [0, 1]),
    ],
)  # fmt: skip
def test_inputs_and_targets_that_do_not_fit_are_input_errors(net, inputs, targets):
    with pytest.raises(InputError):
        net.forward(inputs, targets)


@pytest.mark.parametrize("shape", [(H + 1,), (1, H + 1), (H, 2), (2, H), (1, H, 1), ()])
def test_states_that_do_not_fit_are_input_errors(net, shape):
    with pytest.raises(InputError, match="state"):
        net.forward([0, 1], [1, 2], np.zeros(shape))


def test_a_refused_forward_leaves_the_last_one_in_place(net, rng):
    net.forward(*text(rng, 6))
    before = as_tuple(net.backward())
    with pytest.raises(InputError):
        net.forward([0, V], [0, 0])
    for a, b in zip(as_tuple(net.backward()), before, strict=True):
        np.testing.assert_array_equal(a, b)


@pytest.mark.parametrize("index", [-1, V, 1.5, "a"])
def test_an_impossible_seed_character_is_an_input_error(net, index):
    with pytest.raises(InputError):
        net.sample("abcde", index, length=3)


@pytest.mark.parametrize(
    "setting", [{"length": -1}, {"length": 1.5}, {"temperature": -0.1}, {"temperature": 1e9}]
)
def test_impossible_sampling_settings_are_input_errors(net, setting):
    with pytest.raises(InputError):
        net.sample("abcde", 0, **setting)


def test_a_deep_copy_learns_and_leaves_the_original_alone(make):
    import copy

    net = make()
    before = net.weights.flat.copy()
    twin = copy.deepcopy(net)
    first = twin.forward([0, 1, 2], [1, 2, 3])
    twin.backward()
    twin.update_weights(0.1)
    assert twin.forward([0, 1, 2], [1, 2, 3]) < first
    assert np.array_equal(net.weights.flat, before)
    with pytest.raises(TypeError):
        copy.copy(net)


def test_a_slip_of_the_pen_is_noticed(make):
    net = make()
    with pytest.raises(AttributeError, match="no attribute 'bF'"):
        net.bF = 3


def test_arrays_that_are_used_again_before_backward_change_nothing(make):
    net = make()
    inputs, targets = np.array([0, 1, 2]), np.array([1, 2, 3])
    net.forward(inputs, targets)
    net.backward(clip=None)
    expected = net.gradients.flat.copy()
    net.forward(inputs, targets)
    inputs[:], targets[:] = 4, 4
    net.backward(clip=None)
    assert np.array_equal(net.gradients.flat, expected)
