"""A loss in its three units: nats, bits and perplexity, by definition and at every size."""

import math

import pytest

from lesson.sampling.write.sentences import in_bits
from visualization.numbers import other_units, perplexity


@pytest.mark.parametrize("size", [2, 29, 65, 80])
def test_guessing_among_so_many_characters_has_their_number_as_perplexity(size):
    assert perplexity(math.log(size)) == f"{size}.00"
    assert other_units(math.log(size)) == f"{math.log2(size):.2f} bits, perplexity {size}.00"


def test_a_sure_network_has_perplexity_one_and_no_loss_is_too_large():
    assert other_units(0.0) == "0.00 bits, perplexity 1.00"
    assert perplexity(6.0) == "403" and perplexity(1e9) == "more than a billion"


def test_bits_have_the_same_perplexity_as_their_nats():
    assert in_bits(2.0) == f"2.00 bits per character (perplexity {perplexity(2 * math.log(2))})"
    assert in_bits(2.0).endswith("4.00)")
