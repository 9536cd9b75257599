"""The names under which people pass gates: f, "forget", "forget_gate", f_2 of a second layer, "update"."""

import difflib
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from numpy.typing import ArrayLike

from lstm.errors import InputError
from visualization.symbols import GATES, SYMBOLS
from visualization.text import join_words

# What courses and other libraries call them; underscores and the word gate are taken off before.
_SYNONYMS = {
    "forget": "f", "input": "i", "output": "o", "keep": "z", "update": "z", "reset": "r",
    "candidate": "C_tilde", "cellcandidate": "C_tilde", "ctilde": "C_tilde", "c~": "C_tilde", "g": "C_tilde",
    "htilde": "h_tilde", "h~": "h_tilde", "n": "h_tilde", "hidden": "h", "hiddenstate": "h",
    "cell": "C", "cellstate": "C",
}  # fmt: skip


class Gate(NamedTuple):
    """A gate of a layer (from 1) with its values, (T,) or (T, H)."""

    symbol: str
    layer: int
    values: ArrayLike

    @property
    def label(self) -> str:
        """Return how a legend names it: f, and of another layer than the first "f, layer 2"."""
        return self.symbol if self.layer == 1 else f"{self.symbol}, layer {self.layer}"


def gates_of(gates_dict: Mapping[str, ArrayLike]) -> list[Gate]:
    """Find the gates in a dictionary, layer by layer, in the order f, i, o, z, r.

    States and candidates (C, h, C_tilde, …) and names of no meaning here are left out.
    Raises InputError if there is no gate, if two names mean the same one, or if a name is almost a gate's.
    """
    if not isinstance(gates_dict, Mapping):
        raise InputError(
            f"gates_dict must be a dictionary from names to values, such as net.gates, "
            f"not {type(gates_dict).__name__}."
        )
    gates: dict[tuple[int, int], Gate] = {}
    for name, symbol, layer in _read_names(gates_dict):
        place = layer, GATES.index(symbol)
        if place in gates:
            raise InputError(f"gates_dict has {symbol} twice, once as {name!r}; leave one of them out.")
        gates[place] = Gate(symbol, layer, gates_dict[name])
    if not gates:
        names = join_words(map(repr, gates_dict)) if gates_dict else "nothing"
        raise InputError(f"gates_dict needs gates: {_gates_in_words()}; it holds {names}.")
    return [gates[place] for place in sorted(gates)]


def _read_names(gates_dict: Mapping[str, ArrayLike]) -> Iterator[tuple[str, str, int]]:
    """Yield each name that means a gate, its symbol and its layer."""
    for name in gates_dict:
        plain, layer = _plain(str(name))
        symbol = _symbol(plain)
        if symbol in GATES:
            yield name, symbol, layer
        elif symbol is None and (near := difflib.get_close_matches(plain, _SYNONYMS, 1, 0.8)):
            raise InputError(f"gates_dict has {name!r}, which is no gate; is it {near[0]!r}?")


def _plain(name: str) -> tuple[str, int]:
    """A name without underscores, blanks and the word gate, and its layer: forget, 2 for "forget_gate_2"."""
    stem, layer = re.fullmatch(r"(.*?)(?:_(?:layer)?_?([1-9]\d*))?", name.strip(), re.DOTALL).groups()
    stem = re.sub(r"[ _-]*gates?$|_t$|ₜ$", "", stem, flags=re.IGNORECASE)
    return stem.replace("_", "").replace(" ", ""), int(layer or 1)


def _symbol(plain: str) -> str | None:
    """The symbol that a plain name means, None if it means none."""
    letters = {symbol.letter: symbol.id for symbol in SYMBOLS.values()}
    if plain in SYMBOLS or plain in letters:
        return letters.get(plain, plain)
    lower = plain.lower()
    return _SYNONYMS.get(lower) or (lower if lower in GATES else None)


def _gates_in_words() -> str:
    lstm = join_words(f"{name!r} ({SYMBOLS[name].short})" for name in GATES[:3])
    return f"{lstm}, or of a GRU {join_words(f'{name!r} ({SYMBOLS[name].short})' for name in GATES[3:])}"
