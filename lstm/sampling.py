"""Writing text: one character at a time, each drawn from what the network expects next.

Drawing uses the Gumbel trick: the largest of logits / temperature + noise is a draw from their
softmax, so no probability has to be computed to draw.  Noise depends on the seed and the position
alone: with the same seed, two temperatures or two models meet the same random draws.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import ArrayLike

from lstm.arrays import Array, Indices, State
from lstm.cells import Cell, StackStepper, Stepper, stepper
from lstm.errors import LARGEST_SEED, LARGEST_SETTING, InputError, is_number, whole_number
from lstm.parameters import Parameters
from lstm.readout import softmax
from lstm.text import Vocabulary


class CharacterModel(Protocol):
    """What sampling needs of a network: a cell, and a readout Wy (V, H), by (V,)."""

    cell: Cell
    input_size: int
    output_size: int
    dtype: np.dtype
    weights: Parameters

    def as_states(self, state: Sequence[ArrayLike] | None, batch_size: int) -> State:
        """One (B, H) array per state of the cell; zeros for None."""


class Sampled(NamedTuple):
    """One character that was written.

    index and char (empty without a vocabulary); logits (V,) of the network; the settings of the draw;
    gates and states of the step that led here by name, each (H,), or None.
    """

    index: int  # type: ignore[assignment]  # a tuple has a method of this name
    char: str
    logits: Array
    temperature: float
    top_k: int | None
    top_p: float | None
    gates: dict[str, Array] | None

    @property
    def probabilities(self) -> Array:
        """The distribution the character was drawn from, (V,)."""
        return distribution(self.logits, self.temperature, self.top_k, self.top_p)


def distribution(
    logits: Array, temperature: float = 1.0, top_k: int | None = None, top_p: float | None = None
) -> Array:
    """Return what is drawn from: softmax(logits / temperature), cut to the top k, then to the top p.  (…, V)

    Raises InputError for settings out of range.
    Temperature 0 puts everything on the largest logit.  top_p keeps the fewest characters whose
    probabilities reach p together (nucleus sampling, Holtzman et al. 2020).
    """
    check_sampling(temperature=temperature, top_k=top_k, top_p=top_p)
    logits = np.asarray(logits, np.float64)
    if temperature == 0:
        largest: Array = np.eye(logits.shape[-1])[logits.argmax(axis=-1)]
        return largest
    probabilities = softmax(logits / temperature)
    if top_k is None and top_p is None:
        return probabilities
    allowed = np.where(may_be_drawn(logits, probabilities, top_k, top_p), probabilities, 0)
    shares: Array = allowed / allowed.sum(axis=-1, keepdims=True)
    return shares


def may_be_drawn(logits: Array, probabilities: Array, top_k: int | None, top_p: float | None) -> Array:
    """Which characters may be drawn, (…, V) booleans; always at least the one with the largest logit."""
    # By logits: two that differ by less than a probability can show are still in an order.
    order = np.argsort(-logits, axis=-1, kind="stable")
    size = probabilities.shape[-1]
    count = size if top_k is None else min(top_k, size)
    allowed = np.arange(size) < count  # by place in the order
    if top_p is not None and top_p < 1:
        # Of what top_k left, as many as are needed to reach the share top_p of it.
        share = np.cumsum(np.take_along_axis(probabilities, order, axis=-1)[..., :count], axis=-1)
        needed = 1 + (share < top_p * share[..., -1:] * (1 - 1e-12)).sum(axis=-1, keepdims=True)
        allowed = np.arange(size) < np.minimum(count, needed)
    keep = np.empty(probabilities.shape, bool)
    np.put_along_axis(keep, order, np.broadcast_to(allowed, keep.shape), axis=-1)
    return keep


def walk(
    net: CharacterModel,
    prompt: Sequence[int] | Indices,
    *,
    length: int = 200,
    temperature: float = 0.8,
    top_k: int | None = None,
    top_p: float | None = None,
    seed: int | None = None,
    state: State | None = None,
    gates: bool = False,
    chars: Sequence[str] | None = None,
    offset: int = 0,
) -> Iterator[Sampled]:
    """Like `generate`, but from indices: those of the prompt, at least one.

    offset: characters that were drawn with this seed before; the draws go on behind theirs.
    """
    check_sampling(length, temperature, top_k, top_p, seed)
    step = stepper(net.cell, net.as_states(state, 1))
    for index in prompt[:-1]:
        step(int(index))
    noises = gumbel(seed, length, net.output_size, offset)
    return _draw(net, step, int(prompt[-1]), noises, (temperature, top_k, top_p), gates, chars)


def _draw(
    net: CharacterModel,
    step: Stepper | StackStepper,
    index: int,
    noises: Iterator[Array],
    how: tuple[float, int | None, float | None],
    gates: bool,
    chars: Sequence[str] | None,
) -> Iterator[Sampled]:
    """The loop: read the last character, add noise to the logits, take the largest."""
    temperature, top_k, top_p = how
    restricted = temperature > 0 and (top_k is not None or top_p is not None)
    h, Wy, by = step.states["h"][0], np.ascontiguousarray(net.weights["Wy"]), net.weights["by"]
    V = net.output_size
    chars = [""] * V if chars is None else chars
    for noise in noises:
        # argmax(logits / temperature + noise), without a division at every step
        noise = (noise * temperature).astype(net.dtype)
        for noise_t in noise:
            step(index)
            logits = Wy.dot(h)
            logits += by
            noise_t += logits
            if restricted:
                noise_t[distribution(logits, *how) == 0] = -np.inf
            index = int(noise_t.argmax())
            yield Sampled(index, chars[index], logits, *how, step.values() if gates else None)


def gumbel(seed: int | None, length: int, size: int, offset: int = 0) -> Iterator[Array]:
    """Standard Gumbel noise for `length` characters, a few hundred at a time, each (size,).

    offset: characters whose noise comes before and is left out.
    """
    rng = np.random.default_rng(seed)
    rng.standard_exponential((offset, size), np.float32)
    for start in range(0, length, 256):
        # −log of an exponential number is a Gumbel number.  Once in ten million that number is exactly 0 in
        # float32: then it is below 2⁻²⁴, and to take it for less would make every character possible.
        draw = rng.standard_exponential((min(256, length - start), size), np.float32)
        yield -np.log(np.maximum(draw, np.float32(2**-24)))


def generate(
    net: CharacterModel,
    vocabulary: Vocabulary,
    prompt: str = "",
    length: int = 200,
    temperature: float = 0.8,
    top_k: int | None = None,
    top_p: float | None = None,
    seed: int | None = None,
    state: State | None = None,
    gates: bool = False,
) -> Iterator[Sampled]:
    """Write `length` characters that follow the prompt; yields each as it is drawn.

    temperature: 0 always takes the most probable character, 1 is the network as it is.  top_k, top_p:
    see `distribution`.  seed: the same seed, the same text.  state: h (and C) to start from, as in
    `forward`, zeros by default.  gates: True if every character shall carry gates and states of its step.
    An empty prompt starts like a new line (or with the vocabulary's first character).
    The network is only read: many may generate from one at once.
    Raises InputError, before the first character, for a prompt with unknown characters or a setting
    out of range.
    """
    if not prompt:
        prompt = beginning(vocabulary)
    if len(vocabulary) != net.output_size or len(vocabulary) != net.input_size:
        raise InputError("This vocabulary does not belong to this network: their sizes differ.")
    check_sampling(length, temperature, top_k, top_p, seed)
    return walk(
        net, vocabulary.encode(prompt), length=length, temperature=temperature, top_k=top_k, top_p=top_p,
        seed=seed, state=state, gates=gates, chars=vocabulary.chars,
    )  # fmt: skip


def beginning(vocabulary: Vocabulary) -> str:
    """Return what is read without a prompt: the end of a line, or the vocabulary's first character."""
    return "\n" if "\n" in vocabulary else vocabulary.chars[0]


def check_sampling(
    length: int = 0,
    temperature: float = 1.0,
    top_k: int | None = None,
    top_p: float | None = None,
    seed: int | None = None,
) -> None:
    """Raise InputError if one of the settings of `generate` is out of range."""
    whole_number("length", length, 0, LARGEST_SETTING)
    if not is_number(temperature) or not (temperature == 0 or 0.001 <= temperature <= 100):
        raise InputError(f"temperature must be 0, or from 0.001 to 100, not {temperature!r}.")
    if top_k is not None:
        whole_number("top_k", top_k, 1, LARGEST_SETTING)
    if top_p is not None and not (is_number(top_p) and 0 < top_p <= 1):
        raise InputError(f"top_p must be above 0 and at most 1, not {top_p!r}.")
    if seed is not None:
        whole_number("seed", seed, 0, LARGEST_SEED)
