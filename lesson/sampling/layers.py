"""Networks with several layers: which one is looked at and operated on."""

from collections.abc import Mapping

from numpy.typing import NDArray

from lesson.frame.parameters import Choice
from lesson.frame.query import Query
from lesson.sampling.parameters import LAYER
from lstm.cells import layer_suffix
from lstm.network import Network


def layer_choice(net: Network) -> Choice:
    """Return the choice of a layer; with one layer it has one option."""
    return LAYER.among([str(layer + 1) for layer in range(net.layers)])


def layer_of(query: Query, net: Network) -> int:
    """Return the layer that a picture asks about, counted from 0."""
    return int(query.choice(layer_choice(net))) - 1


def of_layer(values: Mapping[str, NDArray], layer: int, layers: int) -> dict[str, NDArray]:
    """Return the values of one layer, from 0, of so many, by the names that they have in a single one."""
    end = layer_suffix(layer)
    ends = [layer_suffix(other) for other in range(1, layers)]
    return {
        name.removesuffix(end): value
        for name, value in values.items()
        if (name.endswith(end) if layer else not name.endswith(tuple(ends)))
    }


def layer_in_words(net: Network, layer: int) -> str:
    """Return "Layer 2. " for what is said about a layer's units; "" with one layer."""
    return f"Layer {layer + 1}. " if net.layers > 1 else ""
