"""Probes on both layers, fitted when they are first needed, and the text along which they are shown.

The table of the results comes from the same functions (`assets.build.experiments.two_layers`); a test holds
what is shown here equal to it.
"""

from collections.abc import Mapping
from typing import NamedTuple

from numpy.typing import NDArray

from lesson.frame.memo import memo
from lesson.sampling.networks import network_named
from lesson.sampling.parameters import STRETCH
from lesson.sampling.two_layers.results import TWO
from lstm.interpret.probes import MOST_BACK, PROPERTIES, class_count, classes_of, fit_probe, layer_states

_FEWEST_QUOTES = 4  # signs of them in the text that is shown


class Naming(NamedTuple):
    """The class that is right at each character, and that which the probe on each layer names, (T,) each."""

    right: NDArray
    by_layer: tuple[NDArray, ...]

    def part(self, start: int, end: int) -> "Naming":
        """Return a copy of it at some of the characters."""
        return Naming(self.right[start:end].copy(), tuple(one[start:end].copy() for one in self.by_layer))


class Probing(NamedTuple):
    """A stretch of held-out text as the network of two layers and probes on its layers read it.

    text (T characters); chars: what the classes of a character stand for; states: the h of each layer after
    every character, (T, H) each; namings: by property, at the same characters; shares: by property, how often
    the probe on each layer is right in the whole half of the text that no probe was fitted on.
    """

    text: str
    chars: tuple[str, ...]
    states: tuple[NDArray, ...]
    namings: Mapping[str, Naming]
    shares: Mapping[str, tuple[float, ...]]


@memo()
def probing() -> Probing:
    """Read the held-out text, fit all probes on its first half, use them on the second: about a second."""
    network = network_named(TWO)
    net, vocabulary, text = network.checkpoint.net, network.checkpoint.vocabulary, network.held_out or ""
    ids = vocabulary.encode(text)
    states, half = layer_states(net, ids), len(text) // 2
    start = _stretch_of(text, half)
    namings, shares = {}, {}
    for name in PROPERTIES:
        classes, count = classes_of(name, text, ids), class_count(name, len(vocabulary))
        probes = [fit_probe(h[MOST_BACK:half], classes[MOST_BACK:half], count) for h in states]
        in_half = Naming(
            classes[half:-1], tuple(p.classes(h[half:-1]) for p, h in zip(probes, states, strict=True))
        )
        shares[name] = tuple(float((one == in_half.right).mean()) for one in in_half.by_layer)
        namings[name] = in_half.part(start - half, start - half + STRETCH)
    of_stretch = tuple(h[start : start + STRETCH].copy() for h in states)  # the rest may go
    return Probing(text[start : start + STRETCH], vocabulary.chars, of_stretch, namings, shares)


def _stretch_of(text: str, half: int) -> int:
    """Return where the text in view begins: the first line after the half from which on somebody speaks."""
    start = text.index("\n", half) + 1
    while text[start : start + STRETCH].count('"') < _FEWEST_QUOTES:
        start = text.index("\n", start) + 1
    return start
