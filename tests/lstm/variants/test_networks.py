"""Where the book's networks alone are known, a variant is refused: nothing is written that can't be read."""

import pytest

from lstm import InputError, Vocabulary, save
from lstm.exchange import to_keras, to_onnx, to_torch
from lstm.interpret.surgery import operate
from lstm.storage.checkpoint import dump
from lstm.variants.networks import VARIANTS

each_variant = pytest.mark.parametrize("kind", VARIANTS)


def network(kind):
    return VARIANTS[kind](3, 4, 3, seed=1)


@each_variant
def test_a_checkpoint_that_could_not_be_read_again_is_not_written(kind, tmp_path):
    place = tmp_path / "net.npz"
    place.write_text("what was there")
    with pytest.raises(InputError, match="it was not saved"):
        save(place, network(kind), Vocabulary("abc"))
    assert place.read_text() == "what was there"
    with pytest.raises(InputError, match=repr(kind)):
        dump(network(kind), Vocabulary("abc"))


@each_variant
@pytest.mark.parametrize("export", [to_torch, to_keras, to_onnx])
def test_no_library_gets_a_variant_without_what_makes_it_one(kind, export):
    """PyTorch has no peepholes: without them it would be another network, and nobody would notice."""
    with pytest.raises(InputError, match="no place in other libraries"):
        export(network(kind))


@each_variant
def test_surgery_names_the_networks_it_knows(kind):
    with pytest.raises(InputError, match="are operated on"):
        operate(network(kind), {"f": 0.0})
    with pytest.raises(InputError, match="are operated on"):
        operate(network(kind), ablate=[0])
