"""Surgery on a text: from a chosen character on something is held, and what that changes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lesson.frame.memo import memo
from lesson.sampling.sources import Source
from lesson.sampling.write.writing import Draw, Written
from lstm import InputError
from lstm.arrays import State
from lstm.interpret.surgery import operate
from lstm.network import Network
from lstm.readout import softmax
from lstm.sampling import beginning, walk
from lstm.storage.checkpoint import Checkpoint
from lstm.training import evaluate

CONTINUED = 150  # characters
MOST_UNITS = 50  # named, alone or in ranges
_MOST_WORDS = 200  # of which some may say the same


@dataclass(frozen=True)
class Operation:
    """What is done.  hold: (gate, value), or None; units: whose gate, all if None; cut: units whose state is
    0; other: a text whose memory is put in, "" for none."""

    hold: tuple[str, float] | None = None
    units: tuple[int, ...] | None = None
    cut: tuple[int, ...] = ()
    other: str = ""

    @property
    def nothing(self) -> bool:
        """Whether nothing is done."""
        return self.hold is None and not self.cut and not self.other

    def network(self, net: Network) -> Network:
        """The network that was operated on."""
        return operate(net, dict([self.hold]) if self.hold else None, self.units, self.cut)


@dataclass(frozen=True)
class Outcome:
    """With and without the operation, in this order; each continuation begins with the chosen character.

    probabilities: what is expected after it, (V,); texts; values: gates and states of them by name, (L, H).
    """

    probabilities: tuple[NDArray, NDArray]
    texts: tuple[str, str]
    values: tuple[Mapping[str, NDArray], Mapping[str, NDArray]]

    @property
    def first(self) -> int:
        """The first character that differs, from 0; −1 if none does."""
        differs = [k for k, (a, b) in enumerate(zip(*self.texts, strict=True)) if a != b]
        return differs[0] if differs else -1


def units_of(typed: str, size: int) -> tuple[int, ...] | None:
    """Units from "3, 17, 20-25" or "all" (None).  Raises InputError in one sentence."""
    words = typed.replace(",", " ").split()
    if not words or [word.casefold() for word in words] == ["all"]:
        return None
    units: set[int] = set()
    for word in words[:_MOST_WORDS]:
        found = re.fullmatch(r"([0-9]{1,6})(?:[-–]([0-9]{1,6}))?", word)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, size)
        if not first <= last < size:
            raise InputError(f"Units are whole numbers from 0 to {size - 1}, such as 3, 17, 20-25, or all.")
        units.update(range(first, last + 1))
    if len(units) > MOST_UNITS or len(words) > _MOST_WORDS:
        raise InputError(f"Name up to {MOST_UNITS} units, or write all.")
    return tuple(sorted(units))


def carry_out(source: Source, written: Written, at: int, draw: Draw, operation: Operation) -> Outcome:
    """Do it from the character at `at` on."""
    how = (draw.temperature, draw.top_k, draw.top_p, draw.seed)
    return _carry_out(source.checkpoint, source.key, written.text[: at + 1], written.new_line, how, operation)


@memo(entries=20)
def _carry_out(
    _checkpoint: Checkpoint, key: str, text: str, new_line: bool, how: tuple, operation: Operation
) -> Outcome:
    net, vocabulary = _checkpoint.net, _checkpoint.vocabulary
    ids, before = vocabulary.encode(text), net.zero_state(1)
    read = np.concatenate([vocabulary.encode(beginning(vocabulary) if new_line else ""), ids])[:-1]
    with np.errstate(all="ignore"):  # the weights may be a stranger's, and huge
        if len(read):
            before = net.run(read).state
        after = before
        if operation.other:
            memory = net.run(vocabulary.encode(operation.other)).state[-1]
            after = (*before[:-1], memory)  # C is the last of an LSTM's states, h the only one of the others
        pairs = [(net, before), (operation.network(net), after)]
        results = [_continue(one, vocabulary.chars, int(ids[-1]), state, how) for one, state in pairs]
    probabilities, texts, values = zip(*results, strict=True)
    return Outcome(probabilities, texts, values)


def _continue(
    net: Network, chars: Sequence[str], index: int, state: State, how: tuple
) -> tuple[NDArray, str, dict[str, NDArray]]:
    temperature, top_k, top_p, seed = how
    steps = walk(
        net, [index], length=CONTINUED, temperature=temperature, top_k=top_k, top_p=top_p, seed=seed,
        state=state,
    )  # fmt: skip
    ids = [index, *(sampled.index for sampled in steps)]
    reading = net.run(ids, state)
    found = {name: array[:, 0] for name, array in reading.values.items()}
    return softmax(reading.logits[0, 0].astype(np.float64)), "".join(chars[k] for k in ids), found


def losses(source: Source, operation: Operation) -> tuple[float, float] | None:
    """The loss on text kept from training, nats per character, without and with it; None if there is no
    such text or nothing that could be held all along."""
    if source.held_out is None or len(source.held_out) < 100 or not (operation.hold or operation.cut):
        return None
    without_text = Operation(operation.hold, operation.units, operation.cut)
    return _loss(source, source.key, Operation()), _loss(source, source.key, without_text)


@memo(entries=300)
def _loss(_source: Source, key: str, operation: Operation) -> float:
    ids = _source.checkpoint.vocabulary.encode(_source.held_out)
    with np.errstate(all="ignore"):
        return evaluate(operation.network(_source.checkpoint.net), ids)
