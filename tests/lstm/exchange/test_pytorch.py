"""An outside reference: networks of PyTorch in tests/data/torch_golden.npz, made by make_torch_golden.py."""

from pathlib import Path

import numpy as np
import pytest

from lstm.errors import InputError
from lstm.exchange import from_torch, to_torch
from lstm.exchange.weights import fold
from lstm.network import GRU, LSTM, RNN

GOLDEN = Path(__file__).parents[2] / "data" / "torch_golden.npz"
NAMES = (
    "rnn", "gru", "lstm", "lstm_two_layers", "gru_two_layers", "rnn_without_bias", "lstm_embedding",
)  # fmt: skip
DTYPES = {"float32": 1e-6, "float64": 1e-12}


@pytest.fixture(scope="module")
def arrays():
    with np.load(GOLDEN) as file:
        return dict(file)


def part(arrays, prefix):
    return {n.removeprefix(prefix): a for n, a in arrays.items() if n.startswith(prefix)}


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", NAMES)
def test_a_network_of_pytorch_computes_the_same_here(arrays, name, dtype):
    golden = part(arrays, f"{name}/{dtype}/")
    net = from_torch(part(golden, "state/"))
    assert net.dtype == dtype
    logits = net.run(golden["inputs"]).logits
    np.testing.assert_allclose(logits, golden["logits"], rtol=0, atol=DTYPES[dtype] * 4)


@pytest.mark.parametrize("name", NAMES)
def test_there_and_back_is_the_same_function(arrays, name):
    golden = part(arrays, f"{name}/float64/")
    net = from_torch(to_torch(from_torch(part(golden, "state/"))))
    logits = net.run(golden["inputs"]).logits
    np.testing.assert_allclose(logits, golden["logits"], rtol=0, atol=1e-12)


def test_the_names_are_pytorchs_and_the_prefixes_as_asked():
    state = to_torch(LSTM(5, 6, 5, seed=0), "lstm.", "fc.")
    assert {name: array.shape for name, array in state.items()} == {
        "lstm.weight_ih_l0": (24, 5), "lstm.weight_hh_l0": (24, 6),
        "lstm.bias_ih_l0": (24,), "lstm.bias_hh_l0": (24,), "fc.weight": (5, 6), "fc.bias": (5,),
    }  # fmt: skip


def test_the_arrays_are_copies():
    net = RNN(5, 6, 5, seed=0)
    for array in to_torch(net).values():
        array[:] = 7
    assert not (net.weights.flat == 7).any()


class Tensor:
    """What a tensor of PyTorch offers, without PyTorch."""

    def __init__(self, array, dtype="torch.float32"):
        self.array, self.dtype = array, dtype

    def detach(self):
        return self

    cpu = detach

    def float(self):
        return Tensor(self.array.astype(np.float32))

    def numpy(self):
        if "bfloat16" in self.dtype:
            raise TypeError("Got unsupported ScalarType BFloat16")
        return self.array


@pytest.mark.parametrize("dtype", ["torch.float32", "torch.bfloat16"])
def test_tensors_are_turned_by_their_own_methods(dtype):
    state = to_torch(RNN(5, 6, 5, seed=0))
    net = from_torch({name: Tensor(array, dtype) for name, array in state.items()})
    np.testing.assert_array_equal(net.weights["Wy"], state["weight"])


def test_a_gru_of_cho_is_told_which_gru_is_pytorchs():
    with pytest.raises(InputError, match="train a ResetAfterGRU"):
        to_torch(GRU(5, 6, 5, seed=0))


# -- what is refused --


def changed(**entries):
    """The state of an LSTM (D = V = 5, H = 6) with other entries; None takes one away."""
    state = to_torch(LSTM(5, 6, 5, seed=0)) | entries
    return {name: array for name, array in state.items() if array is not None}


def zeros(*shape):
    return np.zeros(shape, np.float32)


REFUSED = {
    "two directions": ({"weight_ih_l0_reverse": zeros(24, 5)}, "bidirectional"),
    "a projection": ({"weight_hr_l0": zeros(3, 6)}, "proj_size"),
    "no cell": ({n: None for n in to_torch(RNN(5, 6, 5, seed=0)) if "_l0" in n}, "no weight_ih_l0"),
    "two cells": ({"decoder.weight_ih_l0": zeros(24, 5)}, "more than one recurrent network"),
    "a layer left out": ({"weight_ih_l2": zeros(24, 6)}, "not numbered 0, 1, 2"),
    "half a layer": ({"weight_hh_l0": None}, "lacks weight_ih or weight_hh"),
    "one bias": ({"bias_hh_l0": None}, "one bias of two"),
    "a bias of another size": ({"bias_hh_l0": zeros(23)}, r"bias_hh of layer 0 has shape \(23,\)"),
    "five gates": ({"weight_hh_l0": zeros(30, 6)}, r"must be \(H, H\) for an RNN"),
    "no units": ({"weight_hh_l0": zeros(0, 0)}, r"must be \(H, H\) for an RNN"),
    "a vector for a matrix": ({"weight_hh_l0": zeros(24)}, r"must be \(H, H\) for an RNN"),
    "inputs that are no matrix": ({"weight_ih_l0": zeros(24)}, r"must be \(24, D\)"),
    "other rows of inputs": ({"weight_ih_l0": zeros(18, 5)}, r"shape \(18, 5\) where \(24, 5\)"),
    "no readout": ({"weight": None, "bias": None}, "There is no readout"),
    "a readout of other units": ({"weight": zeros(5, 7)}, "There is no readout"),
    "an embedding for a readout": (
        {"weight": None, "bias": None, "embedding.weight": zeros(9, 5)},
        "There is no readout",
    ),
    "two readouts": ({"head.weight": zeros(5, 6), "head.bias": zeros(5)}, "More than one of head.weight"),
    "a readout's bias of another size": ({"bias": zeros(4)}, r"bias has shape \(4,\)"),
    "a layer norm": ({"norm.weight": zeros(6), "norm.bias": zeros(6)}, "no place for norm.bias, norm.weight"),
    "NaN": ({"weight": np.full((5, 6), np.nan)}, "not numbers"),
    "infinite": ({"bias_ih_l0": np.full(24, np.inf)}, "not numbers"),
    "whole numbers": ({"weight": np.zeros((5, 6), int)}, "holds int64"),
    "a dictionary inside": ({"optimizer": {}}, "give model.state_dict"),
}  # fmt: skip


@pytest.mark.parametrize(("entries", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_a_network_here_cannot_be_is_refused_in_a_sentence(entries, sentence):
    with pytest.raises(InputError, match=sentence):
        from_torch(changed(**entries))


def test_a_list_is_no_state():
    with pytest.raises(InputError, match="Give a state_dict"):
        from_torch([zeros(24, 5)])


def test_a_small_embedding_cannot_ask_for_a_large_network():
    narrow = {letter: zeros(1_000, 1) for letter in "ifco"}
    with pytest.raises(InputError, match="larger than 512 MB"):
        fold(narrow, zeros(90_000, 1))
    with pytest.raises(InputError, match="larger than 0 MB"):
        from_torch(changed(), largest=1_000)


# -- which matrix is the embedding --


def test_an_embedding_as_wide_as_the_readout_is_known_by_its_missing_bias():
    state = changed(**{"tokens.weight": np.eye(5, 6, dtype=np.float32), "weight_ih_l0": zeros(24, 6)})
    assert from_torch(state).input_size == 5


def test_where_no_matrix_has_a_bias_the_name_tells_the_embedding():
    wide = {"weight_ih_l0": zeros(24, 6), "bias": None}
    embedding = np.ones((7, 6), np.float32)
    state = changed(**wide, **{"emb.weight": embedding})
    assert (from_torch(state).input_size, from_torch(state).output_size) == (7, 5)
    with pytest.raises(InputError, match="More than one"):
        from_torch(changed(**wide, **{"tokens.weight": embedding}))
